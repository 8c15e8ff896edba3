"""The standard library's HTML parser, made safe for arbitrary pages."""

from __future__ import annotations

from html.parser import HTMLParser

from bloglint.text.entities import IMPOSSIBLE

_MANY = 20


class TolerantParser(HTMLParser):
    """An HTML parser that never raises on broken markup, nor takes quadratic time."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read ``<![…`` as browsers do; the library raises on sections that it does not know."""
        return self.parse_bogus_comment(i, report)

    def read(self, text: str) -> None:
        """Parse a whole text; positions stay those of ``text``."""
        text = IMPOSSIBLE.sub(lambda found: " " * len(found[0]), text)
        # No tag ends after the last ">", but the library would search for an end from every "<".
        last = text.rfind(">") + 1
        tail = text[last:]
        self.feed(text[:last] + (tail.replace("<", "‹") if tail.count("<") > _MANY else tail))
        self.close()
