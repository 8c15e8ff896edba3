"""How a check declares itself: its options with their types and ranges, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec

T = TypeVar("T", bound=Callable[..., Any])

#: Kinds of values that options have. Numbers stay what they were written as, 1 or 1.0.
Number = int | float
Count = Annotated[int, msgspec.Meta(ge=0)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
Days = Annotated[int, msgspec.Meta(ge=1)]
Share = Annotated[int, msgspec.Meta(ge=0)] | Annotated[float, msgspec.Meta(ge=0)]
#: Points (measured value, what it gives), from left to right.
Curve = list[tuple[int | float, int | float]]


class CheckOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a check: one field each, with its type, range and, if it has one, default."""


def check(
    *,
    options: type[CheckOptions],
    needs_press: bool = False,
    compares: bool = False,
    measures_past: bool = False,
    counts_past: bool = False,
) -> Callable[[T], T]:
    """Declare a function to be a kind of check.

    Args:
        options: the struct of its options; a rule without a required one is refused.
        needs_press: it measures nothing without a newsroom.
        compares: its verdict on a post depends on the other posts of the blog.
        measures_past: it also measures a few posts of the years before the scored window, where
            a rule of the same reason counts them.
        counts_past: it counts posts by what others measured, year by year.
    """

    def declared(function: T) -> T:
        function.options = options  # type: ignore[attr-defined]
        function.needs_press = needs_press  # type: ignore[attr-defined]
        function.compares = compares  # type: ignore[attr-defined]
        function.measures_past = measures_past  # type: ignore[attr-defined]
        function.counts_past = counts_past  # type: ignore[attr-defined]
        return function

    return declared
