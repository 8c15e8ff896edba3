"""Announced pauses: set in the configuration, or announced by a post that says when they end."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from bloglint.checks.calendar import calendar
from bloglint.checks.context import Context
from bloglint.model import Post
from bloglint.text.dates import MONTH, MONTHS, named_days
from bloglint.text.grammar import either, grammar_of, judged_languages

Pause = tuple[date, date]  # the first and the last day without a post

#: The day by which "in the new year" must be kept: its first working week (after Epiphany).
_NEW_YEAR_ENDS = (1, 10)
LONGEST = timedelta(days=100)
#: How long before a pause its announcement may appear, and in how many of the last posts.
AHEAD, CANDIDATES = timedelta(days=35), 3
#: How many sentences at the beginning and at the end of a post are searched for an announcement.
FIRST, LAST = 3, 6


class _Patterns:
    """Regular expressions for the words about pauses in all languages."""

    def __init__(self) -> None:
        grammars = [grammar_of(code) for code in judged_languages()]
        words = [grammar.pauses for grammar in grammars if grammar]

        def any_of(field: str) -> str:
            return either(entry for word in words for entry in getattr(word, field))

        def compiled(pattern: str) -> re.Pattern[str]:
            return re.compile(pattern, re.IGNORECASE)

        self.parts = {part: day for one in words for part, day in one.parts.items()}
        part = rf"(?P<part>{either(self.parts)}|{any_of('ends')})"
        self.returns = compiled(rf"\b(?:{any_of('returns')})\b")
        self.until = compiled(
            rf"(?:\b(?:{any_of('until')})|[-–])(?:\s+(?:{any_of('until_filler')}))*\s*$"
        )
        self.month = compiled(
            rf"\b(?:{any_of('before_month')})\s+(?:(?:{any_of('article')})\s+)?"
            rf"(?:{part}[\s-]+(?:(?:{any_of('week_of_month')})\s+)?"
            rf"(?:(?:{any_of('of_month')})\s+)?)?(?P<month>{MONTH})"
            rf"|\b{part.replace('<part>', '<part2>')}[\s-]+(?:of\s+)?(?P<month2>{MONTH})"
            rf"|\b(?P<month3>{MONTH}) (?:{any_of('off')})\b"
        )
        self.whole = compiled(rf"\b(?:{any_of('whole')})\s+(?:(?:{any_of('whole_of')})\s+)?$")
        self.week = compiled(rf"\b(?:{any_of('week')})\s*(?P<week>\d{{1,2}})\b")
        self.numbers = {
            word: number
            for one in words
            for number, forms in enumerate(one.numbers, 1)
            for word in forms.split()
        }
        number = "|".join([r"\d{1,2}", *sorted(self.numbers, key=len, reverse=True)])
        joined = {unit: days for one in words for unit, days in one.joined_units.items()}
        self.units = {unit: days for one in words for unit, days in one.units.items()} | joined
        stems = either(unit.removesuffix(r"\w*") for unit in joined)
        self.duration = compiled(
            rf"\b(?P<n>{number})(?:[\s-]+(?:(?!(?:{number})\b)\w+[\s-]+)?|(?={stems}))"
            rf"(?P<unit>{either(self.units)})\b"
        )
        self.ago = compiled(rf"\b(?:{any_of('ago')})\s*$")
        self.new_year = compiled(rf"\b(?:{any_of('new_year')})\b")

    def days_of(self, unit: str) -> int:
        """Return how many days a unit of time has, as it was written."""
        return next(
            days
            for pattern, days in self.units.items()
            if re.fullmatch(pattern, unit, re.IGNORECASE)
        )


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def pauses(context: Context, rule: str, starts: Collection[date]) -> list[Pause]:
    """Return all pauses, configured or announced with the phrases of ``rule``, in order.

    Announcements are sought in the last posts up to and including each of ``starts``, the days
    after which there was a gap.
    """
    candidates = {
        post.id: (day, post)
        for start in starts
        for day, post in _before(start, calendar(context).posts)
    }
    announced = {
        pause
        for day, post in candidates.values()
        for pause in announced_in(context, rule, post, day)
    }
    return sorted({*context.pauses, *announced})


def _before(start: date, posts: Sequence[tuple[date, Post]]) -> list[tuple[date, Post]]:
    near = [(day, post) for day, post in posts if start - AHEAD <= day <= start]
    return near[-CANDIDATES:]


def announced_in(context: Context, rule: str, post: Post, day: date) -> Iterator[Pause]:
    """Yield the pause of the blog that a post of ``day`` announces: the first that it names.

    Announcements stand in the title, in the first sentences or in the last ones. A sentence that
    names an end announces a pause if it or a neighbouring sentence is about publishing (phrases
    ``publishing``) and about stopping (``pause``), or if it names the next post (``next_post``), or
    says that there will be none (``nothing``) or that "we" pause (``farewell``). Phrases
    ``deadline`` (until then, something else must be done) and ``going_on`` (the past, others,
    "every week") rule it out. The title is a neighbour of every sentence.
    """
    document = context.document(post)
    groups: list[set[str]] = [set() for _ in document.sentences]
    in_title: set[str] = set()
    starts = [sentence.start for sentence in document.sentences]
    for match in context.matches(document, rule):
        if match.start is None:
            in_title.add(match.group)
            continue
        number = bisect_right(starts, match.start) - 1
        if number >= 0 and match.start < document.sentences[number].end:
            groups[number].add(match.group)
    about_pause = {"publishing"} if "pause" in in_title else set()
    passages = [(post.title, in_title, in_title | about_pause)]
    last = len(groups) - 1
    for number, own in enumerate(groups):
        if FIRST <= number <= last - LAST:
            continue
        beside = own.union(in_title, *groups[max(0, number - 1) : number + 2])
        sentence = document.sentences[number]
        passages.append((document.text[sentence.start : sentence.end], own, beside))
    for text, own, beside in passages:
        pause = _pause(text, day) if _tells(own, beside) else None
        if pause:
            yield pause
            return


def _tells(own: set[str], beside: set[str]) -> bool:
    """Whether a passage with phrases of these groups, given its neighbours', announces a pause."""
    if not own.isdisjoint({"going_on", "deadline"}):
        return False
    if not own.isdisjoint({"farewell", "next_post", "nothing"}):
        return True
    return {"pause", "publishing"} <= beside and bool(own)


