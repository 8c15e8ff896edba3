"""The formats of a report, one row each: choices, help, line ends and completion follow from them.

A package adds a format with an entry point in the group ``bloglint.reporters``: its name is the
format's, and it leads to a `Format` or to a function ``write(report, language) -> str``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

import msgspec

from bloglint.model import ConfigError, Report, Severity, translate

Command = Literal["check", "report"]
ENTRY_POINTS = "bloglint.reporters"


class RenderOptions(msgspec.Struct, frozen=True):
    """What a writer may ask for beside the report and the language.

    Attributes:
        to_file: the text goes to a file, not to a terminal.
        quiet: only the verdict is wanted.
        suppressed: suppressed findings are listed.
        failing: the severities that make the exit code 1.
        rules: the rules that ran, by id.
    """

    to_file: bool = False
    quiet: bool = False
    suppressed: bool = False
    failing: Sequence[Severity] = ()
    rules: Mapping[str, Any] = {}


class Format(msgspec.Struct, frozen=True):
    """One format.

    Attributes:
        name: what ``--format`` calls it.
        write: the function that writes it, or its place as ``module:function``.
        commands: the commands that offer it.
        for_people: it is written in the reader's language, else in English.
        own_line_ends: its standard says how lines end, whatever the system.
        is_json: it is JSON, so that braces and brackets keep their meaning.
        wants: the fields of `RenderOptions` that ``write`` takes.
    """

    name: str
    write: str | Callable[..., str]
    commands: tuple[Command, ...] = ("check", "report")
    for_people: bool = False
    own_line_ends: bool = False
    is_json: bool = False
    wants: tuple[str, ...] = ()

    def render(self, report: Report, language: str, options: RenderOptions) -> str:
        """The report as text in this format."""
        write = self.write
        if isinstance(write, str):
            module, _, function = write.partition(":")
            write = getattr(import_module(module), function)
        return str(write(report, language, **{name: getattr(options, name) for name in self.wants}))


def _ours(name: str, *commands: Command, **more: Any) -> Format:
    where = f"bloglint.reporters.{name}:write_{name}"
    return Format(name, where, commands or ("check", "report"), **more)


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        _ours("terminal", for_people=True, wants=("to_file", "quiet", "suppressed")),
        _ours("concise", "check", for_people=True),
        _ours("json", is_json=True),
        _ours("sarif", "check", is_json=True, wants=("rules",)),
        _ours("junit", "check", wants=("failing",)),
        _ours("github", "check"),
        _ours("gitlab", "check", is_json=True),
        _ours("csv", "report", own_line_ends=True),
        _ours("ical", "report", for_people=True, own_line_ends=True),
        _ours("markdown", for_people=True),
        _ours("html", for_people=True),
    )
}


def names(command: Command) -> list[str]:
    """The names of our formats that a command offers."""
    return [one.name for one in FORMATS.values() if command in one.commands]


def find_format(name: str, command: Command) -> Format:
    """The format called ``name``; packages are searched only for names that are not ours.

    Raises:
        ConfigError: the command offers no such format; suggests the nearest.
    """
    known = names(command)
    if name in known:
        return FORMATS[name]
    from bloglint.yamlfile import nearest

    packages = {} if name in FORMATS else _of_packages()
    if name in packages:
        return packages[name]
    message = translate("there is no format {name!r}", name=name)
    raise ConfigError(message, nearest(name, [*known, *packages]), "--format")


def _of_packages() -> dict[str, Format]:
    from importlib.metadata import entry_points

    found = {}
    for point in entry_points(group=ENTRY_POINTS):
        loaded = point.load()
        found[point.name] = loaded if isinstance(loaded, Format) else Format(point.name, loaded)
    return found
