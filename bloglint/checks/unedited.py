"""Slips that an editor would have caught at first glance."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.config import TERMS
from bloglint.digests import digest
from bloglint.lazy import lazy
from bloglint.text.document import WORD, Document, Sentence
from bloglint.text.grammar import grammar_of, is_judged
from bloglint.text.markup import Block
from bloglint.text.patterns import fold
from bloglint.text.stems import stem_of, stemmer

#: Two equal words side by side; most posts have none.
_DOUBLED = lazy(r"\b([^\W\d_]{2,})\s+(\1)\b", re.IGNORECASE)
#: A name in mid-sentence: a capitalised word after a lower-case letter or a comma.
_NAME = lazy(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w-]{3,}[^\W_]")
#: UTF-8 of two or three bytes that was read as Windows-1252. What follows "Ä" or "Å" in "„Ä“" is a
#: quotation mark.
_MISREAD = lazy(
    "[\u00c4\u00c5][\u00a1-\u00ba\u00bc-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]"
    "|[\u00c2\u00c3][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]|\u00e2(?:\u20ac[\u0153\u0161\u017e\u00a0-\u00bf\u02dc\u201c\u2122]"
    "|\u201a\u00ac|\u201e\u00a2)"
)
#: Marks that close a quotation (one of them in a wrong encoding), that may open one, and all.
_CLOSING = lazy(r"[“”‟\"″«»]|â€")
_OPENING = lazy(r"(?<![\w.,!?])“(?=\w)")
_MARK = lazy(r"[„“”‟\"″«»]|â€")
_QUOTES = "„“”‟\"«»'‚‘’"
#: A straight mark that opens: before a word and behind nothing that it could close.
_STRAIGHT = lazy(r"(?:^|(?<=[\s(]))\"(?=[^\W\d_])")
#: How many paragraphs a quotation may go on without being closed.
_REACH = 5
#: What stands between two words if they are not simply side by side.
_MARKUP = lazy(r"[^\s\w.,;:!?&#]|_")
_NOTHING: frozenset[str] = frozenset()
_LOWER = tuple("abcdefghijklmnopqrstuvwxyzäöüß,;0123456789)”“\"'’–-")
_SPELLING = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": "", "_": ""})
Found = tuple[str, int, int]


class Unedited(CheckOptions, frozen=True):
    """Patterns of slips, and the limits of repetition.

    Attributes:
        fine: words that may be doubled on purpose, by language.
        capital_nouns: languages that write nouns with capitals.
        meant: words that may be doubled beside certain others, by language and word.
        placeholders, leftovers: regular expressions.
        repeated_words: the fewest words of a sentence that is checked for repetition.
        repeated_most: the share of repeated sentences above which none is reported.
        shown: how many repeated sentences are reported.
    """

    fine: dict[str, list[str]]
    meant: dict[str, dict[str, set[str]]]
    capital_nouns: list[str]
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
    patterns = [
        options.fine,
        repr(_sorted(options.meant)),
        options.capital_nouns,
        options.placeholders,
        options.leftovers,
    ]
    name = f"unedited {digest(repr(patterns).encode('utf-8', 'surrogatepass')).hex()}"
    found = document.memo.get(name, lambda: slips_of(document, options))
    yield Measure("unedited", len(found))
    for case, start, end in found:
        fields = {"passage": document.text[start:end], "count": len(found)}
        yield Hit(case, len(found), 0, fields, start, end)
    yield from _repeated(document, options)
    terms = getattr(context.options.get(TERMS), "terms", {})
    house = {word.lower() for pair in terms.items() for word in pair}
    for usual, other, count, start, end in document.memo.get(
        "spellings", lambda: list(_spellings(document))
    ):
        if house & {usual.lower(), other.lower()}:
            continue  # `terms` says which of them is right
        yield Hit(
            "spelling", count, 0, {"usual": usual, "other": other, "count": count}, start, end
        )


def _sorted(meant: Mapping[str, Mapping[str, Collection[str]]]) -> list[object]:
    """The option ``meant`` in a fixed order, for the name under which results are cached."""
    return [
        (code, sorted((w, sorted(b)) for w, b in words.items())) for code, words in meant.items()
    ]


def slips_of(document: Document, options: Unedited) -> list[Found]:
    """Return the slips of a post in reading order, each with its case and its span."""
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
    """Yield words that stand twice by mistake.

    Both are whole words of the author's own running text: not parts of compounds ("Check-In in"),
    with nothing between them in the source but white space (no link, emphasis or code). Three in a
    row are meant, and so are names, words in two spellings ("Waren waren"), and what the language
    doubles: the words in ``fine``, and those in ``meant`` beside the words named there.
    """
    if not _DOUBLED.search(document.text):
        return
    for block in document.headed_prose:
        if not _DOUBLED.search(document.text, block.start, block.end):
            continue
        language = document.block_language(block) or ""
        if language and not is_judged(language):
            continue  # "nous nous" is right in French
        fine, meant = set(options.fine.get(language, ())), options.meant.get(language, {})
        is_capital = language in options.capital_nouns
        words = document.words_of(block)
        texts = words.texts
        for at, (one, other) in enumerate(pairwise(texts)):
            word = one.lower()
            if word != other.lower() or len(word) < 2 or not word.isalpha() or word in fine:
                continue
            start, end = words.starts[at], words.ends[at + 1]
            beside = [texts[n].lower() if 0 <= n < len(texts) else "" for n in (at - 1, at + 2)]
            if (
                word in beside
                or not meant.get(word, _NOTHING).isdisjoint(beside)
                or (is_capital and _is_noun_and_verb(document, block, one, other, start))
                or _is_meant(document, block, one, other, start, end)
            ):
                continue
            yield "doubled", start, end


def _is_noun_and_verb(document: Document, block: Block, one: str, other: str, start: int) -> bool:
    """Whether one of two equal words is a noun by its capital: "dass Waren waren".

    At the beginning of a sentence, words of grammar have a capital as well.
    """
    if one[0].isupper() == other[0].isupper():
        return False
    before = document.text[block.start : start].rstrip(" („\"“'")
    grammar = grammar_of(str(document.block_language(block)))
    return before.endswith(_LOWER) or (
        grammar is not None and fold(one) not in grammar.grammar_words
    )


def _is_meant(document: Document, block: Block, one: str, other: str, start: int, end: int) -> bool:
    """Whether two equal words are no double: names, two spellings, or markup between them."""
    if one[0].isupper() and other[0].isupper():
        return True
    between = document.text[start + len(one) : end - len(other)]
    if "\n" in between or not between.isspace() or document.is_code(start, end):
        return True
    if any(start < link.end < end or start < link.start < end for link in document.links):
        return True
    if any(first <= start and end <= last for first, last in document.quotations):
        return True
    around = document.text[max(0, start - 1) : start], document.text[end : end + 1]
    if all(mark and mark in _QUOTES for mark in around):
        return True  # a coinage: "work work"
    first = document.source_start(start, start + len(one)) + len(one)
    second = document.source_start(end - len(other), end)
    written = document.post.source[first:second]
    return bool(_MARKUP.search(written))


def _patterns(document: Document, patterns: list[str], case: str) -> Iterator[Found]:
    # Alone, each pattern begins with a letter that `re` finds fast; joined, with one of many.
    if not any(re.search(pattern, document.text) for pattern in patterns):
        return
    pattern = re.compile("|".join(patterns))
    for block in document.headed_prose:
        for match in pattern.finditer(document.text, block.start, block.end):
            if not _is_shown(document, block, *match.span()):
                yield case, *match.span()


def _is_shown(document: Document, block: Block, start: int, end: int) -> bool:
    """Whether a passage is shown to the reader on purpose: code, quoted, escaped, or a link."""
    if document.is_code(start, end) or any(a <= start and end <= b for a, b in document.mentions):
        return True
    place = document.source_start(start, end)
    is_escaped = document.post.source[max(0, place - 1) : place] == "\\"
    after = document.source_start(end - 1, end) + 1
    behind = (document.text[end : block.end], document.post.source[after : after + 2])
    return is_escaped or any(text.lstrip().startswith(("[", "(")) for text in behind)


def _unclosed(document: Document) -> Iterator[Found]:
    """Yield quotations and brackets that are never closed, at most one of each a paragraph.

    A quotation is closed by any mark that writers use for it, in its paragraph or in one of the
    next; brackets with a smiley such as ":(" and what stands in code do not count.
    """
    blocks = document.prose
    texts = [_without_code(document, block) for block in blocks]
    for at, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        start = _open_quotation(text)
        if start is not None and not _closed_later(texts[at + 1 : at + 1 + _REACH], text[start]):
            yield "unclosed", block.start + start, min(block.start + start + 60, block.end)
        depth = 0
        for mark in re.finditer(r"[()]", text):
            depth = max(0, depth - 1) if mark.group() == ")" else depth + 1
        if depth and not re.search(r"[:;]-?\($|[:;]-?\(\s", text):
            start = block.start + text.rindex("(")
            yield "bracket", start, min(start + 60, block.end)


def _without_code(document: Document, block: Block) -> str:
    """The text of a block with its inline code blanked out."""
    text = document.text[block.start : block.end]
    for start, end in document.codes:
        if start < block.end and end > block.start:
            first, last = max(start, block.start) - block.start, min(end, block.end) - block.start
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def _open_quotation(text: str) -> int | None:
    """The position of the last opening mark that nothing behind it closes, or None.

    „ always opens; “ opens before a letter where no „ is in the paragraph.
    """
    low = text.rfind("„")
    if low >= 0:
        return None if _CLOSING.search(text, low + 1) else low
    high = next((m.start() for m in reversed([*_OPENING.finditer(text)])), None)
    if high is None:
        return _open_straight(text)
    if _CLOSING.search(text, high + 1):
        return None
    # “So“ and "so“: the mark closes what another one opened.
    before = len(_CLOSING.findall(text, 0, high))
    return high if before % 2 == 0 else None


def _open_straight(text: str) -> int | None:
    """The position of a straight mark that opens, after even pairs and before no other mark."""
    marks = [found.start() for found in _MARK.finditer(text)]
    if len(marks) % 2 == 0 or text[marks[-1]] != '"':
        return None
    last = marks[-1]
    return last if _STRAIGHT.match(text, last) and text.count(" ", last) > 2 else None


def _closed_later(texts: Sequence[str], mark: str) -> bool:
    """Whether one of the next paragraphs closes a quotation; each may open it anew."""
    for text in texts:
        inner = text.lstrip()
        inner = inner[1:] if inner.startswith((mark, '"')) else inner
        if mark == '"' and len(_MARK.findall(inner)) % 2 == 0 and _MARK.search(inner):
            continue  # quotations of its own
        found = _MARK.search(inner)
        if found and (found[0] in '”"«»' or (mark == "„" and found[0] == "“")):
            return True
        if found:
            return False  # another quotation begins
    return False


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


def _repeated(document: Document, options: Unedited) -> Iterator[Hit | Measure]:
    """Yield sentences that repeat an earlier one: at least four fifths of the stems are equal."""
    fewest = options.repeated_words
    numbers = document.memo.get(f"repeated {fewest}", lambda: _by_mistake(document, fewest))
    again = [(document.sentences[first], document.sentences[n]) for first, n in numbers]
    share = len(again) / max(1, len(document.sentences))
    yield Measure("repeated_sentences", len(again))
    if share > options.repeated_most:
        return  # a refrain, a recipe or filler: this much repetition is deliberate
    for first, sentence in again[: options.shown]:
        fields = {"count": len(again), "first": document.text[first.start : first.end][:80]}
        yield Hit("repeated", len(again), 0, fields, sentence.start, sentence.end)


def _by_mistake(document: Document, fewest: int) -> list[tuple[int, int]]:
    """Return the repetitions that look like a slip.

    What is said three times is a refrain or a notice under each entry of a list, and what holds a
    link leads somewhere else each time.
    """
    pairs = _again(document, fewest)
    times = Counter(first for first, _ in pairs)
    sentences = document.sentences
    return [
        (first, again)
        for first, again in pairs
        if times[first] == 1 and not _has_link(document, sentences[again])
    ]


def _has_link(document: Document, sentence: Sentence) -> bool:
    return any(sentence.start <= link.start < sentence.end for link in document.links)


def _again(document: Document, fewest: int) -> list[tuple[int, int]]:
    """Return pairs of sentence numbers: the earlier sentence, and the one that repeats it."""
    language = document.language or "en"
    seen: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
    again: list[tuple[int, int]] = []
    for number, sentence in enumerate(document.sentences):
        words = WORD.findall(document.text, sentence.start, sentence.end)
        if len(words) < fewest:
            continue
        block = document.block_at(sentence.start)
        if block and block.kind == "item":
            continue  # steps and changes are listed anew for each thing that they concern
        ordered = {_longest_first(word, language) for word in words}
        stems = frozenset(stem for _, stem in ordered)
        keys = [stem for _, stem in nsmallest(3, ordered)]
        near = (one for key in keys for one in seen[key][:20])
        first = next((n for o, n in near if _says_the_same(o, stems, language)), None)
        if first is not None:
            again.append((first, number))
        else:
            for key in keys:
                seen[key].append((stems, number))
    return again


@lru_cache(maxsize=50_000)
def _longest_first(word: str, language: str) -> tuple[int, str]:
    """Return the stem of a word, with a number that sorts long ones first."""
    stem = stem_of(word, language)
    return -len(stem), stem


def _says_the_same(one: frozenset[str], other: frozenset[str], language: str) -> bool:
    """Whether two sentences differ in words of grammar only, and not in a number or a "not"."""
    if 10 * len(one & other) < 8 * len(one | other):
        return False
    return (one ^ other) <= _small_stems(language)


@lru_cache(maxsize=4)
def _small_stems(language: str) -> frozenset[str]:
    """The stems of the words of grammar that negate nothing; none of a language not judged."""
    grammar = grammar_of(language)
    if grammar is None:
        return _NOTHING
    stem = stemmer(language).stemWord
    return frozenset(map(stem, grammar.grammar_words)) - set(map(stem, grammar.negations))


def _spellings(document: Document) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield names that the post spells in two ways: "GitHub" and "Github", "Müller" and "Mueller".

    Each item holds the right spelling, another one, how often that one occurs, and the span of its
    first occurrence. Right is what nobody writes by accident, a capital inside or an umlaut, else
    the usual spelling.
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
            right = max(written, key=lambda name: (_is_deliberate(name), written[name]))
            for name, count in written.most_common():
                if name != right and not _are_both_right(right, name):
                    yield right, name, count, *places[name]


def _are_both_right(name: str, other: str) -> bool:
    """Whether two spellings may be two things: "RobotCode" and code for a robot, "Robot-Code"."""
    return name.replace("-", "") == other.replace("-", "")


def _is_deliberate(name: str) -> bool:
    """Whether a spelling is no accident: it has a capital inside a part, or an umlaut."""
    inner = any(part[1:] != part[1:].lower() for part in re.split(r"[-_]", name))
    return inner or bool(re.search("[äöüÄÖÜß]", name))
