"""When a blog posts: its silence and its gaps, in calendar days of the blog's time zone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from bloglint.checks.calendar import YEAR, calendar, overdue_days
from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Days, check
from bloglint.checks.norms import median
from bloglint.checks.pauses import Pause, days_in, pauses
from bloglint.checks.results import Hit, Measure
from bloglint.model import Text, translate
from bloglint.model.messages import plain, quoted

#: How far ahead due dates are listed: the coming quarter.
QUARTER = timedelta(days=91)
#: Gaps are a steady pace if there are so many, none more than so many times the usual one of at
#: most so many days.
_FEWEST_GAPS, _STEADY, _SLOWEST = 4, 1.35, 45
_NO_DATES = translate("no post has a date")
#: Why nothing is known of the pace of a blog whose dates are not those of its posts.
NOTHING_NEW = translate(
    "all posts were imported, republished or repeated: when they first came out is not known"
)
_ONE_DAY = translate("posts of a single day carry no rhythm")
_NO_PAIR = translate("there are not two posts within the last year")


class Silence(CheckOptions, frozen=True):
    """Days until a post is due and until a blog is dead; the rule whose phrases announce pauses."""

    due_days: Days
    dead_days: Days
    pauses: str


@check(options=Silence)
def silence(options: Silence, context: Context) -> Iterator[Hit | Measure]:
    """Days since the newest new post, against the days that readers will wait.

    The next post is due ``due_days`` after the last; the blog counts as dead from the first day
    after ``dead_days`` of silence. Days of an announced pause do not count in ``silent_days``.
    """
    known = calendar(context)
    days, today = known.days, known.today
    if not days:
        note = NOTHING_NEW if known.not_new else _NO_DATES
        yield Measure("days_since_last_post", None, note)
        return
    last = days[-1]
    announced = pauses(context, options.pauses, [last])
    limit = options.due_days
    due = _after(last, limit, announced)
    dead = _after(last, options.dead_days + 1, announced)
    silent = (today - last).days
    yield Measure("days_since_last_post", silent)
    yield Measure("next_post_due", due.isoformat())
    yield Measure("dead_on", dead.isoformat())
    yield Measure("due_days", limit)
    yield Measure("due_dates", _due_dates(due, today, limit))
    paused = [end for start, end in announced if start <= today <= end]
    if paused:
        yield Measure("paused_until", max(paused).isoformat())
    silent -= days_in(announced, last + timedelta(days=1), today)
    if len(days) == 1 and silent <= limit:
        yield Measure("silent_days", None, _ONE_DAY)
        return
    yield Measure("silent_days", silent)
    if silent > limit:
        is_dead = today >= dead
        yield Hit(
            "dead" if is_dead else "due",
            silent,
            options.dead_days if is_dead else limit,
            {
                "days": silent,
                "due": due,
                "dead": dead,
                "uncounted": known.not_new_between(last, today + timedelta(days=1)),
                "rescue": _rescue(context),
            },
            evidence={
                "last_post": last.isoformat(),
                "due": due.isoformat(),
                "dead_on": dead.isoformat(),
                "planned": [post.title for post in context.blog.planned],
            },
        )


def _due_dates(due: date, today: date, step: int) -> list[str]:
    """Return the due dates of the coming quarter, from the first one not yet missed."""
    first = max(due, today)
    count = (QUARTER - (first - today)).days // step + 1
    return [(first + timedelta(days=step * n)).isoformat() for n in range(max(0, count))]


def _after(day: date, count: int, announced: Sequence[Pause]) -> date:
    """Return the day ``count`` days after ``day``, not counting days of an announced pause."""
    end = day + timedelta(days=count)
    while (end - day).days - days_in(announced, day + timedelta(days=1), end) < count:
        end += timedelta(days=1)
    return end


def _rescue(context: Context) -> Text:
    """Name what is ready and would end the silence: planned posts and drafts."""
    planned = sorted(
        context.blog.planned, key=lambda p: (p.published is None, str(p.published), p.title)
    )
    if not planned:
        return plain("")
    titles = [post.title for post in planned[:3]]
    first = planned[0].published
    quoted_titles = [quoted(title) for title in titles]
    if first is not None and first > context.as_of:
        return translate(
            " Already written: {titles} (planned for {day}).",
            titles=quoted_titles,
            day=first.date(),
        )
    return translate(" Already written: {titles}.", titles=quoted_titles)


class Gap(CheckOptions, frozen=True):
    """Days a gap may last and days that make it a death; the rule whose phrases announce pauses."""

    due_days: Days
    dead_days: Days
    pauses: str


@check(options=Gap)
def gap(options: Gap, context: Context) -> Iterator[Hit | Measure]:
    """Gaps of more than ``due_days`` between posts that ended within the last 365 days.

    Days of an announced pause do not count, and a gap that recurs every year counts half.
    ``overdue_share`` is the share of days in the period that lay more than ``due_days`` into a gap
    or into the present silence; the period starts a year ago, or with the first post if that is
    later. ``posts_short`` is how many posts would have closed the gaps and the silence;
    ``pace_days`` is the pace that can be asked for: ``due_days``, or twice as many of a blog whose
    posts came even further apart in the last year, in the mean or mostly. ``steady_days`` is how
    long the blog has kept it up to now, in the mean and never with twice as many days without a
    post; ``steady_posts`` came in them.
    """
    limit = options.due_days
    known = calendar(context)
    days, today = known.days, known.today
    since = today - YEAR
    gaps = [(start, end) for start, end in itertools.pairwise(days) if end > since]
    if not gaps:
        yield Measure("longest_gap_days", None, _NO_PAIR if days else None)
        return
    long = [(start, end) for start, end in gaps if (end - start).days > limit]
    announced = pauses(context, options.pauses, [start for start, _ in long] + [days[-1]])
    period = (today - max(since, gaps[0][0])).days
    raw = overdue_days(days, max(since, gaps[0][0]), today, limit)
    silent = (today - days[-1]).days - days_in(announced, days[-1] + timedelta(days=1), today)
    overdue, short = float(max(0, silent - limit)), max(0, silent - 1) // limit
    hits = []
    for start, end in long:
        length = (end - start).days
        counted = length - days_in(announced, start + timedelta(days=1), end - timedelta(days=1))
        if counted <= limit:
            continue
        # If there are many pauses, some coincide with those of other years by chance.
        years = _returning(start, end, days, limit) if raw <= period / 5 else []
        overdue += (0.5 if years else 1.0) * min(counted - limit, (end - since).days)
        short += (counted - 1) // limit
        dead = max(0, counted - options.dead_days)
        case = "interrupted" if counted < length else "died" if dead else "gap"
        fields: dict[str, Any] = {
            "days": length,
            "counted": counted,
            "start": start,
            "end": end,
            "dead": dead,
        }
        evidence = {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "counted_days": counted,
            "years": years,
            "posts": [_title(known.posts, start), _title(known.posts, end)],
        }
        fields |= {"years": years, "uncounted": known.not_new_between(start, end)}
        case = "seasonal" if years else case
        hits.append(Hit(case, counted, limit, fields, evidence=evidence))
    lengths = [(end - start).days for start, end in gaps]
    hits = _at_a_pace(hits, lengths, limit)
    first, last = max(itertools.pairwise(days), key=lambda pair: pair[1] - pair[0])
    yield Measure("longest_gap_days", max(lengths))
    yield Measure("longest_gap_ever_days", (last - first).days)
    yield Measure("longest_gap_ever_from", first.isoformat())
    yield Measure("median_gap_days", median(lengths))
    yield Measure("overdue_share", round(min(1.0, overdue / period), 4))
    yield Measure("posts_short", short)
    apart = max(median(lengths), period / max(1, sum(day > since for day in days)))
    pace = limit if apart <= 2 * limit else 2 * limit
    steady, steady_posts = _steady(days, today, pace)
    yield Measure("steady_days", steady)
    yield Measure("steady_posts", steady_posts)
    yield Measure("pace_days", pace)
    yield from sorted(hits, key=lambda hit: (-hit.value, str(hit.fields.get("start"))))


def _steady(days: Sequence[date], today: date, limit: int) -> tuple[int, int]:
    """Return the days up to now with a post every ``limit`` days in the mean, and their posts.

    A gap of more than twice the limit ends them.
    """
    if (today - days[-1]).days > limit:
        return 0, 0
    steady, next_day = (0, 0), today
    for count, day in enumerate(reversed(days), 1):
        if (next_day - day).days > 2 * limit:
            break
        next_day, length = day, (today - day).days
        if length <= count * limit:
            steady = length, count
    return steady


def _at_a_pace(hits: list[Hit], lengths: Sequence[int], limit: int) -> list[Hit]:
    """Return the findings with one on the pace for all gaps that a steady rhythm explains.

    A column that comes every month is slow; it has no long gaps.
    """
    usual = median(lengths)
    paced = [hit for hit in hits if hit.case != "interrupted" and hit.value <= _STEADY * usual]
    if usual <= limit or usual > _SLOWEST or len(paced) < _FEWEST_GAPS:
        return hits
    fields = {"days": round(usual)}
    evidence = {"years": [], "gaps": [hit.evidence for hit in paced]}
    rest = [hit for hit in hits if hit not in paced]
    return [*rest, Hit("paced", round(usual), limit, fields, evidence=evidence)]


def _title(posts: Sequence[tuple[date, object]], day: date) -> str:
    return next(str(getattr(post, "title", "")) for at, post in posts if at == day)


def _returning(start: date, end: date, days: Sequence[date], limit: int) -> list[int]:
    """Return the earlier years that had a pause at the same time of year.

    A pause is a gap of at least one and a half times ``limit`` (shorter ones coincide by chance).
    Two pauses are at the same time if they share at least half of the shorter one's days.
    """
    pause = timedelta(days=1.5 * limit)
    if end - start < pause:
        return []
    years = set()
    for first, last in itertools.pairwise(days):
        if last - first < pause or last >= start:
            continue
        back = round((start - first).days / 365.25)
        if back < 1:
            continue
        shift = timedelta(days=round(365.25 * back))
        shared = min(end - shift, last) - max(start - shift, first)
        if 2 * shared >= min(end - start, last - first):
            years.add(first.year)
    return sorted(years)
