"""What machines read is what the shipped schema says."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import bloglint
from bloglint.reporters.json import to_dict

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
