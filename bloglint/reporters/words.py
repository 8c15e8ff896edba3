"""Wording shared by all reports for people: the figure behind a reason, deadline, next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bloglint.languages import labels
from bloglint.model import (
    Effect,
    Finding,
    ReasonVerdict,
    Step,
    Text,
    Verdict,
    left_out_said,
    posts_counted,
    say,
    write_date,
)
from bloglint.model.measures import KEPT_PACE, LONG_SILENCE
from bloglint.model.messages import counted, in_each, write_count, write_number

#: The measure of how many posts have findings, for verdicts whose findings were left out.
TOUCHED = "posts_with_findings"
#: The marks of posts: proven to be of a kind, of the kind by their style, neither.
MARKS = ("■", "□", "·")
#: The score of a blog without a weakness, and the share of late days (percent) worth a sentence.
_GOOD, _OFTEN = 80, 25
#: From here on, every ten points are a better grade.
_PASSING = 60
#: Days of silence from which years are told.
_YEARS = 730
#: How many due dates are named.
_DATES = 3
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


def score_change(effect: Effect, language: str, *, is_conditional: bool = False) -> str:
    """A sentence on how the blog's score changes, or with ``is_conditional`` on how it would."""
    words = labels("report", language)
    before, after = (_graded(*one, language) for one in (effect.before, effect.after))
    if effect.context is None or effect.before[0] is None:
        return words["scored"].format(after=after)
    if not effect.posts and not effect.removed:
        return words["unchanged"].format(after=after)
    if effect.before[0] == effect.after[0]:
        form = "kept"
    elif is_conditional:
        form = "would"
    else:
        form = "falls" if effect.lowers else "rises"
    return words[form].format(before=before, after=after)


def effect_said(effect: Effect, language: str, *, with_gains: bool = True) -> list[str]:
    """The effect of posts on their blog: in sentences, then reason by reason.

    Without ``with_gains``, reasons that rise and findings that end are left out.
    """
    lines = [say(text, language) for text in effect.said]
    for name, (before, after) in effect.reasons.items():
        if before is None or after is None or round(before) == round(after):
            continue
        if after > before and not with_gains:
            continue
        lines.append(f"{labels('reasons', language)[name]}: {before:.0f} → {after:.0f}")
    if effect.mended and with_gains:
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
    letter = verdict.grade
    if verdict.state:
        letter += f" – {labels('states', language)[verdict.state]}"
    return words["grade"].format(grade=letter, score=score) + tail


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


def strip(marks: Sequence[int], guesses: Sequence[int] = ()) -> str:
    """One mark a post, oldest first: of the kind as proven, of the kind by its style, neither."""
    proven, guessed, neither = MARKS
    pairs = zip(marks, guesses or [0] * len(marks), strict=True)
    found = [(guessed if guess else proven) if mark else neither for mark, guess in pairs]
    return "".join(reversed(found))


def marks_said(name: str, reason: ReasonVerdict, language: str) -> str:
    """How many of the last posts are of the kind that a reason counts."""
    key, measures = COUNTED[name], reason.measures
    if f"{key}_of" not in measures:
        return ""
    form: str = labels("counted", language)[key]
    return form.format(count=measures[f"{key}_posts"], of=measures[f"{key}_of"])


def left_out(verdict: Verdict, language: str) -> str:
    """What was left out because it was not a post, by cause."""
    return say(left_out_said(verdict.left_out), language)


def headline(
    name: str, reason: ReasonVerdict, verdict: Verdict, language: str, *, with_marks: bool = True
) -> str:
    """The one number that explains a reason's score, with a mark a post where posts are counted."""
    measures, words = reason.measures, labels("headline", language)
    if reason.score is None:
        return say(reason.note or "", language)
    if "days_since_last_post" in measures:
        days, longest = measures["days_since_last_post"], measures.get("longest_gap_days")
        form = "today" if not days else "last_one" if days == 1 else "last"
        if days > (measures.get("due_days") or days):
            form = "silent"
        text = str(words[form]).format(days=write_count(days, language))
        if longest:
            text += str(words["longest"]).format(longest=write_count(longest, language))
            ever = measures.get("longest_gap_ever_days") or 0
            if ever > longest:
                text += str(words["ever"]).format(ever=write_count(ever, language))
        return text
    if name in COUNTED and (said := marks_said(name, reason, language)):
        marks = measures.get(f"{COUNTED[name]}_marks")
        if not marks or not with_marks or name == "dialogue":
            return said
        guesses = measures.get(f"{COUNTED[name]}_guesses", ())
        return f"{said}  {strip(marks, guesses)} {words['newest']}"
    if "focus" in measures:
        subjects = measures.get("subjects", [])
        if not subjects:
            return str(words["scattered"])
        named = ", ".join(subjects[0]["words"][:2])
        share = round(100 * subjects[0]["share"])
        form = "subject" if len(subjects) == 1 else "subjects"
        return str(words[form]).format(count=len(subjects), percent=share, words=named)
    count = measures[TOUCHED] if TOUCHED in measures else len(touched_posts(verdict)[name])
    form = "serious" if reason.weight else "touched"
    return str(words[form]).format(count=count, of=verdict.posts_judged)


def touched_posts(verdict: Verdict) -> dict[str, set[str]]:
    """The posts that have findings, by reason; of a scored reason, more than hints."""
    found: dict[str, set[str]] = {name: set() for name in verdict.reasons}
    for one in (*verdict.findings, *verdict.known):
        scored = one.reason in verdict.reasons and verdict.reasons[one.reason].weight
        if one.post and (one.severity != "info" or not scored):
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


