"""Bylines as people: which of them name a person, and which name the same one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_TITLES = re.compile(
    r"\b(?:dr|prof|dipl|ing|mag|mba|phd|herr|frau|mr|mrs|ms|von|by)\b\.?[\s-]*", re.I
)
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def person(name: str, generic: Collection[str]) -> str | None:
    """A key that all spellings of one person share; None for a byline that is no person.

    "Dr. Jörg Müller", "Mueller, Joerg" and "jörg müller" are one. An address and the ``generic``
    bylines are nobody; a single word is the handle of somebody.
    """
    plain = " ".join(name.split())
    if "@" in plain or plain.lower() in generic:
        return None
    if plain.count(",") == 1:
        last, first = plain.split(",")
        plain = f"{first.strip()} {last.strip()}"
    low = _TITLES.sub("", plain.lower()).translate(_FOLD)
    ascii_only = unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+", ascii_only)
    if not words or " ".join(words) in generic:
        return None
    return " ".join(dict.fromkeys((words[0], words[-1])))
