"""How long bloglint takes, beside others that check prose, on the same files in one run.

    python benchmarks/run.py [--work FOLDER] [--rounds 5] [--write docs/performance.md] [--quick]

Everything is made below ``--work``: the blogs (always the same, by `corpus`), copies of the newest
posts of two real blogs where ``../shared`` is there, and environments with bloglint's wheel and its
peers from PyPI and npm. The tools take turns, so that a machine that is busy for a while is busy
for all of them. Seconds are those of the processor, the least of the rounds, unless a column says
"wall". ``--quick`` measures bloglint alone, on an unsaved post and on 100 posts.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import NEWEST, WORDS, post, write_blog
from figures import table

ROOT = Path(__file__).parents[1]
AS_OF = ["--as-of", "2026-06-30", "--isolated"]
PYPI = ("proselint", "slopscore-lint", "bluepencil")
NPM = ("write-good", "alex", "textlint", "textlint-rule-write-good", "textlint-rule-alex")
REAL = ROOT.parent / "shared" / "data" / "blogs"
#: Real blogs, as of a day on which many of their posts are judged.
REAL_BLOGS = {"snowplow": ("2017-04-28", "en"), "datenschule": ("2017-12-10", "de")}
_JUDGED = """
import shutil
from datetime import UTC, datetime
from pathlib import Path
from bloglint.model.window import scored_posts
from bloglint.sources import published_by, read_blog
moment = datetime.fromisoformat("{as_of}").replace(tzinfo=UTC)
blog = published_by(read_blog("{source}"), moment)
Path("{target}").mkdir()
for post in scored_posts(blog.posts, moment):
    shutil.copy(post.path, "{target}")
"""
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


@dataclass
class Timing:
    """What one command took in each round: seconds, and megabytes at the most."""

    seconds: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def least(self) -> float:
        return min(self.seconds)


Command = Callable[[], list[str]]


def once(
    command: Sequence[str], timing: Timing, stdin: Path | None = None, **environment: str
) -> None:
    """Run a command to its end, whatever it finds; ``stdin`` is the file at standard input."""
    env = {**os.environ, **environment}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with (stdin or Path(os.devnull)).open("rb") as given:
        process = subprocess.Popen(
            command, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env,
            cwd="/",
        )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    timing.wall.append(time.perf_counter() - begun)
    timing.seconds.append(used.ru_utime + used.ru_stime)
    timing.megabytes = max(timing.megabytes, used.ru_maxrss / 1000)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode < 0 or process.returncode in (2, 126, 127):  # others count their finds
        raise SystemExit(f"{' '.join(command[:4])} ended with {process.returncode}")


def in_turn(
    commands: Mapping[str, list[str]],
    rounds: int,
    before: Callable[[str], None] = lambda name: None,
    stdin: Path | None = None,
) -> dict[str, Timing]:
    """Every command in every round, one after another; ``before`` prepares each."""
    found = {name: Timing() for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            before(name)
            once(command, found[name], stdin)
    return found


@dataclass
class Tools:
    """Where everything is installed."""

    work: Path

    @property
    def bloglint(self) -> str:
        return str(self.work / "bloglint" / "bin" / "bloglint")

    @property
    def python(self) -> str:
        return str(self.work / "bloglint" / "bin" / "python")

    def install(self, peers: bool) -> None:
        """Put bloglint's wheel, and the peers, into environments of their own."""
        _venv(self.work / "bloglint", str(ROOT))
        if not peers:
            return
        for name in PYPI:
            _venv(self.work / name, name)
        if not (self.work / "npm" / "node_modules" / ".bin" / "textlint").exists():
            (self.work / "npm").mkdir(parents=True, exist_ok=True)
            _quiet(["npm", "install", "--silent", "--prefix", str(self.work / "npm"), *NPM])
        rules = '{"rules": {"write-good": true, "alex": true}}'
        (self.work / "npm" / ".textlintrc.json").write_text(rules)

    def peers(self, target: Path, posts: int) -> dict[str, list[str]]:
        """The peers' commands for a folder or a file; each only as far as it gets in time."""
        files = sorted(map(str, target.glob("*.md"))) if target.is_dir() else [str(target)]
        npm = self.work / "npm" / "node_modules" / ".bin"
        rc = str(self.work / "npm" / ".textlintrc.json")
        found = {
            "bluepencil": [str(self.work / "bluepencil/bin/bluepencil"), "check", *files],
            "write-good": [str(npm / "write-good"), *files],
            "proselint": [str(self.work / "proselint/bin/proselint"), "check", *files],
            "slopscore": [str(self.work / "slopscore-lint/bin/slopscore-lint"), "scan", *files],
            "alex": [str(npm / "alex"), *files],
        }
        if posts <= 100:
            found["textlint"] = [str(npm / "textlint"), "--config", rc, *files]
        return found


