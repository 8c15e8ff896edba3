"""Wording shared by all reports for people: the figure behind a reason, deadline, next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bloglint.languages import labels
from bloglint.model import (
    Effect,
    Finding,
    ReasonVerdict,
    Text,
    Verdict,
    left_out_said,
    posts_counted,
    say,
    write_date,
)
from bloglint.model.messages import in_each, write_number

#: The measure of how many posts have findings, for verdicts whose findings were left out.
TOUCHED = "posts_with_findings"
#: Reasons explained by a count among the last posts, and the measure that holds the count.
COUNTED = {"recycling": "recycling", "advertorial": "advertising", "dialogue": "monologue"}


def reason_name(name: str) -> Text:
    """The name of a reason."""
    return in_each(lambda code: labels("reasons", code)[name])


def describe_context(effect: Effect, language: str) -> str:
    """Which posts are asked about, in the context of which blog."""
    words, count = labels("report", language), len(effect.posts)
    if effect.context is None or not count:
        return ""
    named = ", ".join(effect.posts[:3]) + (", …" if count > 3 else "")
    form = words["asked_one"] if count == 1 else words["asked"]
    return form.format(count=count, named=named, context=effect.context)


def change(effect: Effect, language: str) -> str:
    """A sentence on how the blog's score changes."""
    words = labels("report", language)
    before, after = (_graded(*one, language) for one in (effect.before, effect.after))
    if effect.context is None or effect.before[0] is None:
        return words["scored"].format(after=after)
    if not effect.posts and not effect.removed:
        return words["unchanged"].format(after=after)
    form = "kept" if effect.before[0] == effect.after[0] else "changed"
    return words[form].format(before=before, after=after)


def effect_said(effect: Effect, language: str) -> list[str]:
    """The effect of posts on their blog: in sentences, then reason by reason."""
    lines = [say(text, language) for text in effect.said]
    for name, (before, after) in effect.reasons.items():
        if before is None or after is None or round(before) == round(after):
            continue
        lines.append(f"{labels('reasons', language)[name]}: {before:.0f} → {after:.0f}")
    if effect.mended:
        named = ", ".join(dict.fromkeys(finding.rule for finding in effect.mended))
        lines.append(labels("report", language)["mended"].format(rules=named))
    return lines


def _graded(score: float | None, letter: str | None, language: str) -> str:
    if score is None:
        return "–"
    return f"{number(score, language)} ({letter})" if letter else number(score, language)


def where(finding: Finding) -> str:
    """The file and place of a finding, or the title of its post."""
    place = f":{finding.place}" if finding.path and finding.place else ""
    return (finding.path or finding.title or "") + place


def read(verdict: Verdict, language: str) -> str:
    """Sentences on how many posts were read and judged, of which period, and with which texts."""
    count, words = verdict.posts_judged, labels("report", language)
    if not count:
        return ""
    fields = {
        "posts": say(posts_counted(count), language),
        "count": count,
        "of": verdict.posts_read,
        "languages": ", ".join(verdict.languages) or "?",
        "without": count - verdict.posts_with_text,
        "rest": verdict.posts_with_text,
    }
    part = "part_" if verdict.posts_read > count else ""
    if verdict.first and verdict.last:
        days = {day: write_date(getattr(verdict, day), language) for day in ("first", "last")}
        said = words[f"{part}read"].format(**fields, **days)
    elif any(post.published for post in verdict.posts):
        return ""  # a single post that names no date
    else:
        said = words[f"{part}undated"].format(**fields)
    if fields["without"] and count > 1:
        said += words["stubs"].format(**fields)
    return str(said)


def grade(verdict: Verdict, language: str) -> str:
    """The grade and the score in words."""
    words = labels("report", language)
    if verdict.score is None:
        return words["nothing"] if not verdict.grade else verdict.grade
    score = number(verdict.score, language)
    why = say(verdict.ungraded, language) if verdict.ungraded else ""
    if not verdict.grade:
        return words["no_grade"].format(score=score, why=why)
    tail = words["provisional"].format(why=why) if verdict.provisional else ""
    return words["grade"].format(grade=verdict.grade, score=score) + tail


def number(value: float, language: str, digits: int = 1) -> str:
    """A number as written in ``language``."""
    return write_number(f"{value:.{digits}f}", language)


def changed(verdict: Verdict, language: str) -> list[str]:
    """What has changed since the last report: the explanation, then counts of the findings."""
    one = verdict.development
    if one is None or not one.said:
        return []
    said = [say(text, language) for text in one.said]
    if one.previous is None:
        return said
    words = labels("report", language)
    counts = {
        "new": verdict.counts.get("new", 0),
        "open": verdict.counts.get("open", 0),
        "fixed": len(one.fixed),
        "since": write_date(one.previous.as_of.date(), language),
    }
    line = words["counts"].format(**counts)
    if one.returned:
        line += words["returned"].format(count=len(one.returned))
    if one.lapsed:
        line += words["lapsed"].format(count=len(one.lapsed))
    return [*said, line + "."]


def signed(change: float | None, language: str, digits: int = 1) -> str:
    """A change with its sign: +3.0, −14.2; ±0 for no change, empty if there is nothing to compare.

    With ``digits`` 0, whole numbers have no decimals.
    """
    if change is None:
        return ""
    size = number(abs(change), language, digits if change == int(change) else 1)
    return "±0" if not change else f"{'+' if change > 0 else '−'}{size}"


def strip(marks: Sequence[int]) -> str:
    """One mark per post, newest first, filled if the post is of the kind."""
    return "".join("■" if mark else "□" for mark in marks)


