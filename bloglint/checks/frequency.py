"""When a blog posts: its silence and its gaps, in calendar days of the blog's zone."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from statistics import median

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.checks.pauses import Pause, days_in, pauses
from bloglint.model import Blog, Text, write_date
from bloglint.text.people import person

YEAR = timedelta(days=365)
_FEW_POSTS = Text(
    "too few posts in the last year to see a rhythm",
    "zu wenige Beiträge im letzten Jahr, um einen Rhythmus zu sehen",
)
_NO_BYLINES = Text(
    "too few posts name a person as their author",
    "zu wenige Beiträge nennen eine Person als Autor",
)


def days_of(blog: Blog, as_of: datetime) -> list[date]:
    """The days with a post, oldest first, in the zone of ``as_of``."""
    moments = (post.published for post in blog.posts if post.published)
    return sorted({moment.astimezone(as_of.tzinfo).date() for moment in moments})


def silence(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Days since the newest post, against the days a reader waits.

    The next post is due ``due_days`` after the last; the blog counts as dead on the first day
    after ``dead_days`` of silence.
    """
    as_of = context.as_of
    days = days_of(context.blog, as_of)
    if not days:
        yield Measure(
            "days_since_last_post", None, Text("no post has a date", "kein Beitrag hat ein Datum")
        )
        return
    silent = (as_of.date() - days[-1]).days
    announced = pauses(context, options["pauses"])
    due = _after(days[-1], options["due_days"], announced)
    dead = _after(days[-1], options["dead_days"] + 1, announced)
    yield Measure("days_since_last_post", silent)
    silent -= days_in(announced, days[-1] + timedelta(days=1), as_of.date())
    yield Measure("silent_days", silent)
    yield Measure("next_post_due", due.isoformat())
    yield Measure("dead_on", dead.isoformat())
    if silent > options["due_days"]:
        is_dead = as_of.date() >= dead
        rescue = _rescue(context)
        yield Hit(
            "dead" if is_dead else "due",
            silent,
            options["dead_days"] if is_dead else options["due_days"],
            {"days": silent, "due": due, "dead": dead, "rescue": rescue},
            evidence={"planned": [post.title for post in context.blog.planned]},
        )


def _after(day: date, count: int, announced: list[Pause]) -> date:
    """The day ``count`` days after ``day``; days of an announced pause are not counted."""
    end = day + timedelta(days=count)
    while (end - day).days - days_in(announced, day + timedelta(days=1), end) < count:
        end += timedelta(days=1)
    return end


def _rescue(context: Context) -> dict[str, str]:
    """What lies ready and would end the silence: planned posts and drafts, named."""
    planned = sorted(
        context.blog.planned, key=lambda p: (p.published is None, str(p.published), p.title)
    )
    if not planned:
        return {"en": "", "de": ""}
    titles = [post.title for post in planned[:3]]
    first = planned[0].published
    english = f" Ready to be published: {', '.join(f'“{t}”' for t in titles)}"
    german = f" Bereit zum Veröffentlichen: {', '.join(f'„{t}“' for t in titles)}"
    if first is not None and first > context.as_of:
        english += f" (planned for {write_date(first.date(), 'en')})"
        german += f" (geplant für den {write_date(first.date(), 'de')})"
    return {"en": english + ".", "de": german + "."}


