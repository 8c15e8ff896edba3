"""Measures of a text and of its blog that speak for or against an advert or a release."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from bloglint.checks.context import Context
from bloglint.lazy import lazy
from bloglint.text.document import WORD, Document
from bloglint.text.grammar import is_judged, pattern_of

#: Every text counts as so many words longer, so that a single phrase in a short one never decides.
MORE_WORDS = 150
#: The rule that judges whether a post as a whole is an advert.
ADVERT = "advertorial-tone"
_DATELINE = lazy(
    r"^\s*(?:\(?[A-ZÄÖÜ][\w.\-/ ]{2,40},?\s*(?:\(?\w+\)?,?\s*)?(?:den\s+)?"
    r"(?:\d{1,2}\.?\s+\w+\.?\s+\d{4}|\w+\.?\s+\d{1,2},\s+\d{4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4})\)?\s*[–—-]"
    r"|[A-ZÄÖÜ]{4,}[\w ,./]{0,40}[–—]|[A-ZÄÖÜ][\wäöüß]+(?:/[A-ZÄÖÜ]\w+)?\s*[–—]\s)"
)


def per_thousand(document: Document, count: float) -> float:
    """Return a number of occurrences per 1,000 words of a text that counts as a longer one."""
    return count * 1000 / (document.words + MORE_WORDS)


def _density(field: str) -> Callable[[Document, Context], float]:
    """Return a measure of a grammar field's matches per 1,000 words, by paragraph language."""

    def density(document: Document, context: Context) -> float:
        count = sum(
            len(pattern_of(language, field).findall(text))
            for language, text in document.own_texts.items()
            if is_judged(language)
        )
        return per_thousand(document, count)

    return density


def _own_name(document: Document, context: Context) -> float:
    text = " ".join((document.post.title, document.prose_text)).lower()
    count = sum(
        len(re.findall(rf"\b{re.escape(name.lower())}", text)) for name in context.own_names
    )
    return per_thousand(document, count)


def _outside_links(document: Document, context: Context) -> float:
    own = host_of(context.blog.url or document.post.url or "")
    hosts = {host_of(link.url) for link in document.links}
    return float(len({host for host in hosts if host and host != own}))


def host_of(url: str) -> str:
    """Return an address's host without ``www.``, or an empty string for a relative address."""
    from urllib.parse import urlsplit

    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


#: A label, alone on its line, that marks a text as a press release.
_MARK = lazy(
    r"(?:for immediate release|press release|news release|media release|pressemitteilung"
    r"|medienmitteilung|presseinformation|medieninformation|sperrfrist\b.*|embargo(?:ed)?\b.*)",
    re.IGNORECASE | re.DOTALL,
)
#: The line that ends a release.
_END_MARK = lazy(
    r"^[ \t]*(?:<p>\s*)?(?:#\s?#\s?#|\+\s?\+\s?\+|-\s?(?:30|ENDS?)\s?-)[ \t]*(?:</p>)?[ \t\r]*$",
    re.MULTILINE,
)
#: A line that names a release as where the text is from.
_SOURCE = lazy(
    r"(?:source|quelle)\b\s*:.*(?:press release|news release|media release|newsroom"
    r"|medienmitteilung|press(?:e|e?information|emitteilung|eportal))",
    re.IGNORECASE | re.DOTALL,
)
#: The most words in a line that is a label or closing link.
_LABEL_WORDS = 14


def _press_mark(document: Document, context: Context) -> float:
    """Return 1 if the first or last lines call the text a release, else 0.

    A link to a release is no sign: good posts have one as well.
    """
    if _END_MARK.search(document.post.body):
        return 1.0
    blocks = document.readable
    for block in (*blocks[:1], *blocks[-2:]):
        text = document.text[block.start : block.end].strip(" *_:-–()[]")
        is_label = len(text.split()) <= _LABEL_WORDS
        if is_label and (_MARK.fullmatch(text) or _SOURCE.match(text)):
            return 1.0
    return 0.0


