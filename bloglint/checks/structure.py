"""What breaks a text up for the eye: headings, lists, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def structure(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """The longest stretch of words without a heading, list, picture, quotation or code.

    ``stretch_excess`` is the share of its words beyond ``max_words``, 0 within it.
    """
    pictures = sorted(image.text_position for image in document.images)
    longest, words, start, begin, end = 0, 0, None, 0, 0
    for block in document.blocks:
        while pictures and pictures[0] <= block.start:
            pictures.pop(0)
            words, start = 0, None
        if block.kind != "paragraph":
            words, start = 0, None
            continue
        start = block.start if start is None else start
        words += document.block_words(block)
        if words > longest:
            longest, begin, end = words, start, block.end
    limit = options["max_words"]
    yield Measure("stretch_excess", round(max(0.0, longest / limit - 1), 4))
    if longest > limit:
        first = next(s for s in document.sentences if s.start >= begin)
        fields = {"words": longest, "headings": len(document.headings)}
        yield Hit("wall", longest, limit, fields, begin, min(first.end, end))
