"""What a blog can be read from: one module per thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bloglint.model import Blog, SourceError, Text
from bloglint.sources.published import published_by

if TYPE_CHECKING:
    from bloglint.sources.web import Answer

__all__ = ["fetch_feed", "published_by", "read_blog"]


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

        answer, notes = fetch_feed(source)
        blog = read_feed(answer.content, source, headers=answer.headers)
        return replace(blog, notes=(*notes, *blog.notes))
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


def fetch_feed(address: str) -> tuple[Answer, list[Text]]:
    """What the server says at an address, or at that of the first feed that a page there links.

    With it comes what has to be told: which feed was taken, and which were not.

    Raises:
        SourceError: the address cannot be fetched, or is a page that links no feed.
    """
    from bloglint.sources.web import fetch

    answer = fetch(address)
    if not is_page(answer.content):
        return answer, []
    from bloglint.sources.discover import linked_feeds

    found = linked_feeds(answer.content, answer.url)
    if not found:
        message = "this is an HTML page that links no RSS or Atom feed"
        advice = "Look for the feed's address in it (often /feed, /rss.xml or /atom.xml)."
        raise SourceError(message, advice, address)
    others = ", ".join(found[1:])
    told = Text(
        f"read the feed that the page links: {found[0]}" + (f" (not: {others})" if others else ""),
        f"gelesen wurde der Feed, den die Seite nennt: {found[0]}"
        + (f" (nicht: {others})" if others else ""),
    )
    return fetch(found[0]), [told]


def is_page(content: bytes) -> bool:
    """Whether an answer is an HTML page."""
    from bloglint.sources.feed import kind_of

    return kind_of(content) == "an HTML page" and not _is_feed(content)


def _is_feed(content: bytes) -> bool:
    """Whether a file with a page's name holds a feed all the same."""
    return any(mark in content[:1000] for mark in (b"<rss", b"<feed", b"<rdf:RDF"))
