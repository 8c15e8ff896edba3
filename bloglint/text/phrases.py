"""Phrase search: finds the phrases of all lists in a text in a single pass.

A phrase never crosses the end of a sentence; of several that begin at the same word, the longest
wins. Negated phrases ("not the best", „kein führender“) are left out, and so are those that overlap
an exception ("leading zeros"). The syntax of patterns is described in `bloglint.text.patterns`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import msgspec

from bloglint.lazy import lazy
from bloglint.text.document import Document, Words
from bloglint.text.grammar import grammar_of, judged_languages
from bloglint.text.markup import Block
from bloglint.text.patterns import Pattern, fold

#: Returns the patterns of each rule in a given language.
Tables = Callable[[str], Mapping[str, Sequence[Pattern]]]
GAP = 3
NEGATION_REACH = 3
EXCEPTION = "except"
_GAP_PART = ["..."]
DENIAL_REACH = 4
_BREAK = lazy(r"[.!?;:…]")


class Match(msgspec.Struct, frozen=True, gc=False):
    """A phrase that was found.

    ``start`` and ``end`` are None for a phrase in the title.
    """

    text: str
    group: str
    pattern: str
    start: int | None
    end: int | None
    quoted: bool


class _Tokens:
    """The words of one block; sentence ends are looked up only next to matches."""

    def __init__(self, text: str, start: int, words: Words) -> None:
        self._text, self._start = text, start
        self.starts, self.ends = words.starts, words.ends
        self.words = [_bare(word) for word in words.texts]
        self._breaks: set[int] | None = None

    def breaks(self, at: int) -> bool:
        """Whether a sentence ends between the previous token and this one."""
        if self._breaks is None:
            self._breaks = set(self._found_breaks())
        return at in self._breaks

    def _found_breaks(self) -> Iterator[int]:
        """Yield each index before which a mark stands that ends a sentence, outside a token."""
        if not self.starts:
            return
        for mark in _BREAK.finditer(self._text, self._start, self.starts[-1]):
            after = bisect_right(self.starts, mark.start())
            if not after or self.ends[after - 1] <= mark.start():
                yield after


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


class _Part:
    """One position of a pattern, with the tokens that fit there."""

    def __init__(self, choices: Sequence[str]) -> None:
        self.gap = list(choices) == ["..."]
        self.cased = [c[1:] for c in choices if c.startswith("=") and c != "="]
        plain = [fold(c) for c in choices if not c.startswith("=")]
        self.exact = {c for c in plain if "*" not in c}
        self.prefixes = tuple(c[:-1] for c in plain if c.endswith("*") and not c.startswith("*"))
        self.suffixes = tuple(c[1:] for c in plain if c.startswith("*") and not c.endswith("*"))
        self.inner = tuple(c[1:-1] for c in plain if c.startswith("*") and c.endswith("*"))
        self.known: dict[str, bool] = {}

    def fits(self, word: str) -> bool:
        """Whether a word fits; the answer is cached in ``known``."""
        low = fold(word)
        found = self.known[word] = (
            low in self.exact
            or low.startswith(self.prefixes)
            or low.endswith(self.suffixes)
            or (bool(self.inner) and any(part in low for part in self.inner))
            or (bool(self.cased) and self._fits_cased(word))
        )
        return found

    def _fits_cased(self, word: str) -> bool:
        return any(word.startswith(c[:-1]) if c[-1] == "*" else word == c for c in self.cased)


class _Searched:
    """A pattern to search for, with what is needed once one of its words has been found."""

    def __init__(
        self, pattern: Pattern, rule: str, number: int, shared: dict[tuple[str, ...], _Part]
    ) -> None:
        self._shared = shared
        self.pattern, self.rule, self.number = pattern, rule, number
        self.group, self.text = pattern.group, pattern.text
        before = pattern.parts[: pattern.anchor]
        gaps = before.count(_GAP_PART)
        #: The least number of words before the anchor, and how many more the gaps may add.
        self.back, self.more = len(before) - gaps, GAP * gaps

    @cached_property
    def parts(self) -> list[_Part]:
        """The positions of the pattern, parsed only once a text contains one of its words."""
        return [self._part(tuple(choices)) for choices in self.pattern.parts]

    def _part(self, choices: tuple[str, ...]) -> _Part:
        if choices not in self._shared:
            self._shared[choices] = _Part(choices)
        return self._shared[choices]

    @cached_property
    def is_plain(self) -> bool:
        """Whether the second position takes only whole words, in any case."""
        second = self.parts[1]
        return not (
            second.gap or second.cased or second.prefixes or second.suffixes or second.inner
        )

    @cached_property
    def neighbour(self) -> tuple[int, _Part | None]:
        """A position next to the anchor that has to fit as well, and how far it is; 0 for none."""
        at, parts = self.pattern.anchor, self.parts
        for step in (1, -1):
            if 0 <= at + step < len(parts) and not parts[at + step].gap:
                return step, parts[at + step]
        return 0, None

    def order(self, word: str) -> tuple[int, int, int]:
        """Return the sort key by which equally long matches that begin with ``word`` compete."""
        kind = 0 if len(self.parts) == 1 else 1 if self.is_plain else 2
        first, low = self.parts[0], fold(word)
        if first.suffixes or first.inner or any(len(p) < 3 for p in first.prefixes):
            return kind, 2, self.number
        exact = low in first.exact or low in {fold(c) for c in first.cased if "*" not in c}
        return kind, 0 if exact else 1, self.number

    def end_at(self, tokens: _Tokens, at: int, part: int = 0) -> int | None:
        """Return the index after the last token of a match that starts at ``at``, or None."""
        words = tokens.words
        for number in range(part, len(self.parts)):
            here = self.parts[number]
            if here.gap:
                return self._end_behind_gap(tokens, at, number + 1)
            if at >= len(words):
                return None
            fits = here.known.get(words[at])
            if fits is None:
                fits = here.fits(words[at])
            if not fits or (number and tokens.breaks(at)):
                return None
            at += 1
        return at

    def _end_behind_gap(self, tokens: _Tokens, at: int, part: int) -> int | None:
        for place in range(at, at + GAP + 1):
            if place >= len(tokens.words) or tokens.breaks(place):
                return None
            end = self.end_at(tokens, place, part)
            if end is not None:
                return end
        return None


class _Anchored(NamedTuple):
    """A pattern around a word that it is found by, with what is looked at before all of it."""

    pattern: _Searched
    step: int
    neighbour: _Part | None
    back: int
    more: int
    is_word: bool

    @classmethod
    def of(cls, pattern: _Searched) -> _Anchored:
        """Look up what a pattern needs."""
        step, neighbour = pattern.neighbour
        is_word = len(pattern.parts) == 1 and not pattern.parts[0].cased
        return cls(pattern, step, neighbour, pattern.back, pattern.more, is_word)


class _Index:
    """The patterns of one language, indexed by the words they are found by."""

    def __init__(self) -> None:
        self.exact: dict[str, list[_Searched]] = defaultdict(list)
        self.starts: dict[str, list[_Searched]] = defaultdict(list)
        self.lengths: list[int] = []
        self.loose: list[_Searched] = []
        self._count = 0
        #: Positions by the words that fit there; many patterns share the same one.
        self._parts: dict[tuple[str, ...], _Part] = {}
        self.known: dict[str, list[_Anchored]] = {}

    def add(self, rule: str, patterns: Sequence[Pattern]) -> None:
        """Add the patterns of one rule."""
        for pattern in patterns:
            self._count += 1
            searched = _Searched(pattern, rule, self._count, self._parts)
            for word in pattern.exact:
                self.exact[word].append(searched)
            for word in pattern.starts:
                self.starts[word].append(searched)
            if pattern.loose:
                self.loose.append(searched)
        self.lengths = sorted({len(word) for word in self.starts})

    def anchored(self, word: str) -> list[_Anchored]:
        """Return the patterns that may match around a word; cached in ``known``."""
        low = fold(word)
        found = [*self.exact.get(low, ())]
        for length in self.lengths:
            found += self.starts.get(low[:length], ()) if length <= len(low) else ()
        found += [one for one in self.loose if one.parts[one.pattern.anchor].fits(word)]
        self.known[word] = [_Anchored.of(one) for one in dict.fromkeys(found)]
        return self.known[word]


class Phrases:
    """All phrase lists combined, so that a text is read only once.

    ``outright`` holds the groups, as (rule, group), whose phrases count even when negated. Patterns
    of the group `EXCEPTION` are exceptions to their rule, or to all rules if the rule is ``""``.
    """

    def __init__(self, tables: Tables, outright: Collection[tuple[str, str]] = ()) -> None:
        self._tables, self._outright = tables, frozenset(outright)
        self._indexes: dict[str, _Index] = {}

    def index(self, language: str) -> _Index:
        """Return the patterns of a language, indexed when a text in it is first read."""
        if language not in self._indexes:
            index = self._indexes[language] = _Index()
            for rule, patterns in self._tables(language).items():
                index.add(rule, patterns)
        return self._indexes[language]

    def find(self, document: Document, own: Phrases) -> dict[str, list[Match]]:
        """Find the phrases in the title, headings and prose, by rule and in reading order.

        ``own`` holds additional patterns: those with the blog's own names.
        """
        found: dict[str, list[Match]] = defaultdict(list)
        title = document.post.title
        tokens = _Tokens(title, 0, Words.of(title))
        for rule, pattern, first, last in self._in(tokens, document.language or "", own):
            match = Match(title[first:last], pattern.group, pattern.text, None, None, False)
            found[rule].append(match)
        for rule, match in self.find_in(document, document.headed_prose, own):
            found[rule].append(match)
        return found

    def find_in(
        self, document: Document, blocks: Iterable[Block], own: Phrases
    ) -> Iterator[tuple[str, Match]]:
        """Yield the rule and the match of each phrase in some blocks of a document."""
        quoted, text = document.mentions, document.text
        for block in blocks:
            tokens = _Tokens(text, block.start, document.words_of(block))
            language = document.block_language(block) or ""
            for rule, pattern, first, last in self._in(tokens, language, own):
                in_quote = any(a <= first < b for a, b in quoted)
                match = Match(text[first:last], pattern.group, pattern.text, first, last, in_quote)
                yield rule, match

    def _in(
        self, tokens: _Tokens, language: str, own: Phrases
    ) -> Iterator[tuple[str, _Searched, int, int]]:
        """Yield the rule, pattern, start and end of the longest matches in one block.

        Matches of the same rule never overlap.
        """
        grammar = grammar_of(language)
        if grammar is None:
            return
        indexes = [self.index(language), own.index(language)]
        negations = frozenset(grammar.negations)
        matches: list[tuple[int, int, _Searched]] = []
        taken: dict[str, int] = {}  # rule → index after its last match
        excepted: list[tuple[str, int, int]] = []
        for at, fitting in _fitting(tokens, indexes):
            best: dict[str, tuple[int, _Searched]] = {}
            for after, pattern in fitting:
                if pattern.group == EXCEPTION:
                    excepted.append((pattern.rule, at, after))
                elif after > best.get(pattern.rule, (at, pattern))[0]:
                    best[pattern.rule] = after, pattern
            negated = bool(best) and _negated(tokens, at, negations)
            for rule, (after, pattern) in best.items():
                if taken.get(rule, 0) > at:
                    continue
                if (rule, pattern.group) not in self._outright and (
                    negated or _denied(tokens, at, after, pattern.text, language)
                ):
                    continue
                taken[rule] = after
                matches.append((at, after, pattern))
        for at, after, pattern in matches:
            if any(rule in ("", pattern.rule) and at < b and a < after for rule, a, b in excepted):
                continue
            yield pattern.rule, pattern, tokens.starts[at], tokens.ends[after - 1]


def _fitting(
    tokens: _Tokens, indexes: Sequence[_Index]
) -> Iterator[tuple[int, list[tuple[int, _Searched]]]]:
    """Yield each index at which patterns begin, with the end and the pattern of each match."""
    found: dict[int, dict[_Searched, int]] = {}
    words = tokens.words
    count = len(words)
    for index in indexes:
        known = index.known
        for word in set(words).difference(known):
            index.anchored(word)
        for at, anchored in enumerate(map(known.__getitem__, words)):
            for pattern, step, neighbour, back, more, is_word in anchored:
                if neighbour is not None:
                    if not 0 <= at + step < count:
                        continue
                    word = words[at + step]
                    fits = neighbour.known.get(word)
                    if not (neighbour.fits(word) if fits is None else fits):
                        continue
                elif is_word:
                    found.setdefault(at, {})[pattern] = at + 1
                    continue
                for place in range(at - back, max(-1, at - back - more - 1), -1):
                    end = pattern.end_at(tokens, place)
                    if end is not None:
                        found.setdefault(place, {})[pattern] = end
    for start in sorted(found):
        here = found[start]
        word = words[start]
        ordered = sorted(here, key=lambda one: one.order(word)) if len(here) > 1 else here
        yield start, [(here[one], one) for one in ordered]


@cache
def _short_reach() -> dict[str, int]:
    """Return the words that negate only the noun after them, with how far they reach."""
    grammars = map(grammar_of, judged_languages())
    return {
        word: reach
        for grammar in grammars
        if grammar
        for word, reach in grammar.short_negations.items()
    }


@cache
def _of() -> frozenset[str]:
    return frozenset(one.of for one in map(grammar_of, judged_languages()) if one)


def _negated(tokens: _Tokens, at: int, negations: frozenset[str]) -> bool:
    """Whether a negation closely precedes the token at ``at`` within the same sentence."""
    for back in range(at, max(-1, at - NEGATION_REACH - 1), -1):
        word = tokens.words[back].lower().replace("’", "'")
        if (
            back < at
            and word in negations
            and at - back <= _short_reach().get(word, NEGATION_REACH)
        ):
            return True
        if tokens.breaks(back):
            return False
    return False


def _denied(tokens: _Tokens, at: int, after: int, pattern: str, language: str) -> bool:
    """Whether the phrase is negated from within or from behind.

    A negation behind it has to follow closely and stand at the end of the clause.
    """
    grammar = grammar_of(language)
    denials = frozenset(grammar.denials if grammar else ())
    for place in range(at + 1, after):
        word = tokens.words[place].lower()
        if word in denials and not re.search(rf"(?<!\w){word}", pattern):
            return True
    for place in range(after, min(len(tokens.words), after + DENIAL_REACH)):
        if tokens.breaks(place):
            return False
        word = tokens.words[place].lower()
        if word in denials:
            following = place + 1
            return (
                following >= len(tokens.words)
                or tokens.breaks(following)
                or tokens.words[following].lower() in _of()
            )
    return False
