"""Phrases of a list, reported where a text uses more of them than its length allows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def phrases(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Occurrences, outside quotations unless ``quoted``; one in ``words_each`` words is style.

    Where ``others`` is false, what is said about somebody else does not count. ``plain`` may name a
    plainer word for a phrase, by language and pattern. The case is the phrase's group, where the
    rule has words for it, else ``phrase``.
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
    yield Measure(options["rule"].replace("-", "_"), len(found))
    if len(found) <= allowed:
        return
    plain = options.get("plain", {}).get(document.language, {})
    for match in found[: options["shown"]]:
        fields = {
            "phrase": match.text,
            "count": len(found),
            "words": document.words,
            "plain": plain.get(match.pattern, "–"),
        }
        case = match.group if match.group in cases else "phrase"
        yield Hit(case, len(found), allowed, fields, match.start, match.end, match.text)
