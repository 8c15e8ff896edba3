"""Phrases of a list, reported where a text uses more of them than its length allows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, check
from bloglint.checks.results import Hit, Measure
from bloglint.text.document import Document


class Phrases(CheckOptions, frozen=True):
    """How many phrases are style: ``allowed``, and one more in every ``words_each`` words.

    ``quoted`` counts those in quotations, ``others`` those about somebody else; ``plain`` names
    plainer words, by language and pattern; ``shown`` are reported.
    """

    allowed: Count
    words_each: Positive
    shown: Count
    quoted: bool = False
    others: bool = True
    plain: dict[str, dict[str, str]] = {}


@check(options=Phrases)
def phrases(document: Document, options: Phrases, context: Context) -> Iterator[Hit | Measure]:
    """Occurrences, outside quotations unless ``quoted``; one in ``words_each`` words is style.

    Where ``others`` is false, what is said about somebody else does not count, nor does what the
    post switches off. ``plain`` may name a plainer word for a phrase, by language and pattern. The
    case is the phrase's group, where the rule has words for it, else ``phrase``.
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
