"""What the analysis of texts knows of each language, read from its ``text.yml``.

A language without such a file is spoken in messages at most: its texts are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from bloglint import languages

#: Words that a name begins with are written so in regular expressions of `Grammar.others`.
NAME = r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w-]{2,}"
#: What never matches stands for a rule that a language does not have.
_NEVER = r"(?!)"


class SyllableRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How syllables are counted: regular expressions over words in lower case.

    Every match of ``vowels`` is one syllable, every match of ``apart`` one more, of ``one_sound``
    one less, and ``silent_endings`` take one away; ``silent`` letters are removed first.
    ``compounds`` split off a first part; ``words`` are exceptions; ``possessive`` is an ending that
    does not count; ``spelled_longer`` is the letter whose name has three syllables.
    """

    vowels: str = r"[aeiouyäöüéèêáàâóô]+"
    possessive: str = ""
    spelled_longer: str = "Y"
    compounds: str = _NEVER
    silent: list[str] = []
    apart: list[str] = []
    silent_endings: list[str] = []
    one_sound: list[str] = []
    words: dict[str, int] = {}


class ReadingEase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Flesch's formula with the coefficients of a language."""

    base: float
    words_per_sentence: float
    syllables_per_word: float


class SchoolGrade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A linear formula for the year of school; the shares are in percent of the words."""

    polysyllables: float
    words_per_sentence: float
    long_words: float
    monosyllables: float
    base: float


class PauseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a pause is announced: lists of regular expressions without regard to case.

    Attributes:
        returns: words of coming back: the pause ends on the day before.
        until, until_filler: what stands before a last day, and what may stand between.
        until_day: before a figure, the same in a title.
        parts, ends: parts of a month with the day on which they end; words for its end.
        before_month, article, week_of_month, of_month, off: what stands around a month's name.
        whole, whole_of: words for the whole of a month.
        week: words for a calendar week.
        numbers: the words for 1, 2 and so on, several apart by spaces.
        units, joined_units: units of time and their days; units joined to a number's word.
        ago: before a duration that is none of a pause.
        new_year: the new year as an end.
    """

    returns: list[str] = []
    until: list[str] = []
    until_filler: list[str] = []
    until_day: list[str] = []
    parts: dict[str, int] = {}
    ends: list[str] = []
    before_month: list[str] = []
    article: list[str] = []
    week_of_month: list[str] = []
    of_month: list[str] = []
    off: list[str] = []
    whole: list[str] = []
    whole_of: list[str] = []
    week: list[str] = []
    numbers: list[str] = []
    units: dict[str, int] = {}
    joined_units: dict[str, int] = {}
    ago: list[str] = []
    new_year: list[str] = []


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one language; every field may be left out.

    Attributes:
        stemmer: the name of its Snowball stemmer.
        grammar_words: words that carry no fact, folded (ae, oe, ue, ss).
        numbers: the words for 0, 1, 2 and so on.
        negations: words that negate what follows; ``short_negations`` only so many words.
        denials: words that deny what stands before them at the end of a clause.
        of: the word between a thing and what it belongs to.
        frequent_words: words in nearly every sentence.
        telling_words: words frequent in this language and rare in its neighbours.
        months: the names of each month.
        self, others: regular expressions for a sentence about the company or its reader, and for
            one that names somebody else (``{name}`` is a capitalised word in a sentence).
        i, we, you, reader: who speaks and who is spoken to.
        abbreviations: what ends in a point and ends no sentence; some only before a number.
        ordinal: text before a figure with a point that is an ordinal.
        letter_ends: a single letter with a point that ends a sentence all the same.
        starts_after_dots: words that begin a sentence behind an ellipsis.
        nouns_are_capitalised, builds_compounds: what these words say.
        pauses: how a pause is announced.
    """

    stemmer: str = "porter"
    grammar_words: list[str] = []
    numbers: list[str] = []
    negations: list[str] = []
    short_negations: dict[str, int] = {}
    denials: list[str] = []
    of: str = ""
    frequent_words: list[str] = []
    telling_words: list[str] = []
    months: list[list[str]] = []
    self: str = _NEVER
    others: str = "{name}"
    i: str = _NEVER
    we: str = _NEVER
    you: str = _NEVER
    reader: str = _NEVER
    abbreviations: list[str] = []
    abbreviations_before_number: list[str] = []
    ordinal: str = _NEVER
    letter_ends: str = _NEVER
    starts_after_dots: list[str] = []
    syllables: SyllableRules = SyllableRules()
    reading_ease: ReadingEase | None = None
    school_grade: SchoolGrade | None = None
    nouns_are_capitalised: bool = False
    builds_compounds: bool = False
    pauses: PauseWords = PauseWords()


@cache
def grammar_of(code: str | None) -> Grammar | None:
    """What is known of a language, None where its texts are not judged."""
    found: Grammar | None = None
    if code in languages.codes():
        found = languages.text_data(str(code), Grammar)
    return found


@cache
def judged_languages() -> tuple[str, ...]:
    """The codes of the languages whose texts are judged."""
    return tuple(code for code in languages.codes() if grammar_of(code))


if TYPE_CHECKING:
    JudgedLanguage = str
else:  # a configuration may name only these
    JudgedLanguage = Literal[judged_languages()]


def is_judged(code: str | None) -> bool:
    """Whether texts in a language are judged."""
    return grammar_of(code) is not None


def each(field: str) -> list[str]:
    """A field that is a list, of all languages in turn, each entry once."""
    found: dict[str, None] = {}
    for code in judged_languages():
        found |= dict.fromkeys(getattr(grammar_of(code), field))
    return list(found)


def either(patterns: Iterable[str]) -> str:
    """A regular expression for any of several; one that never matches for none."""
    found = [pattern for pattern in patterns if pattern != _NEVER]
    return "|".join(found) if found else _NEVER


@cache
def pattern_of(code: str, field: str) -> re.Pattern[str]:
    """The regular expression in a field of a language's grammar, compiled."""
    return re.compile(getattr(grammar_of(code), field).replace("{name}", NAME))
