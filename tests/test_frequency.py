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


SUMMER = [
    day
    for year in (2024, 2025, 2026)
    for day in every(10, last=date(year, 12, 28), count=37)
    if not date(year, 7, 5) < day < date(year, 8, 25) and day < date(2026, 6, 28)
]


def test_a_gap_that_returns_every_year_is_named_and_counts_half() -> None:
    (finding,) = found(judged(history(SUMMER)), "frequency-gap")
    assert "as they did at this time of 2024" in finding.message
    once = [day for day in SUMMER if day > date(2025, 1, 1)]
    (alone,) = found(judged(history(once)), "frequency-gap")
    assert "limit is 14" in alone.message
    halved = judged(history(SUMMER)).reasons["frequency"].measures["overdue_share"]
    whole = judged(history(once)).reasons["frequency"].measures["overdue_share"]
    assert halved == pytest.approx(whole / 2, rel=0.1)


def test_a_monthly_blog_has_no_seasons() -> None:
    messages = [f.message for f in found(judged(history(every(30))), "frequency-gap")]
    assert messages and all("at this time of" not in message for message in messages)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We are taking a summer break and will be back on 24 August.", "en"),
        ("The blog takes its summer break until August 23rd, 2025.", "en"),
        ("Wir machen Sommerpause und sind am 24. August wieder da.", "de"),
        ("Unsere Sommerpause dauert bis zum 23.8.2025.", "de"),
    ],
)
def test_an_announced_pause_does_not_count_while_it_lasts(text: str, language: str) -> None:
    from dataclasses import replace

    days = [day for day in SUMMER if day > date(2025, 1, 1)]
    blog = history(days)
    told = max(day for day in days if day < date(2025, 7, 10))
    posts = tuple(
        replace(p, source=text, language=language) if p.published == at(told) else p
        for p in blog.posts
    )
    assert found(judged(blog), "frequency-gap")
    assert found(judged(replace(blog, posts=posts)), "frequency-gap") == []


def test_a_configured_pause_moves_the_day_of_death() -> None:
    blog = history(every(10, last=date(2026, 5, 20)))
    pause = (date(2026, 5, 25), date(2026, 6, 25))
    alone = judged(blog)
    paused = judge(blog, RULES, as_of=AS_OF, pauses=[pause])
    assert alone.grade == "F"
    assert paused.reasons["frequency"].measures["dead_on"] == "2026-07-23"
    assert paused.reasons["frequency"].measures["days_since_last_post"] == 41
    assert found(paused, "frequency-silence") == []


def signed(*names: str) -> Blog:
    from dataclasses import replace

    blog = history(every(10, count=2 * len(names)))
    posts = tuple(replace(p, authors=(names[n % len(names)],)) for n, p in enumerate(blog.posts))
    return replace(blog, posts=posts)


def test_two_spellings_of_one_person_are_one() -> None:
    blog = signed("Dr. Jörg Müller", "Mueller, Joerg", "jörg müller", "Ann Field")
    measures = judged(blog).reasons["frequency"].measures
    assert (measures["authors"], measures["top_author_share"]) == (2, 0.75)
    assert measures["authors_of_half"] == 1


@pytest.mark.parametrize(
    "name", ["admin", "Redaktion", "Das Team", "blog@example.com", "Marketing"]
)
def test_generic_bylines_are_nobody(name: str) -> None:
    frequency = judged(signed(name, name, name)).reasons["frequency"]
    assert "top_author_share" not in frequency.measures
    assert "person" in (frequency.note or "")


def test_the_finding_tells_the_silence_without_the_author() -> None:
    (finding,) = found(judged(signed(*["Ann Field"] * 9, "Bob Marsh")), "frequency-authors")
    assert finding.evidence["posts"] == {"Ann Field": 18, "Bob Marsh": 2}
    assert finding.evidence["without"]["Ann Field"]["longest_silence"] > 90
    assert "Without them the blog would have been silent for" in finding.message


def test_an_import_makes_no_burst() -> None:
    days = [*every(10), *[date(2026, 3, 3)] * 30]
    blog = judged(history(days))
    assert blog.reasons["frequency"].measures["imported_posts"] == 30
    (told,) = found(blog, "frequency-rhythm")
    assert (told.severity, told.value) == ("info", 30)
    assert "30 imported with one timestamp" in told.message


def test_a_handle_is_a_person() -> None:
    measures = judged(signed("ann", "bob", "Ann", "cem")).reasons["frequency"].measures
    assert (measures["authors"], measures["top_author_share"]) == (3, 0.5)
