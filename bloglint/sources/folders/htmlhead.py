"""Metadata of complete HTML pages: title, author, date and language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bloglint.text.tolerant import TolerantParser

#: ``<meta>`` names for each value, most trustworthy first (Open Graph, Dublin Core and others).
_META = {
    "title": ("og:title", "dc.title", "twitter:title"),
    "author": ("author", "dc.creator", "article:author", "parsely-author"),
    "date": ("article:published_time", "dc.date", "date", "datepublished", "parsely-pub-date"),
    "updated": ("article:modified_time", "last-modified"),
}
#: The number of characters searched for metadata; no head is longer.
_MOST = 500_000


def html_values(text: str) -> dict[str, Any]:
    """The metadata of an HTML page in the form of front matter; fragments have none."""
    page = _Page()
    page.read(text[:_MOST])
    values: dict[str, Any] = {}
    for key, names in _META.items():
        value = next((page.meta[name] for name in names if page.meta.get(name)), None)
        if value and not (key == "author" and value.startswith(("http://", "https://"))):
            values[key] = value
    for linked in page.linked:
        values |= {k: v for k, v in _of_article(linked).items() if k not in values}
    title = " ".join("".join(page.title).split())
    if title:
        values.setdefault("title", title)
    if page.time:
        values.setdefault("date", page.time)
    if page.language:
        values["lang"] = page.language
    return values


class _Page(TolerantParser):
    """Parser that collects the head's metadata, JSON-LD, and the first ``<time>`` of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.linked: list[Any] = []
        self.title: list[str] = []
        self.time = self.language = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self.meta.setdefault(name.lower(), values.get("content", "").strip())
        elif tag == "time" and not self.time:
            self.time = values.get("datetime", "")
        elif tag == "title":
            self._inside = "" if self.title else "title"
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._inside = "script"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title.append(data)
        elif self._inside == "script":
            try:
                self.linked.append(json.loads(data))
            except (ValueError, RecursionError):
                return  # the page's other scripts may still be valid


def _of_article(linked: Any) -> dict[str, Any]:
    """The metadata of the article described by JSON-LD (schema.org)."""
    graph = linked.get("@graph", linked) if isinstance(linked, Mapping) else linked
    for one in graph if isinstance(graph, list) else [graph]:
        if isinstance(one, Mapping) and one.get("datePublished"):
            found = {
                "title": one.get("headline"),
                "date": one.get("datePublished"),
                "author": one.get("author"),
            }
            return {key: value for key, value in found.items() if value}
    return {}
