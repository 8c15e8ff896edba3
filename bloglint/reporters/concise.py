"""One line per rule and post, as compilers print them: for editors, grep and quick looks."""

from __future__ import annotations

from bloglint.model import Report, say
from bloglint.reporters.groups import Group, grouped, others_said
from bloglint.reporters.paths import path_of, place_of
from bloglint.reporters.printable import printable


def write_concise(report: Report, language: str) -> str:
    """Return the report as lines of ``path:line:column: severity rule: message``.

    Several findings of a rule in a post of a blog are one line, which says where the others are; of
    a single post, each has its line. Line and column are 1 if no place is known.
    """
    report = printable(report)
    lines = []
    for failure in report.errors:
        said = f"{say(failure.message, language)}. {say(failure.advice, language)}"
        path, line, column = place_of(failure)
        lines.append(f"{path}:{line}:{column}: error unreadable: {said}")
    for verdict in report.blogs:
        if verdict.effect or verdict.posts_judged == 1:  # the author has the post open
            groups = [Group(one, ()) for one in verdict.findings]
        else:
            groups = grouped(verdict.findings)
        for group in groups:
            one, more = group.first, others_said(group, language)
            place = f"{path_of(one, verdict)}:{one.line or 1}:{one.column or 1}"
            said = say(one.message, language) + (f" ({more})" if more else "")
            said += f" {say(one.advice, language)}"
            lines.append(f"{place}: {one.severity} {one.rule}: {said}")
    return "".join(" ".join(line.split("\n")) + "\n" for line in lines)
