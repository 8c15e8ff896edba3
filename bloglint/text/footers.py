"""Standing introductions and footers: what stands under every post is not the post's prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bloglint.text.document import Document
from bloglint.text.markup import PROSE, Block

#: A passage that so many posts begin or end with is boilerplate.
POSTS = 3


def leave_out_footers(documents: Sequence[Document]) -> None:
    """Take the passages with which several documents begin or end out of their prose.

    A document that would lose all of its prose keeps it: it repeats another one, which is not a
    footer's doing.
    """
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update({_text(document, block) for block in document.blocks})
    for document in documents:
        repeated = [counts[_text(document, block)] >= POSTS for block in document.blocks]
        if all(repeated):
            continue
        first, last = repeated.index(False), len(repeated) - repeated[::-1].index(False)
        if any(block.kind in PROSE for block in document.blocks[first:last]):
            document.leave_out({*range(first), *range(last, len(repeated))})


def _text(document: Document, block: Block) -> str:
    return " ".join(document.text[block.start : block.end].split())
