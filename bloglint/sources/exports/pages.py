"""Parts of HTML pages as platforms export them, found in one pass whatever is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: From an opening tag to what it opens, as regular expressions would have it, costs a pass for each
#: tag that is never closed; here what is missing once is not looked for again.


def tags(page: str, name: str) -> Iterator[re.Match[str]]:
    """Yield the opening tags of a name (or of several, as a pattern)."""
    return re.finditer(rf"<(?:{name})\b[^<>]*>", page)


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


def without(text: str, name: str, is_left_out: Callable[[str], bool]) -> str:
    """Return a text without the elements of some names whose opening tag fits.

    An element ends with the first closing tag of its name, and takes the closing ``</div>`` tags
    behind it along.
    """
    kept, at = [], 0
    unclosed: set[str] = set()
    for tag in tags(text, name):
        if tag.start() < at or not is_left_out(tag.group()):
            continue
        own = re.match(r"<(\w+)", tag.group())
        closing = f"</{own[1]}>" if own else ""
        if closing in unclosed:
            continue
        end = text.find(closing, tag.end())
        if end < 0:
            unclosed.add(closing)
            continue
        kept.append(text[at : tag.start()])
        at = end + len(closing)
        if closing == "</div>":
            more = re.compile(r"(?:\s*</div>)*").match(text, at)
            at = more.end() if more else at
    return "".join([*kept, text[at:]])
