"""How hard a text is to read: textstat's formulas over our own counts.

textstat counts syllables with a dictionary that it downloads and takes every point for the end of a
sentence. Its formulas are what we want; the counts they ask for are the document's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from types import FunctionType
from typing import Any

from bloglint.lazy import without
from bloglint.text.document import Document
from bloglint.text.syllables import syllables, word_parts

#: LIX counts words of more than six letters as long (Björnsson 1968), whatever the language.
LONG_LETTERS = 6


class Counts(str):
    """Stands for a text where textstat asks for one, and knows its numbers."""

    words: int
    sentence_words: float
    syllables: int
    monosyllables: int
    polysyllables: int
    long_words: int

    @classmethod
    def of(cls, document: Document, language: str) -> Counts | None:
        """The numbers of a document; None where it has no word with a letter in it.

        Numerals count for the length of a sentence and have no syllables.
        """
        measured = [_measured(word, language) for word in document.own_words]
        per_word = [spoken for spoken, _ in measured if spoken]
        if not per_word or not document.sentences:
            return None
        counts = cls()
        counts.words = len(per_word)
        counts.sentence_words = document.words / len(document.sentences)
        counts.syllables = sum(per_word)
        counts.monosyllables = per_word.count(1)
        counts.polysyllables = sum(count > 2 for count in per_word)
        counts.long_words = sum(letters > LONG_LETTERS for _, letters in measured)
        return counts


@lru_cache(maxsize=50_000)
def _measured(word: str, language: str) -> tuple[int, int]:
    """The syllables of a word, none where it is not spoken as one, and its letters."""
    spoken = sum(syllables(part, language) for part in word_parts(word))
    return spoken, sum(map(str.isalpha, word))


#: What textstat's formulas call, answered by a `Counts`.
_COUNTERS: dict[str, Callable[..., float]] = {
    "count_words": lambda text: text.words,
    "count_long_words": lambda text: text.long_words,
    "count_polysyllable_words": lambda text, lang: text.polysyllables,
    "count_monosyllable_words": lambda text, lang: text.monosyllables,
    "words_per_sentence": lambda text: text.sentence_words,
    "syllables_per_word": lambda text, lang: text.syllables / text.words,
}


@cache
def formula(name: str) -> Callable[..., float]:
    """textstat's formula called ``name`` over a `Counts`: the code is theirs, the counts are ours.

    A copy with its own names, so that nothing of textstat is changed for others, without its cache.
    """
    # It imports nltk (250 ms) for a dictionary that we never ask it for.
    with without("nltk"):
        metrics = import_module("textstat.backend.metrics")
    inner: Any = getattr(metrics, name).__wrapped__
    return FunctionType(inner.__code__, {**inner.__globals__, **_COUNTERS}, name)


def reading_ease(document: Document) -> float | None:
    """Flesch Reading Ease, in German by Amstad: 0 is hard, 100 easy; None in other languages.

    Flesch 1948, "A new readability yardstick"; Amstad 1978, "Wie verständlich sind unsere
    Zeitungen?".
    """
    language = document.language
    counts = Counts.of(document, language) if language in ("en", "de") else None
    return formula("flesch_reading_ease")(counts, language) if counts is not None else None


def school_grade(document: Document) -> float | None:
    """The first Wiener Sachtextformel of a German text, 4 easy to 15 very hard (Bamberger 1984)."""
    counts = Counts.of(document, "de") if document.language == "de" else None
    return formula("wiener_sachtextformel")(counts, 1, "de") if counts is not None else None


def lix(document: Document) -> float | None:
    """The LIX of a text in any language: under 30 easy, over 60 very hard (Björnsson 1968)."""
    counts = Counts.of(document, document.language or "")
    return formula("lix")(counts) if counts is not None else None