def _venv(folder: Path, package: str) -> None:
    if not (folder / "bin" / "python").exists():
        _quiet([sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin" / "pip"), "install", "-q", "--disable-pip-version-check"]
    _quiet([*pip, package] if package != str(ROOT) else [*pip, "--force-reinstall", "--no-deps",
                                                          package])  # fmt: skip
    if package == str(ROOT):
        _quiet([*pip, package])


def _quiet(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:6])}: {done.stderr[-800:]}")


def _row(name: str, timing: Timing, others: Timing, judged: int = 0) -> tuple[object, ...]:
    """A row of a table: ``times`` the seconds of ``others``, and milliseconds a judged post."""
    row = (
        name,
        f"{timing.least:.3f}",
        f"{min(timing.wall):.3f}",
        f"{timing.least / others.least:.2f}",
        f"{timing.megabytes:.0f}",
    )
    return (*row, f"{1000 * timing.least / judged:.1f}") if judged else row


HEAD = ("", "s", "wall s", "times", "MB")
HEAD_JUDGED = (*HEAD, "ms a judged post")


class Report:
    """The tables, printed as they come."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, title: str, rows: Iterable[tuple[object, ...]], head: Sequence[object]) -> None:
        text = f"### {title}\n\n{table(head, list(rows))}"
        self.parts.append(text)
        print(f"\n{text}", flush=True)


@dataclass(frozen=True)
class Judged:
    """A folder of posts, all of which bloglint judges as of a day."""

    title: str
    folder: Path
    posts: int
    as_of: str
    language: str


def against_peers(report: Report, tools: Tools, blog: Judged, rounds: int) -> None:
    """The same posts, all judged by all: bloglint cold, warm and on a new day, and the peers."""
    cache = tools.work / "cache"
    os.environ["BLOGLINT_CACHE"] = str(cache)
    next_day = str(date.fromisoformat(blog.as_of) + timedelta(days=1))

    def call(as_of: str) -> list[str]:
        return [tools.bloglint, "check", str(blog.folder), "--isolated", "--jobs", "1",
                "--as-of", as_of]  # fmt: skip

    commands = {
        "bloglint, cold": call(blog.as_of),
        "bloglint, the same day": call(blog.as_of),
        "bloglint, a new day": call(next_day),
        **tools.peers(blog.folder, blog.posts),
    }

    def before(name: str) -> None:
        if name == "bloglint, cold":
            shutil.rmtree(cache, ignore_errors=True)

    found = in_turn(commands, rounds, before)
    others = found["proselint"]
    note = "" if blog.language == "en" else " (knows no German)"
    rows = [
        _row(name if name.startswith("bloglint") else name + note, one, others, blog.posts)
        for name, one in found.items()
    ]
    report.add(f"{blog.title}; times proselint's", rows, HEAD_JUDGED)


def archives(report: Report, tools: Tools, blogs: Mapping[str, Judged], rounds: int) -> None:
    """Whole archives, cold, beside the newest posts alone."""
    for name, newest in blogs.items():
        call = [tools.bloglint, "check", "--isolated", "--jobs", "1", "--no-cache",
                "--as-of", newest.as_of]  # fmt: skip
        whole = REAL / name
        found = in_turn(
            {
                f"its newest {newest.posts} posts alone": [*call, str(newest.folder)],
                f"the archive, of which {newest.posts} are judged": [*call, str(whole)],
            },
            rounds,
        )
        first = next(iter(found.values()))
        rows = [_row(what, one, first) for what, one in found.items()]
        report.add(f"{newest.title}: the whole archive, cold", rows, HEAD)


def press(report: Report, tools: Tools, blog: Path, releases: Path, rounds: int) -> None:
    """60 posts with newsrooms of different sizes: read for the first time, and known."""
    cache = tools.work / "cache"
    os.environ["BLOGLINT_CACHE"] = str(cache)
    check = [tools.bloglint, "check", str(blog), *AS_OF, "--jobs", "1"]
    commands = {"no releases": check}
    for count in (100, 1000, 10_000):
        room = releases.with_name(f"releases-{count}")
        if not room.is_dir():
            room.mkdir()
            for file in sorted(releases.glob("*.md"))[:count]:
                shutil.copy(file, room)
        commands[f"{count:,} releases, new"] = [*check, "--press", str(room)]
        commands[f"{count:,} releases, known"] = [*check, "--press", str(room)]

    def before(name: str) -> None:
        if not name.endswith("known"):
            shutil.rmtree(cache, ignore_errors=True)
        for file in cache.glob("cache.sqlite*"):
            file.unlink()

    found = in_turn(commands, rounds, before)
    none = found["no releases"]
    report.add(
        "60 English posts, cold, with a newsroom",
        [_row(name, one, none) for name, one in found.items()],
        HEAD,
    )


def start_up(report: Report, tools: Tools, rounds: int, one: Path) -> None:
    """What a start costs, against Python's own."""
    bare = [tools.python, "-c", "pass"]
    npm = tools.work / "npm" / "node_modules" / ".bin"
    found = in_turn(
        {
            "python -c pass": bare,
            "bloglint --version": [tools.bloglint, "--version"],
            "bloglint --help": [tools.bloglint, "--help"],
            "bloglint check one.md": [tools.bloglint, "check", str(one), *AS_OF, "--no-cache"],
            "the same, --format json": [tools.bloglint, "check", str(one), *AS_OF, "--no-cache",
                                        "--format", "json"],
            "proselint check one.md": [str(tools.work / "proselint/bin/proselint"), "check",
                                       str(one)],
            "bluepencil check one.md": [str(tools.work / "bluepencil/bin/bluepencil"), "check",
                                        str(one)],
            "slopscore scan one.md": [str(tools.work / "slopscore-lint/bin/slopscore-lint"), "scan",
                                      str(one)],
            "write-good one.md": [str(npm / "write-good"), str(one)],
        },
        rounds * 3,
    )  # fmt: skip
    bare_timing = found["python -c pass"]
    report.add(
        "Start, and one post of 30 words",
        [_row(name, timing, bare_timing) for name, timing in found.items()],
        HEAD,
    )


