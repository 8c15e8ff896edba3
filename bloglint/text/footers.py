"""Recurring introductions and footers, which are not part of a post's own prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bloglint.text.document import Document
from bloglint.text.markup import PROSE, Block

#: A passage that begins or ends at least this many posts, and this share of them, is boilerplate.
POSTS, SHARE = 3, 0.2
#: A footer takes up at most this share of a post's prose, or at most this many words. Anything
#: larger is a text that was written once and published again.
MOST, MOST_WORDS = 0.4, 50


def leave_out_footers(documents: Sequence[Document]) -> None:
    """Mark passages with which several documents begin or end as boilerplate.

    A document that would lose much of its prose keeps it: it repeats another document, which is
    not the effect of a footer.
    """
    counts = passage_counts(documents)
    for document in documents:
        leave_out_by(document, counts, len(documents))


def passage_counts(documents: Sequence[Document]) -> Counter[str]:
    """Count the documents that hold each passage."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update({_text(document, block) for block in document.blocks})
    return counts


def leave_out_by(document: Document, counts: Counter[str], of: int) -> None:
    """Mark the recurring passages at both ends of one document, counted among ``of``."""
    least = max(POSTS, SHARE * of)
    repeated = [counts[_text(document, block)] >= least for block in document.blocks]
    if all(repeated):
        return
    first, last = repeated.index(False), len(repeated) - repeated[::-1].index(False)
    prose = [(n, document.block_words(b)) for n, b in enumerate(document.blocks)
             if b.kind in PROSE]  # fmt: skip
    lost = sum(words for n, words in prose if not first <= n < last)
    whole = sum(words for _, words in prose)
    if lost < whole and lost <= max(MOST_WORDS, MOST * whole):
        document.leave_out({*range(first), *range(last, len(repeated))})


def own_words(documents: Sequence[Document]) -> list[int]:
    """Return for each document how many words stand in blocks that no other one holds."""
    counts = Counter(t for one in documents for t in {_text(one, block) for block in one.blocks})
    return [
        sum(one.block_words(b) for b in one.blocks if b.kind in PROSE and counts[_text(one, b)] < 2)
        for one in documents
    ]


def _text(document: Document, block: Block) -> str:
    return " ".join(document.text[block.start : block.end].split())
