"""The labelled posts of real blogs, and what is measured on judgements of them.

Labels: ``../shared/data/labelled`` (two readers) and ``benchmarks/data/posts.csv`` (two others).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean
from typing import Any

from figures import rows_of
from labels import BLOGS, ENGLISH, GERMAN, LABELLED_POSTS, SHARED, posts_of

from bloglint.checks.context import Context
from bloglint.model import Blog
from bloglint.rules import Rule
from bloglint.sources import read_blog
from bloglint.text.document import Document
from bloglint.text.footers import leave_out_footers
from bloglint.text.names import own_names

#: The posts of a blog that tell who its sender is: as many as a run judges.
WINDOW = 60
NOW, NEVER = datetime(2026, 11, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Labelled:
    """A post of a blog with the labels of its readers.

    ``ad`` and ``press`` are means of 0 to 2; ``is_random`` tells how it was drawn.
    """

    blog: str
    path: str
    language: str
    is_random: bool
    ad: float
    press: float
    kind: str
    invite: float


def labels() -> Iterator[Labelled]:
    """Every labelled post, in the order of the tables."""
    tables = [(row, row["language"]) for row in rows_of(LABELLED_POSTS)]
    for language in ("de", "en"):
        tables += [(row, language) for row in rows_of(SHARED / f"labelled/{language}.csv")]
    for row, language in tables:
        yield Labelled(
            row["blog"], row["path"], language, row["drawn"] == "random",
            _mean(row, "ad"), _mean(row, "press"), row["kind"], _mean(row, "invite"),
        )  # fmt: skip


def _mean(row: dict[str, str], name: str) -> float:
    return mean(float(value) for key in (name, f"{name}2") if (value := row.get(key)))


def documents(
    rules: Mapping[str, Rule], options: Mapping[str, Any]
) -> Iterator[tuple[Labelled, Document, Context]]:
    """Every labelled post with its text, in the context of its blog."""
    wanted: dict[str, list[Labelled]] = {}
    for one in labels():
        wanted.setdefault(one.blog, []).append(one)
    for name in (*GERMAN, *ENGLISH):
        blog, posts = read_blog(str(BLOGS / name)), posts_of(name)
        parsed = {path: Document(post, blog.language) for path, post in posts.items()}
        newest = sorted(posts, key=lambda path: (posts[path].published or NEVER, path))
        window = [parsed[path] for path in newest[::-1][:WINDOW]]
        leave_out_footers([*parsed.values()])
        context = Context(
            Blog(blog.source, title=blog.title, url=blog.url), NOW, rules, options,
            documents=window, own_names=own_names(blog, window),
        )  # fmt: skip
        for one in wanted.get(name, ()):
            if one.path in parsed:
                yield one, parsed[one.path], context
