"""The report as shown on a terminal."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bloglint.languages import labels
from bloglint.model import Effect, Finding, Report, Verdict, say, write_date
from bloglint.model.messages import quoted, shorten
from bloglint.reporters.due import due_of, undated_said
from bloglint.reporters.groups import Group, grouped, others_said
from bloglint.reporters.overview import is_portfolio
from bloglint.reporters.printable import printable
from bloglint.reporters.words import (
    change,
    changed,
    deadline,
    describe_context,
    effect_said,
    grade,
    headline,
    left_out,
    next_step,
    plan,
    read,
    step_said,
    where,
    years_said,
)

if TYPE_CHECKING:
    from rich.console import Console

#: The most findings shown, and the most of any one rule.
SHOWN, SHOWN_OF_RULE = 10, 2
#: The most fixed, and the most new, findings that are named.
SHOWN_FIXED = 5
QUOTE = 160
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_GRADES = {"A": "bold green", "B": "bold green", "C": "bold yellow", "D": "bold yellow"}


def write_terminal(
    report: Report,
    language: str = "en",
    *,
    to_file: bool = False,
    quiet: bool = False,
    suppressed: bool = False,
    shown: int = SHOWN,
    width: int | None = None,
) -> str:
    """Return the report as text, coloured if standard output is a terminal that wants colour.

    Args:
        report: the report.
        language: the language of the text.
        to_file: whether the text goes to a file, which is never coloured.
        quiet: whether to write only the verdicts.
        suppressed: whether to list the findings that the posts suppress.
        shown: the most findings shown.
        width: the number of columns; default the terminal's.
    """
    from rich.console import Console

    colour = sys.stdout.isatty() and not to_file and not os.environ.get("NO_COLOR")
    console = Console(
        file=io.StringIO(),
        force_terminal=colour,
        no_color=not colour,
        width=width or shutil.get_terminal_size((80, 24)).columns,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    print_report(
        printable(report), console, language, quiet=quiet, suppressed=suppressed, shown=shown
    )
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in str(text).splitlines()) + "\n"


def print_report(
    report: Report,
    console: Console,
    language: str = "en",
    *,
    quiet: bool = False,
    shown: int = SHOWN,
    suppressed: bool = False,
) -> None:
    """Print the report on any console: what was read, the grade, the reasons, the findings."""
    if is_portfolio(report) and not quiet:
        from bloglint.reporters.terminal_overview import print_overview

        print_overview(report, console, language)
        return
    for n, verdict in enumerate(report.blogs):
        if n:
            console.print()
        if quiet:
            text = change(verdict.effect, language) if verdict.effect else grade(verdict, language)
            why = " ".join(changed(verdict, language)[:1])
            console.print(f"{verdict.name}: {text}. {why}" if why else f"{verdict.name}: {text}")
            continue
        _print_read(verdict, console, language)
        if verdict.effect and verdict.effect.context is not None:
            _print_effect(verdict.effect, console, language)
        else:
            _print_reasons(verdict, console, language, verdict.day(report))
            print_development(verdict, console, language, verdict.day(report))
        _print_findings(verdict, console, language, shown)
        if suppressed:
            _print_suppressed(verdict.suppressed_findings, console, language)
        _print_end(verdict, console, language)
    for failure in report.errors:
        console.print(
            f"{failure.source}: {labels('terminal', language)['failed']}", style="bold red"
        )
        console.print(f"  {say(failure.message, language)}. {say(failure.advice, language)}")


def _print_read(verdict: Verdict, console: Console, language: str) -> None:
    words = labels("terminal", language)
    console.print(verdict.name, style="bold")
    if said := read(verdict, language):
        console.print(said)
    if verdict.left_out:
        console.print(words["left_out"].format(what=left_out(verdict, language)))
    console.print()


def print_development(verdict: Verdict, console: Console, language: str, as_of: date) -> None:
    """Print what has changed on the blog since its last report, and what is due."""
    from rich.padding import Padding

    lines = changed(verdict, language)
    if not lines:
        return
    words, development = labels("terminal", language), verdict.development
    console.print(words["changed"], style="bold")
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 2)))
    for finding in development.fixed[:SHOWN_FIXED] if development else ():
        console.print(Padding(f"✓ {_describe(finding, language)}", (0, 0, 0, 2)), style="green")
    if development and len(development.fixed) > SHOWN_FIXED:
        console.print(f"  … +{len(development.fixed) - SHOWN_FIXED}", style="dim")
    new = [one for one in verdict.findings if one.change == "new"]
    if development and development.previous:
        for finding in new[:SHOWN_FIXED]:
            console.print(Padding(f"+ {_describe(finding, language)}", (0, 0, 0, 2)), style="red")
        if len(new) > SHOWN_FIXED:
            console.print(f"  … +{len(new) - SHOWN_FIXED}", style="dim")
    console.print()
    due = due_of(verdict, as_of)
    undated = undated_said(verdict)
    if due or undated:
        console.print(words["due"], style="bold")
    for one in due:
        style = "red" if one.is_over(as_of) else ""
        day = write_date(one.day, language)
        console.print(f"  {day}  {say(one.describe(as_of), language)}", style=style)
        if one.note:
            console.print(Padding(say(one.note, language), (0, 0, 0, 4)), style="dim")
    if undated:
        console.print(f"  {say(undated, language)}", style="dim")
    if due or undated:
        console.print()


def _describe(finding: Finding, language: str) -> str:
    place = where(finding)
    named = f"{finding.rule}  {place}" if place else finding.rule
    return f"{named}: {say(finding.message, language)}"


def _print_effect(effect: Effect, console: Console, language: str) -> None:
    from rich.padding import Padding

    if said := describe_context(effect, language):
        console.print(said)
        console.print()
    style = "bold red" if effect.lowers else "bold green"
    console.print(change(effect, language), style=style)
    for said in effect_said(effect, language):
        console.print(Padding(f"• {said}", (0, 0, 0, 2)))
    console.print()


def _print_suppressed(findings: Sequence[Finding], console: Console, language: str) -> None:
    words = labels("terminal", language)
    if not findings:
        return
    console.print()
    console.print(words["silenced"], style="bold")
    for finding in findings:
        reason = finding.suppressed or words["no_reason"]
        console.print(f"  {finding.rule}  {where(finding)}: {reason}", style="dim")


def _print_reasons(verdict: Verdict, console: Console, language: str, as_of: date) -> None:
    from rich.table import Table
    from rich.text import Text as Styled

    words = labels("terminal", language)
    console.print(grade(verdict, language), style=_GRADES.get(verdict.grade or "", "bold red"))
    console.print()
    width = 20 if console.width >= 80 else 10
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(ratio=1)
    for name, reason in verdict.reasons.items():
        label = f"  {labels('reasons', language)[name]}"
        line = headline(name, reason, verdict, language)
        if reason.score is None:
            table.add_row(label, "", "–", Styled(f"{words['unmeasured']}: {line}", style="dim"))
            continue
        filled = round(reason.score * width / 100)
        style = "green" if reason.score >= 80 else "yellow" if reason.score >= 60 else "red"
        bar = Styled.assemble(("█" * filled, style), ("░" * (width - filled), "dim"))
        if not reason.weight:
            line += f" ({words['unweighed']})"
        score = f"{reason.score:.0f}"
        table.add_row(label, bar, score, line)
    console.print(table)
    line = deadline(verdict, as_of, language)
    if line:
        console.print()
        console.print(line)
        console.print(plan(verdict, language))
    recycling = verdict.reasons.get("recycling")
    by_year = recycling.measures.get("recycling_by_year") if recycling else None
    if by_year:
        years = [f"{year} {years_said(counts, language)}" for year, counts in by_year.items()]
        console.print(words["years"].format(years=", ".join(years)))
    console.print()


def _print_findings(verdict: Verdict, console: Console, language: str, most: int) -> None:
    words = labels("terminal", language)
    shown: list[Group] = []
    rest: dict[str, int] = {}
    for group in grouped(verdict.findings):
        rule = group.first.rule
        of_rule = sum(one.first.rule == rule for one in shown)
        if len(shown) < most and of_rule < SHOWN_OF_RULE:
            shown.append(group)
        else:
            rest[rule] = rest.get(rule, 0) + group.size
    if not shown:
        console.print(words["none_new" if verdict.known else "none"], style="green")
        return
    console.print(words["worst"], style="bold")
    is_compared = verdict.development is not None and verdict.development.previous is not None
    for group in shown:
        _print_finding(group, console, language, is_compared=is_compared)
    if rest:
        console.print()
        by_count = sorted(rest.items(), key=lambda item: (-item[1], item[0]))
        rules = ", ".join(f"{count} {rule}" for rule, count in by_count)
        console.print(words["more"].format(count=sum(rest.values()), rules=rules))


def _print_finding(group: Group, console: Console, language: str, *, is_compared: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text as Styled

    console.print()
    finding = group.first
    words = labels("terminal", language)
    head = Styled.assemble(
        (labels("severities", language)[finding.severity], _STYLES[finding.severity]),
        (f" {finding.rule}", "bold"),
        (words["new"] if is_compared and finding.change == "new" else "", "bold red"),
        (f"  {where(finding)}", "dim"),
    )
    console.print(head)
    body = Styled(say(finding.message, language))
    if finding.passage:
        body.append(f"\n» {_cut(finding.passage)}", style="italic")
    titles = finding.evidence.get("titles")
    if titles:
        named = ", ".join(quoted(_cut(title)).in_language(language) for title in titles)
        body.append(f"\n{named}", style="italic")
    passages = finding.evidence.get("passages")
    if passages:
        longest = max(passages, key=lambda passage: int(passage["words"]))
        body.append(f"\n» {words['original']}: {_cut(longest['original'])}", style="dim italic")
    if more := others_said(group, language):
        body.append(f"\n+ {more}", style="dim")
    body.append(f"\n→ {say(finding.advice, language)}")
    console.print(Padding(body, (0, 0, 0, 2)))


def _cut(text: str) -> str:
    return shorten(" ".join(text.split()), QUOTE)


def _print_end(verdict: Verdict, console: Console, language: str) -> None:
    words = labels("terminal", language)
    notes = [say(note, language) for note in verdict.notes]
    notes += [
        f"{labels('reasons', language)[name]}: {say(reason.note, language)}"
        for name, reason in verdict.reasons.items()
        if reason.note and reason.score is not None
    ]
    if verdict.suppressed:
        notes.append(words["suppressed"].format(count=verdict.suppressed))
    if verdict.known:
        notes.append(words["known"].format(count=len(verdict.known)))
    if verdict.fixed:
        notes.append(words["fixed"].format(count=verdict.fixed))
    if notes:
        console.print()
    for note in notes:
        console.print(f"• {note}", style="dim")
    step = next_step(verdict) if not verdict.effect else None
    if step:
        console.print()
        console.print(step_said(step, language), style="bold")
        console.print(f"→ {say(step[2].advice, language)}")
