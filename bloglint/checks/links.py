"""Links that lead nowhere, and links that say nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from posixpath import basename, dirname, splitext
from typing import Any
from urllib.parse import unquote, urlsplit

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.model import ConfigError, translate
from bloglint.sources.folders.tree import Tree, tree_of
from bloglint.sources.traffic import clean_path, slug_of
from bloglint.text.document import Document

_PICTURES = frozenset(".png .jpg .jpeg .gif .webp .svg .avif .heic .bmp .ico".split())
_FILES = frozenset(
    ".pdf .zip .mp4 .webm .mp3 .docx .xlsx .pptx .odt .ods .csv .ics .txt .gz .epub".split()
)
_POSTS = frozenset(".md .mdx .markdown .rst .adoc".split())
#: What a template or a component fills in, so that it is no address yet.
_FILLED = lazy(r"[{}<>$%](?![0-9A-Fa-f]{2})|^@|^[a-z][a-z0-9+.-]*:|^//|^~")
#: What is an anchor in the source: an attribute, or a name behind a heading.
_ANCHOR = lazy(r"(?:\b(?:id|name)\s{0,8}=\s{0,8}[\"']?|\{\s{0,8}:?\s{0,8}#)([^\s\"'>}]+)")
_MADE = lazy(r"^(?:fn|fnref|top|comments?|respond|disqus|toc|main|content|nav|footer|:~:)", re.I)
#: Components and includes, which may bring anchors of their own.
_RAW = lazy(r"^import |<[A-Z]\w+|\{%|\{\{|<h[1-6]|^\[\[|:::|\!\!\!", re.MULTILINE)
#: What begins a template's own picture, which may come from anywhere.
_TEMPLATE = ("{{", "{%")
#: How alike an unknown address must be to that of a post to be a misspelling of it.
_ALIKE = 0.88
#: The most unknown addresses of a blog that are compared with its posts.
_LOOKUPS = 200
#: The letters of an anchor from which it may be the beginning of a heading.
_CUT = 12


class Links(CheckOptions, frozen=True):
    """What says nothing of where it leads, how many are shown, and a file of lychee."""

    bare: list[str]
    allowed: Count
    shown: Count
    lychee: str


@check(options=Links, compares=True)
def links(document: Document, options: Links, context: Context) -> Iterator[Hit | Measure]:
    """Files, anchors and posts of the blog that do not exist, and links called "here".

    Everything is looked up on disk and in the blog; nothing is fetched. A file is missing if no
    file of the site is called so, wherever it lies. An address is misspelt if no post has it and
    exactly one is nearly called so. ``lychee`` names the JSON that lychee wrote on outside links.
    """
    found = list(_dead(document, options, context))
    yield Measure("dead_links", len(found))
    for case, target, start, end, source in found[: options.shown]:
        fields = {"target": target[0], "meant": target[1], "count": len(found)}
        yield Hit(case, len(found), 0, fields, start, end, target[0][:120], source)
    bare = [
        link
        for link in document.links
        if " ".join(document.text[link.start : link.end].lower().split()).strip(".,:;!→»>")
        in options.bare
    ]
    if len(bare) > options.allowed:
        first = bare[0]
        words = document.text[first.start : first.end]
        fields = {"words": words, "count": len(bare)}
        yield Hit("bare", len(bare), options.allowed, fields, first.start, first.end)


Dead = tuple[str, tuple[str, str], int | None, int | None, tuple[int, int] | None]


def _dead(document: Document, options: Links, context: Context) -> Iterator[Dead]:
    """Yield what leads nowhere: its case, its address and what may be meant, and its place."""
    known: _Known = context.remember("link targets", lambda: _Known(context))
    outside = context.remember("lychee", lambda: _lychee(options.lychee))
    anchors = _Anchors(document)
    for image in document.images:
        is_filled = document.post.source.startswith(_TEMPLATE, image.source_start)
        if not is_filled and known.lacks(image.url, document.post.path):
            span = image.source_start, image.source_end
            yield "file", (image.url, ""), None, None, span
    for link in document.links:
        place = link.start, link.end, None
        if link.url.startswith("#"):
            if not anchors.has(link.url[1:]):
                yield "anchor", (link.url, ""), *place
        elif known.lacks(link.url, document.post.path):
            yield "file", (link.url, ""), *place
        elif meant := known.meant(link.url):
            yield "post", (link.url, meant), *place
        elif why := outside.get(link.url.rstrip("/")):
            yield "outside", (link.url, why), *place


class _Known:
    """What links of a blog may lead to."""

    def __init__(self, context: Context) -> None:
        self._tree: Tree | None = tree_of(context.blog.source)
        self._looked_up = 0
        self._slugs = {slug_of(post) for post in (*context.blog.posts, *context.blog.planned)}
        urls = [clean_path(post.url) for post in context.blog.posts if post.url]
        self._parents = {url.rsplit("/", 1)[0] for url in urls}
        self._hosts = {urlsplit(post.url).hostname for post in context.blog.posts if post.url}
        present, absent = Counter[frozenset[str]](), Counter[frozenset[str]]()
        for document in context.documents:
            for url in (*(i.url for i in document.images), *(n.url for n in document.links)):
                if kind := self._kind(url):
                    (absent if self._missing(url) else present)[kind] += 1
        # Where most of the files are not here, they are kept elsewhere.
        self._judged = {k for k in (_PICTURES, _FILES) if 0 < present[k] >= absent[k]} | {_POSTS}

    def lacks(self, url: str, post: str | None) -> bool:
        """Whether an address in the file of a post names a file of the site that does not exist.

        Of pictures and other files, nothing is said where most of them are not here; of another
        text, where its folder is not here either.
        """
        kind = self._missing(url)
        if post is None or kind is None or kind not in self._judged:
            return False
        return kind is not _POSTS or (Path(post).parent / dirname(_path(url))).is_dir()

    def _missing(self, url: str) -> frozenset[str] | None:
        """Return the kind of a file that no file of the site is called like, or None."""
        kind = self._kind(url)
        if kind is None or self._tree is None or basename(_path(url)) in self._tree.names:
            return None
        return kind

    def _kind(self, url: str) -> frozenset[str] | None:
        """Return the kind of file that an address of the site names, or None."""
        if not url or _FILLED.search(url):
            return None
        path = _path(url)
        ending = splitext(path)[1]
        kind = next((one for one in (_PICTURES, _FILES, _POSTS) if ending in one), None)
        return None if kind is _POSTS and path.startswith("/") else kind

    def meant(self, url: str) -> str:
        """Return the name of the post that a misspelt address means; empty if it is none."""
        if _FILLED.search(url) and urlsplit(url).hostname not in self._hosts:
            return ""
        path = clean_path(url)
        parent, _, slug = path.rpartition("/")
        if len(slug) < 8 or "." in slug or parent not in self._parents or slug in self._slugs:
            return ""
        if self._looked_up >= _LOOKUPS:  # each is compared with all posts
            return ""
        self._looked_up += 1
        near = get_close_matches(slug, self._slugs, 2, _ALIKE)
        return near[0] if len(near) == 1 else ""


def _path(url: str) -> str:
    return unquote(re.split(r"[?#]", url, maxsplit=1)[0]).lower()


class _Anchors:
    """The places of a post that links may lead to, however a generator makes names of headings."""

    def __init__(self, document: Document) -> None:
        self._heads = {
            _letters(document.text[block.start : block.end])
            for block in document.blocks
            if block.kind in ("heading", "boilerplate")
        }
        source = document.post.source
        self._named = {_letters(found) for found in _ANCHOR.findall(source)}
        self._title, self._is_raw = _letters(document.post.title), bool(_RAW.search(source))

    def has(self, anchor: str) -> bool:
        """Whether there is a place of this name, or one may come from elsewhere."""
        name = _letters(unquote(anchor))
        if self._is_raw or not name or _MADE.match(anchor) or _FILLED.search(anchor):
            return True
        if name in self._named or name in self._heads or name in self._title:
            return True
        # A second heading of the same name gets a number, and a long one may be cut.
        plain = re.sub(r"\d{1,2}$", "", name)
        is_cut = len(name) > _CUT and any(head.startswith(name) for head in self._heads)
        return plain in self._heads or is_cut


def _letters(text: str) -> str:
    plain = text.lower().translate(_UMLAUTS)
    return re.sub(r"[\W_]+", "", plain)


_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})


def _lychee(file: str) -> Mapping[str, str]:
    """Return why each outside link failed, by its address, from the JSON of lychee.

    Raises:
        ConfigError: the file cannot be read or is no such JSON.
    """
    if not file:
        return {}
    advice = translate("Write it with: lychee --format json --output {file} …", file=file)
    try:
        whole: Any = json.loads(Path(file).read_text("utf-8"))
        failed = whole.get("error_map", whole.get("fail_map"))
        return {
            str(one["url"]).rstrip("/"): _status(one.get("status"))
            for own in failed.values()
            for one in own
        }
    except (OSError, ValueError, RecursionError, AttributeError, TypeError, KeyError):
        raise ConfigError(
            translate("this is no JSON of lychee that can be read"), advice, file
        ) from None


def _status(status: Any) -> str:
    if isinstance(status, dict):
        return str(status.get("text") or status.get("code") or "failed")[:80]
    return str(status or "failed")[:80]
