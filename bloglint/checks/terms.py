"""House terms: words that a company writes in one way only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, check
from bloglint.checks.results import Hit, Measure
from bloglint.text.document import Document


class Terms(CheckOptions, frozen=True):
    """The words to write by the words that they replace, and how many findings are shown."""

    terms: dict[str, str]
    shown: Count


@check(options=Terms)
def terms(document: Document, options: Terms, context: Context) -> Iterator[Hit | Measure]:
    """Words of the author's running text, title and headings that the house writes otherwise.

    Case counts only where it is all that differs ("Github" for "GitHub"). Quotations, code and
    addresses are other people's words.
    """
    if not options.terms:
        return
    wrong = _pattern(tuple(options.terms))
    use = {term.lower(): better for term, better in options.terms.items()}
    found: list[tuple[str, str, int | None, int | None]] = [
        (match.group(), use[match.group().lower()], None, None)
        for match in wrong.finditer(document.post.title)
    ]
    for block in document.headed_prose:
        for match in wrong.finditer(document.text, block.start, block.end):
            start, end = match.span()
            if not document.is_mentioned(start) and not document.is_code(start, end):
                found.append((match.group(), use[match.group().lower()], start, end))
    found = [one for one in found if one[0] != one[1]]
    yield Measure("house_terms", len(found))
    times = Counter(term.lower() for term, *_ in found)
    for term, better, first, last in found[: options.shown]:
        fields = {"term": term, "better": better, "count": times[term.lower()]}
        yield Hit("term", len(found), 0, fields, first, last, term, evidence={"write": better})


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the words as a whole, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    any_of = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?<![\w/@.-])(?:{any_of})(?![\w/@-]|\.\w)", re.IGNORECASE)
