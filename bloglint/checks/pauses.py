"""Pauses that were announced: in the configuration, or by a post that says until when."""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from bloglint.checks.calendar import calendar
from bloglint.checks.context import Context
from bloglint.lazy import lazy
from bloglint.model import Post
from bloglint.text.dates import MONTH, MONTHS, named_days

Pause = tuple[date, date]  # the first and the last day without a post

#: Who announces the day of the return means that the pause ends the day before.
_RETURN = lazy(
    r"\b(?:back|returns?|resumes?|reopens?|again|next|see you|starting|starts?|begins?|waiting"
    r"|wieder|zurück|weiter|nächsten?|nächster|folgt|los|beginnt|starten)\b",
    re.IGNORECASE,
)
#: Before a day: it still belongs to the pause.
_UNTIL = lazy(
    r"(?:\b(?:until|till|through|thru|to|and|bis|zum|und|mit|einschließlich)|[-–])"
    r"(?:\s+(?:the|den|dem|zum|und|mit|einschließlich|\w+day,?|\w+tag,?))*\s*$",
    re.IGNORECASE,
)
#: "Until the 12th of January" in a title is a farewell.
_UNTIL_DAY = lazy(r"\b(?:until|till|bis(?: zum)?) (?:the )?\d", re.IGNORECASE)
_PARTS = {
    "early": 10, "beginning": 10, "start": 10, "anfang": 10, "first": 7, "ersten": 7,
    "second": 14, "zweiten": 14, "mid": 20, "middle": 20, "mitte": 20, "third": 21, "dritten": 21,
}  # fmt: skip
_PART = rf"(?P<part>{'|'.join(_PARTS)}|late|end|ende)"
_MONTH_ONLY = lazy(
    rf"\b(?:in|until|till|before|through|bis|im|ab|of|over|all|ganzen?)\s+(?:the\s+|der\s+)?"
    rf"(?:{_PART}[\s-]+(?:(?:week|woche)\s+)?(?:of\s+|im\s+)?)?(?P<month>{MONTH})"
    rf"|\b{_PART.replace('<part>', '<part2>')}[\s-]+(?:of\s+)?(?P<month2>{MONTH})"
    rf"|\b(?P<month3>{MONTH}) off\b",
    re.IGNORECASE,
)
_WHOLE = lazy(r"\b(?:ganzen?|all|whole|entire)\s+(?:of\s+|month of\s+)?$", re.IGNORECASE)
_WEEK = lazy(r"\b(?:KW|Kalenderwoche|calendar week)\s*(?P<week>\d{1,2})\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "one|a|ein|eine|einen two|zwei three|drei four|vier five|fünf six|sechs seven|sieben "
        "eight|acht nine|neun ten|zehn eleven|elf twelve|zwölf thirteen|dreizehn "
        "fourteen|vierzehn".split(),
        1,
    )
    for word in words.split("|")
}
_NUMBER = "|".join([r"\d{1,2}", *sorted(_NUMBERS, key=len, reverse=True)])
_DURATION = lazy(
    rf"\b(?P<n>{_NUMBER})(?:[\s-]+(?:(?!(?:{_NUMBER})\b)\w+[\s-]+)?|(?=wöchig|tägig|monatig))"
    r"(?P<unit>days?|weeks?|months?|fortnight|tage?n?|wochen?|monate?n?|wöchig\w*|tägig\w*)\b",
    re.IGNORECASE,
)
#: Before a duration: it is not the pause's own.
_AGO = lazy(r"\b(?:nach|after|seit|since|vor|every|alle|jede|past|last|letzten)\s*$", re.IGNORECASE)
_UNIT_DAYS = {"d": 1, "t": 1, "w": 7, "m": 31, "f": 14}
_NEW_YEAR = lazy(
    r"\b(?:new year|neuen? jahr|neujahr|after (?:christmas|the holidays|new year)|dreikönig"
    r"|nach (?:weihnachten|den feiertagen|neujahr|silvester|dem jahreswechsel))\b",
    re.IGNORECASE,
)
#: "In the new year" is kept by whoever returns in its first working week (after Epiphany).
_NEW_YEAR_ENDS = (1, 10)
LONGEST = timedelta(days=100)
#: A pause is announced at most so long before it, by one of so many posts.
AHEAD, CANDIDATES = timedelta(days=35), 3


