"""What was worked out of one text, by name, and need not be worked out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Features:
    """Values by name; ``known`` are those of an earlier run, ``changed`` whether more came."""

    def __init__(self, known: dict[str, Any] | None = None) -> None:
        self.known = known or {}
        self.changed = False

    def of(self, name: str, make: Callable[[], T]) -> T:
        """The value called ``name``, made where it is not known.

        The name tells all that the value depends on beside the text and our code; the value is
        plain data.
        """
        if name not in self.known:
            self.known[name] = make()
            self.changed = True
        value: T = self.known[name]
        return value
