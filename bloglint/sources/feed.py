"""Feeds: RSS and Atom by feedparser, JSON Feed by its own module."""

from __future__ import annotations

from calendar import timegm
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bloglint.model import Blog, Post, SourceError
from bloglint.sources.dates import FIRST_YEAR, newest_first, parse_date
from bloglint.sources.jsonfeed import is_json_feed, read_json_feed
from bloglint.text.dates import address_day


def read_feed(content: bytes, source: str, *, headers: Mapping[str, str] | None = None) -> Blog:
    """The blog in a feed. Broken entries are counted in ``left_out``, the others are kept.

    Raises:
        SourceError: the content is no feed at all.
    """
    if not content.strip():
        raise SourceError("there is nothing in it", "Check the address or file.", source)
    if is_json_feed(content):
        return read_json_feed(content, source)
    import feedparser

    kept = {k: v for k, v in (headers or {}).items() if k.lower() == "content-type"}
    # Bytes only: feedparser would open a string as a path or an address.
    parsed: Any = feedparser.parse(
        content, response_headers=kept, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.get("entries"):
        kind = kind_of(content)
        raise SourceError(f"this is {kind}, not an RSS, Atom or JSON feed", _advice(kind), source)
    feed = parsed.get("feed", {})
    posts: list[Post] = []
    undated: list[Post] = []
    left_out: Counter[str] = Counter()
    seen: set[str] = set()
    for entry in parsed.entries:
        post = _post(entry, feed)
        if post.id in seen:
            left_out["duplicate"] += 1
        elif post.published is None:
            undated.append(post)
        else:
            posts.append(post)
        seen.add(post.id)
    notes = []
    if parsed.get("bozo") and "Encoding" not in type(parsed.get("bozo_exception")).__name__:
        notes.append(f"the feed is not well-formed ({parsed.get('bozo_exception')})")
    return Blog(
        source=source,
        title=str(feed.get("title") or ""),
        url=feed.get("link"),
        language=feed.get("language") or None,
        posts=newest_first(posts),
        undated=tuple(undated),
        left_out=dict(left_out),
        notes=tuple(notes),
        is_feed=True,
    )


def kind_of(content: bytes) -> str:
    """What content that is no feed looks like, in words for a message."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    if start.startswith((b"{", b"[")):
        return "JSON"
    if b"\0" in start:
        return "a binary file"
    return "a text" if not start.startswith(b"<") else "XML of another kind"


def _advice(kind: str) -> str:
    if kind == "an HTML page":
        return "Look for the feed's address in the page (often /feed, /rss.xml or /atom.xml)."
    return "Give the address or file of the blog's feed, or the folder of its posts."


def _post(entry: Any, feed: Any) -> Post:
    contents = [c.get("value") or "" for c in entry.get("content", [])]
    summary = entry.get("summary") or ""
    body = max([*contents, summary], key=len)
    link = entry.get("link") or None
    authors = [a.get("name") for a in entry.get("authors", []) if a.get("name")]
    if not authors and entry.get("author"):
        authors = [entry["author"]]
    return Post(
        id=str(entry.get("id") or link or entry.get("title") or body[:80]),
        title=str(entry.get("title") or ""),
        source=body,
        markup="html",
        published=_when(entry, "published")
        or parse_date(address_day(link or ""))
        or _when(entry, "updated"),
        updated=_when(entry, "updated"),
        authors=tuple(dict.fromkeys(str(a).strip() for a in authors)),
        tags=tuple(t["term"] for t in entry.get("tags", []) if t.get("term")),
        language=entry.get("language") or None,
        url=link,
        complete=bool(contents) or not _is_cut(summary),
        comments=_number(entry.get("slash_comments") or entry.get("thr_total")),
        comments_open=True if entry.get("comments") or entry.get("wfw_commentrss") else None,
    )


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").strip().isdecimal() else None


def _is_cut(summary: str) -> bool:
    """Whether an entry's only text is a teaser: short, or ending in dots or "read more"."""
    end = summary[-200:].lower()
    marks = ("…", "[...]", "&#8230;", "&hellip;", "read more", "weiterlesen", "continue reading")
    return len(summary) < 1000 or any(mark in end for mark in marks)


def _when(entry: Any, field: str) -> datetime | None:
    """The date in its own zone where the text names one, else what feedparser made of it.

    ``dict.get`` goes past feedparser's own, which answers with another field's date.
    """
    exact = parse_date(dict.get(entry, field))
    if exact is not None:
        return exact
    parsed = dict.get(entry, f"{field}_parsed")
    if not parsed or not FIRST_YEAR <= parsed[0] <= 9990:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
