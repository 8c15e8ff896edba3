"""Posts found only in a sitemap (sitemaps.org): addresses and dates, without text."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, SourceError, Text, translate
from bloglint.sources.dates import parse_date
from bloglint.sources.xml import Xml, local, text_of
from bloglint.text.dates import address_day
from bloglint.web import Web

_USUAL = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_MAX_SITEMAPS = 20
#: The most bytes of a sitemap that are parsed (sitemaps.org allows 50 MB: 700 MB as a tree),
#: and the most addresses of all of them (what one may hold).
_MAX_UNPACKED, _MAX_ADDRESSES = 10_000_000, 50_000
_NUMBERS = lazy(r"\d+")
#: Names that common plugins give to sitemaps of posts, as opposed to other pages.
_OF_POSTS = lazy(r"post-sitemap|posts-post|sitemap-posts|blog", re.IGNORECASE)


def posts_in_sitemap(web: Web, feed: Blog, url: str, notes: list[Text]) -> Iterator[list[Post]]:
    """Yield, as a single page, the posts in a site's sitemaps; their texts are unknown.

    What is wrong with a sitemap is added to ``notes``.

    An address counts as a post if it lies in the same place as posts of the feed. Posts are dated
    by their address, or else by their last change, unless so many were changed on one day that it
    must be the day of a rebuild.
    """
    shapes = {_shape(post.url) for post in (*feed.posts, *feed.undated) if post.url}
    shapes.discard("")
    if not shapes:
        return
    found: dict[str, str | None] = {}
    for address, changed, of_posts in _entries(web, feed.url or url, notes):
        if _shape(address) in shapes and (of_posts or shapes != {"/"}):
            found.setdefault(address, changed)
        if len(found) >= _MAX_ADDRESSES:
            break
    days = Counter(str(changed)[:10] for changed in found.values() if changed)
    rebuilt = bool(days) and max(days.values()) > max(3, len(found) // 3)
    posts = [_post(address, None if rebuilt else changed) for address, changed in found.items()]
    if posts:
        yield posts


def _shape(address: str | None) -> str:
    """The folders of an address, with ``#`` in place of numbers."""
    try:
        path = urlsplit(address or "").path.rstrip("/")
    except ValueError:
        return ""
    folder, _, name = path.rpartition("/")
    return _NUMBERS.sub("#", folder + "/") if name else ""


def _entries(web: Web, site: str, notes: list[Text]) -> Iterator[tuple[str, str | None, bool]]:
    """Yield every page in the sitemaps.

    Each item holds the address, the last change, and whether the sitemap is one of posts.
    """
    left = [*web.sitemaps(site), *(urljoin(site, place) for place in _USUAL)]
    seen: set[str] = set()
    while left and len(seen) < _MAX_SITEMAPS:
        address = left.pop(0)
        if address in seen:
            continue
        seen.add(address)
        try:
            document = Xml(_unpacked(web.page(address).content))
        except (SourceError, OSError, EOFError, zlib.error):
            continue
        root, nested = document.root(), []
        if document.problem and root is not None:
            notes.append(_flawed(address, document.problem))
        for entry in root.iter() if root is not None else ():
            if local(entry) not in {"url", "sitemap"}:
                continue
            values = {local(one): text_of(one).strip() for one in entry}
            link = values.get("loc", "")
            if not link.startswith(("http://", "https://")):
                continue
            if local(entry) == "sitemap":
                nested.append(link)
            else:
                yield link, values.get("lastmod"), bool(_OF_POSTS.search(address))
        left = [*sorted(nested, key=lambda one: not _OF_POSTS.search(one)), *left]


def _flawed(address: str, problem: str) -> Text:
    return translate(
        "the sitemap {address} is not well-formed; whatever could be read was read ({why})",
        address=address,
        why=problem,
    )


def _unpacked(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        import io

        content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(_MAX_UNPACKED)
    return content[:_MAX_UNPACKED]


def _post(address: str, changed: str | None) -> Post:
    slug = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    day: datetime | None = parse_date(address_day(address)) or parse_date(changed)
    return Post(
        id=address,
        title=slug.rpartition(".")[0].replace("-", " ") or slug.replace("-", " "),
        source="",
        markup="html",
        published=day,
        url=address,
        complete=False,
    )
