"""Textile as prose, by way of the HTML that its library makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.lazy import lazy
from bloglint.text.html import write_html
from bloglint.text.markup import Writer

#: The library's time grows with the square of what it gets at once.
_PIECE = 2000
_BLANK = lazy(r"\n[ \t]*\n")
#: A block that says what it is; with two dots it goes on over blank lines until the next.
_SIGNED = lazy(r"(?:bc|bq|fn\d+|h[1-6]|notextile|p|pre|table)\S{0,80}?\.(\.?) ")


def write_textile(writer: Writer, text: str) -> None:
    """Write the prose of ``text``; nothing tells any more where it stood."""
    write_html(writer, "\n".join(_html(piece) for piece in _pieces(text)), 0)
    writer.out.placeless = True
    writer.out.comments.clear()


def _html(piece: str) -> str:
    from textile import textile

    if len(piece) > 2 * _PIECE:
        return piece
    try:
        return str(textile(piece, html_type="html5"))
    except Exception:  # the library fails on much that is nearly Textile
        return piece


def _pieces(text: str) -> Iterator[str]:
    """``text`` in pieces of whole blocks, or of whole lines where a block is longer."""
    parts: list[str] = []
    length = 0
    for block in _blocks(text):
        signature = _SIGNED.match(block)
        lines = [block] if len(block) <= _PIECE else block.splitlines(keepends=True)
        for n, part in enumerate(lines):
            if parts and length + len(part) > _PIECE:
                yield "".join(parts)
                parts, length = [], 0
                if signature and n:
                    parts.append(signature.group())
            parts.append(part)
            length += len(part)
    yield "".join(parts)


def _blocks(text: str) -> Iterator[str]:
    """The blocks of ``text`` with the blank lines behind them."""
    start = 0
    for blank in _BLANK.finditer(text):
        end = blank.end()
        signature = _SIGNED.match(text, start)
        if not (signature and signature[1]) or _SIGNED.match(text, end):
            yield text[start:end]
            start = end
    yield text[start:]
