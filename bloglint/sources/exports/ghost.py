"""Ghost exports: JSON objects with the tables of Ghost's database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from bloglint.lazy import lazy
from bloglint.model import Blog, Post
from bloglint.sources.dates import DateOrder
from bloglint.sources.exports.gather import Gathered
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.files import read_bytes
from bloglint.sources.json import read_json

_WIDGET = lazy(r"<!--kg-card-begin: html-->.*?<!--kg-card-end: html-->", re.DOTALL)


def is_ghost(path: Path) -> bool:
    """Whether a JSON file is an export of Ghost: it holds a table of posts."""
    return bool(_data(read_bytes(path, str(path))))


def _data(content: bytes) -> Mapping[str, Any]:
    """The tables of an export, with or without the ``db`` and ``data`` around them."""
    try:
        whole = read_json(content)
    except ValueError:
        return {}
    for _ in range(3):
        if isinstance(whole, dict) and isinstance(whole.get("posts"), list):
            return whole
        inside = whole.get("db") or whole.get("data") if isinstance(whole, dict) else None
        whole = inside[0] if isinstance(inside, list) and inside else inside
    return {}


def read_ghost(path: Path, source: str) -> Blog:
    """Read the blog in a Ghost export.

    Raises:
        SourceError: the export is malformed or contains no posts.
    """
    data = _data(read_bytes(path, source))
    users = {row.get("id"): row.get("name") for row in _rows(data, "users")}
    tags = {row.get("id"): row.get("name") for row in _rows(data, "tags")}
    settings = {row.get("key"): row.get("value") for row in _rows(data, "settings")}
    authors_of = _joined(data, "posts_authors", "author_id", users)
    tags_of = _joined(data, "posts_tags", "tag_id", tags)
    sent_only = {
        row.get("post_id") for row in _rows(data, "posts_meta") if _is_true(row.get("email_only"))
    }
    rows = _rows(data, "posts")
    order = DateOrder(row.get(name) for row in rows for name in ("published_at", "created_at"))
    found = Gathered(source)
    for row, whole in zip(rows, data["posts"], strict=True):
        if str(row.get("type", "post")) != "post" or _is_true(row.get("page")):
            found.left_out["not a post"] += 1
            continue
        is_mail = row.get("id") in sent_only or _is_true(row.get("email_only"))
        if is_mail or row.get("status") == "sent":
            found.left_out["mail only"] += 1
            continue
        names = [*authors_of.get(row.get("id"), []), *_named(whole, "authors")]
        own = [users.get(row.get("author_id")), row.get("author")]
        labels = [*tags_of.get(row.get("id"), []), *_named(whole, "tags")]
        status = str(row.get("status") or "published")
        changed, made = order.parse(row.get("updated_at")), order.parse(row.get("created_at"))
        post = Post(
            id=str(row.get("uuid") or row.get("id") or row.get("slug") or row.get("title") or ""),
            title=title_text(row.get("title")),
            source=_text(row),
            markup="html",
            published=order.parse(row.get("published_at")) or made,
            updated=changed,
            authors=author_names([name for name in names if name] or [o for o in own if o]),
            tags=tuple(
                dict.fromkeys(str(tag) for tag in labels if tag and not str(tag).startswith("#"))
            ),
            language=str(row.get("locale") or "")[:2] or None,
            url=str(row.get("canonical_url") or row.get("url") or "") or None,
        )
        found.add(post, draft=status in {"draft", "scheduled"})
    return found.blog(
        title=title_text(settings.get("title")),
        language=str(settings.get("locale") or settings.get("lang") or "")[:2] or None,
    )


def _is_true(value: Any) -> bool:
    return str(value).lower() in {"1", "1.0", "true"}


def _named(row: Any, field: str) -> list[str]:
    """The names in a list of objects inside of a post, as Ghost's interface gives them."""
    listed = row.get(field) if isinstance(row, dict) else None
    return list(author_names(listed)) if isinstance(listed, list) else []


def _text(row: Mapping[str, Any]) -> str:
    """A post's text: its HTML, or what its editor holds if it was never rendered."""
    html = _WIDGET.sub("", str(row.get("html") or ""))
    return html or _of_lexical(row.get("lexical")) or _of_mobiledoc(row.get("mobiledoc"))


