"""Writes the manual page, in English and German, to docs/man.

Run it from the checkout: ``python docs/man_pages.py``. click-man finds no options in Typer's
commands, so the page is written here; the words are those of ``--help``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bloglint.cli.app import application
from bloglint.cli.help import EXIT_CODES, prepare
from bloglint.model import say

FOLDER = Path(__file__).parent / "man"
SAID = {
    "en": ("Commands", "Exit status", "Environment", "Files"),
    "de": ("Befehle", "Rückgabewerte", "Umgebung", "Dateien"),
}
ENVIRONMENT = {
    "BLOGLINT_CACHE": {"en": "The folder of the cache.", "de": "Der Ordner des Zwischenspeichers."},
    "BLOGLINT_HISTORY": {
        "en": "The file in which reports keep their history.",
        "de": "Die Datei, in der Berichte ihren Verlauf aufbewahren.",
    },
    "BLOGLINT_BROWSER": {
        "en": "The browser that prints PDF files.",
        "de": "Der Browser, der PDF-Dateien druckt.",
    },
    "NO_COLOR, FORCE_COLOR": {
        "en": "No colours, or colours without a terminal too.",
        "de": "Keine Farben, oder Farben auch ohne Terminal.",
    },
}
FILES = {
    "bloglint.yml": {
        "en": "The settings, beside the posts or above them; or [tool.bloglint] in pyproject.toml.",
        "de": "Die Einstellungen, neben den Beiträgen; oder [tool.bloglint] in pyproject.toml.",
    },
    "bloglint-baseline.json": {
        "en": "Known findings, which are not reported.",
        "de": "Bekannte Befunde, die nicht gemeldet werden.",
    },
}


def page(language: str) -> str:
    """Return the manual page in a language, as roff."""
    command: Any = typer.main.get_command(application(["every command"]))
    prepare(command, language)
    commands, status, environment, files = (one.upper() for one in SAID[language])
    lines = [
        '.TH BLOGLINT 1 "" "bloglint"',
        ".SH NAME",
        f"bloglint \\- {_roff(command.help)}",
        ".SH SYNOPSIS",
        f".B bloglint\n{_roff(command.subcommand_metavar)}",
        f".SH {commands}",
    ]
    for name, one in command.commands.items():
        arguments = [p for p in one.params if p.param_type_name == "argument"]
        usage = " ".join(["[OPTIONS]", *(p.make_metavar(typer.Context(one)) for p in arguments)])
        usage = usage.replace("[OPTIONS]", one.options_metavar)
        lines += [f".SS bloglint {name} {_roff(usage)}", _roff(one.help)]
        lines += _parameters(one)
        if one.epilog and name in ("check", "report", "init", "rule"):
            examples = [part for part in one.epilog.split("\n\n") if part.startswith("bloglint ")]
            lines += [".PP", ".nf", *map(_roff, examples), ".fi"]
    lines += [f".SH {status}", _roff(say(EXIT_CODES, language))]
    for title, entries in ((environment, ENVIRONMENT), (files, FILES)):
        lines.append(f".SH {title}")
        for name, said in entries.items():
            lines += [".TP", f".B {_roff(name)}", _roff(said[language])]
    return "\n".join(lines) + "\n"


def _parameters(command: Any) -> Iterator[str]:
    context = typer.Context(command)
    for param in command.params:
        if getattr(param, "hidden", False):
            continue
        if param.param_type_name == "argument":
            yield from (".TP", f".I {_roff(param.make_metavar(context))}", _roff(param.help or ""))
            continue
        names = ", ".join(f"\\fB{_roff(name)}\\fP" for name in (*param.opts, *param.secondary_opts))
        value = "" if param.is_flag else f" \\fI{_roff(param.make_metavar(context))}\\fP"
        yield from (".TP", names + value, _roff(param.help or ""))


def _roff(text: str) -> str:
    """Escape a text for roff, with its white space as single spaces."""
    plain = re.sub(r"\s+", " ", text).strip().replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


def write(folder: Path) -> None:
    """Write the manual pages to a folder, each language in the place where ``man`` seeks it."""
    for language in SAID:
        file = folder / ("man1" if language == "en" else f"{language}/man1") / "bloglint.1"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
