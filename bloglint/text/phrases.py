"""Looks for phrases in a text: patterns of words that a person without code can write.

A pattern is words with spaces between. ``word`` is that word in any case, ``=Word`` in this case
only, ``word*`` and ``*word*`` what begins with it or holds it, ``(a|b*|c d)`` any of them, ``...``
up to three words, ``@own`` the blog's own name or products. A phrase never crosses the end of a
sentence; of several that begin with one word the longest is taken. One that is negated ("not the
best", „kein führender“) is left out, and so is one that overlaps an exception ("leading zeros").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bloglint.text.document import WORD, Document

#: rule id → group → language → patterns
Lists = Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
GAP = 3
NEGATION_REACH = 3
_EXCEPTION = "except"
#: These negate the noun behind them and nothing after it.
_SHORT_REACH = {"without": 2, "ohne": 2}
_NEGATIONS = {
    "en": frozenset(
        "not no never nor neither without isn't aren't wasn't don't doesn't didn't won't can't "
        "cannot hardly nothing nobody".split()
    ),
    "de": frozenset(
        "nicht kein keine keinen keinem keiner keines nie niemals ohne weder kaum nichts "
        "niemand".split()
    ),
}
#: These deny what stands before them, where they end the clause.
_DENIALS = {
    "en": frozenset("not no never none nobody nothing".split()),
    "de": frozenset("nicht kein keine keinen keinem keiner nie niemals nichts niemand".split()),
}
_OF = frozenset(("of", "von"))
DENIAL_REACH = 4
_BREAK = re.compile(r"[.!?;:…]")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that was found; ``start`` is None in the title, where ``text`` stands alone."""

    text: str
    group: str
    pattern: str
    start: int | None
    end: int | None
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    breaks: bool  # a sentence ends between the token before and this one


def _fold(word: str) -> str:
    """A word as it is compared: no capitals, and ß as the Swiss write it."""
    return word.lower().replace("ß", "ss")