def _third_person(document: Document, context: Context) -> float:
    """Return the share of sentences that name the company, less those in which it says "we"."""
    named = spoken = 0
    names = [name.lower() for name in context.own_names]
    we = pattern_of(str(document.language), "we")
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        spoken += bool(we.search(text))
        lower = text.lower()
        named += any(name in lower for name in names)
    return max(0, named - spoken) / max(1, len(document.sentences))


#: Groups of phrases that praise, promise or offer something.
_PRAISE = (
    "virtues",
    "promises",
    "goods",
    "product",
    "position",
    "quality",
    "promise",
    "superlative",
)
#: The rule whose lists tell who the sender is; a blog of so many posts shows it half.
_SENDER = "advertorial-share"
_SENDER_POSTS = 5


def _praising(document: Document, context: Context) -> list[str]:
    """Return the sentences that praise, promise or offer."""
    places = sorted(
        match.start
        for rule in (ADVERT, "advertorial-self-praise", "advertorial-superlative")
        if rule in context.rules
        for match in context.matches(document, rule)
        if match.start is not None and match.group in _PRAISE
    )
    found = []
    for sentence in document.sentences:
        at = bisect_left(places, sentence.start)
        if at < len(places) and places[at] < sentence.end:
            found.append(document.text[sentence.start : sentence.end])
    return found


def _praised(document: Document, context: Context) -> float:
    """Return the share of sentences that praise, promise or offer."""
    return len(_praising(document, context)) / max(1, len(document.sentences))


def _own_praise(document: Document, context: Context) -> float:
    """Return the share of sentences that praise, promise or offer and are about the company."""
    own = sum(context.is_own(document, text) for text in _praising(document, context))
    return own / max(1, len(document.sentences))


def sender_of(context: Context) -> float:
    """Return how far the blog's sender is an association or public body (1) or sells (-1).

    The share of its posts that speak of members, donations or authorities, less the share that
    speak of customers and prices, nearer to 0 the fewer posts there are.
    """
    return float(context.remember("sender", lambda: _measure_sender(context)))


def _measure_sender(context: Context) -> float:
    if not context.documents or _SENDER not in context.rules:
        return 0.0
    groups = [{m.group for m in context.matches(d, _SENDER)} for d in context.documents]
    serving, trading = (
        sum(name in found for found in groups) / len(groups) for name in ("association", "trade")
    )
    count = len(groups)
    return (serving - trading) * count / (count + _SENDER_POSTS)


#: Measures of a text's blog: they are not kept with the text.
OF_BLOG = frozenset({"sender"})
#: Measures of a text besides its phrases, per 1,000 words unless noted otherwise.
MEASURES: dict[str, Callable[[Document, Context], float]] = {
    "first_person_singular": _density("i"),
    "first_person_plural": _density("we"),
    "second_person": _density("you"),
    "exclamations": lambda d, c: per_thousand(d, d.own_text.count("!")),
    "questions": lambda d, c: per_thousand(d, d.own_text.count("?")),
    "own_name": _own_name,
    "outside_links": _outside_links,  # different hosts
    "code_blocks": lambda d, c: float(sum(b.kind == "code" for b in d.blocks)),  # count
    "dateline": lambda d, c: float(bool(d.prose) and bool(_DATELINE.match(d.prose_text))),  # 0, 1
    "press_mark": _press_mark,  # 0, 1
    "third_person": _third_person,  # share of the sentences
    "headings": lambda d, c: per_thousand(d, len(d.headings)),
    "praised": _praised,  # share of the sentences
    "own_praise": _own_praise,  # share of the sentences
    "sender": lambda d, c: sender_of(c),  # -1 to 1
    "quoted_share": lambda d, c: (
        sum(len(WORD.findall(d.text, a, b)) for a, b in d.quotations) / max(1, d.words)
    ),  # share of the words
}
