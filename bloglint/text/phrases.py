"""Looks for phrases in a text: patterns of words that a person without code can write.

A pattern is words with spaces between. ``word`` is that word in any case, ``=Word`` in this case
only, ``word*`` and ``*word*`` what begins with it or holds it, ``(a|b*)`` any of them, ``...`` up
to three words, ``@own`` the blog's own name or products. A phrase never crosses the end of a
sentence, and one that is negated ("not the best", „kein führender“) is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bloglint.text.document import WORD, Document

#: rule id → group → language → patterns
Lists = Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
GAP = 3
NEGATION_REACH = 3
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


class _Part:
    """One place of a pattern: which tokens fit."""

    def __init__(self, text: str, own: Iterable[str]) -> None:
        self.gap = text == "..."
        choices = text[1:-1].split("|") if text.startswith("(") else [text]
        if text == "@own":
            choices = [name.lower() for name in own]
        self.cased = [c[1:] for c in choices if c.startswith("=")]
        plain = [c.lower() for c in choices if not c.startswith("=")]
        self.exact = {c for c in plain if "*" not in c}
        self.prefixes = tuple(c[:-1] for c in plain if c.endswith("*") and not c.startswith("*"))
        self.suffixes = tuple(c[1:] for c in plain if c.startswith("*") and not c.endswith("*"))
        self.inner = tuple(c[1:-1] for c in plain if c.startswith("*") and c.endswith("*"))

    def fits(self, word: str) -> bool:
        low = word.lower()
        return (
            low in self.exact
            or low.startswith(self.prefixes)
            or low.endswith(self.suffixes)
            or any(part in low for part in self.inner)
            or any(word.startswith(c[:-1]) if c.endswith("*") else word == c for c in self.cased)
        )


class _Pattern:
    def __init__(self, text: str, rule: str, group: str, own: Iterable[str]) -> None:
        self.rule, self.group, self.text = rule, group, text
        self.parts = [_Part(part, own) for part in text.split()]

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
            for word in first.exact | {c.lower() for c in first.cased if "*" not in c}:
                self.exact[word].append(pattern)
            for start in {*first.prefixes, *(c[:-1].lower() for c in first.cased if "*" in c)}:
                self.prefix[start[:3]].append(pattern)
        self.seen: dict[str, list[_Pattern]] = {}

    def candidates(self, word: str) -> list[_Pattern]:
        found = self.seen.get(word)
        if found is None:
            low = word.lower()
            all_of = [*self.exact.get(low, ()), *self.prefix.get(low[:3], ()), *self.others]
            found = [p for p in dict.fromkeys(all_of) if p.parts[0].fits(word)]
            self.seen[word] = found
        return found


class Phrases:
    """All phrase lists together, so that a text is read once."""

    def __init__(self, lists: Lists, own_names: Sequence[str] = ()) -> None:
        patterns: dict[str, list[_Pattern]] = defaultdict(list)
        for rule, groups in lists.items():
            for group, languages in groups.items():
                for language, texts in languages.items():
                    for text in texts:
                        if "@own" not in text.split() or own_names:
                            patterns[language].append(_Pattern(text, rule, group, own_names))
        self._indexes = {language: _Index(found) for language, found in patterns.items()}

    def find(self, document: Document) -> dict[str, list[Match]]:
        """What stands in the title, the headings and the prose, by rule, in reading order."""
        found: dict[str, list[Match]] = defaultdict(list)
        index = self._indexes.get(document.language or "")
        if index is None:
            return found
        negations = _NEGATIONS.get(document.language or "", frozenset())
        quoted = document.quotations
        title = document.post.title
        pieces = [(title, 0, len(title), True)]
        pieces += [(document.text, b.start, b.end, False) for b in document.told]
        for text, start, end, is_title in pieces:
            tokens = _tokens(text, start, end)
            taken: dict[str, int] = {}  # rule → index after its last match: none overlap
            for at, token in enumerate(tokens):
                for pattern in index.candidates(token.word):
                    if taken.get(pattern.rule, 0) > at:
                        continue
                    after = pattern.end_at(tokens, at)
                    if after is None or after == at or _negated(tokens, at, negations):
                        continue
                    taken[pattern.rule] = after
                    first, last = token.start, tokens[after - 1].end
                    in_quote = not is_title and any(a <= first < b for a, b in quoted)
                    begin, end_at = (None, None) if is_title else (first, last)
                    match = Match(
                        text[first:last], pattern.group, pattern.text, begin, end_at, in_quote
                    )
                    found[pattern.rule].append(match)
        return found


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
