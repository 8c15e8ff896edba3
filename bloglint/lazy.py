"""Regular expressions that are compiled on first use.

Compiling all of bloglint's patterns took a third of the start-up time, and a post in one language
needs only half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # later look-ups bypass __getattr__
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a stand-in with the methods and attributes of the compiled pattern."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
