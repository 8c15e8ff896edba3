"""Words in the form in which they are compared: folded, stemmed, the telling ones marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from bloglint.lazy import lazy
from bloglint.text.document import Document, Words
from bloglint.text.grammar import grammar_of

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u00ad": None, "’": "'"})
_GROUPS = lazy(r"(?<=\d)[.,'](?=\d{3}(?!\d))")


class Stem(msgspec.Struct, frozen=True, gc=False):
    """One word in the form in which it is compared.

    Attributes:
        text: the folded and stemmed word.
        start, end: its span in the document's text.
        tells: whether it carries a fact.
    """

    text: str
    start: int
    end: int
    tells: bool = True


def folded(word: str) -> str:
    """Return a word as grammar words are spelled: in lower case, with ae, oe, ue and ss."""
    return word.lower().translate(_FOLD)


@lru_cache(maxsize=4)
def stemmer(language: str) -> Any:
    """Return the Snowball stemmer of a language."""
    import Stemmer

    grammar = grammar_of(language)
    return Stemmer.Stemmer(grammar.stemmer if grammar else "porter")


@lru_cache(maxsize=50_000)
def stem_of(word: str, language: str) -> str:
    """Return the stem of a word in lower case."""
    return str(stemmer(language).stemWord(word.lower()))


@lru_cache(maxsize=4)
def _grammar(language: str) -> frozenset[str]:
    grammar = grammar_of(language)
    return frozenset(grammar.grammar_words if grammar else ())


@lru_cache(maxsize=4)
def _digits(language: str) -> dict[str, str]:
    grammar = grammar_of(language)
    return {word: str(n) for n, word in enumerate(grammar.numbers if grammar else ())}


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """Return the stemmed parts of a word, each with whether it carries a fact."""
    plain = _GROUPS.sub("", folded(word))
    grammar, digits = _grammar(language), _digits(language)
    found = []
    for part in filter(None, re.split(r"[-–/]", plain)):
        if part in grammar:
            found.append((part, False))
        else:
            found.append((digits.get(part) or stemmer(language).stemWord(part), True))
    return tuple(found)


@lru_cache(maxsize=200_000)
def telling_stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of those parts of a word that carry a fact."""
    return tuple(text for text, tells in _stem(word, language) if tells)


def stem_words(words: Iterable[str], language: str) -> Iterator[tuple[str, bool]]:
    """Yield the folded and stemmed parts of words, each with whether it carries a fact."""
    for word in words:
        yield from _stem(word, language)


def stems_of(document: Document, start: int, end: int) -> list[Stem]:
    """Return the stems of ``document.text[start:end]``."""
    return _stemmed(Words.of(document.text, start, end), document.language or "en")


def _stemmed(words: Words, language: str) -> list[Stem]:
    return [
        Stem(text, start, end, tells)
        for start, end, word in zip(words.starts, words.ends, words.texts, strict=True)
        for text, tells in _stem(word, language)
    ]


def stems(document: Document, spans: Sequence[tuple[int, int]] = ()) -> list[Stem]:
    """Return the stems of the prose in reading order, except those inside ``spans`` of the text."""
    language = document.language or "en"
    words = [
        word for block in document.prose for word in _stemmed(document.words_of(block), language)
    ]
    if not spans:
        return words
    return [word for word in words if not any(start <= word.start < end for start, end in spans)]
