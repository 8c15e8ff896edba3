"""``bloglint rules`` and ``bloglint rule ID``."""

from __future__ import annotations

from difflib import get_close_matches

import typer

from bloglint.cli.check import Lang
from bloglint.model import ConfigError


def rules(lang: Lang = typer.Option(Lang.en, "--lang", help="Language of the titles.")) -> None:
    """List the rules."""
    from bloglint.rules import load_rules

    for one in load_rules().values():
        typer.echo(f"{one.id:<28} {one.title[lang.value]}")


def rule(
    rule_id: str = typer.Argument(..., metavar="ID", help="The rule's id."),
    lang: Lang = typer.Option(Lang.en, "--lang", help="Language of the explanation."),
) -> None:
    """Explain one rule: what, why, limits and their source."""
    from bloglint.rules import load_rules

    known = load_rules()
    if rule_id not in known:
        near = get_close_matches(rule_id, known, n=1)
        advice = f"Did you mean {near[0]!r}?" if near else "See `bloglint rules`."
        raise ConfigError(f"there is no rule {rule_id!r}", advice)
    one = known[rule_id]
    typer.echo(f"{one.id}\n{one.title[lang.value]}\n\n{one.why[lang.value]}\n")
    for name, option in one.options.items():
        typer.echo(f"  {name} = {option.default}  {option.about.get(lang.value, '')}")
    typer.echo(f"\n{one.source}")
