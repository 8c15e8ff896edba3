"""The report for a reader at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bloglint.model import Finding, Report, Verdict, say

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 10
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_WORDS = {
    "en": {
        "read": "{count} posts judged, {first} to {last}",
        "left_out": "left out",
        "grade": "Grade {grade}, {score} of 100",
        "no_grade": "No grade: too little could be measured",
        "none": "Nothing to mend.",
        "more": "… and {count} more.",
        "unmeasured": "not judged",
        "failed": "could not be read",
        "frequency": "frequency",
        "bloat": "bloat",
    },
    "de": {
        "read": "{count} Beiträge beurteilt, {first} bis {last}",
        "left_out": "ausgelassen",
        "grade": "Note {grade}, {score} von 100",
        "no_grade": "Keine Note: Zu wenig war messbar",
        "none": "Nichts zu verbessern.",
        "more": "… und {count} weitere.",
        "unmeasured": "nicht beurteilt",
        "failed": "nicht lesbar",
        "frequency": "Häufigkeit",
        "bloat": "Länge",
    },
}


def write_terminal(report: Report, console: Console, language: str = "en") -> None:
    """Print the report: what was read, the grade, the reasons, the worst findings."""
    words = _WORDS[language]
    for verdict in report.blogs:
        _print_blog(verdict, console, language)
    for failure in report.errors:
        console.print(f"{failure.source}: {words['failed']}", style="bold red", markup=False)
        console.print(f"  {failure.message}. {failure.advice}", markup=False)


def _print_blog(verdict: Verdict, console: Console, language: str) -> None:
    words = _WORDS[language]
    console.print(verdict.title or verdict.source, style="bold", markup=False)
    read = words["read"].format(count=verdict.posts_judged, first=verdict.first, last=verdict.last)
    console.print(f"{read} ({', '.join(verdict.languages)})", markup=False)
    if verdict.left_out:
        counts = ", ".join(f"{count} {why}" for why, count in verdict.left_out.items())
        console.print(f"{words['left_out']}: {counts}", markup=False)
    for note in verdict.notes:
        console.print(say(note, language), style="dim", markup=False)
    console.print()
    if verdict.grade:
        line = words["grade"].format(grade=verdict.grade, score=verdict.score)
        console.print(line, style="bold red" if verdict.grade == "F" else "bold green")
    else:
        console.print(words["no_grade"], style="bold")
    for name, reason in verdict.reasons.items():
        label = f"  {words.get(name, name):<12}"
        if reason.score is None:
            console.print(
                f"{label} {words['unmeasured']}: {say(reason.note or '', language)}", markup=False
            )
            continue
        filled = round(reason.score / 5)
        console.print(f"{label} {'█' * filled}{'░' * (20 - filled)} {reason.score:5.1f}")
    console.print()
    for finding in verdict.findings[:SHOWN]:
        _print_finding(finding, console, language)
    rest = len(verdict.findings) - SHOWN
    if rest > 0:
        console.print(words["more"].format(count=rest))
    elif not verdict.findings:
        console.print(words["none"], style="green")


def _print_finding(finding: Finding, console: Console, language: str) -> None:
    from rich.text import Text

    where = finding.path or finding.title or ""
    if finding.path and finding.place:
        where += f":{finding.place.line}:{finding.place.column}"
    head = Text(f"{finding.severity} ", style=_STYLES[finding.severity])
    head.append(finding.rule, style="bold").append(f"  {where}", style="dim")
    console.print(head)
    console.print(f"  {say(finding.message, language)}", markup=False, highlight=False)
    if finding.quote:
        console.print(f"  » {finding.quote[:200]}", markup=False, style="italic")
    console.print(f"  → {say(finding.advice, language)}", markup=False, highlight=False)
