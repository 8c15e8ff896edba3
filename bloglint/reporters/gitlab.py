"""The findings as GitLab's Code Quality report: a subset of Code Climate's format."""

from __future__ import annotations

from collections.abc import Mapping

from bloglint.model import Report, Severity, say
from bloglint.reporters.fingerprints import with_fingerprints
from bloglint.reporters.json import dumps
from bloglint.reporters.paths import path_of

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def write_gitlab(report: Report, language: str) -> str:
    """One list with every blog's findings; what has no line stands in the first."""
    found = [
        {
            "description": f"{say(finding.message, language)} {say(finding.advice, language)}",
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": path_of(finding, verdict),
                "lines": {"begin": finding.line or 1, "end": finding.end_line or 1},
            },
        }
        for verdict in report.blogs
        for finding, fingerprint in with_fingerprints(verdict, verdict.findings)
    ]
    return dumps(found)
