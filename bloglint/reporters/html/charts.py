"""Charts as numbers for the templates; the title of each says what it shows.

Sizes are in units of the drawing, about one pixel each on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bloglint.languages import labels, lists
from bloglint.model import GRADES, ReasonVerdict, Verdict, write_date
from bloglint.model.messages import shorten, write_count
from bloglint.reporters.words import lost_points, number, whole

#: Gaps longer than readers wait are marked (frequency-silence: dead_days; here the fallback).
DEAD_DAYS = 31
#: The drawing's width and height, the margin to the left for the marks of an axis, and a bar's
#: greatest width.
WIDTH, HEIGHT, AXIS, BAR = 340, 110, 26, 36
#: The rhythm: the height of a year's strip, and the width of the wide and of the narrow drawing.
STRIP, WIDE, NARROW = 56, 680, 340
#: A label needs so much room in a gap.
NAMED_GAP = 22
#: A sparkline: how many reports it shows, its width and height, and the points that fill it.
SPARKS, SPARK, SPARK_SPAN = 12, (72, 20), 20.0
#: How many subjects or authors get a bar of their own.
BARS = 6
#: A share is drawn from so many posts on.
FEWEST = 5
#: The rule whose findings carry the limit of the length, and how many long posts are named.
LENGTH_RULE, NAMED = "bloat-length", 2


def points(verdict: Verdict, language: str) -> dict[str, Any] | None:
    """What each reason could bring and what of it is lost, as bars of one scale."""
    lost = lost_points(verdict)
    total = sum(verdict.reasons[name].weight for name in lost)
    if not lost or verdict.score is None:
        return None
    most = max(verdict.reasons[name].weight for name in lost)
    words, names = labels("page", language), labels("reasons", language)
    missing = 100 - whole(verdict.score)
    shown = _summing_to(missing, lost)
    rows = []
    for name, cost in lost.items():
        weight = verdict.reasons[name].weight
        possible = 100 * weight / total
        rows.append({
            "id": name, "name": names[name],
            "width": round(100 * weight / most, 1),
            "lost_width": round(100 * weight / most * cost / possible, 1),
            "said": words["of_points"].format(
                lost=shown[name], of=max(round(possible), shown[name])
            ),
        })  # fmt: skip
    title = words["missing"].format(count=missing) if missing else words["nothing_missing"]
    return {"title": title, "rows": rows}


def _summing_to(total: int, parts: Mapping[str, float]) -> dict[str, int]:
    """Round parts so that they add up to a total: those with the largest remainders go up."""
    floors = {name: int(part) for name, part in parts.items()}
    left = total - sum(floors.values())
    for name in sorted(parts, key=lambda name: floors[name] - parts[name])[: max(0, left)]:
        floors[name] += 1
    return floors


def rhythm(verdict: Verdict, as_of: date, language: str) -> dict[str, Any] | None:
    """The posts of the last year on a line, from the first one on, and the gaps between them.

    In one strip for wide pages, in two for narrow ones.
    """
    if not verdict.posted:
        return None
    counts = Counter(verdict.posted)
    limit = _dead_days(verdict.measures_of("frequency"), as_of)
    year_ago = as_of - timedelta(days=365)
    days = list(verdict.new_days) or sorted(counts)
    first = max(days[0], year_ago)
    gaps = [
        (max(one, first), other, (other - one).days)
        for one, other in pairwise([*days, as_of])
        if (other - one).days > limit and other > first
    ]
    words = labels("charts", language)
    form = "breaks" if len(gaps) != 1 else "break"
    title = words[form if gaps else "no_break"].format(count=len(gaps), days=limit)
    said = words["posted"].format(
        count=sum(counts.values()), days=len(counts), day=write_date(as_of, language)
    )
    if gaps:
        listed = ", ".join(str(length) for _, _, length in gaps)
        said += " " + words["gaps"].format(listed=listed)
    middle = first + (as_of - first) / 2
    wide = _strip(first, as_of, WIDE, counts, gaps, language)
    halves = [
        _strip(first, middle, NARROW, counts, gaps, language),
        _strip(middle, as_of, NARROW, counts, gaps, language),
    ]
    return {"title": title, "said": said, "wide": wide, "halves": halves}


def _dead_days(measures: Mapping[str, Any], as_of: date) -> int:
    """How many days readers wait, by the blog's own limits if they are known."""
    if not {"dead_on", "days_since_last_post"} <= measures.keys():
        return DEAD_DAYS
    last = as_of - timedelta(days=measures["days_since_last_post"])
    return (date.fromisoformat(measures["dead_on"]) - last).days - 1


