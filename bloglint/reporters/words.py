"""What every report for people says: the number behind a reason, the deadline, the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bloglint.model import (
    Effect,
    Finding,
    ReasonVerdict,
    Verdict,
    left_out_said,
    posts_counted,
    say,
    write_date,
)

REASON_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "frequency": "frequency",
        "recycling": "recycling",
        "advertorial": "advertorial",
        "bloat": "bloat",
        "topic": "topic",
        "dialogue": "dialogue",
        "craft": "craft",
    },
    "de": {
        "frequency": "Häufigkeit",
        "recycling": "Recycling",
        "advertorial": "Werbung",
        "bloat": "Überlänge",
        "topic": "Thema",
        "dialogue": "Dialog",
        "craft": "Handwerk",
    },
}
SEVERITY_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "de": {"error": "Fehler", "warning": "Warnung", "info": "Hinweis"},
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "read": "{posts} judged, {first} to {last} ({languages})",
        "grade": "Grade {grade}: {score} of 100",
        "no_grade": "No grade ({score} of 100, provisional): too little could be measured",
        "nothing": "No grade: nothing could be measured",
        "provisional": " (provisional)",
        "step": "What would raise the score most: {reason}, up to {points} points.",
        "of": "{count} of {of}",
        "asked_one": "Asked about: {named}, in the context of {context}",
        "asked": "Asked about: {count} posts ({named}), in the context of {context}",
        "changed": "The blog's score goes from {before} to {after}",
        "kept": "The blog's score stays at {after}",
        "scored": "The blog's score is {after}",
        "unchanged": "No post differs; the blog's score is {after}",
        "mended": "mends {rules}",
        "counts": "Findings since {since}: {new} new, {fixed} fixed, {open} still open",
        "returned": " ({count} of them back)",
        "lapsed": "; ended by itself: {count} (old posts no longer count, measures moved)",
    },
    "de": {
        "read": "{posts} beurteilt, {first} bis {last} ({languages})",
        "grade": "Note {grade}: {score} von 100",
        "no_grade": "Keine Note ({score} von 100, vorläufig): Zu wenig war messbar",
        "nothing": "Keine Note: Nichts war messbar",
        "provisional": " (vorläufig)",
        "step": "Was am meisten bringt: {reason}, bis zu {points} Punkte.",
        "of": "{count} von {of}",
        "asked_one": "Gefragt ist nach: {named}, im Zusammenhang von {context}",
        "asked": "Gefragt ist nach {count} Beiträgen ({named}), im Zusammenhang von {context}",
        "changed": "Die Punktzahl des Blogs geht von {before} auf {after}",
        "kept": "Die Punktzahl des Blogs bleibt bei {after}",
        "scored": "Die Punktzahl des Blogs ist {after}",
        "unchanged": "Kein Beitrag ist anders; die Punktzahl des Blogs ist {after}",
        "mended": "behebt {rules}",
        "counts": "Befunde seit dem {since}: {new} neu, {fixed} behoben, {open} noch offen",
        "returned": " (davon {count} zurückgekehrt)",
        "lapsed": "; von selbst zu Ende: {count} (alte Beiträge zählen nicht mehr, Maße wandern)",
    },
}
#: The measure of a reason that says how many posts have findings, where those are left out.
TOUCHED = "posts_with_findings"
#: Reasons told by a count among the last posts: the measure, and what those posts do.
COUNTED = {
    "recycling": ("recycling", "recycled", "wiederverwertet"),
    "advertorial": ("advertising", "read as advertising", "lesen sich wie Werbung"),
    "dialogue": ("monologue", "invite nobody to answer", "ohne Einladung zur Antwort"),
}


def asked(effect: Effect, language: str) -> str:
    """Which posts are asked about, in the context of which blog."""
    words, count = _WORDS[language], len(effect.posts)
    if effect.context is None or not count:
        return ""
    named = ", ".join(effect.posts[:3]) + (", …" if count > 3 else "")
    form = words["asked_one"] if count == 1 else words["asked"]
    return form.format(count=count, named=named, context=effect.context)


def change(effect: Effect, language: str) -> str:
    """What becomes of the blog's score."""
    words = _WORDS[language]
    before, after = (_graded(*one, language) for one in (effect.before, effect.after))
    if effect.context is None or effect.before[0] is None:
        return words["scored"].format(after=after)
    if not effect.posts and not effect.removed:
        return words["unchanged"].format(after=after)
    form = "kept" if effect.before[0] == effect.after[0] else "changed"
    return words[form].format(before=before, after=after)


