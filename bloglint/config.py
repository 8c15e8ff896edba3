"""The settings of a user, merged from bloglint.yml, [tool.bloglint] and the command line."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

from bloglint.globs import absolute
from bloglint.model import (
    REASONS,
    UNKNOWN_SUPPRESSION,
    UNUSED_SUPPRESSION,
    WEIGHTS,
    ConfigError,
    Severity,
    translate,
)
from bloglint.rules import Rule
from bloglint.text.grammar import JudgedLanguage
from bloglint.text.patterns import check_pattern
from bloglint.yamlfile import convert, missing, nearest, read_yaml, unread

#: The rule that reports house terms.
TERMS = "craft-terms"
NAMES = ("bloglint.yml", "bloglint.yaml")
_FORMS = translate("List each form of it.")
_FORBID = translate("Write it there; to forbid a phrase, write a rule of your own.")
_WHOLE = translate("Set its options for all files, under options.")
PATTERNS = translate("Write words, word*, (a|b) or ...; CONTRIBUTING.md explains them.")


class Pause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from"}):
    """An announced pause; ``from`` and ``to`` are its first and last day."""

    first: date
    to: date
    why: str = ""

    def __post_init__(self) -> None:
        if self.to < self.first:
            raise ValueError("this pause ends before it begins")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The company's own voice: phrases to count in addition, and phrases never to count.

    Attributes:
        add: patterns by rule or ``rule/group``, in any language.
        allow: patterns exempt from all rules, in any language.
    """

    add: dict[str, list[str]] = {}
    allow: list[str] = []


class PerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is different for some files: rules that do not count there, and options of rules.

    Options hold for rules on single posts.
    """

    ignore: list[str] = []
    options: dict[str, dict[str, Any]] = {}


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of a configuration; every key has a default, so an empty file is valid.

    Attributes:
        source: the blog, where none is named: a folder, a feed or an address.
        press: the newsrooms to compare with.
        profile: how strict the limits are (starter, standard or strict).
        select: the only rules that run, by id or the beginning of ids.
        ignore: rules that do not run, by id or the beginning of ids.
        words: phrases that count in addition (``add``, by rule), or never (``allow``).
        pauses: announced pauses, each with ``from``, ``to`` and ``why``; they are no silence.
        title: the name of the blog, where it does not say so itself.
        language: the language of posts that do not say so themselves.
        timezone: the zone of dates that name none, such as Europe/Berlin.
        fail_on: the severity from which a finding makes the exit code 1.
        fail_under: the score below which the exit code is 1.
        limit: how many of the newest posts are read.
        full_text: whether the articles of a feed that holds only summaries are fetched.
        extends: configurations that this one goes on from: a file, the name of an installed
            package, or an address with the SHA-256 of what it has to give.
        exclude: patterns of files that are no posts.
        options: the rules' own options, by rule id.
        rules: folders of the user's own YAML rules.
        weights: changes to the weights of reasons.
        severity: changes to the severity of rules, by id or prefix; the longest match wins.
        per_file: rules that do not count (``ignore``) and limits (``options``) for some files, by
            pattern.
        terms: what the house writes, by the words that it replaces, each form of them.
        names: the names of the company and its products.
        preview: whether rules in preview report.
        max_feed_mb: the size in megabytes above which a feed is refused.
        max_archive_mb: how many megabytes of an exported archive are unpacked and held in memory.
    """

    extends: list[str] = []
    source: str | None = None
    exclude: list[str] = []
    press: list[str] = []
    profile: Literal["starter", "standard", "strict"] = "standard"
    select: list[str] = []
    ignore: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    rules: list[str] = []
    weights: dict[str, float] = {}
    severity: dict[str, Severity] = {}
    per_file: dict[str, PerFile] = {}
    names: list[str] = []
    terms: dict[str, str] = {}
    words: Words = Words()
    pauses: list[Pause] = []
    title: str | None = None
    language: JudgedLanguage | None = None
    timezone: str | None = None
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    fail_under: float | None = None
    limit: int | Literal["all"] | None = None
    full_text: bool = False
    preview: bool = False
    max_feed_mb: float = 20
    max_archive_mb: float = 200

    @property
    def own_options(self) -> dict[str, dict[str, Any]]:
        """The user's options by rule id, with the house terms."""
        if not self.terms:
            return self.options
        own = self.options.get(TERMS, {})
        terms = {**own.get("terms", {}), **self.terms}
        return {**self.options, TERMS: {**own, "terms": terms}}

    def reason_weights(self) -> dict[str, float]:
        """Return the weight of every reason."""
        return {**WEIGHTS, **self.weights}

    def severity_of(self, rule: str, usual: Severity) -> Severity:
        """Return the severity of a rule's findings: the user's choice, else ``usual``."""
        named = [prefix for prefix in self.severity if _chosen(rule, [prefix])]
        return self.severity[max(named, key=len)] if named else usual

    def active(self, rules: Mapping[str, Rule]) -> frozenset[str]:
        """Return the rules left by ``select`` and ``ignore``, which match by id or prefix.

        One in preview has to be selected by its id, unless all of them are wanted.
        """
        return frozenset(
            name
            for name, rule in rules.items()
            if (not self.select or _chosen(name, self.select))
            and not _chosen(name, self.ignore)
            and (self.preview or rule.status != "preview" or name in self.select)
        )


