"""How many people carry a blog, and who stands in for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bloglint.checks.calendar import YEAR, calendar, overdue_days
from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Days, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.model import Text, translate
from bloglint.text.people import people, same_people

Signed = Sequence[tuple[date, frozenset[str]]]
WEEKS = 52
_NO_BYLINES = translate(
    "not measurable on how many shoulders the blog rests: too few posts name a person"
)


class Authors(CheckOptions, frozen=True):
    """The share that one author may have, the fewest signed posts, and bylines naming nobody."""

    limit: Share
    fewest: Count
    due_days: Days
    generic: list[str] = []


@check(options=Authors)
def authors(options: Authors, context: Context) -> Iterator[Hit | Measure]:
    """How many people carry the new posts of the last 365 days.

    ``top_author_share`` is the busiest author's share of the posts with a personal byline,
    ``authors_of_half`` the fewest people who together signed half of them, and ``stand_in_share``
    the share of weeks without the busiest author in which somebody else (a person or not)
    published. Generic bylines ("admin", the company) name nobody.
    """
    known = calendar(context)
    signed, shown = _signed(options, context)
    named = [people for _, people in signed if people]
    if len(named) < options.fewest:
        yield Measure("top_author_share", None, _NO_BYLINES)
        return
    counts = Counter(key for people in named for key in people)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    top = ranked[0]
    share = round(counts[top] / len(named), 4)
    needed = next(
        n
        for n in range(1, len(ranked) + 1)
        if 2 * sum(not people.isdisjoint(ranked[:n]) for people in named) >= len(named)
    )
    alone, filled = _stand_in(signed, top, known.today)
    rested = max(ranked, key=lambda key: (-_last(signed, key).toordinal(), key))
    yield Measure("authors", len(counts))
    yield Measure("top_author_share", share)
    yield Measure("authors_of_half", needed)
    if alone:
        yield Measure("stand_in_share", round(filled / alone, 4))
    if len(ranked) > 1:
        yield Measure("rested_author", shown[rested])
        yield Measure("rested_since", _last(signed, rested).isoformat())
    if share > options.limit:
        without = {key: _without(signed, key, known.today, options) for key in ranked[:5]}
        fields = {
            "author": shown[top],
            "percent": round(share * 100),
            "posts": len(named),
            "most": round(options.limit * 100),
            "stood_in": _stood_in(alone, filled),
            "without": without[top]["longest_silence"],
            "more": without[top]["more_silent_days"],
        }
        evidence = {
            "posts": {shown[key]: counts[key] for key in ranked},
            "without": {shown[key]: figures for key, figures in without.items()},
        }
        case = "one" if len(counts) == 1 else "most"
        yield Hit(case, share, options.limit, fields, evidence=evidence)


def _stood_in(weeks: int, filled: int) -> Text:
    """Say how often somebody stepped in, in the weeks without a post of the busiest author."""
    if not weeks:
        return translate("There was no week without a post of theirs.")
    if not filled:
        return translate("Nobody stepped in during the {weeks} weeks without a post.", weeks=weeks)
    return translate(
        "In {filled} of the {weeks} weeks without a post of theirs somebody stepped in.",
        filled=filled,
        weeks=weeks,
    )


def _signed(options: Authors, context: Context) -> tuple[Signed, dict[str, str]]:
    """Return the year's posts with who signed them, and the usual spelling of each name."""
    company = (*context.own_names, context.blog.title)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    found = []
    for day, post in calendar(context).last_year():
        who = people(post.authors, options.generic, company)
        for key, name in who.items():
            spellings[key][name] += 1
        found.append((day, who.keys()))
    same = same_people(spellings)
    merged: dict[str, Counter[str]] = defaultdict(Counter)
    for key, names in spellings.items():
        merged[same[key]].update(names)
    shown = {key: min(n, key=lambda name: (-n[name], name)) for key, n in merged.items()}
    return [(day, frozenset(same[key] for key in who)) for day, who in found], shown


def _last(signed: Signed, key: str) -> date:
    return max(day for day, who in signed if key in who)


def _stand_in(signed: Signed, key: str, today: date) -> tuple[int, int]:
    """Count the weeks since the first post without one author, and those of them with a post."""
    first = min(day for day, _ in signed)
    weeks = min(WEEKS, (today - first).days // 7 + 1)
    own = {(today - day).days // 7 for day, who in signed if key in who}
    others = {(today - day).days // 7 for day, who in signed if key not in who}
    silent = set(range(weeks)) - own
    return len(silent), len(silent & others)


def _without(signed: Signed, key: str, today: date, options: Authors) -> dict[str, Any]:
    """Return what the year's silence would have been without one author's posts, in days."""
    first = max(today - YEAR, min(day for day, _ in signed) - timedelta(days=1))
    days = sorted({day for day, _ in signed})
    left = sorted({day for day, who in signed if who != {key}})
    limit = options.due_days
    more = overdue_days(left, first, today, limit) - overdue_days(days, first, today, limit)
    return {
        "longest_silence": max((b - a).days for a, b in pairwise([first, *left, today])),
        "more_silent_days": more,
    }
