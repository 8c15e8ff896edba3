"""Addresses that are safe behind a link."""

from __future__ import annotations


def web(url: str | None) -> str | None:
    """Return an address if it is safe behind a link: others could be scripts."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