def growth(report: Report, tools: Tools, blogs: Mapping[str, Path], rounds: int) -> None:
    """How time grows with the posts of a blog, and with the length of one post or feed."""
    check = [tools.bloglint, "check"]
    alone = [*AS_OF, "--jobs", "1", "--no-cache"]
    commands = {
        "60 posts, all judged": [*check, str(blogs["en60"]), *alone],
        "1,000 posts, of which 60 are judged": [*check, str(blogs["en1000"]), *alone],
        "10,000 posts, of which 60 are judged": [*check, str(blogs["en10000"]), *alone],
        "1 post of 200,000 words": [*check, str(blogs["long"]), *alone],
        "a feed of 20,000 entries": [*check, str(blogs["feed"]), *alone],
        "1 post with a word of 40,000 parts": [*check, str(blogs["joined"]), *alone],
    }
    found = in_turn(commands, rounds)
    first = next(iter(found.values()))
    report.add(
        "Growth, cold",
        [_row(name, timing, first) for name, timing in found.items()],
        HEAD,
    )


def processes(report: Report, tools: Tools, blogs: Mapping[str, Path], rounds: int) -> None:
    """One process and two, over 10,000 posts in 20 blogs."""
    folders = list(map(str, sorted(blogs["fleet"].iterdir())))
    check = [tools.bloglint, "check", *folders, *AS_OF, "--no-cache", "--quiet"]
    commands = {
        "1 process": [*check, "--jobs", "1"],
        "2 processes": [*check, "--jobs", "2"],
        "by the work": check,
    }
    found = in_turn(commands, rounds)
    report.add(
        "10,000 posts in 20 blogs",
        [_row(name, timing, found["1 process"]) for name, timing in found.items()],
        HEAD,
    )


def drafts(report: Report, tools: Tools, blog: Path, rounds: int) -> None:
    """One draft, other words each time, in a blog of 60 posts: without a cache, and known."""
    cache, draft = tools.work / "cache", tools.work / "draft" / "draft.md"
    draft.parent.mkdir(exist_ok=True)
    os.environ["BLOGLINT_CACHE"] = str(cache)
    shutil.rmtree(cache, ignore_errors=True)
    check = [tools.bloglint, "check"]
    in_blog = [*check, str(draft), "--blog", str(blog), *AS_OF, "--jobs", "1"]
    whole = [*check, str(blog), *AS_OF, "--jobs", "1"]
    commands = {
        "the blog, no cache": [*whole, "--no-cache"],
        "the draft in the blog, no cache": [*in_blog, "--no-cache"],
        "the blog, known": whole,
        "the draft in the blog, known": in_blog,
        "the draft alone": [*check, str(draft), *AS_OF, "--no-cache"],
    }
    number = 0

    def before(name: str) -> None:
        nonlocal number
        number += 1
        draft.write_text(post(100_000 + number, "en", WORDS, NEWEST), encoding="utf-8")

    before("")
    once(in_blog, Timing())
    once(whole, Timing())
    found = in_turn(commands, rounds, before)
    first = found["the blog, no cache"]
    report.add(
        "A draft of 960 words in a blog of 60 posts",
        [_row(name, timing, first) for name, timing in found.items()],
        HEAD,
    )


