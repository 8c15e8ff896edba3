"""Bodies of answers, decompressed piece by piece and never beyond a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bloglint.model import Text, translate

#: Codings that a client may name in Accept-Encoding.
ACCEPTED = "gzip, deflate, br, zstd"
_PIECE = 65_536
_BROKEN = translate("its compressed data are broken")
_CUT = translate("its compressed data end too early")


class BodyError(Exception):
    """A body that cannot be decoded, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


class TooBigError(Exception):
    """A body that is larger than it may be; its first part is all that was decompressed."""


def decoded(pieces: Iterable[bytes], codings: str, limit: int) -> bytes:
    """The body of an answer whose Content-Encoding is ``codings``, at most ``limit`` bytes.

    A bomb is refused as soon as it passes the limit: no step makes more than 64 KiB.

    Raises:
        BodyError: the coding is unknown or the data are broken.
        TooBigError: the body is larger, compressed or not.
    """
    for coding in reversed([one.strip().lower() for one in codings.split(",") if one.strip()]):
        pieces = _decompressed(_counted(pieces, limit), coding)
    return b"".join(_counted(pieces, limit))


def _counted(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooBigError
        yield piece


def _decompressed(pieces: Iterable[bytes], coding: str) -> Iterable[bytes]:
    if coding in {"identity", "none"}:
        return pieces
    if coding in {"gzip", "x-gzip"}:
        return _members(pieces, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16))
    if coding == "deflate":
        return _deflated(pieces)
    if coding == "br":
        return _brotli(pieces)
    if coding == "zstd":
        return _zstandard(pieces)
    unknown = f"({coding[:40]!r})"
    raise BodyError(translate("unknown compression {unknown}", unknown=unknown))


def _members(pieces: Iterable[bytes], begin: Callable[[], Any]) -> Iterator[bytes]:
    """What zlib makes of ``pieces``; several gzip members may follow each other."""
    decoder = begin()
    for piece in pieces:
        rest = piece
        while rest:
            if decoder.eof:
                if not rest.strip(b"\0"):
                    break
                decoder = begin()
            try:
                yield decoder.decompress(rest, _PIECE)
            except zlib.error:
                raise BodyError(_BROKEN) from None
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if not decoder.eof:
        raise BodyError(_CUT)


def _deflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Deflate with the zlib header that it should have, or without, as some servers send it."""
    source = iter(pieces)
    first = next(source, b"")
    bits = zlib.MAX_WBITS if first[:1] == b"\x78" else -zlib.MAX_WBITS

    def whole() -> Iterator[bytes]:
        yield first
        yield from source

    return _members(whole(), lambda: zlib.decompressobj(bits))


def _brotli(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    try:
        for piece in pieces:
            yield decoder.process(piece, output_buffer_limit=_PIECE)
            while not decoder.can_accept_more_data():
                yield decoder.process(b"", output_buffer_limit=_PIECE)
    except brotli.error:
        raise BodyError(_BROKEN) from None
    if not decoder.is_finished():
        raise BodyError(_CUT)


def _zstandard(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import sys

    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    # RFC 9659: a window for HTTP is at most 8 MB, so that no frame asks for more memory.
    limits: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
    decoder = zstd.ZstdDecompressor(options=limits)
    try:
        for piece in pieces:
            rest = piece
            while rest or not (decoder.eof or decoder.needs_input):
                if decoder.eof:
                    decoder = zstd.ZstdDecompressor(options=limits)
                yield decoder.decompress(rest, _PIECE)
                rest = decoder.unused_data if decoder.eof else b""
    except zstd.ZstdError:
        raise BodyError(_BROKEN) from None
    if not decoder.eof:
        raise BodyError(_CUT)
