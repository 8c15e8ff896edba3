"""Prose extraction from HTML with source positions, using the standard library's parser."""

from __future__ import annotations

import re

from bloglint.text.entities import unescape
from bloglint.text.markup import BlockKind, Image, Link, Writer
from bloglint.text.tolerant import TolerantParser

_SKIPPED = frozenset(
    "script style template noscript svg math iframe object video audio canvas form button select "
    "nav footer header aside head title textarea".split()
)
_CODE = frozenset({"pre", "code", "kbd", "samp"})
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
        self.code = 0
        self.link: tuple[str, int] | None = None

    def at(self) -> int:
        line, column = self.getpos()
        return self.base + self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            if tag in _SKIPPED and tag not in _VOID:
                self.skipping.append(tag)
            return
        if tag in _SKIPPED:
            self.skipping.append(tag)
        elif tag == "blockquote":
            self.writer.end()
            self.quotes += 1
        elif tag == "pre":
            self.writer.begin("code")
            self.pre += 1
        elif tag in _CODE:
            self.code += 1
        elif tag in _BLOCKS:
            kind = _BLOCKS[tag]
            if self.quotes and kind in {"paragraph", "item"}:
                kind = "quote"
            if kind == "paragraph" and self.writer.kind == "item" and self._empty():
                return  # <li><p>: the item continues
            self.writer.begin(kind, int(tag[1]) if kind == "heading" else 0)
        elif tag == "br":
            self.writer.space(self.at(), len(self.get_starttag_text() or "<br>"))
        elif tag in _BREAKS:
            self.writer.end()
        elif tag == "img":
            self._image(dict(attrs))
        elif tag == "a":
            self._close_link()
            self.link = (dict(attrs).get("href") or "", self.writer.length)

    handle_startendtag = handle_starttag

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
            self.writer.end()
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self.writer.end()
            self.pre = max(0, self.pre - 1)
        elif tag in _CODE:
            self.code = max(0, self.code - 1)
        elif tag in _BLOCKS or tag in _BREAKS:
            self.writer.end()
        elif tag == "a":
            self._close_link()

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.quotes and self._empty() and self.writer.kind == "paragraph" and not self.pre:
            self.writer.kind = "quote"
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
            self.writer.add(character, start + self.base, length)

    def handle_comment(self, data: str) -> None:
        start = self.at()
        self.writer.out.comments.append((data, start, start + len(data) + 7))


def write_html(writer: Writer, text: str, offset: int) -> None:
    """Write the prose of ``text``, which starts ``offset`` characters into the source file."""
    reader = _Reader(writer, text, offset)
    reader.read(text)
    reader._close_link()
    writer.end()
