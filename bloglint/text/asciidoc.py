"""Prose extraction from AsciiDoc, line by line.

No Python library that reads AsciiDoc has a suitable licence.
"""

from __future__ import annotations

import re

from bloglint.lazy import lazy
from bloglint.text.markup import BlockKind, Image, Link, Writer

#: Delimiters of blocks that are not prose, and of blocks whose text is.
_CODE = lazy(r"^(-{4,}|\.{4,}|\+{4,}|/{4,}|```\w*|\|===)\s*$")
_FRAME = lazy(r"^(={4,}|\*{4,}|_{4,}|--)\s*$")
_QUOTE = lazy(r"^\[(?:quote|verse)\b")
_ATTRIBUTE = lazy(r"^:!?[\w-]+!?:(?:\s|$)")
_BLOCK_MACRO = lazy(r"^(?:include|ifdef|ifndef|ifeval|endif|toc|video|audio)::")
_IMAGE = lazy(r"image::?([^\s\[]{1,500})\[([^\],]{0,500})(?:,[^\]]{0,500})?\]")
_HEADING = lazy(r"^(={1,6}|#{1,6})\s+(\S.*)$")
_ITEM = lazy(r"^\s*(?:[*.\-]{1,5}|\d+\.)\s+(?=\S)")
_LABEL = lazy(r"^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
_LINK = lazy(r"(?:link:|xref:|(?=https?://|mailto:))([^\s\[<>]{1,500})\[([^\]]{0,500})\]")
_DROPPED = lazy(
    r"footnote(?:ref)?:\w{0,50}\[[^\]]{0,800}\]|(?:indexterm2?|kbd|btn|menu|icon|pass|stem):\w{0,50}\[[^\]]{0,800}\]"
    r"|\(\(\(.{1,200}?\)\)\)|\[\[[\w-]+\]\]|<<[^>,]{0,200},|<<|>>|\[[.#][\w.#-]+\](?=[#*_`])|\{[\w-]+\}"
)
_MARKS = lazy(r"(?<!\w)[*_`#+^~]{1,2}(?=\S)|(?<=\S)[*_`#+^~]{1,2}(?!\w)")


def write_asciidoc(writer: Writer, text: str, offset: int) -> None:
    """Write the prose of ``text``, which starts ``offset`` characters into the source file.

    Source positions are accurate to the line only.
    """
    writer.out.lines_only = True
    fence, quoted, kind = "", False, ""
    for found in re.finditer(r"[^\n]*\n?", text):
        line, at = found.group().rstrip("\r\n"), offset + found.start()
        code = _CODE.match(line)
        if fence:
            fence = "" if code and line.strip()[:3] == fence[:3] else fence
        elif code:
            writer.end()
            fence, kind = line.strip(), ""
        elif _FRAME.match(line):
            writer.end()
            quoted, kind = (line.startswith("_") and not quoted), ""
        elif line.startswith("//"):
            writer.out.comments.append((line[2:], at, at + len(line)))
        elif not line.strip() or line.strip() == "+" or _is_setting(line):
            writer.end()
            quoted, kind = quoted or bool(_QUOTE.match(line)), ""
            for image in _IMAGE.finditer(line):
                writer.out.images.append(
                    Image(image[1], image[2] or "\0", at, at + 1, writer.length)
                )
        else:
            kind = _write_line(writer, line, at, kind, quoted)
    writer.end()


def _is_setting(line: str) -> bool:
    return bool(
        _ATTRIBUTE.match(line)
        or _BLOCK_MACRO.match(line)
        or re.fullmatch(r"\[[^\]]*\]\s*", line)
        or (line.startswith(("image::", ".")) and not _ITEM.match(line))
        or line.strip() in {"'''", "<<<"}
    )  # fmt: skip


def _write_line(writer: Writer, line: str, at: int, kind: str, quoted: bool) -> str:
    """Write one line of text and return the state of its block.

    The state is ``"open"`` if the next line continues the block, and empty after a heading.
    """
    heading = _HEADING.match(line)
    if heading:
        writer.begin("heading", min(6, max(1, len(heading[1]))))
        _write_words(writer, heading[2], at)
        writer.end()
        return ""
    item = _ITEM.match(line)
    if item:
        line, kind = line[item.end() :], ""
    if not kind:
        begun: BlockKind = "quote" if quoted else "item" if item else "paragraph"
        writer.begin(begun)
    _write_words(writer, _LABEL.sub("", line), at)
    return "open"


def _write_words(writer: Writer, line: str, at: int) -> None:
    start = writer.length
    for link in _LINK.finditer(line):
        writer.out.links.append(Link(link[1], start, start + len(line)))
    plain = _LINK.sub(lambda m: m[2].partition(",")[0] or m[1], _IMAGE.sub("", line))
    plain = _MARKS.sub("", _DROPPED.sub("", plain))
    for run in re.finditer(r"\S+", plain.removesuffix(" +")):
        writer.space(at, 0)
        writer.add(run.group(), at, 0)
