"""Reading of rules from YAML, both built-in and the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from bloglint import languages
from bloglint.model import REASONS, ConfigError
from bloglint.rules.schema import PhraseList, Rule, RuleWords, Words, WordWeights
from bloglint.text.grammar import judged_languages
from bloglint.yamlfile import convert, missing, nearest, read_yaml

#: Every text of our rules exists in these languages; others may be in the languages' own folders.
REQUIRED = frozenset({"en", "de"})
#: What a rule need not say.
_OPTIONAL = frozenset({"why", "source"})
Part = PhraseList | WordWeights
#: Folders of these names hold phrase lists and tables of weighted words, one per file.
PARTS: Mapping[str, type[Part]] = {"lists": PhraseList, "words": WordWeights}


def read_folder(
    folder: Path,
    found: dict[str, Rule],
    lists: list[tuple[Part, Path]],
    required: frozenset[str] = frozenset(),
) -> None:
    """Add the rules in a folder to ``found``, and their phrase lists and tables to ``lists``.

    Every text has to exist in the ``required`` languages; if none are, in those of the title.

    Raises:
        ConfigError: a file is not a valid rule, or its id is already in use.
    """
    for path in sorted(folder.rglob("*.yml")):
        kind = PARTS.get(path.parent.name)
        if kind is not None:
            lists.append((read_yaml(path, kind), path))
            continue
        rule = read_rule(path, required)
        if rule.id in found:
            raise ConfigError(f"a rule {rule.id!r} exists already", "Rename it.", str(path))
        found[rule.id] = rule


def in_order(found: dict[str, Rule], lists: Iterable[tuple[Part, Path]]) -> dict[str, Rule]:
    """Return the rules with their phrase lists and tables, in the order of `REASONS`.

    Raises:
        ConfigError: a list belongs to no known rule.
    """
    for words, path in lists:
        if words.of not in found:
            advice = nearest(words.of, list(found))
            raise ConfigError(f"there is no rule {words.of!r}", advice, str(path))
        rule = found[words.of]
        if isinstance(words, WordWeights):
            rule = msgspec.structs.replace(rule, tables=(*rule.tables, words))
        else:
            rule = msgspec.structs.replace(rule, lists=(*rule.lists, words))
        found[rule.id] = rule
    order = {reason: place for place, reason in enumerate(REASONS)}
    return dict(sorted(found.items(), key=lambda item: order[item[1].reason]))


def with_languages(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return the rules with the words and phrases that each language's ``rules.yml`` adds.

    Raises:
        ConfigError: a file names an unknown rule, or an unknown part of one.
    """
    found = dict(rules)
    for code in languages.codes():
        for name, words in languages.rule_words(code).items():
            where = f"{languages.FOLDER.name}/{code}/rules.yml"
            if name not in found:
                raise ConfigError(missing(name), nearest(name, list(found)), where)
            found[name] = _translated(found[name], code, convert(words, RuleWords, where))
    return found


def _translated(rule: Rule, code: str, words: RuleWords) -> Rule:
    def more(texts: Words, own: str) -> Words:
        return {**texts, code: own} if own else texts

    added = {group: {code: texts} for group, texts in words.phrases.items()}
    return msgspec.structs.replace(
        rule,
        title=more(rule.title, words.title),
        why=more(rule.why, words.why),
        source=more(rule.source, words.source),
        message={k: more(t, words.message.get(k, "")) for k, t in rule.message.items()},
        advice={k: more(t, words.advice.get(k, "")) for k, t in rule.advice.items()},
        brief={k: more(t, words.brief.get(k, "")) for k, t in rule.brief.items()},
        phrases={
            group: {**rule.phrases.get(group, {}), **added.get(group, {})}
            for group in dict.fromkeys((*rule.phrases, *added))
        },
        exceptions={**rule.exceptions, code: words.exceptions}
        if words.exceptions
        else rule.exceptions,
    )


def with_words(
    rules: Mapping[str, Rule], add: Mapping[str, Sequence[str]], allow: Sequence[str]
) -> dict[str, Rule]:
    """Return the rules with the user's own phrases and exceptions.

    Args:
        rules: the rules by id.
        add: phrases by ``rule`` or ``rule/group``; those for a rule as a whole join its first
            group.
        allow: phrases that become exceptions to every rule that looks for phrases.
    """
    found = dict(rules)
    for place, texts in add.items():
        name, _, group = place.partition("/")
        rule = found[name]
        first = group or next(iter(rule.phrase_groups()))
        own = {language: list(texts) for language in judged_languages()}
        words = PhraseList(first, name, about={}, why={}, phrases=own)
        found[name] = msgspec.structs.replace(rule, lists=(*rule.lists, words))
    if allow:
        for name, rule in found.items():
            if rule.phrase_groups():
                exceptions = {
                    language: [*rule.exceptions.get(language, ()), *allow]
                    for language in judged_languages()
                }
                found[name] = msgspec.structs.replace(rule, exceptions=exceptions)
    return found


def read_rule(path: Path, required: frozenset[str] = frozenset()) -> Rule:
    """Read the rule in one file, whose texts exist in the ``required`` languages.

    Raises:
        ConfigError: the file is not a valid rule.
    """
    rule = read_yaml(path, Rule)
    _check_words(rule, path, required)
    return msgspec.structs.replace(rule, file=str(path))


def _check_words(rule: Rule, path: Path, required: frozenset[str]) -> None:
    """Check that the reason is known and that every text exists in the languages it has to.

    Raises:
        ConfigError: it is not, or a text is missing.
    """
    if rule.reason not in REASONS:
        advice = f"One of {', '.join(REASONS)}."
        raise ConfigError(f"unknown reason {rule.reason!r}", advice, str(path))
    texts: Mapping[str, Words] = {
        "title": rule.title,
        "why": rule.why,
        "source": rule.source,
        **{f"message.{case}": words for case, words in rule.message.items()},
        **{f"advice.{case}": words for case, words in rule.advice.items()},
        **{f"brief.{case}": words for case, words in rule.brief.items()},
    }
    for example in rule.examples:
        for day in (*example.dates, example.as_of, *filter(None, example.reviews)):
            _check_day(day, path)
    if not any(rule.title.values()):
        raise ConfigError("title is empty", "Write it as title: {en: …}.", str(path))
    for case in rule.message.keys() - rule.advice.keys():
        raise ConfigError(f"advice is missing for {case}", "Write it.", str(path))
    required = required or frozenset(rule.title)
    for key, words in texts.items():
        missing = required - set(words)
        if missing and (words or key not in _OPTIONAL):
            problem = f"{key} is missing in {', '.join(sorted(missing))}"
            advice = f"Every text is written in {', '.join(sorted(required))}."
            raise ConfigError(problem, advice, str(path))
    options = {f"options.{name}.about": one.about for name, one in rule.options.items()}
    for key, words in options.items():
        if words and required == REQUIRED and "en" not in words:
            raise ConfigError(f"{key} is missing in en", "Write it in English.", str(path))
    for groups in (rule.phrases, {"exceptions": rule.exceptions}):
        for group, by_language in groups.items():
            for text in (text for texts in by_language.values() for text in texts):
                if not any(map(str.isalnum, text)):
                    problem = f"{group} holds {text!r}, which is no phrase: it has no word"
                    raise ConfigError(problem, "Write words, or delete it.", str(path))


def _check_day(day: str, path: Path) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        problem = f"examples name {day!r}, which is no day"
        raise ConfigError(problem, "Write it as 2026-05-03.", str(path)) from None
