"""Many blogs as shown on a terminal: a ranked table, groups, and the worst explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bloglint.languages import labels, lists
from bloglint.model import Report, Verdict, say, write_date
from bloglint.reporters.due import NEAR_DAYS, all_due
from bloglint.reporters.overview import Overview, change_of, overview, section_of, why_worst
from bloglint.reporters.words import changed, headline, number, signed, step_effect

if TYPE_CHECKING:
    from rich.console import Console

#: The most lines on what is due.
DUE_LINES = 20


def print_overview(report: Report, console: Console, language: str) -> None:
    """Print unreadable blogs, then the table, the groups, the worst, and what is due."""
    words, seen = labels("overview", language), overview(report)
    if report.errors:
        console.print(words["failed"], style="bold red")
        for failure in report.errors:
            console.print(f"  {failure.name}: {say(failure.message, language)}", style="red")
            console.print(f"    {say(failure.advice, language)}", style="dim")
        console.print()
    if not seen.blogs:
        return
    _print_table(seen, console, language)
    if seen.median is not None:
        count = sum(blog.score is not None for blog in seen.blogs)
        said = str(words["median"]).format(count=count, median=number(seen.median, language))
        console.print(said, style="dim")
    console.print()
    _print_groups(seen, console, language)
    if seen.worst:
        console.print(str(words["worst"]), style="bold")
    for verdict in seen.worst:
        _print_why(verdict, console, language)
    _print_due(report, console, language)


def _print_table(seen: Overview, console: Console, language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for n, head in enumerate(lists("overview", "head", language)):
        right = n in (1, 3, 4)
        table.add_column(head, justify="right" if right else "left", no_wrap=n not in (0, 6))
    section = None
    for blog in seen.blogs:
        if section_of(blog) != section:
            section = section_of(blog)
            table.add_row(Text(labels("portfolio", language)[section], style="bold"))
        costs = why_worst(blog)
        last = blog.posted[-1] if blog.posted else blog.last
        change = change_of(blog)
        table.add_row(
            blog.name,
            "–" if blog.score is None else number(blog.score, language),
            blog.grade or "–",
            signed(change, language),
            signed(seen.against(blog), language),
            write_date(last, language) if last else "–",
            labels("reasons", language)[costs[0][0]] if costs else "",
            style="red" if change is not None and change <= -5 else "",
        )
    console.print(table)


def _print_groups(seen: Overview, console: Console, language: str) -> None:
    from rich.table import Table

    if not seen.groups:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for n, head in enumerate(lists("overview", "groups", language)):
        table.add_column(head, justify="right" if n else "left")
    for group in seen.groups:
        mean = "–" if group.mean is None else number(group.mean, language)
        table.add_row(group.name, str(group.blogs), mean)
    console.print(table)
    console.print()


def _print_why(verdict: Verdict, console: Console, language: str) -> None:
    from rich.padding import Padding

    words = labels("overview", language)
    score = number(verdict.score or 0.0, language)
    console.print(f"{verdict.name}  {score} ({verdict.grade or '–'})", style="bold")
    for line in changed(verdict, language):
        console.print(Padding(line, (0, 0, 0, 2)))
    for name, points in why_worst(verdict)[:2]:
        line = headline(name, verdict.reasons[name], verdict, language)
        said = str(words["costs"]).format(
            reason=labels("reasons", language)[name], points=number(points, language), line=line
        )
        console.print(Padding(said, (0, 0, 0, 2)))
    for step in verdict.steps[:1]:
        effect = step_effect(verdict, step, language)
        console.print(Padding(f"→ {say(step.text, language)}  {effect}".rstrip(), (0, 0, 0, 2)))
    console.print()


def _print_due(report: Report, console: Console, language: str) -> None:
    words, today = labels("overview", language), report.as_of.date()
    due = [one for one in all_due(report) if one.is_near(today)]
    if not due:
        return
    console.print(str(words["due"]).format(days=NEAR_DAYS), style="bold")
    for one in due[:DUE_LINES]:
        day = write_date(one.day, language)
        console.print(f"  {day}  {one.blog}: {say(one.describe(today), language)}")
    if len(due) > DUE_LINES:
        console.print(f"  {str(words['more']).format(count=len(due) - DUE_LINES)}", style="dim")
