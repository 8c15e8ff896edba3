"""The command-line application; only here do errors become text and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from errno import ENAMETOOLONG
from importlib import import_module

import typer

from bloglint import __version__
from bloglint.cli.choices import language_asked
from bloglint.cli.usage import UsageError, said
from bloglint.model import BloglintError, SourceError, translate

#: The commands in the order of the help, with their modules and what the list of them says.
_COMMANDS = {
    "check": ("check", "Judge one or more blogs, or drafts by what they do to their blog."),
    "report": (
        "report",
        "Report on one or many blogs: the most urgent first, what changed, what is due.",
    ),
    "audit": ("audit", "Say of every post of the archive: keep, update, merge or cut, and why."),
    "plan": (
        "plan",
        "Find the fewest steps over eight weeks to the next grade, with dates and authors.",
    ),
    "init": ("init", "Write a commented configuration for the blog here or at an address."),
    "rules": ("rules", "List the rules."),
    "rule": ("rules", "Explain one rule: what, why, limits and their source, options, examples."),
    "config": ("config", "Show the effective configuration and where each value comes from."),
    "history": (
        "history",
        "List, export or prune what `report` has stored; put a broken history aside.",
    ),
    "cache": ("cache", "Show or clear the cache."),
    "lsp": ("lsp", "Serve an editor: findings while a post is being written."),
    "mcp": ("mcp", "Serve agents: check a draft, explain a rule, list what is due."),
}
#: The most characters of a path in an error.
_SHOWN = 200
#: Names that other linters have for commands.
_SYNONYMS = {"explain": "rule"}


def application(arguments: Sequence[str]) -> typer.Typer:
    """Return the application with the command that is called, or with all of them.

    Nothing but their names is loaded where only the list of commands is asked for.
    """
    app = typer.Typer(
        name="bloglint",
        help="The linter for the editorial health of corporate blogs.",
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_root)
    named = next(iter(arguments), "--help")
    called = _SYNONYMS.get(named, named)
    for name in [called] if called in _COMMANDS else _COMMANDS:
        module, says = _COMMANDS[name]
        function = _nothing
        if named not in ("-h", "--help"):
            function = getattr(import_module(f"bloglint.cli.{module}"), name)
        app.command(named if name == called else name, help=says)(function)
    return app


def _nothing() -> None:
    """Stand in for a command that is only listed."""


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"bloglint {__version__}")
        raise typer.Exit


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
        command = typer.main.get_command(application(sys.argv[1:]))
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
        sys.exit(3 if isinstance(error, SourceError) else 2)
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = str(error.filename or "")
        shown = f"{place[:_SHOWN]}…" if len(place) > _SHOWN else place
        message = translate("{place}: {why}", place=shown, why=error.strerror or str(error))
        typer.echo(f"bloglint: {message.in_language(language_asked(sys.argv[1:]))}", err=True)
        sys.exit(2 if error.errno == ENAMETOOLONG else 4)
