"""Decoding of response bodies: decompressed in pieces, never beyond a size limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bloglint.model import Text, translate

#: The content codings that this module can decode, for Accept-Encoding.
ACCEPTED = "gzip, deflate, br, zstd"
_PIECE = 65_536
_BROKEN = translate("its compressed data are broken")
_CUT = translate("its compressed data end too early")


class BodyError(Exception):
    """A response body that cannot be decoded; ``why`` is the reason."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


class TooBigError(Exception):
    """A response body that exceeds the size limit; the excess was never decompressed."""


def decoded(pieces: Iterable[bytes], codings: str, limit: int) -> bytes:
    """The body of a response with the Content-Encoding ``codings``, at most ``limit`` bytes long.

    A decompression bomb is refused as soon as it passes the limit: no step produces more than
    64 KiB.

    Raises:
        BodyError: the coding is unknown or the data are corrupt.
        TooBigError: the body exceeds the limit, compressed or decompressed.
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
    """Decompress ``pieces`` with zlib; several gzip members may follow one another."""
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
    """Decompress deflate data, even if a server omitted the required zlib header."""
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

    # RFC 9659 limits the window to 8 MB over HTTP; enforcing that bounds the memory per frame.
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
