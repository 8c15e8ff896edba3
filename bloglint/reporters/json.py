"""The report as one JSON object, in a documented format for machines."""

from __future__ import annotations

import json
from typing import Any

from bloglint import __version__
from bloglint.model import (
    BlogEntry,
    Development,
    Effect,
    Finding,
    PostVerdict,
    Report,
    Verdict,
    say,
)
from bloglint.model.plan import Plan
from bloglint.reporters.printable import OBEYED

SCHEMA = 1
#: Who wrote a JSON of ours.
TOOL = {"name": "bloglint", "version": __version__}


def to_dict(report: Report, language: str = "en") -> dict[str, Any]:
    """Return the report under the names used in JSON; moments are ISO 8601 with their zone."""
    return {
        "tool": TOOL,
        "schema": SCHEMA,
        "as_of": report.as_of.isoformat(),
        "blogs": [_blog(verdict, language) for verdict in report.blogs],
        "errors": [
            {
                "source": e.source,
                "message": say(e.message, language),
                "advice": say(e.advice, language),
            }
            for e in report.errors
        ],
    }


def write_json(report: Report, language: str = "en") -> str:
    """Return the report as JSON text."""
    return dumps(to_dict(report, language))


def dumps(value: object) -> str:
    """Return ``value`` as JSON, with every character that a terminal would obey escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def plan_told(plan: Plan, language: str) -> dict[str, Any]:
    """Return a plan as an object: where the blog stands, what to do by when, what it brings."""
    return {
        "until": plan.until.isoformat(),
        "score": plan.score,
        "grade": plan.grade,
        "goal": plan.goal,
        "idle": {"score": plan.idle[0], "grade": plan.idle[1]},
        "after": {"score": plan.after[0], "grade": plan.after[1]},
        "reached": plan.is_reached,
        "steps": [
            {
                "day": step.day.isoformat(),
                "kind": step.kind,
                "text": say(step.text, language),
                "author": step.author,
                "post": step.post,
                "subject": step.subject,
            }
            for step in plan.steps
        ],
    }


def _blog(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "source": verdict.source,
        "title": verdict.title,
        "languages": list(verdict.languages),
        "posts_judged": verdict.posts_judged,
        "posts_read": verdict.posts_read,
        "posts_with_text": verdict.posts_with_text,
        "score": verdict.score,
        "grade": verdict.grade,
        "provisional": verdict.provisional,
        "state": verdict.state,
        "steps": [
            {
                "kind": step.kind,
                "text": say(step.text, language),
                "after": step.after,
                "posts": list(step.posts),
            }
            for step in verdict.steps
        ],
        "plan": plan_told(verdict.plan, language) if verdict.plan else None,
        "releases_read": verdict.releases,
        "ungraded": say(verdict.ungraded, language) if verdict.ungraded else None,
        "reasons": {
            name: {
                "score": reason.score,
                "weight": reason.weight,
                "measures": dict(reason.measures),
                "note": say(reason.note, language) if reason.note else None,
                "losses": [
                    {"rule": loss.rule, "points": round(loss.points, 2), "value": loss.value}
                    for loss in reason.losses
                ],
            }
            for name, reason in verdict.reasons.items()
        },
        "findings": [_finding(one, language) for one in (*verdict.findings, *_fixed(verdict))],
        "posts": [_post(post) for post in verdict.posts],
        "left_out": dict(verdict.left_out),
        "suppressed": verdict.suppressed,
        "suppressed_findings": [
            {**_finding(finding, language), "suppressed": finding.suppressed}
            for finding in verdict.suppressed_findings
        ],
        "known": len(verdict.known),
        "fixed": verdict.fixed,
        "effect": _effect(verdict.effect, language) if verdict.effect else None,
        "notes": [say(note, language) for note in verdict.notes],
        "planned": [
            {
                "id": one.id,
                "title": one.title,
                "day": one.day.isoformat() if one.day else None,
                "url": one.url,
                "path": one.path,
            }
            for one in verdict.planned
        ],
        **(_listing(verdict.listing) if verdict.listing else {}),
        **(_development(verdict.development, language) if verdict.development else {}),
    }


def _fixed(verdict: Verdict) -> tuple[Finding, ...]:
    return verdict.development.fixed if verdict.development else ()


def _listing(listing: BlogEntry) -> dict[str, Any]:
    return {
        "listing": {
            "source": listing.source,
            "name": listing.name,
            "owner": listing.owner,
            "groups": list(listing.groups),
            "tags": list(listing.tags),
        }
    }


def _development(one: Development, language: str) -> dict[str, Any]:
    previous = one.previous
    return {
        "previous": {
            "as_of": previous.as_of.isoformat(),
            "score": previous.score,
            "grade": previous.grade,
        }
        if previous
        else None,
        "changes": {
            "why": [say(text, language) for text in one.said],
            "reasons": {
                name: {"before": before, "after": after}
                for name, (before, after) in one.reasons.items()
            },
            "posts_since": list(one.posts),
            "lapsed": len(one.lapsed),
            "returned": len(one.returned),
            "posts_removed": list(one.removed),
            "course": [{"day": day.isoformat(), "score": score} for day, score in one.course],
        },
    }


def _effect(effect: Effect, language: str) -> dict[str, Any]:
    before, after = effect.before, effect.after
    return {
        "context": effect.context,
        "posts": list(effect.posts),
        "removed": list(effect.removed),
        "before": {"score": before[0], "grade": before[1]},
        "after": {"score": after[0], "grade": after[1]},
        "reasons": {
            name: {"before": was, "after": now} for name, (was, now) in effect.reasons.items()
        },
        "said": [say(text, language) for text in effect.said],
        "mended": [_finding(finding, language) for finding in effect.mended],
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "reason": finding.reason,
        "severity": finding.severity,
        "post": finding.post,
        "title": finding.title,
        "url": finding.url,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "quote": finding.quote,
        "passage": finding.passage,
        "value": finding.value,
        "limit": finding.limit,
        "cost": finding.cost,
        "message": say(finding.message, language),
        "brief": say(finding.brief, language) if finding.brief else None,
        "advice": say(finding.advice, language),
        "evidence": dict(finding.evidence),
        **({"change": finding.change} if finding.change else {}),
    }


def _post(post: PostVerdict) -> dict[str, Any]:
    return {
        "id": post.id,
        "title": post.title,
        "url": post.url,
        "path": post.path,
        "published": post.published.isoformat() if post.published else None,
        "authors": list(post.authors),
        "language": post.language,
        "words": post.words,
        "complete": post.complete,
        "measures": dict(post.measures),
    }
