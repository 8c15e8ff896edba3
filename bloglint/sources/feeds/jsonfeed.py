"""Reading JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from bloglint.model import Blog, Post, SourceError, translate
from bloglint.sources.dates import newest_first, parse_date
from bloglint.sources.feeds.ids import with_distinct_id

_VERSION = b"jsonfeed.org/version/"


def is_json_feed(content: bytes) -> bool:
    """Whether content declares itself to be a JSON feed."""
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and _VERSION in start.replace(b"\\/", b"/")


def read_json_feed(content: bytes, source: str) -> Blog:
    """Read the blog in a JSON feed; bad items are counted in ``left_out``, all others are kept.

    Raises:
        SourceError: the content is not a JSON object with a list of items.
    """
    try:
        feed = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise SourceError(
            translate("the JSON feed is broken ({error})", error=error),
            translate("Correct it."),
            source,
        ) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError(
            translate("the JSON feed has no list of items"),
            translate("Check it."),
            source,
        )
    posts: list[Post] = []
    undated: list[Post] = []
    left_out: Counter[str] = Counter()
    seen: dict[str, Post] = {}
    for item in items:
        if not isinstance(item, dict):
            left_out["unreadable"] += 1
            continue
        post = with_distinct_id(_post(item, feed), seen)
        if post.id in seen:
            left_out["duplicate"] += 1
        else:
            (posts if post.published else undated).append(post)
        seen[post.id] = post
    return Blog(
        source=source,
        title=_text(feed.get("title")),
        url=_text(feed.get("home_page_url")) or None,
        language=_text(feed.get("language")) or None,
        posts=newest_first(posts),
        undated=tuple(undated),
        left_out=dict(left_out),
        is_feed=True,
        links={"next": _text(feed["next_url"])} if feed.get("next_url") else {},
    )


def _post(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Post:
    html, plain = _text(item.get("content_html")), _text(item.get("content_text"))
    summary, url = _text(item.get("summary")), _text(item.get("url")) or None
    body = html or plain or summary
    return Post(
        id=_text(item.get("id")) or url or _text(item.get("title")) or body[:80],
        title=_text(item.get("title")),
        source=body,
        markup="html" if html else "text",
        published=parse_date(item.get("date_published")) or parse_date(item.get("date_modified")),
        updated=parse_date(item.get("date_modified")),
        authors=_authors(item) or _authors(feed),
        tags=tuple(tag for tag in _listed(item.get("tags")) if isinstance(tag, str)),
        language=_text(item.get("language")) or None,
        url=url,
        complete=bool(html or plain),
    )


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in ``authors`` (version 1.1) and ``author`` (version 1.0), without duplicates."""
    people = [*_listed(holder.get("authors")), holder.get("author")]
    names = [_text(one.get("name")).strip() for one in people if isinstance(one, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _text(value: Any) -> str:
    """``value`` if it is a string, or a number as a string, since ids are often numbers."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
