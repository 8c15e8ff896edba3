"""What a check yields: hits and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bloglint.model import Exhibit, Text

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to report: the rule's YAML holds the words for its ``case``.

    ``start`` and ``end`` count in `Document.text`; ``quote`` stands alone where the passage is in
    no body, as in a title; ``source`` is the span in the source of what is no text, as an image.
    ``fields`` fill the message's gaps, dates and numbers as values, so that each language writes
    them its own way.
    """

    case: str
    value: float
    limit: float
    fields: Mapping[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    source: tuple[int, int] | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    exhibit: Exhibit | None = None
    post: int | None = None  # of a check over all posts: which of `Context.documents`


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value (plain data), None where the data do not carry one (``note`` says why)."""

    name: str
    value: Any
    note: Text | None = None
    post: int | None = None
