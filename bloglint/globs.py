"""Patterns of files in a configuration: ``drafts/**``, ``*-links.md``, ``archive/``."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path


def absolute(path: Path) -> Path:
    """Return a path from the root without ``..``; links are not followed."""
    return Path(os.path.normpath(path.absolute()))


def matches(path: str | Path, patterns: tuple[str, ...]) -> bool:
    """Whether a file fits one of the patterns, or lies in a folder that does.

    ``*`` stands for any characters of one name, ``**`` for any folders. A pattern without a slash
    is that of a name in any folder; others are those of whole paths.
    """
    place = absolute(Path(path)).as_posix()
    return any(_expression(one).search(place) for one in patterns)


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/?|\*|\?)", pattern.rstrip("/"))
    said = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(said.get(part, re.escape(part)) for part in parts)
    start = "^" if "/" in pattern.rstrip("/") else "/"
    return re.compile(f"{start}{body}(?:/|$)")
