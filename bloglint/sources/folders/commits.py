"""Dates of first commits: the last resort for dating a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bloglint.paths import root_of

_SECONDS = 60


def first_commits(folder: Path, paths: Sequence[str]) -> dict[str | None, datetime]:
    """The dates of the commits that added each of ``paths``, if ``folder`` is in a Git checkout.

    Paths unknown to Git are missing from the result, which is empty if Git fails or takes longer
    than 60 seconds.
    """
    if not paths or root_of(folder) is None:
        return {}
    import subprocess  # slow to import and seldom needed

    by_path = {Path(path).resolve(): path for path in paths}
    call = ["git", "-C", str(folder), "-c", "core.quotePath=false", "log", "--diff-filter=A",
            "--name-only", "--no-renames", "--format=%x01%aI", "-z", "--", "."]  # fmt: skip
    try:
        top = _git(["git", "-C", str(folder), "rev-parse", "--show-toplevel"]).strip()
        history = _git(call)
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str | None, datetime] = {}
    for commit in history.split("\x01")[1:]:  # newest first: the earliest wins
        day, *names = commit.replace("\n", "\0").split("\0")
        for name in names:
            path = by_path.get(Path(top, name)) if name else None
            if path is not None:
                found[path] = datetime.fromisoformat(day)
    return found


def _git(call: list[str]) -> str:
    import subprocess

    done = subprocess.run(
        call, capture_output=True, text=True, errors="surrogateescape", check=True, timeout=_SECONDS
    )
    return done.stdout
