"""When files were first committed: the last resort for the date of a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bloglint.paths import root_of

_SECONDS = 60


def first_commits(folder: Path, paths: Sequence[str]) -> dict[str | None, datetime]:
    """The moments at which Git first saw each of ``paths``, where ``folder`` is a checkout."""
    if not paths or root_of(folder) is None:
        return {}
    import subprocess  # seldom needed, and it takes its time

    wanted = {Path(path).resolve(): path for path in paths}
    call = ["git", "-C", str(folder), "-c", "core.quotePath=false", "log", "--diff-filter=A",
            "--name-only", "--no-renames", "--format=%x01%aI", "-z", "--", "."]  # fmt: skip
    try:
        top = _git(["git", "-C", str(folder), "rev-parse", "--show-toplevel"]).strip()
        history = _git(call)
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str | None, datetime] = {}
    for commit in history.split("\x01")[1:]:  # newest first, so that the first commit stays
        day, *names = commit.replace("\n", "\0").split("\0")
        for name in names:
            path = wanted.get(Path(top, name)) if name else None
            if path is not None:
                found[path] = datetime.fromisoformat(day)
    return found


def _git(call: list[str]) -> str:
    import subprocess

    done = subprocess.run(
        call, capture_output=True, text=True, errors="surrogateescape", check=True, timeout=_SECONDS
    )
    return done.stdout
