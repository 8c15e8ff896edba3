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
from bloglint.cli.usage import UsageError, said
from bloglint.model import BloglintError

app = typer.Typer(
    name="bloglint",
    help="The linter for the editorial health of corporate blogs.",
    context_settings={"help_option_names": ["-h", "--help"]},
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


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"bloglint {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: bool = typer.Option(
        False,
        "--version",
        "-V",
        help="Print the version.",
        is_eager=True,
        callback=_print_version,
    ),
) -> None:
    """The linter for the editorial health of corporate blogs."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run() -> None:
    """Dispatch to a command and turn its errors into exit codes."""
    for stream in (sys.stdout, sys.stderr):  # a terminal without umlauts gets question marks
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        command = typer.main.get_command(app)
        if {"-h", "--help"}.intersection(sys.argv) or len(sys.argv) == 1:
            from bloglint.cli.help import prepare

            prepare(command, language_asked(sys.argv[1:]))
        sys.exit(command(standalone_mode=False) or 0)
    except UsageError as error:
        typer.echo(f"bloglint: {said(error, language_asked(sys.argv[1:]))}", err=True)
        sys.exit(2)
    except typer.Abort:
        sys.exit(130)
    except BloglintError as error:
        typer.echo(f"bloglint: {error.in_language(language_asked(sys.argv[1:]))}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
