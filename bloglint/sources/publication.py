"""Selection of the posts of a blog that were published by a given moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bloglint.model import Blog, Post, Text, replace, translate
from bloglint.sources.dates import newest_first

#: The number of undated posts listed by name in a note.
_NAMED = 3


def published_by(blog: Blog, as_of: datetime) -> Blog:
    """``blog`` as of a moment: later posts become planned, undated ones are counted and named.

    If no other post has a date, undated posts are kept in source order, so that at least their
    texts are judged. Posts named by the user always count as published by ``as_of``.
    """
    named = set(blog.named)
    named_posts = [
        replace(post, published=as_of) if not post.published or post.published > as_of else post
        for post in (*blog.posts, *blog.undated, *blog.planned)
        if post.id in named
    ]
    counted = {post.id for post in named_posts}
    dated = [p for p in blog.posts if p.id not in counted and p.published]
    future = [p for p in dated if p.published and p.published > as_of]
    posts = newest_first(
        [*named_posts, *(p for p in dated if p.published and p.published <= as_of)]
    )
    undated = tuple(p for p in blog.undated if p.id not in counted)
    left_out = Counter(blog.left_out)
    notes = list(blog.notes)
    notes += [
        _named_note(post, as_of)
        for post in (*blog.posts, *blog.undated)
        if post.id in counted and post.published is None
    ]
    if future:
        left_out["future"] += len(future)
        if blog.is_feed:
            notes.append(_future_note(future[-1].published or as_of, len(future)))
    is_dated = any(post.id not in named for post in posts)
    if undated and is_dated:
        left_out["no date"] += len(undated)
        notes.append(_undated_note(posts[0].published or as_of, undated))
    return replace(
        blog,
        posts=posts if is_dated else (*posts, *undated),
        planned=tuple(p for p in (*blog.planned, *future) if p.id not in counted),
        undated=undated,
        left_out=dict(left_out),
        notes=tuple(notes),
    )


def _named_note(post: Post, as_of: datetime) -> Text:
    return translate(
        "{where} names no date: it counts as published on {day}",
        where=post.path or post.url or post.title,
        day=as_of.date(),
    )


def _future_note(first: datetime, count: int) -> Text:
    return translate(
        "{count} entries of the feed are dated in the future (the first {day}): planned, or a "
        "wrong clock; they do not count",
        count=count,
        day=first.date(),
    )


def _undated_note(newest: datetime, undated: Sequence[Post]) -> Text:
    count = len(undated)
    named = ", ".join(post.path or post.title or post.id for post in undated[:_NAMED])
    named += ", …" if count > _NAMED else ""
    return translate(
        "posts without a believable date are not judged: {count} ({named}); if one of them is "
        "newer than {day}, the silence is shorter than it looks",
        count=count,
        named=named,
        day=newest.date(),
    )
