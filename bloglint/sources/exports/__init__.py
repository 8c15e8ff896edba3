"""Exports of blogs from blogging platforms, one module per format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from pathlib import Path

from bloglint.model import Blog, SourceError, translate
from bloglint.sources.json import looks_like_json

#: What tells a backup of Blogger from any other Atom feed.
_BLOGGER = (
    b"schemas.google.com/blogger/2018", b"schemas.google.com/g/2005#kind", b"<blogger:",
)  # fmt: skip
Reader = Callable[[Path, str], Blog]


def export_reader(path: Path, start: bytes, most: float = inf) -> Reader | None:
    """The reader for the export at ``path``, or None if the file is not an export.

    ``start`` are the first bytes of the file, ``most`` the most that are unpacked of an archive.

    Raises:
        SourceError: the file is a corrupt archive, or not an archive of a known platform.
    """
    if start.startswith(b"PK\x03\x04"):
        return _of_zip(path, most)
    start = start.replace(b"\0", b"")  # of UTF-16
    is_blogger = any(mark in start for mark in _BLOGGER)
    if b"//wordpress.org/export/" in start or (b"<wp:" in start and not is_blogger):
        from bloglint.sources.exports.wordpress import read_wordpress

        return read_wordpress
    if path.suffix.lower() == ".json" or looks_like_json(start):
        from bloglint.sources.exports.ghost import is_ghost, read_ghost

        if is_ghost(path):
            return read_ghost
    if is_blogger:
        from bloglint.sources.exports.blogger import read_blogger

        return read_blogger
    return None


def _of_zip(path: Path, most: float) -> Reader:
    from zipfile import BadZipFile, ZipFile

    from bloglint.sources.exports.medium import read_medium
    from bloglint.sources.exports.substack import read_substack

    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError) as error:
        raise SourceError(
            translate("the archive is broken ({error})", error=error),
            translate("Export it again."),
            str(path),
        ) from None
    if any(name.rpartition("/")[2] == "posts.csv" for name in names):
        return partial(read_substack, most=most)
    if any("posts/" in name and name.endswith(".html") for name in names):
        return partial(read_medium, most=most)
    raise SourceError(
        translate("this archive is no export of Medium or Substack"),
        translate("Unpack it and name the folder."),
        str(path),
    )