def effect_said(effect: Effect, language: str) -> list[str]:
    """What posts do to their blog: in sentences, then reason by reason."""
    lines = [say(text, language) for text in effect.said]
    for name, (before, after) in effect.reasons.items():
        if before is None or after is None or round(before) == round(after):
            continue
        lines.append(f"{REASON_NAMES[language][name]}: {before:.0f} → {after:.0f}")
    if effect.mended:
        named = ", ".join(dict.fromkeys(finding.rule for finding in effect.mended))
        lines.append(_WORDS[language]["mended"].format(rules=named))
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
    """How many posts were judged, from when to when, in which languages."""
    if not verdict.first or not verdict.last:
        return ""
    return _WORDS[language]["read"].format(
        posts=say(posts_counted(verdict.posts_judged), language),
        first=write_date(verdict.first, language),
        last=write_date(verdict.last, language),
        languages=", ".join(verdict.languages) or "?",
    )


def grade(verdict: Verdict, language: str) -> str:
    """The grade and the score in words."""
    words = _WORDS[language]
    if verdict.score is None:
        return words["nothing"] if not verdict.grade else verdict.grade
    score = number(verdict.score, language)
    if not verdict.grade:
        return words["no_grade"].format(score=score)
    tail = words["provisional"] if verdict.provisional else ""
    return words["grade"].format(grade=verdict.grade, score=score) + tail


def number(value: float, language: str, digits: int = 1) -> str:
    """A number as a reader of ``language`` writes it."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language == "de" else text


def changed(verdict: Verdict, language: str) -> list[str]:
    """What became of the blog since its last report: the why, then findings and posts counted."""
    one = verdict.development
    if one is None or not one.said:
        return []
    said = [say(text, language) for text in one.said]
    if one.previous is None:
        return said
    words = _WORDS[language]
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
    """A change with its sign: +3.0, −14.2; ±0 for none, empty where there is nothing to compare.

    Whole numbers have no digits where ``digits`` is 0.
    """
    if change is None:
        return ""
    size = number(abs(change), language, digits if change == int(change) else 1)
    return "±0" if not change else f"{'+' if change > 0 else '−'}{size}"


def strip(marks: Sequence[int]) -> str:
    """One mark a post, newest first, full where it is of the kind."""
    return "".join("■" if mark else "□" for mark in marks)


def marks_said(name: str, reason: ReasonVerdict, language: str) -> str:
    """How many of the last posts are of the kind that a reason counts."""
    key, english, german = COUNTED[name]
    m = reason.measures
    if f"{key}_of" not in m:
        return ""
    count, of = m[f"{key}_posts"], m[f"{key}_of"]
    if language == "de":
        return f"{count} der letzten {of} {german}"
    return f"{count} of the last {of} {english}"


def years_said(counts: Mapping[str, int], language: str) -> str:
    """How many of the posts looked at in one year are of the kind."""
    return _WORDS[language]["of"].format(count=counts["of_kind"], of=counts["posts"])


def step_said(step: tuple[str, float, Finding], language: str) -> str:
    """What would raise the score most, and by how much."""
    reason, points, _ = step
    return _WORDS[language]["step"].format(
        reason=REASON_NAMES[language][reason], points=number(points, language)
    )


def left_out(verdict: Verdict, language: str) -> str:
    """What was no post, by reason."""
    return say(left_out_said(verdict.left_out), language)


def headline(name: str, reason: ReasonVerdict, verdict: Verdict, language: str) -> str:
    """The one number that explains a reason's score."""
    m, de = reason.measures, language == "de"
    if reason.score is None:
        return say(reason.note or "", language)
    if name == "frequency" and "days_since_last_post" in m:
        days, longest = m["days_since_last_post"], m.get("longest_gap_days")
        unit = ("Tag" if days == 1 else "Tagen") if de else ("day" if days == 1 else "days")
        text = f"letzter Beitrag vor {days} {unit}" if de else f"last post {days} {unit} ago"
        if not days:
            text = "letzter Beitrag heute" if de else "last post today"
        if longest:
            text += f", längste Lücke {longest}" if de else f", longest gap {longest}"
            ever = m.get("longest_gap_ever_days") or 0
            if ever > longest:
                text += f" (jemals {ever})" if de else f" (ever {ever})"
        return text
    if name in COUNTED and (said := marks_said(name, reason, language)):
        marks = m.get(f"{COUNTED[name][0]}_marks")
        return f"{said} {strip(marks)}" if marks and name != "dialogue" else said
    if name == "topic" and "focus" in m:
        text = f"Fokus {m['focus']:.2f}".replace(".", ",") if de else f"focus {m['focus']:.2f}"
        named = [f"{one['words'][0]} {one['share']:.0%}" for one in m.get("subjects", [])[:3]]
        return f"{text}: {', '.join(named)}" if len(named) > 1 else text
    count = m[TOUCHED] if TOUCHED in m else len(touched_posts(verdict)[name])
    total = verdict.posts_judged
    return (
        f"{count} von {total} Beiträgen mit Befund"
        if de
        else f"{count} of {total} posts with findings"
    )


