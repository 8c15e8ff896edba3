"""Shingles: pairs of neighbouring words by which a text that was copied is found again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from bloglint.lazy import lazy
from bloglint.text.document import WORD
from bloglint.text.entities import unescape
from bloglint.text.stems import stem_words

#: Releases with fewer words have nothing to be taken from.
FEWEST_WORDS = 20
#: So many texts are compared with a post word by word.
COMPARED = 6
#: One pair in so many is kept, always the same ones (Broder 1997, section 4: sampling modulo m).
KEPT = 4
_TAGS = lazy(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|<[^<>]*>", re.DOTALL
)
_ADDRESS = lazy(r"\]\([^)\s]*|https?://\S+")


def shingles(words: Iterable[str]) -> set[int]:
    """A sample of the pairs of neighbouring words, as numbers under 2³¹.

    Either order of a pair gives the same number, so that a sentence turned round is found too.
    """
    found = set()
    for one, other in pairwise(words):
        number = crc32((f"{one} {other}" if one < other else f"{other} {one}").encode())
        if number % KEPT == 0:
            found.add(number // KEPT)
    return found


def read_past_markup(source: str) -> str:
    """The text in any markup without its tags and addresses: not parsed, for looking things up."""
    plain = _ADDRESS.sub(" ", _TAGS.sub(" ", source))
    return unescape(plain)


def telling_words(text: str, language: str) -> list[str]:
    """The stems of the words of a text that tell a fact, in their order."""
    return [stem for stem, tells in stem_words(WORD.findall(text), language) if tells]
