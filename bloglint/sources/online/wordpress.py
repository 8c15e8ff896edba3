"""Older posts from the WordPress REST API (wp/v2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import msgspec

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, SourceError
from bloglint.sources.dates import parse_date
from bloglint.text.entities import unescape
from bloglint.web import Answer, Web

_API = lazy(r'<([^<>]+)>\s*;\s*rel="?https://api\.w\.org/"?')
_PER_PAGE = 50
_TAG = lazy(r"<[^<>]*>")


def posts_of_rest(web: Web, feed: Blog, answer: Answer) -> Iterator[list[Post]]:
    """Yield the posts of a WordPress site page by page, newest first.

    Ends silently if the API is closed.
    """
    named = _API.search(answer.headers.get("link", ""))
    api = named[1] if named else urljoin(feed.url or answer.url, "/wp-json/")
    mark = "&" if "?" in api else "?"  # plain permalinks: /index.php?rest_route=/
    number = 1
    while True:
        address = f"{api}wp/v2/posts{mark}per_page={_PER_PAGE}&page={number}&_embed=author,wp:term"
        try:
            found = msgspec.json.decode(web.page(address).content)
        except (SourceError, msgspec.DecodeError, UnicodeDecodeError):
            return
        items = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        if not items:
            return
        yield [_post(item) for item in items]
        number += 1


def _post(item: dict[str, Any]) -> Post:
    link = str(item.get("link") or "")
    gmt = item.get("date_gmt")
    terms = [t for group in _embedded(item, "wp:term") if isinstance(group, list) for t in group]
    names = [str(one.get("name") or "") for one in _embedded(item, "author") if _is_dict(one)]
    content = item.get("content")
    return Post(
        id=_rendered(item, "guid") or link or str(item.get("id")),
        title=unescape(_TAG.sub("", _rendered(item, "title"))),
        source=_rendered(item, "content"),
        markup="html",
        published=parse_date(f"{gmt}+00:00" if gmt else item.get("date")),
        updated=parse_date(f"{item['modified_gmt']}+00:00" if item.get("modified_gmt") else None),
        authors=tuple(unescape(name) for name in names if name),
        tags=tuple(unescape(str(t.get("name"))) for t in terms if _is_dict(t) and t.get("name")),
        url=link or None,
        complete=not (isinstance(content, dict) and content.get("protected")),
        comments_open={"open": True, "closed": False}.get(str(item.get("comment_status"))),
    )


def _rendered(item: dict[str, Any], field: str) -> str:
    value = item.get(field)
    return str(value.get("rendered") or "") if isinstance(value, dict) else ""


def _embedded(item: dict[str, Any], name: str) -> list[Any]:
    embedded = item.get("_embedded")
    found = embedded.get(name) if isinstance(embedded, dict) else None
    return found if isinstance(found, list) else []


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)
