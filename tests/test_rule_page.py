"""The page on a rule: what it holds, and the links that lead to it where it is published."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import Said

from bloglint.reporters.rule_page import rule_page
from bloglint.rules import load_rules, prepared

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


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the rules those of a release with a site."""
    ready = prepared.prepare(None, "https://docs.example/b/")
    monkeypatch.setattr(prepared, "_prepared", lambda: ready)


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("de", "de/")])
def test_reports_link_to_the_published_pages(
    call: Callable[..., Said], language: str, folder: str
) -> None:
    site = f"https://docs.example/b/{folder}rules/"
    assert f"{site}bloat-length/" in call("rule", "bloat-length", "--lang", language).out
    same = ("check", POSTS, "--as-of", "2026-06-30", "--lang", language, "--format")
    rules = json.loads(call(*same, "sarif").out)["runs"][0]["tool"]["driver"]["rules"]
    linked = {one["id"]: one.get("helpUri") for one in rules}
    assert {linked[name] for name in load_rules()} == {f"{site}{name}/" for name in load_rules()}
    for name in ("markdown", "html"):
        assert f"{site}advertorial-tone/" in call(*same, name).out, name
    shown = call("check", POSTS, "--as-of", "2026-06-30", "--all", "--color", "always",
                 "--lang", language).out  # fmt: skip
    assert f"{site}bloat-length/" in shown


def test_nothing_leads_to_a_site_that_is_not_there(call: Callable[..., Said]) -> None:
    assert "helpUri" not in call("check", POSTS, "--as-of", "2026-06-30", "--format", "sarif").out
