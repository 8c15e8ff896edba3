"""Digests that identify the inputs a value was computed from."""

from __future__ import annotations


def digest(*parts: bytes) -> bytes:
    """Hash several parts, each with its length, so that no other split yields the same hash."""
    from hashlib import blake2b

    whole = blake2b(digest_size=20)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


def text_digest(text: str) -> bytes:
    """Hash a text, which may contain lone surrogates."""
    return digest(text.encode("utf-8", "surrogatepass"))
