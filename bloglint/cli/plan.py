"""``bloglint plan``: the fewest steps over eight weeks to the next grade."""

from __future__ import annotations

from enum import StrEnum

import typer

from bloglint.cli.choices import cache_unless, language_of
from bloglint.cli.options import AsOf, ConfigFile, FullText, Isolated, Language, OneSource, Press
from bloglint.cli.validation import is_post, source_of
from bloglint.model import ConfigError, translate


class PlanFormat(StrEnum):
    """The format of a plan."""

    terminal = "terminal"
    json = "json"


def plan(
    source: OneSource = None,
    as_of: AsOf = None,
    press: Press = None,
    format_: PlanFormat = typer.Option(PlanFormat.terminal, "--format", help="Format."),
    full_text: FullText = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    lang: Language = None,
) -> None:
    """Find the fewest steps over eight weeks to the next grade, with dates and authors."""
    from bloglint.api import plan_source
    from bloglint.config import load
    from bloglint.paths import place_of
    from bloglint.reporters.plan import write_json, write_terminal
    from bloglint.running.options import RunOptions

    settings = load(
        place_of(source or "."),
        file=config,
        isolated=isolated,
        press=press or None,
        full_text=full_text,
    )
    named = source_of(source, settings)
    if is_post(named):
        raise ConfigError(
            translate("a plan is made for a whole blog, not for one post"),
            translate("Name its folder, feed or address."),
            named,
        )
    found = plan_source(named, settings, RunOptions(as_of, cache_unless(False)))
    write = write_json if format_ is PlanFormat.json else write_terminal
    typer.echo(write(found, language_of(lang)), nl=False)
