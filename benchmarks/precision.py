"""How many findings on real blogs an editor would sign.

``python benchmarks/precision.py sample FILE`` draws findings of every rule at random from the
blogs in ``../shared/data/blogs``, judged as of several years, and writes them for a reader, a JSON
object a line. The reader, who has not written the rules, labels each in a CSV of ``id,label``:
``agree``, ``defensible`` or ``wrong``. ``python benchmarks/precision.py keep FILE LABELS`` writes
the labels to ``benchmarks/data/precision.csv``, which holds no words of the blogs, beside those of
earlier readings, and notes which of the findings are still reported, and how severe they are now:
rules are mended in view of a reading. ``python benchmarks/precision.py table`` prints the shares of
those.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from figures import rows_of

from bloglint.engine.linter import lint_blog
from bloglint.model import Finding, Post, say
from bloglint.rules import load_rules
from bloglint.sources import published_by, read_blog

ROOT = Path(__file__).parents[1]
BLOGS = ROOT.parent / "shared" / "data" / "blogs"
LABELS = Path(__file__).parent / "data" / "precision.csv"
#: The line of a rule's file that says how many of its findings were read, and where it belongs.
_READ = re.compile(r"^read: .*\n", re.MULTILINE)
_MESSAGE = re.compile(r"^message:\n", re.MULTILINE)
FIELDS = ("rule", "severity", "blog", "path", "as_of", "line", "label", "now")
#: How many findings of a rule are drawn, and at most how many of one post.
DRAWN, OF_A_POST = 40, 2
#: Blogs are judged as of their newest post, and every so many days before it.
STEP, WINDOWS = timedelta(days=500), 6


def findings(blogs: Path) -> Iterator[tuple[str, datetime, Finding, Post | None]]:
    """Yield every finding with its blog, the moment of the judgement, and its post."""
    rules = load_rules()
    for folder in sorted(path for path in blogs.iterdir() if path.is_dir()):
        blog = read_blog(str(folder))
        days = sorted(post.published for post in blog.posts if post.published)
        moments = [days[-1] + timedelta(days=10) - STEP * n for n in range(WINDOWS)] if days else []
        for moment in moments or [datetime(2026, 11, 1, tzinfo=UTC)]:
            if days and moment < days[0]:
                break
            verdict = lint_blog(published_by(blog, moment), rules, as_of=moment)
            posts = {post.id: post for post in blog.posts}
            for finding in verdict.findings:
                yield folder.name, moment, finding, posts.get(finding.post or "")


def _row(
    blogs: Path, name: str, moment: datetime, finding: Finding, post: Post | None
) -> dict[str, object]:
    """What identifies a finding, with its severity."""
    path = finding.path or (post.path if post else None) or ""
    return {
        "rule": finding.rule, "severity": finding.severity, "blog": name,
        "path": path.removeprefix(f"{blogs / name}/"), "as_of": f"{moment:%Y-%m-%d}",
        "line": finding.place.line if finding.place else None,
    }  # fmt: skip


def sample(blogs: Path, seed: int) -> list[dict[str, object]]:
    """Draw findings of every rule at random, each once, few of one post."""
    by_rule: dict[str, list[dict[str, object]]] = defaultdict(list)
    seen = set()
    for name, moment, finding, post in findings(blogs):
        line = finding.place.line if finding.place else None
        key = (finding.rule, name, finding.post, line, finding.quote)
        if key in seen:
            continue
        seen.add(key)
        by_rule[finding.rule].append({
            **_row(blogs, name, moment, finding, post), "title": finding.title,
            "message": say(finding.message, "en"), "quote": finding.quote,
        })  # fmt: skip
    random, drawn = Random(seed), []
    for rule in sorted(by_rule):
        random.shuffle(by_rule[rule])
        of_posts: Counter[object] = Counter()
        chosen: list[dict[str, object]] = []
        for one in by_rule[rule]:
            place = (one["blog"], one["path"])
            of_posts[place] += 1
            if of_posts[place] <= OF_A_POST and len(chosen) < DRAWN:
                chosen.append(one)
        drawn += chosen
    return [{"id": number, **one} for number, one in enumerate(drawn)]


def keep(blogs: Path, sample: Path, labels: Path) -> int:
    """Add the labels of a sample to the table of labels, and return how many there are now."""
    label_of = {row["id"]: row["label"] for row in rows_of(labels)}
    read = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    new = [{**one, "label": label_of[str(one["id"])]} for one in read if str(one["id"]) in label_of]
    read_anew = {_key(one) for one in new}
    rows = [*(one for one in rows_of(LABELS) if _key(one) not in read_anew), *new]
    severities = {}
    for name, moment, finding, post in findings(blogs):
        severities[_key(_row(blogs, name, moment, finding, post))] = finding.severity
    rows = [{**row, "now": severities.get(_key(row), "")} for row in rows]
    rows.sort(key=lambda row: [str(row[name] or "") for name in FIELDS])
    with LABELS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    publish()
    return len(rows)


def publish() -> None:
    """Write into the file of each rule how many of its findings were read, and how many wrong."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_of(LABELS):
        if row["now"]:
            counts[row["rule"]][row["label"]] += 1
    for file in sorted((ROOT / "rules").glob("*/*.yml")):
        text = _READ.sub("", file.read_text(encoding="utf-8"))
        if found := counts.get(f"{file.parent.name}-{file.stem}"):
            read = f"read: {{findings: {found.total()}, wrong: {found['wrong']}}}\n"
            text = _MESSAGE.sub(lambda _, read=read: f"{read}message:\n", text, count=1)
        file.write_text(text, encoding="utf-8")


def _key(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("rule", "blog", "path", "as_of", "line"))


def table() -> str:
    """The labels by rule and today's severity, as a table in Markdown.

    The last column counts the findings that are not reported any more, and those of them that were
    wrong.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    gone: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_of(LABELS):
        if row["now"]:
            counts[row["rule"], row["now"]][row["label"]] += 1
        else:
            gone[row["rule"]][row["label"]] += 1
    head = ["rule", "severity", "still reported", "agree", "defensible", "wrong"]
    lines = [f"| {' | '.join(head)} | gone (wrong) |", "| --- " * (len(head) + 1) + "|"]
    for (rule, severity), labels in sorted(counts.items()):
        total = labels.total()
        shares = [f"{labels[name] / total:.0%}" for name in ("agree", "defensible", "wrong")]
        left = gone.pop(rule, Counter())
        lines.append(f"| {rule} | {severity} | {total} | {' | '.join(shares)} | "
                     f"{left.total()} ({left['wrong']}) |")  # fmt: skip
    for rule, left in sorted(gone.items()):
        lines.append(f"| {rule} | – | 0 | – | – | – | {left.total()} ({left['wrong']}) |")
    return "\n".join(lines)


def main() -> int:
    """Draw a sample, keep its labels, or print a table of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["sample", "keep", "table"])
    parser.add_argument("file", nargs="?", type=Path, help="the sample")
    parser.add_argument("labels", nargs="?", type=Path, help="its labels, for keep")
    parser.add_argument("--blogs", type=Path, default=BLOGS, help="a folder of blogs")
    parser.add_argument("--seed", type=int, default=27, help="other findings (default: 27)")
    options = parser.parse_args()
    if options.what == "table":
        print(table())
        return 0
    if options.what == "keep":
        print(f"{keep(options.blogs, options.file, options.labels)} labels in {LABELS}")
        return 0
    lines = [json.dumps(one, ensure_ascii=False) for one in sample(options.blogs, options.seed)]
    options.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} findings in {options.file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
