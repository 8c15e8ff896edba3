"""Ids that distinguish the posts of a feed, and checks that they are stable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, Text, replace, translate

_TRACKING = lazy(r"^(?:utm_\w+|fbclid|gclid|msclkid|source|ref|mc_[ce]id|pk_\w+|mtm_\w+|at_\w+)$")
#: The share of common words from which two versions of a text are one post, and how many of the
#: last posts at the same address are compared.
_ALIKE, _NEAR = 0.8, 20
#: The most links and ids stored for one feed.
_MOST = 500


def merged_twins(posts: Iterable[Post]) -> tuple[list[Post], int]:
    """``posts`` with every post once, in order, and how many twins were merged.

    Posts with the same id or address (but that of the blog itself) are the same post unless they
    differ in title and text, or in day and text: then each gets an id of its own. Of twins, the
    first is kept, with the earliest date: a later one is that of a change.
    """
    merged: list[Post] = []
    numbers: dict[str, list[int]] = {}
    twins = 0
    for post in posts:
        address = bare_address(post.url or "")
        names = [f"id {post.id}", *([f"address {address}"] if re.search("[/?]", address) else [])]
        near = dict.fromkeys(at for name in names for at in numbers.get(name, [])[-_NEAR:])
        twin = next((at for at in near if _is_same(merged[at], post)), None)
        if twin is not None:
            twins += 1
            merged[twin] = _first_published(merged[twin], post)
            at = twin
        else:
            if any(merged[at].id == post.id for at in near):
                own = next((own for own in _distinct(post) if f"id {own}" not in numbers), post.id)
                post = replace(post, id=own)
            at = len(merged)
            merged.append(post)
        for name in {*names, f"id {post.id}"}:
            if at not in numbers.setdefault(name, []):
                numbers[name].append(at)
    return merged, twins


def _distinct(post: Post) -> Iterator[str]:
    """Yield ids for a post whose own id is that of another, the best first."""
    day = post.published.isoformat() if post.published else ""
    yield from (f"{post.id} {own}" for own in (post.url, post.title, day) if own)
    yield f"{post.id} {_digest(post.source)}"


def _is_same(one: Post, other: Post) -> bool:
    """Whether two posts with the same id or address are one."""
    addresses = {bare_address(post.url) for post in (one, other) if post.url}
    if len(addresses) == 2:
        return False
    if _is_same_text(one.source, other.source):
        return True
    if not _is_same_text(one.title, other.title) and one.title and other.title:
        return False
    days = {post.published.date() for post in (one, other) if post.published}
    return len(days) < 2


def _is_same_text(one: str, other: str) -> bool:
    """Whether two texts are equal, or as similar as a text and its corrected version."""
    if one == other:
        return True
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= _ALIKE * max(1, len(words | others))


def _first_published(one: Post, other: Post) -> Post:
    """``one``, with the date of ``other`` if that is earlier, and its own as that of a change."""
    if not one.published:
        return replace(one, published=other.published)
    if other.published and other.published < one.published:
        return replace(one, published=other.published, updated=one.updated or one.published)
    return one


def bare_address(link: str) -> str:
    """``link`` without scheme, ``www.``, fragment, final slash and tracking parameters."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    asked = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)]
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(asked)}".rstrip("?")


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
