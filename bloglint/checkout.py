"""Where the checkout of a repository begins."""

from __future__ import annotations

from pathlib import Path


def root_of(place: Path) -> Path | None:
    """The root of the repository of Git that a folder lies in; None where it lies in none."""
    inner = place.resolve()
    return next((one for one in (inner, *inner.parents) if (one / ".git").exists()), None)
