"""``bloglint check``: judge one or more blogs."""

from __future__ import annotations

import sys
from datetime import datetime, time
from enum import StrEnum

import typer

from bloglint.model import SEVERITIES, ConfigError, Report, SourceError, SourceFailure, Verdict


class Format(StrEnum):
    """How the report is written."""

    terminal = "terminal"
    json = "json"


class FailOn(StrEnum):
    """The least severity that makes the exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Lang(StrEnum):
    """The language of the messages."""

    en = "en"
    de = "de"


def end_of_day(text: str | None) -> datetime:
    """The last second of the day ``text`` in the local zone; now where none is named.

    Raises:
        ConfigError: it is no date.
    """
    if text is None:
        return datetime.now().astimezone()
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        raise ConfigError(f"{text!r} is no date", "Write it like 2026-06-30.", "--as-of") from None
    return datetime.combine(day, time(23, 59, 59)).astimezone()


def check(
    sources: list[str] = typer.Argument(..., metavar="SOURCE...", help="Feed, folder, post or -."),
    press: list[str] = typer.Option(
        None, "--press", metavar="SOURCE", help="Press releases to compare with; repeatable."
    ),
    as_of: str = typer.Option(None, "--as-of", metavar="DATE", help="Judge as of this day."),
    format: Format = typer.Option(Format.terminal, "--format", help="How to write the report."),
    fail_on: FailOn = typer.Option(FailOn.error, "--fail-on", help="What makes the exit code 1."),
    lang: Lang = typer.Option(Lang.en, "--lang", help="Language of the messages."),
) -> None:
    """Judge one or more blogs, or single posts."""
    from bloglint.lint import judge
    from bloglint.rules import load_rules
    from bloglint.sources import read_blog, read_press

    moment = end_of_day(as_of)
    rules = load_rules()
    verdicts: list[Verdict] = []
    releases, errors = read_press(press or (), as_of=moment)
    for source in sources:
        try:
            blog = read_blog(source, as_of=moment, stdin=sys.stdin.buffer)
        except SourceError as error:
            errors.append(SourceFailure(source, error.message, error.advice))
            continue
        verdicts.append(judge(blog, rules, as_of=moment, press=releases if press else None))
    report = Report(moment, tuple(verdicts), tuple(errors))
    if format is Format.json:
        from bloglint.reporters.json import write_json

        typer.echo(write_json(report), nl=False)
    else:
        from rich.console import Console

        from bloglint.reporters.terminal import write_terminal

        write_terminal(report, Console(), lang.value)
    raise typer.Exit(_exit_code(report, fail_on))


def _exit_code(report: Report, fail_on: FailOn) -> int:
    if report.errors:
        return 3
    if fail_on is FailOn.never:
        return 0
    failing = SEVERITIES[SEVERITIES.index(fail_on.value) :]
    return int(any(f.severity in failing for verdict in report.blogs for f in verdict.findings))
