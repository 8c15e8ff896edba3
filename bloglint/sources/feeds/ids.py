"""Ids that distinguish the posts of a feed, and checks that they are stable."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from bloglint.model import Blog, Post, Text, replace, translate

#: The most links and ids stored for one feed.
_MOST = 500


def with_distinct_id(post: Post, seen: Mapping[str, Post]) -> Post:
    """``post`` with an id of its own if the feed gives the same one to another post in ``seen``.

    Posts with the same id are distinct only if both have addresses, or both titles, that differ.
    """
    other = seen.get(post.id)
    for name in ("url", "title"):
        own = getattr(post, name)
        if other and own and getattr(other, name) and own != getattr(other, name):
            return replace(post, id=f"{post.id} {own}")
    return post


def changed_ids(feed: Blog, folder: Path) -> Text | None:
    """A note if posts have changed their ids since the feed was last read; stores the current ids.

    Only digests are stored, in one file per feed under ``folder``.
    """
    path = folder / "ids" / f"{_digest(feed.source)}.json"
    now = {_digest(post.url): _digest(post.id) for post in feed.posts[:_MOST] if post.url}
    before = _cached_ids(path)
    with suppress(OSError):
        if now != before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(msgspec.json.encode(now))
    count = sum(1 for link, known in before.items() if now.get(link, known) != known)
    if not count:
        return None
    return translate(
        "{count} posts have other ids than when the feed was last read: readers' "
        "programs show them again as new; give each post an id that stays",
        count=count,
    )


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _cached_ids(path: Path) -> Mapping[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}
