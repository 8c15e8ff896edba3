"""One line a finding, as compilers print them: for editors, grep and quick looks."""

from __future__ import annotations

from collections import Counter

from bloglint.model import Finding, Report, Verdict, say
from bloglint.model.messages import shorten
from bloglint.reporters.groups import Group, grouped, others_said
from bloglint.reporters.paths import path_of, place_of
from bloglint.reporters.printable import printable
from bloglint.reporters.words import counted_findings, grade, step_said

#: The most characters of a line beside its path.
WIDTH = 128


def write_concise(
    report: Report,
    language: str,
    *,
    configuration: str | None = None,
    statistics: bool = False,
) -> str:
    """Return the report as lines of ``path:line:column: severity rule text`` without advice.

    Several findings of a rule in a post of a blog are one line, which says how many more there are;
    of a single post, each has its line. A finding on the blog stands at the ``configuration``, or
    else at the newest post, or the feed. Line and column are 1 if no place is known. With
    ``statistics``, the rules are counted instead.
    """
    report = printable(report)
    if statistics:
        counts = Counter(one.rule for verdict in report.blogs for one in verdict.findings)
        width = len(str(max(counts.values(), default=0)))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return "".join(f"{count:>{width}} {rule}\n" for rule, count in ranked)
    lines = []
    for failure in report.errors:
        said = f"{say(failure.message, language)}. {say(failure.advice, language)}"
        path, line, column = place_of(failure)
        lines.append(f"{path}:{line}:{column}: error unreadable {said}")
    for verdict in report.blogs:
        if verdict.effect or verdict.posts_judged == 1:  # the author has the post open
            groups = [Group(one, ()) for one in verdict.findings]
        else:
            groups = grouped(verdict.findings)
        lines += [_line(group, verdict, language, configuration) for group in groups]
    return "".join(" ".join(line.split("\n")) + "\n" for line in lines)


def closing_lines(report: Report, language: str) -> list[str]:
    """The verdict on each blog in a line, with what to do first; they are no findings."""
    lines = []
    for verdict in report.blogs:
        parts = [grade(verdict, language), counted_findings(verdict, language)]
        if verdict.steps and not verdict.effect:
            step = verdict.steps[0]
            parts.append(step_said(verdict, step, language))
        lines.append(f"{verdict.name}: {' · '.join(part for part in parts if part)}")
    return lines


def _line(group: Group, verdict: Verdict, language: str, configuration: str | None) -> str:
    one, more = group.first, others_said(group, language)
    path = _place(one, verdict, configuration)
    tail = f" ({more})" if more else ""
    text = f":{one.line or 1}:{one.column or 1}: {one.severity} {one.rule} "
    said = " ".join(say(one.short, language).split())
    return f"{path}{text}{shorten(said, max(20, WIDTH - len(text) - len(tail)))}{tail}"


def _place(one: Finding, verdict: Verdict, configuration: str | None) -> str:
    """The file of a finding; of one on the blog, never a folder, to which no editor jumps."""
    if one.post is None and "://" not in verdict.source:
        newest = next((post.path for post in verdict.posts if post.path), None)
        return configuration or newest or path_of(one, verdict)
    return path_of(one, verdict)
