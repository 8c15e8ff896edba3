"""The command-line application; only here do errors become text and an exit code."""

from __future__ import annotations

import io
import os
import sys

import typer

from bloglint import __version__
from bloglint.cli.cache import cache
from bloglint.cli.check import check
from bloglint.cli.choices import language_asked
from bloglint.cli.config import config
from bloglint.cli.history import history
from bloglint.cli.init import init
from bloglint.cli.report import report
from bloglint.cli.rules import rule, rules
from bloglint.model import BloglintError

app = typer.Typer(
    name="bloglint",
    help="The linter for the editorial health of corporate blogs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(check)
app.command()(report)
app.command()(init)
app.command()(rules)
app.command()(rule)
app.command()(config)
app.command()(history)
app.command()(cache)


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True),
) -> None:
    if version:
        typer.echo(f"bloglint {__version__}")
        raise typer.Exit


def run() -> None:
    """Dispatch to a command and turn its errors into exit codes."""
    for stream in (sys.stdout, sys.stderr):  # a terminal without umlauts gets question marks
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except BloglintError as error:
        typer.echo(f"bloglint: {error.in_language(language_asked(sys.argv[1:]))}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
