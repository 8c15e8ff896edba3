"""How a check declares its options, with their types and ranges, and what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec

T = TypeVar("T", bound=Callable[..., Any])

#: Types of option values. Numbers stay as they were written, 1 or 1.0.
Number = int | float
Count = Annotated[int, msgspec.Meta(ge=0)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
Days = Annotated[int, msgspec.Meta(ge=1)]
Share = Annotated[int, msgspec.Meta(ge=0)] | Annotated[float, msgspec.Meta(ge=0)]
#: Points (measured value, resulting value), from left to right.
Curve = list[tuple[int | float, int | float]]


class CheckOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base class for the options of a check: a field each, with type, range and any default."""


def check(
    *,
    options: type[CheckOptions],
    needs_press: bool = False,
    compares: bool = False,
    measures_past: bool = False,
    counts_past: bool = False,
    dateless: bool = False,
) -> Callable[[T], T]:
    """Declare a function to be a kind of check.

    Args:
        options: the struct of its options; a rule that lacks a required one is refused.
        needs_press: whether it measures nothing without a newsroom.
        compares: whether its verdict on a post depends on the blog's other posts.
        measures_past: whether it also measures a few posts from the years before the scored window,
            if a rule with the same reason counts them.
        counts_past: whether it counts posts year by year, using the measures of other checks.
        dateless: whether its verdict on a blog depends on the posts alone, and not on the day.
    """

    def declared(function: T) -> T:
        function.options = options  # type: ignore[attr-defined]
        function.needs_press = needs_press  # type: ignore[attr-defined]
        function.compares = compares  # type: ignore[attr-defined]
        function.measures_past = measures_past  # type: ignore[attr-defined]
        function.counts_past = counts_past  # type: ignore[attr-defined]
        function.dateless = dateless  # type: ignore[attr-defined]
        return function

    return declared