def _strip(
    first: date,
    last: date,
    width: int,
    counts: Mapping[date, int],
    gaps: Sequence[tuple[date, date, int]],
    language: str,
) -> dict[str, Any]:
    """The days from ``first`` to ``last`` as a line: posts, gaps with their days, months."""
    scale = (width - 12) / max(1, (last - first).days)

    def x(day: date) -> float:
        return round(6 + (day - first).days * scale, 1)

    months: list[dict[str, Any]] = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            name = lists("months", "short", language)[day.month - 1]
            is_new_year = day.month == 1 or not months
            months.append({"x": x(day), "name": f"{name} {day.year}" if is_new_year else name})
        day = (day + timedelta(days=32)).replace(day=1)
    every = max(1, round(46 / (scale * 30.4) + 0.49))
    for n, month in enumerate(months):
        if n % every or month["x"] > width - 26:
            month["name"] = ""
    shown = []
    for begin, end, days in gaps:
        start, stop = max(begin, first), min(end, last)
        if stop > start:
            span = x(stop) - x(start)
            name = str(days) if span >= NAMED_GAP else ""
            shown.append({"x": x(start), "width": round(span, 1), "name": name,
                          "middle": round(x(start) + span / 2, 1)})  # fmt: skip
    dots = [
        {"x": x(day), "y": STRIP / 2 - 7 * n}
        for day, count in sorted(counts.items())
        if first <= day <= last
        for n in range(min(count, 3))
    ]
    return {"width": width, "height": STRIP, "months": months, "gaps": shown, "dots": dots}


