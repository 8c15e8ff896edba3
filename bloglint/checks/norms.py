"""What is usual for a blog: the median of its posts, and how far they deviate from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bloglint.checks.context import Context
from bloglint.text.document import Document

#: The fewest posts that establish what is usual.
FEWEST = 8
#: Scales the median absolute deviation to a standard deviation of normal values (Hampel 1974).
TO_DEVIATION = 1.4826


def median(values: Iterable[float]) -> float:
    """Return the median of at least one value (`statistics` takes 10 ms to import)."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@dataclass(frozen=True, slots=True)
class Norm:
    """The median of a measure over a blog's posts, and its robust deviation."""

    middle: float
    deviation: float


def norm(context: Context, name: str, value: Callable[[Document], float]) -> Norm | None:
    """Return the blog's norm of ``value``, computed once as ``name``; None under eight posts."""
    key = f"norm {name}"
    if key not in context.memo:
        context.memo[key] = _norm(
            [value(document) for document in context.documents if document.words]
        )
    norm: Norm | None = context.memo[key]
    return norm


def _norm(values: Sequence[float]) -> Norm | None:
    if len(values) < FEWEST:
        return None
    middle = median(values)
    return Norm(middle, TO_DEVIATION * median(abs(value - middle) for value in values))
