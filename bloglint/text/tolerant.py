"""The standard library's parser of HTML, safe for whatever pages hold."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from bloglint.lazy import lazy

_MANY = 20
#: More digits than any letter has: the library would count with them, or refuse to.
IMPOSSIBLE = lazy(r"&#(?:[xX][0-9a-fA-F]{9,}|\d{9,});?", re.ASCII)


def unescape(text: str) -> str:
    """``text`` with the letters that its references stand for."""
    return html.unescape(IMPOSSIBLE.sub(" ", text)) if "&" in text else text


class TolerantParser(HTMLParser):
    """Neither raises on broken markup, nor takes the square of a text's length."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read ``<![…`` as browsers do: the library raises on what is no known section."""
        return self.parse_bogus_comment(i, report)

    def read(self, text: str) -> None:
        """Take in a whole text; positions stay those of ``text``."""
        text = IMPOSSIBLE.sub(lambda found: " " * len(found[0]), text)
        # Behind the last ">" no tag ends: the library would look for an end from each "<" anew.
        last = text.rfind(">") + 1
        tail = text[last:]
        self.feed(text[:last] + (tail.replace("<", "‹") if tail.count("<") > _MANY else tail))
        self.close()
