"""Blogger backups: Atom feeds that mix posts, pages, comments and settings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from bloglint.model import Blog, Post
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered

_ATOM = "{http://www.w3.org/2005/Atom}"
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
    try:
        for _, element in ElementTree.iterparse(path, events=("end",)):
            if element.tag == f"{_ATOM}entry":
                _take(element, found, comments)
                element.clear()
            elif element.tag == f"{_ATOM}title":
                about.setdefault("title", element.text or "")
    except (ElementTree.ParseError, ValueError, LookupError, OSError) as error:
        found.broke_off(error)
    from bloglint.model import replace

    found.posts = [replace(post, comments=comments[post.id]) for post in found.posts]
    return found.blog(title=about.get("title", ""))


def _take(entry: ElementTree.Element, found: Gathered, comments: Counter[str]) -> None:
    kind = _local(entry, "type").lower() or next(
        (
            str(one.get("term")).rpartition("#")[2]
            for one in entry.iter(f"{_ATOM}category")
            if one.get("scheme") == _KIND
        ),
        "",
    )
    replies_to = next((one for one in entry if str(one.tag).endswith("}in-reply-to")), None)
    if kind == "comment" or replies_to is not None:
        comments[str(replies_to.get("ref")) if replies_to is not None else ""] += 1
        return
    if kind != "post":
        found.left_out["not a post"] += 1
        return
    links = entry.iter(f"{_ATOM}link")
    draft = any(str(one.tag).endswith("}draft") and one.text == "yes" for one in entry.iter())
    names = [one.text or "" for one in entry.iter(f"{_ATOM}name")]
    post = Post(
        id=entry.findtext(f"{_ATOM}id") or "",
        title=entry.findtext(f"{_ATOM}title") or "",
        source=entry.findtext(f"{_ATOM}content") or "",
        markup="html",
        published=parse_date(entry.findtext(f"{_ATOM}published")),
        updated=parse_date(entry.findtext(f"{_ATOM}updated")),
        authors=tuple(name for name in names if name),
        tags=tuple(
            str(one.get("term"))
            for one in entry.iter(f"{_ATOM}category")
            if one.get("scheme") != _KIND and one.get("term")
        ),
        url=next((link.get("href") for link in links if link.get("rel") == "alternate"), None),
    )
    found.add(post, draft=draft or _local(entry, "status").lower() in _DRAFTS)


def _local(entry: ElementTree.Element, name: str) -> str:
    """The text of an element in Blogger's own namespace."""
    return next(
        (one.text or "" for one in entry if str(one.tag).endswith(f"blogger/2018}}{name}")), ""
    )
