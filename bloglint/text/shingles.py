"""Shingles: runs of words by which a copied passage is known again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bloglint.text.document import WORD, Document

#: Words in a shingle. Four stems in a row are rarely written twice by chance.
SIZE = 4
#: Words between two copied passages that were reworded and still belong to the copy.
REWORDED = 3
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u00ad": None, "’": "'"})


@dataclass(frozen=True, slots=True)
class Stem:
    """One word as it is compared, and its span in the document's text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4)
def stemmer(language: str) -> Any:
    """The Snowball stemmer of a language."""
    import Stemmer

    return Stemmer.Stemmer({"de": "german", "en": "english"}.get(language, "porter"))


def stems(document: Document, quoted: bool = False) -> list[Stem]:
    """The words of the prose, folded and stemmed; without quotations unless ``quoted``."""
    stem = stemmer(document.language or "en").stemWord
    spans = [] if quoted else document.quotations
    found = []
    for block in document.prose:
        for word in WORD.finditer(document.text, block.start, block.end):
            if any(a <= word.start() < b for a, b in spans):
                continue
            folded = word.group().lower().translate(_FOLD)
            parts = filter(None, re.split(r"[-/]", folded))
            found += [Stem(stem(part), word.start(), word.end()) for part in parts]
    return found


def shingles(words: Sequence[Stem]) -> list[int]:
    """One number per shingle, in reading order; the same words always give the same number."""
    texts = [word.text for word in words]
    return [hash(" ".join(texts[n : n + SIZE])) for n in range(len(texts) - SIZE + 1)]


def common(sets: Iterable[Iterable[int]], least: int) -> set[int]:
    """The shingles of at least ``least`` of the texts: boilerplate."""
    counts: Counter[int] = Counter()
    for one in sets:
        counts.update(set(one))
    return {shingle for shingle, count in counts.items() if count >= least}


def covered(own: Sequence[int], other: set[int], length: int) -> list[tuple[int, int]]:
    """Runs of word indexes of a text of ``length`` words that its shared shingles cover.

    Runs parted by at most `REWORDED` words become one: those words were exchanged.
    """
    runs: list[list[int]] = []
    for at, shingle in enumerate(own):
        if shingle in other:
            if runs and at <= runs[-1][1] + REWORDED:
                runs[-1][1] = at + SIZE
            else:
                runs.append([at, at + SIZE])
    return [(start, min(end, length)) for start, end in runs]
