"""What breaks up a text for the eye: headings, lists, pictures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.text.document import Document
from bloglint.text.markup import Block

#: The most words of a paragraph in bold type that divides a text, such as a question, and of one
#: in italics.
_HEADING_WORDS, _ITALIC_WORDS = 40, 12
#: A paragraph in italics alone, and a heading without the space that CommonMark wants.
_ITALIC = lazy(r"\s*(?:<p>)?(?:\*[^*\n]+\*|_[^_\n]+_|<(em|i)>[^<\n]+</\1>)(?:</p>)?\s*")
_HASHES = lazy(r"#{2,6}(?=[^\W\d])")
#: A box, quotation or video that a generator puts in: Liquid's include or Hugo's shortcode, alone
#: on its line.
_BOX = lazy(
    r"^[ \t]*(?:\{%-?[ \t]*(?:include|render|component)\b[^%]{0,2000}%\}"
    r"|\{\{[<%](?!/)[^{}]{1,2000}\}\})[ \t]*$",
    re.M,
)
#: Verses: at least so many lines of at most so many words each.
_LINES, _WORDS_OF_A_LINE = 4, 9


class Structure(CheckOptions, frozen=True):
    """The most words without a break, and how many skipped heading levels are reported."""

    max_words: Positive
    shown: Count


@check(options=Structure)
def structure(document: Document, options: Structure, context: Context) -> Iterator[Hit | Measure]:
    """Long stretches of words without a break, a late first heading, and skipped heading levels.

    A heading, a paragraph that begins in bold type, a list, picture, quotation, box or code block
    breaks a stretch. ``longest_stretch`` and ``words_before_heading`` are in words;
    ``stretch_excess`` is how far the longest stretch exceeds ``max_words``, as a share of that
    limit, 0 within it.
    """
    longest, begin, end = _longest_stretch(document)
    limit = options.max_words
    yield Measure("longest_stretch", longest)
    yield Measure("stretch_excess", round(max(0.0, longest / limit - 1), 4))
    if longest > limit:
        first = next(s for s in document.sentences if s.start >= begin)
        fields = {"words": longest, "headings": len(document.headings)}
        yield Hit("wall", longest, limit, fields, begin, min(first.end, end))
    headings = document.headings
    if headings:
        before = sum(s.words for s in document.sentences if s.end <= headings[0].start)
        yield Measure("words_before_heading", before)
        if limit < before < longest or (before > limit and longest <= limit):
            first = document.sentences[0]
            yield Hit("intro", before, limit, {"words": before}, first.start, first.end)
    skips = [(one, two) for one, two in pairwise(headings) if two.level - one.level > 1]
    for one, two in skips[: options.shown]:
        fields = {"above": one.level, "below": two.level, "count": len(skips)}
        yield Hit("skips", two.level - one.level, 1, fields, two.start, two.end)


def _is_heading(document: Document, block: Block) -> bool:
    """Whether a paragraph serves as a heading: few words, all of them in bold type or italics."""
    words = document.block_words(block)
    if words > _HEADING_WORDS:
        return False
    if document.is_strong(block) or _HASHES.match(document.text, block.start):
        return True
    return words <= _ITALIC_WORDS and bool(_ITALIC.fullmatch(document.source_lines(block)))


def _is_verse(document: Document, block: Block) -> bool:
    """Whether a paragraph is a poem or an address: many short lines."""
    lines = len(document.line_breaks(block)) + 1
    return lines >= _LINES and document.block_words(block) <= _WORDS_OF_A_LINE * lines


def _longest_stretch(document: Document) -> tuple[int, int, int]:
    """Return the most words without a break, and where they begin and end in the text."""
    breaks = sorted([*(image.text_position for image in document.images), *_boxes(document)])
    longest, words, start, begin, end = 0, 0, None, 0, 0
    for block in document.blocks:
        while breaks and breaks[0] < block.end:  # a picture in a paragraph stands beside it
            breaks.pop(0)
            words, start = 0, None
        if block.kind != "paragraph" or _is_heading(document, block) or _is_verse(document, block):
            words, start = 0, None
            continue
        if document.opens_strong(block):
            words, start = 0, None
        start = block.start if start is None else start
        words += document.block_words(block)
        if words > longest:
            longest, begin, end = words, start, block.end
    return longest, begin, end


def _boxes(document: Document) -> Iterator[int]:
    """Where in the text the boxes stand that a generator puts in; in HTML there are none."""
    source = document.post.source
    if "{%" in source or "{{" in source:
        places = range(len(document.text))
        for box in _BOX.finditer(source, document.post.body_start):
            yield bisect_left(places, box.start(), key=lambda at: document.source_start(at, at))
