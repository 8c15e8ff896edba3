"""The standard library's parser of HTML, safe for whatever pages hold."""

from __future__ import annotations

from html.parser import HTMLParser

from bloglint.text.entities import IMPOSSIBLE

_MANY = 20


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
