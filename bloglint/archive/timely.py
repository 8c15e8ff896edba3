"""What a post announces for a day, and what it promises without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bloglint.model import Text, translate
from bloglint.model.messages import shorten
from bloglint.text.dates import is_regular, named_days
from bloglint.text.document import Document
from bloglint.text.grammar import Announcements, grammar_of
from bloglint.text.patterns import any_of

#: The paragraphs that say what a post is, and the most words of one that is an invitation by them,
#: and of one that is a notice by its title.
_OPENING, INVITATION, NOTICE = 3, 600, 300
#: How many days ahead an invitation names its day, and after which it is over for sure.
_AHEAD, _OVER = timedelta(days=200), timedelta(days=60)
#: Days that lie so near belong to one event.
_ONE_EVENT = timedelta(days=31)
#: The most characters of a sentence that is quoted.
_QUOTED = 120
#: The end of a date that no version is taken for.
_WITH_YEAR = re.compile(r"20\d\d$")
_I = re.IGNORECASE


def announced(document: Document, today: date) -> Text | None:
    """Say to which day a post invites or what it announces for it, if all its days have passed.

    A post whose title itself invites, or announces something for a day that it names, may be of any
    length.
    """
    post, words = document.post, _announcements(document)
    if words is None or is_regular(_undated(post.title)) or not post.published:
        return None
    opening = [document.text[b.start : b.end] for b in document.prose[:_OPENING]]
    text = "\n".join((post.title, *opening))
    in_title, invites = _says(words.titles, post.title), _says(words.invites, text)
    stated = max(post.published, post.updated or post.published).date()
    is_plain = in_title and (
        _says(words.invites, post.title) or _days_ahead(post.title, stated, document.language)
    )
    most = INVITATION if invites else NOTICE if in_title else 0
    if not is_plain and document.words >= most:
        return None
    told = post.title if in_title else f"{text}\n{document.prose_text}"
    if _says(words.recounts, told):
        return None
    ahead = _days_ahead(text, stated, document.language)
    every = [*ahead, *_days_ahead(document.prose_text, stated, document.language)]
    if not ahead or max(every) + _OVER >= today:
        return None
    day = max(day for day in ahead if day - ahead[0] <= _ONE_EVENT)
    return translate("an invitation or announcement whose day has passed ({day})", day=day)


def promise(document: Document) -> str:
    """Return the first sentence of a post that promises something without a day, or nothing."""
    words = _announcements(document)
    if words is None:
        return ""
    promises = any_of(tuple(words.promises), _I)
    for block in document.prose:
        for match in promises.finditer(document.text, block.start, block.end):
            sentence = document.sentence_at(match.start())
            if sentence is None or document.is_mentioned(match.start()):
                continue
            text = document.text[sentence.start : sentence.end]
            return shorten(" ".join(text.split()), _QUOTED)
    return ""


def _says(patterns: Sequence[str], text: str) -> bool:
    return bool(any_of(tuple(patterns), _I).search(text))


def _days_ahead(text: str, stated: date, language: str | None) -> list[date]:
    """Return the days that a text names of those that lay ahead on the day it was stated."""
    named = (day.after(stated - timedelta(days=1)) for day in named_days(text, language))
    return [day for day in named if day and day - stated <= _AHEAD]


def _undated(title: str) -> str:
    """Return a title without its dates, of which the figures could be taken for a version."""
    for day in reversed(list(named_days(title))):
        if _WITH_YEAR.search(title, day.start, day.end):
            title = f"{title[: day.start]} {title[day.end :]}"
    return title


def _announcements(document: Document) -> Announcements | None:
    """Return how the language of a post announces, None if it is not judged."""
    grammar = grammar_of(document.language)
    return grammar.announcements if grammar else None
