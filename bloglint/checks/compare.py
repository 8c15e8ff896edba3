"""What one text took from another, and how it was changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from bloglint.model import Exhibit, Origin, Place, Segment
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
    sentences_with,
)
from bloglint.text.stems import Stem, stems, stems_of

#: The fewest words of a passage that counts as quoted by the copy.
QUOTED_WORDS = 6
#: How close to a quotation its speaker must be named, in characters.
NEAR = 90
#: The share of a text after which a closing part may begin.
CLOSING = 0.5
ABOUT = ("about", "über")
Words = Mapping[str, Sequence[str]]


class Compared:
    """A text prepared for comparison, without its attributed quotations and closing part.

    Args:
        document: the text.
        said: words that attribute a quotation to a speaker, by language.
        closings: how boilerplate at the end begins, by language.
        quoted: whether quotations count.
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

    def is_out(self, start: int, end: int) -> bool:
        """Whether words between two places of the text do not count."""
        return any(a < end and start < b for a, b in self.left_out) and any(
            letter.isalnum() for letter in self.document.text[start:end]
        )

    @cached_property
    def words(self) -> list[Stem]:
        """The words of the prose that count, in reading order."""
        return stems(self.document, self.left_out)

    @cached_property
    def count(self) -> int:
        """The number of words that count."""
        return len(self.words)

    @cached_property
    def as_original(self) -> Original:
        """Its words, prepared for finding them in other texts."""
        return Original(self.words)

    @cached_property
    def quoted_words(self) -> list[Stem]:
        """The words of attributed quotations and block quotes."""
        blocks = [b for b in self.document.blocks if b.kind == "quote"]
        spans = sorted([*self._quoted, *((b.start, b.end) for b in blocks)])
        return [word for span in spans for word in stems_of(self.document, *span)]

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
    def holders(self) -> dict[str, set[int]]:
        """The sentences that hold each telling word."""
        return sentences_with(self.words, self.sentences)

    @cached_property
    def telling(self) -> list[str]:
        """The stems of words that carry content."""
        return [word.text for word in self.words if word.tells]


