"""JSON read leniently, as other programs write it."""

from __future__ import annotations

import re
from typing import Any

from bloglint.lazy import lazy
from bloglint.sources.feeds.charset import decode

#: A comma before the end of a list or an object, behind a value.
_TRAILING = lazy(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])', re.DOTALL)


def looks_like_json(start: bytes) -> bool:
    """Whether content begins like a JSON object, in any encoding of Unicode."""
    return start[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{")


def read_json(content: bytes) -> Any:
    """Read JSON in any encoding, with control characters in strings and trailing commas.

    Raises:
        ValueError: the content is not JSON, or nested too deeply.
    """
    import msgspec

    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    except RecursionError as error:
        raise ValueError(str(error)) from None
    import json

    text = decode(content)
    try:
        try:
            return json.loads(text, strict=False)
        except ValueError:
            return json.loads(_TRAILING.sub(lambda m: m[1] or "", text), strict=False)
    except RecursionError as error:
        raise ValueError(str(error)) from None
