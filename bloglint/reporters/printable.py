"""Reports cleaned of the control characters that posts, feeds and servers may contain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from bloglint.cache.spool import Spool
from bloglint.lazy import lazy
from bloglint.model import Text, replace

T = TypeVar("T")
#: C0 except tab and line feed, C1, the marks that change the writing direction, and the BOM.
OBEYED = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(report: T) -> T:
    """Return ``report``, or any part of one, with all of its text made safe to print."""
    cleaned: T = _clean(report)
    return cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, Text):
        return Text({code: _safe(words) for code, words in value.texts.items()})
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, Spool):
        return value.mapped(_clean)
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, Mapping):
        return {_clean(key): _clean(one) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        own = {name: getattr(value, name) for name in value.__struct_fields__}
        return replace(value, **{name: _clean(one) for name, one in own.items()})
    return value


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    return OBEYED.sub("\ufffd", text) if OBEYED.search(text) else text
