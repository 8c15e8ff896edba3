"""Dates mentioned in a text, and the names of months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bloglint.lazy import lazy
from bloglint.text.grammar import grammar_of, judged_languages

#: Month numbers by name, for all judged languages together.
MONTHS = {
    name: number
    for code in judged_languages()
    for number, names in enumerate(grammar_of(code).months, 1)  # type: ignore[union-attr]
    for name in names
}
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"
_DATE = lazy(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?P<m1>{MONTH})\.?"
    rf"|(?P<m2>{MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.\d)"
    r"|(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.)(?:,?\s*(?P<year>20\d\d)|(?P<short>\d\d)\b)?"
    r"|\b(?P<y4>20\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)\b"
    r"|(?<![\d/])(?!24/7)(?P<m5>\d{1,2})/(?P<d5>\d{1,2})(?:/(?P<y5>20\d\d))?(?![\d/])",
    re.IGNORECASE,
)

#: Words before the number of a part, and numbers as words: "Lesson Two".
_PARTS = "|".join(
    part
    for code in judged_languages()
    for part in grammar_of(code).announcements.parts  # type: ignore[union-attr]
)
_NUMBERS = "|".join(
    re.sub(
        "(?<=.)[uo]e", lambda folded: f"(?:{folded[0]}|{'ü' if folded[0] == 'ue' else 'ö'})", word
    )
    for code in judged_languages()
    for word in grammar_of(code).numbers  # type: ignore[union-attr]
)
#: What tells one edition of a text from another.
_NUMBERED = lazy(rf"\d+|\b{MONTH}|\b(?:{_PARTS})\s+(?:{_NUMBERS})\b", re.IGNORECASE)
_ADDRESS = lazy(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/_-]|$)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date mentioned in a text: its span and its parts; ``year`` is None if it is left out."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    def in_year(self, year: int) -> date | None:
        """Return the day in a year, or None if there is none (30 February)."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def after(self, earlier: date) -> date | None:
        """Return the first such date after ``earlier``, or None if there is none."""
        for year in [self.year] if self.year else [earlier.year, earlier.year + 1]:
            day = self.in_year(year)
            if day is None or day > earlier:
                return day
        return None


def named_days(text: str, language: str | None = None) -> Iterator[DateMention]:
    """Yield the dates mentioned in ``text``, in reading order.

    Two numbers with points are a day and month in German; in a text that is known to be in another
    ``language`` they are a version ("before 7.4.").
    """
    for found in _DATE.finditer(text):
        parts = found.groupdict()
        if language not in (None, "de") and parts["d3"] and not (parts["year"] or parts["short"]):
            continue
        day, month, year = (
            next((parts[key] for key in keys if parts.get(key)), None)
            for keys in (
                ("d1", "d2", "d3", "d4", "d5"),
                ("m1", "m2", "m3", "m4", "m5"),
                ("year", "y4", "y5", "short"),
            )
        )
        assert day and month, "every way to write a day has both"
        number = MONTHS.get(month.lower()) or int(month)
        if parts["m5"] and number > 12:  # 19/8 cannot be an American date
            day, number = month, int(day)
        full = 2000 + int(year) % 100 if year else None
        yield DateMention(*found.span(), int(day), number, full)


#: The title of release notes.
_RELEASE = lazy(
    r"\b(?:release notes|change ?log|changelog|newsletter|digest|round-?up|versionshinweise)\b"
    r"|\b(?:release[sd]?|version|firmware|update|rollout|tracker)\b.*\d|\bv?\d+\.\d+(?:\.\d+)?\b",
    re.IGNORECASE,
)
#: The share of their words that two titles of a series have in common.
_SERIES = 0.6


def is_edition(title: str, other: str) -> bool:
    """Whether two titles differ in a number, a year or a month, as those of two editions do."""
    first, second = ({w.lower() for w in _NUMBERED.findall(text)} for text in (title, other))
    return first != second


def is_series(title: str, other: str) -> bool:
    """Whether two titles are of one series: different, with mostly the same words.

    "Change log of 7 March" and "Change log of 21 March", "Meet the team: Ada" and "Meet the team:
    Ben". Two titles of releases ("Pump 0.2.0 released") are of one series as well.
    """
    if title.casefold().strip() == other.casefold().strip():
        return False
    if is_regular(title) and is_regular(other):
        return True
    first, second = (_plain_words(text) for text in (title, other))
    common = len(first & second)
    return common >= 2 and common >= _SERIES * min(len(first), len(second))


def is_regular(title: str) -> bool:
    """Whether a title is that of release notes or of a digest, which come out of a template."""
    return bool(_RELEASE.search(title))


def _plain_words(title: str) -> set[str]:
    """Return the words of a title without numbers, months and words of fewer than three letters."""
    words = re.findall(r"[^\W\d_]{3,}", title.lower())
    return {word for word in words if word not in MONTHS}


def address_day(address: str) -> date | None:
    """Return the date in a URL or file name, as in /2026/05/03/, or None.

    A month without a day stands for its 28th.
    """
    found = _ADDRESS.search(address)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 28))
    except ValueError:
        return None
