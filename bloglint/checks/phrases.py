"""Phrases from a list, reported if a text uses more of them than its length allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.checks.signals import probability
from bloglint.checks.text_measures import ADVERT
from bloglint.lazy import lazy
from bloglint.text.document import Document
from bloglint.text.phrases import Match


class Phrases(CheckOptions, frozen=True):
    """How many phrases pass as style, and which of them count.

    Attributes:
        allowed: the number of phrases allowed in any post.
        words_each: one phrase in this many words is allowed if that is more.
        shown: how many are reported of a post.
        quoted: whether phrases in quotations count.
        others: whether phrases about somebody else count.
        counted: the groups of phrases that are reported; none named means all. The others still
            speak for an advert where a rule weighs the post as a whole.
        spoken: the groups that count in a quotation only: somebody has to say them.
        own: whether a phrase counts only in paragraphs in which the company speaks of itself.
        proved: whether phrases count whose sentence names a figure or links a source.
        least: the probability of being an advert that a post must have for its phrases to count.
        clause: whether phrases count in the middle of a clause, where they call nobody to anything.
        subjects: whether phrases count that the title or a heading names: what the post is about.
        plain: plainer words, by language and pattern.
    """

    allowed: Count = 0
    words_each: Positive = 1_000_000
    shown: Count = 5
    quoted: bool = False
    others: bool = True
    counted: list[str] = []
    spoken: list[str] = []
    own: bool = False
    proved: bool = True
    least: Share = 0.0
    clause: bool = True
    subjects: bool = True
    plain: dict[str, dict[str, str]] = {}


@check(options=Phrases)
def phrases(document: Document, options: Phrases, context: Context) -> Iterator[Hit | Measure]:
    """Occurrences of the rule's phrases, where there are more than style explains.

    Phrases in quotations count only with ``quoted``, those about somebody else only with
    ``others``, and those that the post suppresses never. One in ``words_each`` words is style.
    ``plain`` may suggest a plainer word for a phrase, by language and pattern. The case is the
    phrase's group if the rule has a message for it, else ``phrase``.
    """
    cases = context.rule.message
    found = [
        match
        for match in context.matches(document, context.rule.id)
        if (options.quoted or not match.quoted)
        and (options.others or not context.is_about_others(document, match.start))
        and _counts(document, match, options, context)
    ]
    allowed = max(options.allowed, document.words // options.words_each)
    off = [m for m in found if context.is_off(document, context.rule.id, m.start)]
    counted = [match for match in found if match not in off]
    if found and options.least and probability(ADVERT, document, context) < options.least:
        found = counted = []  # in a post that is no advert, such a phrase is no sign of one
    yield Measure(context.rule.id.replace("-", "_"), len(counted))
    if len(found) <= allowed:
        return
    plain = options.plain.get(document.language or "", {})
    shown = counted[: options.shown] if len(counted) > allowed else []
    count = len(counted) or len(off)
    for match in (*shown, *off):
        fields = {
            "phrase": match.text,
            "count": count,
            "words": document.words,
            "plain": plain.get(match.pattern, "–"),
        }
        case = match.group if match.group in cases else "phrase"
        yield Hit(case, count, allowed, fields, match.start, match.end, match.text)


def _counts(document: Document, match: Match, options: Phrases, context: Context) -> bool:
    """Whether a phrase is what the rule looks for, by its group and its sentence."""
    if options.counted and match.group not in options.counted:
        return False
    if not options.subjects and _is_subject(document, match):
        return False
    if match.start is None:
        return True  # a title is the company's own
    if match.group in options.spoken and not match.quoted:
        return False
    if options.own and not _is_own(document, match.start, context):
        return False
    sentence = document.sentence_at(match.start)
    if sentence is None:
        return True
    text = document.text[sentence.start : sentence.end]
    if not options.proved and (
        _FIGURE.search(text)
        or any(sentence.start <= link.start < sentence.end for link in document.links)
    ):
        return False
    if not options.clause:
        before = text[: match.start - sentence.start].rstrip()
        if before and not _CLAUSE.search(before):
            return False
    return True


def _is_own(document: Document, place: int, context: Context) -> bool:
    """Whether the company speaks of itself in the paragraph or heading at a position."""
    block = document.block_at(place)
    return block is None or context.is_own(document, document.text[block.start : block.end])


def _is_subject(document: Document, match: Match) -> bool:
    """Whether the title or a heading holds a phrase."""
    heads = [document.text[block.start : block.end] for block in document.headings]
    return any(match.text.lower() in head.lower() for head in (document.post.title, *heads))


#: A measured figure or who measured it: some proof of what a sentence claims.
_FIGURE = lazy(
    r"\d\s?(?:%|percent|prozent|points?|punkte|times|mal|x\b|ms\b|s\b|kg\b|g\b|l\b|m\b|km\b|kwh|w\b|litres?"
    r"|liter|seconds|sekunden|minutes|minuten|hours|stunden|euros?|€)"
    r"|\b(?:according to|laut|study|studie|survey|umfrage|benchmarks?|measured|gemessen)\b",
    re.IGNORECASE,
)
#: What a clause may begin behind: a mark, a conjunction, or a word that asks politely.
_CLAUSE = lazy(
    r"(?:[,:;–—(!?…„“\"»«*]|\b(?:and|or|then|please|just|simply|now|so|und|oder|dann|bitte|einfach"
    r"|jetzt|gleich|also|you can|you could|sie können|du kannst|ihr könnt))$",
    re.IGNORECASE,
)