def buffers(report: Report, tools: Tools, rounds: int) -> None:
    """A post as an editor hands it over, with another word each time, in a blog that is known."""
    os.environ["BLOGLINT_CACHE"] = str(tools.work / "cache")
    shutil.rmtree(tools.work / "cache", ignore_errors=True)
    blog = tools.work / "healthy-en"
    shutil.copytree(ROOT / "examples" / "healthy-en", blog, dirs_exist_ok=True)
    newest, buffer = max((blog / "posts").glob("*.md")), tools.work / "buffer.md"
    text = newest.read_text("utf-8")
    check = [tools.bloglint, "check", "-", "--stdin-filename", str(newest), *AS_OF]
    python = str(Path(tools.bloglint).with_name("python"))
    changed = "the buffer, one word changed"
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "python -c 'import typer, rich'": [python, "-c", "import typer, rich"],
        changed: [*check, "--format", "json"],
        "the buffer, unchanged": [*check, "--format", "json"],
    }
    number = 0

    def before(name: str) -> None:
        nonlocal number
        number += name == changed
        buffer.write_text(f"{text}\nNumber {number} was another one.\n", "utf-8")

    for _ in range(2):
        before(changed)
        once(check, Timing(), buffer)
    found = in_turn(commands, 3 * rounds, before, buffer)
    report.add(
        f"An unsaved post in a blog of {len(list((blog / 'posts').glob('*.md')))}, others known",
        [_row(name, timing, found["python -c pass"]) for name, timing in found.items()],
        HEAD,
    )


STAGES = """
import sys, time
from collections import Counter
spent = Counter()
def timed(name, function):
    def measured(*a, **k):
        begun = time.process_time()
        try:
            return function(*a, **k)
        finally:
            spent[name] += time.process_time() - begun
    return measured
begun = time.process_time()
from bloglint.api import check_sources
from bloglint.config import Config, Settings
from bloglint.cache import analyses
from bloglint.engine import rule_run, settings
from bloglint.model import replace
from bloglint.running.options import RunOptions
from bloglint.text import document
spent['start'] = time.process_time() - begun
find = rule_run.find_check
def find_timed(name):
    check = find(name)
    def whole(*a, **k):
        begun = time.process_time()
        found = list(check.function(*a, **k))
        spent['check ' + name] += time.process_time() - begun
        return iter(found)
    return replace(check, function=whole)
rule_run.find_check = find_timed
settings.read_blog = timed('reading', settings.read_blog)
document.read_markup = timed('parsing', document.read_markup)
analyses.leave_out_footers = timed('footers', analyses.leave_out_footers)
analyses.own_names = timed('own names', analyses.own_names)
check_sources([sys.argv[1]], Settings(Config()), RunOptions(as_of='2026-06-30'))
spent['all'] = time.process_time() - begun
for name, seconds in spent.most_common(16):
    print(f'{name}\\t{seconds:.3f}')
"""


