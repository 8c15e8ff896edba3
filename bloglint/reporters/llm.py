"""The report for language models: one fact a line, in a fixed order, in few words."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.model import Finding, Report, Verdict, say
from bloglint.reporters.decision import decision_of
from bloglint.reporters.paths import path_of, place_of
from bloglint.reporters.printable import printable
from bloglint.reporters.words import grade, headline, step_said, summary

#: How many findings are listed; the rest are counted.
MOST = 40


def write_llm(report: Report, language: str, *, show: int | None = None) -> str:
    """Return the report as lines of ``name: value``; a finding begins with its severity.

    ``show`` is how many findings are listed, 0 for all.
    """
    report = printable(report)
    lines = [f"as_of: {report.as_of.date()}"]
    for failure in report.errors:
        path, _, _ = place_of(failure)
        lines.append(f"unread: {path}: {say(failure.message, language)}")
    for verdict in report.blogs:
        lines += _verdict(verdict, language, MOST if show is None else show or None)
    return "".join(" ".join(line.split()) + "\n" for line in lines)


def _verdict(verdict: Verdict, language: str, most: int | None) -> Iterator[str]:
    yield f"blog: {verdict.name}"
    yield f"judged: {verdict.posts_judged} posts ({', '.join(verdict.languages)})"
    if verdict.effect:
        yield f"decision: {say(decision_of(verdict).text, language)}"
    else:
        yield f"verdict: {grade(verdict, language)}"
        yield f"summary: {summary(verdict, language)}"
    for number, step in enumerate(verdict.steps if not verdict.effect else (), 1):
        yield f"step {number}: {step_said(verdict, step, language)}"
    for name, reason in verdict.reasons.items():
        score = "-" if reason.score is None else f"{reason.score:.0f}"
        yield f"reason {name}: {score}; {headline(name, reason, verdict, language)}"
    for finding in verdict.findings[:most]:
        yield _finding(finding, verdict, language)
    rest = len(verdict.findings) - len(verdict.findings[:most])
    if rest:
        yield f"more: {rest} findings are not listed"
    for note in verdict.notes:
        yield f"note: {say(note, language)}"


def _finding(finding: Finding, verdict: Verdict, language: str) -> str:
    place = f"{path_of(finding, verdict)}:{finding.line or 1}:{finding.column or 1}"
    said = f"{say(finding.message, language)} Next: {say(finding.advice, language)}"
    return f"{finding.severity} {finding.rule} {place} {said}"
