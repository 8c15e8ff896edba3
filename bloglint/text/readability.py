"""Readability of texts, by three published formulas over our own counts."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import msgspec

from bloglint.text.document import Document
from bloglint.text.grammar import ReadingEase, SchoolGrade, grammar_of
from bloglint.text.syllables import syllables, word_parts

#: LIX counts words of more than six letters as long (Björnsson 1968), whatever the language.
LONG_LETTERS = 6


class Counts(msgspec.Struct, frozen=True):
    """The counts that the formulas use.

    Numerals count towards the length of a sentence but have no syllables.

    Attributes:
        words: the number of words that contain a letter.
        sentence_words: the average number of words per sentence.
        syllables: the number of syllables of all words.
        monosyllables, polysyllables: the number of words of one syllable, and of three or more.
        long_words: the number of words of more than six letters.
    """

    words: int
    sentence_words: float
    syllables: int
    monosyllables: int
    polysyllables: int
    long_words: int

    @classmethod
    def of(cls, document: Document) -> Counts | None:
        """Return the counts of a document, or None if no word in it contains a letter."""
        language = document.language or ""
        words = all_syllables = one = many = long = 0
        for word, count in Counter(document.own_words).items():
            spoken, letters = _measured(word, language)
            long += count if letters > LONG_LETTERS else 0
            if spoken:
                words += count
                all_syllables += count * spoken
                one += count if spoken == 1 else 0
                many += count if spoken > 2 else 0
        if not words or not document.sentences:
            return None
        sentence_words = document.words / len(document.sentences)
        return cls(words, sentence_words, all_syllables, one, many, long)


@lru_cache(maxsize=50_000)
def _measured(word: str, language: str) -> tuple[int, int]:
    """Return the number of syllables of a word, 0 if it is not spoken, and of its letters."""
    spoken = sum(syllables(part, language) for part in word_parts(word))
    return spoken, sum(map(str.isalpha, word))


def flesch(counts: Counts, formula: ReadingEase) -> float:
    """Flesch Reading Ease: 0 is hard, 100 easy.

    Flesch 1948, "A new readability yardstick"; German coefficients by Amstad 1978, "Wie
    verständlich sind unsere Zeitungen?".
    """
    return (
        formula.base
        - formula.words_per_sentence * counts.sentence_words
        - formula.syllables_per_word * (counts.syllables / counts.words)
    )


def wiener(counts: Counts, formula: SchoolGrade) -> float:
    """The first Wiener Sachtextformel: the year of school, from 4 (easy) to 15 (very hard).

    Bamberger and Vanecek 1984, "Lesen – Verstehen – Lernen – Schreiben".
    """
    return (
        formula.polysyllables * (100 * counts.polysyllables / counts.words)
        + formula.words_per_sentence * counts.sentence_words
        + formula.long_words * (100 * counts.long_words / counts.words)
        - formula.monosyllables * (100 * counts.monosyllables / counts.words)
        - formula.base
    )


def bjornsson(counts: Counts) -> float:
    """LIX, for any language: under 30 easy, over 60 very hard (Björnsson 1968)."""
    return counts.sentence_words + 100 * counts.long_words / counts.words


def reading_ease(document: Document) -> float | None:
    """Flesch Reading Ease of a document; None in languages without coefficients."""
    grammar = grammar_of(document.language)
    if grammar is None or grammar.reading_ease is None:
        return None
    counts = Counts.of(document)
    return None if counts is None else flesch(counts, grammar.reading_ease)


def school_grade(document: Document) -> float | None:
    """The year of school that a document requires; None in languages without a formula."""
    grammar = grammar_of(document.language)
    if grammar is None or grammar.school_grade is None:
        return None
    counts = Counts.of(document)
    return None if counts is None else wiener(counts, grammar.school_grade)


def lix(document: Document) -> float | None:
    """The LIX of a document in any language."""
    counts = Counts.of(document)
    return None if counts is None else bjornsson(counts)
