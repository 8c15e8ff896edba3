"""What a blogging platform hands out as a backup of a blog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bloglint.model import Blog


def export_reader(path: Path, start: bytes) -> Callable[[Path, str], Blog] | None:
    """What reads the export at ``path``, whose first bytes are ``start``; None if it is none."""
    return None
