"""Titles: what is left of them without date and number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from bloglint.lazy import lazy
from bloglint.text.dates import MONTHS
from bloglint.text.document import Document

#: A number, a version or a date in figures, with the ending of an English ordinal.
_FIGURES = lazy(r"\bv?\d[\w.:/-]*", re.IGNORECASE)
_WORD = lazy(r"[^\W\d_]+")
_MONTHS = frozenset(MONTHS)


def series_key(title: str) -> str:
    """Return a title in lower case without numbers, months and marks."""
    words = (word.lower() for word in _WORD.findall(_FIGURES.sub(" ", title)))
    return " ".join(word for word in words if word not in _MONTHS)


def series_of(documents: Sequence[Document]) -> list[Document]:
    """Return the largest group of posts whose titles differ only by date or number, if any."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if key := series_key(document.post.title):
            groups[key].append(document)
    largest = max(groups.values(), key=len, default=[])
    return largest if len(largest) > 1 else []
