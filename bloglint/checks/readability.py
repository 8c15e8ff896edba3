"""How hard a text is to read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Number, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.text.document import Document
from bloglint.text.readability import lix, reading_ease, school_grade


class Readability(CheckOptions, frozen=True):
    """The least reading ease by language, the highest LIX elsewhere, and which texts are judged.

    Attributes:
        fewest_words: shorter texts are not judged.
        margin: by so many points a text has to miss the limit to be reported.
        sentence_words: texts with shorter sentences are not reported: their words are names.
        items: texts with a larger share of list items are not reported: they are no running text.
    """

    least: dict[str, Number]
    most_lix: Number
    fewest_words: Count
    margin: Number
    sentence_words: Number
    items: Share


@check(options=Readability)
def readability(
    document: Document, options: Readability, context: Context
) -> Iterator[Hit | Measure]:
    """Flesch Reading Ease against ``least`` for the language; elsewhere LIX against ``most_lix``.

    Texts under ``fewest_words`` words are not judged. ``readability_below`` is by how many points a
    text misses the limit; ``school_grade`` is the year of school that a German text requires.
    """
    if document.words < options.fewest_words:
        return
    ease = document.memo.get("reading_ease", partial(reading_ease, document))
    longest = max(document.sentences, key=lambda s: (s.words, -s.start))
    fields = {"sentence_words": round(document.words / len(document.sentences), 1)}
    limit = options.least.get(str(document.language))
    if ease is None or limit is None:
        value = document.memo.get("lix", partial(lix, document))
        if value is None:
            return
        most = options.most_lix
        yield Measure("lix", round(value, 1))
        yield Measure("readability_below", round(max(0.0, value - most), 1))
        if value > most + options.margin:
            fields["lix"] = round(value)
            yield Hit("lix", round(value, 1), most, fields, longest.start, longest.end)
        return
    yield Measure("readability", round(ease, 1))
    yield Measure("readability_below", round(max(0.0, limit - ease), 1))
    grade = document.memo.get("school_grade", partial(school_grade, document))
    if grade is not None:
        yield Measure("school_grade", round(grade, 1))
    items = sum(block.kind == "item" for block in document.prose) / len(document.prose)
    is_text = fields["sentence_words"] >= options.sentence_words and items <= options.items
    if ease < limit - options.margin and is_text:
        fields["ease"] = round(ease)
        evidence = {} if grade is None else {"school_grade": round(grade, 1)}
        yield Hit(
            "hard", round(ease, 1), limit, fields, longest.start, longest.end, evidence=evidence
        )
