"""Prose extraction from Markdown with source positions, using pyromark's byte ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from bloglint.lazy import lazy
from bloglint.text.hidden import is_hidden_tag
from bloglint.text.markup import BlockKind, Image, Link, Writer, event_name
from bloglint.text.pictures import COMPONENT, component, with_pictures

#: Template tags of Hugo, Liquid, Jinja and Hexo: those around code together with the code, all
#: others without their content, which is prose.
_TEMPLATE = lazy(
    r"\{%-?\s*(highlight|codeblock|code|comment|mermaid|plantuml|graphviz|include_code)\b"
    r"[^%]{0,300}%\}(?s:.{0,20000}?)\{%-?\s*end\1\s*-?%\}"
    r"|\{\{[<%]\s*(highlight|code|comment|mermaid|math|chart|gist)\b[^}]{0,300}[>%]\}\}(?s:.{0,20000}?)"
    r"\{\{[<%]\s*/\s*\2\s*[>%]\}\}"
    r"|\{#[^}]{0,800}#\}|\{\{(?!\{)[<%]?(?s:.{0,800}?)[>%]?\}\}|\{%(?s:.{0,800}?)%\}"
)
#: Syntax extensions of Python-Markdown, kramdown and Docusaurus: container ends, snippets, tables
#: of contents, abbreviations, icons, attributes.
_EXTENSION = lazy(
    r"^[ \t]*(?::::+.*|-{1,2}8<-{1,2}.*|\[(?:TOC|toc)\][ \t]*|\*\[[^\]\n]+\]:.*)$"
    r"|:[a-z]+-[a-z0-9-]+:|(?<=\S)\{[ ]?[.#][\w.# =\"-]{1,200}\}|\{:[^}\n]{0,200}\}",
    re.M,
)
#: The head of an indented container. It is passed to the Markdown parser as a list item, so that
#: its content is read as prose and not as code.
_CONTAINER = lazy(r"^([ \t]*)(?:!!!|\?\?\?\+?|===)[ \t]+\S.*$", re.M)
_MDX_LINES = lazy(
    r"^(?:import\s+(?:[\"']|[^\"'\n;.]{1,300}?(?:\n[^\"'\n;.]{0,300}?){0,30}\bfrom\s*[\"'])"
    r"|export\s+(?:[{*]|(?:default|const|let|var|function|async|class|type|interface|enum)\b))"
    r"(?:.|\n(?!\n|[ \t]*(?:```|~~~)))*",  # a fence may end the code in which it stands
    re.M,
)
#: The first line of an admonition: ``> [!NOTE]`` of GitHub, with a title in Obsidian.
_ADMONITION = lazy(r"^((?:[ \t]*>)*[ \t]*>)[ \t]*\[!\w[\w -]*\][+-]?[^\n]*", re.M)
_MDX_COMMENT = lazy(r"\{/\*(.*?)\*/\}", re.S)
_MDX_ATTRIBUTE = lazy(r"=\{((?:[^{}]|\{[^{}]*\})*)\}")
#: A JavaScript expression with at most one level of nested braces.
_MDX_EXPRESSION = lazy(r"\{(?:[^{}]|\{[^{}]*\})*\}")


#: Replaces what is not prose. It is white space to Python and to readers of the text but not to
#: Markdown, which would turn a line that begins with white space into code.
_FILLER = "\x1f"
_FILLED = lazy(
    rf"^((?:[ \t]*(?:[-*+>]|\d{{1,9}}[.)])[ \t]+)*+[ \t]*+)({_FILLER}[ \t{_FILLER}]*)(?=\S)", re.M
)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _fill(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _FILLER, match.group())


def _without_templates(text: str) -> str:
    """Blank out the template tags in ``text`` without turning the words after them into code.

    Tags and components that show a picture become pictures; what is inside of others is prose.
    """
    text = with_pictures(text.replace(_FILLER, " "))
    text = COMPONENT.sub(lambda found: component(found) or _fill(found), text)
    text = _TEMPLATE.sub(_fill, text)
    if _FILLER not in text:
        return text
    parts, end = [], 0
    for found in _FILLED.finditer(text):
        parts += [text[end : found.start(2)].replace(_FILLER, " "), found[2]]
        end = found.end()
    return "".join(parts) + text[end:].replace(_FILLER, " ")


def _events(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """Yield pyromark's events with *character* ranges."""
    import pyromark

    options = (
        pyromark.Options.ENABLE_TABLES
        | pyromark.Options.ENABLE_FOOTNOTES
        | pyromark.Options.ENABLE_STRIKETHROUGH
        | pyromark.Options.ENABLE_TASKLISTS
        | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    )
    data = text.encode("utf-8", "surrogatepass")
    plain = len(data) == len(text)
    byte = char = 0  # the cursor; starts never go backwards by more than one event
    for event, span in pyromark.events_with_range(text, options=options):
        start, end = span["start"], span["end"]
        name, payload = event_name(event)
        if plain:
            yield name, payload, start, end
            continue
        if name == "End":
            yield name, payload, -1, -1
            continue
        if start < byte:
            byte = char = 0
        char += len(data[byte:start].decode("utf-8", "surrogatepass"))
        byte = start
        # Nothing uses the end of a container, and decoding it each time would be quadratic.
        leaf = name != "Start" or "Image" in str(payload)[:9]
        length = len(data[start:end].decode("utf-8", "surrogatepass")) if leaf else 0
        yield name, payload, char, char + length


