"""When a blog posts: silence, planned posts, pauses, seasons, imports."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bloglint.config import Config, Pause
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Finding, Post, Verdict, replace, say
from bloglint.rules import load_rules
from bloglint.sources import published_by
from bloglint.sources.dates import newest_first, parse_date
from bloglint.text.people import people, same_people

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
    return lint_blog(blog, RULES, as_of=AS_OF)


def found(verdict: Verdict, rule: str) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("planned", "said", "german"),
    [
        (date(2026, 7, 9), "planned for 9 July 2026", "geplant für den 9.7.2026"),
        (None, "Already written: “Soon”.", "Schon geschrieben: „Soon“."),
    ],
)
def test_planned_posts_are_named_as_rescue_and_never_counted(
    planned: date | None, said: str, german: str
) -> None:
    days = every(10, last=date(2026, 6, 5))
    draft = Post(id="d", title="Soon", source="", published=at(planned) if planned else None)
    alone, rescued = judged(history(days)), judged(history(days, planned=(draft,)))
    (finding,) = found(rescued, "frequency-silence")
    assert said in str(finding.message)
    assert german in say(finding.message, "de")
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
    assert "as they did at this time of 2024" in str(finding.message)
    once = [day for day in SUMMER if day > date(2025, 1, 1)]
    (alone,) = found(judged(history(once)), "frequency-gap")
    assert "limit is 14" in str(alone.message)
    halved = judged(history(SUMMER)).reasons["frequency"].measures["overdue_share"]
    whole = judged(history(once)).reasons["frequency"].measures["overdue_share"]
    assert halved == pytest.approx(whole / 2, rel=0.1)


def test_a_monthly_blog_has_no_seasons() -> None:
    messages = [str(f.message) for f in found(judged(history(every(30))), "frequency-gap")]
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
    paused = lint_blog(blog, RULES, as_of=AS_OF, config=Config(pauses=[Pause(*pause)]))
    assert alone.grade == "F"
    assert paused.reasons["frequency"].measures["dead_on"] == "2026-07-23"
    assert paused.reasons["frequency"].measures["days_since_last_post"] == 41
    assert found(paused, "frequency-silence") == []


def signed(*names: str) -> Blog:
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
    assert "Without these posts the blog would have been silent for" in str(finding.message)


def test_an_import_makes_no_burst() -> None:
    days = [*every(10), *[date(2026, 3, 3)] * 30]
    blog = judged(history(days))
    assert blog.reasons["frequency"].measures["imported_posts"] == 30
    (told,) = found(blog, "frequency-rhythm")
    assert (told.severity, told.value) == ("info", 30)
    assert "30 imported with one timestamp" in str(told.message)


def test_a_handle_is_a_person() -> None:
    measures = judged(signed("ann", "bob", "Ann", "cem")).reasons["frequency"].measures
    assert (measures["authors"], measures["top_author_share"]) == (3, 0.5)


@pytest.mark.parametrize(
    ("bylines", "expected"),
    [
        (["Dr. Jörg Müller", "Mueller, Joerg", "jörg müller, CEO", "J. Müller"], 1),
        (["Peter Novak", "Paula Novak", "P. Novak"], 3),  # whose initial it is stays open
        (["Ann Field and Bob Marsh", "Ann Field & Cem Ay"], 3),
        (["Ilse van der Berg", "Иван Петров", "Zoë Ångström", "zoe angstrom"], 3),
        (["Das Redaktionsteam", "Acme Blog", "Acme Pumps GmbH", "press@acme.example"], 0),
    ],
)
def test_bylines_are_people(bylines: list[str], expected: int) -> None:
    generic = load_rules()["frequency-authors"].options["generic"].default
    assert len(set(same_people(people(bylines, generic, ["Acme Pumps"])).values())) == expected


def test_the_finding_tells_whether_somebody_stands_in() -> None:
    days = every(7, count=50)
    posts = [(day, "Ann Field" if n % 5 else "Bob Marsh") for n, day in enumerate(days)]
    blog = signed_on(posts)
    (finding,) = found(judged(blog), "frequency-authors")
    measures = judged(blog).reasons["frequency"].measures
    assert measures["stand_in_share"] >= 0.7  # the weeks after the last post of the year are open
    assert (measures["rested_author"], measures["rested_since"]) == ("Ann Field", "2026-06-18")
    assert finding.evidence["without"]["Bob Marsh"]["more_silent_days"] == 0
    assert finding.evidence["without"]["Ann Field"]["more_silent_days"] > 200


def signed_on(posts: list[tuple[date, str]]) -> Blog:
    made = [
        Post(id=f"{n:03}", title=f"t{n}", source="Text.", published=at(day), authors=(name,))
        for n, (day, name) in enumerate(posts)
    ]
    return Blog("x", posts=newest_first(made))


LONG = (
    "The pump in hall two stood still because a wet wipe had blocked its impeller overnight. " * 5
)


def with_newest(days: list[date], *newest: Post) -> Blog:
    return Blog("x", posts=newest_first([*history(days).posts, *newest]))


@pytest.mark.parametrize(
    ("newest", "reason"),
    [
        (
            [
                Post(id="r1", title="One", source=LONG, published=at(date(2026, 4, 1))),
                Post(id="r2", title="Two", source=LONG, published=at(date(2026, 6, 28))),
            ],
            "repeated",
        ),
        (
            [
                Post(
                    id="old",
                    title="Old",
                    source="Text.",
                    url="https://x.example/2021/03/04/old/",
                    published=at(date(2026, 6, 28)),
                )
            ],
            "republished",
        ),
        (
            [
                Post(
                    id="e1",
                    title="Open day at the waterworks",
                    source="Come on 12 July.",
                    published=at(date(2026, 5, 2)),
                ),
                Post(
                    id="e2",
                    title="Reminder: open day at the waterworks",
                    source="Soon.",
                    published=at(date(2026, 6, 28)),
                ),
            ],
            "announced_twice",
        ),
        (
            [
                Post(
                    id="e1",
                    title="Tag der offenen Tür im Wasserwerk",
                    source="Kommen Sie am 12. Juli.",
                    published=at(date(2026, 5, 2)),
                ),
                Post(
                    id="e2",
                    title="Wasserwerk: Tag der offenen Tür",
                    source="Am 12.7. ist es so weit.",
                    published=at(date(2026, 6, 28)),
                ),
            ],
            "announced_twice",
        ),
    ],
)
def test_what_is_nothing_new_ends_no_silence(newest: list[Post], reason: str) -> None:
    verdict = judged(with_newest(every(10, last=date(2026, 5, 20)), *newest))
    measures = verdict.reasons["frequency"].measures
    assert measures[f"{reason}_posts"] == 1
    assert measures["days_since_last_post"] == 41


def test_an_import_over_a_few_seconds_or_one_day_is_one() -> None:
    quick = [
        Post(id=f"q{n}", title="q", source="Text.", published=at(date(2026, 6, 29)) + n * STEP)
        for n in range(12)
    ]
    days = every(10, last=date(2026, 5, 20))
    assert judged(with_newest(days, *quick)).grade == "F"
    by_hand = [replace(p, published=p.published + n * timedelta(minutes=20)) for n, p in
               enumerate(quick) if p.published]  # fmt: skip
    assert judged(with_newest(days, *by_hand)).grade == "F"
    few = [replace(p, published=at(date(2026, 6, 29))) for p in quick[:3]]
    assert judged(with_newest(days, *few)).grade != "F"


STEP = timedelta(seconds=5)


def test_a_falling_pace_is_told_while_it_falls() -> None:
    counts = [22, 20, 19, 17, 15, 13, 12, 10]
    days = [
        AS_OF.date() - timedelta(days=91 * (7 - n) + 90 - round(k * 91 / count))
        for n, count in enumerate(counts)
        for k in range(count)
    ]
    (finding,) = found(judged(history(days)), "frequency-rhythm")
    assert finding.evidence["posts_per_quarter"] == counts
    early, at_, late = (finding.evidence[k] for k in ("earliest", "expected", "latest"))
    assert "2026-07-01" < early < at_ < late
    assert "less than one post every 14 days from" in str(finding.message)
    assert found(judged(history(every(7, count=110))), "frequency-rhythm") == []


# Bad input


def test_a_blog_without_dates_is_judged_by_its_texts_alone() -> None:
    posts = tuple(Post(id=f"{n}", title="t", source=LONG, language="en") for n in range(12))
    blog = published_by(Blog("x", undated=posts), AS_OF)
    verdict = judged(blog)
    assert verdict.reasons["frequency"].score is None
    assert str(verdict.reasons["frequency"].note).startswith("no post has a date")
    assert verdict.reasons["bloat"].score is not None
    assert verdict.posts_judged == 10
    dialogue = verdict.reasons["dialogue"]  # nobody knows which are "the last 10 posts"
    assert dialogue.score is None and "without dates" in str(dialogue.note)


def test_posts_without_dates_are_counted_with_their_effect() -> None:
    blog = replace(history(every(10)), undated=(Post(id="u", title="u", source="Text."),))
    verdict = judged(published_by(blog, AS_OF))
    assert verdict.left_out == {"no date": 1}
    assert "if one of them is newer than 25 June 2026" in verdict.notes[0]


@pytest.mark.parametrize("days", [["2026-06-28"], ["2026-06-28"] * 4])
def test_posts_of_one_day_carry_no_rhythm(days: list[str]) -> None:
    verdict = judged(history([date.fromisoformat(day) for day in days]))
    assert verdict.reasons["frequency"].score is None
    assert "single day" in str(verdict.reasons["frequency"].note)
    assert verdict.reasons["frequency"].measures["next_post_due"] == "2026-07-12"


def test_one_old_post_is_a_dead_blog() -> None:
    assert judged(history([date(2014, 6, 28)])).grade == "F"


def test_two_posts_are_judged() -> None:
    assert judged(history([date(2026, 6, 28), date(2026, 6, 20)])).reasons["frequency"].score == 100


def test_an_epoch_date_is_no_date() -> None:
    assert parse_date("1970-01-01T00:00:00Z") is None


def test_a_day_is_that_of_the_posts_own_zone_unless_one_is_configured() -> None:
    late = datetime.fromisoformat("2026-06-20T23:30:00-07:00")  # the 21st in Berlin
    posts = newest_first(
        [
            Post(id="a", title="t", source="x", published=late),
            *history(every(10, count=9)[1:]).posts,
        ]
    )
    own = judged(Blog("x", posts=posts)).reasons["frequency"].measures
    berlin = judged(Blog("x", posts=posts, zone=ZoneInfo("Europe/Berlin"))).reasons["frequency"]
    assert own["days_since_last_post"] == 10
    assert berlin.measures["days_since_last_post"] == 9


def test_twelve_years_of_silence_and_twenty_thousand_posts() -> None:
    assert judged(history(every(7, last=date(2014, 6, 1)))).reasons["frequency"].score == 0
    many = [AS_OF.date() - timedelta(days=n // 4) for n in range(20_000)]
    verdict = judged(history(many))
    assert (verdict.posts_judged, verdict.reasons["frequency"].score) == (60, 100)


# What always holds


offsets = st.lists(st.integers(0, 364), min_size=8, max_size=40, unique=True)
FREQUENCY = {k: r for k, r in RULES.items() if r.reason == "frequency"}


def frequency(days: list[date]) -> float:
    verdict = lint_blog(history(days), FREQUENCY, as_of=AS_OF)
    return verdict.reasons["frequency"].score or 0.0


@given(offsets, st.data())
def test_moving_a_spare_post_into_a_gap_never_lowers_the_score(
    ago: list[int], data: st.DataObject
) -> None:
    """Spare: neither the newest nor the oldest, and its place stays covered without it."""
    days = sorted(AS_OF.date() - timedelta(days=n) for n in ago)
    spare = [n for n in range(1, len(days) - 1) if (days[n + 1] - days[n - 1]).days <= 14]
    gaps = [(a, b) for a, b in itertools.pairwise(days) if (b - a).days > 14]
    if not spare or not gaps:
        return
    at_ = data.draw(st.sampled_from(spare))
    start, end = data.draw(st.sampled_from(gaps))
    target = start + timedelta(days=data.draw(st.integers(1, (end - start).days - 1)))
    moved = sorted([*days[:at_], *days[at_ + 1 :], target])
    assert frequency(moved) >= frequency(days)


@given(offsets, st.data())
def test_one_more_post_where_there_is_one_raises_the_score_by_at_most_a_point(
    ago: list[int], data: st.DataObject
) -> None:
    """Inside a window between two posts at most 14 days apart, or on the day of another."""
    days = sorted(AS_OF.date() - timedelta(days=n) for n in ago)
    full = [(a, b) for a, b in itertools.pairwise(days) if (b - a).days <= 14]
    start, end = data.draw(st.sampled_from([*full, *((day, day) for day in days)]))
    target = start + timedelta(days=data.draw(st.integers(0, (end - start).days)))
    more = frequency(sorted([*days, target]))
    assert 0 <= more - frequency(days) <= 1


@given(offsets, st.data())
def test_one_more_post_in_its_life_never_lowers_the_frequency(
    ago: list[int], data: st.DataObject
) -> None:
    days = [AS_OF.date() - timedelta(days=n) for n in ago]
    new = data.draw(st.integers(0, max(ago)))
    assert frequency([*days, AS_OF.date() - timedelta(days=new)]) >= frequency(days)


@pytest.mark.parametrize(
    ("byline", "is_person"),
    [
        ("Ada Muster", True),
        ("E. V. Lau", True),
        ("Pumpwerk e. V.", False),
        ("Pumpwerk e.V.", False),
        ("Acme GmbH", False),
        ("Verein der Pumpenfreunde", False),
        ("The Pump Foundation", False),
        ("Board of Directors", False),
        ("noreply@blog.example", False),
    ],
)
def test_associations_and_companies_are_no_persons(byline: str, is_person: bool) -> None:
    generic = load_rules()["frequency-authors"].options["generic"].default
    assert bool(people([byline], generic)) == is_person
