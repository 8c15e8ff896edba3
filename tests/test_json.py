"""What machines read is what the shipped schema says."""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import bloglint
from bloglint.model.measures import MEASURES
from bloglint.reporters.json import to_dict

JSON_TYPES = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((files("bloglint") / "schemas" / "report-1.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "source", ["examples/failing-de/posts", "examples/healthy-en/feed.xml", "README.md", "no/such"]
)
def test_a_report_follows_the_schema(source: str) -> None:
    report = bloglint.check(ROOT / source, as_of="2026-06-30")
    written = json.loads(json.dumps(to_dict(report)))
    errors = [
        f"{e.json_path}: {e.message!s}" for e in Draft202012Validator(SCHEMA).iter_errors(written)
    ]
    assert errors == []


def test_the_schema_refuses_what_is_wrong() -> None:
    report = bloglint.check(ROOT / "examples/healthy-en/posts", as_of="2026-06-30")
    written = json.loads(json.dumps(to_dict(report)))
    written["blogs"][0]["score"] = 101
    assert not Draft202012Validator(SCHEMA).is_valid(written)


def test_python_gives_what_the_json_names() -> None:
    report = bloglint.check(ROOT / "examples/failing-en/posts", as_of="2026-06-30")
    blog = report.blogs[0]
    written = to_dict(report)["blogs"][0]
    assert blog.reasons["frequency"].score == written["reasons"]["frequency"]["score"]
    assert str(blog.findings[0].message) == written["findings"][0]["message"]
    assert blog.findings[0].severity == "error"


def test_every_measure_of_a_post_is_declared_and_reported_as_declared() -> None:
    source = ROOT / "examples" / "failing-en" / "posts"
    post = bloglint.check(source, as_of="2026-06-30").blogs[0].posts[0]
    always = [n for n, m in MEASURES.items() if m.scope == "post" and m.reported == "always"]
    assert list(post.measures)[: len(always)] == always
    assert {"press_style", "reading_minutes", "longest_stretch", "unedited"} <= set(post.measures)
    assert all(MEASURES[name].reported != "never" for name in post.measures)


def test_the_measures_of_all_rules_are_declared() -> None:
    """Of every rule's examples, which between them measure whatever there is to measure."""
    for blog in ("failing-en", "failing-de", "healthy-en", "healthy-de"):
        folder = ROOT / "examples" / blog
        verdict = bloglint.check(folder / "posts", as_of="2026-06-30").blogs[0]
        for reason in verdict.reasons.values():
            for name, value in reason.measures.items():
                spec = MEASURES[name]
                kinds = {JSON_TYPES[type(value)], "number" if isinstance(value, int) else ""}
                assert spec.scope == "blog" and spec.type in kinds, name


def test_the_machine_changes_nothing(tmp_path: Path) -> None:
    """The same bytes in other locales, with other hash seeds, cold and warm, in two processes."""
    posts = str(ROOT / "examples" / "failing-de" / "posts")
    day, lang = ("--as-of", "2026-06-30"), ("--lang", "en", "--isolated", "--format", "json")
    changes: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "C.UTF-8"}, {"LC_ALL": "POSIX", "TZ": "Asia/Kathmandu"},
    ]  # fmt: skip
    said: dict[str, set[bytes]] = {"check": set(), "report": set()}
    for n, change in enumerate(changes):
        jobs = ("--jobs", str(1 + n % 2))
        calls = {"check": ("check", posts, *day, *lang),
                 "report": ("report", posts, str(ROOT / "examples" / "healthy-en" / "posts"), *day,
                            *lang, *jobs, "--db", str(tmp_path / f"{n}.sqlite"))}  # fmt: skip
        for kind, call in calls.items():
            place = {"BLOGLINT_CACHE": str(tmp_path / f"cache{n // 2}")}  # every second one is warm
            done = subprocess.run(
                [sys.executable, "-m", "bloglint", *call], capture_output=True, check=False,
                env={**os.environ, **change, **place}, cwd=ROOT,
            )  # fmt: skip
            assert done.returncode in (0, 1), done.stderr
            said[kind].add(done.stdout)
    assert {kind: len(outputs) for kind, outputs in said.items()} == {"check": 1, "report": 1}


def test_the_machines_zone_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2026-06-01\n---\nPumps run.\n", "utf-8")
    call = [sys.executable, "-m", "bloglint", "check", str(tmp_path), "--isolated", "--no-cache",
            "--as-of", "2026-06-30", "--format", "json"]  # fmt: skip
    said = {
        subprocess.run(
            call, capture_output=True, check=False, env={**os.environ, "TZ": zone}
        ).stdout
        for zone in ("UTC", "America/New_York", "Asia/Tokyo")
    }
    assert len(said) == 1 and b"2026-06-30" in said.pop()
