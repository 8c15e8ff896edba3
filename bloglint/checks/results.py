"""What a check yields: hits and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bloglint.model import Exhibit, Text


def apart(value: float, limit: float) -> float:
    """Round a value to a whole number, or to one decimal if it would look like its limit."""
    rounded = round(value)
    return round(value, 1) if rounded == round(limit) and value != limit else rounded


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to report; the rule's YAML holds the wording for its ``case``.

    Attributes:
        fields: values for the message's placeholders; dates and numbers stay values, so that each
            language writes them its own way.
        start, end: the span in `Document.text`.
        quote: the passage itself if it is in no body, such as a title.
        source: the span in the source of something that is not text, such as an image.
        post: the index in `Context.documents`, for checks that run over all posts.
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
    post: int | None = None  # for checks over all posts: index in `Context.documents`


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value (plain data), or None if it cannot be measured (``note`` says why)."""

    name: str
    value: Any
    note: Text | None = None
    post: int | None = None
