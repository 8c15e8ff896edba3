"""When a blog posts: its silence and its gaps, in calendar days of the blog's zone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from statistics import median

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.model import Blog

YEAR = timedelta(days=365)


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
        yield Measure("days_since_last_post", None, "no post has a date")
        return
    silent = (as_of.date() - days[-1]).days
    due = days[-1] + timedelta(days=options["due_days"])
    dead = days[-1] + timedelta(days=options["dead_days"] + 1)
    yield Measure("days_since_last_post", silent)
    yield Measure("next_post_due", due.isoformat())
    yield Measure("dead_on", dead.isoformat())
    if silent > options["due_days"]:
        is_dead = as_of.date() >= dead
        yield Hit(
            "dead" if is_dead else "due",
            silent,
            options["dead_days"] if is_dead else options["due_days"],
            {"days": silent, "due": due, "dead": dead},
        )


def gap(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Gaps between posts over ``due_days`` that ended within the last 365 days.

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
        yield Measure("longest_gap_days", None, "there are not two posts within the last year")
        return
    lengths = [length for _, _, length in gaps]
    period = (as_of.date() - max(since, gaps[0][0])).days
    overdue = sum(
        min(length - limit, (end - since).days) for _, end, length in gaps if length > limit
    )
    yield Measure("longest_gap_days", max(lengths))
    yield Measure("median_gap_days", median(lengths))
    yield Measure("overdue_share", round(min(1.0, overdue / period), 4))
    for start, end, length in sorted(gaps, key=lambda g: (-g[2], g[0])):
        if length > limit:
            yield Hit("gap", length, limit, {"days": length, "start": start, "end": end})
