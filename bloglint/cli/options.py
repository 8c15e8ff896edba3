"""Options shared by several commands, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bloglint.cli.choices import FailOn, Lang, Profile
from bloglint.reporters.registry import Command, names

Press = Annotated[
    list[str] | None,
    typer.Option("--press", metavar="SOURCE", help="Press releases to compare with; repeatable."),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judge as of this day.")]
Fails = Annotated[FailOn | None, typer.Option("--fail-on", help="What makes the exit code 1.")]
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
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules.")
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
Offline = Annotated[bool, typer.Option("--offline", help="Ask no server: only what was kept.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask about everything again.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="N", help="Processes (default: by the work)."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep nothing on disk.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Only the verdict.")]


def format_option(command: Command) -> Any:
    """The ``--format`` option of a command, with help and completion from the registry."""
    known = names(command)

    def complete(incomplete: str) -> list[str]:
        return [name for name in known if name.startswith(incomplete)]

    return typer.Option(
        None,
        "--format",
        metavar="NAME[=FILE]",
        help=f"{', '.join(known)}; repeatable.",
        autocompletion=complete,
    )
