"""Front matter that needs no YAML parser: one plain value a line, which is most of it.

Importing a parser takes longer than judging a short post. What is read here is exactly what the
parser would make of it; anything that is not beyond doubt is left to the parser.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bloglint.lazy import lazy

_LINE = lazy(r"([A-Za-z_][\w-]*):(?: (.*))?")
_DATE = lazy(r"(\d{4})-(\d\d)-(\d\d)")
#: A plain value begins with a letter, so that it is no number, date or mark, and holds no colon and
#: no "#", so that it is neither a mapping nor a comment.
_PLAIN = lazy(r"[^\W\d_][^:#]*")
_PLAIN_ITEM = lazy(r"[^\W\d_][^:#\[\]{},'\"?]*")
_QUOTED = lazy(r"\"[^\"\\]*\"|'[^']*'")
#: What YAML 1.1 takes for something else than a word.
_NO_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null"})


def read_flat(block: str) -> dict[str, Any] | None:
    """Return the values of a block of YAML, or None if it takes a parser to know them."""
    if not block.replace("\n", "").isprintable():
        return None
    values: dict[str, Any] = {}
    for line in block.split("\n"):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        if not found:
            return None
        try:
            values[found[1]] = _value((found[2] or "").strip(" "))
        except ValueError:
            return None
    return None if _NO_WORDS & {key.lower() for key in values} else values


def _value(text: str) -> Any:
    if text.startswith("[") and text.endswith("]"):
        inner = text[1:-1].strip()
        return [_scalar(item.strip(), _PLAIN_ITEM) for item in inner.split(",")] if inner else []
    day = _DATE.fullmatch(text)
    if day:
        return date(*map(int, day.groups()))
    return _scalar(text, _PLAIN)


def _scalar(text: str, plain: Any) -> str:
    """Return a word, name or sentence.

    Raises:
        ValueError: it may mean something else to YAML.
    """
    if _QUOTED.fullmatch(text):
        return text[1:-1]
    if not plain.fullmatch(text) or text.lower() in _NO_WORDS:
        raise ValueError(text)
    return text
