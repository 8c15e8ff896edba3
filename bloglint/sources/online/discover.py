"""The feed of a page: the one that it links, else the one at a usual address."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bloglint.model import SourceError, Text
from bloglint.sources.feeds.charset import decode
from bloglint.sources.feeds.feed import kind_of
from bloglint.sources.feeds.jsonfeed import is_json_feed
from bloglint.web import Answer, Web, shown

_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
#: Where the usual systems put a feed, below the page's own folder and at the site's root.
_USUAL = (
    "feed", "feed.xml", "rss.xml", "atom.xml", "index.xml", "rss", "feed.json",
    "feeds/posts/default", "blog/feed", "blog/feed.xml", "blog/rss.xml", "blog/index.xml",
)  # fmt: skip
_MAX_GUESSES = 14
_ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf)[\s>:]", re.IGNORECASE)
_LOOKS_LIKE_FEED = re.compile(r"(?:/feed/?$|/rss/?$|(?:rss|atom|feed|index)\.(?:xml|rdf|json)$)")


class _Links(HTMLParser):
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
    """What the server says at an address, or at that of the first feed that a page there links.

    With it comes what has to be told: which feed was taken, and which were not.

    Raises:
        SourceError: the address cannot be fetched, or is a page without a feed.
    """
    answer = web.get(address)
    if not is_page(answer.content):
        return answer, [*answer.notes]
    declared, anchors = linked_feeds(answer.content, answer.url)
    if declared:
        feed = web.get(declared[0])
        return feed, [*answer.notes, _linked(declared[0], declared[1:]), *feed.notes]
    guesses = list(dict.fromkeys([*anchors, *_usual(answer.url)]))[:_MAX_GUESSES]
    for guess in guesses:
        try:
            feed = web.get(guess)
        except SourceError:
            continue
        if is_feed(feed.content):
            return feed, [*answer.notes, _guessed(guess)]
    raise SourceError(
        Text(
            "this page links no feed, and there is none at the usual addresses "
            f"({len(guesses)} tried)",
            "diese Seite nennt keinen Feed, und an den üblichen Adressen ist keiner "
            f"({len(guesses)} versucht)",
        ),
        Text(
            "Without a feed readers' programs cannot follow the blog: have one made, with "
            '<link rel="alternate" type="application/rss+xml"> in the page; until then check an '
            "export or the folder of its posts.",
            "Ohne Feed kann kein Leseprogramm dem Blog folgen: lassen Sie einen anlegen, mit "
            '<link rel="alternate" type="application/rss+xml"> in der Seite; bis dahin prüfen Sie '
            "einen Export oder den Ordner der Beiträge.",
        ),
        shown(address),
    )


def linked_feeds(content: bytes, address: str) -> tuple[list[str], list[str]]:
    """The feeds that a page declares, those of comments last, and links that look like feeds."""
    links = _Links()
    links.feed(decode(content[:1_000_000]))
    base = _join(address, links.base) or address
    told = sorted(
        links.declared,
        key=lambda link: bool(re.search("comment|kommentar", f"{link[0]} {link[1]}".lower())),
    )
    declared = [_join(base, href) for href, _ in told]
    anchors = [_join(base, href) for href in links.anchors]
    return (
        [one for one in dict.fromkeys(declared) if one],
        [one for one in dict.fromkeys(anchors) if one],
    )


def is_page(content: bytes) -> bool:
    """Whether an answer is an HTML page."""
    return kind_of(content) == "an HTML page" and not is_feed(content)


def is_feed(content: bytes) -> bool:
    """Whether content begins as a feed does, whatever its name or type says."""
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
    rest = ", ".join(shown(one) for one in others)
    return Text(
        f"read the feed that the page links: {shown(taken)}" + (f" (not: {rest})" if rest else ""),
        f"gelesen wurde der Feed, den die Seite nennt: {shown(taken)}"
        + (f" (nicht: {rest})" if rest else ""),
    )


def _guessed(taken: str) -> Text:
    return Text(
        f"the page declares no feed; one was found at {shown(taken)}: declare it in the page with "
        '<link rel="alternate">, or readers\' programs will not find it',
        f"die Seite nennt keinen Feed; gefunden wurde einer unter {shown(taken)}: nennen Sie ihn "
        'in der Seite mit <link rel="alternate">, sonst finden ihn Leseprogramme nicht',
    )