def stages(report: Report, tools: Tools, blog: Path) -> None:
    """Where the time goes, by stage; a check's time holds that of what it first asks for."""
    done = subprocess.run(
        [tools.python, "-c", STAGES, str(blog)], capture_output=True, text=True, check=True, cwd="/"
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    report.add("Where 100 posts' time goes, in seconds of the processor", map(tuple, rows),
               ("stage", "s"))  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="where all is made (default: removed at the end)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", type=Path, help="the page whose tables are replaced")
    parser.add_argument("--quick", action="store_true", help="bloglint alone on 100 posts")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as temporary:
        work = (chosen.work or Path(temporary)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        report = measured(Tools(work), chosen.rounds, quick=chosen.quick)
    if chosen.write:
        text = chosen.write.read_text("utf-8")
        head, _, rest = text.partition(BEGIN)
        body = "\n\n".join([_machine(), *report.parts])
        chosen.write.write_text(
            f"{head}{BEGIN}\n\n{body}\n\n{END}{rest.partition(END)[2]}", "utf-8"
        )


def measured(tools: Tools, rounds: int, *, quick: bool) -> Report:
    """All tables; with ``quick`` the shortest ones, without the peers."""
    report = Report()
    tools.install(peers=not quick)
    blogs = _blogs(tools.work / "blogs", quick)
    if quick:
        buffers(report, tools, rounds)
        stages(report, tools, blogs["en100"])
        return report
    start_up(report, tools, rounds, blogs["one"])
    real = real_blogs(tools)
    made = [
        Judged(f"60 made-up {name} posts of {WORDS} words", blogs[f"{language}60"], 60,
               "2026-06-30", language)
        for language, name in (("en", "English"), ("de", "German"))
    ]  # fmt: skip
    for blog in (*made, *real.values()):
        against_peers(report, tools, blog, rounds)
    archives(report, tools, real, min(rounds, 3))
    press(report, tools, blogs["en60"], blogs["releases"], 2)
    drafts(report, tools, blogs["en60"], rounds)
    buffers(report, tools, rounds)
    growth(report, tools, blogs, 2)
    processes(report, tools, blogs, 2)
    stages(report, tools, blogs["en100"])
    return report


def real_blogs(tools: Tools) -> dict[str, Judged]:
    """Copies of the posts of real blogs that are judged as of a day; none without ``../shared``."""
    found = {}
    for name, (as_of, language) in REAL_BLOGS.items() if REAL.is_dir() else ():
        judged = tools.work / "blogs" / f"newest-{name}"
        if not judged.is_dir():
            code = _JUDGED.format(source=str(REAL / name), as_of=as_of, target=str(judged))
            subprocess.run([tools.python, "-c", code], check=True)
        count = len(list(judged.iterdir()))
        spoken = "English" if language == "en" else "German"
        title = f"The newest {count} posts of a real {spoken} blog ({name})"
        found[name] = Judged(title, judged, count, as_of, language)
    return found


def _blogs(folder: Path, quick: bool) -> dict[str, Path]:
    """The blogs, made where they are not there yet."""
    made = {"en100": (100, "en", WORDS, 0)}
    if not quick:
        made |= {
            "en60": (60, "en", WORDS, 0),
            "de60": (60, "de", WORDS, 0),
            "en1000": (1000, "en", WORDS, 0),
            "en10000": (10_000, "en", WORDS, 0),
            "releases": (10_000, "en", 300, 500_000),
            **{f"fleet/{n:02}": (500, "en", WORDS, 500 * n) for n in range(20)},
        }
    found = {}
    for name, (posts, language, words, first) in made.items():
        found[name] = folder / name
        if not (folder / name).is_dir():
            print(f"writing {name}", file=sys.stderr)
            write_blog(folder / name, posts, language, words=words, first=first)
    found["fleet"] = folder / "fleet"
    if not quick:
        found["long"] = folder / "long.md"
        if not found["long"].exists():
            write_blog(folder / "long", 1, words=200_000)
            (folder / "long" / "post-000000.md").rename(found["long"])
        found["feed"], found["joined"] = folder / "feed.xml", folder / "joined" / "post.md"
        if not found["feed"].exists():
            found["feed"].write_text(_feed(20_000), "utf-8")
            found["joined"].parent.mkdir()
            found["joined"].write_text("---\ndate: 2026-06-01\n---\n\n" + "pump-" * 40_000 + "x")
    found["one"] = folder / "one.md"
    found["one"].write_text(
        "---\ntitle: The pump\ndate: 2026-06-01\nauthor: Eva Lau\n---\n\nWe took the pump apart on "
        "Monday because it had stopped in the night. The wheel was worn, and we measured it twice. "
        "What would you have done?\n"
    )
    return found


def _feed(entries: int) -> str:
    """A feed with an entry a day."""
    items = "".join(
        f"<item><title>Post {n}</title><link>https://blog.example/{n}</link><pubDate>"
        f"{NEWEST - timedelta(days=n):%a, %d %b %Y} 10:00:00 GMT</pubDate><description>We took pump"
        f" {n} apart on Monday because it had stopped in the night.</description></item>"
        for n in range(entries)
    )
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Pumps</title>"
        f"<link>https://blog.example</link><description>On pumps</description>{items}"
        "</channel></rss>"
    )


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, "
        f"{time.strftime('%-d %B %Y')}. s: seconds of the processor; "
        "*times*: against the first row, unless the title names another."
    )


if __name__ == "__main__":
    main()
