"""The words of a text as they are compared: folded, stemmed, the telling ones marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from bloglint.lazy import lazy
from bloglint.text.document import Document, Words

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u00ad": None, "’": "'"})
#: Words of grammar: they carry no fact, and every author needs them.
_GRAMMAR = {
    "de": "der die das den dem des ein eine einen einem einer eines und oder aber doch sondern "
    "denn ich du er sie es wir ihr uns euch ihm ihn ihnen ihre ihren ihrem ihrer ihres sein seine "
    "seinen seinem seiner seines unser unsere unseren unserem unserer mein dein sich selbst man "
    "in im an am auf aus bei beim bis durch fuer gegen mit nach ohne seit ueber um unter von "
    "vom vor zu zum zur zwischen waehrend wegen als wie wenn weil dass ob damit sowie da so "
    "also ist sind war waren wird werden wurde wurden worden sei hat haben hatte hatten habe "
    "kann koennen konnte konnten soll sollen sollte muss muessen darf duerfen will wollen mag "
    "nicht kein keine keinen auch noch nur schon sehr mehr immer wieder bereits dort hier dann "
    "nun dabei dazu davon daran darauf damit dafuer diese dieser dieses diesen diesem jede "
    "jeder jedes alle alles welche welcher welches was wer wo",
    "en": "the a an and or but nor so yet if then than that this these those there here which who "
    "whom whose what when where why how i you he she it we they me him her us them my your his "
    "its our their mine ours theirs yours itself themselves in on at by for from of to with "
    "without into onto over under about after before between through during against as up down "
    "out off is are was were be been being has have had having do does did will would shall "
    "should can could may might must not no only also very more most such some any all both "
    "each other own same too just while because until although",
}
_NUMBERS = {
    "de": "null ein zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf",
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
}
_GROUPS = lazy(r"(?<=\d)[.,'](?=\d{3}(?!\d))")


class Stem(msgspec.Struct, frozen=True, gc=False):
    """One word as it is compared, its span in the document's text, and whether it tells a fact."""

    text: str
    start: int
    end: int
    tells: bool = True


@lru_cache(maxsize=4)
def stemmer(language: str) -> Any:
    """The Snowball stemmer of a language."""
    import Stemmer

    return Stemmer.Stemmer({"de": "german", "en": "english"}.get(language, "porter"))


@lru_cache(maxsize=4)
def _grammar(language: str) -> frozenset[str]:
    return frozenset(_GRAMMAR.get(language, "").split())


@lru_cache(maxsize=4)
def _digits(language: str) -> dict[str, str]:
    return {word: str(n) for n, word in enumerate(_NUMBERS.get(language, "").split())}


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """The parts of a word, each stemmed, and whether it tells."""
    folded = _GROUPS.sub("", word.lower().translate(_FOLD))
    grammar, digits = _grammar(language), _digits(language)
    found = []
    for part in filter(None, re.split(r"[-–/]", folded)):
        if part in grammar:
            found.append((part, False))
        else:
            found.append((digits.get(part) or stemmer(language).stemWord(part), True))
    return tuple(found)


def stem_words(words: Iterable[str], language: str) -> Iterator[tuple[str, bool]]:
    """The parts of words, each folded and stemmed, and whether it tells a fact."""
    for word in words:
        yield from _stem(word, language)


def stems_of(document: Document, start: int, end: int) -> list[Stem]:
    """The words of a stretch of the document's text."""
    return _stemmed(Words.of(document.text, start, end), document.language or "en")


def _stemmed(words: Words, language: str) -> list[Stem]:
    return [
        Stem(text, start, end, tells)
        for start, end, word in zip(words.starts, words.ends, words.texts, strict=True)
        for text, tells in _stem(word, language)
    ]


def stems(document: Document, spans: Sequence[tuple[int, int]] = ()) -> list[Stem]:
    """The words of the prose in reading order, without those in ``spans`` of the text."""
    language = document.language or "en"
    words = [
        word for block in document.prose for word in _stemmed(document.words_of(block), language)
    ]
    if not spans:
        return words
    return [word for word in words if not any(start <= word.start < end for start, end in spans)]
