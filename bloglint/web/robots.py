"""What a host's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

#: The product token that a robots.txt may name.
AGENT = "bloglint"
_MAX_DELAY = 10.0


@dataclass(frozen=True, slots=True)
class Manners:
    """Whether a page may be fetched, and the seconds to wait between two of its host."""

    allowed: bool
    delay: float


class Robots:
    """The robots.txt of every host that is asked for, each read once.

    ``read`` gives the file's text for its address, empty where there is none, and None where the
    server cannot tell (RFC 9309: then nothing is allowed).
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._known: dict[str, Any] = {}

    def manners(self, address: str, least: float) -> Manners:
        """How to behave towards ``address``; ``least`` is the shortest delay in seconds."""
        rules = self._rules(address)
        if rules is None:
            return Manners(False, least)
        asked = rules.crawl_delay(AGENT)
        delay = min(_MAX_DELAY, max(least, float(asked or 0)))
        return Manners(bool(rules.can_fetch(address, AGENT)), delay)

    def sitemaps(self, address: str) -> list[str]:
        """The sitemaps that the host of ``address`` names."""
        rules = self._rules(address)
        return [] if rules is None else [str(one) for one in rules.sitemaps]

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
