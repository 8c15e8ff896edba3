"""What does not agree within a post, or with the blog's other posts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.text.dates import named_days
from bloglint.text.document import Document
from bloglint.text.grammar import grammar_of, is_judged
from bloglint.text.stems import folded

#: A number that counts something in a title, and the same in words.
_COUNTED = lazy(r"(?<![\w.,:/-])(\d{1,2})(?= +[^\W\d_]{3,})|\b([^\W\d_]{3,8})\b(?= +[^\W\d_]{3,})")
#: What comes behind a number that does not count what the post lists.
_UNITS = lazy(
    r"^(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|percent|million|billion|thousand|am|pm"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jahre?n?|monate?n?|wochen?|tage?n?|stunden?|minuten?|sekunden?|prozent|millionen|milliarden"
    r"|tausend|uhr|euro|dollars?|people|posts?|beiträge|januar|februar|märz|mai|juni|juli|oktober"
    r"|dezember|times|mal|of|and|und|von|to|bis|or|oder)\b",
    re.IGNORECASE,
)
_NUMBERED = lazy(r"^\W*(?:[^\W\d_]{3,12}\.? +)?#?(\d{1,2})(?:[.):]|(?: +[–—-]) |\s+[A-ZÄÖÜ])")
#: Headings that belong to no list.
_FRAME = lazy(
    r"^\W*(?:conclusion|summary|introduction|intro|background|references|resources|links|sources|faq"
    r"|next steps|wrapping|final|further|appendix|about|overview|why\b|what\b|how\b|the\b|in short"
    r"|fazit|zusammenfassung|einleitung|einführung|hintergrund|quellen|ausblick|weiterführend|über\b"
    r"|häufige|überblick|warum\b|was\b|wie\b|das\b|die\b|der\b|bonus)",
    re.IGNORECASE,
)
_MARKUP = lazy(
    r"(?<![\w*])\*\*[^\s*][^*\n]{0,60}\*\*(?![\w*])"
    r"|(?<!!)\[[^\]\n]{1,80}\]\((?:https?://|/|mailto:)[^)\s]*\)?"
    r"|&(?:nbsp|amp|quot|lt|gt|mdash|ndash|#\d{2,5});"
    r"|</?(?:p|br|div|span|strong|em|b|i|a|h[1-6]|ul|li)\b[^<>\n]{0,80}>"
    r"|\[/?(?:caption|gallery|embed|vc_\w+|et_pb_\w+|fusion_\w+)\b[^\]\n]{0,80}\]"
)
#: A name that may be written in other ways: a capitalised word, with what is joined to it.
_WORD = lazy(r"(?<![\w./@:#-])[A-ZÄÖÜ][\w]*(?:-[A-ZÄÖÜ]\w*)*(?![\w/@-]|\.\w)")
#: The beginning of a title up to its number.
_LEADING = lazy(
    r"^(?:(?:the|die|unsere|our|my|meine)\s+)?(?:top\s+)?(?:\d{1,2}|[^\W\d_]{3,8})(?= )", re.I
)
#: The largest difference that is a slip: with a larger one the numbers mean other things.
_SLIP = 3
_INNER = lazy(r"[a-zäöüß][A-ZÄÖÜ]|[A-ZÄÖÜ]{2,}[a-zäöüß]{2}")
_LETTERS = lazy(r"[^\W_]+")


class Consistency(CheckOptions, frozen=True):
    """What a post has to agree with.

    Attributes:
        fewest: the fewest things that a list has to have.
        uses, posts: how often, and in how many posts, a spelling has to occur to be the usual one.
        share: the share of the uses that makes a spelling the usual one.
        shown: how many names are shown.
    """

    fewest: Positive
    uses: Positive
    posts: Positive
    share: Share
    shown: Count


@check(options=Consistency, compares=True)
def consistency(
    document: Document, options: Consistency, context: Context
) -> Iterator[Hit | Measure]:
    """A title that promises a number, a weekday that the date has not, names spelled otherwise.

    A ``promise`` is compared with the numbers of the headings. A ``weekday`` is wrong if it fits
    the date in no year that the post may mean. ``title`` is the title once more as the first line,
    ``markup`` what a reader sees of tags. A ``name`` is spelled otherwise than the blog usually
    does, in capitals or hyphens.
    """
    yield from _promise(document, options)
    yield from _weekdays(document)
    yield from _repeated_title(document)
    yield from _markup(document)
    for name, usual, of in _names(document, options, context):
        fields = {"name": name, "usual": usual, "count": of}
        start = document.text.find(name)
        yield Hit("name", 1, 0, fields, start, start + len(name), name, evidence={"write": usual})


def _promise(document: Document, options: Consistency) -> Iterator[Hit]:
    title = document.post.title
    promised = _promised(title, document.language)
    if promised is None or promised < options.fewest:
        return
    given = _listed(document) or _unnumbered(document, promised)
    if given and given >= options.fewest and 0 < abs(given - promised) <= _SLIP:
        fields = {"promised": promised, "given": given}
        yield Hit("promise", given, promised, fields, quote=title)


def _listed(document: Document) -> int | None:
    """Return how far the headings count, from 1 on without a gap."""
    numbers = [
        int(found[1])
        for block in document.headings
        if (found := _NUMBERED.match(document.text, block.start, block.end))
    ]
    count = len(numbers)
    return count if count > 1 and numbers == list(range(1, count + 1)) else None


def _unnumbered(document: Document, promised: int) -> int | None:
    """Return the number of headings of one level if they fall short by one or two.

    More may be about something else, and far fewer are no list. Only a title that begins with the
    number counts the headings.
    """
    begins = _LEADING.match(document.post.title)
    number = f"{begins[0]} things" if begins else ""
    if _promised(number, document.language) != promised:
        return None
    levels = Counter(
        block.level
        for block in document.headings
        if not _FRAME.match(document.text, block.start, block.end)
    )
    if len(levels) != 1:
        return None
    (given,) = levels.values()
    return given if promised > _SLIP and 0 < promised - given < _SLIP else None


def _promised(title: str, language: str | None) -> int | None:
    """Return the one number of a title that counts things, or None."""
    words = _numbers(language)
    found = set()
    for match in _COUNTED.finditer(title):
        number = int(match[1]) if match[1] else words.get(folded(match[2]), 0)
        if number > 1 and not _UNITS.match(title[match.end() :].lstrip()):
            found.add(number)
    return found.pop() if len(found) == 1 else None


def _numbers(language: str | None) -> Mapping[str, int]:
    grammar = grammar_of(language) if language and is_judged(language) else None
    return {} if grammar is None else {word: n for n, word in enumerate(grammar.numbers)}


def _weekdays(document: Document) -> Iterator[Hit]:
    """Yield dates whose weekday is another one in every year that may be meant."""
    language, published = document.language, document.post.published
    if not language or not is_judged(language):
        return
    weekdays = grammar_of(language).weekdays  # type: ignore[union-attr]
    names = {name: n for n, alike in enumerate(weekdays) for name in alike}
    before = re.compile(rf"\b({'|'.join(names)})s?(?:,|,? (?:den|dem|the|on)\b)? *$", re.IGNORECASE)
    for block in document.headed_prose:
        text = document.text[block.start : block.end]
        for day in named_days(text):
            named = before.search(text, max(0, day.start - 24), day.start)
            if named is None:
                continue
            years = [day.year] if day.year else []
            if published and not years:
                years = [published.year + n for n in (-1, 0, 1)]
            days = [one for year in years if (one := day.in_year(year))]
            wanted = names[named[1].lower()]
            if not days or any(one.weekday() == wanted for one in days):
                continue
            meant = days[0] if day.year or not published else _nearest(days, published.date())
            right = weekdays[meant.weekday()][0]
            start, end = block.start + named.start(1), block.start + day.end
            passage = document.text[start:end]
            fields = {"passage": passage, "day": right.capitalize(), "year": str(meant.year)}
            yield Hit("weekday", 1, 0, fields, start, end, passage)


def _nearest(days: list[date], to: date) -> date:
    return min(days, key=lambda one: abs(one - to) if one >= to else abs(one - to) + timedelta(60))


def _repeated_title(document: Document) -> Iterator[Hit]:
    """Yield a finding if the text begins with the title that stands above it anyway."""
    post = document.post
    if not document.blocks or (post.path and post.title not in post.source[: post.body_start]):
        return  # the title is that of the text
    first = document.blocks[0]
    text = document.text[first.start : first.end].strip()
    if first.kind in ("heading", "paragraph") and _plain(text) == _plain(post.title) != "":
        yield Hit("title", 1, 0, {}, first.start, first.end, text)


def _plain(text: str) -> str:
    return " ".join(_LETTERS.findall(text.lower()))


def _markup(document: Document) -> Iterator[Hit]:
    for block in document.headed_prose:
        for match in _MARKUP.finditer(document.text, block.start, block.end):
            start, end = match.span()
            around = document.post.source[max(0, document.source_start(start, end) - 200) :][:200]
            if not document.is_code(start, end) and "<" not in around:
                passage = match.group()
                yield Hit("markup", 1, 0, {"passage": passage[:80]}, start, end, passage)
                return  # one shows what is meant


def _names(
    document: Document, options: Consistency, context: Context
) -> list[tuple[str, str, int]]:
    """Return names of a post that the blog spells otherwise: as here, as usual, how often."""
    usual: dict[str, tuple[str, int]] = context.remember(
        "usual spellings", lambda: _usual(options, context)
    )
    found = {}
    for form in _forms(document):
        key = form.replace("-", "").lower()
        if key in usual and form != usual[key][0] and not form.isupper():
            found[form] = (form, *usual[key])
    return list(found.values())[: options.shown]


def _usual(options: Consistency, context: Context) -> dict[str, tuple[str, int]]:
    """Return the usual spelling of the names that the blog spells in more than one way."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    posts: Counter[str] = Counter()
    for document in context.documents:
        for form, count in _forms(document).items():
            uses[form.replace("-", "").lower()][form] += count
            posts[form] += 1
    found = {}
    for key, forms in uses.items():
        (form, count), *others = forms.most_common()
        if (
            others
            and count >= options.uses
            and posts[form] >= options.posts
            and count >= options.share * forms.total()
            and _INNER.search(form)
        ):
            found[key] = form, count
    return found


def _forms(document: Document) -> dict[str, int]:
    """Count the capitalised words of a post's prose, outside of code and quotations."""
    return document.memo.get("capitalised", lambda: _counted_forms(document))


def _counted_forms(document: Document) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for block in document.prose:
        for match in _WORD.finditer(document.text, block.start, block.end):
            start, end = match.span()
            is_shown = document.is_mentioned(start) or document.is_code(start, end)
            if end - start > 3 and not is_shown:
                counts[match.group()] += 1
    return dict(counts)
