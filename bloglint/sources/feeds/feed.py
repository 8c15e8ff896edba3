"""Reading feeds: RSS and Atom with feedparser, JSON Feed with `jsonfeed`."""

from __future__ import annotations

import re
from calendar import timegm
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, SourceError, translate
from bloglint.sources.dates import FIRST_YEAR, DateOrder, newest_first, parse_date
from bloglint.sources.feeds.charset import decode
from bloglint.sources.feeds.ids import merged_twins
from bloglint.sources.feeds.jsonfeed import is_json_feed, read_json_feed
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.xml import CONTROL
from bloglint.text.dates import address_day
from bloglint.text.entities import unescape

_DATES = ("published", "updated")
#: What is said about a picture, a film or an episode. Under a name that feedparser does not know,
#: it is not taken for the text of the entry.
_ABOUT_MEDIA = lazy(r"(</?(?:media|itunes):)(?=(?:description|summary|text|title|subtitle)\b)")

_DECLARATION = lazy(r"\A\s*<\?xml[^>]*\?>")
#: Processing instructions before the root element, which say nothing about the feed.
_INSTRUCTION = lazy(r"<\?[^<>]*>?")
_ROOT = lazy(r"<(?:[\w-]+:)?(?:rss|feed|rdf|channel)[\s>:]", re.IGNORECASE)
#: At least 200 nested start or end tags in a row: never real text, and feedparser takes time
#: quadratic in the depth.
_DEEP = lazy(r"(?:<[a-zA-Z][^<>]*+>\s*+){200,}+|(?:</[^<>]*+>\s*+){200,}+")
_EMPTY_LINES = lazy(r"\s{400,}")
#: The rest of a name that is far longer than names are: feedparser looks for an address in it, in
#: time quadratic in its length.
_LONG_NAME = lazy(
    r"(<(?:[\w-]{1,20}:)?(?:author|creator|contributor|managingEditor|webMaster|publisher|name|email)\b"
    r"[^<>]{0,200}>(?:<!\[CDATA\[)?[^<>]{1000})[^<>]+"
)
#: Shorter summaries count as excerpts: WordPress cuts at 55 words, others sooner; posts are longer.
SUMMARY_WORDS = 80
_TAGS = lazy(r"<[^<>]*>")
_GOES_ON = lazy(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read (?:more|on|the full \w+)|continue reading|weiter ?lesen"
    r"|mehr (?:lesen|erfahren))\W*\Z",
    re.IGNORECASE,
)
_EMPTY = translate("there is nothing in it"), translate("Check the address or file.")
_EMPTY_INPUT = translate("standard input was empty"), translate("Pipe a feed or a post into it.")
_TAG = lazy(r"<[a-zA-Z/!]")


