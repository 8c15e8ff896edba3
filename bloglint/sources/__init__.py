"""What a blog can be read from: one module per thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from bloglint.model import Blog, Post, SourceError, SourceFailure
from bloglint.sources.published import published_by

__all__ = ["published_by", "read_blog", "read_press"]


def read_blog(source: str, *, zone: tzinfo = UTC, stdin: BinaryIO | None = None) -> Blog:
    """The blog at ``source``: a folder, a post's file, a feed's file or address, or ``-``.

    All its posts, whenever they were or will be published; `published_by` draws the line. Dates
    without a zone count as ``zone``'s.

    Raises:
        SourceError: nothing could be read; says what, where and what to do.
    """
    if source == "-":
        if stdin is None:
            raise SourceError("nothing is connected to standard input", "Name a source.", "-")
        from bloglint.sources.feed import read_feed

        return read_feed(stdin.read(), "-")
    if "://" in source:
        from bloglint.sources.feed import read_feed
        from bloglint.sources.web import fetch

        answer = fetch(source)
        return read_feed(answer.content, source, headers=answer.headers)
    path = Path(source)
    try:
        if path.is_dir():
            from bloglint.sources.folder import read_folder

            return read_folder(path, zone=zone)
        content = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("there is no such file or folder", "Check the path.", source) from None
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", "Check it.", source) from None
    from bloglint.sources.folder import POST_SUFFIXES, read_single

    if path.suffix.lower() in POST_SUFFIXES and not _is_feed(content):
        return read_single(path, zone=zone)
    from bloglint.sources.feed import read_feed

    return read_feed(content, source)


def read_press(
    sources: Iterable[str], *, as_of: datetime
) -> tuple[list[Post], list[SourceFailure]]:
    """The press releases at ``sources`` (feeds, folders, files), and what could not be read."""
    releases: dict[tuple[str, str], Post] = {}
    failures: list[SourceFailure] = []
    for source in sources:
        try:
            blog = published_by(read_blog(source, zone=as_of.tzinfo or UTC), as_of)
        except SourceError as error:
            failures.append(SourceFailure(source, error.message, error.advice))
            continue
        for post in (*blog.posts, *blog.undated):
            for one in (post, *post.translations):
                releases.setdefault((source, one.id), one)
    return list(releases.values()), failures


def _is_feed(content: bytes) -> bool:
    """Whether a file with a page's name holds a feed all the same."""
    return any(mark in content[:1000] for mark in (b"<rss", b"<feed", b"<rdf:RDF"))
