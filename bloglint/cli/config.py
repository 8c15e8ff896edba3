"""``bloglint config``: the effective configuration and where each value comes from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from bloglint.cli.choices import language_of
from bloglint.model import ConfigError, say, translate

_VALID = translate("{file} is valid")
_NONE = translate("there is no configuration here; the defaults hold")


class SchemaName(StrEnum):
    """The kinds of files that have a schema."""

    config = "config"
    portfolio = "portfolio"
    rule = "rule"


def config(
    source: str = typer.Argument(None, metavar="[SOURCE]", help="The blog it is meant for."),
    file: Path = typer.Option(None, "--config", metavar="FILE", help="This configuration."),
    isolated: bool = typer.Option(False, "--isolated", help="No configuration at all."),
    schema: SchemaName = typer.Option(
        None, "--schema", help="Print the JSON Schema of such a file instead."
    ),
    validate: bool = typer.Option(
        False, "--validate", help="Only say whether everything that it names is there."
    ),
) -> None:
    """Show the effective configuration and where each value comes from."""
    if schema is not None:
        import json

        from bloglint.scaffold.schemas import json_schema

        typer.echo(json.dumps(json_schema(schema.value), indent=2, ensure_ascii=False))
        return
    import msgspec
    import yaml

    from bloglint.checks.rule_options import load_checked_rules
    from bloglint.config import check_rules, load
    from bloglint.engine.examples import check_examples
    from bloglint.paths import place_of
    from bloglint.rules import with_words
    from bloglint.sources import is_address
    from bloglint.web import shown

    settings = load(place_of(source), file=file, isolated=isolated)
    rules = load_checked_rules(settings.config.rules)
    check_rules(settings, rules)
    named = settings.config.source
    if validate and named and not is_address(named) and not Path(named).exists():
        raise ConfigError(
            translate("there is no such file or folder"), translate("Check the path."), named
        )
    if validate:
        words = settings.config.words
        spoken = with_words(rules, words.add, words.allow)
        own = [rule for rule in spoken.values() if rule.file]
        check_examples(own, spoken, settings.config.names)
        typer.echo(say(_VALID if settings.file else _NONE, language_of(None)).format(
            file=settings.file))  # fmt: skip
        return
    for name, value, origin in settings.effective():
        text = yaml.safe_dump(
            {name: msgspec.to_builtins(value)}, allow_unicode=True, default_flow_style=False
        )
        first, *rest = (shown(line) for line in text.rstrip().splitlines())
        typer.echo(f"{first:<48} # {origin}")
        for line in rest:
            typer.echo(line)
