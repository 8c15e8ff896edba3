"""Digests that identify the inputs a value was computed from."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any


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


def packed(value: object) -> bytes:
    """Encode data as bytes; the same data always give the same bytes."""
    import msgspec

    try:
        return msgspec.msgpack.encode(value, enc_hook=_plain, order="sorted")
    except (UnicodeEncodeError, OverflowError):  # a file name, or an endless number
        plain = msgspec.to_builtins(value, enc_hook=_plain, order="sorted")
        return repr(plain).encode("utf-8", "surrogateescape")


def _plain(value: Any) -> Any:
    if isinstance(value, tzinfo):
        return str(value)
    raise NotImplementedError(type(value))
