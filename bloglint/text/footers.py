"""Standing introductions and footers: what stands under every post is not the post's prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bloglint.text.document import Document
from bloglint.text.markup import PROSE, Block

#: A passage that so many posts begin or end with, and such a share of them, is boilerplate.
POSTS, SHARE = 3, 0.2
#: No footer is more of a post, or has more words: that was written once and published again.
MOST, MOST_WORDS = 0.4, 50


def leave_out_footers(documents: Sequence[Document]) -> None:
    """Take the passages with which several documents begin or end out of their prose.

    A document that would lose much of its prose keeps it: it repeats another one, which is not a
    footer's doing.
    """
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update({_text(document, block) for block in document.blocks})
    least = max(POSTS, SHARE * len(documents))
    for document in documents:
        repeated = [counts[_text(document, block)] >= least for block in document.blocks]
        if all(repeated):
            continue
        first, last = repeated.index(False), len(repeated) - repeated[::-1].index(False)
        prose = [(n, document.block_words(b)) for n, b in enumerate(document.blocks)
                 if b.kind in PROSE]  # fmt: skip
        lost = sum(words for n, words in prose if not first <= n < last)
        whole = sum(words for _, words in prose)
        if lost < whole and lost <= max(MOST_WORDS, MOST * whole):
            document.leave_out({*range(first), *range(last, len(repeated))})


def _text(document: Document, block: Block) -> str:
    return " ".join(document.text[block.start : block.end].split())
