"""Options shared by several commands, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bloglint.cli.choices import By, Colour, FailOn, Lang, Profile, Tables
from bloglint.reporters.registry import Command, names

Press = Annotated[
    list[str] | None,
    typer.Option("--press", metavar="SOURCE", help="Press releases to compare with; repeatable."),
]
OneSource = Annotated[
    str | None,
    typer.Argument(
        metavar="SOURCE", help="Feed, folder, export or address (default: the configured source)."
    ),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judge as of this day.")]
Fails = Annotated[
    FailOn | None,
    typer.Option("--fail-on", help="The severity that makes the exit code 1 (default: error)."),
]
FailUnder = Annotated[
    float | None,
    typer.Option(
        "--fail-under",
        min=0,
        max=100,
        metavar="SCORE",
        help="Exit code 1 when a blog scores less.",
    ),
]
Database = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The history (default: the platform's data folder)."),
]


def complete_rules(incomplete: str) -> list[str]:
    """Return the rules and reasons that begin with what is typed, behind a last comma."""
    from bloglint.rules import load_rules

    before, comma, typed = incomplete.rpartition(",")
    known = load_rules()
    prefixes = {rule.partition("-")[0] for rule in known}
    return [f"{before}{comma}{one}" for one in sorted({*known, *prefixes}) if one.startswith(typed)]


Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="RULE", help="Only these rules.", autocompletion=complete_rules
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="RULE", help="Not these rules.", autocompletion=complete_rules
    ),
]
WithPlan = Annotated[
    bool,
    typer.Option("--plan", help="Also what it would take to the next grade (page and JSON)."),
]
Preview = Annotated[
    bool | None, typer.Option("--preview", help="Rules in preview as well, which are often wrong.")
]
Strictness = Annotated[Profile | None, typer.Option("--profile", help="How strict the limits are.")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="This configuration.")
]
Isolated = Annotated[bool, typer.Option("--isolated", help="No configuration, no baseline.")]
Language = Annotated[Lang | None, typer.Option("--lang", help="Language of the messages.")]
Limit = Annotated[str | None, typer.Option("--limit", metavar="N|all", help="The newest N posts.")]
FullText = Annotated[
    bool | None,
    typer.Option("--full-text", help="Fetch the articles of a feed that holds only summaries."),
]
Offline = Annotated[bool, typer.Option("--offline", help="Work offline, from the cache.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ignore cached answers.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="N", help="Processes (default: by the work)."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep nothing on disk.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="One line a blog.")]


Traffic = Annotated[
    Path | None,
    typer.Option("--traffic", metavar="FILE", help="Visits by address (CSV): the most read first."),
]
Show = Annotated[
    int | None, typer.Option("--show", min=1, metavar="N", help="List the N worst findings.")
]
TableChoice = Annotated[Tables | None, typer.Option("--table", help="The table that CSV shows.")]
Open = Annotated[bool, typer.Option("--open", help="Show the written page in the browser.")]
All = Annotated[bool, typer.Option("--all", help="List every finding.")]
ListBy = Annotated[By | None, typer.Option("--by", help="List the findings by this.")]
Color = Annotated[
    Colour, typer.Option("--color", help="Use colour (NO_COLOR and FORCE_COLOR are heeded).")
]


def format_option(command: Command) -> Any:
    """The ``--format`` option of a command, with help and completion from the registry."""
    known = names(command)

    def complete(incomplete: str) -> list[str]:
        return [name for name in known if name.startswith(incomplete)]

    return typer.Option(
        None,
        "--format",
        "--output-format",
        metavar="NAME[=FILE]",
        help=", ".join(known),
        autocompletion=complete,
    )
