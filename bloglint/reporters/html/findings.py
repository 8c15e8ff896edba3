"""Findings as shown on the page, those of one rule and post together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bloglint.languages import labels
from bloglint.lazy import lazy
from bloglint.model import Finding, say
from bloglint.reporters.groups import Group, grouped, others_said
from bloglint.reporters.html.evidence import sides
from bloglint.reporters.html.links import web

#: The first clause of a message, if it is long enough to stand alone and more follows.
_CLAIM = lazy(r"(.{12,160}?(?:[:.](?=\s)|(?= \()))(?=.{12})")


def views(findings: Sequence[Finding], language: str) -> list[dict[str, Any]]:
    """Return findings grouped by rule and post, in their order."""
    return [group_view(group, language) for group in grouped(findings)]


def group_view(group: Group, language: str) -> dict[str, Any]:
    """Return the findings of one rule in one post: the first, and where the others are."""
    return {**view(group.first, language), "others": others_said(group, language).strip(" ;")}


def view(finding: Finding, language: str) -> dict[str, Any]:
    """Return one finding with everything a reader needs to believe it."""
    where = finding.path or ""
    if where and finding.place:
        where += f":{finding.place}"
    message = say(finding.message, language)
    claim, rest = _parts(message)
    quote = " ".join((finding.passage or "").split()) if not finding.exhibit else ""
    return {
        "severity": finding.severity,
        "change": finding.change,
        "kind": labels("severities", language)[finding.severity],
        "rule": finding.rule,
        "title": finding.title or "",
        "link": web(finding.url),
        "where": where,
        "claim": claim,
        "rest": rest,
        "advice": say(finding.advice, language),
        "titles": finding.evidence.get("titles", ()),
        "quote": "" if quote in message else quote,
        "sides": sides(finding, language),
    }


def _parts(message: str) -> tuple[str, str]:
    """Split a message into its claim and what supports it, at a colon, bracket or full stop."""
    end = _CLAIM.match(message)
    return (end[1], message[end.end(1) :].strip()) if end else (message, "")
