"""Character encodings of feeds and pages, detected in spite of wrong declarations."""

from __future__ import annotations

import codecs
import re
from typing import IO

from bloglint.lazy import lazy

_MARKS = (
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{2,40})|<meta[^>]+charset\s*=\s*["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
#: Bytes read at once to find out a file's encoding.
_START = 1 << 16
_HEADER = lazy(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
#: Seven-bit encodings, which only a declaration distinguishes from plain ASCII.
_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf-7"})
#: Python's codecs that no document is written in.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape"})
_ALWAYS_CP1252 = frozenset({"iso8859-1", "ascii"})


def decode(content: bytes, content_type: str = "") -> str:
    """Decode ``content`` by its byte order mark, as UTF-8 if valid, otherwise as declared.

    Declarations are often wrong, so valid UTF-8 with non-ASCII characters is decoded as such: text
    in another encoding is valid UTF-8 only by chance. If nothing fits, the content is read as
    Windows-1252, as browsers do.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if content[:400].count(b"\0") > len(content[:400]) // 3:
        little = content[1:400:2].count(0) > content[0:400:2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", "replace")
    declared = _declared(content, content_type)
    if content.isascii() and declared in _SEVEN_BITS:
        return content.decode(declared, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_nearly_utf8(content):
        return content.decode("utf-8", "replace")
    for name in (declared, "cp1252"):
        if name and name != "utf-8":
            try:
                return content.decode("cp1252" if name in _ALWAYS_CP1252 else name)
            except (UnicodeError, LookupError):
                continue
    return content.decode("cp1252", "replace")


def decoder_of(file: IO[bytes]) -> tuple[codecs.IncrementalDecoder, bool]:
    """A decoder for a file too large to be held, and whether the file's own declaration is right.

    The file is read once and left at its beginning. Bytes that do not fit become replacement
    characters.
    """
    start = file.read(_START)
    mark = next((mark for mark, _ in _MARKS if start.startswith(mark)), b"")
    name = next((name for mark, name in _MARKS if mark and start.startswith(mark)), "")
    if not name and start[:400].count(b"\0") > len(start[:400]) // 3:
        name = "utf-16-le" if start[1:400:2].count(0) > start[0:400:2].count(0) else "utf-16-be"
    letters = broken = 0
    if not name:
        utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        file.seek(0)
        while chunk := file.read(_START):
            if not chunk.isascii():
                text = utf8.decode(chunk)
                letters += sum(1 for letter in text if letter > "\x7f")
                broken += text.count("\ufffd")
        declared = _declared(start, "")
        is_other = declared not in {"", "utf-8"}
        name = "utf-8" if letters >= 10 * broken else declared if is_other else "cp1252"
        broken = broken if not is_other or name == "utf-8" else 0
    file.seek(len(mark))
    name = "cp1252" if name in _ALWAYS_CP1252 else name
    return codecs.getincrementaldecoder(name)("replace"), not broken


def _declared(content: bytes, content_type: str) -> str:
    header = _HEADER.search(content_type)
    body = _DECLARED.search(content[:2000])
    for name in (header[1] if header else "", (body[1] or body[2]).decode() if body else ""):
        try:
            found = codecs.lookup(name).name
            # What names its encoding in ASCII is in one that holds ASCII.
            is_right = b"<?xml".decode(found) == "<?xml"
        except (LookupError, UnicodeError):
            continue
        if is_right and found not in _NO_CHARSETS:
            return found
    return ""


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether the non-ASCII characters are UTF-8 with only a few invalid sequences."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(1 for letter in text if letter > "\x7f") > 10 * broken
