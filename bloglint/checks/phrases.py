"""Phrases of a list, reported where a text uses more of them than its length allows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks.context import Context, Options
from bloglint.checks.results import Hit, Measure
from bloglint.text.document import Document


def phrases(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Occurrences, outside quotations unless ``quoted``; one in ``words_each`` words is style.

    Where ``others`` is false, what is said about somebody else does not count, nor does what the
    post switches off. ``plain`` may name a plainer word for a phrase, by language and pattern. The
    case is the phrase's group, where the rule has words for it, else ``phrase``.
    """
    quoted, others = options.get("quoted", False), options.get("others", True)
    cases = context.rules[options["rule"]].message
    found = [
        match
        for match in context.matches(document, options["rule"])
        if (quoted or not match.quoted)
        and (others or not context.is_about_others(document, match.start))
    ]
    allowed = max(options["allowed"], document.words // options["words_each"])
    off = [m for m in found if context.is_off(document, options["rule"], m.start)]
    counted = [match for match in found if match not in off]
    yield Measure(options["rule"].replace("-", "_"), len(counted))
    if len(found) <= allowed:
        return
    plain = options.get("plain", {}).get(document.language, {})
    shown = counted[: options["shown"]] if len(counted) > allowed else []
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
