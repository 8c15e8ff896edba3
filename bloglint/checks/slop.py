"""What chat assistants leave in a text, and the habits of their prose that readers tire of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import log1p

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, check
from bloglint.checks.results import Hit, Measure
from bloglint.digests import digest
from bloglint.lazy import lazy
from bloglint.model import Text, translate
from bloglint.model.messages import joined
from bloglint.text.document import Document
from bloglint.text.grammar import is_judged
from bloglint.text.markup import Block
from bloglint.text.patterns import any_of

#: Leftovers are looked for in what a reader reads, tables included, not in quotations and code.
_READ = frozenset({"paragraph", "item", "heading", "cell", "caption", "boilerplate"})
#: The kinds of leftovers that are looked for everywhere in the text.
_ANYWHERE = ("nature", "mark", "blank", "note")
Found = tuple[str, int, int, str]


class Leftovers(CheckOptions, frozen=True):
    """Patterns of leftovers by case; an answer begins and ends within so many blocks."""

    first: Positive
    last: Positive
    shown: Count
    opening: list[str]
    offer: list[str]
    nature: list[str]
    mark: list[str]
    link: list[str]
    blank: list[str]
    note: list[str]


@check(options=Leftovers)
def leftovers(document: Document, options: Leftovers, context: Context) -> Iterator[Hit | Measure]:
    """Passages that belong to a conversation with a chat assistant and not to the post.

    An ``opening`` counts in the ``first`` blocks, an ``offer`` in the ``last`` ones of the text
    that is not boilerplate, a ``link`` by its address. Quotations and code are not looked at.
    """
    patterns = {case: getattr(options, case) for case in options.__struct_fields__[3:]}
    name = f"leftovers {options.first} {options.last} {digest(repr(patterns).encode()).hex()}"
    found = [
        one
        for one in document.memo.get(name, lambda: _leftovers(document, options))
        if not context.is_off(document, context.rule.id, one[1])
    ]
    yield Measure("chat_leftovers", len(found))
    for case, start, end, passage in found[: options.shown]:
        fields = {"passage": passage, "count": len(found)}
        yield Hit(case, len(found), 0, fields, start, end, passage)


def _leftovers(document: Document, options: Leftovers) -> list[Found]:
    """Return all leftovers in reading order: case, span and what is shown of it."""
    read = [block for block in document.blocks if block.kind in _READ]
    own = [block for block in read if block.kind != "boilerplate"]
    found: list[Found] = []
    for case, blocks in (
        ("opening", own[: options.first]),
        ("offer", own[-options.last :]),
        *((case, read) for case in _ANYWHERE),
    ):
        pattern = any_of(tuple(getattr(options, case)), re.MULTILINE)
        found += (
            (case, match.start(), match.end(), " ".join(match.group().split())[:120])
            for block in blocks
            for match in pattern.finditer(document.text, block.start, block.end)
        )
    links = any_of(tuple(options.link))
    found += (
        ("link", link.start, link.end, link.url[:120])
        for link in document.links
        if links.search(link.url)
    )
    unique: dict[tuple[int, int], Found] = {}
    for one in sorted(found, key=lambda one: (one[1], -one[2])):
        inside = any(start <= one[1] and one[2] <= end for start, end in unique)
        if not inside and not document.is_mentioned(one[1]) and not document.is_code(*one[1:3]):
            unique[one[1], one[2]] = one
    return list(unique.values())


class Habits(CheckOptions, frozen=True):
    """Habits of prose and how much each tells, by language.

    Attributes:
        fewest: the fewest words of a post that is judged; shorter ones have no habits.
        before: posts before this year are the blog's own measure.
        older: how many of them there have to be.
        most: the most occurrences of one habit that count.
        named: how many habits a finding names.
        contrast, triad, closing: regular expressions by language.
        weights: what ln(1 + occurrences in 1,000 words) is multiplied by, by language and habit.
        usual: the mean of those occurrences in people's posts, by language and habit.
        limit: the sum from which a post is reported, by language.
    """

    fewest: Positive
    before: Positive
    older: Positive
    most: Positive
    named: Positive
    contrast: dict[str, str]
    triad: dict[str, str]
    closing: dict[str, str]
    weights: dict[str, dict[str, float]]
    usual: dict[str, dict[str, float]]
    limit: dict[str, float]


#: What the habits are called in a finding.
_HABITS = {
    "bold": translate("bold lead-ins"),
    "lead": translate("list items with a label"),
    "triad": translate("lists of three"),
    "contrast": translate("“not X but Y”"),
    "phrase": translate("stock phrases"),
    "dash": translate("dashes in sentences"),
    "closing": translate("summing-up headings"),
    "emoji": translate("headings with emoji"),
}
_EMOJI = lazy("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]")
#: The habits of lists, which alone make no worn text.
_IN_LISTS = ("bold", "lead")
#: How many older posts are looked at, and which of them, from the plainest, is the blog's measure.
_LOOKED_AT, _RANK = 40, 0.95


@check(options=Habits, compares=True)
def habits(document: Document, options: Habits, context: Context) -> Iterator[Hit | Measure]:
    """Patterns of prose that come far more often than people write them, and than the blog did.

    The measure ``habit_score`` is a sum of weighted logarithms of rates. A post is reported if it
    lies over the limit of its language, not for its lists alone, and over 95 in 100 of the blog's
    own posts from before ``before``, if there are at least ``older`` of them.
    """
    language = document.language or ""
    if language not in options.weights or document.words < options.fewest:
        return
    rates = _rates(document, options, context)
    score = _score(rates, options.weights[language])
    yield Measure("habit_score", round(score, 3))
    limit = options.limit[language]
    if score <= limit:
        return
    own = context.remember(
        f"habits {context.rule.id} {language}", lambda: _own_limit(language, options, context)
    )
    if own is not None and score <= own:
        return
    usual, weights = options.usual[language], options.weights[language]
    excess = {
        habit: weights.get(habit, 0) * (log1p(rate) - log1p(usual.get(habit, 0)))
        for habit, rate in rates.items()
    }
    more = {habit: points for habit, points in excess.items() if points > 0}
    if 2 * sum(more.get(habit, 0) for habit in _IN_LISTS) > sum(more.values()):
        return  # a list with labels is the form of release notes and programmes
    worst = sorted(more, key=lambda habit: -more[habit])[: options.named]
    named: list[Text] = [
        translate(
            "{habit} {rate} (usual: {usual})",
            habit=_HABITS[habit],
            rate=round(rates[habit], 1),
            usual=round(usual.get(habit, 0), 1),
        )
        for habit in worst
    ]
    evidence = {"per_1000_words": {habit: round(rates[habit], 2) for habit in rates}}
    fields = {"habits": joined(", ", named), "score": round(score, 1)}
    top = max(limit, own or limit)
    yield Hit("habits", round(score, 2), round(top, 2), fields, evidence=evidence)


def _own_limit(language: str, options: Habits, context: Context) -> float | None:
    """Return what 95 in 100 of the blog's posts from before a year stay below, if there are any."""
    posts = (
        post
        for post in context.blog.posts
        if post.published and post.published.year < options.before and post.complete
    )
    documents = map(context.document, islice(posts, _LOOKED_AT))
    scores = sorted(
        _score(_rates(one, options, context), options.weights[language])
        for one in documents
        if one.language == language and one.words >= options.fewest
    )
    return scores[int(_RANK * (len(scores) - 1))] if len(scores) >= options.older else None


