"""Patterns of words that a person without code can write, made ready to be looked for.

A pattern is words with spaces between. ``word`` is that word in any case, ``=Word`` in this case
only, ``word*`` and ``*word*`` what begins with it or holds it, ``(a|b*|c d)`` any of them, ``...``
up to three words, ``@own`` the blog's own name or products.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

import msgspec

from bloglint.lazy import lazy
from bloglint.text.grammar import each

#: group → language → patterns
Groups = Mapping[str, Mapping[str, Sequence[str]]]
_CHOICES = lazy(r"\([^()]*\)|\S+")


@cache
def _frequent() -> frozenset[str]:
    """Words in every sentence: no pattern is looked for by them where it holds another one."""
    return frozenset(each("frequent_words"))


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """One pattern, or one of its variants where choices have several words.

    ``parts`` are its places, each with the words that fit. Wherever it stands, the token at place
    ``anchor`` is one of the words ``exact``, begins with one of ``starts``, or, where ``loose`` is
    set, ends with or holds one of that place's words; words are folded.
    """

    group: str
    text: str
    parts: list[list[str]]
    anchor: int
    exact: list[str]
    starts: list[str]
    loose: bool


def fold(word: str) -> str:
    """A word as it is compared: no capitals, and ß as the Swiss write it."""
    return word.lower().replace("ß", "ss")


def compile_groups(
    groups: Groups, language: str, own_names: Sequence[str] | None = None
) -> list[Pattern]:
    """The patterns of all groups in one language, in their order.

    Those with ``@own`` are left out where ``own_names`` is None, and are the only ones otherwise;
    without a name what else fits in its place stays.
    """
    return [
        _compiled(group, text, parts)
        for group, languages in groups.items()
        for text in languages.get(language, ())
        if ("@own" in text) == (own_names is not None)
        for parts in variants(text, own_names or ())
    ]


def variants(text: str, own: Sequence[str]) -> Iterator[list[list[str]]]:
    """A pattern's parts, each a list of words; choices of several words make variants."""
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
    """How seldom a place fits: nowhere for a gap, seldom for whole long words."""
    choices = list(choices)
    if choices == ["..."]:
        return -1, 0
    loose = any(c.startswith("*") for c in choices)
    frequent_words = _frequent()
    frequent = any(c.lower() in frequent_words for c in choices)
    return 0 if loose else 1 if frequent else 2, min(len(c.strip("*=")) for c in choices)


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
