"""Whatever a text looks like: linear time, no recursion error, and an honest verdict."""

from datetime import UTC, datetime
from typing import Any

import pytest
from calls import ALL_TESTS

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Markup, Post, Verdict
from bloglint.rules import load_rules

RULES = load_rules()
NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def judged(source: str, markup: Markup = "markdown", **more: Any) -> Verdict:
    post = Post(id="p", title="t", source=source, markup=markup, published=NOW, path="p.md", **more)
    return lint_blog(Blog("x", posts=(post,)), RULES, as_of=NOW)


TEXTS: dict[str, str] = {
    "one word": "Pumpe",
    "one sentence of 5,000 words": "word " * 5000,
    "no full stop at all": "the pump stood still and we looked at it " * 300,
    "only headings": "# One\n\n## Two\n\n### Three\n" * 50,
    "only code": "```\nx = 1\n```\n" * 50,
    "only images": "![](a.png)\n\n" * 50,
    "a wall of emoji": "🎉🔥" * 5000,
    "right to left": "مرحبا بكم في المدونة. " * 100 + "Mixed שלום text. " * 50,
    "broken markdown": "**never closed [link](http://x\n> > > - 1. # `code\n" * 100,
    "deep lists": "\n".join("  " * n + "- deeper" for n in range(400)),
    "deep quotes": "> " * 10_000 + "deep",
    "nul and control characters": "The pump\x00 \x1b[31m stood\x07 still.\n\n" * 20,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("markup", ["markdown", "mdx", "html", "rest"])
def test_no_text_brings_the_judge_down(name: str, markup: Markup) -> None:
    verdict = judged(TEXTS[name], markup)
    assert verdict.posts_judged == 1
    assert all(r.score is None or 0 <= r.score <= 100 for r in verdict.reasons.values())


@pytest.mark.parametrize("name", ["only headings", "only code", "only images", "a wall of emoji"])
def test_where_there_is_nothing_to_judge_it_is_said(name: str) -> None:
    verdict = judged(TEXTS[name])
    assert verdict.posts[0].words == 0
    assert verdict.reasons["advertorial"].score is None
    assert verdict.reasons["advertorial"].note or verdict.notes


def test_deep_html_lists_are_no_recursion() -> None:
    assert judged("<ul><li>" * 10_000 + "deep" + "</li></ul>" * 10_000, "html").posts[0].words == 1


@pytest.mark.parametrize(
    "unit", ["word. ", "The pump stood still, “as ever”, (we think). ", "word "]
)
def test_very_many_words_are_judged(unit: str) -> None:
    """How long it takes is measured in benchmarks/; a quadratic step would not end here."""
    words, each = 200_000 if ALL_TESTS else 60_000, len(unit.split())
    assert judged(unit * (words // each), language="en").posts[0].words >= words - each