def _score(rates: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weight * log1p(rates.get(habit, 0.0)) for habit, weight in weights.items())


def _rates(document: Document, options: Habits, context: Context) -> dict[str, float]:
    """Return how often each habit occurs in 1,000 words."""
    name = (
        f"habits {digest(repr([options.contrast, options.triad, options.closing]).encode()).hex()}"
    )
    counts: dict[str, int] = dict(document.memo.get(name, lambda: _counts(document, options)))
    counts["phrase"] = len(context.matches(document, context.rule.id))
    scale = 1000 / max(1, document.words)
    return {habit: min(options.most, count) * scale for habit, count in counts.items()}


def _counts(document: Document, options: Habits) -> dict[str, int]:
    language = str(document.language)
    if not is_judged(language):
        return {}
    prose = document.prose
    texts = [document.text[block.start : block.end] for block in prose]
    heads = [document.text[block.start : block.end] for block in document.headings]
    items = [block for block in prose if block.kind == "item"]
    running = [document.text[block.start : block.end] for block in prose if block.kind != "item"]
    return {
        "bold": sum(map(document.opens_strong, items)),
        "lead": sum(_has_label(document, item) for item in items),
        "triad": _count(options.triad.get(language), texts),
        "contrast": _count(options.contrast.get(language), texts),
        "dash": _count(r"\w ?[—–] ?\w", running),
        "closing": _count(options.closing.get(language), heads[-2:]),
        "emoji": sum(bool(_EMOJI.search(head)) for head in heads),
    }


def _has_label(document: Document, item: Block) -> bool:
    text = document.text[item.start : item.end]
    return not document.opens_strong(item) and ":" in text[2:42].split(".")[0]


def _count(pattern: str | None, texts: Sequence[str]) -> int:
    found = any_of((pattern,) if pattern else ())
    return sum(sum(1 for _ in found.finditer(text)) for text in texts)
