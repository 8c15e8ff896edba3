"""The findings as SARIF 2.1.0 (OASIS), for code scanning and editors."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bloglint import __version__
from bloglint.languages import labels
from bloglint.model import (
    Finding,
    Report,
    Severity,
    SourceFailure,
    Verdict,
    say,
)
from bloglint.reporters.fingerprints import with_fingerprints
from bloglint.reporters.json import dumps
from bloglint.reporters.paths import path_of
from bloglint.rules import address_of

if TYPE_CHECKING:
    from bloglint.rules import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def write_sarif(report: Report, language: str, rules: Mapping[str, Rule]) -> str:
    """Return one run with every blog's findings, suppressed and known ones marked as such."""
    described = [_rule(rule, language) for rule in rules.values()]
    described += [
        {"id": name, "shortDescription": {"text": words}}
        for name, words in labels("suppressions", language).items()
    ]
    index = {rule["id"]: n for n, rule in enumerate(described)}
    results = []
    for verdict in report.blogs:
        every = (*verdict.findings, *verdict.suppressed_findings, *verdict.known)
        known = {id(finding) for finding in verdict.known}
        for finding, fingerprint in with_fingerprints(verdict, every):
            result = _result(finding, verdict, fingerprint, language)
            result["ruleIndex"] = index.get(finding.rule, -1)
            if finding.suppressed is not None:
                result["suppressions"] = [_in_source(finding.suppressed)]
            elif id(finding) in known:
                result["suppressions"] = [{"kind": "external"}]
            results.append(result)
    driver = {
        "name": "bloglint",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": described,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": [_unread(error, language) for error in report.errors],
            }
        ],
        "results": results,
        "properties": {
            "blogs": [
                {"source": v.source, "score": v.score, "grade": v.grade} for v in report.blogs
            ]
        },
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    severities = rule.severity.values() if isinstance(rule.severity, dict) else (rule.severity,)
    worst = next(one for one in _LEVELS if one in severities)
    why, source = say(rule.why, language), say(rule.source, language)
    address = address_of(rule.id, language)
    return {
        "id": rule.id,
        **({"helpUri": address} if address else {}),
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": _plain(say(rule.title, language))},
        "fullDescription": {"text": _plain(why)},
        "help": {"text": _plain(f"{why}\n\n{source}")},
        "defaultConfiguration": {"level": _LEVELS[worst]},
        "properties": {"tags": [rule.reason]},
    }


def _result(finding: Finding, verdict: Verdict, fingerprint: str, language: str) -> dict[str, Any]:
    message, advice = say(finding.message, language), say(finding.advice, language)
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(f"{message} {advice}")},
        "locations": [_location(finding, verdict)],
        "partialFingerprints": {"bloglint/v1": fingerprint},
        "properties": {"value": finding.value, "limit": finding.limit},
    }


def _location(finding: Finding, verdict: Verdict) -> dict[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": _uri(path_of(finding, verdict, from_repository=True))}
    }
    if place:
        region = {"startLine": place.line, "endLine": place.end_line}
        if place.column is not None and place.end_column is not None:
            region |= {"startColumn": place.column, "endColumn": place.end_column}
        physical["region"] = region
        if finding.quote:
            region["snippet"] = {"text": finding.quote}  # type: ignore[assignment]
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.title:
        location["logicalLocations"] = [{"name": finding.title, "kind": "member"}]
    return location


def _uri(path: str) -> str:
    """A path as a relative URI; an address unchanged."""
    return path if "://" in path else quote(os.fsencode(path))


def _in_source(reason: str) -> dict[str, str]:
    return {"kind": "inSource", **({"justification": reason} if reason else {})}


def _unread(failure: SourceFailure, language: str) -> dict[str, Any]:
    said = f"{failure.source}: {say(failure.message, language)}. {say(failure.advice, language)}"
    return {"level": "error", "message": {"text": _plain(said)}}


def _plain(text: str) -> str:
    """``text`` without anything a viewer would take for a link.

    SARIF messages may contain links.
    """
    return text.replace("](", "] (")
