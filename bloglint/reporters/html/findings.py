"""Findings as shown on the page: by rule, with their evidence, press releases side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bloglint.languages import labels
from bloglint.model import SEVERITIES, Finding, say, write_date


def by_rule(findings: Sequence[Finding], language: str) -> list[dict[str, Any]]:
    """Return the findings of one reason by rule, worst first, each as a first one and others."""
    rules: dict[str, list[Finding]] = {}
    for one in findings:
        rules.setdefault(one.rule, []).append(one)
    ordered = sorted(
        rules.items(), key=lambda r: (-max(SEVERITIES.index(f.severity) for f in r[1]), -len(r[1]))
    )
    return [
        {
            "rule": rule,
            "count": len(own),
            "first": view(own[0], language),
            "others": [view(one, language) for one in own[1:]],
        }
        for rule, own in ordered
    ]


def view(finding: Finding, language: str) -> dict[str, Any]:
    """Return one finding with everything a reader needs to believe it."""
    where = finding.path or ""
    if where and finding.place:
        where += f":{finding.place}"
    quote = None if finding.exhibit else finding.passage
    return {
        "severity": finding.severity,
        "change": finding.change,
        "kind": labels("severities", language)[finding.severity],
        "rule": finding.rule,
        "title": finding.title or "",
        "link": web(finding.url),
        "where": where,
        "message": say(finding.message, language),
        "advice": say(finding.advice, language),
        "titles": finding.evidence.get("titles", ()),
        "quote": " ".join(quote.split()) if quote else None,
        "sides": _sides(finding, language),
    }


def _sides(finding: Finding, language: str) -> dict[str, Any] | None:
    if finding.exhibit is None:
        return None
    words, evidence = labels("page_findings", language), finding.evidence
    count, percent = len(evidence["passages"]), round((finding.value or 0.0) * 100)
    form = words["one" if count == 1 else "passages"]
    days, day = evidence.get("days_between"), evidence.get("published")
    when = _when(day, days, language) if day else ""
    used = words["used"].format(percent=round(evidence["used"] * 100))
    return {
        "post": finding.exhibit.post,
        "original": finding.exhibit.original,
        "post_said": form.format(count=count, percent=percent),
        "title": evidence["title"] or words["none"],
        "link": web(evidence["url"]),
        "original_said": f"{when}; {used}" if when else used,
        "further": ", ".join(one["title"] or words["none"] for one in evidence["further"]),
    }


def _when(day: str, days: int | None, language: str) -> str:
    written = write_date(date.fromisoformat(day), language)
    if not days or days < 0:
        return written
    return labels("page_findings", language)["day" if days == 1 else "days"].format(
        day=written, days=days
    )


def web(url: str | None) -> str | None:
    """Return an address if it is safe behind a link: others could be scripts."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
