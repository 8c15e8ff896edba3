"""The registry of report formats, from which choices, help, line endings and completion derive.

A package adds a format by an entry point in the group ``bloglint.reporters``. The entry point has
the name of the format and refers to a `Format` or to a function ``write(report, language) -> str``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

import msgspec

from bloglint.model import ConfigError, Report, Severity, translate

Command = Literal["check", "report"]
ENTRY_POINTS = "bloglint.reporters"


TableName = Literal["blogs", "posts", "findings"]


class RenderOptions(msgspec.Struct, frozen=True):
    """Options that a writer may take besides the report and the language.

    Attributes:
        to_file: whether the text goes to a file, not to a terminal.
        quiet: whether to write only the verdict.
        suppressed: whether to list suppressed findings.
        show: how many findings to list, 0 for all, None for the format's own choice.
        by: what to list them by.
        colour: whether to use colour.
        with_errors: whether to say which sources could not be read.
        configuration: the configuration's file, relative to the working directory.
        statistics: whether to count findings by rule instead of listing them.
        failing: the severities that make the exit code 1.
        rules: the rules that ran, by id.
        table: which table a spreadsheet shows, None for the one that fits.
    """

    to_file: bool = False
    quiet: bool = False
    suppressed: bool = False
    show: int | None = None
    by: Literal["post", "rule", "reason"] | None = None
    colour: Literal["auto", "always", "never"] = "auto"
    with_errors: bool = True
    configuration: str | None = None
    statistics: bool = False
    failing: Sequence[Severity] = ()
    rules: Mapping[str, Any] | None = None
    table: TableName | None = None


class Format(msgspec.Struct, frozen=True):
    """A format of a report.

    Attributes:
        name: its name for ``--format``.
        write: the function that writes it, or its location as ``module:function``.
        commands: the commands that offer it.
        for_people: whether it is written in the reader's language instead of English.
        own_line_ends: whether its standard prescribes the line endings, whatever the system.
        is_json: whether it is JSON, so that braces and brackets must keep their meaning.
        wants: the fields of `RenderOptions` that ``write`` takes.
        is_binary: whether it is no text, so that it needs a file.
        check: where the function is that raises a ConfigError if something is missing for it.
    """

    name: str
    write: str | Callable[..., str]
    commands: tuple[Command, ...] = ("check", "report")
    for_people: bool = False
    own_line_ends: bool = False
    is_json: bool = False
    wants: tuple[str, ...] = ()
    is_binary: bool = False
    check: str = ""

    def render(self, report: Report, language: str, options: RenderOptions) -> str | bytes:
        """The report in this format."""
        write = self.write if callable(self.write) else _loaded(self.write)
        given = {name: getattr(options, name) for name in self.wants}
        written: str | bytes = write(report, language, **given)
        return written

    def require(self) -> None:
        """Raise a ConfigError if something is missing for this format."""
        if self.check:
            _loaded(self.check)()


def _loaded(place: str) -> Callable[..., Any]:
    module, _, function = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


_OF_TERMINAL = ("to_file", "quiet", "suppressed", "show", "by", "colour", "with_errors")


def _ours(name: str, *commands: Command, **more: Any) -> Format:
    where = f"bloglint.reporters.{name}:write_{name}"
    return Format(name, where, commands or ("check", "report"), **more)


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        _ours("terminal", for_people=True, wants=_OF_TERMINAL),
        _ours("concise", "check", for_people=True, wants=("configuration", "statistics")),
        _ours("json", is_json=True),
        _ours("sarif", "check", is_json=True, wants=("rules",)),
        _ours("junit", "check", wants=("failing",)),
        _ours("github", "check"),
        _ours("gitlab", "check", is_json=True),
        _ours("csv", own_line_ends=True, wants=("table",)),
        _ours("xlsx", is_binary=True, check="bloglint.reporters.xlsx:check_xlsx"),
        _ours("ical", "report", for_people=True, own_line_ends=True),
        _ours("markdown", for_people=True),
        _ours("llm", "check", for_people=True, wants=("show",)),
        _ours("html", for_people=True, wants=("rules",)),
        _ours(
            "pdf",
            for_people=True,
            wants=("rules",),
            is_binary=True,
            check="bloglint.reporters.pdf:check_pdf",
        ),
    )
}


def names(command: Command) -> list[str]:
    """Return the names of the built-in formats that a command offers."""
    return [one.name for one in FORMATS.values() if command in one.commands]


def find_format(name: str, command: Command) -> Format:
    """Return the format called ``name``; packages are searched only if it is not built in.

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
