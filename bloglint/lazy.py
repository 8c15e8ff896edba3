"""Regular expressions that are compiled when they are first used.

Compiling all of ours took a third of a start, and one post in one language needs half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # from now on it is found without coming here
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern, as far as its methods and attributes go."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
