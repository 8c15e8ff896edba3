"""Blogger backups: Atom feeds that mix posts, pages, comments and settings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bloglint.model import Blog, Post, replace
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.files import open_bytes
from bloglint.sources.xml import Xml, local, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KIND = "http://schemas.google.com/g/2005#kind"
_DRAFTS = frozenset({"draft", "scheduled", "soft_trashed"})


def read_blogger(path: Path, source: str) -> Blog:
    """Read the blog in a Blogger backup, made by Blogger itself or by Google Takeout.

    Raises:
        SourceError: the backup contains no posts.
    """
    found = Gathered(source)
    comments: Counter[str] = Counter()
    about: dict[str, str] = {}
    with open_bytes(path, source) as file:
        document = Xml(file)
        for element in document.records("entry"):
            name = local(element)
            if name == "entry":
                _take(element, found, comments)
            elif name == "title":
                about.setdefault("title", title_text(text_of(element)))
    found.is_flawed(document.problem)
    found.posts = [replace(post, comments=comments[post.id]) for post in found.posts]
    return found.blog(title=about.get("title", ""))


def _take(entry: Element, found: Gathered, comments: Counter[str]) -> None:
    values: dict[str, list[Element]] = {}
    for child in entry:
        values.setdefault(local(child), []).append(child)
    texts = {name: text_of(children[0]).strip() for name, children in values.items()}
    terms = [(one.get("scheme"), str(one.get("term") or "")) for one in values.get("category", [])]
    kind = texts.get("type", "").lower() or next(
        (term.rpartition("#")[2] for scheme, term in terms if scheme == _KIND), ""
    )
    replies_to = next(iter(values.get("in-reply-to", [])), None)
    if kind == "comment" or replies_to is not None:
        comments[str(replies_to.get("ref")) if replies_to is not None else ""] += 1
        return
    if kind and not kind.startswith("post"):
        found.left_out["not a post"] += 1
        return
    control = [local(one) for holder in values.get("control", []) for one in holder]
    is_draft = "draft" in control and texts.get("control", "").strip() == "yes"
    names = [
        text_of(one)
        for author in values.get("author", [])
        for one in author
        if local(one) == "name"
    ]
    links = {one.get("rel"): one.get("href") for one in reversed(values.get("link", []))}
    post = Post(
        id=texts.get("id", ""),
        title=title_text(texts.get("title")),
        source=texts.get("content") or texts.get("summary", ""),
        markup="html",
        published=parse_date(texts.get("published")) or parse_date(texts.get("updated")),
        updated=parse_date(texts.get("updated")),
        authors=author_names(names),
        tags=tuple(term for scheme, term in terms if scheme != _KIND and term),
        url=links.get("alternate"),
    )
    found.add(post, draft=is_draft or texts.get("status", "").lower() in _DRAFTS)
