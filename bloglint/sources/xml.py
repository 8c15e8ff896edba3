"""XML read as browsers read HTML: whatever is wrong in one place, the rest is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html.entities import html5
from typing import IO, TYPE_CHECKING, Any

from bloglint.lazy import lazy
from bloglint.sources.feeds.charset import decoder_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Characters that XML 1.0 does not allow, literally or as character references.
CONTROL = lazy(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\\d|3[01]"
    "|55(?:29[6-9]|[3-9]\\d\\d)|56\\d{3}|57[0-2]\\d\\d|573[0-4]\\d)|\\d{8,}"
    "|[xX]0*(?:[0-8bcBCeEfF]|1[\\da-fA-F]|[dD][89a-fA-F][\\da-fA-F]{2})|[xX][\\da-fA-F]{7,})"
    "(?:;|(?![\\da-fA-F;]))"
)
#: Where a document may begin: everything before its declaration or root element is noise.
_START = lazy(r"<\?xml\b|<(?!!|\?)(?:[\w.-]+:)?(?:rss|rdf|feed|opml|urlset|sitemapindex)\b", re.I)
_DECLARATION = lazy(r"\A\s*<\?xml[^>]{0,300}\?>", re.I)
#: A document type, with the entities that it may declare: none is needed, and some are bombs.
_DOCTYPE = lazy(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.I | re.S)
_CDATA = ("<![CDATA[", "]]>")
_AMPERSAND = lazy(r"&(?:(#\d{1,7}|#[xX][\da-fA-F]{1,6})(;?)|([a-zA-Z]\w{1,30});)?")
#: An angle bracket that begins no tag, no comment and no instruction: parsers stop there.
_NO_TAG = lazy(r"<(?!/?[^\W\d]|!--|\?[^\W\d])")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
#: The elements that hold the records of a document and what is said about all of them.
_CHANNELS = frozenset({"rss", "rdf", "RDF", "channel", "feed"})
#: Bytes read at once; the head, in which a document has to begin; the longest split reference.
_CHUNK, _HEAD, _TAIL = 1 << 18, 1 << 16, 40
#: The largest document that is also read as a whole, in bytes, if it is not well-formed.
_WHOLE = 30_000_000


class Xml:
    """A document that is read element by element.

    Attributes:
        problem: the first thing that was wrong with the document; empty if it is well-formed.
    """

    def __init__(self, content: bytes | IO[bytes]) -> None:
        self._file: IO[bytes] = io.BytesIO(content) if isinstance(content, bytes) else content
        self.problem = ""

    def records(self, name: str) -> Iterator[Element]:
        """Yield each element called ``name``, and each child of the channel, when it ends.

        The channel is the root or, in RSS, its only child. What was yielded is emptied afterwards,
        so that memory holds one record at a time. A record that is never closed holds those that
        follow it; they are yielded all the same.
        """
        parser = _parser(events=("end",))
        count = 0
        for text in self._sanitized():
            parser.feed(text.encode("utf-8", "replace"))
            for element in _ended(parser, name):
                count += local(element) == name
                yield element
        with suppress(_syntax_error()):
            parser.close()
        for element in _ended(parser, name):
            count += local(element) == name
            yield element
        self._note_errors(parser.feed_error_log)
        if self.problem and self._size() <= _WHOLE:
            yield from self._rest(name, count)

    def _rest(self, name: str, count: int) -> Iterator[Element]:
        """Yield the records behind the first ``count``, which reading piece by piece had missed.

        libxml2 gives up at some mistakes that it can step over in a document held as a whole.
        """
        root = self.root()
        records = [one for one in root.iter() if local(one) == name] if root is not None else []
        yield from records[count:]

    def _size(self) -> int:
        return self._file.seek(0, io.SEEK_END)

    def root(self) -> Element | None:
        """The root of the whole document, None if there is no element in it."""
        from lxml import etree

        self._file.seek(0)
        parser, root = _parser(), None
        content = "".join(self._sanitized()).encode("utf-8", "replace")
        with suppress(_syntax_error()):
            root = etree.fromstring(content, parser)
        self._note_errors(parser.error_log)
        return root

    def _note(self, problem: str) -> None:
        self.problem = self.problem or problem

    def _note_errors(self, log: Iterable[Any]) -> None:
        """Note the first error of the parser's log; undeclared prefixes are not worth a note."""
        for entry in log:
            if entry.level_name != "WARNING" and entry.domain_name != "NAMESPACE":
                self._note(f"line {entry.line}: {entry.message}")

    def _sanitized(self) -> Iterator[str]:
        """Yield the document's text, piece by piece, with all that no parser would accept mended.

        Whatever stands before the document, control characters and document types go, ``&nbsp;``
        becomes the character that it stands for, and an ampersand of its own is escaped. CDATA
        sections keep their ampersands.
        """
        in_cdata, held = False, ""
        for number, text in enumerate(self._decoded()):
            if not number:
                text = self._head(text)
            held += text
            ready, held = held[:-_TAIL], held[-_TAIL:]
            if ready:
                mended, in_cdata, left = self._mended(ready, in_cdata)
                held = left + held
                yield mended
        mended, _, left = self._mended(held, in_cdata)
        yield mended + left

    def _decoded(self) -> Iterator[str]:
        """Yield the text, the first piece of it long enough to hold the head."""
        decoder, is_declared = decoder_of(self._file)
        if not is_declared:
            self._note("bytes of another encoding")
        place = 0
        while chunk := self._file.read(_HEAD if not place else _CHUNK):
            place += len(chunk)
            yield decoder.decode(chunk)
        yield decoder.decode(b"", True)

    def _head(self, text: str) -> str:
        text = text.removeprefix("\ufeff")
        start = _START.search(text)
        if start and text[: start.start()].strip("\0 \t\r\n"):
            self._note("text before the document")
        if start and start.start():
            text = text[start.start() :]
        return _DOCTYPE.sub("", _DECLARATION.sub("", text), count=1)

    def _mended(self, text: str, in_cdata: bool) -> tuple[str, bool, str]:
        """Return the mended text, whether a CDATA section is open, and what may be split."""
        parts = []
        while text:
            mark = _CDATA[in_cdata]
            before, found, after = text.partition(mark)
            if not found:
                split = _split_end(text, mark if in_cdata else "")
                before, text = text[:split], text[split:]
            parts.append(self._without_control(before if in_cdata else self._escaped(before)))
            if not found:
                return "".join(parts), in_cdata, text
            parts.append(mark)
            in_cdata, text = not in_cdata, after
        return "".join(parts), in_cdata, ""

    def _without_control(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        mended, count = CONTROL.subn("", text)
        if count:
            self._note("control characters")
        return mended

    def _escaped(self, text: str) -> str:
        text = _AMPERSAND.sub(self._reference, text) if "&" in text else text
        text, count = _NO_TAG.subn("&lt;", text)
        if count:
            self._note("an angle bracket that begins no tag")
        return text

    def _reference(self, found: re.Match[str]) -> str:
        if found[1]:
            return found[0] if found[2] else self._noted(f"&{found[1]};", found[0])
        name = found[3]
        if name in _OWN:
            return found[0]
        character = html5.get(f"{name};", "") if name else ""
        escaped = "".join(f"&#{ord(letter)};" for letter in character)
        return self._noted(escaped or f"&amp;{found[0][1:]}", found[0])

    def _noted(self, mended: str, was: str) -> str:
        self._note(f"undefined reference {was!r}")
        return mended


def _split_end(text: str, mark: str) -> int:
    """The length of ``text`` without the beginning of a reference, a tag or ``mark`` at its end."""
    if mark:
        return next((len(text) - n for n in (2, 1) if text.endswith(mark[:n])), len(text))
    cut = max(text.rfind("&", -_TAIL), text.rfind("<", -len(_CDATA[0])))
    if cut < 0 or re.search(r"[;>\s]", text[cut:]):
        return len(text)
    return cut


def _parser(**more: Any) -> Any:
    """A parser that goes on behind every error, loads nothing and replaces no entity."""
    from lxml import etree

    make = etree.XMLPullParser if more else etree.XMLParser
    return make(recover=True, huge_tree=True, resolve_entities=False, no_network=True, **more)


def _syntax_error() -> type[Exception]:
    from lxml import etree

    error: type[Exception] = etree.XMLSyntaxError
    return error


def _ended(parser: Any, name: str) -> Iterator[Element]:
    element: Element
    for _, element in parser.read_events():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        is_record = local(element) == name
        if not is_record and (parent is None or local(parent) not in _CHANNELS):
            continue
        if local(element) in _CHANNELS:
            continue
        yield element
        element.clear(keep_tail=False)
        if parent is not None and local(parent) in _CHANNELS:
            while parent[0] is not element:
                del parent[0]


def split_tag(element: Element) -> tuple[str, str]:
    """An element's namespace, or its prefix if that stands for none, and its local name."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, brace, name = tag.rpartition("}")
    if brace:
        return space[1:], name
    prefix, _, name = tag.rpartition(":")
    return prefix, name


def local(element: Element) -> str:
    """An element's name without namespace or prefix, empty for comments and the like."""
    return split_tag(element)[1]


def text_of(element: Element | None) -> str:
    """All the text inside of an element, that of its own and of elements in it."""
    if element is None or not isinstance(element.tag, str):
        return ""  # a comment or an instruction
    return "".join(element.itertext())
