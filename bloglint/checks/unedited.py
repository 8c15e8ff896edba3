"""What an editor would have seen at first sight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document

_DOUBLED = re.compile(r"\b([^\W\d_]{2,})\s+(\1)\b", re.IGNORECASE)
Found = tuple[str, int, int]


def unedited(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Doubled words, placeholders and quotation marks that are never closed.

    ``fine`` are words that a language doubles on purpose, ``placeholders`` regular expressions.
    """
    found = sorted(
        [*_doubled(document, options), *_placeholders(document, options), *_unclosed(document)],
        key=lambda one: one[1],
    )
    yield Measure("unedited", len(found))
    for case, start, end in found:
        fields = {"passage": document.text[start:end], "count": len(found)}
        yield Hit(case, len(found), 0, fields, start, end)


def _doubled(document: Document, options: Options) -> Iterator[Found]:
    fine = set(options["fine"].get(document.language or "", ()))
    for block in document.told:
        for match in _DOUBLED.finditer(document.text, block.start, block.end):
            first, second = match.group(1), match.group(2)
            a_name = first[0].isupper() and second[0].isupper()
            if first.lower() not in fine and not a_name and "\n" not in match.group():
                yield "doubled", *match.span()


def _placeholders(document: Document, options: Options) -> Iterator[Found]:
    pattern = re.compile("|".join(options["placeholders"]))
    for block in document.told:
        for match in pattern.finditer(document.text, block.start, block.end):
            yield "placeholder", *match.span()


def _unclosed(document: Document) -> Iterator[Found]:
    """The last opening mark of a paragraph in which one more is opened than closed.

    A quotation over several paragraphs opens anew in each: the next begins with the same mark.
    """
    blocks = document.prose
    for at, block in enumerate(blocks):
        text = document.text[block.start : block.end]
        opening = "„" if "„" in text else "“"
        closing = "“”" if opening == "„" else "”"
        opened = text.count(opening)
        if opened <= sum(text.count(mark) for mark in closing) or not opened:
            continue
        if at + 1 < len(blocks) and document.text.startswith(opening, blocks[at + 1].start):
            continue
        start = block.start + text.rindex(opening)
        yield "unclosed", start, min(start + 60, block.end)
