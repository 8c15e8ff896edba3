"""Reading of any supported markup into text with source positions."""

from __future__ import annotations

import re

from bloglint.model import Markup
from bloglint.text.markdown import write_markdown
from bloglint.text.markup import Block, Markings, Writer, is_caption


def read_markup(source: str, body_start: int, markup: Markup) -> Markings:
    """Read the prose of a post's body, with positions in ``source``.

    Broken markup never raises.
    """
    writer = Writer()
    if markup == "html":
        from bloglint.text.html import write_html

        write_html(writer, source[body_start:], body_start)
    elif markup in ("markdown", "mdx"):
        write_markdown(writer, source[body_start:], body_start, mdx=markup == "mdx")
    elif markup == "rest":
        from bloglint.text.rest import write_rest

        write_rest(writer, source[body_start:], body_start)
    elif markup == "asciidoc":
        from bloglint.text.asciidoc import write_asciidoc

        write_asciidoc(writer, source[body_start:], body_start)
    elif markup == "textile":
        from bloglint.text.textile import write_textile

        write_textile(writer, source[body_start:])
    else:
        for paragraph in re.finditer(r"\S(?:.|\n(?!\s*\n))*", source[body_start:]):
            for word in re.finditer(r"\S+|\s+", paragraph.group()):
                at = body_start + paragraph.start() + word.start()
                if word.group().isspace():
                    writer.space(at, len(word.group()))
                else:
                    writer.add(word.group(), at, len(word.group()))
            writer.end()
    out = writer.finish()
    out.blocks = [
        Block("caption", b.start, b.end)
        if b.kind == "paragraph" and is_caption(out.text[b.start : b.end])
        else b
        for b in out.blocks
    ]
    return out
