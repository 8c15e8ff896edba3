"""Ghost exports: JSON objects with the tables of Ghost's database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, SourceError, translate
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered
from bloglint.sources.files import read_bytes

_WIDGET = lazy(r"<!--kg-card-begin: html-->.*?<!--kg-card-end: html-->", re.DOTALL)


def read_ghost(path: Path, source: str) -> Blog:
    """Read the blog in a Ghost export.

    Raises:
        SourceError: the export is malformed or contains no posts.
    """
    try:
        whole = msgspec.json.decode(read_bytes(path, source))
        data = whole["db"][0]["data"]
        posts = _rows(data, "posts")
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise SourceError(
            translate("the export is broken ({error})", error=error),
            translate("Export it again."),
            source,
        ) from None
    users = {row.get("id"): row.get("name") for row in _rows(data, "users")}
    tags = {row.get("id"): row.get("name") for row in _rows(data, "tags")}
    settings = {row.get("key"): row.get("value") for row in _rows(data, "settings")}
    authors_of = _joined(data, "posts_authors", "author_id", users)
    tags_of = _joined(data, "posts_tags", "tag_id", tags)
    found = Gathered(source)
    for one in posts:
        if one.get("type", "post") != "post" or one.get("page") in {1}:
            found.left_out["not a post"] += 1
            continue
        names = authors_of.get(one.get("id"), [])
        own = [users.get(one.get("author_id"))]
        labels = tags_of.get(one.get("id"), [])
        post = Post(
            id=str(one.get("uuid") or one.get("id")),
            title=str(one.get("title") or ""),
            source=_WIDGET.sub("", str(one.get("html") or "")) or _of_lexical(one.get("lexical")),
            markup="html",
            published=parse_date(one.get("published_at")) or parse_date(one.get("created_at")),
            updated=parse_date(one.get("updated_at")),
            authors=tuple(str(name) for name in (names or own) if name),
            tags=tuple(str(label) for label in labels if label and not str(label).startswith("#")),
            language=str(one.get("locale") or "")[:2] or None,
            url=str(one.get("canonical_url") or "") or None,
        )
        found.add(post, draft=one.get("status") in {"draft", "scheduled"})
    return found.blog(
        title=str(settings.get("title") or ""),
        language=str(settings.get("locale") or settings.get("lang") or "")[:2] or None,
    )


def _rows(data: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    """The rows of a table, reduced to strings and numbers."""
    rows = data.get(table)
    plain = (str, int, float)
    return [
        {key: value for key, value in one.items() if isinstance(value, plain)}
        for one in (rows if isinstance(rows, list) else [])
        if isinstance(one, dict)
    ]


def _joined(
    data: Mapping[str, Any], table: str, key: str, names: Mapping[Any, Any]
) -> dict[Any, list[Any]]:
    """The names that a join table assigns to each post, in sort order, by post id."""
    joined: dict[Any, list[Any]] = {}
    for row in sorted(_rows(data, table), key=_order):
        joined.setdefault(row.get("post_id"), []).append(names.get(row.get(key)))
    return joined


def _order(row: Mapping[str, Any]) -> float:
    order = row.get("sort_order")
    return order if isinstance(order, int | float) else 0


def _of_lexical(text: Any) -> str:
    """The paragraphs of a draft that was never rendered to HTML, read from its editor state."""
    try:
        tree = msgspec.json.decode(text) if isinstance(text, str) else None
    except (msgspec.DecodeError, RecursionError):
        return ""
    root = tree.get("root") if isinstance(tree, dict) else None
    blocks = root.get("children") if isinstance(root, dict) else None
    said = [_words(block) for block in blocks or [] if isinstance(block, dict)]
    return "".join(f"<p>{one}</p>" for one in said if one)


def _words(node: Mapping[str, Any]) -> str:
    from html import escape

    inside = node.get("children")
    children = [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []
    own = escape(str(node.get("text") or "")) if node.get("type") != "codeblock" else ""
    return own + "".join(_words(child) for child in children)