def gap(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Gaps between posts over ``due_days`` that ended within the last 365 days.

    Days of an announced pause are not counted; a gap that returns every year counts half.

    ``overdue_share`` is the share of the days of that period that were beyond ``due_days`` of
    their gap; the period starts a year ago, or with the first post if that is later.
    """
    limit = options["due_days"]
    as_of = context.as_of
    days = days_of(context.blog, as_of)
    since = as_of.date() - YEAR
    gaps = [
        (start, end, (end - start).days) for start, end in itertools.pairwise(days) if end > since
    ]
    if not gaps:
        yield Measure(
            "longest_gap_days",
            None,
            Text(
                "there are not two posts within the last year",
                "im letzten Jahr gibt es keine zwei Beiträge",
            ),
        )
        return
    lengths = [length for _, _, length in gaps]
    usual = median(lengths)
    announced = pauses(context, options["pauses"])
    period = (as_of.date() - max(since, gaps[0][0])).days
    overdue = 0.0
    hits = []
    for start, end, length in gaps:
        counted = length - days_in(announced, start + timedelta(days=1), end - timedelta(days=1))
        if counted <= limit:
            continue
        years = _returning(start, end, days, limit) if length >= 2 * usual else []
        weight = 0.5 if years else 1.0
        overdue += weight * min(counted - limit, (end - since).days)
        fields = {"days": length, "counted": counted, "start": start, "end": end, "years": years}
        case = "seasonal" if years else "interrupted" if counted < length else "gap"
        hits.append(Hit(case, counted, limit, fields))
    yield Measure("longest_gap_days", max(lengths))
    yield Measure("longest_gap_ever_days", max((b - a).days for a, b in itertools.pairwise(days)))
    yield Measure("median_gap_days", usual)
    yield Measure("overdue_share", round(min(1.0, overdue / period), 4))
    yield from sorted(hits, key=lambda hit: (-hit.value, hit.fields["start"]))


def _returning(start: date, end: date, days: list[date], limit: int) -> list[int]:
    """The earlier years in which a gap over ``limit`` lay at the same time of the year.

    The same time: it shares at least half of the shorter gap's days.
    """
    years = []
    for first, last in itertools.pairwise(days):
        if (last - first).days <= limit or last >= start:
            continue
        back = round((start - first).days / 365.25)
        if back < 1:
            continue
        shift = timedelta(days=round(365.25 * back))
        shared = min(end - shift, last) - max(start - shift, first)
        if 2 * shared >= min(end - start, last - first):
            years.append(first.year)
    return sorted(set(years))


def rhythm(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Posts in a burst before a pause: spread out, they would have filled it.

    A burst are posts at most ``burst_days`` apart; ``burst_share`` is the share of the year's
    posts that were more than one in a burst before a gap over ``due_days``. ``import_posts`` posts
    or more with one and the same timestamp were imported and make no burst.
    """
    since = context.as_of.date() - YEAR
    stamps = Counter(post.published for post in context.blog.posts)
    moments = sorted(
        post.published.astimezone(context.as_of.tzinfo).date()
        for post in context.blog.posts
        if post.published and stamps[post.published] < options["import_posts"]
    )
    imported = sum(n for n in stamps.values() if n >= options["import_posts"])
    if imported:
        yield Measure("imported_posts", imported)
    recent = [day for day in moments if day > since]
    if len(recent) < options["fewest"]:
        yield Measure("burst_share", None, _FEW_POSTS)
        return
    bursts: list[list[date]] = []
    for day in recent:
        if bursts and (day - bursts[-1][-1]).days <= options["burst_days"]:
            bursts[-1].append(day)
        else:
            bursts.append([day])
    ends = [burst[0] for burst in bursts[1:]] + [context.as_of.date()]
    wasted = 0
    for burst, following in zip(bursts, ends, strict=True):
        pause = (following - burst[-1]).days
        if len(burst) > 1 and pause > options["due_days"]:
            wasted += len(burst) - 1
            yield Hit(
                "burst",
                len(burst),
                1,
                {"count": len(burst), "start": burst[0], "end": burst[-1], "days": pause},
            )
    yield Measure("burst_share", round(wasted / len(recent), 4))


def authors(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """On how many shoulders the last 365 days rest.

    ``top_author_share`` is the share of the posts with a personal byline that the busiest author
    signed; generic bylines ("admin", the company) are nobody.
    """
    generic = {name.lower() for name in (*options["generic"], *context.own_names)}
    generic.add(context.blog.title.lower())
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    signed: list[tuple[date, set[str]]] = []
    for post in context.blog.posts:
        if not post.published or post.published <= context.as_of - YEAR:
            continue
        people = set()
        for name in post.authors:
            key = person(name, generic)
            if key:
                spellings[key][name] += 1
                people.add(key)
        signed.append((post.published.astimezone(context.as_of.tzinfo).date(), people))
    named = [people for _, people in signed if people]
    if len(named) < options["fewest"]:
        yield Measure("top_author_share", None, _NO_BYLINES)
        return
    counts = Counter(key for people in named for key in people)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    shown = {key: spellings[key].most_common(1)[0][0] for key in ranked}
    share = round(counts[ranked[0]] / len(named), 4)
    needed = next(
        n
        for n in range(1, len(ranked) + 1)
        if 2 * sum(bool(people & set(ranked[:n])) for people in named) >= len(named)
    )
    yield Measure("authors", len(counts))
    yield Measure("top_author_share", share)
    yield Measure("authors_of_half", needed)
    if share > options["limit"]:
        without = _longest_without(signed, ranked[0], context.as_of.date())
        fields = {
            "author": shown[ranked[0]],
            "percent": round(share * 100),
            "posts": len(named),
            "without": without,
        }
        evidence = {
            "posts": {shown[key]: counts[key] for key in ranked},
            "longest_silence_without": {
                shown[key]: _longest_without(signed, key, context.as_of.date())
                for key in ranked[:5]
            },
        }
        case = "one" if len(counts) == 1 else "most"
        yield Hit(case, share, options["limit"], fields, evidence=evidence)


def _longest_without(signed: list[tuple[date, set[str]]], person: str, today: date) -> int:
    """The longest silence in days that a year would have had without one person's posts."""
    days = sorted({day for day, people in signed if people != {person}})
    start = today - YEAR
    return max((b - a).days for a, b in itertools.pairwise([start, *days, today]))