def lengths(verdict: Verdict, language: str) -> dict[str, Any] | None:
    """The posts as dots by their words, the longest named, and the limit."""
    posts = sorted(
        (post for post in verdict.posts if post.complete and post.words), key=lambda p: p.words
    )
    if len(posts) < FEWEST:
        return None
    found = [f for f in verdict.findings if f.rule == LENGTH_RULE]
    limit = next((f.limit for f in found if f.limit and f.severity != "info"), None)
    marked = {f.post for f in found}
    top = _round_up(max(posts[-1].words, limit or 0))
    scale = (WIDTH - 12) / top
    dots, taken = [], dict[int, int]()
    for post in posts:
        x = 6 + post.words * scale
        column = round(x / 8)
        level = taken[column] = taken.get(column, -1) + 1
        dots.append({"x": round(x, 1), "y": HEIGHT - 8 - 8 * min(level, 11),
                     "kind": "bad" if post.id in marked else "fine"})  # fmt: skip
    named = [
        {"title": shorten(post.title, 44), "words": write_count(round(post.words), language),
         "x": dots[len(posts) - 1 - n]["x"], "y": 12 + 14 * n}
        for n, post in enumerate(reversed(posts[-NAMED:]))
        if post.id in marked
    ]  # fmt: skip
    words = labels("charts", language)
    middle = write_count(round(posts[len(posts) // 2].words), language)
    longest = write_count(round(posts[-1].words), language)
    return {
        "title": words["lengths"].format(median=middle, most=longest),
        "width": WIDTH, "height": HEIGHT, "dots": dots, "named": named,
        "ticks": [
            {"x": round(6 + at * scale, 1), "name": write_count(round(at), language)}
            for at in (0, top / 2, top)
        ],
        "limit": {"x": round(6 + limit * scale, 1), "y": 4 + 14 * len(named),
                  "words": write_count(round(limit), language)}
        if limit else None,
        "said": words["lengths_said"].format(count=len(posts)),
    }  # fmt: skip


def _round_up(words: float) -> int:
    """The next round number for the end of an axis."""
    step = next(step for step in (100, 200, 500, 1000, 2000, 5000, 10**9) if words <= 8 * step)
    return int(-(-words // (2 * step)) * 2 * step)


def shares(name: str, reason: ReasonVerdict, measure: str, language: str) -> dict[str, Any] | None:
    """The share of posts of a kind by quarter (else by year), of periods with enough posts."""
    counts: Mapping[str, Any] = {}
    for period in ("quarter", "year"):
        found = reason.measures.get(f"{measure}_by_{period}") or {}
        counts = {name: one for name, one in found.items() if one["posts"] >= FEWEST}
        if len(counts) >= 2:
            break
    if len(counts) < 2 or not any(one["of_kind"] for one in counts.values()):
        return None
    allowed = reason.measures.get(f"{measure}_allowed", 0)
    limit = allowed / (reason.measures.get(f"{measure}_of") or 10)
    step = (WIDTH - AXIS) / len(counts)
    width = min(float(BAR), step * 0.6)
    words, bars, said = labels("charts", language), [], []
    for n, (period, one) in enumerate(counts.items()):
        share = one["of_kind"] / one["posts"]
        percent = words["percent"].format(percent=round(share * 100))
        bars.append({
            "x": round(AXIS + n * step + (step - width) / 2, 1), "y": _y(100 * share),
            "width": round(width, 1), "height": round(HEIGHT * share, 1),
            "middle": round(AXIS + (n + 0.5) * step, 1),
            "name": _short(period), "posts": words["of_posts"].format(count=one["posts"]),
            "share": percent, "kind": "bad" if share > limit else "fine",
        })  # fmt: skip
        values = {**one, "share": percent, "period": _period(period, language)}
        said.append(words["shares"].format(**values))
    first, last = bars[0]["share"], bars[-1]["share"]
    start, end = (_period(list(counts)[at], language) for at in (0, -1))
    title = words[f"share_{name}"].format(first=first, last=last, start=start, end=end)
    return {
        "title": title, "width": WIDTH, "height": HEIGHT, "bars": bars, "axis": AXIS,
        "limit": {"y": _y(100 * limit)},
        "said": f"{'; '.join(said)}. {words['few'].format(count=FEWEST)}",
    }  # fmt: skip


def _y(value: float) -> float:
    """Where a value from 0 to 100 stands in a drawing."""
    return round(HEIGHT * (1 - value / 100), 1)


def _period(name: str, language: str) -> str:
    year, _, quarter = name.partition("-Q")
    if not quarter:
        return year
    return str(labels("charts", language)["quarter"]).format(quarter=quarter, year=year)


def _short(name: str) -> str:
    year, _, quarter = name.partition("-Q")
    return f"Q{quarter} ’{year[2:]}" if quarter else year


def subjects(verdict: Verdict, language: str) -> dict[str, Any] | None:
    """The subjects of a blog by share, largest first, as bars in percent."""
    reason = verdict.reasons.get("topic")
    named = reason.measures.get("subjects", []) if reason else []
    rows = [(", ".join(one["words"]), one["share"]) for one in named[:BARS]]
    rest = 1.0 - sum(share for _, share in rows)
    if not rows:
        return None
    words = labels("charts", language)
    form = "subject" if len(rows) == 1 and rest < 0.005 else "subjects"
    title = words[form].format(words=rows[0][0], percent=round(100 * rows[0][1]))
    if rest > 0.005:
        rows.append((words["other"], rest))
    return {
        "title": title,
        "rows": [{"name": name, **_share(share, language)} for name, share in rows],
    }


def _share(share: float, language: str) -> dict[str, Any]:
    """A share as a width and as it is written."""
    percent = round(100 * share)
    return {
        "percent": percent,
        "share": labels("charts", language)["percent"].format(percent=percent),
    }


def authors(verdict: Verdict, language: str) -> dict[str, Any] | None:
    """The authors of a blog by their share of posts, largest first, as bars in percent."""
    counts = Counter(name for post in verdict.posts for name in post.authors[:1])
    total = sum(counts.values())
    if not total:
        return None
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = most[:BARS]
    rest = sum(count for _, count in most[BARS:])
    words = labels("charts", language)
    if rest:
        rows.append((words["other"], rest))
    return {
        "title": words["author"].format(name=most[0][0], count=most[0][1], of=total),
        "rows": [
            {"name": name, **_share(count / total, language),
             "said": words["posts"].format(count=count, of=total)}
            for name, count in rows
        ],
    }  # fmt: skip


def course(points: Sequence[tuple[date, float | None]], language: str) -> dict[str, Any] | None:
    """The score from report to report as steps, over the bands of the grades."""
    scored = [(day, score) for day, score in points if score is not None]
    if len(scored) < 2:
        return None
    first, last = scored[0][0], scored[-1][0]
    scale = (WIDTH - AXIS - 8) / max(1, (last - first).days)
    places = [(round(AXIS + (day - first).days * scale, 1), _y(score)) for day, score in scored]
    line = f"M{places[0][0]} {places[0][1]}" + "".join(f"H{x}V{y}" for x, y in places[1:])
    words = labels("charts", language)
    fields = {
        "count": len(scored), "first": number(scored[0][1], language),
        "since": write_date(first, language), "last": number(scored[-1][1], language),
        "until": write_date(last, language),
    }  # fmt: skip
    change = scored[-1][1] - scored[0][1]
    form = "course_up" if change >= 1 else "course_down" if change <= -1 else "course_flat"
    return {
        "title": words[form].format(**fields), "said": words["course"].format(**fields),
        "width": WIDTH, "height": HEIGHT, "axis": AXIS, "line": line,
        "bands": list(_bands()), "first": {"x": AXIS, "name": _day(first, language)},
        "last": {"x": places[-1][0], "y": places[-1][1], "name": _day(last, language)},
    }  # fmt: skip


def _bands() -> Iterator[dict[str, Any]]:
    top = 100
    for letter, least in GRADES:
        yield {"name": letter, "y": _y(top), "height": round(_y(least) - _y(top), 1),
               "middle": round((_y(top) + _y(least)) / 2 + 4, 1)}  # fmt: skip
        top = least


def _day(day: date, language: str) -> str:
    return write_date(day, language, short=True)


def sparkline(points: Sequence[tuple[date, float | None]]) -> dict[str, Any] | None:
    """The scores of the last reports as a small line, of at least `SPARK_SPAN` points."""
    scores = [score for _, score in points if score is not None][-SPARKS:]
    if len(scores) < 2:
        return None
    step = SPARK[0] / (len(scores) - 1)
    low = min(scores)
    span = max(max(scores) - low, SPARK_SPAN)
    places = [(round(n * step, 1), round(SPARK[1] * (1 - (one - low) / span), 1))
              for n, one in enumerate(scores)]  # fmt: skip
    line = " ".join(f"{x},{y}" for x, y in places)
    return {"width": SPARK[0], "height": SPARK[1], "line": line, "last": places[-1]}
