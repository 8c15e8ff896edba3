"""A survey of a blog that nobody has configured yet."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from bloglint.api import check_sources
from bloglint.checks.norms import median
from bloglint.clock import end_of_day
from bloglint.config import Config, Settings, load
from bloglint.model import (
    Blog,
    ConfigError,
    Report,
    SourceError,
    SourceFailure,
    Verdict,
    translate,
)
from bloglint.model.window import scored_posts
from bloglint.running.options import RunOptions
from bloglint.sources import ReadContext, is_address, published_by, read_blog, restored
from bloglint.sources.folders.folder import post_files
from bloglint.sources.folders.site import site_of
from bloglint.text.document import Document
from bloglint.text.names import own_names

#: The usual folders of posts that no generator's file reveals, and those of press releases.
_POSTS = (
    "content/posts", "content/blog", "content/post", "src/content/blog", "src/content/posts",
    "_posts", "docs/blog/posts", "docs/blog", "blog", "posts", "src/posts", "content", "articles",
)  # fmt: skip
_PRESS = (
    "newsroom", "press", "presse", "press-releases", "pressemitteilungen", "medienmitteilungen",
    "news",
)  # fmt: skip
#: How many levels to search for a newsroom, from the posts up; the share of posts within a limit.
_LEVELS, NEARLY_ALL = 3, 0.9


class Survey(msgspec.Struct, frozen=True):
    """What a survey found.

    Attributes:
        source: the blog; None if there are no posts yet.
        authors: bylines with their numbers of posts.
        usual_gap, longest_gap: gaps between posts, in days.
        usual_words: the median length of a post.
        most_words: the length that nearly all posts stay within.
        report: the report with the first verdict.
    """

    source: str | None
    generator: str | None = None
    title: str = ""
    languages: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    authors: tuple[tuple[str, int], ...] = ()
    newsroom: str | None = None
    posts: int = 0
    usual_gap: int | None = None
    longest_gap: int | None = None
    usual_words: int | None = None
    most_words: int | None = None
    report: Report | None = None

    @property
    def is_folder(self) -> bool:
        """Whether the posts are files, so that some of them may have changed."""
        return self.source is None or Path(self.source).is_dir()

    @property
    def verdict(self) -> Verdict | None:
        """The first verdict, if the blog could be read."""
        return self.report.blogs[0] if self.report and self.report.blogs else None

    @property
    def failure(self) -> SourceFailure | None:
        """Why the named blog could not be read."""
        return self.report.errors[0] if self.report and not self.report.blogs else None


def survey(
    source: str | None, *, as_of: str | date | datetime | None = None, cache: Path | None = None
) -> Survey:
    """Survey the blog at ``source``, or the one in this folder.

    Raises:
        ConfigError: there is nothing at ``source``.
    """
    place = source or "."
    if not is_address(place) and not Path(place).exists():
        raise ConfigError(
            translate("there is no such file or folder"),
            translate("Check the path."),
            place,
        )
    if source is None:
        place = load(Path(place)).config.source or place
    where = place if is_address(place) or Path(place).is_file() else _posts_folder(Path(place))
    if where is None and place != "." and next(post_files(Path(place)), None):
        where = _relative(Path(place))  # the user says that it is a blog
    generator = None if is_address(place) else site_of(Path(place)).name
    if where is None:
        return Survey(None, generator, newsroom=_newsroom(Path(place)))
    newsroom = None if is_address(where) else _newsroom(Path(where))
    press = [newsroom] if newsroom else []
    report = check_sources([where], Settings(Config(press=press)), RunOptions(as_of, cache))
    if not report.blogs:
        return Survey(where, generator, newsroom=newsroom, report=report)
    (verdict,) = report.blogs[:1]
    frequency = verdict.reasons["frequency"].measures
    words = sorted(post.words for post in verdict.posts if post.complete and post.words)
    authors = Counter(name for post in verdict.posts for name in post.authors)
    return Survey(
        where,
        generator,
        verdict.title,
        verdict.languages,
        _brand(where, report.as_of, cache),
        tuple(sorted(authors.items(), key=lambda one: (-one[1], one[0]))),
        newsroom,
        verdict.posts_judged,
        frequency.get("median_gap_days"),
        frequency.get("longest_gap_days"),
        round(median(words)) if words else None,
        words[min(len(words) - 1, int(NEARLY_ALL * len(words)))] if words else None,
        report,
    )


def _posts_folder(start: Path) -> str | None:
    """The folder below ``start`` that holds the posts, at one of the usual places."""
    site = site_of(start)
    if site.root == start.resolve() and site.homes != [start]:
        with_posts = [home for home in site.homes if next(post_files(home), None)]
        if with_posts:
            return _relative(with_posts[0] if len(with_posts) == 1 else start)
    found = [start / name for name in _POSTS if next(_posts_in(start / name), None)]
    if found:
        return _relative(found[0])
    return _relative(start) if len(list(_posts_in(start, deep=False))) > 1 else None


def _posts_in(folder: Path, *, deep: bool = True) -> Iterator[Path]:
    if not folder.is_dir():
        return iter(())
    files = post_files(folder)
    return files if deep else (path for path in files if path.parent == folder)


def _newsroom(posts: Path) -> str | None:
    """The nearest folder of press releases, beside or above the posts."""
    place, here = posts.resolve(), Path.cwd().resolve()
    for _ in range(_LEVELS if place.is_relative_to(here) else 0):
        for name in _PRESS:
            if next(_posts_in(place / name), None) and place / name != posts.resolve():
                return _relative(place / name)
        if place == here:
            break
        place = place.parent
    return None


def _relative(path: Path) -> str:
    return Path(os.path.relpath(path)).as_posix()


def _brand(source: str, as_of: datetime, cache: Path | None) -> tuple[str, ...]:
    """The names by which the company seems to call itself."""
    if is_address(source):
        from bloglint.web import Web

        reading = ReadContext(web=Web(cache))
    else:
        reading = ReadContext(as_of.tzinfo or UTC)
    try:
        blog: Blog = published_by(read_blog(source, reading), end_of_day(as_of))
    except SourceError:
        return ()
    posts = scored_posts(blog.posts, as_of)
    return own_names(blog, [Document(restored(post), blog.language) for post in posts])
