"""How long a post is, against how much of an editor's hand it shows."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def length(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Words of running text; a text that was edited may be longer.

    Edited means: a heading at least every ``heading_every`` words on average, and sentences of
    at most ``sentence_words`` words on average. ``length_excess`` is the share of words beyond
    the limit that applies, 0 within it.
    """
    words = document.words
    mean = words / len(document.sentences) if words else 0.0
    edited = (
        words <= options["heading_every"] * (len(document.headings) + 1)
        and mean <= options["sentence_words"]
    )
    limit = options["edited_words"] if edited else options["max_words"]
    yield Measure("length_excess", round(max(0.0, words / limit - 1), 4))
    if words > limit:
        case = "epic" if not edited and words > 2 * limit else "long"
        fields = {
            "words": words,
            "limit": limit,
            "headings": len(document.headings),
            "sentence_words": round(mean),
        }
        yield Hit(case, words, limit, fields)
