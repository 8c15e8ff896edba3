"""OPML lists of blogs (opml.org), as exported by feed readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bloglint.model import BlogEntry, SourceError, Text, translate
from bloglint.sources import ReadContext, is_address
from bloglint.sources.fields import title_text
from bloglint.sources.files import read_bytes
from bloglint.sources.xml import Xml, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOT = b"<opml"


def is_opml(source: str) -> bool:
    """Whether a source is an OPML list.

    A file is recognized by its name or its first bytes, an address by its name alone.

    Raises:
        SourceError: the file cannot be read.
    """
    if is_address(source):
        return re.split("[?#]", source)[0].lower().endswith(".opml")
    path = Path(source)
    if path.suffix.lower() == ".opml":
        return True
    return (
        path.suffix.lower() == ".xml"
        and path.is_file()
        and _ROOT in read_bytes(path, source, 2000).lower()
    )


def listed_blogs(source: str, reading: ReadContext) -> list[tuple[BlogEntry, SourceError | None]]:
    """The blogs in the OPML list at ``source``, in list order, with their names and groups.

    An outline that contains others is their group. An entry without a feed address uses the address
    of its page; an entry without a web address comes with a `SourceError` that says so.

    Raises:
        SourceError: the list is unreadable, malformed or empty.
    """
    from bloglint.web import shown

    if is_address(source):
        from bloglint.web import Web

        name, web = shown(source), reading.web or Web()
        reading.on_progress(name)
        content = web.get(web.trust(source)).content
    else:
        name, content = source, read_bytes(Path(source), source)
    document = Xml(content)
    root = document.root()
    if root is None:
        raise SourceError(
            translate("the OPML list is broken ({error})", error=document.problem),
            translate("Export it again."),
            name,
        )
    note = (_flawed(name, document.problem),) if document.problem else ()
    base = source if is_address(source) else ""
    found: list[tuple[BlogEntry, SourceError | None]] = []
    for values, groups in _outlines(root, ()):
        address = values.get("xmlurl") or values.get("htmlurl") or values.get("url") or ""
        if not address and values.get("type", "").lower() != "rss":
            continue  # a group or a comment
        whole = urljoin(base, address) if base and address else address
        called = title_text(values.get("title") or values.get("text"))
        if whole.startswith(("http://", "https://", "feed:")):
            found.append((BlogEntry(whole, called, groups=groups, notes=note), None))
            note = ()
        else:
            place = shown(address) or called or "?"
            found.append((BlogEntry(place, called, groups=groups), _nowhere(name)))
    if not found:
        raise SourceError(
            translate("the OPML list names no blog"),
            _WRITE,
            name,
        )
    return found


def _outlines(
    element: Element, groups: tuple[str, ...]
) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Yield the attributes of each outline below ``element``, with the groups that contain it."""
    stack = [(child, groups) for child in reversed(element)]
    while stack:
        child, around = stack.pop()
        if local(child).lower() == "outline":
            values = {str(k).lower(): str(v).strip() for k, v in child.attrib.items()}
            yield values, around
            if len(child):
                own = values.get("title") or values.get("text") or ""
                around = (*around, own) if own and own not in around else around
        stack += [(one, around) for one in reversed(child)]


def _flawed(name: str, problem: str) -> Text:
    return translate(
        "the list {name} is not well-formed; whatever could be read was read ({why})",
        name=name,
        why=problem,
    )


_WRITE = translate('Give each outline an xmlUrl="https://…".')


def _nowhere(name: str) -> SourceError:
    return SourceError(
        translate("no web address in the list {name}", name=name),
        _WRITE,
        name,
    )
