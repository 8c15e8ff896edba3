"""Reading JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bloglint.model import Blog, Post, SourceError, translate
from bloglint.sources.dates import DateOrder, newest_first
from bloglint.sources.feeds.charset import decode
from bloglint.sources.feeds.ids import merged_twins
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.json import looks_like_json, read_json

_DATES = ("date_published", "date_modified")
_VERSION = "jsonfeed.org/version/"
#: Fields of an item by which a list of items is known for a feed that names no version.
_ITEM = frozenset({"content_html", "content_text", "date_published"})


def is_json_feed(content: bytes) -> bool:
    """Whether content is a JSON feed: it says so, or its items are those of one."""
    if not looks_like_json(content):
        return False
    try:
        feed = read_json(content)
    except ValueError:
        return _VERSION in decode(content).replace("\\/", "/")
    return isinstance(feed, dict) and (
        _VERSION in str(feed.get("version"))
        or any(isinstance(one, dict) and _ITEM & one.keys() for one in _listed(feed.get("items")))
    )


def read_json_feed(content: bytes, source: str) -> Blog:
    """Read the blog in a JSON feed; bad items are counted in ``left_out``, all others are kept.

    Raises:
        SourceError: the content is not a JSON object with a list of items.
    """
    try:
        feed = read_json(content)
    except ValueError as error:
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
    left_out: Counter[str] = Counter()
    entries = [item for item in items if isinstance(item, dict)]
    if len(entries) < len(items):
        left_out["unreadable"] = len(items) - len(entries)
    order = DateOrder(item.get(name) for item in entries for name in _DATES)
    posts, twins = merged_twins([_post(item, feed, order) for item in entries])
    if twins:
        left_out["duplicate"] = twins
    return Blog(
        source=source,
        title=title_text(_text(feed.get("title"))),
        url=_text(feed.get("home_page_url")) or None,
        language=_text(feed.get("language")) or None,
        posts=newest_first(post for post in posts if post.published),
        undated=tuple(post for post in posts if not post.published),
        left_out=dict(left_out),
        is_feed=True,
        links={"next": _text(feed["next_url"])} if feed.get("next_url") else {},
    )


def _post(item: Mapping[str, Any], feed: Mapping[str, Any], order: DateOrder) -> Post:
    published, updated = (order.parse(item.get(name)) for name in _DATES)
    html, plain = (_text(item.get(name)).strip() for name in ("content_html", "content_text"))
    summary, url = _text(item.get("summary")), _text(item.get("url")) or None
    body = html or plain or summary
    return Post(
        id=_text(item.get("id")) or url or _text(item.get("title")) or body[:80],
        title=title_text(_text(item.get("title"))),
        source=body,
        markup="html" if html else "text",
        published=published or updated,
        updated=updated,
        authors=_authors(item) or _authors(feed),
        tags=_tags(item.get("tags")),
        language=_text(item.get("language")) or None,
        url=url,
        complete=bool(html or plain),
    )


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in ``authors`` (version 1.1) and ``author`` (version 1.0), in any shape."""
    named = (author_names(holder.get(name)) for name in ("authors", "author"))
    return tuple(dict.fromkeys(name for names in named for name in names))


def _tags(value: Any) -> tuple[str, ...]:
    tags = value.split(",") if isinstance(value, str) else _listed(value)
    return tuple(tag.strip() for tag in tags if isinstance(tag, str) and tag.strip())


def _text(value: Any) -> str:
    """``value`` if it is a string, or a number as a string, since ids are often numbers."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
