"""Overlong sentences and paragraphs, each reported at its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.model import translate
from bloglint.text.document import Document
from bloglint.text.markup import Block

_SHORT = translate("the text is too short")


class LongSpans(CheckOptions, frozen=True):
    """The unit, the words it may have, and the share of units that may be longer."""

    unit: Literal["sentence", "paragraph"]
    max_words: Positive
    share: Share
    fewest: Count
    shown: Count


def _parts(document: Document, block: Block) -> Iterator[tuple[int, int, int]]:
    """Yield the words and span of a paragraph, or of each part between its line breaks."""
    cuts = [block.start, *document.line_breaks(block), block.end]
    words = document.words_of(block).starts
    for start, end in pairwise(cuts):
        yield bisect_left(words, end) - bisect_left(words, start), start, end


@check(options=LongSpans)
def long_spans(document: Document, options: LongSpans, context: Context) -> Iterator[Hit | Measure]:
    """Units (``sentence`` or ``paragraph``) of more than ``max_words`` words.

    ``long_<unit>_share`` is their share of all units, None with fewer than ``fewest`` units. The
    ``shown`` longest are reported, and only if the share exceeds ``share``: a single long sentence
    is a matter of style.
    """
    unit, limit = options.unit, options.max_words
    if unit == "sentence":
        spans = [(s.words, s.start, s.end) for s in document.sentences]
    else:
        spans = [
            span for b in document.prose if b.kind == "paragraph" for span in _parts(document, b)
        ]
    name = f"long_{unit}_share"
    if len(spans) < options.fewest:
        yield Measure(name, None, _SHORT)
        return
    over = sorted((span for span in spans if span[0] > limit), key=lambda s: (-s[0], s[1]))
    share = len(over) / len(spans)
    yield Measure(name, round(share, 4))
    if share > options.share:
        for words, start, end in over[: options.shown]:
            fields = {"words": words, "count": len(over), "total": len(spans)}
            yield Hit("long", words, limit, fields, start, end)