def attributed(document: Document, said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the attributed quotations of a text: those in quotation marks with a speaker nearby.

    A colon before a quotation attributes it, too. Block quotes are not prose and need no
    attribution.
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
    """Return where the boilerplate at a release's end begins (company, contacts, notes), or None.

    It begins with a heading or paragraph in the second half that starts with one of ``closings``.
    After the single words "about" and "über", the name that the paragraph is about must follow.
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
    """Whether "About X" is a heading, or opens a paragraph about X."""
    head = re.match(r"\w+ (?:(?:the|die|den|das) )?([A-ZÄÖÜ][\w-]+)", text)
    if not head:
        return False
    is_heading = len(text.split()) <= 8 and text[-1] not in ".!?"
    return is_heading or ":" in text[:60] or text.count(head.group(1)) > 1


@dataclass(frozen=True, slots=True)
class Reuse:
    """What ``copy`` took from ``original``, passage by passage in the order of the copy."""

    copy: Compared
    original: Compared
    passages: tuple[Passage, ...]

    @property
    def covered(self) -> set[int]:
        """The copy's words that were taken over or substituted, without those that were added."""
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
        """The number of words taken over unchanged."""
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
        """The number of passages that are out of the original's order."""
        ends: list[int] = []  # longest increasing subsequence, by patience sorting
        for passage in self.passages:
            at = bisect_left(ends, passage.first)
            ends[at : at + 1] = [passage.first]
        return len(self.passages) - len(ends)

    def without(self, taken: Collection[int]) -> Reuse:
        """Return the same without passages mostly in ``taken``, words another text explains."""
        rest = tuple(
            p for p in self.passages
            if sum(n in taken for n in range(p.start, p.end)) * 2 < p.words
        )  # fmt: skip
        return Reuse(self.copy, self.original, rest)

    def evidence(self) -> dict[str, Any]:
        """Return the figures and all passages with their places, as plain data."""
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
        """Return both texts in full, with what was taken, reworded and left out of account."""
        pairs = [pair for passage in self.passages for pair in passage.pairs]
        left = [[(p.start, p.end)] for p in self.passages]
        right = [p.taken_from for p in self.passages]
        return Exhibit(
            _marked(self.copy, left, {a for a, _ in pairs}, self.covered),
            _marked(self.original, right, {b for _, b in pairs}),
        )

    @property
    def longest(self) -> Passage:
        """The passage that covers the most words; the first if several do."""
        return max(self.passages, key=lambda p: (p.words, -p.start))


def compare(copy: Compared, original: Compared, *, also_retold: bool = True) -> Reuse:
    """Return what ``copy`` took from ``original``: passages, and sentences that were retold.

    A copy that quotes the original's own text, and not only people quoted there, is writing about
    it: then only passages count.
    """
    literal = Reuse(copy, original, tuple(passages(copy.words, original.as_original)))
    if not also_retold or _quotes(copy, original):
        return literal
    sentences = _retold(literal, RETOLD, RETOLD_WORDS)
    words = len(literal.covered) + sum(sentence.words for sentence in sentences)
    if words > LIKELY * len(copy.words):
        sentences = _retold(literal, LIKELY_RETOLD, LIKELY_WORDS)
    places = {n for sentence in sentences for n in range(sentence.first, sentence.last)}
    if len(sentences) < RETOLD_SENTENCES or len(places) < RETOLD_USED * len(original.words):
        return literal
    whole = [
        passage
        for passage in literal.passages
        if not any(
            sentence.start < passage.end and passage.start < sentence.end for sentence in sentences
        )
    ]
    return Reuse(copy, original, tuple(sorted([*whole, *sentences], key=lambda one: one.start)))


def _quotes(copy: Compared, original: Compared) -> bool:
    """Whether the copy quotes what the original says in its own words."""
    quoted = copy.quoted_words
    if not quoted:
        return False
    spoken = original.document.quotations
    for passage in passages(quoted, original.as_original):
        at = original.words[(passage.first + passage.last) // 2].start
        if passage.words >= QUOTED_WORDS and not any(a <= at < b for a, b in spoken):
            return True
    return False


def _retold(taken: Reuse, share: float, words: float) -> list[Passage]:
    """Return the retold sentences among those that no passage explains."""
    copy, original = taken.copy, taken.original
    known = {n for passage in taken.passages for n in range(passage.start, passage.end)}
    free = [
        (start, end)
        for start, end in copy.sentences
        if sum(n in known for n in range(start, end)) * 2 < end - start
    ]
    return retold(
        copy.words, original.words, free, original.sentences, original.holders,
        share=share, words=words,
    )  # fmt: skip


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
    text: Compared,
    spans: Sequence[Sequence[tuple[int, int]]],
    copied: Collection[int],
    covered: Collection[int] | None = None,
) -> tuple[tuple[Segment, ...], ...]:
    """Return a text's paragraphs as pieces of one origin each.

    Args:
        text: the text.
        spans: the runs of its words that each passage takes; passages are numbered from 1.
        copied: the words that occur in both texts.
        covered: the words of the runs that were taken or substituted, by default all: others were
            added in between.
    """
    passage_of = {
        at: number
        for number, ranges in enumerate(spans, 1)
        for start, end in ranges
        for at in range(start, end)
        if covered is None or at in covered
    }
    whole, words = text.document.text, text.words
    starts = [word.start for word in words]
    paragraphs = []
    for block in text.document.readable:
        runs: list[tuple[int, int, int | None, Origin]] = []
        for n in range(bisect_left(starts, block.start), bisect_left(starts, block.end)):
            number, start = passage_of.get(n), words[n].start
            origin: Origin = "own" if number is None else "copied" if n in copied else "reworded"
            last = runs[-1] if runs else None
            goes_on = last and last[2:] == (number, origin) and not text.is_out(last[1], start)
            if last and goes_on:
                start = last[0]
                runs.pop()
            runs.append((start, words[n].end, number, origin))
        cuts: list[Segment] = []
        at = block.start
        for start, end, number, origin in (*runs, (block.end, block.end, None, "own")):
            if start > at:
                is_out = block.kind == "quote" or text.is_out(at, start)
                cuts.append(Segment(whole[at:start], None, "uncounted" if is_out else "own"))
            if end > start:
                cuts.append(Segment(whole[start:end], number, origin))
            at = end
        paragraphs.append(tuple(_joined(cuts)))
    return tuple(paragraphs)


def _joined(pieces: Sequence[Segment]) -> Iterator[Segment]:
    """Yield pieces with what holds no word, and neighbours of one origin, joined to the first."""
    held: list[Segment] = []
    for piece in pieces:
        same = held and (piece.passage, piece.origin) == (held[0].passage, held[0].origin)
        if held and not same and any(letter.isalnum() for letter in piece.text):
            yield Segment("".join(one.text for one in held), held[0].passage, held[0].origin)
            held = []
        held.append(piece)
    if held:
        yield Segment("".join(one.text for one in held), held[0].passage, held[0].origin)
