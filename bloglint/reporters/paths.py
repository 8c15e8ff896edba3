"""Where a finding stands, as tools that annotate files want it."""

from __future__ import annotations

import os
from pathlib import Path

from bloglint.model import Finding, Verdict


def path_of(finding: Finding, verdict: Verdict) -> str:
    """The file of a finding from the working directory, with ``/``; the blog's own for others."""
    named = finding.path or (verdict.source if "://" not in verdict.source else "")
    if not named or named == "-":
        return finding.url or verdict.source
    try:
        near = os.path.relpath(named)
    except ValueError:  # another drive
        near = named
    return Path(named if near.startswith("..") else near).as_posix()
