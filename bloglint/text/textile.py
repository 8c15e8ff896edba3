"""Textile as prose, by way of the HTML that its library makes of it."""

from __future__ import annotations

from bloglint.text.html import write_html
from bloglint.text.markup import Writer


def write_textile(writer: Writer, text: str) -> None:
    """Write the prose of ``text``; nothing tells any more where it stood."""
    from textile import textile

    try:
        html = textile(text, html_type="html5")
    except Exception:  # the library fails on much that is nearly Textile
        html = text
    write_html(writer, html, 0)
    writer.out.placeless = True
    writer.out.comments.clear()
