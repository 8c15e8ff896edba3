"""Collection of the posts of an export into a blog: published, planned and undated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from bloglint.model import Blog, Post, SourceError, Text, translate
from bloglint.sources.dates import newest_first

#: The largest file read from an archive, in bytes; no text is that long.
_MOST_BYTES = 20_000_000


class Gathered:
    """The posts collected from an export: call ``add`` while reading it, then ``blog``."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.posts: list[Post] = []
        self.planned: list[Post] = []
        self.left_out: Counter[str] = Counter()
        self.notes: list[Text] = []

    def add(self, post: Post, *, draft: bool = False) -> None:
        """Add a post; drafts count as planned."""
        if draft:
            self.left_out["draft"] += 1
            self.planned.append(post)
        else:
            self.posts.append(post)

    def broke_off(self, error: Exception) -> None:
        """Note that the export is broken and was read only up to that point."""
        self.notes.append(
            translate("the export is broken; what stood before was read ({error})", error=error)
        )

    def is_flawed(self, problem: str) -> None:
        """Note what is wrong with the export, if anything; all that it still says was read."""
        if problem:
            self.notes.append(
                translate(
                    "the export is not well-formed; whatever could be read was read ({why})",
                    why=problem,
                )
            )

    def blog(self, **more: Any) -> Blog:
        """The blog made of the collected posts; ``more`` are further fields of `Blog`.

        Raises:
            SourceError: the export contains no posts.
        """
        if not self.posts and not self.planned:
            raise SourceError(
                translate("the export holds no post"),
                translate("Export it again, with the posts."),
                self.source,
            )
        return Blog(
            source=self.source,
            posts=newest_first(post for post in self.posts if post.published),
            undated=tuple(post for post in self.posts if not post.published),
            planned=tuple(self.planned),
            left_out=dict(self.left_out),
            notes=tuple(self.notes),
            **more,
        )


def members(archive: ZipFile, suffix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files in ``archive`` whose names end in ``suffix``, with their contents, by name.

    Files over 20 MB are skipped, as they may be decompression bombs.
    """
    for one in sorted(archive.infolist(), key=lambda one: one.filename):
        if one.filename.endswith(suffix) and "__MACOSX" not in one.filename:
            with archive.open(one) as file:
                content = file.read(_MOST_BYTES + 1)
            if len(content) <= _MOST_BYTES:
                yield one.filename, content
