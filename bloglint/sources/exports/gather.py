"""Collection of the posts of an export into a blog: published, planned and undated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import inf
from typing import Any
from zipfile import ZipFile

from bloglint.model import Blog, Post, SourceError, Text, translate
from bloglint.model.messages import plain
from bloglint.sources.dates import newest_first

#: The most bytes read of a file in an archive; no post is that long.
_MOST_BYTES = 5_000_000
#: Text is packed to a tenth at best; what is more than so many times smaller is none, if it is
#: larger than that.
_RATIO, _UNSUSPECTED = 100, 200_000
_ENCRYPTED = 1
_UNREAD = "files of the archive that could not be read: {count} (the first: {name}, {why})"
_WITH_POSTS = translate("Export it again, with the posts.")
_OPEN = translate("Export it again, without a password.")
_TOO_LARGE = translate("too large, or packed too tightly to be text")
_RAISE = translate("Raise max_archive_mb in bloglint.yml, or unpack it and name the folder.")


class Gathered:
    """The posts collected from an export: call ``add`` while reading it, then ``blog``.

    Of an archive no more than ``most`` bytes are unpacked.
    """

    def __init__(self, source: str, most: float = inf) -> None:
        self.source, self.most = source, most
        self.posts: list[Post] = []
        self.planned: list[Post] = []
        self.left_out: Counter[str] = Counter()
        self.notes: list[Text] = []
        self.skipped: list[tuple[str, Text]] = []
        self.unpacked = 0
        self.is_over = False

    def add(self, post: Post, *, draft: bool = False) -> None:
        """Add a post; drafts count as planned."""
        if draft:
            self.left_out["draft"] += 1
            self.planned.append(post)
        else:
            self.posts.append(post)

    def skip(self, name: str, why: Text) -> None:
        """Note a file of an archive that cannot be read."""
        self.skipped.append((name, why))

    def leave(self, name: str) -> None:
        """Note a file with which an archive would be larger than is allowed."""
        self.is_over = True
        size = f"{self.most / 1_000_000:g}"
        self.skip(name, translate("the archive holds more than {size} MB", size=size))

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
        said, advice = translate("the export holds no post"), _WITH_POSTS
        if self.skipped:
            name, why = self.skipped[0]
            said = translate(_UNREAD, count=len(self.skipped), name=name, why=why)
            advice = _RAISE if self.is_over else _OPEN
            self.notes.append(said)
        if not self.posts and not self.planned:
            raise SourceError(said, advice, self.source)
        return Blog(
            source=self.source,
            posts=newest_first(post for post in self.posts if post.published),
            undated=tuple(post for post in self.posts if not post.published),
            planned=tuple(self.planned),
            left_out=dict(self.left_out),
            notes=tuple(self.notes),
            **more,
        )


def members(archive: ZipFile, suffix: str, found: Gathered) -> Iterator[tuple[str, bytes]]:
    """Yield the files in ``archive`` whose names end in ``suffix``, with their contents, by name.

    What is too large, packed too tightly to be text, encrypted or broken is skipped, and ``found``
    is told; once too much has been unpacked, nothing more is.
    """
    import lzma
    import zlib
    from zipfile import BadZipFile

    named = [
        one
        for one in archive.infolist()
        if one.filename.endswith(suffix) and "__MACOSX" not in one.filename
    ]
    for one in sorted(named, key=lambda one: one.filename):
        is_bomb = one.file_size > _MOST_BYTES or (
            one.file_size > _UNSUSPECTED and one.file_size > _RATIO * max(1, one.compress_size)
        )
        if one.flag_bits & _ENCRYPTED:
            found.skip(one.filename, translate("encrypted"))
            continue
        if is_bomb:
            found.skip(one.filename, _TOO_LARGE)
            continue
        if found.unpacked + one.file_size > found.most:
            found.leave(one.filename)
            continue
        try:
            with archive.open(one) as file:
                content = file.read(_MOST_BYTES + 1)
        except (BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError, ValueError,
                zlib.error, lzma.LZMAError) as error:  # fmt: skip
            found.skip(one.filename, plain(str(error)))
            continue
        found.unpacked += len(content)
        if len(content) > _MOST_BYTES:
            found.skip(one.filename, _TOO_LARGE)
        else:
            yield one.filename, content
