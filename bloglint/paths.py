"""Where things lie: the cache folder, a configuration, the root of a repository."""

from __future__ import annotations

import os
from pathlib import Path


def root_of(place: Path) -> Path | None:
    """The root of the repository of Git that a folder lies in; None where it lies in none."""
    inner = place.resolve()
    return next((one for one in (inner, *inner.parents) if (one / ".git").exists()), None)


def is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def cache_folder() -> Path:
    """Where this platform keeps what can be made anew; ``BLOGLINT_CACHE`` names another folder."""
    from platformdirs import user_cache_path

    named = os.environ.get("BLOGLINT_CACHE")
    return Path(named) if named else user_cache_path("bloglint")


def place_of(source: str | None) -> Path:
    """The folder from which a configuration is looked for."""
    path = Path(source) if source and "://" not in source and source != "-" else Path()
    return path if path.is_dir() else path.parent
