"""Suppressions: findings that an author switched off in the post itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bloglint.lazy import lazy
from bloglint.model import (
    UNKNOWN_SUPPRESSION,
    UNUSED_SUPPRESSION,
    WEIGHTS,
    Finding,
    translate,
)
from bloglint.text.document import Document

#: The reason of what the configuration switches off for a file.
PER_FILE = "bloglint.yml: per_file"
_COMMENT = lazy(
    r"^\s*bloglint-(disable-next-line|disable-line|disable|enable)\b\s*(.*)$", re.DOTALL
)
_RULES = lazy(r"^([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)")


@dataclass(slots=True)
class Suppression:
    """A suppression of rules in a post or a part of it.

    Attributes:
        rules: rule ids, or prefixes of them.
        start, end: the span in the source; without a start it is the whole post, without an end the
            rest of it.
        reason: what the author gives as the reason.
        comment: the span of the comment that holds it.
        used: whether it has suppressed anything.
    """

    rules: tuple[str, ...]
    start: int | None
    end: int | None
    reason: str = ""
    comment: tuple[int, int] | None = None
    used: bool = False

    def covers(self, rule: str, at: int | None) -> bool:
        """Whether it suppresses a finding of ``rule`` at the source position ``at``."""
        named = any(rule == name or rule.startswith(name + "-") for name in self.rules)
        if not named or self.start is None:
            return named
        if at is None:  # a finding on the whole post is covered by what nothing ends
            return self.end is None
        return self.start <= at < (self.end if self.end is not None else at + 1)


def suppressions(document: Document) -> list[Suppression]:
    """Return what the front matter and the comments of a post suppress."""
    found = []
    for rule, reason in document.post.disabled:
        found.append(Suppression((rule,), None, None, reason, used=reason == PER_FILE))
    source = document.post.source
    opened: list[Suppression] = []
    comments = document.comments if "bloglint" in source.lower() else ()  # else nothing is read
    for text, start, end in comments:
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
            line = source.rfind("\n", 0, start) + 1
            if what == "disable-next-line":
                line = source.find("\n", end) + 1 or len(source)
                while source[line : line + 1] in ("\n", "\r"):
                    line += 1
            stop = source.find("\n", max(line, end))
            stop = stop if stop >= 0 else len(source)
            found.append(Suppression(rules, line, stop, reason, (start, end)))
    return found


def is_off(document: Document, rule: str, start: int | None) -> bool:
    """Whether a post suppresses a rule at a position in its text."""
    if not document.post.disabled and not document.comments:
        return False
    found = suppressions(document)
    place = document.source_start(start, start) if found and start is not None else None
    return any(one.covers(rule, place) for one in found)


def useless_finding(
    document: Document, one: Suppression, unknown: Sequence[str], rules: Sequence[str]
) -> Finding:
    """Return the finding on a suppression that suppresses nothing or names an unknown rule."""
    named, post = ", ".join(unknown or one.rules), document.post
    start, end = one.comment or (0, 0)
    message = translate("bloglint-disable {named} suppresses nothing here.", named=named)
    advice = translate("Delete it.")
    if not one.rules:
        message = translate("bloglint-disable names no rule, and suppresses nothing.")
        advice = translate("Name one: `bloglint rules` lists them.")
    elif unknown:
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], [*rules, *WEIGHTS], n=1)
        message = translate(
            "bloglint-disable names a rule that there is not: {named}.", named=named
        )
        if near:
            advice = translate("Did you mean {value1!r}?", value1=near[0])
    return Finding(
        rule=UNKNOWN_SUPPRESSION if unknown or not one.rules else UNUSED_SUPPRESSION,
        reason="craft",
        severity="info",
        message=message,
        advice=advice,
        post=post.id,
        title=post.title,
        url=post.url,
        path=post.path,
        place=document.source_place(start, end),
        value=0,
        limit=1,
    )
