"""Word patterns that can be written without programming, compiled for searching.

A pattern is a sequence of words separated by spaces. ``word`` matches that word in any case,
``=Word`` in exactly this case, ``word*`` and ``*word*`` words that begin with it or contain it,
``(a|b*|c d)`` any of the alternatives, ``...`` up to three words, and ``@own`` the blog's own name
or products.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

import msgspec

from bloglint.lazy import lazy
from bloglint.text.grammar import each

#: group → language → patterns
Groups = Mapping[str, Mapping[str, Sequence[str]]]
_CHOICES = lazy(r"\([^()]*\)|\S+")


@cache
def _frequent() -> frozenset[str]:
    """Return words so frequent that a pattern is searched for by another of its words, if any."""
    return frozenset(each("frequent_words"))


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """One pattern, or one variant of a pattern whose choices contain several words.

    ``parts`` are its positions, each with the words that fit there. Wherever the pattern matches,
    the token at position ``anchor`` is one of the words in ``exact``, begins with one of ``starts``
    or, if ``loose`` is set, ends with or contains one of that position's words. ``exact`` and
    ``starts`` are folded.
    """

    group: str
    text: str
    parts: list[list[str]]
    anchor: int
    exact: list[str]
    starts: list[str]
    loose: bool


@lru_cache(maxsize=256)
def any_of(patterns: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """Match any of several regular expressions; without any, nothing."""
    return re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)", flags)


def fold(word: str) -> str:
    """Fold a word for comparison: to lower case, with ss for ß as in Swiss spelling."""
    return word.lower().replace("ß", "ss")


def compile_groups(
    groups: Groups, language: str, own_names: Sequence[str] | None = None
) -> list[Pattern]:
    """Compile the patterns of all groups in one language, in their order.

    If ``own_names`` is None, patterns with ``@own`` are left out; otherwise only those are
    compiled. If it is empty, only the alternatives to ``@own`` remain in its place.
    """
    return [
        _compiled(group, text, parts)
        for group, languages in groups.items()
        for text in languages.get(language, ())
        if ("@own" in text) == (own_names is not None)
        for parts in variants(text, own_names or ())
    ]


def variants(text: str, own: Sequence[str]) -> Iterator[list[list[str]]]:
    """Yield the variants of a pattern, each as a list of parts with the words that fit there.

    Choices that contain several words yield a variant each.
    """
    options: list[list[list[list[str]]]] = []
    for part in _CHOICES.findall(text):
        choices = part[1:-1].split("|") if part.startswith("(") else [part]
        choices = [name for c in choices for name in (own if c == "@own" else [c])]
        single = [c for c in choices if " " not in c]
        several = [[[word] for word in c.split()] for c in choices if " " in c]
        options.append([*several, [single]] if single else several)
    for variant in product(*options):
        yield [word for part in variant for word in part]


def _compiled(group: str, text: str, parts: list[list[str]]) -> Pattern:
    anchor = max(range(len(parts)), key=lambda n: (_telling(parts[n]), -n))
    exact, starts, loose = [], [], False
    for choice in parts[anchor]:
        word = fold(choice.removeprefix("="))
        if word.startswith("*"):
            loose = True
        elif word.endswith("*"):
            starts.append(word[:-1])
        else:
            exact.append(word)
    return Pattern(group, text, parts, anchor, exact, starts, loose)


def _telling(choices: Iterable[str]) -> tuple[int, int]:
    """Rank a position by how rarely it matches: lowest for a gap, highest for long whole words."""
    choices = list(choices)
    if choices == ["..."]:
        return -1, 0
    loose = any(c.startswith("*") for c in choices)
    frequent_words = _frequent()
    frequent = any(c.lower() in frequent_words for c in choices)
    return 0 if loose else 1 if frequent else 2, min(len(c.strip("*=")) for c in choices)


def check_pattern(text: str) -> None:
    """Check that a user's pattern can be searched for.

    Raises:
        ValueError: it cannot; the message says why.
    """
    if not re.search(r"\w{2}|@own", text):
        raise ValueError("it holds no word")
    rest = re.sub(r"\([^()]+\)", "", text)
    if "(" in rest or ")" in rest:
        raise ValueError("a bracket is not closed, or brackets stand in brackets")
    if any(len(part.strip("*=")) < 2 for part in re.findall(r"[^\s()|]*\*[^\s()|]*", text)):
        raise ValueError("a star needs at least two letters beside it")
