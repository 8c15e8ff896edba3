"""Phrases of a list, reported where a text uses more of them than its length allows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def phrases(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Occurrences, outside quotations unless ``quoted``; one in ``words_each`` words is style."""
    quoted = options.get("quoted", False)
    found = [m for m in context.matches(document, options["rule"]) if quoted or not m.quoted]
    allowed = max(options["allowed"], document.words // options["words_each"])
    yield Measure(options["rule"].replace("-", "_"), len(found))
    if len(found) <= allowed:
        return
    for match in found[: options["shown"]]:
        fields = {"phrase": match.text, "count": len(found), "words": document.words}
        yield Hit("phrase", len(found), allowed, fields, match.start, match.end, match.text)
