"""Parts of HTML pages as platforms export them, found in one pass whatever is in them.

A regular expression from an opening tag to what closes it costs a pass for each tag that is never
closed; here what is missing once is not looked for again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bloglint.lazy import lazy

_DIV_ENDS = lazy(r"\s*</div>")


def tags(page: str, name: str) -> Iterator[re.Match[str]]:
    """Yield the opening tags of a name (or of several, as a pattern), with the name as a group."""
    return re.finditer(rf"<({name})\b[^<>]*>", page)


def attribute(tag: str, name: str) -> str:
    """Return the value of an attribute of a tag, as it is written; empty if there is none."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def element(page: str, name: str, mark: str) -> str | None:
    """Return what stands in the first element of a name whose class holds ``mark``."""
    for tag in tags(page, name):
        if mark in attribute(tag.group(), "class"):
            end = page.find(f"</{name}>", tag.end())
            return None if end < 0 else page[tag.end() : end]
    return None


def without(text: str, name: str, is_left_out: Callable[[re.Match[str]], bool]) -> str:
    """Return a text without the elements of some names whose opening tag fits.

    An element ends with the first closing tag of its name, and takes the closing ``</div>`` tags
    behind it along.
    """
    kept, at = [], 0
    unclosed: set[str] = set()
    for tag in tags(text, name):
        closing = f"</{tag[1]}>"
        if tag.start() < at or closing in unclosed or not is_left_out(tag):
            continue
        end = text.find(closing, tag.end())
        if end < 0:
            unclosed.add(closing)
            continue
        kept.append(text[at : tag.start()])
        at = end + len(closing)
        if tag[1] == "div":
            while more := _DIV_ENDS.match(text, at):
                at = more.end()
    return "".join([*kept, text[at:]])
