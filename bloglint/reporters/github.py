"""The findings as GitHub workflow commands, which annotate the files of a pull request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from bloglint.languages import labels
from bloglint.model import Finding, Report, Severity, Verdict, say
from bloglint.reporters.paths import path_of, place_of
from bloglint.reporters.printable import printable

#: GitHub shows ten annotations of each kind per step, and silently drops the rest.
MOST = 10
_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[)", re.MULTILINE)


def write_github(report: Report, language: str) -> str:
    """Return one command per finding, worst first, after one per source that could not be read.

    At most `MOST` commands of each severity are written; a line gives the number of the rest.
    """
    report = printable(report)
    lines: list[str] = []
    counts: Counter[Severity] = Counter()
    for failure in report.errors:
        path, line, column = place_of(failure)
        said = f"{path}: {say(failure.message, language)}. {say(failure.advice, language)}"
        counts["error"] += 1
        where = f"file={_property(path)},line={line},col={column}," if Path(path).exists() else ""
        if counts["error"] <= MOST:
            lines.append(f"::error {where}title=bloglint::{_data(said)}")
    for verdict in report.blogs:
        for finding in verdict.findings:
            counts[finding.severity] += 1
            if counts[finding.severity] <= MOST:
                lines.append(_command(finding, verdict, language))
    for severity, count in counts.items():
        if count > MOST:
            more = labels("github", language)["more"].format(
                count=count - MOST, kind=_COMMANDS[severity], most=MOST
            )
            lines.append(more)
    return "".join(f"{line}\n" for line in lines)


def without_commands(text: str, *, is_json: bool = False) -> str:
    """Return ``text`` such that GitHub reads none of its lines as a command.

    JSON keeps its meaning.
    """
    if is_json:
        return text.replace("##[", "##\\u005b")
    return _COMMAND.sub(lambda found: f"{found[0]} ", text)


def _command(finding: Finding, verdict: Verdict, language: str) -> str:
    text = f"{say(finding.message, language)} {say(finding.advice, language)}"
    if finding.path is None and finding.title:
        text = f"{finding.title}: {text}"
    named = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding, verdict))
    return f"::{_COMMANDS[finding.severity]} {named}::{_data(text)}"


def _properties(finding: Finding, verdict: Verdict) -> Iterator[tuple[str, str]]:
    if finding.path:
        yield "file", path_of(finding, verdict, from_repository=True)
        place = finding.place
        yield "line", str(place.line if place else 1)
        if place:
            yield "endLine", str(place.end_line)
            if place.column is not None and place.line == place.end_line:
                yield "col", str(place.column)
                yield "endColumn", str(place.end_column)
    yield "title", f"bloglint {finding.rule}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
