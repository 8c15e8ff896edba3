"""Prose extraction from Textile, by way of the HTML that the textile library produces."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.lazy import lazy
from bloglint.text.html import write_html
from bloglint.text.markup import Writer

#: The size of a piece: the library's running time grows with the square of its input.
_PIECE = 2000
_BLANK = lazy(r"\n[ \t]*\n")
#: The signature of a block. With two dots, the block continues across blank lines until the next
#: signature.
_SIGNED = lazy(r"(?:bc|bq|fn\d+|h[1-6]|notextile|p|pre|table)\S{0,80}?\.(\.?) ")


def write_textile(writer: Writer, text: str) -> None:
    """Write the prose of ``text``; source positions are lost."""
    write_html(writer, "\n".join(_html(piece) for piece in _pieces(text)), 0)
    writer.out.placeless = True
    writer.out.comments.clear()


def _html(piece: str) -> str:
    from textile import textile

    if len(piece) > 2 * _PIECE:
        return piece
    try:
        return str(textile(piece, html_type="html5"))
    except Exception:  # the library fails on much that is almost Textile
        return piece


def _pieces(text: str) -> Iterator[str]:
    """Yield ``text`` in pieces of whole blocks, or of whole lines if a block is longer."""
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
    """Yield the blocks of ``text``, each with the blank lines after it."""
    start = 0
    for blank in _BLANK.finditer(text):
        end = blank.end()
        signature = _SIGNED.match(text, start)
        if not (signature and signature[1]) or _SIGNED.match(text, end):
            yield text[start:end]
            start = end
    yield text[start:]