def marks_said(name: str, reason: ReasonVerdict, language: str) -> str:
    """How many of the last posts are of the kind that a reason counts."""
    key, measures = COUNTED[name], reason.measures
    if f"{key}_of" not in measures:
        return ""
    form: str = labels("counted", language)[key]
    return form.format(count=measures[f"{key}_posts"], of=measures[f"{key}_of"])


def years_said(counts: Mapping[str, int], language: str) -> str:
    """How many of the posts examined in a year are of the kind."""
    return labels("report", language)["of"].format(count=counts["of_kind"], of=counts["posts"])


def step_said(step: tuple[str, float, Finding], language: str) -> str:
    """A sentence on what would raise the score most, and by how much."""
    reason, points, _ = step
    return labels("report", language)["step"].format(
        reason=labels("reasons", language)[reason], points=number(points, language)
    )


def left_out(verdict: Verdict, language: str) -> str:
    """What was left out because it was not a post, by cause."""
    return say(left_out_said(verdict.left_out), language)


def headline(name: str, reason: ReasonVerdict, verdict: Verdict, language: str) -> str:
    """The one number that explains a reason's score."""
    measures, words = reason.measures, labels("headline", language)
    if reason.score is None:
        return say(reason.note or "", language)
    if "days_since_last_post" in measures:
        days, longest = measures["days_since_last_post"], measures.get("longest_gap_days")
        form = "today" if not days else "last_one" if days == 1 else "last"
        text = str(words[form]).format(days=days)
        if longest:
            text += str(words["longest"]).format(longest=longest)
            ever = measures.get("longest_gap_ever_days") or 0
            if ever > longest:
                text += str(words["ever"]).format(ever=ever)
        return text
    if name in COUNTED and (said := marks_said(name, reason, language)):
        marks = measures.get(f"{COUNTED[name]}_marks")
        return f"{said} {strip(marks)}" if marks and name != "dialogue" else said
    if "focus" in measures:
        text = str(words["focus"]).format(focus=number(measures["focus"], language, 2))
        subjects = measures.get("subjects", [])[:3]
        named = [f"{one['words'][0]} {one['share']:.0%}" for one in subjects]
        return f"{text}: {', '.join(named)}" if len(named) > 1 else text
    count = measures[TOUCHED] if TOUCHED in measures else len(touched_posts(verdict)[name])
    return str(words["touched"]).format(count=count, of=verdict.posts_judged)


def touched_posts(verdict: Verdict) -> dict[str, set[str]]:
    """The posts that have findings, by reason."""
    found: dict[str, set[str]] = {name: set() for name in verdict.reasons}
    for one in (*verdict.findings, *verdict.known):
        if one.post:
            found.setdefault(one.reason, set()).add(one.post)
    return found


def deadline(verdict: Verdict, as_of: date, language: str) -> str:
    """When the next post is due and on which day the blog counts as dead."""
    frequency = verdict.reasons.get("frequency")
    if frequency is None or "dead_on" not in frequency.measures:
        return ""
    due = date.fromisoformat(frequency.measures["next_post_due"])
    dead = date.fromisoformat(frequency.measures["dead_on"])
    words = labels("deadline", language)
    first = str(words["due" if due >= as_of else "was_due"]).format(day=write_date(due, language))
    second = str(words["dead" if dead <= as_of else "dies"]).format(day=write_date(dead, language))
    return f"{first}; {second}."


def plan(verdict: Verdict, language: str) -> str:
    """When posts are due in the coming quarter, how many were missing, and who might write one."""
    frequency = verdict.reasons.get("frequency")
    dates = frequency.measures.get("due_dates") if frequency else None
    if not frequency or not dates:
        return ""
    measures, words = frequency.measures, labels("plan", language)
    days = ", ".join(write_date(date.fromisoformat(day), language, short=True) for day in dates)
    said = str(words["due"]).format(days=days)
    short, limit = measures.get("posts_short"), measures.get("due_days")
    if short:
        said += str(words["short"]).format(limit=limit, short=short)
    if "rested_author" in measures and not _writes_most(measures["rested_author"], verdict):
        since = write_date(date.fromisoformat(measures["rested_since"]), language)
        said += str(words["rested"]).format(name=measures["rested_author"], since=since)
    return said


def _writes_most(name: str, verdict: Verdict) -> bool:
    own = [post.authors[0] == name for post in verdict.posts if post.authors]
    return 2 * sum(own) > len(own)


def lost_points(verdict: Verdict) -> dict[str, float]:
    """The points of the blog's score that each measured, weighted reason costs."""
    measured = {n: r for n, r in verdict.reasons.items() if r.score is not None and r.weight}
    total = sum(reason.weight for reason in measured.values())
    return {
        name: reason.weight * (100 - (reason.score or 0.0)) / total
        for name, reason in measured.items()
    }


def next_step(verdict: Verdict) -> tuple[str, float, Finding] | None:
    """The reason that costs most, the points of the score it costs, and the finding to start with.

    None if that reason has no finding or costs less than half a point.
    """
    lost = lost_points(verdict)
    if not lost:
        return None
    name = max(lost, key=lambda n: lost[n])
    worst = max(verdict.reasons[name].losses, key=lambda loss: loss.points, default=None)
    own = [f for f in verdict.findings if f.reason == name]
    first = next((f for f in own if worst and f.rule == worst.rule), own[0] if own else None)
    if first is None or lost[name] < 0.5:
        return None
    return name, round(lost[name], 1), first
