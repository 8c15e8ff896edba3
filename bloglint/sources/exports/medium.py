"""Medium exports: archives with one HTML page (h-entry) per post."""

from __future__ import annotations

import re
from math import inf
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bloglint.lazy import lazy
from bloglint.model import Blog, Post
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered, members
from bloglint.sources.exports.pages import attribute, element, tags, without
from bloglint.sources.fields import author_names
from bloglint.text.entities import unescape

_BODY_END = lazy(r"</section>\s*(?:<footer|</article)")
_HEADINGS = lazy(r"^(?:\s|<(?:section|div|hr)[^<>]*>)*(<h[1-4][^<>]*>(.*?)</h[1-4]>)", re.DOTALL)
#: The class of a preview card that links to another page.
_CARD = "graf--mixtapeEmbed"
_OWN_TITLE = lazy(r"<h[1-4][\s>]|graf--title")
_TAG = lazy(r"<[^<>]+>")


def read_medium(path: Path, source: str, most: float = inf) -> Blog:
    """Read the blog in a Medium export, of which ``most`` bytes are unpacked.

    Raises:
        SourceError: the export contains no posts.
    """
    found = Gathered(source, most)
    try:
        with ZipFile(path) as archive:
            for name, content in members(archive, ".html", found):
                if "posts/" in name:
                    _take(name, content.decode("utf-8", "replace"), found)
    except (BadZipFile, OSError, RuntimeError) as error:
        found.broke_off(error)
    return found.blog(title=path.stem)


def _take(name: str, page: str, found: Gathered) -> None:
    title, body = element(page, "h1", "p-name"), _body(page)
    if body is None:
        found.left_out["not a post"] += 1
        return
    said = _plain(title or "")
    text = without(body, "div", lambda tag: _CARD in tag.group())
    if _is_response(said, text):
        found.left_out["comment"] += 1
        return
    head = _HEADINGS.search(text)
    if head and _plain(head[2]) == said:  # Medium repeats the title as the first heading
        text = text[: head.start(1)] + text[head.end(1) :]
    when = _first(page, "time", "dt-published", "datetime")
    link, author = _first(page, "a", "p-canonical", "href"), element(page, "a", "p-author")
    slug = name.rpartition("/")[2]
    post = Post(
        id=link or slug,
        title=said,
        source=text,
        markup="html",
        published=parse_date(when) if when else None,
        authors=author_names(_plain(author)) if author is not None else (),
        url=link or None,
    )
    found.add(post, draft=slug.startswith("draft"))


def _first(page: str, name: str, mark: str, wanted: str) -> str:
    """Return an attribute of the first tag whose class holds ``mark``, if it has one."""
    found = (tag.group() for tag in tags(page, name))
    fitting = (tag for tag in found if mark in attribute(tag, "class"))
    return next((value for tag in fitting if (value := attribute(tag, wanted))), "")


def _body(page: str) -> str | None:
    """Return the text of a post, up to the last section that ends it."""
    opening = next(
        (one for one in tags(page, "section") if attribute(one.group(), "data-field") == "body"),
        None,
    )
    ends = [one.start() for one in _BODY_END.finditer(page, opening.end())] if opening else []
    return page[opening.end() : ends[-1]] if opening and ends else None


def _is_response(title: str, text: str) -> bool:
    """Whether a page holds a response to somebody's post.

    Responses have no title of their own: Medium gives them the first words of their text.
    """
    if _OWN_TITLE.search(text) or not title:
        return False
    words = _plain(re.sub(r"</p>", " ", text)).lower()
    return words.startswith(title.rstrip("….").lower().strip())


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", text)).split())