def _rows(data: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    """The rows of a table, reduced to strings and numbers."""
    rows = data.get(table)
    plain = (str, int, float)
    return [
        {key: value for key, value in row.items() if isinstance(value, plain)}
        if isinstance(row, dict)
        else {"type": "no post"}
        for row in (rows if isinstance(rows, list) else [])
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


def _decoded(text: Any) -> Any:
    """The editor's state that a field holds as JSON, None if it holds none."""
    try:
        return read_json(text.encode("utf-8", "replace")) if isinstance(text, str) else text
    except ValueError:
        return None


def _of_lexical(text: Any) -> str:
    """The HTML of a post as Ghost's editor since version 5.46 (Lexical) holds it."""
    tree = _decoded(text)
    root = tree.get("root") if isinstance(tree, dict) else None
    blocks = root.get("children") if isinstance(root, dict) else None
    return "".join(_block(block) for block in _dicts(blocks))


def _block(node: Mapping[str, Any]) -> str:
    """The HTML of a paragraph, heading, list, quotation or card."""
    kind = str(node.get("type") or "")
    if kind in _INLINE:
        return _words(node)
    if kind in _CARDS or "children" not in node:
        return _card(kind, node)
    if kind in {"list", "listitem"}:
        name = "ul" if kind == "list" else "li"
        return f"<{name}>{''.join(_block(one) for one in _dicts(node['children']))}</{name}>"
    name = "blockquote" if kind in {"quote", "extended-quote", "aside"} else "p"
    if kind in {"heading", "extended-heading"}:
        name = tag if re.fullmatch("h[1-6]", tag := str(node.get("tag"))) else "h2"
    words = "".join(_words(one) for one in _dicts(node["children"]))
    return f"<{name}>{words}</{name}>" if words else ""


def _words(node: Mapping[str, Any]) -> str:
    """The HTML of words inside of a block."""
    kind = node.get("type")
    if kind == "linebreak":
        return "<br>"
    inside = "".join(_words(child) for child in _dicts(node.get("children")))
    words = escape(str(node.get("text") or "")) + inside
    if kind == "link" and words:
        return f'<a href="{escape(str(node.get("url") or ""))}">{words}</a>'
    return words


_INLINE = frozenset({"text", "extended-text", "link", "linebreak"})
#: Cards: what the editor holds besides text, with the fields that readers see as text.
_CARDS = {
    "html": (), "code": (), "codeblock": (), "code-block": (), "horizontalrule": (), "hr": (),
    "paywall": (), "email": (), "email-cta": (), "signup": (), "button": (), "bookmark": (),
    "embed": (), "gallery": (), "file": (), "product": (), "header": (), "audio": (),
    "markdown": ("markdown",), "card-markdown": ("markdown",),
    "callout": ("calloutText",), "toggle": ("heading", "content"),
    "image": (), "video": (),
}  # fmt: skip


def _card(kind: str, node: Mapping[str, Any]) -> str:
    """The HTML of a card: its text, or its picture."""
    if kind == "image" and node.get("src"):
        alt, caption = (str(node.get(name) or "") for name in ("alt", "caption"))
        image = f'<img src="{escape(str(node["src"]))}" alt="{escape(alt)}">'
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    texts = [str(node[name]) for name in _CARDS.get(kind, ()) if node.get(name)]
    if kind in {"markdown", "card-markdown"}:
        return "".join(_of_markdown(text) for text in texts)
    return "".join(text if "<p" in text else f"<p>{text}</p>" for text in texts)


def _of_markdown(text: str) -> str:
    import pyromark

    return pyromark.html(text)


def _of_mobiledoc(text: Any) -> str:
    """The HTML of a post as Ghost's earlier editor (Mobiledoc 0.3) holds it."""
    document = _decoded(text)
    sections = document.get("sections") if isinstance(document, dict) else None
    cards = document.get("cards") if isinstance(document, dict) else None
    parts = []
    for section in sections if isinstance(sections, list) else []:
        try:
            parts.append(_section(section, cards))
        except (LookupError, TypeError, ValueError):
            continue  # a section of another version of the format
    return "".join(parts)


def _section(section: Any, cards: Any) -> str:
    kind = section[0]
    if kind == 1:  # text: [1, tag, markers]
        name = section[1] if section[1] in {"p", "h1", "h2", "h3", "h4", "blockquote"} else "p"
        words = _markers(section[2])
        return f"<{name}>{words}</{name}>" if words else ""
    if kind == 3:  # a list: [3, tag, [markers, …]]
        return f"<ul>{''.join(f'<li>{_markers(item)}</li>' for item in section[2])}</ul>"
    if kind == 2:  # a picture: [2, address]
        return f'<img src="{escape(str(section[1]))}" alt="">'
    if kind == 10:  # a card: [10, number]
        name, fields = cards[section[1]][:2]
        return _card(str(name), fields) if isinstance(fields, dict) else ""
    return ""


def _markers(markers: Any) -> str:
    """The words of markers, each [0, [opened], closed, text]."""
    return "".join(escape(str(one[3])) for one in markers if one[0] == 0)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
