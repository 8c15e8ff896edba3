"""How regularly a blog posts, and whether its pace is falling."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bloglint.checks.calendar import (
    NOT_NEW,
    YEAR,
    Calendar,
    CalendarOptions,
    calendar,
    overdue_days,
)
from bloglint.checks.context import Context
from bloglint.checks.declaration import Count, Days, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.model import Text, translate
from bloglint.model.messages import joined

#: Days in a quarter, counted back from the day of the verdict.
QUARTER = 91
#: The fewest and the most quarters that a trend is estimated from.
FEWEST_QUARTERS, MOST_QUARTERS = 4, 8
#: An interval that reaches further ahead than this is shown as open-ended.
FAR = timedelta(days=5 * 365)
#: Student's t for a one-sided 95 % interval, by degrees of freedom.
_T95 = {2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 6: 1.943}
_FEW_POSTS = translate("too few posts in the last year to see a rhythm")


class Rhythm(CalendarOptions, frozen=True):
    """Days between the posts of a burst, the share of such posts, and the fewest posts judged."""

    burst_days: Count
    due_days: Days
    dead_days: Days
    share: Share
    fewest: Count


@check(options=Rhythm)
def rhythm(options: Rhythm, context: Context) -> Iterator[Hit | Measure]:
    """Bursts before a pause, a falling pace, and posts that are nothing new.

    ``covered_share`` is the share of days in the last year with a post in the ``due_days`` before;
    daily posting does not raise it. ``burstiness`` is (s - m) / (s + m), from the standard
    deviation and mean of the gaps between posts: -1 regular, 0 random, towards 1 in bursts (Goh and
    Barabási 2008, "Burstiness and memory in complex systems"). ``burst_share`` is the share of
    posts beyond the first in a burst (posts at most ``burst_days`` apart) before a pause.
    """
    known = calendar(context)
    yield from _nothing_new(known)
    year = [day for day, _ in known.last_year()]
    if len(year) < options.fewest:
        yield Measure("burst_share", None, _FEW_POSTS)
    else:
        yield from _bursts(year, known.today, options)
    yield from _trend(known, options)


def _nothing_new(known: Calendar) -> Iterator[Hit | Measure]:
    for reason, posts in known.not_new.items():
        yield Measure(f"{reason}_posts", len(posts))
    count = sum(map(len, known.not_new.values()))
    if count:
        what = joined(
            ", ",
            [
                translate("{count} {why}", count=len(posts), why=NOT_NEW[reason])
                for reason, posts in known.not_new.items()
            ],
        )
        titles = {r: [post.title for post in posts[:10]] for r, posts in known.not_new.items()}
        yield Hit("not_new", count, 0, {"count": count, "what": what}, evidence=titles)


def _bursts(days: Sequence[date], today: date, options: Rhythm) -> Iterator[Hit | Measure]:
    limit = options.due_days
    since = max(today - YEAR, days[0])
    late = overdue_days(sorted(set(days)), since, today, limit)
    covered = round(1 - late / max(1, (today - since).days), 4)
    spread = _variation(days)
    yield Measure("covered_share", covered)
    yield Measure("burstiness", round((spread - 1) / (spread + 1), 4))
    bursts: list[list[date]] = []
    for day in days:
        if bursts and (day - bursts[-1][-1]).days <= options.burst_days:
            bursts[-1].append(day)
        else:
            bursts.append([day])
    ends = [burst[0] for burst in bursts[1:]] + [today]
    wasted = [
        (burst, (following - burst[-1]).days)
        for burst, following in zip(bursts, ends, strict=True)
        if len(burst) > 1 and (following - burst[-1]).days > limit
    ]
    share = round(sum(len(burst) - 1 for burst, _ in wasted) / len(days), 4)
    yield Measure("burst_share", share)
    if share > options.share:
        burst, pause = max(wasted, key=lambda one: (len(one[0]), one[1], one[0][0]))
        fields = {
            "shape": _counted_bursts(len(wasted)),
            "span": _span(burst[0], burst[-1]),
            "posts": sum(len(burst) for burst, _ in wasted),
            "of": len(days),
            "count": len(burst),
            "days": pause,
            "late": round((1 - covered) * 100),
            "share": round(share * 100),
            "most": round(options.share * 100),
            "due_days": limit,
            "even": max(1, round((today - since).days / len(days))),
        }
        evidence = {
            "bursts": [
                {"from": b[0].isoformat(), "to": b[-1].isoformat(), "posts": len(b), "pause": p}
                for b, p in wasted
            ]
        }
        yield Hit("burst", share, options.share, fields, evidence=evidence)


def _counted_bursts(count: int) -> Text:
    return translate("{count} bursts", count=count) if count > 1 else translate("one burst")


def _span(first: date, last: date) -> Text:
    """The day, or the days, of a burst."""
    if first == last:
        return translate("on {first}", first=first)
    return translate("from {first} to {last}", first=first, last=last)


def _variation(days: Sequence[date]) -> float:
    """Return the coefficient of variation of the gaps, s / m: 1 for random posting."""
    gaps = [(b - a).days for a, b in itertools.pairwise(days)]
    if len(gaps) < 2 or not sum(gaps):
        return 1.0
    mean = sum(gaps) / len(gaps)
    return math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) / mean


def _trend(known: Calendar, options: Rhythm) -> Iterator[Hit | Measure]:
    """Yield the posts per quarter, and a finding while the pace is falling.

    It says how many posts there are per quarter, and when they will be too few.
    """
    days, today = known.days, known.today
    if not days or (today - days[-1]).days > options.dead_days:
        return
    counts = quarters(days, today)
    if len(counts) < FEWEST_QUARTERS:
        return
    yield Measure("posts_per_quarter", counts)
    recent = [day for day in days if day > today - timedelta(days=QUARTER * len(counts))]
    fall = fit(counts, _variation(recent) ** 2)
    if fall is None or fall.slope_at_most >= 0:
        return
    yield Measure("quarterly_change", round(math.exp(fall.slope) - 1, 4))
    yield _falling(fall, counts, today, options)


def _falling(fall: Fall, counts: Sequence[int], today: date, options: Rhythm) -> Hit:
    """Return the finding on a falling pace.

    It names the day on which the pace is too slow or, if that has passed, that of a dead blog.
    """
    case, limit = "falling", options.due_days
    dates = _dates(fall, QUARTER / limit, len(counts), today)
    if dates[0] < today:
        case, limit = "fading", options.dead_days
        dates = _dates(fall, QUARTER / limit, len(counts), today)
        if dates[0] < today:
            case = "faded"
    at, early, late = dates
    fields = {
        "quarters": counts,
        "change": round(100 * (1 - math.exp(fall.slope))),
        "pace": limit,
        "at": at,
        "early": max(early, today),
        "late": _late(late, today),
    }
    evidence = {
        "posts_per_quarter": counts,
        "expected": at.isoformat(),
        "earliest": early.isoformat(),
        "latest": late.isoformat(),
    }
    return Hit(case, round(QUARTER / max(1, counts[-1]), 1), limit, fields, evidence=evidence)


def _late(day: date, today: date) -> date | Text:
    """Return the end of the interval, left open if it lies too far ahead."""
    if day - today <= FAR:
        return day
    return translate("a day after {year}", year=(today + FAR).year)


def quarters(days: Sequence[date], today: date) -> list[int]:
    """Count the days with a post in each quarter, oldest first.

    Only whole quarters of the blog's life count, at most the last eight.
    """
    count = min(MOST_QUARTERS, ((today - days[0]).days + 1) // QUARTER)
    by_quarter = Counter((today - day).days // QUARTER for day in days)
    return [by_quarter[n] for n in reversed(range(count))]


@dataclass(frozen=True)
class Fall:
    """A fitted pace: log(posts per quarter) = ``level`` + ``slope`` · quarter, from quarter 0."""

    level: float
    slope: float
    variance: tuple[float, float, float]  # of the level, their covariance, of the slope
    t: float

    @property
    def slope_at_most(self) -> float:
        """The upper end of the slope's one-sided 95 % interval."""
        return self.slope + self.t * math.sqrt(self.variance[2])

    def reaches(self, posts: float) -> tuple[float, float, float]:
        """Return the quarter in which the pace is down to ``posts``, and its 90 % interval.

        The interval is Fieller's.
        """
        target = math.log(posts) - self.level
        level, both, slope = (self.t**2 * v for v in self.variance)
        a, b, c = self.slope**2 - slope, self.slope * target + both, target**2 - level
        half = math.sqrt(max(0.0, b * b - a * c))
        return target / self.slope, (b - half) / a, (b + half) / a


