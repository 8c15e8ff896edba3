"""What would cost a start more than it gives: regular expressions, and libraries of libraries.

Compiling all of our expressions took a third of a start, and one post in one language needs half of
them: each is compiled when it is first used.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, cast


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # from now on it is found without coming here
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, as far as its methods and attributes go."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


@contextmanager
def without(module: str, **names: Any) -> Iterator[None]:
    """Import a library without another one that it asks for and we never use.

    An empty module with ``names`` stands for it meanwhile; where it is loaded already, it stays.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = ModuleType(module)
    vars(sys.modules[module]).update(names)
    try:
        yield
    finally:
        del sys.modules[module]
