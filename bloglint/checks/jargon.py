"""Officialese and agency jargon, and acronyms that are never explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bloglint.checks.context import Context
from bloglint.checks.declaration import check
from bloglint.checks.phrases import Phrases, phrases
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.text.document import Document

_ACRONYM = lazy(r"(?<![\w.#/-])[A-ZÄÖÜ]{3,6}(?![\w./-]|\d)")


class Jargon(Phrases, frozen=True):
    """Options of `phrases`, plus the ``known`` acronyms and the languages searched for others."""

    known_in: list[str] = []
    known: list[str] = []


@check(options=Jargon)
def jargon(document: Document, options: Jargon, context: Context) -> Iterator[Hit | Measure]:
    """Phrases as found by `phrases`, and acronyms that are never explained.

    An acronym is explained if it appears once inside or directly before brackets, or if words with
    its initials appear in the post. ``known`` acronyms and those used only once need no
    explanation.
    """
    yield from phrases(document, options, context)
    if document.language not in options.known_in:
        return
    found: dict[str, list[tuple[int, int]]] = {}
    for block in document.prose:
        for match in _ACRONYM.finditer(document.text, block.start, block.end):
            found.setdefault(match.group(), []).append(match.span())
    known = {*options.known, *(name.upper() for name in context.own_names)}
    unexplained = [
        (name, spans)
        for name, spans in found.items()
        if name not in known
        and len(spans) > 1
        and not _is_explained(name, document.text)
        and not any(_is_shown(document, *span) for span in spans)
    ]
    yield Measure("unexplained_acronyms", len(unexplained))
    for name, spans in unexplained[: options.shown]:
        fields = {"acronym": name, "count": len(spans)}
        yield Hit("acronym", len(spans), 1, fields, *spans[0])


def _is_shown(document: Document, start: int, end: int) -> bool:
    """Whether an acronym is code, or linked to a page that explains it."""
    linked = any(link.start <= start and end <= link.end for link in document.links)
    return linked or document.is_code(start, end)


def _is_explained(name: str, text: str) -> bool:
    if re.search(
        rf"\({name}\)|\b{name}s? ?\(|\b{name}(?:,| –| -) (?:i\.e\.|that is|d\. ?h\.|also)", text
    ):
        return True
    initials = r"[\w'’]*[\s-]+(?:(?:of|and|for|the|und|für|der|des)\s+)?".join(name)
    return re.search(rf"\b{initials}", text, re.IGNORECASE) is not None