def fit(counts: Sequence[int], dispersion: float = 1.0) -> Fall | None:
    """Fit a log-linear Poisson regression to posts per quarter; None if it does not converge.

    McCullagh and Nelder 1989, "Generalized Linear Models". The ratio of variance to mean is
    estimated from the residuals, and is at least ``dispersion`` (up to 1): that of a renewal
    process (Cox 1962) is the squared coefficient of variation of its gaps, 1 if posts come at
    random. With less than one post per quarter the result is None, too.
    """
    n = len(counts)
    if sum(counts) < n:
        return None
    level, slope = math.log(sum(counts) / n), 0.0
    for _ in range(50):
        means = [math.exp(level + slope * x) for x in range(n)]
        a, b, c = (sum(m * x**k for x, m in enumerate(means)) for k in (0, 1, 2))
        u = sum(y - m for y, m in zip(counts, means, strict=True))
        v = sum(x * (y - m) for x, (y, m) in enumerate(zip(counts, means, strict=True)))
        determinant = a * c - b * b
        if determinant <= 0:
            return None
        up, along = (c * u - b * v) / determinant, (a * v - b * u) / determinant
        level, slope = level + up, slope + max(-1.0, min(1.0, along))
        if abs(up) + abs(along) < 1e-9:
            break
    else:
        return None
    means = [math.exp(level + slope * x) for x in range(n)]
    squares = sum((y - m) ** 2 / m for y, m in zip(counts, means, strict=True))
    dispersion = max(min(1.0, dispersion), squares / (n - 2))
    variance = (c * dispersion / determinant, -b * dispersion / determinant,
                a * dispersion / determinant)  # fmt: skip
    return Fall(level, slope, variance, _T95[n - 2])


def _dates(fall: Fall, posts: float, count: int, today: date) -> tuple[date, date, date]:
    """Return the day on which the pace is down to ``posts`` per quarter, with its interval."""
    # A quarter's count belongs to its middle; that of the last one lies half a quarter back.
    days = [QUARTER * (quarter - (count - 0.5)) for quarter in fall.reaches(posts)]
    at, early, late = (today + timedelta(days=round(max(-9e4, min(9e4, n)))) for n in days)
    return at, early, late
