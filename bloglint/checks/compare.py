"""What one text took from another, and what was done to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from bloglint.model import Exhibit, Place, Segment
from bloglint.text.document import QUOTATION, Document
from bloglint.text.passages import (
    LIKELY,
    LIKELY_RETOLD,
    LIKELY_WORDS,
    RETOLD,
    RETOLD_SENTENCES,
    RETOLD_USED,
    RETOLD_WORDS,
    Original,
    Passage,
    passages,
    retold,
)
from bloglint.text.stems import Stem, stems, stems_of

#: A passage that the copy quotes has so many words at least.
QUOTED_WORDS = 6
#: How near the quotation the one who said it is named, in characters.
NEAR = 90
#: A closing part begins in the last so much of a text.
CLOSING = 0.5
ABOUT = ("about", "über")
Words = Mapping[str, Sequence[str]]


class Compared:
    """A text ready to be compared: its words, without attributed quotations and closing part.

    ``said`` are words that name who speaks, ``closings`` how boilerplate at the end begins, both by
    language. Quotations count where ``quoted`` is set.
    """

    def __init__(
        self, document: Document, said: Words, closings: Words, *, quoted: bool = False
    ) -> None:
        self.document = document
        self._said, self._closings, self._quotes_count = said, closings, quoted

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        if self._quotes_count:
            return []
        said = self._said.get(self.document.language or "", ())
        return list(attributed(self.document, said))

    @cached_property
    def left_out(self) -> list[tuple[int, int]]:
        """The spans of the text that do not count."""
        document = self.document
        closing = closing_part(document, self._closings.get(document.language or "", ()))
        ends = [] if closing is None else [(closing, len(document.text) + 1)]
        return [*self._quoted, *ends]

    @cached_property
    def words(self) -> list[Stem]:
        """The words of the prose that count, in reading order."""
        return stems(self.document, self.left_out)

    @cached_property
    def count(self) -> int:
        """How many words count."""
        return len(self.words)

    @cached_property
    def as_original(self) -> Original:
        """Its words, ready to be found in others."""
        return Original(self.words)

    @cached_property
    def quoted_words(self) -> list[Stem]:
        """The words of marked quotations and block quotes."""
        blocks = [b for b in self.document.blocks if b.kind == "quote"]
        spans = sorted([*self._quoted, *((b.start, b.end) for b in blocks)])
        return [word for span in spans for word in stems_of(self.document, *span)]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """A range of words as spans of the text, parted where something between does not count."""
        found: list[list[int]] = []
        for word in self.words[start:end]:
            if found and not any(found[-1][1] <= a < word.start for a, _ in self.left_out):
                found[-1][1] = word.end
            else:
                found.append([word.start, word.end])
        return [(first, last) for first, last in found]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences as ranges of `words`."""
        starts = [word.start for word in self.words]
        ranges = (
            (bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
            for sentence in self.document.sentences
        )
        return [(start, end) for start, end in ranges if start < end]

    @cached_property
    def telling(self) -> list[str]:
        """The stems that tell a fact."""
        return [word.text for word in self.words if word.tells]


def attributed(document: Document, said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The quotations of a text that are marked as such: between marks, with who said it.

    Block quotes are no prose and need no word more. A colon before the quotation attributes too.
    """
    if not said:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, said))})(?!\w)", re.IGNORECASE)
    before = ""
    for block in document.prose:
        text = document.text[block.start : block.end]
        for start, end in document.quotations:
            if not block.start <= start < block.end:
                continue
            front = document.text[max(block.start, start - NEAR) : start]
            behind = document.text[end : min(block.end, end + NEAR)]
            colon = (front or before).rstrip().endswith(":")
            if colon or any(pattern.search(QUOTATION.sub(" ", one)) for one in (front, behind)):
                yield start, end
        before = text


def closing_part(document: Document, closings: Sequence[str]) -> int | None:
    """Where the boilerplate at the end of a release begins: about the company, contacts, notes.

    A heading or paragraph in the second half that begins with one of ``closings``; behind the
    single words "about" and "über" a name must follow that the paragraph is about.
    """
    blocks = document.headed_prose
    whole = sum(document.block_words(block) for block in blocks) or 1
    starts = tuple(f"{closing} " for closing in closings)
    read = 0
    for block in blocks:
        if read / whole >= CLOSING:
            text = document.text[block.start : block.end].strip("*_# ")
            folded = re.sub(r"[\W_]+", " ", text.lower()) + " "
            start = next((one for one in starts if folded.startswith(one)), None)
            if start and (start.strip() not in ABOUT or _is_about(text)):
                return block.start
        read += document.block_words(block)
    return None


def _is_about(text: str) -> bool:
    """Whether "About X" is a heading, or the beginning of a paragraph on X."""
    head = re.match(r"\w+ (?:(?:the|die|den|das) )?([A-ZÄÖÜ][\w-]+)", text)
    if not head:
        return False
    is_heading = len(text.split()) <= 8 and text[-1] not in ".!?"
    return is_heading or ":" in text[:60] or text.count(head.group(1)) > 1


@dataclass(frozen=True, slots=True)
class Taken:
    """What ``copy`` took from ``original``, passage by passage in the order of the copy."""

    copy: Compared
    original: Compared
    passages: tuple[Passage, ...]

    @property
    def covered(self) -> set[int]:
        """The words of the copy that were taken or exchanged for others, without what was added."""
        found: set[int] = set()
        for passage in self.passages:
            if passage.retold:
                found.update(range(passage.start, passage.end))
                continue
            found.update(a for a, _ in passage.pairs)
            for (a, b), (c, d) in pairwise(passage.pairs):
                found.update(range(a + 1, min(c, a + 1 + abs(d - b))))
        return found

    @property
    def literal(self) -> int:
        """How many words were taken over as they are."""
        return len({a for passage in self.passages for a, _ in passage.pairs})

    @property
    def used(self) -> float:
        """The share of the original's words that the copy took."""
        found: set[int] = set()
        for start, end in (piece for p in self.passages for piece in p.taken_from):
            found.update(range(start, end))
        return len(found) / max(1, len(self.original.words))

    @property
    def moved(self) -> int:
        """How many passages stand in another order than in the original."""
        ends: list[int] = []  # longest increasing subsequence, by patience sorting
        for passage in self.passages:
            at = bisect_left(ends, passage.first)
            ends[at : at + 1] = [passage.first]
        return len(self.passages) - len(ends)

    def without(self, taken: Collection[int]) -> Taken:
        """The same without the passages that lie mostly in words another text explains."""
        rest = tuple(
            p for p in self.passages
            if sum(n in taken for n in range(p.start, p.end)) * 2 < p.words
        )  # fmt: skip
        return Taken(self.copy, self.original, rest)

    def evidence(self) -> dict[str, Any]:
        """The figures and all passages with their places, as plain data."""
        covered = len(self.covered)
        words = len(self.copy.words)
        return {
            "used": round(self.used, 4),
            "reworded": round(1 - self.literal / covered, 4) if covered else 0.0,
            "moved": self.moved,
            "own_words": words - covered,
            "passages": [
                {
                    "post": _cut(self.copy, p.start, p.end),
                    "original": _cut(self.original, p.first, p.last),
                    "words": p.words,
                    "retold": p.retold,
                    "post_place": _place(self.copy, p.start, p.end),
                    "original_place": _place(self.original, p.first, p.last),
                }
                for p in self.passages
            ],
        }

    def exhibit(self) -> Exhibit:
        """Both texts in full, the passages marked."""
        left = [[(p.start, p.end)] for p in self.passages]
        right = [p.taken_from for p in self.passages]
        return Exhibit(_marked(self.copy, left), _marked(self.original, right))

    @property
    def longest(self) -> Passage:
        """The passage that covers most words, the first of them."""
        return max(self.passages, key=lambda p: (p.words, -p.start))


def compare(copy: Compared, original: Compared, *, also_retold: bool = True) -> Taken:
    """What ``copy`` took from ``original``: passages, and sentences that were retold.

    Who quotes the original's own text, and not only people whom it quotes, talks about it: there
    only passages count.
    """
    literal = Taken(copy, original, tuple(passages(copy.words, original.as_original)))
    if not also_retold or _quotes(copy, original):
        return literal
    sentences = _retold(literal, RETOLD, RETOLD_WORDS)
    words = len(literal.covered) + sum(one.words for one in sentences)
    if words > LIKELY * len(copy.words):
        sentences = _retold(literal, LIKELY_RETOLD, LIKELY_WORDS)
    places = {n for one in sentences for n in range(one.first, one.last)}
    if len(sentences) < RETOLD_SENTENCES or len(places) < RETOLD_USED * len(original.words):
        return literal
    whole = [
        passage
        for passage in literal.passages
        if not any(one.start < passage.end and passage.start < one.end for one in sentences)
    ]
    return Taken(copy, original, tuple(sorted([*whole, *sentences], key=lambda one: one.start)))


def _quotes(copy: Compared, original: Compared) -> bool:
    """Whether the copy quotes what the original says itself."""
    quoted = copy.quoted_words
    if not quoted:
        return False
    spoken = original.document.quotations
    for passage in passages(quoted, original.as_original):
        at = original.words[(passage.first + passage.last) // 2].start
        if passage.words >= QUOTED_WORDS and not any(a <= at < b for a, b in spoken):
            return True
    return False


def _retold(taken: Taken, share: float, words: float) -> list[Passage]:
    """The sentences that were retold, of those that passages do not explain."""
    copy, original = taken.copy, taken.original
    known = {n for passage in taken.passages for n in range(passage.start, passage.end)}
    free = [
        (start, end)
        for start, end in copy.sentences
        if sum(n in known for n in range(start, end)) * 2 < end - start
    ]
    return retold(copy.words, original.words, free, original.sentences, share=share, words=words)


def _span(text: Compared, start: int, end: int) -> tuple[int, int]:
    return text.words[start].start, text.words[end - 1].end


def _cut(text: Compared, start: int, end: int) -> str:
    first, last = _span(text, start, end)
    return text.document.text[first:last]


def _place(text: Compared, start: int, end: int) -> dict[str, int | None] | None:
    place: Place | None = text.document.place(*_span(text, start, end))
    if place is None:
        return None
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _marked(
    text: Compared, spans: Sequence[Sequence[tuple[int, int]]]
) -> tuple[tuple[Segment, ...], ...]:
    """The paragraphs of a text as runs, each with the number of its passage from 1."""
    marks = sorted(
        (*piece, n)
        for n, ranges in enumerate(spans, 1)
        for span in ranges
        for piece in text.pieces(*span)
    )
    paragraphs = []
    for block in text.document.readable:
        runs: list[Segment] = []
        at = block.start
        for start, end, number in marks:
            start, end = max(start, at), min(end, block.end)
            if start >= end:
                continue
            if start > at:
                runs.append(Segment(text.document.text[at:start]))
            runs.append(Segment(text.document.text[start:end], number))
            at = end
        if at < block.end:
            runs.append(Segment(text.document.text[at : block.end]))
        paragraphs.append(tuple(runs))
    return tuple(paragraphs)