def _without_mdx(writer: Writer, text: str, offset: int) -> str:
    """Blank out the JavaScript in MDX, and pass its comments to ``writer``."""
    last = text.rfind("*/}") + 3  # behind it no comment ends, and none is looked for
    for found in _MDX_COMMENT.finditer(text, 0, last):
        writer.out.comments.append((found[1], offset + found.start(), offset + found.end()))
    text = _MDX_COMMENT.sub(_blank, text[:last]) + text[last:]
    text = _MDX_LINES.sub(_blank, text)
    # Keep <A x={1}> a tag for the Markdown parser: its value becomes a string of the same length.
    text = _MDX_ATTRIBUTE.sub(lambda m: '="' + re.sub(r"[^\n]", "x", m[1]) + '"', text)
    return _MDX_EXPRESSION.sub(_blank, text)


def _track(hidden: list[str], tag: str) -> None:
    """Note in ``hidden`` that an element inside of a hidden one, or that one, opens or ends."""
    name = re.match(r"</?([\w-]+)", tag)
    if not name:
        return
    if tag.startswith("</"):
        if hidden and hidden[-1] == name[1]:
            hidden.pop()
    elif not tag.endswith("/>") and (not hidden or hidden[-1] == name[1]):
        hidden.append(name[1])


def write_markdown(writer: Writer, text: str, offset: int, *, mdx: bool = False) -> None:
    """Write the prose of ``text``, which starts ``offset`` characters into the source file."""
    original = text
    text = _MDX_LINES.sub(_blank, text)
    text = _ADMONITION.sub(lambda m: m[1].ljust(len(m[0])), text)
    text = _EXTENSION.sub(_blank, _without_templates(text))
    text = _CONTAINER.sub(lambda m: f"{m[1]}-".ljust(len(m.group())), text)
    if mdx:
        text = _without_mdx(writer, text, offset)
    quotes = items = 0
    quoted: list[int] = []  # 1 for a quotation, 0 for an admonition, which is the author's own
    breaks = -1  # where the last line break ended, with nothing but blanks behind it
    hidden: list[str] = []  # the tags of elements that no reader sees
    html: list[tuple[int, int]] = []
    links: list[tuple[str, int]] = []
    strong: list[int] = []
    image: tuple[str, int, int, list[str]] | None = None
    for name, payload, start, end in _events(text):
        at = offset + start
        if name == "Start":
            kind, detail = event_name(payload)
            if kind == "Paragraph":
                kind_now: BlockKind = "quote" if quotes else "item" if items else "paragraph"
                writer.begin(kind_now)
            elif kind == "Heading":
                writer.begin("heading", int(str(detail["level"])[-1]))
            elif kind == "Item":
                items += 1
                writer.begin("quote" if quotes else "item")
            elif kind == "BlockQuote":
                writer.end()
                quoted.append(int(not _ADMONITION.match(original, start)))
                quotes += quoted[-1]
            elif kind == "CodeBlock" or kind == "MetadataBlock":
                writer.begin("code")
            elif kind == "FootnoteDefinition":
                writer.begin("caption")
            elif kind == "TableCell":
                writer.begin("cell")
            elif kind == "HtmlBlock":
                writer.end()
                html = []
            elif kind == "Strong":
                strong.append(writer.length)
            elif kind == "Link":
                links.append((str(detail["dest_url"]), writer.length))
            elif kind == "Image":
                image = (str(detail["dest_url"]), at, offset + end, [])
        elif name == "End":
            kind = payload if isinstance(payload, str) else event_name(payload)[0]
            if kind == "Image" and image:
                alt = "".join(image[3]) or "\0"
                writer.out.images.append(Image(image[0], alt, image[1], image[2], writer.length))
                image = None
            elif kind == "Strong" and strong:
                writer.out.strong.append((strong.pop(), writer.length))
            elif kind == "Link" and links:
                url, begun = links.pop()
                writer.out.links.append(Link(url, begun, writer.length))
            elif kind == "HtmlBlock" and html:
                from bloglint.text.html import write_html

                first, last = html[0][0], html[-1][1]
                write_html(writer, text[first:last], offset + first)
                html = []
            elif kind == "BlockQuote":
                writer.end()
                quotes -= quoted.pop() if quoted else 0
            elif kind == "Item":
                writer.end()
                items = max(0, items - 1)
            elif kind in {"Paragraph", "Heading", "CodeBlock", "TableCell", "FootnoteDefinition"}:
                writer.end()
        elif image is not None:
            if name in {"Text", "Code"}:
                image[3].append(str(payload))
        elif hidden and name != "InlineHtml":
            continue
        elif name in {"Text", "Code"}:
            raw = text[start:end]
            written = str(payload)
            if raw.startswith(_FILLER):
                filled = len(raw) - len(raw.lstrip())
                at, raw, written = at + filled, raw[filled:], written[filled:]
            begun = writer.length
            if name == "Code":
                inner = raw.find(written)
                if inner >= 0:
                    at, raw = at + inner, written
            writer.add(re.sub(r"\s", " ", written), at, len(raw))
            if name == "Code" and writer.length > begun:
                writer.out.codes.append((begun, writer.length))
        elif name == "HardBreak" and writer.stands_strong:
            writer.split()
        elif name == "HardBreak":
            writer.line_break(at, max(1, end - start))
        elif name == "SoftBreak":
            writer.space(at, max(1, end - start))
        elif name == "Html":
            html.append((start, end))
        elif name == "InlineHtml":
            tag = str(payload).strip().lower()
            if hidden or is_hidden_tag(tag):
                _track(hidden, tag)
            elif tag.startswith("<br"):
                if writer.stands_strong or (breaks >= 0 and not text[breaks:start].strip()):
                    writer.split()
                else:
                    writer.line_break(at, end - start)
                breaks = end
            elif tag in {"<b>", "<strong>"}:
                strong.append(writer.length)
            elif tag in {"</b>", "</strong>"} and strong:
                writer.out.strong.append((strong.pop(), writer.length))
            elif tag.startswith("<img"):
                from bloglint.text.html import write_html

                write_inline = Writer()
                write_html(write_inline, text[start:end], at)
                writer.out.images += (
                    msgspec.structs.replace(image_tag, text_position=writer.length)
                    for image_tag in write_inline.out.images
                )
            elif tag.startswith("<!--"):
                writer.out.comments.append((tag[4:-3], at, offset + end))
    writer.end()
