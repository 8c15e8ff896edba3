"""Settings and stores, broken at random and used by the commands (``fuzz.py --state``).

Text formats are broken as trees (values replaced, keys doubled, branches moved) and as text;
databases as tables (a cell of another type, a column or table gone) and as bytes.
"""

import contextlib
import io
import json
import os
import sqlite3
import sys
from copy import deepcopy
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from fuzz import MUTATIONS, Case, Target

from bloglint.cli.app import run

POST = """---
title: {title}
date: 2026-06-{day:02}
author: Eva Lau
bloglint: {{disable: [craft-jargon]}}
---
We took the the pump apart. <!-- bloglint-disable-next-line bloat-unedited it is a quotation -->
Nobody had looked at it, and we are the leading pump people. What would you have done?
"""
RULE = """id: house-colour
reason: craft
check: phrases
scope: post
title: {en: House colours, de: Hausfarben}
why: {en: They are ours., de: Sie sind unsere.}
source: {en: The house., de: Das Haus.}
options:
  allowed: {default: 0, about: {en: Allowed., de: Erlaubt.}}
  words_each: {default: 100000, about: {en: Words., de: Wörter.}}
  shown: {default: 5, about: {en: Shown., de: Gezeigt.}}
severity: info
message: {phrase: {en: "“{phrase}”", de: "„{phrase}“"}}
advice: {phrase: {en: Use blue., de: Nehmen Sie Blau.}}
phrases: {words: {en: [red, "(green|yellow) pump*"], de: [rot]}}
examples:
  - {language: en, verdict: bad, text: A red pump.}
"""
SETTINGS = """source: posts
names: [Acme, Acme Flow]
words: {add: {advertorial-superlative: ["galactic*"]}, allow: [pump]}
profile: standard
ignore: [craft-jargon]
severity: {bloat-sentences: info}
options: {bloat-length: {max_words: 1200}, frequency-gap: {due_days: 14}}
terms: {web site: website}
exclude: [drafts/, "*-old.md"]
per_file: {"*-links.md": {ignore: [bloat-structure], options: {bloat-length: {max_words: 400}}}}
pauses: [{from: 2026-07-20, to: 2026-08-31, why: summer}]
weights: {frequency: 5}
timezone: Europe/Berlin
rules: [rules]
fail_on: error
fail_under: 40
limit: 60
"""
PORTFOLIO = """title: Blogs
brand: {name: Acme, colour: "#336699"}
owners: {Eva: eva@blog.example}
blogs:
  - {name: One, feed: posts, owner: Eva, group: A, names: [Acme]}
  - {name: Two, feed: posts, timezone: Europe/Vienna, pauses: [{from: 2026-07-01, to: 2026-07-09}]}
  - {name: Three, feed: posts, limits: {bloat-length: {max_words: 900}}, language: de}
"""
#: Values that fit hardly anywhere.
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1e308, float("nan"), float("inf"), "", "x" * 5000, "\0", "{x}",
    "{0.__class__}", "2026-02-30", "*" * 60, "(" * 60, "(a|b*)+ ... c", "../../../etc/passwd",
    "\ud800", [], {}, [[[]]],
    {"en": {}}, {"": None}, ["a", 1, None], b"\xff",
)  # fmt: skip
CELLS: tuple[Any, ...] = (
    None,
    -1,
    2**62,
    1.5,
    float("inf"),
    "",
    "x",
    "026-06-172",
    b"",
    b"\xff" * 40,
    b"\x81\xa1",
)
DAY = ["--as-of", "2026-06-30"]


def _commands(folder: Path) -> dict[str, list[list[str]]]:
    """The calls that use each kind of file."""
    check = ["check", "posts", *DAY, "--format", "concise", "--fail-on", "never"]
    alone = [*check, "--isolated"]
    history = ["history", "--db", "history.sqlite"]
    stored = ["--db", "history.sqlite", "--format", "json"]
    report = ["report", "posts", *DAY, "--isolated", *stored]
    known = [*check, "--baseline", "bloglint-baseline.json"]
    ruled = ["--config", "with-rules.yml"]
    return {
        "bloglint.yml": [
            ["config"], [*check, "--config", "bloglint.yml"], ["config", "--validate"],
        ],
        "pyproject.toml": [["config"], check],
        "own.yml": [[*check, *ruled], ["rule", "house-colour", *ruled]],
        "portfolio.yml": [["report", "portfolio.yml", *DAY, "--isolated", *stored]],
        "bloglint-baseline.json": [known, [*known, "--prune-baseline"]],
        "post.md": [[*alone, "--show-suppressed"]],
        "history.sqlite": [history, [*history[:1], "export", *history[1:]], report],
        "cache.sqlite": [alone],
        "newsroom.sqlite": [[*alone, "--press", "news"]],
        "visits.csv": [[*alone, "--traffic", "visits.csv"]],
        "lychee.json": [[*check, "--config", "with-lychee.yml"]],
    }  # fmt: skip


