"""Loads the rules from YAML: ours and the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from bloglint.model import REASONS, ConfigError, Severity
from bloglint.yamlfile import nearest, read_yaml

Words = dict[str, str]  # language code → text
#: Folders of this name hold phrase lists, one a file.
LISTS = "lists"


def quoted(text: str) -> Words:
    """A passage in the quotation marks of each language."""
    return {"en": f"“{text}”", "de": f"„{text}“"}


def interpolate(curve: Sequence[tuple[float, float]], x: float) -> float:
    """The curve's value at ``x``: linear between its points, flat outside."""
    (x0, y0), *rest = curve
    if x <= x0:
        return y0
    for x1, y1 in rest:
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        x0, y0 = x1, y1
    return y0


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One setting of a rule; the profiles may differ from ``default``."""

    default: Any
    starter: Any = None
    strict: Any = None
    about: Words = {}

    def at(self, profile: str) -> Any:
        """The value in ``profile``."""
        value = {"starter": self.starter, "strict": self.strict}.get(profile)
        return self.default if value is None else value


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a measure costs points: a curve of (measured value, points lost).

    Of the rules in one ``group`` only the largest loss counts.
    """

    measure: str
    curve: list[tuple[float, float]]
    group: str | None = None

    @property
    def most(self) -> float:
        """The most points that can be lost."""
        return max(points for _, points in self.curve)

    def loss(self, value: float) -> float:
        """Points lost at ``value``: linear between the curve's points, flat outside."""
        return interpolate(self.curve, value)


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that speaks for or against: a measure and what it adds to the log-odds.

    ``measure`` is a property of the text, ``rule`` or ``rule/group`` a list of phrases, whose
    occurrences are counted per 1,000 words (of at least 150). One in a sentence about somebody else
    counts ``others``; ``closing`` is how many in the last paragraph do not count.
    """

    name: str
    curve: list[tuple[float, float]]
    measure: str | None = None
    phrases: str | None = None
    others: float = 1.0
    closing: int = 0
    about: Words = {}

    def adds(self, value: float) -> float:
        """What ``value`` adds: linear between the curve's points, flat outside."""
        return interpolate(self.curve, value)


class PhraseList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases in a file of their own: ``name`` is their group in the rule ``of``.

    ``why`` says what they do to a reader. Those that speak ``against`` what the rule looks for
    count in a negated sentence too.
    """

    name: str
    of: str
    about: Words
    why: Words
    phrases: dict[str, list[str]]
    speaks: Literal["for", "against"] = "for"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A blog in short: a post's ``text``, or ``texts`` in turn on several ``dates``.

    ``press`` are the texts of press releases to compare with.
    """

    language: Literal["en", "de"]
    verdict: Literal["good", "bad"]
    text: str = ""
    repeat: int = 1
    texts: list[str] = []
    press: list[str] = []
    dates: list[str] = []
    authors: list[str] = []
    as_of: str = "2026-06-30"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as its YAML file says it."""

    id: str
    reason: str
    check: str
    scope: Literal["post", "posts", "blog"]
    title: Words
    why: Words
    source: Words
    severity: Severity | dict[str, Severity]
    message: dict[str, Words]
    advice: dict[str, Words]
    examples: list[Example]
    options: dict[str, Option] = {}
    score: Score | None = None
    phrases: dict[str, dict[str, list[str]]] = {}
    exceptions: dict[str, list[str]] = {}
    signals: list[Signal] = []
    lists: tuple[PhraseList, ...] = ()

    def phrase_groups(self) -> dict[str, dict[str, list[str]]]:
        """All phrases, by group and language; lists of one name are one group."""
        groups = {name: dict(languages) for name, languages in self.phrases.items()}
        for one in self.lists:
            group = groups.setdefault(one.name, {})
            for language, texts in one.phrases.items():
                group[language] = [*group.get(language, ()), *texts]
        return groups

    def severity_of(self, case: str) -> Severity:
        """The severity of one case of the rule."""
        return self.severity[case] if isinstance(self.severity, dict) else self.severity


def rules_folder() -> Path:
    """Where our rules lie: in the wheel, or in the checkout of an editable install."""
    here = Path(__file__).parent
    packaged = here / "_rules"
    return packaged if packaged.is_dir() else here.parent / "rules"


def load_rules(own: Iterable[Path] = ()) -> dict[str, Rule]:
    """All rules by id, in the order of the reasons' places; ``own`` are the user's folders.

    Raises:
        ConfigError: a file is no rule; says file, line, column and the nearest known key.
    """
    found: dict[str, Rule] = {}
    lists: list[tuple[PhraseList, Path]] = []
    for folder in (rules_folder(), *own):
        for path in sorted(folder.rglob("*.yml")):
            if path.parent.name == LISTS:
                lists.append((read_yaml(path, PhraseList), path))
                continue
            rule = read_rule(path)
            if rule.id in found:
                raise ConfigError(f"a rule {rule.id!r} exists already", "Rename it.", str(path))
            found[rule.id] = rule
    for words, path in lists:
        if words.of not in found:
            advice = nearest(words.of, list(found))
            raise ConfigError(f"there is no rule {words.of!r}", advice, str(path))
        rule = found[words.of]
        found[rule.id] = msgspec.structs.replace(rule, lists=(*rule.lists, words))
    order = {reason: place for place, reason in enumerate(REASONS)}
    return dict(sorted(found.items(), key=lambda item: order[item[1].reason]))


def with_words(
    rules: Mapping[str, Rule], add: Mapping[str, Sequence[str]], allow: Sequence[str]
) -> dict[str, Rule]:
    """The rules with the user's own phrases, by ``rule`` or ``rule/group``, and allowed ones.

    Phrases for a rule as a whole join its first group.
    """
    found = dict(rules)
    for place, texts in add.items():
        name, _, group = place.partition("/")
        rule = found[name]
        first = group or next(iter(rule.phrase_groups()))
        own = {language: list(texts) for language in ("en", "de")}
        words = PhraseList(first, name, about={}, why={}, phrases=own)
        found[name] = msgspec.structs.replace(rule, lists=(*rule.lists, words))
    if allow:
        for name, rule in found.items():
            if rule.phrase_groups():
                exceptions = {
                    language: [*rule.exceptions.get(language, ()), *allow]
                    for language in ("en", "de")
                }
                found[name] = msgspec.structs.replace(rule, exceptions=exceptions)
    return found


def read_rule(path: Path) -> Rule:
    """The rule in one file.

    Raises:
        ConfigError: the file is no valid rule.
    """
    rule = read_yaml(path, Rule)
    _check_words(rule, path)
    return rule


def _check_words(rule: Rule, path: Path) -> None:
    """Every text exists in both languages, every reason is known."""
    if rule.reason not in REASONS:
        raise ConfigError(f"unknown reason {rule.reason!r}", f"One of {REASONS}.", str(path))
    texts: Mapping[str, Words] = {
        "title": rule.title,
        "why": rule.why,
        "source": rule.source,
        **{f"message.{case}": words for case, words in rule.message.items()},
        **{f"advice.{case}": words for case, words in rule.advice.items()},
    }
    for key, words in texts.items():
        missing = {"en", "de"} - set(words)
        if missing:
            problem = f"{key} is missing in {', '.join(sorted(missing))}"
            raise ConfigError(problem, "Every text is written in English and German.", str(path))
