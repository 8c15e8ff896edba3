"""Rule-based syllable counts, without a dictionary: vowel groups and each language's rules."""

from __future__ import annotations

import re
from functools import lru_cache

from bloglint.languages import ENGLISH
from bloglint.lazy import lazy
from bloglint.text.grammar import SyllableRules, either, grammar_of

_ADDRESS = lazy(r"://|@|[^\W\d_]{2}\.[^\W\d_]{2}|\.[^\W\d_]{3}", re.UNICODE)
_VOWELS = lazy(r"[aeiouyéèêáàâóô]")
_PART = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def word_parts(word: str) -> list[str]:
    """Return the parts of a word that are spoken: "E-Mail-Adresse" has three, "3.5" has none.

    URLs and file names ("example.com", "notes.txt") are not spoken.
    """
    return [] if _ADDRESS.search(word) else _PART.findall(word)


class _Rules:
    """The compiled syllable rules of a language."""

    def __init__(self, rules: SyllableRules) -> None:
        self.rules = rules
        self.vowels, self.compounds = re.compile(rules.vowels), re.compile(rules.compounds)
        self.silent, self.apart = re.compile(either(rules.silent)), re.compile(either(rules.apart))
        self.silent_endings = re.compile(either(rules.silent_endings))
        self.one_sound = re.compile(either(rules.one_sound))

    def count(self, word: str) -> int:
        """Count the syllables of a lower-case word."""
        if word in self.rules.words:
            return self.rules.words[word]
        bare = word.removesuffix(self.rules.possessive).replace("qu", "q")
        first = self.compounds.match(bare)
        if first and first.end() < len(bare):
            return self.count(first[1]) + self.count(bare[first.end() :])
        spoken = self.silent.sub("", bare)
        more, less = self.apart.findall(spoken), self.one_sound.findall(spoken)
        ending = 1 if self.silent_endings.search(spoken) else 0
        return len(self.vowels.findall(spoken)) + len(more) - len(less) - ending


@lru_cache(maxsize=8)
def _rules(language: str) -> _Rules:
    """Return the syllable rules of a language, or those of English if it has none."""
    grammar = grammar_of(language) or grammar_of(ENGLISH)
    return _Rules(grammar.syllables if grammar else SyllableRules())


@lru_cache(maxsize=50_000)
def syllables(word: str, language: str) -> int:
    """Count the syllables of a word without hyphens; every word has at least one."""
    if word.isupper() and len(word) < 6 and (len(word) < 4 or not _VOWELS.search(word.lower())):
        return len(word) + 2 * word.count(_rules(language).rules.spelled_longer)  # an acronym
    return max(1, _rules(language).count(word.lower().replace("’", "'")))