class ImpossibleError(Exception):
    """A call that ended as none may."""


def _call(arguments: list[str]) -> None:
    """Run a command in this process, as its user would."""
    out, old = io.StringIO(), sys.argv
    sys.argv = ["bloglint", *arguments]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            run()
    except SystemExit as ended:
        if ended.code not in (None, 0, 1, 2, 3, 4):
            raise ImpossibleError(f"code {ended.code}: {' '.join(arguments)}") from None
    finally:
        sys.argv = old
    said = out.getvalue()
    if "Traceback" in said or "mistake of bloglint" in said:
        raise ImpossibleError(said[-300:])


def _blog(folder: Path) -> None:
    """Write a blog of seven posts, a newsroom and configurations into a folder."""
    for name in ("posts", "news", "rules", "cache"):
        (folder / name).mkdir()
    for n in range(1, 8):
        text = POST.format(title=f"Pump {n}", day=n * 4)
        (folder / f"posts/p{n}.md").write_text(text, "utf-8")
        (folder / f"news/n{n}.md").write_text(text.replace("pump", f"pump {n}") * 3, "utf-8")
    (folder / "with-rules.yml").write_text("source: posts\nrules: [rules]\n", "utf-8")
    (folder / "with-lychee.yml").write_text(
        "source: posts\noptions: {links-dead: {lychee: lychee.json}}\n", "utf-8"
    )


def _place(case: Case, folder: Path) -> None:
    """Put a case where the commands look for it."""
    places = {
        "own.yml": "rules/own.yml",
        "post.md": "posts/p1.md",
        "cache.sqlite": "cache/cache.sqlite",
    }
    if case.name == "newsroom.sqlite":
        from bloglint.press.index import index_file

        path = index_file(folder / "cache", str(Path("news").absolute()))
        path.parent.mkdir(parents=True, exist_ok=True)
    else:
        path = folder / places.get(case.name, case.name)
    path.write_bytes(case.content)


def _seeds() -> list[Case]:
    """A file of every kind, as bloglint or a user writes it."""
    with TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        _blog(folder)
        os.environ["BLOGLINT_CACHE"] = str(folder / "cache")
        for day in ("2026-06-20", "2026-06-27"):
            _call(
                [
                    "report",
                    "posts",
                    "--as-of",
                    day,
                    "--isolated",
                    "--db",
                    "history.sqlite",
                    "--format",
                    "json",
                ]
            )
        _call(["check", "posts", *DAY, "--isolated", "--press", "news", "--format", "json"])
        _call(["check", "posts", *DAY, "--write-baseline", "--baseline", "bloglint-baseline.json"])
        stored = [
            Path("history.sqlite"),
            Path("cache/cache.sqlite"),
            *Path("cache/newsrooms").glob("*.sqlite"),
        ]
        cases = [
            Case("newsroom.sqlite" if "newsrooms" in str(file) else file.name, _whole(file))
            for file in stored
        ]
        cases.append(Case("bloglint-baseline.json", Path("bloglint-baseline.json").read_bytes()))
    texts = {
        "bloglint.yml": SETTINGS, "own.yml": RULE, "portfolio.yml": PORTFOLIO,
        "post.md": POST.format(title="Pump", day=3),
        "pyproject.toml": '[tool.bloglint]\nsource = "posts"\nfail_under = 40\n'
        'options = {bloat-length = {max_words = 900}}\n',
        "visits.csv": "Page,Visits\n/posts/p1/,500\n/posts/p2/,3\n",
        "lychee.json": '{"error_map": {"posts/p1.md": [{"url": "https://gone.example/",'
        ' "status": {"text": "404", "code": 404}}]}}',
    }  # fmt: skip
    return cases + [Case(name, text.encode()) for name, text in texts.items()]


