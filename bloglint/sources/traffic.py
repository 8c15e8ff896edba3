"""Visits by address, from the CSV file of any analytics or search console."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bloglint.lazy import lazy
from bloglint.model import ConfigError, Post, PostVerdict, translate
from bloglint.sources.files import read_bytes

#: What columns of addresses and of visits are called, the more telling names first.
_ADDRESSES = lazy(
    r"url|address|page ?path|path|landing ?page|top pages|pages?|permalink|link|adresse|seiten?",
    re.IGNORECASE,
)
_VISITS = (
    "unique visitors", "visitors", "visits", "sessions", "unique page", "pageviews", "page views",
    "views", "users", "clicks", "hits", "eindeutige besucher", "besucher", "besuche", "sitzungen",
    "seitenaufrufe", "aufrufe", "nutzer", "klicks", "zugriffe",
)  # fmt: skip
_ADVICE = translate(
    "Export a table of pages with a column of addresses (url, page, Seite) and one of visits "
    "(visits, clicks, Besuche)."
)
_PLACE = lazy(r"(?:https?://\S+|/\S*)$")
_END = lazy(r"(?:/index)?(?:\.html?)?/?$")
_DATE = lazy(r"^\d{4}-\d{1,2}-\d{1,2}[-_]")
_FILE = lazy(
    r"(?:/(?:index|readme|\+page))?(?:\.[a-z]{2})?\.(?:md|mdx|markdown|html?|rst|adoc|textile)$"
)


def read_visits(file: Path) -> dict[str, int]:
    """Return the visits by the path of each address; several rows of one address are added up.

    Raises:
        ConfigError: the file cannot be read, or has no columns of addresses and visits.
    """
    where = str(file)
    if not file.is_file():
        raise ConfigError(translate("there is no such file"), translate("Check the path."), where)
    content = read_bytes(file, where)
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if is_wide else "utf-8-sig", "replace")
    rows = _rows(text)
    heads = ((n, columns) for n, row in enumerate(rows) if (columns := _columns(row)))
    head = next(heads, None)
    if head is None:
        raise ConfigError(
            translate("no columns of addresses and visits were found"), _ADVICE, where
        )
    first, (place, count) = head
    visits: Counter[str] = Counter()
    for row in rows[first + 1 :]:
        if len(row) > max(place, count) and _PLACE.match(row[place].strip()):
            visits[clean_path(row[place])] += _number(row[count])
    if not visits:
        raise ConfigError(translate("no row names an address with visits"), _ADVICE, where)
    return dict(visits)


def _rows(text: str) -> list[list[str]]:
    """Return the rows of a file, by the separator that most of its first lines hold."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    start = lines[:20]
    separator = max(",;\t", key=lambda mark: sum(mark in line for line in start))
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))


def _columns(row: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of addresses and of visits if a row is the head of a table."""
    names = [" ".join(name.lower().replace("_", " ").split()) for name in row]
    place = next((n for n, name in enumerate(names) if _ADDRESSES.match(name)), None)
    for wanted in _VISITS:
        for n, name in enumerate(names):
            if wanted in name and n != place and place is not None:
                return place, n
    return None


def _number(text: str) -> int:
    """Return a count however its thousands are divided; 0 for anything else."""
    plain = re.sub(r"[\s'’\u00a0\u202f]", "", text)
    whole = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain)
    found = re.match(r"\d{1,18}", whole)
    return int(found[0]) if found else 0


def clean_path(address: str) -> str:
    """Return the path of an address in lower case, without index file and slash at its end."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:  # no address at all
        path = address
    return _END.sub("", path.lower()) or "/"


def slug_of(post: Post | PostVerdict) -> str:
    """Return the last part of a post's address, or the name of its file, without the date."""
    return slug(post.url) if post.url else _last(_FILE.sub("", (post.path or post.id).lower()))


def slug(address: str) -> str:
    """Return the last part of an address without the date."""
    return _last(clean_path(address))


def _last(path: str) -> str:
    return _DATE.sub("", path.rsplit("/", 1)[-1])


def visits_of(posts: Sequence[Post | PostVerdict], visits: Mapping[str, int]) -> list[int]:
    """Return the visits of each post by its address or, where that is unknown, its last part.

    A last part that several posts share says nothing.
    """
    by_slug: Counter[str] = Counter()
    for path, count in visits.items():
        by_slug[_last(path)] += count
    slugs = Counter(map(slug_of, posts))
    found = []
    for post in posts:
        own = slug_of(post)
        path = clean_path(post.url) if post.url else ""
        found.append(visits[path] if path in visits else by_slug[own] * (slugs[own] == 1))
    return found
