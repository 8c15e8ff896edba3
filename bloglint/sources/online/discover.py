"""Discovery of a page's feed, by its links or else at common addresses."""

from __future__ import annotations

import re
import time
from urllib.parse import urljoin, urlsplit

from bloglint.lazy import lazy
from bloglint.model import SourceError, Text, translate
from bloglint.sources.feeds.charset import decode
from bloglint.sources.feeds.feed import kind_of, no_feed
from bloglint.sources.feeds.jsonfeed import is_json_feed
from bloglint.text.tolerant import TolerantParser
from bloglint.web import Answer, Web, shown

_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
#: Paths where common systems serve a feed, relative to the page's folder and to the site's root.
_USUAL = (
    "feed", "feed.xml", "rss.xml", "atom.xml", "index.xml", "rss", "feed.json",
    "feeds/posts/default", "blog/feed", "blog/feed.xml", "blog/rss.xml", "blog/index.xml",
)  # fmt: skip
_MAX_GUESSES = 14
#: The most declared feeds that are tried, how many others are named, and the seconds of a search.
_MAX_DECLARED, _NAMED, _SECONDS = 8, 3, 30.0
_ROOT = lazy(r"<(?:[\w-]+:)?(?:rss|feed|rdf)[\s>:]", re.IGNORECASE)
_LOOKS_LIKE_FEED = lazy(r"(?:/feed/?$|/rss/?$|(?:rss|atom|feed|index)\.(?:xml|rdf|json)$)")

_OF_COMMENTS = lazy("comment|kommentar", re.IGNORECASE)
_OF_A_PART = lazy(
    r"categor|kategorie|schlagw|\btags?\b|author|\bautor|thema\b|topic", re.IGNORECASE
)


class _Links(TolerantParser):
    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.declared: list[tuple[str, str]] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        href = values.get("href", "")
        if tag == "base" and not self.base:
            self.base = href
        is_feed = values.get("type", "").lower().partition(";")[0].strip() in _FEEDS
        relations = values.get("rel", "").lower().split()
        if tag == "link" and is_feed and {"alternate", "feed"} & set(relations) and href:
            self.declared.append((href, values.get("title", "")))
        elif tag == "a" and _LOOKS_LIKE_FEED.search(href.partition("?")[0]):
            self.anchors.append(href)


def find_feed(web: Web, address: str) -> tuple[Answer, list[Text]]:
    """Fetch the feed at ``address``, or the first working feed of the page there.

    Returns:
        The response, and notes for the user: which feed was used, and which were not.

    Raises:
        SourceError: the address cannot be fetched, or is a page without a feed.
    """
    answer = web.get(address)
    if not is_page(answer.content):
        return answer, [*answer.notes]
    declared, of_comments, anchors = linked_feeds(answer.content, answer.url)
    broken: list[SourceError] = []
    by = time.monotonic() + _SECONDS
    for link in declared[:_MAX_DECLARED]:
        feed = _feed_at(web, link, broken, by)
        if feed:
            others = [one for one in (*declared, *of_comments) if one != link]
            return feed, [*answer.notes, _linked(link, others), *feed.notes]
    guesses = list(dict.fromkeys([*anchors, *_usual(answer.url)]))[:_MAX_GUESSES]
    for guess in guesses:
        feed = _feed_at(web, guess, [], by, retries=0)
        if feed:
            return feed, [*answer.notes, _guessed(guess, bool(declared))]
    given_up = _given_up(len(declared), is_late=time.monotonic() > by)
    if given_up:
        advice = translate("Name the address of the feed itself.")
        raise SourceError(given_up, advice, shown(address))
    if broken:
        raise broken[0]
    if _LOOKS_LIKE_FEED.search(urlsplit(answer.url).path):
        raise SourceError(
            translate("the feed's address answers with an HTML page"),
            translate("Open it in a browser and see what the page says."),
            shown(address),
        )
    raise SourceError(
        translate(
            "this page links no feed, and there is none at the usual addresses ({guesses} tried)",
            guesses=len(guesses),
        ),
        translate(
            "Without a feed readers' programs cannot follow the blog: have one made, "
            'with <link rel="alternate" type="application/rss+xml"> in the page; '
            "until then check an export or the folder of its posts."
        ),
        shown(address),
    )


def _given_up(declared: int, *, is_late: bool) -> Text | None:
    """Why not every feed was tried; None if all were."""
    if declared > _MAX_DECLARED:
        return translate(
            "the page names {count} feeds, and none of those that were tried can be read",
            count=declared,
        )
    if is_late:
        return translate("no feed was found in {seconds} seconds", seconds=round(_SECONDS))
    return None


def _feed_at(
    web: Web, address: str, broken: list[SourceError], by: float, **how: int
) -> Answer | None:
    """Fetch the feed at an address; if that fails, add the error to ``broken`` and return None."""
    if time.monotonic() > by:
        return None
    try:
        answer = web.get(address, by=by, **how)
    except SourceError as error:
        broken.append(error)
        return None
    if is_feed(answer.content):
        return answer
    broken.append(no_feed(answer.content, shown(address)))
    return None


def linked_feeds(content: bytes, address: str) -> tuple[list[str], list[str], list[str]]:
    """The feeds linked by a page: declared post feeds, comment feeds, links that look like feeds.

    Feeds of a single category, tag or author come after those of the whole blog.
    """
    links = _Links()
    links.read(decode(content[:1_000_000]))
    base = _join(address, links.base) or address
    declared: tuple[list[str], list[str], list[str]] = ([], [], [])  # blog, parts, comments
    for href, title in links.declared:
        said = f"{href} {title}"
        kind = 2 if _OF_COMMENTS.search(said) else 1 if _OF_A_PART.search(said) else 0
        declared[kind].append(_join(base, href))
    groups = ([*declared[0], *declared[1]], declared[2], [_join(base, a) for a in links.anchors])
    posts, comments, anchors = ([one for one in dict.fromkeys(g) if one] for g in groups)
    return posts, comments, anchors


def is_page(content: bytes) -> bool:
    """Whether a response body is an HTML page."""
    return kind_of(content) == "an HTML page" and not is_feed(content)


def is_feed(content: bytes) -> bool:
    """Whether content begins like a feed, regardless of its name or declared type."""
    return is_json_feed(content) or bool(_ROOT.search(decode(content[:3000])))


def _usual(address: str) -> list[str]:
    path = urlsplit(address).path
    folder = path if path.endswith("/") else path + "/"
    places = [folder, "/"] if folder != "/" else ["/"]
    return [urljoin(address, place + name) for place in places for name in _USUAL]


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _linked(taken: str, others: list[str]) -> Text:
    rest = ", ".join(shown(other) for other in others[:_NAMED])
    if len(others) > _NAMED:
        rest += ", …"
    if rest:
        return translate(
            "read the feed that the page links: {taken} (not: {rest})",
            taken=shown(taken),
            rest=rest,
        )
    return translate("read the feed that the page links: {taken}", taken=shown(taken))


def _guessed(taken: str, declared: bool) -> Text:
    if declared:
        return translate(
            "the feed that the page links cannot be read; one was found at {taken}: link this one",
            taken=shown(taken),
        )
    return translate(
        "the page declares no feed of posts; one was found at {taken}: declare it in the "
        'page with <link rel="alternate">, or readers\' programs will not find it',
        taken=shown(taken),
    )
