"""Digests that name what a value was computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def digest(*parts: bytes) -> bytes:
    """A hash over several parts that cannot be taken for others."""
    from hashlib import blake2b

    whole = blake2b(digest_size=20)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


def text_digest(text: str) -> bytes:
    """The hash of a text, whatever letters it holds."""
    return digest(text.encode("utf-8", "surrogatepass"))
