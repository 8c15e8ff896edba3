"""The evidence of a copy: both texts side by side, aligned by paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bloglint.languages import labels
from bloglint.model import Exhibit, Finding, Segment, write_date
from bloglint.reporters.html.links import web

Paragraph = Sequence[Segment]
#: How many rows are shown before the rest is folded.
OPEN_ROWS = 2


def sides(finding: Finding, language: str) -> dict[str, Any] | None:
    """Return the post beside its original, or None if the finding shows none."""
    if finding.exhibit is None:
        return None
    words, evidence = labels("page_findings", language), finding.evidence
    percent = round((finding.value or 0.0) * 100)
    days, day = evidence.get("days_between"), evidence.get("published")
    when = _when(day, days, language) if day else ""
    used = words["used"].format(percent=round(evidence["used"] * 100))
    own = evidence["own_words"]
    rows = list(aligned(finding.exhibit))
    return {
        "rows": rows[:OPEN_ROWS],
        "folded": rows[OPEN_ROWS:],
        "more": words["rows"].format(count=len(rows) - OPEN_ROWS),
        "post_said": words["taken"].format(percent=percent, own=own),
        "title": evidence["title"] or words["none"],
        "link": web(evidence["url"]),
        "original_said": f"{when}; {used}" if when else used,
        "further": ", ".join(one["title"] or words["none"] for one in evidence["further"]),
    }


def aligned(exhibit: Exhibit) -> Iterator[dict[str, Paragraph | Sequence[Paragraph]]]:
    """Yield rows of a paragraph of the post and those of the original that it takes from.

    A paragraph of the original stands beside the one that has most of its words; those from which
    nothing is taken stand alone, before what follows them.
    """
    beside: dict[int, list[int]] = {}
    for n, original in enumerate(exhibit.original):
        nearest = _nearest(original, exhibit.post)
        if nearest is not None:
            beside.setdefault(nearest, []).append(n)
    placed = {n for own in beside.values() for n in own}
    alone = [n for n in range(len(exhibit.original)) if n not in placed]
    for n, paragraph in enumerate(exhibit.post):
        own = beside.get(n, [])
        while own and alone and alone[0] < own[0]:
            yield {"post": (), "original": [exhibit.original[alone.pop(0)]]}
        yield {"post": paragraph, "original": [exhibit.original[at] for at in own]}
    for n in alone:
        yield {"post": (), "original": [exhibit.original[n]]}


def _nearest(original: Paragraph, post: Sequence[Paragraph]) -> int | None:
    """Return which paragraph of the post has most words of one of the original, if any took some.

    Where nothing counts, as in a quotation, it has to have more than half of them.
    """
    wanted, words = _passages(original), _words(original)
    best, most = None, 0
    for n, paragraph in enumerate(post):
        shared = (words & _words(paragraph)).total()
        is_taken = bool(wanted & _passages(paragraph)) or 2 * shared > words.total()
        if is_taken and shared > most:
            best, most = n, shared
    return best


def _passages(paragraph: Paragraph) -> set[int]:
    return {piece.passage for piece in paragraph if piece.passage is not None}


def _words(paragraph: Paragraph) -> Counter[str]:
    return Counter(word for piece in paragraph for word in piece.text.lower().split())


def _when(day: str, days: int | None, language: str) -> str:
    written = write_date(date.fromisoformat(day), language)
    if not days or days < 0:
        return written
    return str(labels("page_findings", language)["day" if days == 1 else "days"]).format(
        day=written, days=days
    )
