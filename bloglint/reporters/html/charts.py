"""Charts as numbers for the templates, most with a sentence that says the same.

Sizes are in units of the drawing, about one pixel each on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bloglint.languages import labels, lists
from bloglint.model import ReasonVerdict, Verdict, write_date
from bloglint.reporters.words import number

#: Calendar: the side of a day's square, the step to the next, and the weeks in a row: in the one of
#: the wide drawing, and in the later of the narrow one's two.
DAY, STEP, WEEKS, HALF = 10, 13, 53, 27
#: Gaps longer than readers wait are marked (frequency-silence: dead_days; here the fallback), and
#: labelled with their days if their line is at least this long.
DEAD_DAYS, NAMED_GAP = 31, 50
#: Bars: the drawing's width and height, a bar's maximum width, and the words that fill the height.
WIDTH, HEIGHT, BAR, FULL_WORDS = 340, 120, 14, 2000
#: How many subjects or authors get a bar of their own.
BARS = 6
#: The rule whose findings carry the limit for unedited posts, drawn in the chart of lengths.
LENGTH_RULE = "bloat-length"


def calendar(verdict: Verdict, as_of: date, language: str) -> dict[str, Any] | None:
    """A year of days, one column per week: the posts of each day, and when the blog counts as dead.

    In one row for wide pages, in two for narrow ones.
    """
    if not verdict.posted:
        return None
    frequency = verdict.reasons.get("frequency")
    measures = frequency.measures if frequency else {}
    dead = date.fromisoformat(measures["dead_on"]) if measures.get("dead_on") else None
    counts = Counter(verdict.posted)
    # The last column is the week of the day of death, if that is near.
    last = as_of if dead is None or dead - as_of > timedelta(weeks=6) else max(as_of, dead)
    end = last + timedelta(days=6 - last.weekday())
    start = end - timedelta(days=7 * WEEKS - 1)
    words = labels("charts", language)
    said = words["calendar"].format(
        count=sum(counts.values()), days=len(counts), day=write_date(as_of, language)
    )
    if gap := measures.get("longest_gap_days"):
        said += words["longest"].format(gap=gap)
    if dead:
        said += words["death"].format(day=write_date(dead, language))
    middle = start + timedelta(days=7 * (WEEKS - HALF))
    gaps = [
        (one, other, (other - one).days)
        for one, other in pairwise([*sorted(counts), as_of])
        if (other - one).days > _dead_days(measures, as_of)
    ]
    wide, *halves = [
        {**_weeks(first, weeks, counts, as_of, dead, language), "gaps": _gaps(first, weeks, gaps)}
        for first, weeks in ((start, WEEKS), (start, WEEKS - HALF), (middle, HALF))
    ]
    return {"said": said, "wide": wide, "halves": halves}


def _dead_days(measures: Mapping[str, Any], as_of: date) -> int:
    """How many days readers wait, by the blog's own limits if they are known."""
    if not {"dead_on", "days_since_last_post"} <= measures.keys():
        return DEAD_DAYS
    last = as_of - timedelta(days=measures["days_since_last_post"])
    return (date.fromisoformat(measures["dead_on"]) - last).days - 1


def _weeks(
    start: date, weeks: int, counts: Mapping[date, int], as_of: date, dead: date | None, lang: str
) -> dict[str, Any]:
    """The squares as one path per colour, the names of the months, and the line of death."""
    paths: dict[str, list[str]] = {name: [] for name in ("none", "one", "two", "many", "ahead")}
    months, line = [], None
    for week in range(weeks):
        first = start + timedelta(days=7 * week)
        if first.day <= 7 and week < weeks - 1:
            months.append(
                {"x": week * STEP, "name": lists("months", "short", lang)[first.month - 1]}
            )
        for weekday in range(7):
            day = first + timedelta(days=weekday)
            count = counts.get(day, 0)
            kind = "ahead" if day > as_of else ("none", "one", "two", "many")[min(count, 3)]
            x, y = week * STEP, weekday * STEP
            paths[kind].append(f"M{x} {y}h{DAY}v{DAY}h-{DAY}z")
            if day == dead:
                line = {"x": x - 1.5, "y": y}
    return {
        "width": weeks * STEP,
        "height": 7 * STEP,
        "months": months,
        "paths": {kind: "".join(parts) for kind, parts in paths.items() if parts},
        "dead": line,
    }


