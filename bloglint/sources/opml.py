"""Lists of blogs in OPML (opml.org), as readers' programs export them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from bloglint.model import SourceError, Text
from bloglint.sources.files import read_bytes

_ROOT = b"<opml"


def is_opml(path: Path) -> bool:
    """Whether a file is a list in OPML, by its name or its beginning."""
    if path.suffix.lower() == ".opml":
        return True
    return (
        path.suffix.lower() == ".xml"
        and path.is_file()
        and _ROOT in read_bytes(path, str(path), 2000).lower()
    )


def listed_blogs(content: bytes, source: str) -> list[str]:
    """The addresses of the blogs in a list, each once, in its order.

    An entry without a feed's address counts with that of its page.

    Raises:
        SourceError: the list is broken or empty.
    """
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise SourceError(
            Text(f"the OPML list is broken ({error})", f"die OPML-Liste ist kaputt ({error})"),
            Text("Export it again.", "Exportieren Sie sie noch einmal."),
            source,
        ) from None
    found = []
    for outline in root.iter():
        if str(outline.tag).lower() == "outline":
            values = {name.lower(): value for name, value in outline.attrib.items()}
            address = values.get("xmlurl") or values.get("htmlurl") or values.get("url") or ""
            found.append(address.strip())
    blogs = [one for one in dict.fromkeys(found) if one.startswith(("http://", "https://"))]
    if not blogs:
        raise SourceError(
            Text("the OPML list names no blog", "die OPML-Liste nennt kein Blog"),
            Text(
                'Give each outline an xmlUrl="https://…".',
                'Geben Sie jedem outline ein xmlUrl="https://…".',
            ),
            source,
        )
    return blogs
