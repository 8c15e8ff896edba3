"""The page on a rule: what it holds, and the links that lead to it where it is published."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bloglint.reporters.rule_page import rule_page
from bloglint.rules import load_rules

ROOT = Path(__file__).parents[1]
POSTS = str(ROOT / "examples" / "failing-en" / "posts")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("rule", load_rules().values(), ids=lambda rule: rule.id)
def test_every_rule_has_a_page(rule, language: str) -> None:  # type: ignore[no-untyped-def]
    page = rule_page(rule, language)
    assert page.startswith(f"# {rule.id}\n")
    assert page.count("\n## ") >= 7
    assert "{" not in page.replace("{{", "").split("\n## ")[2]  # what it reports


def test_a_rule_tells_how_often_it_was_wrong() -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    labels = ROOT / "benchmarks" / "data" / "precision.csv"
    for row in csv.DictReader(labels.open(encoding="utf-8", newline="")):
        if row["now"]:
            counts[row["rule"]][row["label"]] += 1
    told = {
        one.id: (one.read.findings, one.read.wrong) for one in load_rules().values() if one.read
    }
    assert told == {rule: (c.total(), c["wrong"]) for rule, c in counts.items()}


def _run(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bloglint", *arguments], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(home)}, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Return a folder that holds the metadata of a release with a site."""
    folder = tmp_path / "bloglint-1.0.dist-info"
    folder.mkdir()
    head = "Metadata-Version: 2.1\nName: bloglint\nVersion: 1.0\n"
    folder.joinpath("METADATA").write_text(
        f"{head}Project-URL: Documentation, https://docs.example/b/\n", "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("de", "de/")])
def test_reports_link_to_the_published_pages(released: Path, language: str, folder: str) -> None:
    site = f"https://docs.example/b/{folder}rules/"
    assert f"{site}bloat-length/" in _run(released, "rule", "bloat-length", "--lang", language)
    same = ("check", POSTS, "--as-of", "2026-06-30", "--lang", language, "--format")
    rules = json.loads(_run(released, *same, "sarif"))["runs"][0]["tool"]["driver"]["rules"]
    linked = {one["id"]: one.get("helpUri") for one in rules}
    assert {linked[name] for name in load_rules()} == {f"{site}{name}/" for name in load_rules()}
    for name in ("markdown", "html"):
        assert f"{site}advertorial-tone/" in _run(released, *same, name), name


def test_nothing_leads_to_a_site_that_is_not_there(tmp_path: Path) -> None:
    same = ("check", POSTS, "--as-of", "2026-06-30", "--format", "sarif")
    assert "helpUri" not in _run(tmp_path, *same)
