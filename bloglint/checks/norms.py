"""What is usual for a blog: the middle of its posts, and how far they stray from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bloglint.checks.context import Context
from bloglint.text.document import Document

#: Under so many posts nothing is usual yet.
FEWEST = 8
#: Makes the median absolute deviation a standard deviation, if values were normal (Hampel 1974).
TO_DEVIATION = 1.4826


def median(values: Iterable[float]) -> float:
    """The middle one of at least one value (statistics' own takes 10 ms to import)."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@dataclass(frozen=True, slots=True)
class Norm:
    """The median of a measure over a blog's posts and its robust deviation."""

    middle: float
    deviation: float


def norm(context: Context, name: str, value: Callable[[Document], float]) -> Norm | None:
    """The blog's norm of ``value``, analyses out once under ``name``; None under eight posts."""
    key = f"norm {name}"
    if key not in context.memo:
        context.memo[key] = _norm([value(one) for one in context.documents if one.words])
    norm: Norm | None = context.memo[key]
    return norm


def _norm(values: Sequence[float]) -> Norm | None:
    if len(values) < FEWEST:
        return None
    middle = median(values)
    return Norm(middle, TO_DEVIATION * median(abs(value - middle) for value in values))
