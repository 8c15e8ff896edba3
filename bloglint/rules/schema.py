"""The structure of a rule's YAML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from bloglint.digests import digest, packed
from bloglint.model import Severity

Words = dict[str, str]  # language code → text


def interpolate(curve: Sequence[tuple[float, float]], x: float) -> float:
    """Return the curve's value at ``x``: linear between its points, constant outside."""
    (x0, y0), *rest = curve
    if x <= x0:
        return y0
    for x1, y1 in rest:
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        x0, y0 = x1, y1
    return y0


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One option of a rule; profiles may override ``default``."""

    default: Any
    starter: Any = None
    strict: Any = None
    about: Words = {}

    def at(self, profile: str) -> Any:
        """Return the value in ``profile``."""
        value = {"starter": self.starter, "strict": self.strict}.get(profile)
        return self.default if value is None else value


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a measure costs points, as a curve of (measured value, points lost).

    Among the rules of one ``group``, only the largest loss counts.
    """

    measure: str
    curve: list[tuple[float, float]]
    group: str | None = None

    @property
    def most(self) -> float:
        """The largest number of points that can be lost."""
        return max(points for _, points in self.curve)

    def loss(self, value: float) -> float:
        """Return the points lost at ``value``: linear between the curve's points, else constant."""
        return interpolate(self.curve, value)


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of evidence for or against: a value and what it adds to the log-odds.

    The value is a ``measure`` of the text or of its blog, the number of occurrences of ``phrases``
    per 1,000 words (short texts count as longer ones), or the weight of its ``words``.

    Attributes:
        name: the name of the signal.
        curve: the points of (value, what it adds).
        measure: a property of the text or of its blog.
        words: a table of weighted words of the rule.
        phrases: a list of phrases, as ``rule`` or ``rule/group``.
        others: how much an occurrence in a sentence about somebody else counts.
        closing: how many occurrences in the last paragraph do not count.
        about: the description, by language.
    """

    name: str
    curve: list[tuple[float, float]]
    measure: str | None = None
    phrases: str | None = None
    words: str | None = None
    others: float = 1.0
    closing: int = 0
    about: Words = {}

    def adds(self, value: float) -> float:
        """Return what ``value`` adds: linear between the curve's points, constant outside."""
        return interpolate(self.curve, value)


class PhraseList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases in a file of their own.

    Attributes:
        name: their group in the rule ``of``.
        of: the id of the rule.
        about, why: what the phrases are, and what they do to a reader, by language.
        phrases: the patterns, by language.
        speaks: whether they speak for what the rule looks for, or ``against`` it; the latter count
            even when negated.
    """

    name: str
    of: str
    about: Words
    why: Words
    phrases: dict[str, list[str]]
    speaks: Literal["for", "against"] = "for"


class WordWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words with learned weights, in a file of their own.

    Attributes:
        name: what signals of the rule ``of`` call the table.
        of: the id of the rule.
        about: how the weights were made, by language.
        weights: by language, the weight of each stemmed word: above 0 it speaks for what the rule
            looks for, below 0 against it.
    """

    name: str
    of: str
    about: Words
    weights: dict[str, dict[str, float]]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A miniature blog with the verdict expected of a rule.

    Its posts are one ``text``, or ``texts`` in turn on several ``dates``, to be looked at again on
    the days in ``reviews``. ``press`` holds the texts
    of press releases to compare them with, ``options`` those of the rule.
    """

    language: str
    verdict: Literal["good", "bad"]
    text: str = ""
    repeat: int = 1
    texts: list[str] = []
    press: list[str] = []
    dates: list[str] = []
    authors: list[str] = []
    reviews: list[str] = []
    options: dict[str, Any] = {}
    as_of: str = "2026-06-30"


class Read(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many findings of a rule people read on real blogs, in their place, and found wrong.

    Only those count that the rule still reports; ``benchmarks/precision.py`` counts them.
    """

    findings: int
    wrong: int


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule, as defined by its YAML file.

    Messages, advice and, for one line a finding, ``brief`` messages are by case of the rule. One in
    ``preview`` measures, and reports nothing unless it is asked for.
    """

    id: str
    reason: str
    check: str
    title: Words
    message: dict[str, Words]
    advice: dict[str, Words]
    scope: Literal["post", "posts", "blog"] = "post"
    why: Words = {}
    source: Words = {}
    severity: Severity | dict[str, Severity] = "warning"
    examples: list[Example] = []
    status: Literal["stable", "preview"] = "stable"
    brief: dict[str, Words] = {}
    read: Read | None = None
    options: dict[str, Option] = {}
    score: Score | None = None
    phrases: dict[str, dict[str, list[str]]] = {}
    exceptions: dict[str, list[str]] = {}
    signals: list[Signal] = []
    lists: tuple[PhraseList, ...] = ()
    tables: tuple[WordWeights, ...] = ()
    file: str = ""

    def options_at(self, profile: str) -> dict[str, Any]:
        """Return the value of every option in a profile, by name."""
        return {name: option.at(profile) for name, option in self.options.items()}

    def phrase_groups(self) -> dict[str, dict[str, list[str]]]:
        """Return all phrases by group and language; lists of the same name form one group."""
        groups = {name: dict(languages) for name, languages in self.phrases.items()}
        for one in self.lists:
            group = groups.setdefault(one.name, {})
            for language, texts in one.phrases.items():
                group[language] = [*group.get(language, ()), *texts]
        return groups

    def weights(self, name: str, language: str) -> dict[str, float]:
        """Return the weights of a table's words in a language; empty if it has none."""
        found = (one.weights.get(language) for one in self.tables if one.name == name)
        return next(filter(None, found), {})

    def severity_of(self, case: str) -> Severity:
        """Return the severity of one case of the rule."""
        return self.severity[case] if isinstance(self.severity, dict) else self.severity


class RuleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule's words and phrases in one language, as stored in that language's ``rules.yml``."""

    title: str = ""
    why: str = ""
    source: str = ""
    message: dict[str, str] = {}
    advice: dict[str, str] = {}
    brief: dict[str, str] = {}
    phrases: dict[str, list[str]] = {}
    exceptions: list[str] = []


def rules_digest(rules: Mapping[str, Rule]) -> bytes:
    """Return a hash of what the rules say."""
    return digest(packed(list(rules.values())))
