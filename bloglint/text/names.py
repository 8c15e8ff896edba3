"""What a company calls itself and its products, as far as its blog tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bloglint.text.document import Document

#: A name in the middle of a sentence: capitalised after a lower-case word.
_NAME = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w-]{2,}")
_GENERIC = frozenset(
    "blog the der die das and und our unser news posts weblog engineering developer developers "
    "corporate company unternehmensblog team journal magazin magazine for von of".split()
)
_MOST = 8


def own_names(title: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Words of the blog's title that its posts use as names, in the title's order."""
    words = [w for w in re.findall(r"[\w-]{3,}", title) if w.lower() not in _GENERIC]
    used: Counter[str] = Counter()
    for document in documents:
        used.update({name.lower() for name in _NAME.findall(document.prose_text)})
    least = max(1, len(documents) // 10)
    return tuple(w for w in words if used[w.lower()] >= least)[:_MOST]
