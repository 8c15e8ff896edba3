"""``bloglint audit``: what to keep, bring up to date, merge or cut of a whole archive."""

from __future__ import annotations

from pathlib import Path

import typer

from bloglint.cli.choices import cache_unless, language_of
from bloglint.cli.options import AsOf, ConfigFile, FullText, Isolated, Language, OneSource, Traffic
from bloglint.cli.validation import source_of
from bloglint.model import ConfigError, say, translate

#: The formats, for the help; what writes them is imported with the first audit.
_FORMATS = ("terminal", "csv", "html", "json", "xlsx")


def audit(
    source: OneSource = None,
    as_of: AsOf = None,
    formats: list[str] = typer.Option(
        None, "--format", metavar="NAME[=FILE]", help=", ".join(_FORMATS)
    ),
    traffic: Traffic = None,
    everything: bool = typer.Option(False, "--all", help="List every post."),
    full_text: FullText = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    lang: Language = None,
) -> None:
    """Say of every post of the archive: keep, update, merge or cut, and why."""
    from bloglint.api import audit_source
    from bloglint.config import load
    from bloglint.paths import place_of
    from bloglint.reporters.audit import FORMATS, write_terminal
    from bloglint.running.options import RunOptions
    from bloglint.sources.traffic import read_visits

    targets = [_target(text) for text in formats or ["terminal"]]
    place = place_of(source or ".")
    settings = load(place, file=config, isolated=isolated, full_text=full_text, limit="all")
    named = source_of(source, settings)
    visits = read_visits(traffic) if traffic else None
    language = language_of(lang)
    found = audit_source(named, settings, RunOptions(as_of, cache_unless(False)), visits)
    for name, file in targets:
        if name == "terminal":
            text: str | bytes = write_terminal(found, language, everything=everything)
        else:
            text = FORMATS[name](found, language)
        if file is None:
            typer.echo(text, nl=False)
        else:
            _write(file, text, language)


def _target(text: str) -> tuple[str, Path | None]:
    """Return the name and the file of a format.

    Raises:
        ConfigError: there is no such format, it needs a file, or that cannot be written.
    """
    from bloglint.cli.output import file_of
    from bloglint.yamlfile import nearest

    name, _, place = text.partition("=")
    if name not in _FORMATS:
        message = translate("there is no format {name!r}", name=name)
        raise ConfigError(message, nearest(name, list(_FORMATS)), "--format")
    if name == "xlsx":
        from bloglint.reporters.xlsx import check_xlsx

        check_xlsx()
    return name, file_of(name, place, is_binary=name == "xlsx")


def _write(file: Path, text: str | bytes, language: str) -> None:
    from bloglint.cli.output import not_written

    try:
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(text, encoding="utf-8", errors="replace", newline="")
    except OSError as error:
        typer.echo(f"bloglint: {file}: {not_written(error)}", err=True)
        raise typer.Exit(4) from None
    typer.echo(say(translate("Wrote {file}", file=file), language), err=True)