def _pause(text: str, announced_on: date) -> Pause | None:
    """Return the pause that ``text`` announces, or None.

    It begins on the day of the announcement unless another day is named.
    """
    days = [(named, day) for named in named_days(text) if (day := named.after(announced_on))]
    for (_, first), (named, last) in itertools.pairwise(days):
        if first < last and _patterns().until.search(text[: named.start]):
            return _within(first, last, announced_on)
    back = _patterns().returns.search(text)
    for found in _patterns().duration.finditer(text):
        if _patterns().ago.search(text[: found.start()]):
            continue
        if days and back:
            break
        first = days[0][1] if days else announced_on
        number = found["n"].lower()
        count = int(number) if number.isdigit() else _patterns().numbers[number]
        length = count * _patterns().days_of(found["unit"])
        return _within(first, first + timedelta(days=length), announced_on)
    if days:
        named, end = next((d for d in days if back and d[0].start > back.start()), days[-1])
        returns = back and not _patterns().until.search(text[: named.start])
        return _within(announced_on, end - timedelta(days=1) if returns else end, announced_on)
    return _vague(text, announced_on)


def _vague(text: str, announced_on: date) -> Pause | None:
    """Return a pause that ends with a month, a third of one, a calendar week or the new year."""
    month = _patterns().month.search(text)
    if month:
        number = MONTHS[(month["month"] or month["month2"] or month["month3"]).lower()]
        part = (month["part"] or month["part2"] or "").lower()
        year = announced_on.year + (number < announced_on.month)
        last = date(year, number, _patterns().parts.get(part, monthrange(year, number)[1]))
        whole = _patterns().whole.search(text[: month.start("month")]) if month["month"] else None
        return _within(
            max(announced_on, date(year, number, 1)) if whole else announced_on, last, announced_on
        )
    week = _patterns().week.search(text)
    if week and 1 <= int(week["week"]) <= 52:
        ends = [date.fromisocalendar(announced_on.year + n, int(week["week"]), 5) for n in (0, 1)]
        return next((p for end in ends if (p := _within(announced_on, end, announced_on))), None)
    if _patterns().new_year.search(text):
        return _within(
            announced_on,
            date(announced_on.year + (announced_on.month > 1), *_NEW_YEAR_ENDS),
            announced_on,
        )
    return None


def _within(first: date, last: date, announced_on: date) -> Pause | None:
    return (first, last) if announced_on < last <= announced_on + LONGEST else None


def days_in(pauses: Iterable[Pause], first: date, last: date) -> int:
    """Count the days from ``first`` to ``last``, both included, that lie in a pause."""
    count, counted = 0, first
    for start, end in sorted(pauses):
        begin = max(start, counted)
        stop = min(end, last)
        if begin <= stop:
            count += (stop - begin).days + 1
            counted = stop + timedelta(days=1)
    return count
