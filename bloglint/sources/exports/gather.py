"""Posts of an export sorted into a blog: published, planned, undated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from bloglint.model import Blog, Post, SourceError, Text, translate
from bloglint.sources.dates import newest_first

#: One post of an archive; more is no text.
_MOST_BYTES = 20_000_000


class Gathered:
    """What an export holds; ``add`` and ``leave_out`` while it is read, then ``blog``."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.posts: list[Post] = []
        self.planned: list[Post] = []
        self.left_out: Counter[str] = Counter()
        self.notes: list[Text] = []

    def add(self, post: Post, *, draft: bool = False) -> None:
        """Take a post; a draft counts as planned."""
        if draft:
            self.left_out["draft"] += 1
            self.planned.append(post)
        else:
            self.posts.append(post)

    def broke_off(self, error: Exception) -> None:
        """Tell that the export ended in the middle."""
        self.notes.append(
            translate("the export is broken; what stood before was read ({error})", error=error)
        )

    def blog(self, **more: Any) -> Blog:
        """The blog.

        Raises:
            SourceError: the export holds no post.
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
    """The files of an archive with a suffix, in a fixed order; one that is a bomb is left out."""
    for one in sorted(archive.infolist(), key=lambda one: one.filename):
        if one.filename.endswith(suffix) and "__MACOSX" not in one.filename:
            with archive.open(one) as file:
                content = file.read(_MOST_BYTES + 1)
            if len(content) <= _MOST_BYTES:
                yield one.filename, content
