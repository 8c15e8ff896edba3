"""What an author switches off in a post leaves the findings and the score."""

from datetime import UTC, datetime

from bloglint.lint import judge
from bloglint.model import Blog, Post, Verdict
from bloglint.rules import load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def judged(source: str, disabled: tuple[str, ...] = ()) -> Verdict:
    post = Post(id="p", title="t", source=source, path="p.md", disabled=disabled, published=AS_OF)
    return judge(Blog("x", posts=(post,)), RULES, as_of=AS_OF)


def rules_of(verdict: Verdict) -> list[str]:
    return [f.rule for f in verdict.findings if f.rule in ("bloat-unedited", "unused-suppression")]


def test_a_comment_covers_what_stands_between_it_and_its_end() -> None:
    text = "It is the the pump.\n\n{}\n\nWe took the the pump.\n\n{}\n\nWe saw saw a pump.\n"
    open_ = text.format("", "")
    closed = text.format(
        "<!-- bloglint-disable bloat-unedited a quotation -->", "<!-- bloglint-enable -->"
    )
    assert rules_of(judged(open_)) == ["bloat-unedited"] * 3
    verdict = judged(closed)
    assert rules_of(verdict) == ["bloat-unedited"] * 2
    assert verdict.suppressed == 1


def test_next_line_covers_one_line_only() -> None:
    text = (
        "<!-- bloglint-disable-next-line bloat -->\n\nWe took the the pump.\n\nWe saw saw a pump.\n"
    )
    assert rules_of(judged(text)) == ["bloat-unedited"]


def test_front_matter_covers_the_post_and_the_score() -> None:
    text = "We took the the pump and and left.\n"
    bloat = judged(text).reasons["bloat"].score
    verdict = judged(text, ("bloat-unedited",))
    assert rules_of(verdict) == []
    assert (verdict.suppressed, verdict.reasons["bloat"].score) == (2, 100.0)
    assert bloat is not None and bloat < 100


def test_a_suppression_without_effect_is_reported() -> None:
    text = "<!-- bloglint-disable bloat-unedited -->\n\nWe took the pump.\n"
    verdict = judged(text)
    assert rules_of(verdict) == ["unused-suppression"]
    unused = next(f for f in verdict.findings if f.rule == "unused-suppression")
    assert unused.severity == "info" and unused.place and unused.place.line == 1