def lost_points(verdict: Verdict) -> dict[str, float]:
    """The points of the blog's score that each measured, weighted reason costs."""
    measured = {n: r for n, r in verdict.reasons.items() if r.score is not None and r.weight}
    total = sum(reason.weight for reason in measured.values())
    return {
        name: reason.weight * (100 - (reason.score or 0.0)) / total
        for name, reason in measured.items()
    }


def whole(score: float) -> int:
    """A score without decimals; it never reaches a grade that the score has not."""
    shown = round(score)
    is_grade = shown >= _PASSING and shown % 10 == 0
    return shown - 1 if is_grade and shown > score else shown


def points_of(verdict: Verdict) -> str:
    """The points of a blog, in brackets while there is no grade: too little of it was measured."""
    if verdict.score is None:
        return "–"
    points = str(whole(verdict.score))
    return points if verdict.grade else f"({points})"


def step_effect(verdict: Verdict, step: Step, language: str) -> str:
    """The score now, and the score if a step were done; empty if it changes no score."""
    if step.kind == "dates" or step.after <= (verdict.score or 0):
        return ""
    form = "effect_year" if step.kind == "rhythm" else "effect"
    before, after = whole(verdict.score or 0), whole(step.after)
    if before == after:
        return ""
    return str(labels("terminal", language)[form]).format(before=before, after=after)


def step_said(verdict: Verdict, step: Step, language: str) -> str:
    """A step and, behind a colon, the score now and after it, if it changes the score."""
    effect = step_effect(verdict, step, language)
    return say(step.text, language) + (f": {effect}" if effect else "")


def summary(verdict: Verdict, language: str) -> str:
    """What is wrong with a blog in one or two plain sentences, or that nothing is."""
    words = labels("summary", language)
    parts = [*_rhythm_said(verdict, words), *_kinds_said(verdict, words)]
    epics = sum(one.rule == "bloat-length" and one.severity == "error" for one in verdict.findings)
    if epics:
        parts.append(words["epic" if epics == 1 else "epics"].format(count=epics))
    if any(one.rule == "topic-focus" and one.severity == "warning" for one in verdict.findings):
        parts.append(words["scattered"])
    if not parts and not verdict.ungraded:
        parts.append(words["fine"] if (verdict.score or 0) >= _GOOD else words["small"])
    if verdict.ungraded:
        parts.append(words["ungraded"].format(why=say(verdict.ungraded, language)))
    return " ".join(parts)


def _rhythm_said(verdict: Verdict, words: Mapping[str, Any]) -> Iterator[str]:
    frequency = verdict.reasons.get("frequency")
    if frequency is None or frequency.score is None:
        return
    measures = frequency.measures
    silent, limit = measures.get("silent_days") or 0, measures.get("due_days") or 0
    late = round(100 * (measures.get("overdue_share") or 0))
    if verdict.state == "silent":
        form = "years" if silent >= _YEARS else "silent"
        yield words[form].format(days=silent, years=silent // 365)
    elif late >= _OFTEN:
        steady = measures.get("steady_days") or 0
        pace = measures.get("pace_days") or limit
        form = "recovered" if steady >= KEPT_PACE * pace else "late"
        posts = measures.get("steady_posts") or 0
        yield words[form].format(percent=late, limit=limit, weeks=-(-steady // 7), posts=posts)
    elif silent > limit:
        yield words["overdue"].format(days=silent)


def _kinds_said(verdict: Verdict, words: Mapping[str, Any]) -> Iterator[str]:
    counts: dict[str, tuple[int, int]] = {}
    for name in ("recycling", "advertorial"):
        measures = verdict.measures_of(name)
        key = COUNTED[name]
        if measures.get(f"{key}_posts", 0) <= measures.get(f"{key}_allowed", 0):
            continue
        pairs = list(zip(measures[f"{key}_marks"], measures[f"{key}_guesses"], strict=True))
        proven = sum(mark and not guess for mark, guess in pairs)
        guessed = sum(mark and guess for mark, guess in pairs)
        if proven:
            kind = "press" if verdict.releases else "repeated"
            counts[kind] = proven, len(pairs)
        if guessed:
            kind = "style" if name == "recycling" else "adverts"
            counts[kind] = guessed, len(pairs)
    counts = {kind: pair for kind, pair in counts.items() if pair[0] > 1} or counts
    said = [
        str(words[kind]).format(count=count, of=of)
        if not n
        else str(words[f"{kind}_too"]).format(count=count, of=of)
        for n, (kind, (count, of)) in enumerate(counts.items())
    ]
    if said:
        *first, last = said
        yield (f"{', '.join(first)}{words['and']}{last}" if first else last) + "."


def counted_findings(verdict: Verdict, language: str) -> str:
    """How many findings there are, by severity."""
    counts = verdict.counts
    parts = [counted(name, counts.get(name, 0)) for name in ("error", "warning", "info")]
    return ", ".join(say(part, language) for part in parts if part)


def next_posts(verdict: Verdict, as_of: date, language: str) -> str:
    """When the next post is due and the following ones; nothing for a blog dead for long."""
    measures = verdict.measures_of("frequency")
    if "next_post_due" not in measures or measures["days_since_last_post"] > LONG_SILENCE:
        return ""
    words, due = labels("deadline", language), date.fromisoformat(measures["next_post_due"])
    form = "next" if due >= as_of else "overdue"
    days = [date.fromisoformat(day) for day in measures.get("due_dates", ())[:_DATES]]
    listed = ", ".join(write_date(day, language, short=True) for day in days)
    said = str(words[form]).format(day=write_date(due, language))
    if not days or measures.get("pace_days", 0) > measures["due_days"]:
        return said  # a slow blog is asked for half of that first
    every = str(words["every"]).format(limit=measures["due_days"], days=listed)
    return f"{said} {every.rstrip('.')}."
