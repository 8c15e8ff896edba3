"""Findings that an author switched off in the post itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bloglint.lazy import lazy
from bloglint.text.document import Document

_COMMENT = lazy(r"^\s*bloglint-(disable-next-line|disable|enable)\b\s*(.*)$", re.DOTALL)
_RULES = lazy(r"^([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)")


@dataclass(slots=True)
class Suppression:
    """``rules`` are ids or prefixes; ``start`` and ``end`` count in the source, None: the post.

    ``comment`` is where it stands, and ``reason`` what the author says.
    """

    rules: tuple[str, ...]
    start: int | None
    end: int | None
    reason: str = ""
    comment: tuple[int, int] | None = None
    used: bool = False

    def covers(self, rule: str, at: int | None) -> bool:
        """Whether a finding of ``rule`` at the source position ``at`` is switched off."""
        named = any(rule == name or rule.startswith(name + "-") for name in self.rules)
        if not named or self.start is None:
            return named
        return at is not None and self.start <= at < (self.end if self.end is not None else at + 1)


def suppressions(document: Document) -> list[Suppression]:
    """What the front matter and the comments of a post switch off."""
    found = []
    for rule, reason in document.post.disabled:
        found.append(Suppression((rule,), None, None, reason))
    source = document.post.source
    opened: list[Suppression] = []
    for text, start, end in document.comments:
        match = _COMMENT.match(text)
        if match is None:
            continue
        what, rest = match.groups()
        named = _RULES.match(rest.strip().lower())
        rules = tuple(re.split(r"\s*,\s*", named.group(1))) if named else ()
        reason = " ".join(rest.strip()[named.end() :].split()) if named else ""
        if not rules and what != "enable":
            found.append(Suppression((), start, start, comment=(start, end)))
        if what == "enable":
            for one in opened:
                one.end = start
            opened = []
        elif rules and what == "disable":
            opened.append(Suppression(rules, end, None, reason, (start, end)))
            found.append(opened[-1])
        elif rules:
            line = source.find("\n", end) + 1 or len(source)
            while source[line : line + 1] in ("\n", "\r"):
                line += 1
            stop = source.find("\n", line)
            stop = stop if stop >= 0 else len(source)
            found.append(Suppression(rules, line, stop, reason, (start, end)))
    return found
