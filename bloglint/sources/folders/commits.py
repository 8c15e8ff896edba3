"""Dates of first commits: the last resort for dating a post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bloglint.paths import root_of

_SECONDS = 60


#: A commit that adds so many posts imports them: it says nothing of when they came out.
IMPORT = 5


def first_commits(folder: Path, paths: Sequence[str]) -> dict[str | None, datetime]:
    """The dates of the commits that added each of ``paths``, if ``folder`` is in a Git checkout.

    Paths unknown to Git, and those that were imported together, are missing from the result, which
    is empty if Git fails or takes longer than 60 seconds.
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
    commit_of: dict[str, int] = {}
    days: list[str] = []
    for commit in history.split("\x01")[1:]:  # newest first: the earliest wins
        day, *names = commit.replace("\n", "\0").split("\0")
        for name in names:
            path = by_path.get(Path(top, name)) if name else None
            if path is not None:
                commit_of[path] = len(days)
        days.append(day)
    added = Counter(commit_of.values())
    return {path: datetime.fromisoformat(days[commit])
            for path, commit in commit_of.items() if added[commit] < IMPORT}  # fmt: skip


def _git(call: list[str]) -> str:
    import subprocess

    done = subprocess.run(
        call, capture_output=True, text=True, errors="surrogateescape", check=True, timeout=_SECONDS
    )
    return done.stdout