def _gaps(start: date, weeks: int, gaps: Sequence[tuple[date, date, int]]) -> list[dict[str, Any]]:
    """Long gaps as lines under the weeks they span.

    A line that is long enough, or that neither starts nor ends the row, is labelled with its days.
    """
    found = []
    for first, last, days in gaps:
        begin = max(0, (first - start).days // 7)
        end = min(weeks - 1, (last - start).days // 7)
        width = (end - begin) * STEP - STEP / 2
        if width > 0:
            name = str(days) if width >= NAMED_GAP or (end < weeks - 1 and begin > 0) else ""
            x = begin * STEP + DAY / 2
            found.append({"x": x, "width": width, "middle": x + width / 2, "name": name})
    return found


def lengths(verdict: Verdict, language: str) -> dict[str, Any] | None:
    """One bar per post, oldest first: its words, and the limit for an unedited post."""
    posts = [post for post in reversed(verdict.posts) if post.complete and post.words]
    if len(posts) < 2:
        return None
    found = [f for f in verdict.findings if f.rule == LENGTH_RULE]
    limit = next((f.limit for f in found if f.limit and f.severity != "info"), None)
    marked = {f.post for f in found}
    longest = max(post.words for post in posts)
    top = max(FULL_WORDS, longest)
    step = WIDTH / len(posts)
    width = min(BAR, step * 0.72)
    bars = [
        {
            "x": round(n * step + (step - width) / 2, 1),
            "y": round(HEIGHT * (1 - post.words / top), 1),
            "width": round(width, 1),
            "height": round(HEIGHT * post.words / top, 1),
            "kind": "bad" if post.id in marked else "fine",
        }
        for n, post in enumerate(posts)
    ]
    over = sum(post.words > limit for post in posts) if limit else 0
    words = labels("charts", language)
    middle = sorted(post.words for post in posts)[len(posts) // 2]
    said = words["lengths"].format(count=len(posts), median=middle, most=longest)
    said += words["over"].format(over=over, limit=round(limit or 0)) if over else ""
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "bars": bars,
        "limit": {"y": round(HEIGHT * (1 - limit / top), 1), "words": round(limit)}
        if limit
        else None,
        "said": said,
    }


def shares(reason: ReasonVerdict, measure: str, language: str) -> dict[str, Any] | None:
    """One bar per quarter (else per year): the share of posts of a kind, and how much is fine."""
    counts = reason.measures.get(f"{measure}_by_quarter") or {}
    if len(counts) < 2:
        counts = reason.measures.get(f"{measure}_by_year") or {}
    if len(counts) < 2:
        return None
    allowed = reason.measures.get(f"{measure}_allowed", 0)
    of = reason.measures.get(f"{measure}_of") or 10
    step = WIDTH / len(counts)
    width = min(36.0, step * 0.6)
    bars, said = [], []
    for n, (period, one) in enumerate(counts.items()):
        share = one["of_kind"] / one["posts"] if one["posts"] else 0.0
        name = _period(period, language)
        bars.append(
            {
                "x": round(n * step + (step - width) / 2, 1),
                "y": round(HEIGHT * (1 - share), 1),
                "width": round(width, 1),
                "height": round(HEIGHT * share, 1),
                "middle": round((n + 0.5) * step, 1),
                "name": _short(period),
                "share": f"{share:.0%}".replace("%", " %"),
                "kind": "bad" if share > allowed / of else "fine",
            }
        )
        values = {**one, "share": round(share * 100), "period": name}
        said.append(labels("charts", language)["shares"].format(**values))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "bars": bars,
        "limit": {"y": round(HEIGHT * (1 - allowed / of), 1)},
        "said": "; ".join(said) + ".",
    }


def _period(name: str, language: str) -> str:
    year, _, quarter = name.partition("-Q")
    if not quarter:
        return year
    return labels("charts", language)["quarter"].format(quarter=quarter, year=year)


def _short(name: str) -> str:
    year, _, quarter = name.partition("-Q")
    return f"Q{quarter} ’{year[2:]}" if quarter else year


def subjects(verdict: Verdict, language: str) -> list[dict[str, Any]]:
    """The subjects of a blog by share, largest first, as bars in percent."""
    reason = verdict.reasons.get("topic")
    named = reason.measures.get("subjects", []) if reason else []
    rows = [(", ".join(one["words"]), one["share"]) for one in named[:BARS]]
    rest = 1.0 - sum(share for _, share in rows)
    if rows and rest > 0.005:
        rows.append((labels("charts", language)["other"], rest))
    return [{"name": name, "percent": round(share * 100)} for name, share in rows]


def authors(verdict: Verdict, language: str) -> list[dict[str, Any]]:
    """The authors of a blog by their share of posts, largest first, as bars in percent."""
    counts = Counter(name for post in verdict.posts for name in post.authors[:1])
    total = sum(counts.values())
    if not total:
        return []
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = most[:BARS]
    rest = sum(count for _, count in most[BARS:])
    if rest:
        rows.append((labels("charts", language)["other"], rest))
    return [
        {
            "name": name,
            "percent": round(100 * count / total),
            "said": labels("charts", language)["posts"].format(count=count, of=total),
        }
        for name, count in rows
    ]


def course(points: Sequence[tuple[date, float | None]], language: str) -> dict[str, Any] | None:
    """The score from report to report as a line."""
    scored = [(day, score) for day, score in points if score is not None]
    if len(scored) < 2:
        return None
    first, last = scored[0][0], scored[-1][0]
    span = max(1, (last - first).days)
    xs = [round(4 + (WIDTH - 8) * (day - first).days / span, 1) for day, _ in scored]
    ys = [round(HEIGHT * (1 - score / 100), 1) for _, score in scored]
    places = list(zip(xs, ys, strict=True))
    said = labels("charts", language)["course"].format(
        count=len(scored),
        first=number(scored[0][1], language),
        since=write_date(first, language),
        last=number(scored[-1][1], language),
        until=write_date(last, language),
    )
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "line": " ".join(f"{x},{y}" for x, y in places),
        "area": f"M{places[0][0]} {HEIGHT} "
        + " ".join(f"L{x} {y}" for x, y in places)
        + f" L{places[-1][0]} {HEIGHT}z",
        "last": {"x": places[-1][0], "y": places[-1][1]},
        "said": said,
    }


def dial(score: float | None) -> dict[str, Any]:
    """The filled part of a circle (radius 54) that shows a score, as lengths of its outline."""
    whole = 2 * 3.14159265 * 54
    return {"whole": round(whole, 1), "filled": round(whole * (score or 0.0) / 100, 1)}
