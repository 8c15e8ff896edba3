"""The findings as a GitLab Code Quality report, a subset of the Code Climate format."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bloglint.model import Report, Severity, say
from bloglint.reporters.fingerprints import with_fingerprints
from bloglint.reporters.json import dumps
from bloglint.reporters.paths import path_of, place_of

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def write_gitlab(report: Report, language: str) -> str:
    """Return one list of every blog's findings; those without a line are placed on line 1."""
    found: list[dict[str, Any]] = [
        {
            "description": f"{say(finding.message, language)} {say(finding.advice, language)}",
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": path_of(finding, verdict, from_repository=True),
                "lines": {"begin": finding.line or 1, "end": finding.end_line or 1},
            },
        }
        for verdict in report.blogs
        for finding, fingerprint in with_fingerprints(verdict, verdict.findings)
    ]
    for failure in report.errors:
        path, line, _ = place_of(failure)
        said = f"{say(failure.message, language)}. {say(failure.advice, language)}"
        found.append(
            {
                "description": said,
                "check_name": "unreadable",
                "fingerprint": sha256(f"unreadable {path}".encode("utf-8", "replace")).hexdigest(),
                "severity": "critical",
                "location": {"path": path, "lines": {"begin": line, "end": line}},
            }
        )
    return dumps(found)
