"""Posts in which there is nothing to read."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Positive, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.model import Post
from bloglint.text.document import Document

#: What shows something that is no text: players, frames, shortcodes, components.
_SHOWS = lazy(r"<(?:iframe|video|audio|object|embed|canvas|svg|form|[A-Z])|\{\{[<%]|\{%|\{\{")


def is_empty(document: Document) -> bool:
    """Whether a post holds nothing but headings, and is no mere link to another page."""
    post: Post = document.post
    if not post.complete or document.images or _SHOWS.search(post.body):
        return False
    return all(block.kind == "heading" for block in document.blocks)


class Empty(CheckOptions, frozen=True):
    """The fewest words that a post holds, in whatever kind of block."""

    fewest_words: Positive


@check(options=Empty)
def empty(document: Document, options: Empty, context: Context) -> Iterator[Hit | Measure]:
    """Posts without any text: a heading at most, no picture, no film, no link to another page."""
    if is_empty(document):
        yield Hit("empty", 0, options.fewest_words)
