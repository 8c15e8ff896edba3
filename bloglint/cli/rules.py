"""``bloglint rules`` and ``bloglint rule ID``."""

from __future__ import annotations

import json
import textwrap
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bloglint.cli.choices import Lang, language_of
from bloglint.cli.options import complete_rules
from bloglint.languages import labels
from bloglint.model import ConfigError, say, translate

if TYPE_CHECKING:
    from bloglint.rules import Rule


class RulesFormat(StrEnum):
    """How the rules are listed."""

    text = "text"
    json = "json"


def rules(
    lang: Lang = typer.Option(None, "--lang", help="Language of the titles."),
    config: Path = typer.Option(None, "--config", metavar="FILE", help="This configuration."),
    format_: RulesFormat = typer.Option(
        RulesFormat.text, "--format", "--output-format", help="As text or as JSON."
    ),
) -> None:
    """List the rules."""
    language = language_of(lang)
    found = _load(config)
    if format_ == RulesFormat.json:
        typer.echo(json.dumps([_of(one, language) for one in found.values()], ensure_ascii=False,
                              indent=2))  # fmt: skip
        return
    for one in found.values():
        severity = (
            one.severity
            if isinstance(one.severity, str)
            else "/".join(dict.fromkeys(one.severity.values()))
        )
        status = f" ({one.status})" if one.status != "stable" else ""
        typer.echo(f"{one.id:<28} {severity:<14} {say(one.title, language)}{status}")


def _of(one: Rule, language: str) -> dict[str, Any]:
    """A rule as JSON, without phrases, weights and examples."""
    return {
        "id": one.id,
        "reason": one.reason,
        "scope": one.scope,
        "severity": one.severity,
        "status": one.status,
        "title": say(one.title, language),
        "why": say(one.why, language),
        "source": say(one.source, language),
        "options": {name: option.default for name, option in one.options.items()},
        "is_scored": one.score is not None,
    }


def rule(
    rule_id: str = typer.Argument(
        ..., metavar="ID", help="The rule's id.", autocompletion=complete_rules
    ),
    lang: Lang = typer.Option(None, "--lang", help="Language of the explanation."),
    config: Path = typer.Option(None, "--config", metavar="FILE", help="This configuration."),
) -> None:
    """Explain one rule: what, why, limits and their source, options, examples."""
    from bloglint.yamlfile import missing, nearest

    known = _load(config)
    family = [name for name in known if name.startswith(f"{rule_id}-")]
    if rule_id not in known and family:
        advice = translate("Name one of {family}.", family=", ".join(family))
        raise ConfigError(translate("{name} is a reason with several rules", name=rule_id), advice)
    if rule_id not in known:
        raise ConfigError(missing(rule_id), nearest(rule_id, list(known)))
    one, language = known[rule_id], language_of(lang)
    words = labels("rules", language)
    typer.echo(f"{one.id}: {say(one.title, language)}")
    severities = one.severity if isinstance(one.severity, dict) else {"": one.severity}
    said = ", ".join(f"{case} {level}".strip() for case, level in severities.items())
    typer.echo(f"{words['severity']}: {said}\n")
    if one.status == "preview":
        typer.echo(_wrapped(words["preview"], "") + "\n")
    _section(words["why"], say(one.why, language))
    typer.echo(f"{words['limits']}\n")
    for name, option in one.options.items():
        if name == "measure":
            continue
        typer.echo(_wrapped(f"{name} = {_short(option.default)}", "  "))
        if option.about:
            typer.echo(_wrapped(say(option.about, language), "      "))
        others = {"starter": option.starter, "strict": option.strict}
        values = [f"{profile} {_short(v)}" for profile, v in others.items() if v is not None]
        if values:
            typer.echo(f"      {', '.join(values)}")
    typer.echo()
    if one.signals:
        typer.echo(f"{words['signals']}\n")
        reasons = {f"{one.id}/{group.name}": say(group.why, language) for group in one.lists}
        for signal in sorted(one.signals, key=lambda signal: -signal.curve[-1][1]):
            name = say(signal.about, language) if signal.about else signal.name
            typer.echo(f"  {signal.curve[-1][1]:+5.1f}  {name}")
            if signal.phrases in reasons:
                typer.echo(_wrapped(reasons[signal.phrases], " " * 9))
        typer.echo()
    _section(words["source"], say(one.source, language))
    for verdict in ("bad", "good"):
        _example(one, verdict, language)


def _load(config: Path | None) -> dict[str, Rule]:
    """Our rules and those of the configuration that is in force here."""
    from bloglint.checks.rule_options import load_checked_rules
    from bloglint.config import load

    settings = load(Path(), file=config)
    return load_checked_rules(settings.config.rules)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, 78, initial_indent=indent, subsequent_indent=indent)


def _section(title: str, text: str) -> None:
    typer.echo(f"{title}\n\n{_wrapped(text, '  ')}\n")


def _example(rule: Rule, verdict: str, language: str) -> None:
    words = labels("rules", language)
    of_kind = [one for one in rule.examples if one.verdict == verdict]
    in_language = [one for one in of_kind if one.language == language]
    if not of_kind:
        return
    example = (in_language or of_kind)[0]
    typer.echo(f"{words[verdict]}\n")
    if example.dates:
        typer.echo(_wrapped(f"{words['posts']} {', '.join(example.dates)}", "  "))
    if example.authors:
        typer.echo(_wrapped(", ".join(example.authors), "  "))
    if example.reviews:
        typer.echo(_wrapped(f"review: {', '.join(filter(None, example.reviews))}", "  "))
    times = f" (× {example.repeat})" if example.repeat > 1 else ""
    for text in example.texts or [example.text] * bool(example.text):
        typer.echo(_wrapped(text.strip() + times, "  > "))
    for text in example.press:
        typer.echo(_wrapped(f"{words['press']}: {text}", "  < "))
    typer.echo()
