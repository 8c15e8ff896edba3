"""References to characters as in HTML, without the impossible ones."""

from __future__ import annotations

import html
import re

from bloglint.lazy import lazy

#: More digits than any character has: the library would count with them, or refuse to.
IMPOSSIBLE = lazy(r"&#(?:[xX][0-9a-fA-F]{9,}|\d{9,});?", re.ASCII)


def unescape(text: str) -> str:
    """Replace the character references in ``text`` by the characters."""
    return html.unescape(IMPOSSIBLE.sub(" ", text)) if "&" in text else text
