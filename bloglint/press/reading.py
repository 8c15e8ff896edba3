"""A newsroom as the parts by which its index is updated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NoReturn

from bloglint.model import Blog, Post, SourceError, translate
from bloglint.press.index import Part
from bloglint.sources import ReadContext, is_address, read_blog
from bloglint.sources.files import read_bytes


@dataclass(frozen=True, slots=True)
class Press:
    """A press source: its name in a cache, the folder of its files if it has one, and its parts.

    ``parts`` reads every file but parses none; it may be called again.
    """

    name: str
    folder: Path | None
    parts: Callable[[], Iterator[Part]]


def find_press(source: str, reading: ReadContext) -> Press:
    """Find the press releases at ``source``.

    It is a folder, a file, or the address of a feed or of a page that links to one.

    Raises:
        SourceError: there is nothing to read.
    """
    zone = reading.zone
    if is_address(source):
        from bloglint.sources.feeds.feed import read_feed
        from bloglint.sources.online.discover import find_feed
        from bloglint.web import Web, shown

        web, name = reading.web or Web(), shown(source)
        answer, _ = find_feed(web, web.trust(source))
        read = partial(
            read_feed, answer.content, name, headers=answer.headers, url=shown(answer.url)
        )
        return _whole(name, None, answer.content, zone, read)
    from bloglint.sources.folders.folder import post_files
    from bloglint.sources.folders.post import POST_SUFFIXES

    path = Path(source)
    if path.is_dir():
        if not any(post_files(path)):
            raise SourceError(
                translate("no press release was found here"),
                translate("Name the folder in which they lie."),
                source,
            )
        return Press(str(path.resolve()), path, partial(_of_folder, path, zone))
    content = read_bytes(path, source)
    folder = path.parent if path.suffix.lower() in POST_SUFFIXES else None
    return _whole(str(path.resolve()), folder, content, zone, partial(read_blog, source, reading))


def _whole(
    name: str, folder: Path | None, content: bytes, zone: tzinfo, read: Callable[[], Blog]
) -> Press:
    """Return a source that consists of a single part."""
    part = Path(name).name if folder else "feed"
    whole = Part(part, _digest(content, zone), lambda: _releases(read()))
    return Press(name, folder, lambda: iter((whole,)))


def _digest(content: bytes, zone: tzinfo) -> bytes:
    return blake2b(content, digest_size=16, salt=str(zone).encode()[-16:]).digest()


def _releases(blog: Blog) -> list[Post]:
    return [one for post in (*blog.posts, *blog.undated) for one in (post, *post.translations)]


def _of_folder(folder: Path, zone: tzinfo) -> Iterator[Part]:
    from bloglint.sources.folders.folder import post_files, read_post
    from bloglint.sources.folders.site import Site

    site = Site(folder)
    for path in post_files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            content = read_bytes(path, str(path))
        except SourceError as error:
            yield Part(name, b"", partial(_fail, error))
        else:
            yield Part(
                name, _digest(content, zone), partial(_published, read_post, path, site, zone)
            )


def _published(read_post: Callable[..., Post | None], *where: object) -> list[Post]:
    post = read_post(*where)
    return [post] if post else []


def _fail(error: SourceError) -> NoReturn:
    raise error