class Settings(msgspec.Struct, frozen=True):
    """A configuration, its file, and the keys that files and the command line set."""

    config: Config = Config()
    file: Path | None = None
    on_command_line: frozenset[str] = frozenset()
    in_files: dict[str, tuple[Path, ...]] = {}

    def effective(self) -> Iterator[tuple[str, Any, str]]:
        """Yield every key with its value and the origin of that value."""
        for field in msgspec.structs.fields(Config):
            origin = "default"
            if files := self.in_files.get(field.name):
                origin = ", ".join(map(str, files))
            if field.name in self.on_command_line:
                origin = "command line"
            yield field.name, getattr(self.config, field.name), origin


def find_file(start: Path) -> Path | None:
    """Return the nearest configuration file from ``start`` upward."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        try:
            for name in NAMES:
                if (place / name).is_file():
                    return place / name
            project = place / "pyproject.toml"
            if project.is_file() and "[tool.bloglint" in project.read_text("utf-8", "replace"):
                return project
        except OSError:  # skip folders that may not be read
            continue
    return None


def load(
    start: Path, *, file: Path | None = None, isolated: bool = False, **given: Any
) -> Settings:
    """Load the settings for a source at ``start``; ``given``, from the command line, wins.

    Raises:
        ConfigError: a file, key or value is wrong; says where, and suggests the nearest name.
    """
    found = None if isolated else file or find_file(start)
    values: dict[str, Any] = {}
    in_files: dict[str, tuple[Path, ...]] = {}
    if found is not None:
        values = _read_relative(found)
        in_files = dict.fromkeys(values, (found,))
        if values.get("extends"):
            from bloglint.extending import extended

            values, in_files = extended(values, found, _read_relative)
    own = {name: value for name, value in given.items() if value is not None}
    where = str(found) if found else "command line"
    config = convert({**values, **own}, Config, where)
    if any(reason not in REASONS for reason in config.weights):
        wrong = next(reason for reason in config.weights if reason not in REASONS)
        message = translate("unknown reason {wrong!r}", wrong=wrong)
        raise ConfigError(message, nearest(wrong, list(REASONS)), where)
    return Settings(config, found, frozenset(own), in_files)


def check_rules(settings: Settings, rules: Mapping[str, Rule]) -> None:
    """Check that every rule and option named by the settings exists, and that phrases are valid.

    Raises:
        ConfigError: one does not exist, with the nearest as advice, or a pattern is invalid.
    """
    on_command_line = settings.on_command_line
    check_config(settings.config, rules, str(settings.file or "command line"), on_command_line)


def check_config(
    config: Config,
    rules: Mapping[str, Rule],
    where: str,
    on_command_line: Collection[str] = (),
) -> None:
    """Check a configuration that was read from ``where``, as `check_rules` does."""
    for key in ("select", "ignore", "severity"):
        place = "--" + key if key in on_command_line else where
        for prefix in getattr(config, key):
            own = (UNUSED_SUPPRESSION, UNKNOWN_SUPPRESSION) if key == "severity" else ()
            _check_known(prefix, (*rules, *own), place)
    for text in (*config.words.allow, *(t for own in config.words.add.values() for t in own)):
        try:
            check_pattern(text)
        except ValueError as error:
            message = translate("no pattern: {text!r} ({error})", text=text, error=error)
            raise ConfigError(message, PATTERNS, where) from None
    for place in config.words.add:
        rule, _, group = place.partition("/")
        groups = rules[rule].phrase_groups() if rule in rules else {}
        if not groups:
            known = [name for name, one in rules.items() if one.phrase_groups()]
            message = translate("no rule {rule!r} has phrases", rule=rule)
            raise ConfigError(message, nearest(rule, known), where)
        if group and group not in groups:
            advice = nearest(group, list(groups))
            raise ConfigError(
                translate("rule {rule!r} has no group {group!r}", rule=rule, group=group),
                advice,
                where,
            )
    if empty := next((term for term, better in config.terms.items() if not better.strip()), None):
        message = translate("terms does not say what to write instead of {term!r}", term=empty)
        raise ConfigError(message, _FORBID, where)
    if pattern := next((term for term in config.terms if "*" in term), None):
        message = translate(
            "terms takes words as they stand, and no pattern: {term!r}", term=pattern
        )
        raise ConfigError(message, _FORMS, where)
    sizes = {"max_feed_mb": config.max_feed_mb, "max_archive_mb": config.max_archive_mb}
    numbers = {**config.weights, "fail_under": config.fail_under or 0.0, **sizes}
    for key, number in numbers.items():
        if not 0 <= number <= _MOST:  # NaN is in no range
            message = translate("{key} is {value}, which is no number from 0 to {most}", key=key,
                                value=number, most=_MOST)  # fmt: skip
            raise ConfigError(message, translate("Correct it."), where)
    check_options(config.own_options, rules, where)
    for for_files in config.per_file.values():
        check_options(for_files.options, rules, where)
        for rule in for_files.options:
            if rules[rule].scope != "post":
                message = translate("{rule} judges more than one post", rule=rule)
                raise ConfigError(message, _WHOLE, f"{where}: per_file")
        for prefix in for_files.ignore:
            _check_known(prefix, rules, where)


def _check_known(prefix: str, rules: Collection[str], where: str) -> None:
    """Check that there is a rule with this id or beginning."""
    if not any(_chosen(rule, [prefix]) for rule in rules):
        raise ConfigError(missing(prefix), nearest(prefix, [*rules, *REASONS]), where)


def check_options(
    own: Mapping[str, Mapping[str, Any]], rules: Mapping[str, Rule], where: str
) -> None:
    """Check that every rule and option for which a user sets a value exists.

    Numeric options must have numeric values.

    Raises:
        ConfigError: one does not exist, with the nearest as advice, or is not a valid number.
    """
    for rule, options in own.items():
        if rule not in rules:
            raise ConfigError(missing(rule), nearest(rule, list(rules)), where)
        for name, value in options.items():
            if name not in rules[rule].options:
                advice = nearest(name, list(rules[rule].options))
                raise ConfigError(
                    translate("rule {rule!r} has no option {name!r}", rule=rule, name=name),
                    advice,
                    where,
                )  # fmt: skip
            _check_number(rule, name, value, rules[rule].options[name].default, where)


#: The most days and the largest number that an option may name.
_CENTURY, _MOST = 36_525, 10**9


def _check_number(rule: str, name: str, value: Any, usual: Any, where: str) -> None:
    """Check that the value of a numeric option is a number, not negative.

    Options that count days must be at least 1, and at most a hundred years.
    """
    if isinstance(usual, bool) or not isinstance(usual, int | float):
        return
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    least, most = (1, _CENTURY) if name.endswith("days") else (0, _MOST)
    if not is_number or not least <= value <= most:  # NaN is in no range
        raise ConfigError(
            translate(
                "{rule}: {name} is {value}, which is no number from {least} to {most}",
                rule=rule,
                name=name,
                value=repr(value)[:40],
                least=least,
                most=most,
            ),
            translate("Usual is {usual}.", usual=usual),
            where,
        )


def _chosen(rule: str, prefixes: Iterable[str]) -> bool:
    return any(rule == p or rule.startswith(p.rstrip("-") + "-") for p in prefixes)


def _read(path: Path) -> dict[str, Any]:
    if path.suffix != ".toml":
        return {
            name: getattr(config, name)
            for config in [read_yaml(path, Config)]
            for name in config.__struct_fields__
            if getattr(config, name) != getattr(Config(), name)
        }
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # a number may have too many digits
        raise ConfigError(unread(error), "", str(path)) from None
    tool = values.get("tool", {})
    own = tool.get("bloglint", {}) if isinstance(tool, dict) else {}
    if isinstance(own, dict):
        own.pop("$schema", None)
    convert(own, Config, f"{path} [tool.bloglint]")
    return dict(own)


def _read_relative(path: Path) -> dict[str, Any]:
    """Read a configuration, and resolve its paths against its own folder."""
    return _relative(_read(path), path.parent)


def _relative(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Resolve the paths in a configuration against its own folder.

    Results inside the working directory are shortened to relative paths.
    """

    def place(source: str) -> str:
        if "://" in source or source == "-":
            return source
        here = Path(os.path.normpath(folder / source))
        near = Path.cwd()
        return str(here.relative_to(near) if here.is_relative_to(near) else here)

    def pattern(one: str) -> str:
        is_name = "/" not in one.rstrip("/")
        return one if is_name else absolute(folder / one).as_posix()

    changed = dict(values)
    if "exclude" in changed:
        changed["exclude"] = [pattern(one) for one in changed["exclude"]]
    if "per_file" in changed:
        changed["per_file"] = {pattern(one): own for one, own in changed["per_file"].items()}
    if "press" in changed:
        changed["press"] = [place(one) for one in changed["press"]]
    if "rules" in changed:  # a bare name that is no folder here may be a package
        changed["rules"] = [
            one if "/" not in one and not (folder / one).is_dir() else place(one)
            for one in changed["rules"]
        ]
    if changed.get("source"):
        changed["source"] = place(changed["source"])
    return changed
