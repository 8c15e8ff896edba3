"""Many blogs as shown on the page: figures, one table by urgency, what is due, and each blog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from bloglint.languages import labels
from bloglint.model import SEVERITIES, Report, Verdict, say, write_date
from bloglint.model.measures import LONG_SILENCE
from bloglint.model.messages import write_count
from bloglint.reporters.due import Due, due_of
from bloglint.reporters.html.charts import sparkline
from bloglint.reporters.html.colours import colour_of_change, colour_of_grade, colour_of_score
from bloglint.reporters.html.findings import view
from bloglint.reporters.html.links import web
from bloglint.reporters.overview import (
    FELT,
    FINDINGS,
    SECTIONS,
    Group,
    Section,
    change_of,
    overview,
    section_of,
)
from bloglint.reporters.words import (
    changed,
    deadline,
    grade,
    headline,
    number,
    points_of,
    read,
    signed,
    step_effect,
    summary,
)

#: From so many blogs on, the table can be filtered.
FILTERED = 8


def portfolio_view(report: Report, language: str) -> dict[str, Any]:
    """Return everything the page says about a portfolio."""
    seen, today = overview(report), report.as_of.date()
    place = {id(one): n for n, one in enumerate(seen.blogs, 1)}
    words = labels("portfolio", language)
    members: dict[Section, list[Verdict]] = {name: [] for name in SECTIONS}
    for blog in seen.blogs:
        members[section_of(blog)].append(blog)
    return {
        "figures": [
            {"name": words[name], "count": len(own), "is_bad": name in SECTIONS[:2] and own}
            for name, own in members.items()
        ],
        "median": "" if seen.median is None else words["median_said"].format(
            median=number(seen.median, language)),
        "since": _since(seen.blogs, language),
        "has_owners": any(blog.listing and blog.listing.owner for blog in seen.blogs),
        "is_filtered": len(seen.blogs) >= FILTERED,
        "sections": [
            {"id": name, "name": words[name], "about": words[f"{name}_about"],
             "rows": [_row(blog, place[id(blog)], report, language) for blog in own]}
            for name, own in members.items()
            if own
        ],
        "groups": [_group(group, language) for group in seen.groups],
        "due": list(_due([
            one
            for blog in report.blogs
            if _silence(blog) <= LONG_SILENCE
            for one in due_of(blog, blog.day(report))
            if one.is_near(today)
        ], today, language)),
        "blogs": [_blog(blog, place[id(blog)], report, language) for blog in seen.blogs],
    }  # fmt: skip


def _since(blogs: Sequence[Verdict], language: str) -> str:
    """The day of the report that most blogs are compared with."""
    days = Counter(
        one.development.previous.as_of.date()
        for one in blogs
        if one.development and one.development.previous
    )
    if not days:
        return ""
    day = write_date(days.most_common(1)[0][0], language)
    return str(labels("portfolio", language)["since"]).format(day=day)


def _row(verdict: Verdict, place: int, report: Report, language: str) -> dict[str, Any]:
    listing, words = verdict.listing, labels("portfolio", language)
    measures = verdict.measures_of("frequency")
    groups, tags = (listing.groups, listing.tags) if listing else ((), ())
    owner = listing.owner if listing else ""
    delta, section = change_of(verdict), section_of(verdict)
    due = None if _silence(verdict) > LONG_SILENCE else measures.get("next_post_due")
    development, step = verdict.development, next(iter(verdict.steps), None)
    previous = development.previous if development else None
    was = previous.grade if previous else None
    is_felt = delta is not None and abs(delta) >= FELT
    silent = measures.get("days_since_last_post")
    return {
        "number": place,
        "name": verdict.name,
        "owner": owner,
        "groups": ", ".join(groups),
        "words": " ".join((verdict.name, owner, *groups, *tags, words[section])).lower(),
        "status": words[f"is_{section}"],
        "section": section,
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "score": verdict.score,
        "score_said": points_of(verdict),
        "silent": silent,
        "silent_said": "–"
        if silent is None
        else words["days"].format(days=write_count(silent, language)),
        "change": signed(delta, language) or "–",
        "change_value": delta,
        "change_colour": colour_of_change(delta) if is_felt else "none",
        "change_why": say(development.said[0], language).partition(": ")[2]
        if is_felt and development and development.said else "",
        "grades": f"{was} → {verdict.grade or '–'}" if was and was != verdict.grade else "",
        "course": sparkline(development.course) if development else None,
        "due": due or "",
        "due_said": write_date(date.fromisoformat(due), language, short=True) if due else "–",
        "is_over": bool(due) and str(due) < verdict.day(report).isoformat(),
        "step": say(step.text, language) if step else "",
        "effect": step_effect(verdict, step, language) if step else "",
    }  # fmt: skip


def _silence(verdict: Verdict) -> int:
    """The days since the last post, 0 if they are not known."""
    return verdict.measures_of("frequency").get("days_since_last_post") or 0


def _group(group: Group, language: str) -> dict[str, Any]:
    return {
        "name": group.name,
        "blogs": group.blogs,
        "mean": "–" if group.mean is None else number(group.mean, language),
        "width": group.mean or 0,
        "colour": colour_of_score(group.mean),
    }


#: The causes of which each has a title.
_NAMED = ("planned", "review")


def _due(due: Sequence[Due], today: date, language: str) -> list[dict[str, Any]]:
    """Return what is due by its cause: overdue posts, posts due soon, and the rest."""
    words = labels("portfolio", language)
    causes: dict[str, list[Due]] = {}
    for one in due:
        over = one.kind == "due" and one.is_over(today)
        causes.setdefault("overdue" if over else one.kind, []).append(one)
    return [
        {
            "name": words[f"due_{cause}"].format(count=len(own)),
            "is_over": cause == "overdue",
            "rows": [
                {"day": write_date(one.day, language), "iso": one.day.isoformat(),
                 "blog": one.blog, "text": say(one.text, language) if cause in _NAMED else ""}
                for one in own
            ],
        }
        for cause, own in causes.items()
    ]  # fmt: skip


def _blog(verdict: Verdict, place: int, report: Report, language: str) -> dict[str, Any]:
    words = labels("portfolio", language)
    count = sum(verdict.counts.get(kind, 0) for kind in SEVERITIES)
    return {
        "number": place,
        "name": verdict.name,
        "home": web(verdict.home),
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "grade": grade(verdict, language),
        "summary": summary(verdict, language) if verdict.score is not None else "",
        "steps": [
            {"text": say(step.text, language), "effect": step_effect(verdict, step, language)}
            for step in verdict.steps
        ],
        "read": read(verdict, language),
        "deadline": deadline(verdict, verdict.day(report), language),
        "changed": changed(verdict, language),
        "reasons": [
            {
                "name": labels("reasons", language)[name],
                "points": "–" if reason.score is None else f"{reason.score:.0f}",
                "score": reason.score,
                "colour": colour_of_score(reason.score),
                "line": headline(name, reason, verdict, language),
            }
            for name, reason in verdict.reasons.items()
        ],
        "findings": [view(finding, language) for finding in verdict.findings[:FINDINGS]],
        "findings_said": words["one_finding" if count == 1 else "all_findings"].format(count=count)
        if count
        else "",
        "notes": [say(note, language) for note in verdict.notes],
    }