def _whole(file: Path) -> bytes:
    """The content of a database, with what its log still holds."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("pragma journal_mode=delete")
    return file.read_bytes()


def _nodes(tree: Any) -> list[tuple[Any, Any]]:
    """Every container of a tree with each of its keys."""
    found: list[tuple[Any, Any]] = []
    pairs: Any = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in list(pairs):
        found += [(tree, key), *_nodes(value)]
    return found


def _break_tree(random: Random, tree: Any) -> Any:
    nodes = _nodes(tree)
    if not nodes:
        return random.choice(VALUES)
    holder, key = random.choice(nodes)
    other_holder, other_key = random.choice(nodes)
    match random.randrange(5):
        case 0 | 1:
            holder[key] = deepcopy(random.choice(VALUES))
        case 2:
            holder[key] = deepcopy(other_holder[other_key])
        case 3 if isinstance(holder, dict):
            holder[str(random.choice(VALUES))[:60]] = holder.pop(key)
        case 4 if isinstance(holder, dict):
            del holder[key]
        case _:
            holder[key] = [deepcopy(holder[key])] * 3
    return tree


def _break_database(random: Random, content: bytes) -> bytes:
    """A database with some cells of another type or content, or without a column or table."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        rows = connection.execute("select name from sqlite_master where type = 'table'")
        tables = [name for (name,) in rows if not name.startswith("sqlite_")]
        for _ in range(random.choice((1, 1, 2, 5))):
            table = random.choice(tables)
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            column, kind = random.choice(columns), random.randrange(12)
            with contextlib.suppress(sqlite3.Error, OverflowError):
                if kind == 0:
                    connection.execute(f"alter table {table} drop column {column}")
                elif kind == 1:
                    connection.execute(f"drop table {table}")
                elif kind == 2:
                    connection.execute(f"pragma user_version = {random.choice((0, 1, 99, -5))}")
                elif kind == 3:
                    connection.execute(f"delete from {table} where random() % 2")
                elif kind < 7:
                    connection.execute(
                        f"update {table} set {column} = ? where random() % 3 = 0",
                        [random.choice(CELLS)],
                    )
                else:
                    got = connection.execute(f"select rowid, {column} from {table}").fetchall()
                    row, value = random.choice(got)
                    raw = value if isinstance(value, bytes) else str(value).encode()
                    changed = random.choice(MUTATIONS)(random, raw, content)[:100_000]
                    new = (
                        changed if isinstance(value, bytes) else changed.decode("utf-8", "replace")
                    )
                    connection.execute(
                        f"update {table} set {column} = ? where rowid = ?", [new, row]
                    )
        return connection.serialize()
    except (sqlite3.Error, IndexError):
        return content
    finally:
        connection.close()


def _as_text(name: str, tree: Any) -> bytes:
    if name.endswith(".json"):
        return json.dumps(tree, default=str).encode("utf-8", "surrogatepass")
    return yaml.safe_dump(tree, allow_unicode=False).encode()


def _broken(random: Random, case: Case) -> Case:
    content = case.content
    if case.name.endswith(".sqlite"):
        if random.randrange(4):
            return Case(case.name, _break_database(random, content))
        for _ in range(random.choice((1, 2, 5))):
            content = random.choice(MUTATIONS)(random, content, content)[:400_000]
        return Case(case.name, content)
    if case.name.endswith((".yml", ".json")) and random.randrange(4):
        tree = yaml.safe_load(content)
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            tree = _break_tree(random, tree)
        with contextlib.suppress(yaml.YAMLError, ValueError, TypeError, RecursionError):
            return Case(case.name, _as_text(case.name, tree))
    for _ in range(random.choice((1, 1, 2, 3))):
        content = random.choice(MUTATIONS)(random, content, content)[:50_000]
    return Case(case.name, content)


def state(seed: int) -> tuple[Target, int]:
    """Return settings and stores as a target, and how many of its first cases are unbroken."""
    seeds = _seeds()

    def make(number: int) -> Case:
        if number < len(seeds):
            return seeds[number]
        random = Random(f"{seed} {number}")
        return _broken(random, random.choice(seeds))

    def use(case: Case, folder: Path, number: int) -> None:
        old = Path.cwd()
        os.environ["BLOGLINT_CACHE"] = str(folder / "cache")
        os.chdir(folder)
        try:
            _blog(folder)
            _place(case, folder)
            for call in _commands(folder)[case.name]:
                _call(call)
        finally:
            os.chdir(old)

    return Target(make, use), len(seeds)
