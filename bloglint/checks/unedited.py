"""Slips that an editor would have caught at first glance."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.digests import digest
from bloglint.lazy import lazy
from bloglint.text.document import WORD, Document
from bloglint.text.stems import stemmer

_DOUBLED = lazy(r"\b([^\W\d_]{2,})\s+(\1)\b", re.IGNORECASE)
#: A name in mid-sentence: a capitalised word after a lower-case letter or a comma.
_NAME = lazy(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w-]{3,}[^\W_]")
#: What begins like UTF-8 of two or three bytes read as Windows-1252.
_MISREAD = lazy(
    "[\u00c2-\u00df][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]|\u00e2(?:\u20ac[\u0153\u0161\u017e\u00a0-\u00bf\u02dc\u201c\u2122]"
    "|\u201a\u00ac|\u201e\u00a2)"
)
_SPELLING = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": "", "_": ""})
Found = tuple[str, int, int]


class Unedited(CheckOptions, frozen=True):
    """Patterns of slips, and the limits of repetition.

    Attributes:
        fine: words that may be doubled on purpose, by language.
        placeholders, leftovers: regular expressions.
        repeated_words: the fewest words of a sentence that is checked for repetition.
        repeated_most: the share of repeated sentences above which none is reported.
        shown: how many repeated sentences are reported.
    """

    fine: dict[str, list[str]]
    placeholders: list[str]
    leftovers: list[str]
    repeated_words: Positive
    repeated_most: Share
    shown: Count


@check(options=Unedited)
def unedited(document: Document, options: Unedited, context: Context) -> Iterator[Hit | Measure]:
    """Doubled words, placeholders, leftovers, marks never closed, and a wrong encoding.

    These add up to the measure ``unedited``. Sentences that repeat an earlier one and names with
    two spellings are reported but not counted, since some texts repeat themselves on purpose.
    ``fine`` are words that a language doubles on purpose; ``placeholders`` and ``leftovers`` are
    regular expressions.
    """
    patterns = [options.fine, options.placeholders, options.leftovers]
    name = f"unedited {digest(repr(patterns).encode('utf-8', 'surrogatepass')).hex()}"
    found = document.memo.get(name, lambda: _slips(document, options))
    yield Measure("unedited", len(found))
    for case, start, end in found:
        fields = {"passage": document.text[start:end], "count": len(found)}
        yield Hit(case, len(found), 0, fields, start, end)
    yield from _repeated(document, options)
    for usual, other, count, start, end in document.memo.get(
        "spellings", lambda: list(_spellings(document))
    ):
        yield Hit(
            "spelling", count, 0, {"usual": usual, "other": other, "count": count}, start, end
        )


def _slips(document: Document, options: Unedited) -> list[Found]:
    return sorted(
        [
            *_doubled(document, options),
            *_patterns(document, options.placeholders, "placeholder"),
            *_patterns(document, options.leftovers, "leftover"),
            *_unclosed(document),
            *_mojibake(document),
        ],
        key=lambda one: one[1],
    )


def _doubled(document: Document, options: Unedited) -> Iterator[Found]:
    fine = set(options.fine.get(document.language or "", ()))
    if not _DOUBLED.search(document.text):
        return
    for block in document.headed_prose:
        for match in _DOUBLED.finditer(document.text, block.start, block.end):
            first, second = match.group(1), match.group(2)
            a_name = first[0].isupper() and second[0].isupper()
            if first.lower() not in fine and not a_name and "\n" not in match.group():
                yield "doubled", *match.span()


def _patterns(document: Document, patterns: list[str], case: str) -> Iterator[Found]:
    # Alone, each pattern begins with a letter that `re` finds fast; joined, with one of many.
    if not any(re.search(pattern, document.text) for pattern in patterns):
        return
    pattern = re.compile("|".join(patterns))
    for block in document.headed_prose:
        for match in pattern.finditer(document.text, block.start, block.end):
            yield case, *match.span()


def _unclosed(document: Document) -> Iterator[Found]:
    """Yield the last opening mark of each paragraph that opens more than it closes.

    A quotation of several paragraphs opens anew in each, so one may stay open if the next paragraph
    begins with the same mark. Closing brackets without an opening one, as in the list sign "a)",
    do not count, nor do brackets in a paragraph with a smiley such as ":(".
    """
    blocks = document.prose
    for at, block in enumerate(blocks):
        text = document.text[block.start : block.end]
        opening = "„" if "„" in text else "“"
        closing = "“”" if opening == "„" else "”"
        opened = text.count(opening)
        if opened > sum(text.count(mark) for mark in closing) and opened:
            follows = at + 1 < len(blocks)
            if not follows or not document.text.startswith(opening, blocks[at + 1].start):
                start = block.start + text.rindex(opening)
                yield "unclosed", start, min(start + 60, block.end)
        depth = 0
        for mark in re.finditer(r"[()]", text):
            depth = max(0, depth - 1) if mark.group() == ")" else depth + 1
        if depth and not re.search(r"[:;]-?\($|[:;]-?\(\s", text):
            start = block.start + text.rindex("(")
            yield "bracket", start, min(start + 60, block.end)


def _mojibake(document: Document) -> Iterator[Found]:
    """Yield the first characters of UTF-8 that were read as Windows-1252: "GrÃ¼ÃŸe", "â€™"."""
    for block in document.headed_prose:
        for match in _MISREAD.finditer(document.text, block.start, block.end):
            try:
                match.group().encode("cp1252").decode("utf-8")
            except UnicodeError:
                continue
            yield "mojibake", *match.span()
            return


@lru_cache(maxsize=50_000)
def _lower_stem(word: str, language: str) -> str:
    return str(stemmer(language).stemWord(word.lower()))


def _repeated(document: Document, options: Unedited) -> Iterator[Hit | Measure]:
    """Yield sentences that repeat an earlier one: at least four fifths of the stems are equal."""
    fewest = options.repeated_words
    numbers = document.memo.get(f"repeated {fewest}", lambda: _again(document, fewest))
    again = [(document.sentences[first], document.sentences[n]) for first, n in numbers]
    share = len(again) / max(1, len(document.sentences))
    yield Measure("repeated_sentences", len(again))
    if share > options.repeated_most:
        return  # a refrain, a recipe or filler: this much repetition is deliberate
    for first, sentence in again[: options.shown]:
        fields = {"count": len(again), "first": document.text[first.start : first.end][:80]}
        yield Hit("repeated", len(again), 0, fields, sentence.start, sentence.end)


def _again(document: Document, fewest: int) -> list[tuple[int, int]]:
    """Return pairs of sentence numbers: the earlier sentence, and the one that repeats it."""
    language = document.language or "en"
    seen: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
    again: list[tuple[int, int]] = []
    for number, sentence in enumerate(document.sentences):
        words = WORD.findall(document.text, sentence.start, sentence.end)
        if len(words) < fewest:
            continue
        stems = frozenset(_lower_stem(word, language) for word in words)
        keys = sorted(stems, key=lambda s: (-len(s), s))[:3]
        near = (one for key in keys for one in seen[key][:20])
        first = next((n for o, n in near if 10 * len(o & stems) >= 8 * len(o | stems)), None)
        if first is not None:
            again.append((first, number))
        else:
            for key in keys:
                seen[key].append((stems, number))
    return again


def _spellings(document: Document) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield names that the post spells in two ways: "GitHub" and "Github", "Müller" and "Mueller".

    Each item holds the usual spelling, another one, how often that one occurs, and the span of its
    first occurrence.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, tuple[int, int]] = {}
    for block in document.prose:
        for match in _NAME.finditer(document.text, block.start, block.end):
            name = match.group()
            if not name.isupper():
                forms[name.lower().translate(_SPELLING)][name] += 1
                places.setdefault(name, match.span())
    for written in forms.values():
        if len(written) > 1:
            (usual, _), *others = written.most_common()
            for name, count in others:
                yield usual, name, count, *places[name]
