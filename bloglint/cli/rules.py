"""``bloglint rules`` and ``bloglint rule ID``."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bloglint.cli.choices import Lang, language_of
from bloglint.cli.options import complete_rules
from bloglint.languages import labels
from bloglint.model import ConfigError, say, translate
from bloglint.reporters.rule_page import rule_page
from bloglint.rules import address_of

if TYPE_CHECKING:
    from bloglint.rules import Rule


#: The most columns of a page on a rule.
_COLUMNS = 80


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
    language = language_of(lang)
    typer.echo(_read_in_terminal(rule_page(known[rule_id], language)), nl=False)
    if address := address_of(rule_id, language):
        typer.echo("\n" + labels("rule_page", language)["online"].format(url=address))


def _read_in_terminal(page: str) -> str:
    """Return a page in Markdown as a terminal shows it, at most 80 columns wide."""
    from rich.console import Console
    from rich.markdown import Heading, Markdown

    class Left(Heading):
        """A heading at the left, without a box."""

        def __rich_console__(self, console: Console, options: Any) -> Iterator[Any]:
            self.text.justify = "left"
            yield self.text

    class Page(Markdown):
        """A page whose headings stand so."""

        elements = {**Markdown.elements, "heading_open": Left}

    is_terminal = sys.stdout.isatty()
    console = Console(
        width=min(_COLUMNS, shutil.get_terminal_size((_COLUMNS, 24)).columns),
        no_color=not is_terminal or bool(os.environ.get("NO_COLOR")),
        force_terminal=is_terminal,
    )
    with console.capture() as shown:
        console.print(Page(page))
    return "\n".join(line.rstrip() for line in shown.get().split("\n"))


def _load(config: Path | None) -> dict[str, Rule]:
    """Our rules and those of the configuration that is in force here."""
    from bloglint.checks.rule_options import load_checked_rules
    from bloglint.config import load

    settings = load(Path(), file=config)
    return load_checked_rules(settings.config.rules)