def read_feed(
    content: bytes, source: str, *, headers: Mapping[str, str] | None = None, url: str = ""
) -> Blog:
    """Read the blog in a feed; bad entries are counted in ``left_out``, all others are kept.

    Args:
        content: the bytes of the feed.
        source: the name of the source for messages.
        headers: the HTTP headers of the response.
        url: the address of the feed, against which relative links are resolved.

    Raises:
        SourceError: the content is not a feed.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise SourceError(*(_EMPTY_INPUT if source == "-" else _EMPTY), source)
    if is_json_feed(content):
        return read_json_feed(content, source)
    import feedparser

    fields = {name.lower(): value for name, value in (headers or {}).items()}
    text = _DECLARATION.sub("", decode(content, fields.get("content-type", "")))
    # Pass bytes only, since feedparser would open a string as a path or an address. They are always
    # UTF-8, so that no declaration can mislead it.
    root = _ROOT.search(text)
    if not root:
        raise no_feed(content, source)
    text = _INSTRUCTION.sub("", text[: root.start()]) + text[root.start() :]
    text = _ABOUT_MEDIA.sub(r"\1x-", text)
    text = _DEEP.sub(" ", _EMPTY_LINES.sub("\n", CONTROL.sub("", text)))
    text = _LONG_NAME.sub(r"\1", text)
    try:
        parsed: Any = feedparser.parse(
            text.encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser documents no errors but raises a dozen kinds
        raise SourceError(
            translate("the feed is broken ({error})", error=error),
            translate("Check it at validator.w3.org/feed."),
            source,
        ) from None
    if not parsed.get("version") and not parsed.get("entries"):
        raise no_feed(content, source)
    feed = parsed.get("feed", {})
    is_atom = str(parsed.get("version")).startswith("atom")
    left_out: Counter[str] = Counter()
    entries = [entry for entry in parsed.entries if not entry.get("thr_in-reply-to")]
    if len(entries) < len(parsed.entries):
        left_out["comment"] = len(parsed.entries) - len(entries)
    order = DateOrder(dict.get(entry, field) for entry in entries for field in _DATES)
    around = feed if is_atom else {}
    posts, twins = merged_twins([_post(entry, around, url, order) for entry in entries])
    if twins:
        left_out["duplicate"] = twins
    notes = []
    if parsed.get("bozo") and "Encoding" not in type(parsed.get("bozo_exception")).__name__:
        why = parsed.get("bozo_exception")
        notes.append(translate("the feed is not well-formed ({why})", why=why))
    return Blog(
        source=source,
        title=_title(feed),
        url=_whole(feed.get("link"), url),
        language=feed.get("language") or None,
        posts=newest_first(post for post in posts if post.published),
        undated=tuple(post for post in posts if not post.published),
        left_out=dict(left_out),
        notes=tuple(notes),
        is_feed=True,
        links=_links(feed, url),
        generator=str(feed.get("generator") or ""),
    )


def kind_of(content: bytes) -> str:
    """Describe, for an error message, what kind of content this is if it is not a feed."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    if start.startswith((b"{", b"[")):
        return "JSON"
    if start.startswith(b"%pdf"):
        return "a PDF file"
    if start.startswith(b"pk\x03\x04"):
        return "an archive or office file"
    if b"\0" in start:
        return "a binary file"
    return "a text" if not start.startswith(b"<") else "XML of another kind"


def no_feed(content: bytes, source: str) -> SourceError:
    """The error for content that is not a feed."""
    kind = kind_of(content)
    advice = translate("Give the address or file of the blog's feed, or the folder of its posts.")
    if kind == "an HTML page":
        advice = translate(
            "Look for the feed's address in the page (often /feed, /rss.xml or /atom.xml)."
        )
    return SourceError(
        translate("this is {kind}, not an RSS, Atom or JSON feed", kind=translate(kind)),
        advice,
        source,
    )


def _links(feed: Any, url: str) -> dict[str, str]:
    """The feed's links to related documents (RFC 5005): the first for each relation."""
    found: dict[str, str] = {}
    for link in feed.get("links", []):
        whole = _whole(link.get("href"), url)
        if whole:
            found.setdefault(str(link.get("rel") or "alternate"), whole)
    return found


def _whole(link: Any, url: str) -> str | None:
    """``link`` as an absolute address, resolved against ``url``."""
    if not link:
        return None
    try:
        return urljoin(url, str(link).strip()) if url else str(link).strip()
    except ValueError:
        return str(link)


def _post(entry: Any, feed: Any, url: str, order: DateOrder) -> Post:
    contents = [c for c in entry.get("content", []) if _has_words(c.get("value"))]
    summary = entry.get("summary") or ""
    # What is called the content is the article; descriptions of pictures and of episodes are not.
    about = entry.get("media_x-description") or entry.get("itunes_x-summary") or ""
    body = max((c["value"] for c in contents), key=len, default=summary or about)
    kinds = {c.get("type") for c in contents if c["value"] == body}
    link = _whole(entry.get("link") or None, url)
    return Post(
        id=str(entry.get("id") or link or entry.get("title") or body[:80]),
        title=_title(entry),
        source=body,
        markup="text" if kinds == {"text/plain"} and not _TAG.search(body) else "html",
        published=_when(entry, "published", order)
        or parse_date(address_day(link or ""))
        or _when(entry, "updated", order),
        updated=_when(entry, "updated", order),
        authors=_authors(entry) or _authors(feed),
        tags=tuple(
            dict.fromkeys(
                t.get("label") or t["term"] for t in entry.get("tags", []) if t.get("term")
            )
        ),
        language=entry.get("language") or None,
        url=link,
        complete=bool(contents) or not _is_cut(summary),
        comments=_number(entry.get("slash_comments") or entry.get("thr_total")),
        comments_open=True if entry.get("comments") or entry.get("wfw_commentrss") else None,
    )


def _has_words(content: Any) -> bool:
    return bool(content) and any(map(str.isalnum, _TAGS.sub("", str(content))))


def _title(holder: Any) -> str:
    """The title as readers see it, without markup."""
    title = str(holder.get("title") or "")
    kind = (holder.get("title_detail") or {}).get("type", "")
    return title_text(title if kind == "text/plain" else _TAGS.sub("", title))


def _authors(holder: Any) -> tuple[str, ...]:
    """The names of an entry's authors.

    In Atom, an entry without authors has those of its feed (RFC 4287, 4.2.1).
    """
    names = [str(a.get("name")) for a in holder.get("authors", []) if a.get("name")]
    author = str(holder.get("author") or "")
    if author and len(names) < 2:
        names = [author]  # feedparser takes the end of an address for a name
    return author_names(names)


def _number(text: Any) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,9}", str(text or "").strip(), re.ASCII) else None


def _is_cut(summary: str) -> bool:
    """Whether an entry's only text is a teaser: short, or ending in dots or "read more"."""
    words = unescape(_TAGS.sub(" ", summary)).split()
    return len(words) < SUMMARY_WORDS or bool(_GOES_ON.search(" ".join(words[-8:])))


def _when(entry: Any, field: str, order: DateOrder) -> datetime | None:
    """The date in its own time zone if the text names one, otherwise as parsed by feedparser.

    ``dict.get`` bypasses feedparser's own method, which falls back to the date of another field.
    feedparser knows more languages, but guesses where numbers alone may mean two days.
    """
    text = dict.get(entry, field)
    exact = order.parse(text)
    if exact is not None:
        return exact
    parsed = dict.get(entry, f"{field}_parsed")
    if not parsed or not FIRST_YEAR <= parsed[0] <= 9990 or str(parsed[0]) not in str(text):
        return None
    if str(text).isascii():  # what we could not read, it could only guess
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
