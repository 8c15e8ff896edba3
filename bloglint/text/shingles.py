"""Shingles: pairs of neighbouring words by which copied text is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from bloglint.lazy import lazy
from bloglint.text.computed import Computed
from bloglint.text.entities import unescape
from bloglint.text.stems import telling_stems

#: Press releases with fewer words contain nothing that could be copied.
FEWEST_WORDS = 20
#: The number of texts that are compared with a post word by word.
COMPARED = 6
#: One in this many pairs is kept, always the same (Broder 1997, section 4: sampling modulo m).
KEPT = 4
_TAGS = lazy(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|<[^<>]*>", re.DOTALL
)
_ADDRESS = lazy(r"\]\([^)\s]*|https?://\S+")


def shingles(words: Iterable[str]) -> set[int]:
    """Return a sample of the pairs of neighbouring words, as numbers below 2³¹.

    Both orders of a pair give the same number, so that reordered sentences are found, too.
    """
    told = map(_CHECKSUMS.__getitem__, words)
    return {
        number // KEPT
        for (one, written, begun), (other, behind, before) in pairwise(told)
        if not (number := crc32(behind, begun) if one < other else crc32(written, before)) % KEPT
    }


def _checksum(word: str) -> tuple[str, bytes, int]:
    """Return a word with its bytes, and the checksum of them and a blank: how its pairs begin."""
    written = word.encode()
    return word, written, crc32(b" ", crc32(written))


_CHECKSUMS = Computed(_checksum)


def read_past_markup(source: str) -> str:
    """Return a text in any markup without its tags and URLs.

    The markup is not parsed; the result is meant for searching.
    """
    plain = _ADDRESS.sub(" ", _TAGS.sub(" ", source))
    return unescape(plain)


def telling_words(words: Iterable[str], language: str) -> list[str]:
    """Return the stems of those of the words that carry a fact, in order."""
    return [stem for word in words for stem in telling_stems(word, language)]
