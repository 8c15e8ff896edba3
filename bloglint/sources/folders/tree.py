"""The files of a site beside its posts, as far as links may lead to them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bloglint.digests import digest
from bloglint.sources.folders.site import site_of

#: Folders that hold no source of the site, and the most files that are looked at.
_SKIPPED = frozenset({"node_modules", "venv", "__pycache__", "resources"})
_MOST = 50_000


@dataclass(frozen=True)
class Tree:
    """The names of a site's files.

    Attributes:
        names: the names of all files, in lower case.
        digest: a hash of their paths from the site's root.
    """

    names: frozenset[str]
    digest: bytes


def tree_of(source: str) -> Tree | None:
    """Return the files of the site that a folder belongs to; None if that cannot be told.

    Of a site with very many files, nothing is said.
    """
    folder = Path(source)
    if not folder.is_dir():
        return None
    root = site_of(folder).root or folder.resolve()
    places: list[str] = []
    for here, folders, names in os.walk(root):
        folders[:] = sorted(
            n for n in folders if not n.startswith((".", "_site")) and n not in _SKIPPED
        )
        prefix = Path(here).relative_to(root).as_posix()
        start = "" if prefix == "." else f"{prefix}/"
        places += (f"{start}{name}".lower() for name in names)
        if len(places) > _MOST:
            return None
    places.sort()
    joined = "\n".join(places).encode("utf-8", "surrogateescape")
    return Tree(frozenset(place.rsplit("/", 1)[-1] for place in places), digest(joined))
