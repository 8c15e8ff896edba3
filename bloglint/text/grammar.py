"""Linguistic data for each language, read from its ``text.yml``.

A language without this file can serve for messages at most: texts in it are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from bloglint import languages

#: What ``{name}`` in `Grammar.others` stands for: a capitalised word in mid-sentence.
NAME = r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w-]{2,}"
#: A pattern that never matches; stands for a rule that a language does not have.
_NEVER = r"(?!)"


class SyllableRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules for counting syllables, as regular expressions over lower-case words.

    Attributes:
        vowels: every match counts as one syllable.
        possessive: an ending that does not count.
        spelled_longer: the letter whose name has three syllables.
        compounds: matches the first part of a compound, which is split off.
        silent: letters that are removed before counting.
        apart: every match adds a syllable.
        silent_endings: an ending that matches subtracts a syllable.
        one_sound: every match subtracts a syllable.
        words: exceptions, with their number of syllables.
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
    """The coefficients of Flesch's formula for one language."""

    base: float
    words_per_sentence: float
    syllables_per_word: float


class SchoolGrade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The coefficients of a linear formula for the year of school.

    The shares are percentages of the words.
    """

    polysyllables: float
    words_per_sentence: float
    long_words: float
    monosyllables: float
    base: float


class PauseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Expressions that announce a pause, as lists of case-insensitive regular expressions.

    Attributes:
        returns: expressions of coming back; the pause ends the day before.
        until, until_filler: what precedes a last day, and what may come between.
        until_day: what precedes a last day that begins with a figure, in a title.
        parts, ends: parts of a month with the day on which they end; words for its end.
        before_month, article, week_of_month, of_month, off: what surrounds a month's name.
        whole, whole_of: words for the whole of a month.
        week: words for a calendar week.
        numbers: the words for 1, 2 and so on; alternatives are separated by spaces.
        units, joined_units: units of time with their length in days; units that are written as one
            word with the number.
        ago: what precedes a duration that is not a pause.
        new_year: the new year as the end of a pause.
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


class Announcements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Expressions about what is to come, as lists of case-insensitive regular expressions.

    Attributes:
        titles: what a title says that announces something for a day.
        invites: what the beginning of a post says that invites to something on a day.
        recounts: what tells of such a day afterwards.
        promises: what will be or is not yet, without a day.
        parts: the words before the number of a part: lesson, episode.
    """

    titles: list[str] = []
    invites: list[str] = []
    recounts: list[str] = []
    promises: list[str] = []
    parts: list[str] = []


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The linguistic data for one language; every field is optional.

    Attributes:
        stemmer: the name of its Snowball stemmer.
        grammar_words: function words, which carry no fact, in folded spelling (ae, oe, ue, ss).
        numbers: the words for 0, 1, 2 and so on.
        negations: words that negate what follows; each of the ``short_negations`` reaches only the
            given number of words.
        denials: words that deny what precedes them at the end of a clause.
        of: the word that links a thing to what it belongs to.
        frequent_words: words that occur in nearly every sentence.
        telling_words: words that are frequent in this language and rare in its neighbours.
        months: the names of each month.
        weekdays: the names of each day of the week, Monday first.
        self, others: regular expressions for a sentence about the company or its reader, and for
            one that names somebody else (``{name}`` is a capitalised word in mid-sentence).
        i, we, you, reader: who is speaking and who is addressed.
        abbreviations: what ends in a full stop without ending a sentence; those in
            ``abbreviations_before_number`` do so only before a number.
        ordinal: matches text that ends in an ordinal: a figure with its full stop.
        letter_ends: a single letter with a full stop that ends a sentence after all.
        starts_after_dots: words that begin a sentence after an ellipsis.
        syllables, reading_ease, school_grade: how syllables and readability are computed.
        nouns_are_capitalised, builds_compounds: whether nouns are capitalised, and whether words
            form compounds.
        pauses: how a pause is announced.
        announcements: how it is said what is to come.
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
    weekdays: list[list[str]] = []
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
    announcements: Announcements = Announcements()


@cache
def grammar_of(code: str | None) -> Grammar | None:
    """Return the grammar of a language, or None if texts in it are not judged."""
    found: Grammar | None = None
    if code in languages.codes():
        found = languages.text_data(str(code), Grammar)
    return found


@cache
def judged_languages() -> tuple[str, ...]:
    """Return the codes of the languages whose texts are judged."""
    return tuple(code for code in languages.codes() if grammar_of(code))


if TYPE_CHECKING:
    JudgedLanguage = str
else:  # a configuration may name only these
    JudgedLanguage = Literal[judged_languages()]


def is_judged(code: str | None) -> bool:
    """Whether texts in a language are judged."""
    return grammar_of(code) is not None


def each(field: str) -> list[str]:
    """Return the entries of a list field of all judged languages in turn, without duplicates."""
    found: dict[str, None] = {}
    for code in judged_languages():
        found |= dict.fromkeys(getattr(grammar_of(code), field))
    return list(found)


def either(patterns: Iterable[str]) -> str:
    """Join several patterns into a regular expression that matches any of them.

    If there are none, it never matches.
    """
    found = [pattern for pattern in patterns if pattern != _NEVER]
    return "|".join(found) if found else _NEVER


@cache
def pattern_of(code: str, field: str) -> re.Pattern[str]:
    """Return the compiled regular expression in a field of a language's grammar."""
    return re.compile(getattr(grammar_of(code), field).replace("{name}", NAME))
