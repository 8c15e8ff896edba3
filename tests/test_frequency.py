"""When a blog posts: silence, planned posts, pauses, seasons, imports."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bloglint.lint import judge
from bloglint.model import Blog, Finding, Post, Verdict
from bloglint.rules import load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def history(days: list[date], **more: object) -> Blog:
    posts = [
        Post(id=f"{day}-{n}", title=f"t{n}", source="Text.", published=at(day))
        for n, day in enumerate(sorted(days, reverse=True))
    ]
    return Blog(source="x", posts=tuple(posts), **more)  # type: ignore[arg-type]


def every(step: int, last: date = date(2026, 6, 25), count: int = 40) -> list[date]:
    return [last - timedelta(days=step * n) for n in range(count)]


def judged(blog: Blog) -> Verdict:
    return judge(blog, RULES, as_of=AS_OF)


def found(verdict: Verdict, rule: str) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("planned", "said", "german"),
    [
        (date(2026, 7, 9), "planned for 9 July 2026", "geplant für den 9.7.2026"),
        (None, "Ready to be published: “Soon”.", "Bereit zum Veröffentlichen: „Soon“."),
    ],
)
def test_planned_posts_are_named_as_rescue_and_never_counted(
    planned: date | None, said: str, german: str
) -> None:
    days = every(10, last=date(2026, 6, 5))
    draft = Post(id="d", title="Soon", source="", published=at(planned) if planned else None)
    alone, rescued = judged(history(days)), judged(history(days, planned=(draft,)))
    (finding,) = found(rescued, "frequency-silence")
    assert said in finding.message
    assert german in finding.message.de  # type: ignore[attr-defined]
    assert "Ready" not in found(alone, "frequency-silence")[0].message
    assert alone.reasons["frequency"].score == rescued.reasons["frequency"].score
