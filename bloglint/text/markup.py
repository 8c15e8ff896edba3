"""Prose read from markup, in blocks and with positions in the source file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Literal
from unicodedata import is_normalized, normalize

import msgspec

from bloglint.lazy import lazy

BlockKind = Literal[
    "paragraph", "item", "heading", "quote", "cell", "caption", "code", "boilerplate"
]
#: Kinds of blocks that hold the author's running text. Block quotes are counted separately.
PROSE: frozenset[str] = frozenset({"paragraph", "item"})
#: Soft hyphens, zero-width spaces, word joiners and byte order marks: invisible to a reader.
_UNSEEN = lazy("[\u00ad\u200b\u2060\ufeff]")
#: A run of plain characters, or one character with its combining marks and invisible followers.
_PIECE = lazy(
    "(?:[^\u0300-\u036f\u00ad\u200b\u2060\ufeff](?![\u0300-\u036f\u00ad\u200b\u2060\ufeff]))+"
    "|.[\u0300-\u036f\u00ad\u200b\u2060\ufeff]*",
    re.DOTALL,
)


class Block(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A run of text of one kind.

    ``start`` and ``end`` are offsets into `Markings.text`; ``level`` is that of a heading.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class Link(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A link, with the span of its words in the text."""

    url: str
    start: int
    end: int


class Image(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An image; ``source_start`` and ``source_end`` are offsets into the source file."""

    url: str
    alt: str
    source_start: int
    source_end: int
    text_position: int


@dataclass(slots=True)
class Markings:
    """The plain text of a post, its blocks, and the mapping back to the source."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    comments: list[tuple[str, int, int]] = field(default_factory=list)
    # Spans of the text: inline code, and words in bold type.
    codes: list[tuple[int, int]] = field(default_factory=list)
    strong: list[tuple[int, int]] = field(default_factory=list)
    # Offsets into the text of line breaks that the author set within a paragraph.
    breaks: list[int] = field(default_factory=list)
    # One entry per segment: start in text, length in text, start in source, length in source.
    segments: list[tuple[int, int, int, int]] = field(default_factory=list)
    lines_only: bool = False
    placeless: bool = False
    _starts: list[int] = field(default_factory=list)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source file from which ``text[start:end]`` was read."""
        if not self._starts:
            self._starts = [segment[0] for segment in self.segments]
        if not self.segments:
            return (0, 0)
        first = self.segments[max(0, bisect_right(self._starts, start) - 1)]
        last = self.segments[max(0, bisect_right(self._starts, max(start, end - 1)) - 1)]
        begin = first[2] + (min(start - first[0], first[3]) if first[1] == first[3] else 0)
        finish = last[2] + (min(end - last[0], last[3]) if last[1] == last[3] else last[3])
        return (begin, max(begin, finish))


class Writer:
    """A collector of text, block by block, that records where each piece came from."""

    def __init__(self) -> None:
        self.out = Markings()
        self.parts: list[str] = []
        self.length = 0
        self.is_blank = True
        self.block_start = self.first_part = 0
        self.kind: BlockKind = "paragraph"
        self.level = 0

    def add(self, text: str, start: int, length: int) -> None:
        """Append ``text``, whose source starts at ``start`` and is ``length`` characters long.

        Letters are composed (NFC), and invisible characters are left out.
        """
        if text and not text.isascii():
            if len(text) == length and (_UNSEEN.search(text) or not is_normalized("NFC", text)):
                for piece in _PIECE.finditer(text):
                    written = normalize("NFC", _UNSEEN.sub("", piece.group()))
                    self._append(written, start + piece.start(), len(piece.group()))
                return
            text = normalize("NFC", _UNSEEN.sub("", text))
        self._append(text, start, length)

    def _append(self, text: str, start: int, length: int) -> None:
        if text:
            self.out.segments.append((self.length, len(text), start, length))
            self.parts.append(text)
            self.length += len(text)
            self.is_blank = self.is_blank and text.isspace()

    def space(self, start: int, length: int = 1) -> None:
        """Append one space, unless the block is empty or already ends in one."""
        if self.length > self.block_start and not self.parts[-1].endswith(" "):
            self.add(" ", start, length)

    def line_break(self, start: int, length: int) -> None:
        """Note a line break inside of a block."""
        self.out.breaks.append(self.length)
        self.space(start, length)

    def split(self) -> None:
        """End the current block and go on in another of the same kind, as two line breaks do."""
        kind, level = self.kind, self.level
        self.end()
        self.kind, self.level = kind, level

    @property
    def stands_strong(self) -> bool:
        """Whether the paragraph so far is one phrase in bold type: a question, a cue."""
        if self.kind != "paragraph" or not self.out.strong:
            return False
        start, end = self.out.strong[-1]
        after = "".join(self.parts[-2:]) if end < self.length else ""
        return (
            start == self.block_start < end and not after[len(after) - self.length + end :].strip()
        )

    @property
    def written(self) -> str:
        """The text of the current block so far."""
        return "".join(self.parts[self.first_part :])

    def begin(self, kind: BlockKind, level: int = 0) -> None:
        """End the current block and start another."""
        self.end()
        self.kind, self.level = kind, level

    def end(self) -> None:
        """Close the current block; an empty one leaves no trace."""
        if self.length > self.block_start:
            if not self.is_blank:
                block = Block(self.kind, self.block_start, self.length, self.level)
                self.out.blocks.append(block)
            self.parts.append("\n\n")
            self.length += 2
        self.block_start, self.first_part = self.length, len(self.parts)
        self.kind, self.level = "paragraph", 0
        self.is_blank = True

    def finish(self) -> Markings:
        """Close the last block and return the markings, with their text joined."""
        self.end()
        self.out.text = "".join(self.parts)
        return self.out


_CAPTION = lazy(
    r"\s*[(\[*_]*(?:photo|image|picture|illustration|credit|source|foto|bild|abbildung|quelle|grafik)s?"
    r"\b(?:[^.]{0,40}[:©/]|\s+(?:by|von|from|courtesy of|via)\s)",
    re.I,
)


def is_caption(text: str) -> bool:
    """Whether a short paragraph is an image's caption ("Photo: …", „Bild: …“, "© …")."""
    return len(text) < 200 and (bool(_CAPTION.match(text)) or text.lstrip().startswith("©"))


def event_name(event: Any) -> tuple[str, Any]:
    """Return a pyromark event as (name, payload)."""
    if isinstance(event, str):
        return event, None
    name, payload = next(iter(event.items()))
    return str(name), payload
