"""Validation of the options in rule files against those that their checks declare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from inspect import signature
from pathlib import Path
from typing import Any

import msgspec

from bloglint.checks.registry import Check, find_check
from bloglint.model import ConfigError, translate
from bloglint.model.messages import plain
from bloglint.rules import Rule, load_rules, rule_folder
from bloglint.yamlfile import nearest

#: How many arguments the check of a rule on a post takes, and that of any other.
_OF_A_POST, _OF_A_BLOG = 3, 2
PROFILES = ("starter", "standard", "strict")


def load_checked_rules(folders: Iterable[str] = ()) -> dict[str, Rule]:
    """Return bloglint's rules and those of a user's folders, whose options fit their checks.

    Raises:
        ConfigError: a rule cannot be read, or an option is missing, unknown or of the wrong type.
    """
    rules = load_rules(map(rule_folder, folders))
    check_rule_options(rule for rule in rules.values() if rule.file)
    return rules


def check_rule_options(rules: Iterable[Rule]) -> None:
    """Check that every rule gives its check the options it needs, in every profile.

    Raises:
        ConfigError: an option is missing, unknown or of the wrong type; the error names the file,
            the line and the nearest option.
    """
    for rule in rules:
        try:
            check = find_check(rule.check)
        except ConfigError as error:
            raise ConfigError(error.message, error.advice, rule.file) from None
        _check_scope(rule, check)
        for profile in PROFILES:
            try:
                check.options_from(rule.options_at(profile))
            except msgspec.ValidationError as error:
                raise _refused(rule, check, str(error)) from None


def _check_scope(rule: Rule, check: Check) -> None:
    """Check that a rule on posts has a check that takes one, and another rule one that does not."""
    takes = len(signature(check.function).parameters)
    if takes not in (_OF_A_POST, _OF_A_BLOG) or (rule.scope == "post") == (takes == _OF_A_POST):
        return
    form, advice = "the check {check!r} judges more than one post", "Write scope: blog, or posts."
    if takes == _OF_A_POST:
        form, advice = "the check {check!r} judges a single post", "Write scope: post."
    raise ConfigError(translate(form, check=check.name), translate(advice), _place(rule, ""))


def _refused(rule: Rule, check: Check, problem: str) -> ConfigError:
    declared = (
        [field.name for field in msgspec.structs.fields(check.options)] if check.options else []
    )
    unknown = [name for name in rule.options if name not in declared]
    missing = re.search(r"missing required field `(\w+)`", problem)
    option = re.search(r"`\$\.(\w+)", problem)
    if unknown:
        message = translate("the check {check!r} has no option {name!r}", check=check.name,
                            name=unknown[0])  # fmt: skip
        return ConfigError(message, nearest(unknown[0], declared), _place(rule, unknown[0]))
    if missing:
        message = translate("the check {check!r} needs the option {name!r}", check=check.name,
                            name=missing[1])  # fmt: skip
        advice = translate("Write it under options: {name}: {{default: …}}.", name=missing[1])
        return ConfigError(message, advice, _place(rule, ""))
    name = option[1] if option else ""
    return ConfigError(plain(f"{name}: {problem}"), translate("Correct it."), _place(rule, name))


def _place(rule: Rule, option: str) -> str:
    """Return a rule's file with the line of one of its options, or of the options as a whole."""
    if not rule.file or not Path(rule.file).is_file():
        return rule.file or rule.id
    import yaml

    root: Any = yaml.compose(Path(rule.file).read_text("utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for name in ("options", option):
        pair = next((p for p in getattr(root, "value", ()) if p[0].value == name), None)
        if pair is None:
            break
        line, root = pair[0].start_mark.line + 1, pair[1]
    return f"{rule.file}:{line}"
