"""``bloglint config``: the effective configuration and where each value comes from."""

from __future__ import annotations

from pathlib import Path

import typer


def config(
    source: str = typer.Argument(None, metavar="[SOURCE]", help="The blog it is meant for."),
    file: Path = typer.Option(None, "--config", metavar="FILE", help="This configuration."),
    isolated: bool = typer.Option(False, "--isolated", help="No configuration at all."),
) -> None:
    """Show the effective configuration and where each value comes from."""
    import msgspec
    import yaml

    from bloglint.checks.rule_options import load_checked_rules
    from bloglint.config import check_rules, load
    from bloglint.paths import place_of
    from bloglint.web import shown

    settings = load(place_of(source), file=file, isolated=isolated)
    rules = load_checked_rules(settings.config.rules)
    check_rules(settings, rules)
    for name, value, origin in settings.effective():
        text = yaml.safe_dump(
            {name: msgspec.to_builtins(value)}, allow_unicode=True, default_flow_style=False
        )
        first, *rest = (shown(line) for line in text.rstrip().splitlines())
        typer.echo(f"{first:<48} # {origin}")
        for line in rest:
            typer.echo(line)
