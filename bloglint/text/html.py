"""Prose extraction from HTML with source positions, using the standard library's parser."""

from __future__ import annotations

import re

from bloglint.lazy import lazy
from bloglint.text.entities import unescape
from bloglint.text.hidden import is_hidden
from bloglint.text.markup import BlockKind, Image, Link, Writer
from bloglint.text.tolerant import TolerantParser

_SKIPPED = frozenset(
    "script style template noscript svg math iframe object video audio canvas form button select "
    "nav footer header aside head title textarea".split()
)
_CODE = frozenset({"pre", "code", "kbd", "samp"})
_STRONG = frozenset({"b", "strong"})
_BLOCKS: dict[str, BlockKind] = {
    "p": "paragraph",
    "div": "paragraph",
    "section": "paragraph",
    "article": "paragraph",
    "main": "paragraph",
    "li": "item",
    "dd": "item",
    "dt": "item",
    "td": "cell",
    "th": "cell",
    "figcaption": "caption",
    "caption": "caption",
    **{f"h{n}": "heading" for n in range(1, 7)},
}
_BREAKS = frozenset({"ul", "ol", "dl", "table", "tr", "figure", "hr", "body", "html", "blockquote"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


#: A cell holds prose if it ends a sentence of so many words, or has so many words anyway.
_SENTENCE_WORDS, _PROSE_WORDS = 6, 25
_ENDS = lazy(r"[.!?…:][\"'”“’»)\]]*\s*\Z")


def _is_prose(text: str) -> bool:
    """Whether the text of a cell is prose, as in a table that lays out a page."""
    words = len(text.split())
    return words >= _PROSE_WORDS or (words >= _SENTENCE_WORDS and bool(_ENDS.search(text)))


class _Reader(TolerantParser):
    """A parser that feeds a `Writer`; it keeps counters, not a tree, so depth costs nothing."""

    def __init__(self, writer: Writer, text: str, offset: int) -> None:
        super().__init__(convert_charrefs=False)
        self.writer = writer
        self.text, self.base = text, offset
        self.lines = [0] + [m.end() for m in re.finditer("\n", text)]
        self.skipping: list[str] = []
        self.quotes = 0
        self.pre = 0
        self.code = self.code_start = 0
        self.strong: list[int] = []
        self.link: tuple[str, int] | None = None
        self.breaks = 0
        self.cells: list[bool] = []  # of each open cell, whether it holds prose
        self.tables: list[bool] = []  # of each open table, whether it only lays out the page

    def at(self) -> int:
        line, column = self.getpos()
        return self.base + self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping == ["p"] and tag in _BLOCKS:
            self.skipping.clear()  # a paragraph ends where the next block begins
        if self.skipping:
            if tag not in _VOID and (tag in _SKIPPED or tag == self.skipping[-1]):
                self.skipping.append(tag)
            return
        if tag in _SKIPPED or (attrs and tag not in _VOID and is_hidden(dict(attrs))):
            self.skipping.append(tag)
        elif tag == "blockquote":
            self._end()
            self.quotes += 1
        elif tag == "pre":
            self._end()
            self.writer.begin("code")
            self.pre += 1
        elif tag in _CODE:
            self.code += 1
            self.code_start = self.writer.length
        elif tag in _STRONG:
            self.strong.append(self.writer.length)
        elif tag in _BLOCKS:
            kind = _BLOCKS[tag]
            if self.quotes and kind in {"paragraph", "item"}:
                kind = "quote"
            if kind == "paragraph" and self.writer.kind == "item" and self._empty():
                return  # <li><p>: the item continues
            self._end()
            self.writer.begin(kind, int(tag[1]) if kind == "heading" else 0)
            if kind == "cell":
                self.cells.append(bool(self.tables) and self.tables[-1])
        elif tag == "br":
            self.breaks += 1
            if self.writer.stands_strong or (
                self.breaks > 1 and self.writer.kind not in {"heading", "code"}
            ):
                kind = self.writer.kind
                self._end()
                self.writer.kind = kind
            else:
                self.writer.line_break(self.at(), len(self.get_starttag_text() or "<br>"))
        elif tag in _BREAKS:
            self._end()
            if tag == "table":
                self.tables.append(dict(attrs).get("role") in {"presentation", "none"})
        elif tag == "img":
            self._image(dict(attrs))
        elif tag == "a":
            self._close_link()
            self.link = (dict(attrs).get("href") or "", self.writer.length)

    handle_startendtag = handle_starttag

    def _end(self) -> None:
        """End the current block, as prose if it is text that stands directly in a cell."""
        if self.cells and self.writer.kind == "cell":
            self.cells[-1] = self.cells[-1] or _is_prose(self.writer.written)
            if self.cells[-1]:
                self.writer.kind = "quote" if self.quotes else "paragraph"
        self.writer.end()

    def _empty(self) -> bool:
        return self.writer.length == self.writer.block_start

    def _image(self, attrs: dict[str, str | None]) -> None:
        start, tag = self.at(), self.get_starttag_text() or ""
        if attrs.get("width") in {"0", "1"} or attrs.get("height") in {"0", "1"}:
            return  # a tracking pixel
        self.writer.out.images.append(
            Image(
                attrs.get("src") or "",
                (attrs.get("alt") or "") if "alt" in attrs else "\0",
                start,
                start + len(tag),
                self.writer.length,
            )
        )

    def _close_link(self) -> None:
        if self.link:
            self.writer.out.links.append(Link(self.link[0], self.link[1], self.writer.length))
            self.link = None

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if tag == "blockquote":
            self._end()
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self._end()
            self.pre = max(0, self.pre - 1)
        elif tag in _CODE:
            self.code = max(0, self.code - 1)
            if self.writer.length > self.code_start and not self.pre:
                self.writer.out.codes.append((self.code_start, self.writer.length))
        elif tag in _STRONG and self.strong:
            self.writer.out.strong.append((self.strong.pop(), self.writer.length))
        elif tag in _BLOCKS or tag in _BREAKS:
            self._end()
            if tag in {"td", "th"} and self.cells:
                self.cells.pop()
            elif tag == "table" and self.tables:
                self.tables.pop()
        elif tag == "a":
            self._close_link()

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.quotes and self._empty() and self.writer.kind == "paragraph" and not self.pre:
            self.writer.kind = "quote"
        if not data.isspace():
            self.breaks = 0
        at = self.at()
        for run in re.finditer(r"\s+|\S+", data):
            if run.group().isspace():
                self.writer.space(at + run.start(), len(run.group()))
            else:
                self.writer.add(run.group(), at + run.start(), len(run.group()))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, reference: str) -> None:
        if self.skipping:
            return
        start = self.at() - self.base
        length = len(reference) if self.text.startswith(reference, start) else len(reference) - 1
        character = unescape(reference)
        if character in {"\xad", "\u200b"}:
            return
        if character.isspace():
            self.writer.space(start + self.base, length)
        else:
            self.breaks = 0
            self.writer.add(character, start + self.base, length)

    def handle_comment(self, data: str) -> None:
        start = self.at()
        self.writer.out.comments.append((data, start, start + len(data) + 7))


def write_html(writer: Writer, text: str, offset: int) -> None:
    """Write the prose of ``text``, which starts ``offset`` characters into the source file."""
    reader = _Reader(writer, text, offset)
    reader.read(text)
    reader._close_link()
    reader._end()
