"""The feed that a page links."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = values.get("href", "")
        is_feed = values.get("type", "").lower().partition(";")[0].strip() in _FEEDS
        relations = values.get("rel", "").lower().split()
        if tag == "link" and is_feed and "alternate" in relations and values.get("href"):
            self.found.append((values["href"], values.get("title", "")))


def linked_feeds(content: bytes, address: str) -> list[str]:
    """The addresses of the feeds that an HTML page links, those of comments last."""
    links = _Links()
    links.feed(content[:500_000].decode("utf-8", "replace"))
    base = urljoin(address, links.base)
    told = sorted(links.found, key=lambda link: "comment" in f"{link[0]} {link[1]}".lower()
                  or "kommentar" in link[1].lower())  # fmt: skip
    return list(dict.fromkeys(urljoin(base, address) for address, _ in told))
