"""Medium exports: archives with one HTML page (h-entry) per post."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bloglint.lazy import lazy
from bloglint.model import Blog, Post
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered, members
from bloglint.sources.fields import author_names
from bloglint.text.entities import unescape

_TITLE = lazy(r'<h1[^<>]*class="[^"]*p-name[^"]*"[^<>]*>(.*?)</h1>', re.DOTALL)
_BODY = lazy(
    r'<section[^<>]*data-field="body"[^<>]*>(.*)</section>\s*(?:<footer|</article)', re.DOTALL
)
_AUTHOR = lazy(r'<a[^<>]*class="[^"]*p-author[^"]*"[^<>]*>(.*?)</a>', re.DOTALL)
_WHEN = lazy(r'<time[^<>]*class="[^"]*dt-published[^"]*"[^<>]*datetime="([^"]+)"')
_LINK = lazy(r'<a[^<>]*href="([^"]+)"[^<>]*class="[^"]*p-canonical')
_HEADINGS = lazy(r"^(?:\s|<(?:section|div|hr)[^<>]*>)*(<h[1-4][^<>]*>(.*?)</h[1-4]>)", re.DOTALL)
#: A preview card that links to another page.
_CARD = lazy(r"<div[^<>]*graf--mixtapeEmbed[^<>]*>.*?</div>", re.DOTALL)
_OWN_TITLE = lazy(r"<h[1-4][\s>]|graf--title")
_TAG = lazy(r"<[^<>]+>")


def read_medium(path: Path, source: str) -> Blog:
    """Read the blog in a Medium export.

    Raises:
        SourceError: the export contains no posts.
    """
    found = Gathered(source)
    try:
        with ZipFile(path) as archive:
            for name, content in members(archive, ".html"):
                if "posts/" in name:
                    _take(name, content.decode("utf-8", "replace"), found)
    except (BadZipFile, OSError, RuntimeError) as error:
        found.broke_off(error)
    return found.blog(title=path.stem)


def _take(name: str, page: str, found: Gathered) -> None:
    title, body = _TITLE.search(page), _BODY.search(page)
    if not body:
        found.left_out["not a post"] += 1
        return
    said = _plain(title[1]) if title else ""
    text = _CARD.sub("", body[1])
    if _is_response(said, text):
        found.left_out["comment"] += 1
        return
    head = _HEADINGS.search(text)
    if head and _plain(head[2]) == said:  # Medium repeats the title as the first heading
        text = text[: head.start(1)] + text[head.end(1) :]
    when, link, author = _WHEN.search(page), _LINK.search(page), _AUTHOR.search(page)
    slug = name.rpartition("/")[2]
    post = Post(
        id=link[1] if link else slug,
        title=said,
        source=text,
        markup="html",
        published=parse_date(when[1]) if when else None,
        authors=author_names(_plain(author[1])) if author else (),
        url=link[1] if link else None,
    )
    found.add(post, draft=slug.startswith("draft"))


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
