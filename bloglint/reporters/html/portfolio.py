"""Many blogs as shown on the page: figures, a ranked table, groups, and the worst explained."""

from __future__ import annotations

from typing import Any

from bloglint.languages import labels
from bloglint.model import REASONS, SEVERITIES, Report, Verdict, say, write_date
from bloglint.reporters.due import all_due
from bloglint.reporters.html.colours import colour_of_change, colour_of_grade, colour_of_score
from bloglint.reporters.html.findings import view, web
from bloglint.reporters.overview import FELT, FINDINGS, Group, change_of, overview, why_worst
from bloglint.reporters.words import (
    changed,
    deadline,
    grade,
    headline,
    next_step,
    number,
    read,
    signed,
)

WEIGHED = REASONS[:5]


def portfolio_view(report: Report, language: str) -> dict[str, Any]:
    """Return everything the page says about a portfolio."""
    seen, today = overview(report), report.as_of.date()
    place = {id(one): n for n, one in enumerate(seen.blogs, 1)}
    changes = [change_of(blog) or 0.0 for blog in seen.blogs]
    due = [one for one in all_due(report) if one.is_near(today)]
    return {
        "figures": {
            "blogs": len(seen.blogs),
            "median": "–" if seen.median is None else number(seen.median, language),
            "dead": sum(_is_dead(blog, report) for blog in seen.blogs),
            "worse": sum(change <= -FELT for change in changes),
            "better": sum(change >= FELT for change in changes),
        },
        "reasons": [labels('reasons', language)[name] for name in WEIGHED],
        "rows": [
            _row(blog, place[id(blog)], seen.against(blog), language) for blog in seen.blogs
        ],
        "groups": [_group(group, language) for group in seen.groups],
        "worst": [
            _worst(one, place[id(one)], language)
            for one in seen.worst
        ],
        "due": [
            {
                "day": write_date(one.day, language),
                "iso": one.day.isoformat(),
                "blog": one.blog,
                "text": say(one.text, language),
                "is_over": one.is_over(today),
            }
            for one in due
        ],
        "blogs": [
            _blog(blog, place[id(blog)], report, language) for blog in seen.blogs
        ],
    }  # fmt: skip


def _row(verdict: Verdict, place: int, against: float | None, language: str) -> dict[str, Any]:
    listing = verdict.listing
    delta = change_of(verdict)
    last = verdict.posted[-1] if verdict.posted else verdict.last
    groups, tags = (listing.groups, listing.tags) if listing else ((), ())
    return {
        "number": place,
        "name": verdict.name,
        "owner": listing.owner if listing else "",
        "groups": ", ".join(groups),
        "words": " ".join((verdict.name, listing.owner if listing else "", *groups, *tags)).lower(),
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "score": verdict.score,
        "score_said": "–" if verdict.score is None else number(verdict.score, language),
        "change": signed(delta, language) or "–",
        "change_value": delta,
        "change_colour": colour_of_change(delta),
        "against": signed(against, language) or "–",
        "against_value": against,
        "reasons": [
            {
                "score": reason.score if reason else None,
                "said": "–" if not reason or reason.score is None else f"{reason.score:.0f}",
                "colour": colour_of_score(reason.score if reason else None),
            }
            for reason in (verdict.reasons.get(name) for name in WEIGHED)
        ],
        "last": last.isoformat() if last else "",
        "last_said": write_date(last, language) if last else "–",
    }


def _group(group: Group, language: str) -> dict[str, Any]:
    return {
        "name": group.name,
        "blogs": group.blogs,
        "mean": "–" if group.mean is None else number(group.mean, language),
        "width": group.mean or 0,
        "colour": colour_of_score(group.mean),
    }


def _worst(verdict: Verdict, place: int, language: str) -> dict[str, Any]:
    words, step = labels("page", language), next_step(verdict)
    return {
        "number": place,
        "name": verdict.name,
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "grade": grade(verdict, language),
        "changed": changed(verdict, language)[:1],
        "causes": [
            {
                "reason": labels("reasons", language)[name],
                "points": words["costs"].format(points=number(points, language)),
                "line": headline(name, verdict.reasons[name], verdict, language),
            }
            for name, points in why_worst(verdict)[:3]
        ],
        "advice": say(step[2].advice, language) if step else "",
    }


def _blog(verdict: Verdict, place: int, report: Report, language: str) -> dict[str, Any]:
    words = labels("page", language)
    listing = verdict.listing
    count = sum(verdict.counts.get(kind, 0) for kind in SEVERITIES)
    source = listing.source if listing else verdict.source
    return {
        "number": place,
        "name": verdict.name,
        "home": web(verdict.home),
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "grade": grade(verdict, language),
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
        "findings_said": words["all_findings"].format(count=count) if count else "",
        "whole": words["whole"].format(source=source) if count > FINDINGS else "",
        "notes": [say(note, language) for note in verdict.notes],
    }


def _is_dead(verdict: Verdict, report: Report) -> bool:
    frequency = verdict.reasons.get("frequency")
    dead = frequency.measures.get("dead_on") if frequency else None
    return bool(dead) and str(dead) <= verdict.day(report).isoformat()