def touched_posts(verdict: Verdict) -> dict[str, set[str]]:
    """The posts that findings of each reason are about."""
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
    due_text, dead_text = write_date(due, language), write_date(dead, language)
    if language == "de":
        first = f"Der nächste Beitrag {'ist' if due >= as_of else 'war'} fällig am {due_text}"
        second = f"am {dead_text} gilt das Blog als tot"
        if dead <= as_of:
            second = f"seit dem {dead_text} gilt das Blog als tot"
    else:
        first = f"The next post {'is' if due >= as_of else 'was'} due on {due_text}"
        second = f"on {dead_text} the blog counts as dead"
        if dead <= as_of:
            second = f"the blog has counted as dead since {dead_text}"
    return f"{first}; {second}."


def plan(verdict: Verdict, language: str) -> str:
    """When posts are due in the coming quarter, how many were missing, and who might write one."""
    frequency = verdict.reasons.get("frequency")
    dates = frequency.measures.get("due_dates") if frequency else None
    if not frequency or not dates:
        return ""
    m, german = frequency.measures, language == "de"
    days = ", ".join(_short_date(date.fromisoformat(day), language) for day in dates)
    said = (
        f"Fällig im kommenden Quartal: {days}" if german else f"Due in the coming quarter: {days}."
    )
    short, limit = m.get("posts_short"), m.get("due_days")
    if short:
        said += (
            f" Im letzten Jahr zu wenig für einen Beitrag alle {limit} Tage: {short}."
            if german
            else f" In the last year {short} posts were missing for one every {limit} days."
        )
    if "rested_author" in m and not _writes_most(m["rested_author"], verdict):
        name = m["rested_author"]
        since = write_date(date.fromisoformat(m["rested_since"]), language)
        said += (
            f" Vielleicht mag {name} den nächsten schreiben (zuletzt am {since})."
            if german
            else f" {name} might like to write the next one (the last was on {since})."
        )
    return said


def _writes_most(name: str, verdict: Verdict) -> bool:
    own = [post.authors[0] == name for post in verdict.posts if post.authors]
    return 2 * sum(own) > len(own)


def _short_date(day: date, language: str) -> str:
    return f"{day.day}.{day.month}." if language == "de" else f"{day.day} {day:%b}"


def lost_points(verdict: Verdict) -> dict[str, float]:
    """How many points of the blog's score each measured reason with a weight costs."""
    measured = {n: r for n, r in verdict.reasons.items() if r.score is not None and r.weight}
    total = sum(reason.weight for reason in measured.values())
    return {
        name: reason.weight * (100 - (reason.score or 0.0)) / total
        for name, reason in measured.items()
    }


def next_step(verdict: Verdict) -> tuple[str, float, Finding] | None:
    """The reason that costs most, how many points of the score, and the finding to begin with."""
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