def pauses(context: Context, rule: str, starts: Collection[date]) -> list[Pause]:
    """All pauses, configured or announced with the phrases of ``rule``, in order.

    Announcements are looked for in the last posts before each of ``starts`` (the days after which
    there was a gap), that day included.
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
    """The pause that a post of ``day`` announces: the first that it names.

    A sentence that names an end tells of a pause when it, or one beside it, speaks of publishing
    (phrases ``publishing``) and of stopping or coming back (``absent``, ``return``); ``farewell``
    is both at once. Phrases ``going_on`` (the past, others, "every week") speak against it. The
    title stands beside every sentence.
    """
    document = context.document(post)
    groups: list[set[str]] = [set() for _ in document.sentences]
    in_title: set[str] = set()
    for match in context.matches(document, rule):
        if match.start is None:
            in_title.add(match.group)
        else:
            for number, sentence in enumerate(document.sentences):
                if sentence.start <= match.start < sentence.end:
                    groups[number].add(match.group)
    passages = []
    if (
        "absent" in in_title
        or {"return", "publishing"} <= in_title
        or _UNTIL_DAY.search(post.title)
    ):
        passages.append((post.title, in_title | {"farewell"}, in_title))
    for number, own in enumerate(groups):
        beside = own.union(in_title, *groups[max(0, number - 1) : number + 2])
        sentence = document.sentences[number]
        passages.append((document.text[sentence.start : sentence.end], own, beside))
    for text, own, beside in passages:
        pause = _pause(text, day) if _tells(own, beside) else None
        if pause:
            yield pause
            return


def _tells(own: set[str], beside: set[str]) -> bool:
    """Whether a passage with phrases of these groups, and those beside it, tells of a pause."""
    if "going_on" in own:
        return False
    if "farewell" in own:
        return True
    return "publishing" in beside and not {"absent", "return"}.isdisjoint(beside) and bool(own)


def _pause(text: str, announced_on: date) -> Pause | None:
    """The pause that ``text`` announces; it begins on the day of the
    announcement unless another is named."""
    days = [(named, day) for named in named_days(text) if (day := named.after(announced_on))]
    for (_, first), (named, last) in itertools.pairwise(days):
        if first < last and _UNTIL.search(text[: named.start]):
            return _within(first, last, announced_on)
    back = _RETURN.search(text)
    for found in _DURATION.finditer(text):
        if _AGO.search(text[: found.start()]):
            continue
        if days and back:
            break
        first = days[0][1] if days else announced_on
        number = found["n"].lower()
        count = int(number) if number.isdigit() else _NUMBERS[number]
        length = count * _UNIT_DAYS[found["unit"].lower().replace("ä", "a")[0]]
        return _within(first, first + timedelta(days=length), announced_on)
    if days:
        named, end = next((d for d in days if back and d[0].start > back.start()), days[-1])
        returns = back and not _UNTIL.search(text[: named.start])
        return _within(announced_on, end - timedelta(days=1) if returns else end, announced_on)
    return _vague(text, announced_on)


def _vague(text: str, announced_on: date) -> Pause | None:
    """A pause whose end is a month, a third of one, a calendar week or the new year."""
    month = _MONTH_ONLY.search(text)
    if month:
        number = MONTHS[(month["month"] or month["month2"] or month["month3"]).lower()]
        part = (month["part"] or month["part2"] or "").lower()
        year = announced_on.year + (number < announced_on.month)
        last = date(year, number, _PARTS.get(part, monthrange(year, number)[1]))
        whole = _WHOLE.search(text[: month.start("month")]) if month["month"] else None
        return _within(
            max(announced_on, date(year, number, 1)) if whole else announced_on, last, announced_on
        )
    week = _WEEK.search(text)
    if week and 1 <= int(week["week"]) <= 52:
        ends = [date.fromisocalendar(announced_on.year + n, int(week["week"]), 5) for n in (0, 1)]
        return next((p for end in ends if (p := _within(announced_on, end, announced_on))), None)
    if _NEW_YEAR.search(text):
        return _within(
            announced_on,
            date(announced_on.year + (announced_on.month > 1), *_NEW_YEAR_ENDS),
            announced_on,
        )
    return None


def _within(first: date, last: date, announced_on: date) -> Pause | None:
    return (first, last) if announced_on < last <= announced_on + LONGEST else None


def days_in(pauses: Iterable[Pause], first: date, last: date) -> int:
    """How many days from ``first`` to ``last``, both included, lie in a pause."""
    count, counted = 0, first
    for start, end in sorted(pauses):
        begin = max(start, counted)
        stop = min(end, last)
        if begin <= stop:
            count += (stop - begin).days + 1
            counted = stop + timedelta(days=1)
    return count
