"""Lists of blogs in OPML (opml.org), as readers' programs export them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from bloglint.model import SourceError, Text
from bloglint.sources import Reading, is_address
from bloglint.sources.files import read_bytes

_ROOT = b"<opml"


def is_opml(source: str) -> bool:
    """Whether a file is a list in OPML, by its name or its beginning; an address, by its name.

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


def listed_blogs(source: str, reading: Reading) -> list[tuple[str, SourceError | None]]:
    """The addresses of the blogs in the list at ``source``, each once, in its order.

    An entry without a feed's address counts with that of its page; one whose address leads nowhere
    comes with what is wrong with it.

    Raises:
        SourceError: the list cannot be read, is broken or empty.
    """
    from xml.etree import ElementTree

    from bloglint.web import shown

    if is_address(source):
        from bloglint.web import Web

        name, web = shown(source), reading.web or Web()
        reading.told(name)
        content = web.get(web.trust(source)).content
    else:
        name, content = source, read_bytes(Path(source), source)
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise SourceError(
            Text(f"the OPML list is broken ({error})", f"die OPML-Liste ist kaputt ({error})"),
            Text("Export it again.", "Exportieren Sie sie noch einmal."),
            name,
        ) from None
    base = source if is_address(source) else ""
    found: dict[str, SourceError | None] = {}
    for outline in root.iter():
        if str(outline.tag).lower() != "outline":
            continue
        values = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        address = values.get("xmlurl") or values.get("htmlurl") or values.get("url") or ""
        if not address and values.get("type", "").lower() != "rss":
            continue  # a group, or a remark
        whole = urljoin(base, address) if base and address else address
        if whole.startswith(("http://", "https://", "feed:")):
            found.setdefault(whole, None)
        else:
            told = shown(address) or values.get("title") or values.get("text") or "?"
            found.setdefault(told, _nowhere(name))
    if not found:
        raise SourceError(
            Text("the OPML list names no blog", "die OPML-Liste nennt kein Blog"),
            _WRITE,
            name,
        )
    return list(found.items())


_WRITE = Text(
    'Give each outline an xmlUrl="https://…".', 'Geben Sie jedem outline ein xmlUrl="https://…".'
)


def _nowhere(name: str) -> SourceError:
    return SourceError(
        Text(f"no web address in the list {name}", f"keine Webadresse in der Liste {name}"),
        _WRITE,
        name,
    )
