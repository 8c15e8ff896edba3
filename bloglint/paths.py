"""Well-known locations: the cache folder, a configuration, the root of a repository."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IWOTH


def root_of(place: Path) -> Path | None:
    """Return the root of the Git repository containing ``place``; None if there is none."""
    inner = place.resolve()
    return next((one for one in (inner, *inner.parents) if (one / ".git").exists()), None)


def is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def is_open_to_others(folder: Path) -> bool:
    """Whether other users may write into a folder, or it is theirs: they could put anything there.

    Where the system knows no such rights, they cannot.
    """
    if os.name != "posix":
        return False
    try:
        found = folder.stat()
    except OSError:
        return False
    return bool(found.st_mode & S_IWOTH) or found.st_uid not in (os.getuid(), 0)


def cache_folder() -> Path:
    """Return the platform's cache folder, or the one named by ``BLOGLINT_CACHE``."""
    from platformdirs import user_cache_path

    named = os.environ.get("BLOGLINT_CACHE")
    return Path(named) if named else user_cache_path("bloglint")


def place_of(source: str | None) -> Path:
    """Return the folder where the search for a source's configuration starts."""
    path = Path(source) if source and "://" not in source and source != "-" else Path()
    return path if path.is_dir() else path.parent
