"""Permissions and delays from a host's robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

#: The product token by which a robots.txt addresses bloglint.
AGENT = "bloglint"
_MAX_DELAY = 10.0


@dataclass(frozen=True, slots=True)
class Manners:
    """The rules for fetching a page.

    Attributes:
        allowed: whether the page may be fetched.
        delay: the seconds to wait between two requests to its host.
    """

    allowed: bool
    delay: float


class Robots:
    """The robots.txt files of all hosts visited, each read once.

    ``read`` returns the text of the robots.txt at an address: empty if there is none, or None if
    the server cannot say, in which case nothing is allowed (RFC 9309).
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._known: dict[str, Any] = {}

    def manners(self, address: str, least: float) -> Manners:
        """The rules for fetching ``address``; ``least`` is the minimum delay in seconds."""
        rules = self._rules(address)
        if rules is None:
            return Manners(False, least)
        asked = rules.crawl_delay(AGENT)
        delay = min(_MAX_DELAY, max(least, float(asked or 0)))
        return Manners(bool(rules.can_fetch(address, AGENT)), delay)

    def sitemaps(self, address: str) -> list[str]:
        """The sitemaps listed in the robots.txt of the host of ``address``."""
        rules = self._rules(address)
        return [] if rules is None else [str(sitemap) for sitemap in rules.sitemaps]

    def _rules(self, address: str) -> Any:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            self._known[origin] = self._parsed(origin)
        return self._known[origin]

    def _parsed(self, origin: str) -> Any:
        text = self._read(f"{origin}/robots.txt")
        if text is None:
            return None
        from protego import Protego

        return Protego.parse(text)
