"""One blog as shown on the page: verdict, changes, deadlines, and a chapter per reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bloglint.languages import labels
from bloglint.model import Effect, ReasonVerdict, Report, Verdict, say, write_date
from bloglint.reporters.decision import decision_of, effect_lines
from bloglint.reporters.due import due_of, undated_said
from bloglint.reporters.html import charts
from bloglint.reporters.html.colours import colour_of_change, colour_of_grade, colour_of_score
from bloglint.reporters.html.findings import by_rule, view, web
from bloglint.reporters.overview import FELT, change_of
from bloglint.reporters.words import (
    COUNTED,
    changed,
    deadline,
    describe_context,
    grade,
    headline,
    left_out,
    marks_said,
    read,
    signed,
    step_effect,
    summary,
)


def blog_view(verdict: Verdict, report: Report, language: str) -> dict[str, Any]:
    """Return everything the page says about one blog."""
    day = verdict.day(report)
    return {
        "name": verdict.name,
        "home": web(verdict.home),
        "read": read(verdict, language),
        "left_out": left_out(verdict, language),
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "score": "–" if verdict.score is None else f"{verdict.score:.0f}",
        "dial": charts.dial(verdict.score),
        "grade": grade(verdict, language),
        "deadline": deadline(verdict, day, language),
        "summary": summary(verdict, language) if verdict.score is not None else "",
        "steps": [
            {"text": say(step.text, language), "effect": step_effect(verdict, step, language)}
            for step in verdict.steps
        ],
        "effect": _effect(verdict, verdict.effect, language) if verdict.effect else None,
        "development": _development(verdict, language),
        "due": due_view(verdict, report, language),
        "reasons": [
            _reason(n, name, reason, verdict, report, language)
            for n, (name, reason) in enumerate(verdict.reasons.items(), 1)
        ],
        "notes": list(_notes(verdict, language)),
    }


def due_view(verdict: Verdict, report: Report, language: str) -> list[dict[str, Any]]:
    """Return what is due on one blog, with undated drafts last."""
    day = verdict.day(report)
    rows = [
        {
            "day": write_date(one.day, language),
            "iso": one.day.isoformat(),
            "text": say(one.text, language),
            "note": say(one.note, language),
            "is_over": one.is_over(day),
        }
        for one in due_of(verdict, day)
    ]
    undated = undated_said(verdict)
    if undated:
        text = say(undated, language)
        rows.append({"day": "–", "iso": "", "text": text, "note": "", "is_over": False})
    return rows


def _reason(
    number: int, name: str, reason: ReasonVerdict, verdict: Verdict, report: Report, language: str
) -> dict[str, Any]:
    words = labels("page", language)
    development = verdict.development
    before = development.reasons.get(name, (None, None))[0] if development else None
    delta = None
    if before is not None and reason.score is not None:
        delta = round(reason.score - before, 1)
    is_felt = delta is not None and abs(delta) >= FELT
    own = [finding for finding in verdict.findings if finding.reason == name]
    return {
        "id": name,
        "number": number if reason.weight else "",
        "name": labels("reasons", language)[name],
        "score": reason.score,
        "points": "–" if reason.score is None else f"{reason.score:.0f}",
        "colour": colour_of_score(reason.score),
        "before": before,
        "before_said": words["before"].format(score=f"{before:.0f}") if is_felt else "",
        "delta": signed(delta, language) if delta and abs(delta) >= 0.05 else "",
        "delta_colour": colour_of_change(delta),
        "is_weighed": bool(reason.weight),
        "line": headline(name, reason, verdict, language),
        "charts": _charts(name, reason, verdict, report, language),
        "rules": by_rule(own, language),
    }


def _charts(
    name: str, reason: ReasonVerdict, verdict: Verdict, report: Report, language: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if name == "frequency":
        found["calendar"] = charts.calendar(verdict, verdict.day(report), language)
        found["authors"] = charts.authors(verdict, language)
    if name in COUNTED:
        found["marks"] = _marks(name, reason, verdict, language)
    if name in ("recycling", "advertorial"):
        found["shares"] = charts.shares(reason, COUNTED[name], language)
    if name == "bloat":
        found["lengths"] = charts.lengths(verdict, language)
    if name == "topic":
        found["subjects"] = charts.subjects(verdict, language)
    return {kind: chart for kind, chart in found.items() if chart}


def _marks(
    name: str, reason: ReasonVerdict, verdict: Verdict, language: str
) -> dict[str, Any] | None:
    measure = COUNTED[name]
    marks = reason.measures.get(f"{measure}_marks", [])
    marked = reason.measures.get(f"{measure}_marked", [])
    titles = {post.id: post.title for post in verdict.posts}
    if not marks:
        return None
    return {
        "said": marks_said(name, reason, language),
        "posts": [
            {"of_kind": bool(mark), "title": titles.get(post, "")}
            for mark, post in zip(marks, marked, strict=True)
        ],
    }


def _development(verdict: Verdict, language: str) -> dict[str, Any] | None:
    one = verdict.development
    if one is None:
        return None
    titles = {post.id: post for post in verdict.posts}
    since = [titles[post] for post in one.posts if post in titles]
    delta = change_of(verdict)
    return {
        "said": changed(verdict, language),
        "delta": signed(delta, language),
        "colour": colour_of_change(delta),
        "course": charts.course(one.course, language),
        "fixed": [view(finding, language) for finding in one.fixed],
        "since": [{"title": post.title or post.id, "link": web(post.url)} for post in since],
    }


def _effect(verdict: Verdict, effect: Effect, language: str) -> dict[str, Any]:
    found = decision_of(verdict)
    return {
        "asked": describe_context(effect, language),
        "change": say(found.text, language),
        "said": effect_lines(verdict, found, language),
    }


def _notes(verdict: Verdict, language: str) -> Iterator[str]:
    yield from (say(note, language) for note in verdict.notes)
    for name, count in (("suppressed", verdict.suppressed), ("known", len(verdict.known))):
        if count:
            yield labels("page", language)[name].format(count=count)
    for name, reason in verdict.reasons.items():
        if reason.note:
            yield f"{labels('reasons', language)[name]}: {say(reason.note, language)}"
