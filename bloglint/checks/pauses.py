"""Pauses that were announced: in the configuration, or by a post that says until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bloglint.checks import Context

Pause = tuple[date, date]  # the first and the last day without a post

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner jan",
            "february februar feb",
            "march märz mar",
            "april apr",
            "may mai",
            "june juni jun",
            "july juli jul",
            "august aug",
            "september sept sep",
            "october oktober oct okt",
            "november nov",
            "december dezember dec dez",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"|(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.)(?:,?\s*(?P<year>20\d\d))?",
    re.IGNORECASE,
)
#: Who announces the day of the return means that the pause ends the day before.
_RETURN = re.compile(
    r"\b(?:back|return|resume|again|from|wieder|zurück|weiter|ab dem|ab)\b", re.IGNORECASE
)
LONGEST = timedelta(days=100)


def pauses(context: Context, rule: str) -> list[Pause]:
    """All pauses, configured or announced with the phrases of ``rule``, in order."""
    return sorted({*context.pauses, *_announced(context, rule)})


def _announced(context: Context, rule: str) -> Iterator[Pause]:
    for document in context.documents:
        published = document.post.published
        matches = context.matches(document, rule)
        if published is None or not matches:
            continue
        start = published.astimezone(context.as_of.tzinfo).date()
        for sentence in document.sentences:
            around = range(sentence.start, sentence.end)
            if not any(m.start in around for m in matches if m.start is not None):
                continue
            text = document.text[sentence.start : sentence.end]
            ends = [_end(m, text, start) for m in _DATE.finditer(text)]
            last = max((end for end in ends if end), default=None)
            if last is not None:
                yield start, last


def _end(found: re.Match[str], text: str, start: date) -> date | None:
    """The last day of a pause that begins at ``start`` and names the date ``found``."""
    day = int(found["d1"] or found["d2"] or found["d3"])
    named = found["m1"] or found["m2"]
    month = _MONTHS[named.lower()] if named else int(found["m3"])
    for year in [int(found["year"])] if found["year"] else [start.year, start.year + 1]:
        try:
            end = date(year, month, day)
        except ValueError:
            return None
        if _RETURN.search(text[max(0, found.start() - 40) : found.start()]):
            end -= timedelta(days=1)
        if start < end <= start + LONGEST:
            return end
    return None


def days_in(pauses: Iterable[Pause], first: date, last: date) -> int:
    """How many days from ``first`` to ``last``, both included, lie in a pause."""
    days = {
        start + timedelta(days=n)
        for start, end in pauses
        for n in range((end - start).days + 1)
        if first <= start + timedelta(days=n) <= last
    }
    return len(days)
