"""Sentence boundaries: those found by sentencex, corrected as an editor would."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bloglint.lazy import lazy
from bloglint.text.dates import MONTH
from bloglint.text.grammar import each, either, is_judged, pattern_of

#: Abbreviations after which sentencex ends a sentence although no editor would.
_RUNS_ON = lazy(rf"(?:^|[\s(„\"])(?:{either(each('abbreviations'))})\.\s*$")
#: What ends no sentence before a number or a time zone: "No. 5", "para. 1", "2:30 p.m. GMT".
_BEFORE_NUMBER = lazy(rf"(?:^|[\s(])(?:{either(each('abbreviations_before_number'))})\.\s*$")
_BEFORE_ZONE = lazy(r"\b[ap]\.\s?m\.\s*$")
#: A German date continues after its full stops: "am 9. Jänner", "am 24.3. geht es weiter".
_DATED = lazy(rf"\d(?<!\d\d)\d?\.(?:\s+(?=(?i:{MONTH}))|\d{{1,2}}\.\s+(?=[a-zäöüß]))")
#: Names that begin a sentence in lower case: of commands and sites.
_LOW_NAME = (
    r"(?:npm|npx|yarn|git|curl|wget|ssh|grep|awk|sed|make|cron|systemd|nginx|pip|pytest|kubectl|helm|docker"
    r"|webpack|eslint|jq|bash|zsh|vim|ffmpeg|sqlite|redis|memcached|deno|adb"
    r"|[a-z][\w-]*\.(?:gov|com|org|io|dev|net|de|eu|ai|js|app|social))\b(?![./@])"
)
#: Ends that sentencex misses: after a whole sentence in parentheses, after two closing marks, after
#: an ellipsis attached to a word.
_ENDS = lazy(
    r"(?:(?:(?<=[.!?…]\s)|^)\([A-ZÄÖÜ][^()]*[.!?…][\"”’“»]*\)|[.!?…][’‘'\"”“»«]{2,}"
    r"|(?<=[\w”“»])(?:…|\.\.\.))\s+(?=[A-ZÄÖÜ„“\"(])"
    r"|[.!?]\s+(?=[a-z][A-Z])"  # before "iPhone", "eBay"
    rf"|\s(?:…|\.\.\.)\s+(?=(?:{either(each('starts_after_dots'))})\b)"
)
#: What those ends require other than parentheses or an ellipsis; most paragraphs have none of it.
_MAY_END = lazy(r"[.!?](?:[’‘'\"”“»«]{2}|\s+[a-z][A-Z])")
#: Ends after a plain word, before a capital, a figure or a name in lower case: sentencex gives up
#: after "c) …", and in German before "9 Leute kamen".
_PLAIN_ENDS = lazy(
    r"[.?!](?:(?<=[a-zäöüß]{4}\.)|(?<=[a-zäöüß]{2}[?!]))\s+(?=[A-ZÄÖÜ]|\d{4}\s[a-zäöüß])"
    rf"|[.?!](?:(?<=[^\W\d_]{{4}}\.)|(?<=\w[?!]))\s+(?=\d[\d.,]*\s[^\W\d_])"
    rf"|[.?!](?<=[^\W\d_]{{3}}[.?!])\s+(?={_LOW_NAME})"
)
#: Ends between the sentences of a quotation or of a bracket, which sentencex does not look into.
_INNER_ENDS = lazy(r"[.?!](?:(?<=[^\W\d_]{3}[.?!])|(?<=\)[.?!]))\s+(?=[A-ZÄÖÜ])")
#: From so many ends on, what is enclosed is read as sentences of its own.
_SEVERAL = 2
#: A month before its day: "Sept. 4".
_BEFORE_DAY = lazy(
    r"\b(?:jan|feb|mar|mär|apr|jun|jul|aug|sept?|o[ck]t|nov|de[cz])\.\s*$", re.IGNORECASE
)
_ENCLOSED = lazy(r"„[^“”„]*[“”]|“[^“”]*”|«[^«»]*»|»[^»«]*«|\"[^\"]*\"|\([^()]*\)")


#: What may begin a sentence in lower case: "iPhone", "a) …".
_STARTS_LOW = lazy(rf"[a-z](?:[A-Z]|\))|{_LOW_NAME}")


_PIECE = 4000
_GAP = lazy(r"[.!?]\s+(?=[A-ZÄÖÜ])")


def sentence_ends(text: str, language: str) -> list[int]:
    """Return the end position of each sentence of one paragraph, including the last.

    Languages that are not judged are split by the rules of English.
    """
    ends = set(_bounds(text, language))
    ends -= {m.end() for m in _DATED.finditer(text)}
    if "(" in text or "…" in text or "..." in text or _MAY_END.search(text):
        ends |= {m.end() for m in _ENDS.finditer(text)}
    plain = {m.end() for m in _PLAIN_ENDS.finditer(text)}
    for enclosed in _ENCLOSED.finditer(text):
        inner = {m.end() for m in _INNER_ENDS.finditer(text, *enclosed.span())}
        if len(inner) >= _SEVERAL:
            ends |= inner
        else:
            plain -= inner
    ends |= plain
    if is_judged(language):
        ends |= {m.end() for m in pattern_of(language, "letter_ends").finditer(text)}
    return [*(end for end in sorted(ends) if _is_end(text, end, language)), len(text)]


def _bounds(text: str, language: str) -> Iterator[int]:
    """Yield the sentence ends that sentencex finds.

    The text is passed in pieces, because the running time grows with the square of its length.
    """
    from sentencex import get_sentence_boundaries

    start = 0
    while start < len(text):
        cut = len(text)
        if cut - start > 2 * _PIECE:
            gap = _GAP.search(text, start + _PIECE, start + 2 * _PIECE)
            cut = gap.end() if gap else start + 2 * _PIECE
        for found in get_sentence_boundaries(language, text[start:cut]):
            yield start + int(found["end_index"])
        start = cut


def _is_end(text: str, end: int, language: str) -> bool:
    """Whether an editor would end a sentence at a position that looks like an end."""
    if not 0 < end < len(text) or not text[end - 1].isspace():
        return False  # "Dipl.-Ing.": a sentence ends only before white space
    before, after = text[max(0, end - 40) : end], text[end : end + 30]
    if before.rstrip().endswith(".") and after[0].islower() and not _STARTS_LOW.match(after):
        return False
    if _RUNS_ON.search(before) or (
        is_judged(language) and pattern_of(language, "ordinal").search(before)
    ):
        return False
    if after[0].isdigit() and _BEFORE_DAY.search(before):
        return False
    if _BEFORE_ZONE.search(before) and after[:2].isupper():
        return False
    return not (_BEFORE_NUMBER.search(before) and after[0].isdigit())