class _Part:
    """One place of a pattern: which tokens fit."""

    def __init__(self, choices: Sequence[str]) -> None:
        self.gap = list(choices) == ["..."]
        self.cased = [c[1:] for c in choices if c.startswith("=")]
        plain = [_fold(c) for c in choices if not c.startswith("=")]
        self.exact = {c for c in plain if "*" not in c}
        self.prefixes = tuple(c[:-1] for c in plain if c.endswith("*") and not c.startswith("*"))
        self.suffixes = tuple(c[1:] for c in plain if c.startswith("*") and not c.endswith("*"))
        self.inner = tuple(c[1:-1] for c in plain if c.startswith("*") and c.endswith("*"))

        self._known: dict[str, bool] = {}

    def fits(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._fits(word)
        return known

    def _fits(self, word: str) -> bool:
        low = _fold(word)
        return (
            low in self.exact
            or low.startswith(self.prefixes)
            or low.endswith(self.suffixes)
            or any(part in low for part in self.inner)
            or any(word.startswith(c[:-1]) if c.endswith("*") else word == c for c in self.cased)
        )


_CHOICES = re.compile(r"\([^()]*\)|\S+")


def _variants(text: str, own: Sequence[str]) -> Iterator[list[list[str]]]:
    """A pattern's parts, each a list of words; choices of several words make variants."""
    options: list[list[list[list[str]]]] = []
    for part in _CHOICES.findall(text):
        choices = part[1:-1].split("|") if part.startswith("(") else [part]
        choices = [name for c in choices for name in (own if c == "@own" else [c])]
        single = [c for c in choices if " " not in c]
        variants = [[[word] for word in c.split()] for c in choices if " " in c]
        options.append([*variants, [single]] if single else variants)
    for variant in product(*options):
        yield [word for part in variant for word in part]


class _Pattern:
    def __init__(self, text: str, parts: Sequence[Sequence[str]], rule: str, group: str) -> None:
        self.rule, self.group, self.text = rule, group, text
        self.parts = [_Part(choices) for choices in parts]

    def end_at(self, tokens: Sequence[_Token], at: int, part: int = 0) -> int | None:
        """The index after the last token of a match that starts at ``at``."""
        if part == len(self.parts):
            return at
        here = self.parts[part]
        if here.gap:
            for skipped in range(GAP + 1):
                if at + skipped >= len(tokens) or tokens[at + skipped].breaks:
                    return None
                end = self.end_at(tokens, at + skipped, part + 1)
                if end is not None:
                    return end
            return None
        if at >= len(tokens) or (part and tokens[at].breaks) or not here.fits(tokens[at].word):
            return None
        return self.end_at(tokens, at + 1, part + 1)


class _Candidates:
    """Patterns with one first word: of that word alone, and by what their second may be."""

    def __init__(self, patterns: Iterable[_Pattern]) -> None:
        self.single: list[_Pattern] = []
        self.by_second: dict[str, list[_Pattern]] = defaultdict(list)
        self.others: list[_Pattern] = []
        for pattern in patterns:
            if len(pattern.parts) == 1:
                self.single.append(pattern)
                continue
            second = pattern.parts[1]
            if second.gap or second.cased or second.prefixes or second.suffixes or second.inner:
                self.others.append(pattern)
            else:
                for word in second.exact:
                    self.by_second[word].append(pattern)


class _Index:
    """The patterns of one language by what their first word may be."""

    def __init__(self, patterns: Iterable[_Pattern]) -> None:
        self.exact: dict[str, list[_Pattern]] = defaultdict(list)
        self.prefix: dict[str, list[_Pattern]] = defaultdict(list)
        self.others: list[_Pattern] = []
        for pattern in patterns:
            first = pattern.parts[0]
            if first.suffixes or first.inner or any(len(p) < 3 for p in first.prefixes):
                self.others.append(pattern)
                continue
            for word in first.exact | {_fold(c) for c in first.cased if "*" not in c}:
                self.exact[word].append(pattern)
            for start in {*first.prefixes, *(_fold(c[:-1]) for c in first.cased if "*" in c)}:
                self.prefix[start[:3]].append(pattern)
        self.seen: dict[str, _Candidates] = {}

    def candidates(self, word: str) -> _Candidates:
        """The patterns that begin with a word."""
        found = self.seen.get(word)
        if found is None:
            low = _fold(word)
            all_of = [*self.exact.get(low, ()), *self.prefix.get(low[:3], ()), *self.others]
            found = _Candidates(p for p in dict.fromkeys(all_of) if p.parts[0].fits(word))
            self.seen[word] = found
        return found


def check_pattern(text: str) -> None:
    """Whether a user's pattern can be looked for.

    Raises:
        ValueError: says what is wrong with it.
    """
    if not re.search(r"\w{2}|@own", text):
        raise ValueError("it holds no word")
    rest = re.sub(r"\([^()]+\)", "", text)
    if "(" in rest or ")" in rest:
        raise ValueError("a bracket is not closed, or brackets stand in brackets")
    if any(len(part.strip("*=")) < 2 for part in re.findall(r"[^\s()|]*\*[^\s()|]*", text)):
        raise ValueError("a star needs at least two letters beside it")


class Phrases:
    """All phrase lists together, so that a text is read once.

    ``exceptions`` are patterns by language, under a rule or under "" for all of them; ``outright``
    are the groups, as (rule, group), in which a negation changes nothing.
    """

    def __init__(
        self,
        lists: Lists,
        own_names: Sequence[str] = (),
        exceptions: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
        outright: Collection[tuple[str, str]] = (),
    ) -> None:
        self._outright = frozenset(outright)
        found: dict[str, list[_Pattern]] = defaultdict(list)
        excepted = {rule: {_EXCEPTION: words} for rule, words in (exceptions or {}).items()}
        for rules in (lists, excepted):
            for rule, groups in rules.items():
                for group, languages in groups.items():
                    for language, texts in languages.items():
                        found[language] += [
                            _Pattern(text, parts, rule, group)
                            for text in texts
                            for parts in _variants(text, own_names)
                        ]
        self._indexes = {language: _Index(patterns) for language, patterns in found.items()}

    def find(self, document: Document) -> dict[str, list[Match]]:
        """What stands in the title, the headings and the prose, by rule, in reading order."""
        found: dict[str, list[Match]] = defaultdict(list)
        quoted = document.mentions
        title = document.post.title
        pieces = [(title, 0, len(title), document.language, True)]
        pieces += [
            (document.text, b.start, b.end, document.block_language(b), False)
            for b in document.told
        ]
        for text, start, end, language, is_title in pieces:
            for rule, pattern, first, last in self._in(text, start, end, language or ""):
                in_quote = not is_title and any(a <= first < b for a, b in quoted)
                begin, end_at = (None, None) if is_title else (first, last)
                found[rule].append(
                    Match(text[first:last], pattern.group, pattern.text, begin, end_at, in_quote)
                )
        return found

    def _in(
        self, text: str, start: int, end: int, language: str
    ) -> Iterator[tuple[str, _Pattern, int, int]]:
        """Rule, pattern, start and end of the longest matches in one block; none overlap."""
        index = self._indexes.get(language)
        if index is None:
            return
        negations = _NEGATIONS.get(language, frozenset())
        tokens = _tokens(text, start, end)
        matches: list[tuple[int, int, _Pattern]] = []
        taken: dict[str, int] = {}  # rule → index after its last match
        excepted: list[tuple[str, int, int]] = []
        for at, token in enumerate(tokens):
            best: dict[str, tuple[int, _Pattern]] = {}
            candidates = index.candidates(token.word)
            fitting = [(at + 1, pattern) for pattern in candidates.single]
            if at + 1 < len(tokens) and not tokens[at + 1].breaks:
                second = candidates.by_second.get(_fold(tokens[at + 1].word), ())
                fitting += [
                    (after, pattern)
                    for patterns in (second, candidates.others)
                    for pattern in patterns
                    if (after := pattern.end_at(tokens, at + 1, 1)) is not None
                ]
            for after, pattern in fitting:
                if pattern.group == _EXCEPTION:
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
            yield pattern.rule, pattern, tokens[at].start, tokens[after - 1].end


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    tokens: list[_Token] = []
    before = start
    for word in WORD.finditer(text, start, end):
        breaks = _BREAK.search(text, before, word.start()) is not None
        bare = re.sub(r"['’]s$", "", word.group())
        tokens.append(_Token(bare, word.start(), word.end(), breaks))
        before = word.end()
    return tokens


def _negated(tokens: Sequence[_Token], at: int, negations: frozenset[str]) -> bool:
    """Whether a negation stands shortly before, in the same sentence."""
    for back in range(at, max(-1, at - NEGATION_REACH - 1), -1):
        word = tokens[back].word.lower().replace("’", "'")
        if back < at and word in negations and at - back <= _SHORT_REACH.get(word, NEGATION_REACH):
            return True
        if tokens[back].breaks:
            return False
    return False


def _denied(tokens: Sequence[_Token], at: int, after: int, pattern: str, language: str) -> bool:
    """Whether a negation stands inside the phrase, or right behind it at the end of the clause."""
    denials = _DENIALS.get(language, frozenset())
    for place in range(at + 1, after):
        word = tokens[place].word.lower()
        if word in denials and not re.search(rf"(?<!\w){word}", pattern):
            return True
    for place in range(after, min(len(tokens), after + DENIAL_REACH)):
        if tokens[place].breaks:
            return False
        word = tokens[place].word.lower()
        if word in denials:
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            return following is None or following.breaks or following.word.lower() in _OF
    return False
