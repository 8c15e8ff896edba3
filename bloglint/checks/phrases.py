"""Phrases of a list, reported where a text uses more of them than its length allows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def phrases(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Occurrences, outside quotations unless ``quoted``; one in ``words_each`` words is style.

    ``plain`` may name a plainer word for a phrase, by language and pattern.
    """
    quoted = options.get("quoted", False)
    found = [m for m in context.matches(document, options["rule"]) if quoted or not m.quoted]
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
        yield Hit("phrase", len(found), allowed, fields, match.start, match.end, match.text)
