"""Prose extraction from reStructuredText with docutils, which reports lines but no columns."""

from __future__ import annotations

import re
from typing import Any

from bloglint.lazy import lazy
from bloglint.text.markup import BlockKind, Image, Link, Writer

_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
}
#: Roles defined by other programs, and Nikola's shortcodes.
_ROLE = lazy(r":[a-z][\w+-]*(?::[\w+-]+)?:`([^`<\n]*)(?:<[^`\n]*>)?`")
_SHORTCODE = lazy(r"\{\{%[^%\n]{0,400}%\}\}")
_KINDS: dict[str, BlockKind] = {
    "literal_block": "code",
    "doctest_block": "code",
    "math_block": "code",
    "caption": "caption",
    "attribution": "caption",
}
_SKIPPED = frozenset({"docinfo", "comment", "system_message", "label", "substitution_definition"})
_INSIDE: dict[str, BlockKind] = {
    "block_quote": "quote",
    "list_item": "item",
    "definition": "item",
    "entry": "cell",
    "footnote": "caption",
}


def write_rest(writer: Writer, text: str, offset: int) -> None:
    """Write the prose of ``text``, which starts ``offset`` characters into the source file."""
    from docutils.core import publish_doctree

    lines = [offset, *(offset + m.end() for m in re.finditer(r"\r\n|\r|\n", text))]
    writer.out.lines_only = True
    try:
        plain = _SHORTCODE.sub("", _ROLE.sub(r"\1", text))
        tree: Any = publish_doctree(plain, settings_overrides=_SETTINGS)
    except Exception:  # docutils gave up: nested too deep, a number too long
        _write_lines(writer, "paragraph", text, 1, lines)
        return
    stack: list[tuple[Any, BlockKind, int, int]] = [(tree, "paragraph", 1, 0)]
    while stack:
        node, around, above, depth = stack.pop()
        name, line = node.tagname, node.line or above
        if name in _SKIPPED or (name == "title" and depth <= 1 and node.parent is tree):
            if name == "comment":
                at = _at(lines, line)
                writer.out.comments.append((node.astext(), at, at + len(node.astext())))
            continue
        if name == "image":
            at = _at(lines, line)
            alt = node.attributes.get("alt", "\0")
            writer.out.images.append(Image(node["uri"], alt, at, at + 1, writer.length))
        elif name in {"paragraph", "title", "subtitle", "term"} or name in _KINDS:
            kind: BlockKind = "heading" if "title" in name else _KINDS.get(name, around)
            start, text_there = writer.length, node.astext()
            _write_lines(writer, kind, text_there, line, lines, max(1, depth))
            references = [one for one in node.findall() if one.tagname == "reference"]
            for reference in references:
                url = str(reference.attributes.get("refuri") or "")
                writer.out.links.append(Link(url, start, start + len(text_there)))
        else:
            inside = _INSIDE.get(name, around)
            below = depth + (name == "section")
            stack += [(child, inside, line, below) for child in reversed(node.children)]


def _at(lines: list[int], line: int) -> int:
    return lines[min(max(1, line), len(lines)) - 1]


def _write_lines(
    writer: Writer, kind: BlockKind, text: str, line: int, lines: list[int], level: int = 0
) -> None:
    """Write one block; each of its lines is placed at the start of the source line."""
    writer.begin(kind, level)
    for n, part in enumerate(text.split("\n")):
        at = _at(lines, line + n)
        for run in re.finditer(r"\S+", part):
            writer.space(at, 0)
            writer.add(run.group(), at, 0)
    writer.end()
