"""WordPress exports in WXR, an extension of RSS with the namespace wordpress.org/export."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from bloglint.lazy import lazy
from bloglint.model import Blog, Post
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.files import open_bytes
from bloglint.sources.xml import Xml, split_tag, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The editor's block comments and shortcodes, which are not prose.
_BLOCK = lazy(r"<!--\s*/?wp:.{0,2000}?-->", re.DOTALL)
_SHORTCODE = lazy(r"\[/?[a-z][\w-]*(?:\s[^\[\]<>]{0,500})?/?\](?!\()")
_CODE_SHORTCODE = lazy(r"\[(code|sourcecode|php|html)\b[^\]]*\].{0,8000}?\[/\1\]", re.DOTALL)
_HAS_BLOCKS = lazy(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|pre)\b", re.IGNORECASE)
#: An address alone on a line, which WordPress turns into an embedded player.
_EMBED = lazy(r"^[ \t]*https?://\S+[ \t]*$", re.MULTILINE)
#: Elements inside of an item that hold others.
_NESTED = frozenset({"item", "comment", "postmeta"})
_NOT_REAL_TAGS = frozenset({"post_format", "nav_menu"})


def read_wordpress(path: Path, source: str) -> Blog:
    """Read the blog in a WordPress export, incrementally, so that its size does not matter.

    Raises:
        SourceError: the export cannot be read or contains no posts.
    """
    found = Gathered(source)
    names: dict[str, str] = {}
    about: dict[str, str] = {}
    with open_bytes(path, source) as file:
        document = Xml(file)
        for element in document.records("item"):
            space, name = split_tag(element)
            if name == "author":
                values = _texts(element)
                names[values.get("author_login", "")] = values.get("author_display_name", "")
            elif name == "item":
                _take(element, found, names)
            elif name in {"title", "link", "language"} and not space:
                about.setdefault(name, text_of(element))
    found.is_flawed(document.problem)
    return found.blog(
        title=title_text(about.get("title")),
        url=about.get("link") or None,
        language=(about.get("language") or "")[:2] or None,
    )


def _take(item: Element, found: Gathered, names: dict[str, str]) -> None:
    values = _texts(item)
    usual = "attachment" if values.get("attachment_url") else "post"
    if values.get("post_type", usual) != "post":
        found.left_out["not a post"] += 1
        return
    status = values.get("status", "publish")
    if status in {"trash", "auto-draft", "inherit"}:
        found.left_out["not a post"] += 1
        return
    if values.get("post_password"):
        status = "private"
    creator = values.get("creator", "")
    post = Post(
        id=values.get("guid") or values.get("link") or f"post {values.get('post_id')}",
        title=title_text(values.get("title")),
        source=_prose(values.get("content:encoded", "")),
        markup="html",
        published=_when(values),
        updated=_gmt(values.get("post_modified_gmt")),
        authors=author_names(names.get(creator) or creator),
        tags=_tags(item),
        url=values.get("link") or None,
        comments=sum(1 for one in item if split_tag(one)[1] == "comment" and _is_talk(one)),
        comments_open={"open": True, "closed": False}.get(values.get("comment_status", "")),
    )
    found.add(post, draft=status in {"draft", "pending", "private"})


def _texts(element: Element) -> dict[str, str]:
    """The texts of an element's children by local name.

    The two elements named ``encoded`` become ``content:encoded`` and ``excerpt:encoded``.
    """
    texts: dict[str, str] = {}
    for child in element:
        space, name = split_tag(child)
        if name in _NESTED:
            continue
        if name == "encoded":
            name = f"{'excerpt' if 'excerpt' in space else 'content'}:encoded"
        text = text_of(child).strip()
        if text:
            texts.setdefault(name, text)
    return texts


def _is_talk(comment: Element) -> bool:
    values = _texts(comment)
    is_ping = values.get("comment_type") in {"pingback", "trackback"}
    return values.get("comment_approved") == "1" and not is_ping


def _tags(item: Element) -> tuple[str, ...]:
    terms = (one for one in item if split_tag(one)[1] == "category")
    names = [text_of(term) for term in terms if term.get("domain") not in _NOT_REAL_TAGS]
    return tuple(dict.fromkeys(name for name in names if name))


def _when(values: dict[str, str]) -> datetime | None:
    """The date of publication, in the blog's own time zone if local and GMT dates reveal it."""
    local, moment = parse_date(values.get("post_date")), _gmt(values.get("post_date_gmt"))
    if local and moment:
        offset = local.replace(tzinfo=None) - moment.replace(tzinfo=None)
        if abs(offset) <= timedelta(hours=14):
            return moment.astimezone(timezone(offset))
    return moment or local or parse_date(values.get("pubDate"))


def _gmt(text: str | None) -> datetime | None:
    return parse_date(f"{text} +0000") if text and not text.startswith("0000") else None


def _prose(content: str) -> str:
    """The text as WordPress renders it; in classic posts, blank lines separate paragraphs."""
    text = _BLOCK.sub("", content)
    text = _EMBED.sub("", _SHORTCODE.sub("", _CODE_SHORTCODE.sub("", text)))
    if _HAS_BLOCKS.search(content):
        return text
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "\n".join(f"<p>{part}</p>" for part in parts if part)
