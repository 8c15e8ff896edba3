"""A mapping whose values are computed on first use, looked up without a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
#: So many words are known at once, so that memory is bounded.
MOST = 200_000


class Computed(dict[str, V]):
    """What ``compute`` says of each word, kept for the last words that were asked for."""

    def __init__(self, compute: Callable[[str], V]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, word: str) -> V:
        if len(self) >= MOST:
            self.clear()
        self[word] = found = self._compute(word)
        return found
