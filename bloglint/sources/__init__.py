"""Sources that a blog can be read from, one subpackage per kind of source."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, SourceError, translate
from bloglint.sources.publication import published_by
from bloglint.sources.read_limit import ReadLimit

if TYPE_CHECKING:
    from bloglint.cache.store import Cache
    from bloglint.web import Web

__all__ = [
    "ReadContext",
    "ReadLimit",
    "is_address",
    "is_post_file",
    "published_by",
    "read_blog",
    "restored",
]


class ReadContext(msgspec.Struct, frozen=True):
    """Everything besides the source itself that reading a blog needs.

    Attributes:
        zone: the time zone of dates that name none.
        stdin: the stream behind the source ``-``.
        web: the client for web addresses; None creates a new one.
        limit: how much of a blog to read.
        on_progress: called with a description of each step.
        named: whether the user named the source, in which case its host may be private.
        cache: the cache for the front matter of posts.
    """

    zone: tzinfo = UTC
    stdin: BinaryIO | None = None
    web: Web | None = None
    limit: ReadLimit = msgspec.field(default_factory=ReadLimit)
    on_progress: Callable[[str], None] = lambda what: None
    named: bool = True
    cache: Cache | None = None


def restored(post: Post) -> Post:
    """``post`` with its text read back from its file, if it was left there.

    Raises:
        SourceError: the file is gone or has changed since.
    """
    if not post.left:
        return post
    from bloglint.sources.folders import post as files

    return files.restored(post)


def is_address(source: str) -> bool:
    """Whether a source is a web address rather than a path."""
    return "://" in source


def read_blog(source: str, reading: ReadContext | None = None) -> Blog:
    """Read the blog at ``source``: a folder, a post, feed or export file, an address or ``-``.

    The result holds all posts, past and future; use `published_by` to select those published by a
    given moment.

    Raises:
        SourceError: nothing could be read; the error says what failed, where, and what to do.
    """
    how = reading or ReadContext()
    if source == "-":
        return _of_stream(how.stdin)
    if is_address(source):
        from bloglint.sources.online.blog import read_online
        from bloglint.web import Web

        web = how.web or Web()
        return read_online(web, web.trust(source, named=how.named), how.limit, how.on_progress)
    path = Path(source)
    is_misspelt = _LOOKS_LIKE_ADDRESS.match(source) and not is_post_name(path)
    if not source.strip() or "\0" in source or (is_misspelt and not path.exists()):
        raise _no_source(source)
    if path.is_dir():
        from bloglint.sources.folders.folder import read_folder

        return read_folder(path, zone=how.zone, cache=how.cache)
    return _of_file(path, source, how)


#: A host name where a path was expected: "www.blog.example/feed", "localhost:80", "http:/blog".
_LOOKS_LIKE_ADDRESS = lazy(
    r"(?:https?:?/{0,2}|//)?(?:[^\s/@]+:[^@]*@)?((?:[\w-]+\.)+[a-zA-Z]{2,}|localhost|[\d.]{7,15})"
    r"(?::\d+)?(?:[/?#]|\Z)"
)


#: Endings of files, which are no domains.
_FILES = frozenset(
    ".yml .yaml .json .xml .opml .png .jpg .jpeg .gif .svg .pdf .html .htm .txt .csv .zip".split()
)


def _similar(path: Path) -> str:
    """What lies beside a missing file under a similar name; empty if nothing does."""
    from difflib import get_close_matches

    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return ""
    near = get_close_matches(path.name, names, n=1, cutoff=0.8)
    return str(path.parent / near[0]) if near else ""


def _no_source(source: str) -> SourceError:
    """The error for an empty source, or for an address that lacks its scheme."""
    if not source.strip():
        return SourceError(
            translate("the source's name is empty"),
            translate("Name a feed's address or a folder."),
        )
    if near := _similar(Path(source)):
        return SourceError(
            translate("there is no such file or folder"),
            translate("Did you mean {near}?", near=near),
            source,
        )
    if Path(source).suffix.lower() in _FILES:
        return SourceError(
            translate("there is no such file or folder"), translate("Check the path."), source
        )
    plain = re.sub(r"^(?:https?:?/{0,2}|//)?(?:[^\s/@]+:[^@]*@)?", "", source)
    return SourceError(
        translate("there is no such file or folder"),
        translate("Did you mean https://{plain}?", plain=plain),
        source,
    )


def _of_stream(stdin: BinaryIO | None) -> Blog:
    if stdin is None:
        raise SourceError(
            translate("nothing is connected to standard input"),
            translate("Name a source."),
            "-",
        )
    from bloglint.sources.feeds.feed import read_feed

    return read_feed(stdin.read(), "-")


def is_post_name(path: Path) -> bool:
    """Whether a file with this name would be read as a post."""
    from bloglint.sources.folders.post import POST_SUFFIXES

    return bool(path.name) and path.suffix.lower() in POST_SUFFIXES


def is_post_file(source: str) -> bool:
    """Whether a source is a file holding one post, not a folder, feed or export."""
    from bloglint.sources.exports import export_reader
    from bloglint.sources.files import read_bytes

    path = Path(source)
    if is_address(source) or not is_post_name(path) or not path.is_file():
        return False
    try:
        start = read_bytes(path, source, 20_000)
    except SourceError:  # reading it will report the error
        return True
    return export_reader(path, start) is None and not _is_feed(start)


def _of_file(path: Path, source: str, how: ReadContext) -> Blog:
    from bloglint.sources.exports import export_reader
    from bloglint.sources.files import read_bytes
    from bloglint.sources.folders.post import POST_SUFFIXES
    from bloglint.sources.folders.single import read_single

    start = read_bytes(path, source, 20_000)
    read_export = export_reader(path, start, how.limit.archive_mb * 1_000_000)
    if read_export is not None:
        return read_export(path, source)
    if path.suffix.lower() in POST_SUFFIXES and not _is_feed(start):
        return read_single(path, zone=how.zone)
    from bloglint.sources.feeds.feed import read_feed

    return read_feed(read_bytes(path, source), source)


def _is_feed(start: bytes) -> bool:
    if not start.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(
        (b"<", b"{", b"\xff\xfe", b"\xfe\xff")
    ):
        return False
    from bloglint.sources.online.discover import is_feed

    return is_feed(start)
