"""How hard a text is to read."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document
from bloglint.text.readability import reading_ease


def readability(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Flesch Reading Ease against ``least`` of the language; not under ``fewest_words`` words.

    ``readability_below`` is how many points a text stays below the limit.
    """
    if document.words < options["fewest_words"]:
        return
    ease = reading_ease(document)
    if ease is None:
        return
    limit = options["least"][document.language]
    yield Measure("readability", round(ease, 1))
    yield Measure("readability_below", round(max(0.0, limit - ease), 1))
    if ease < limit:
        mean = document.words / len(document.sentences)
        fields = {"ease": round(ease), "sentence_words": round(mean, 1)}
        longest = max(document.sentences, key=lambda s: (s.words, -s.start))
        yield Hit("hard", round(ease, 1), limit, fields, longest.start, longest.end)
