"""Phrases from a list, reported if a text uses more of them than its length allows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, check
from bloglint.checks.results import Hit, Measure
from bloglint.text.document import Document


class Phrases(CheckOptions, frozen=True):
    """How many phrases pass as style, and which of them count.

    Attributes:
        allowed: the number of phrases allowed in any post.
        words_each: one phrase in this many words is allowed if that is more.
        shown: how many are reported.
        quoted: whether phrases in quotations count.
        others: whether phrases about somebody else count.
        plain: plainer words, by language and pattern.
    """

    allowed: Count
    words_each: Positive
    shown: Count
    quoted: bool = False
    others: bool = True
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
    ]
    allowed = max(options.allowed, document.words // options.words_each)
    off = [m for m in found if context.is_off(document, context.rule.id, m.start)]
    counted = [match for match in found if match not in off]
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
