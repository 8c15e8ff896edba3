"""The report as shown on a terminal: the verdict in ten seconds, then as much as is asked for."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bloglint.languages import labels
from bloglint.model import Finding, Report, Verdict, say, write_date
from bloglint.model.messages import capitalised, quoted, shorten
from bloglint.reporters.decision import COLOURS, decision_of, effect_lines, quiet_line
from bloglint.reporters.due import due_of, undated_said
from bloglint.reporters.groups import Group, each, grouped, others_said, posts_to_start_with
from bloglint.reporters.overview import is_portfolio
from bloglint.reporters.printable import printable
from bloglint.reporters.words import (
    MARKS,
    changed,
    counted_findings,
    describe_context,
    grade,
    headline,
    left_out,
    lost_points,
    next_posts,
    points_of,
    read,
    step_effect,
    summary,
    where,
)
from bloglint.rules import address_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as Styled

Colour = Literal["auto", "always", "never"]
By = Literal["post", "rule", "reason"]
#: How many posts are named to start with, and how many findings a list shows by default.
POSTS, SHOWN = 3, 10
#: The most fixed, and the most new, findings that are named.
SHOWN_FIXED = 5
#: The most characters of a quotation, and the most findings of a post on one line.
QUOTE, NAMED = 160, 2
#: The most notes shown unless everything is.
NOTES = 4
#: Readable on light and dark: errors, warnings and hints, and the colours of a score.
_STYLES = {"error": "bold red", "warning": "color(172)", "info": "cyan"}
_SIGNS = {"error": "✗", "warning": "!", "info": "·"}
_GRADES = {"A": "bold green", "B": "bold green", "C": "bold color(172)", "D": "bold color(172)"}
#: The columns of a bar, fewer on a narrow terminal.
_BAR, _SHORT_BAR, _NARROW = 10, 5, 72
#: The columns of a terminal that does not say, and the fewest that are used.
_COLUMNS, _FEWEST = 80, 40


def write_terminal(
    report: Report,
    language: str = "en",
    *,
    to_file: bool = False,
    quiet: bool = False,
    suppressed: bool = False,
    show: int | None = None,
    by: By | None = None,
    colour: Colour = "auto",
    with_errors: bool = True,
    width: int | None = None,
) -> str:
    """Return the report as text.

    Args:
        report: the report.
        language: the language of the text.
        to_file: whether the text goes to a file, which is coloured only with ``always``.
        quiet: whether to write one line a blog.
        suppressed: whether to list the findings that the posts suppress.
        show: how many findings are listed below the verdict, 0 for all; default none of a blog, 10
            of single posts.
        by: what they are listed by.
        colour: whether to use colour; ``auto`` on a terminal, unless NO_COLOR is set, and wherever
            FORCE_COLOR is.
        with_errors: whether to say which sources could not be read.
        width: the number of columns; default the terminal's. What goes elsewhere is not wrapped.
    """
    from rich.console import Console

    is_terminal = sys.stdout.isatty() and not to_file
    if width is None and is_terminal:
        width = max(_FEWEST, shutil.get_terminal_size((_COLUMNS, 24)).columns)
    is_coloured = _is_coloured(colour, is_terminal=is_terminal)
    console = Console(
        file=io.StringIO(),
        force_terminal=is_coloured,
        color_system="256" if is_coloured else None,
        no_color=not is_coloured,
        width=width or 10_000,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    page = Page(console, width, language)
    print_report(
        printable(report),
        page,
        quiet=quiet,
        suppressed=suppressed,
        show=show,
        by=by,
        with_errors=with_errors,
    )
    text = console.file.getvalue()  # type: ignore[attr-defined]
    if not text.strip():
        return ""
    return "\n".join(line.rstrip() for line in str(text).split("\n")).rstrip("\n") + "\n"


def _is_coloured(colour: Colour, *, is_terminal: bool) -> bool:
    if colour != "auto":
        return colour == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return is_terminal or os.environ.get("FORCE_COLOR", "0") not in ("", "0")


class Page:
    """A console with a width to which paragraphs are folded, or None for no folding."""

    def __init__(self, console: Console, width: int | None, language: str) -> None:
        self.console, self.width, self.language = console, width, language

    def fold(self, text: str, taken: int = 0) -> list[str]:
        """Break a text into lines that leave ``taken`` columns free; words stay whole."""
        if self.width is None:
            return [text]
        room = max(20, self.width - taken)
        return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]

    def say(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """Print a paragraph, folded and indented."""
        for line in self.fold(text, indent):
            self.line(" " * indent + line, style)

    def line(self, text: str | Styled, style: str = "") -> None:
        """Print one line, never broken."""
        self.console.print(text, style=style, no_wrap=True, overflow="ignore", crop=False)

    def path(self, finding: Finding, indent: int) -> None:
        """Print where a finding is, on one line and as a link where the terminal knows links."""
        from rich.style import Style
        from rich.text import Text as Styled

        place = where(finding) if finding.path else finding.url or ""
        if not place:
            return
        link = Path(finding.path).absolute().as_uri() if finding.path else finding.url
        text = Styled(" " * indent)
        text.append(place, Style(dim=True, link=link))
        self.line(text)


def print_report(
    report: Report,
    page: Page,
    *,
    quiet: bool = False,
    suppressed: bool = False,
    show: int | None = None,
    by: By | None = None,
    with_errors: bool = True,
) -> None:
    """Print the report: of each blog the verdict, or what single posts do to it."""
    language = page.language
    if is_portfolio(report) and not quiet:
        from bloglint.reporters.terminal_overview import print_overview

        print_overview(report, page.console, language)
        return
    for n, verdict in enumerate(report.blogs):
        if quiet:
            page.line(quiet_line(verdict, language))
            continue
        if n:
            page.say()
        is_of_posts = verdict.effect is not None
        _print_head(verdict, page)
        if is_of_posts:
            _print_decision(verdict, page)
        else:
            _print_verdict(verdict, page)
            if not verdict.development:
                _print_steps(verdict, page)
            _print_reasons(verdict, page)
            print_development(verdict, page, verdict.day(report))
        if is_of_posts or show is not None or by:
            _print_findings(verdict, page, SHOWN if show is None else show, by or "post")
        else:
            _print_posts(verdict, page)
        if suppressed:
            _print_suppressed(verdict.suppressed_findings, page)
        _print_end(verdict, page, verdict.day(report), is_all=show == 0)
    for failure in report.errors if with_errors else ():
        page.say(f"{failure.source}: {labels('terminal', language)['failed']}", "bold red")
        page.say(f"{say(failure.message, language)}. {say(failure.advice, language)}", indent=2)


def _print_head(verdict: Verdict, page: Page) -> None:
    """Print the name of a blog and what was read and judged of it."""
    language = page.language
    words = labels("terminal", language)
    parts = [verdict.name, read(verdict, language)]
    if verdict.releases is not None:
        form = "release" if verdict.releases == 1 else "releases"
        parts.append(words[form].format(count=verdict.releases))
    if verdict.left_out:
        parts.append(words["left_out"].format(what=left_out(verdict, language)))
    page.say(" · ".join(part for part in parts if part), "bold")
    page.say()


def _print_verdict(verdict: Verdict, page: Page) -> None:
    """Print grade and score, and beside them one plain sentence."""
    from rich.text import Text as Styled

    style = _GRADES.get(verdict.grade or "", "bold red" if verdict.grade else "bold")
    said = summary(verdict, page.language)
    if verdict.score is None:
        page.say(grade(verdict, page.language), style, indent=1)
        page.say()
        return
    words = labels("terminal", page.language)
    letter = verdict.grade or "–"
    if verdict.state:
        letter += f" – {labels('states', page.language)[verdict.state]}"
    head = words["of_100"].format(score=points_of(verdict))
    taken = len(letter) + len(head) + 6
    for n, line in enumerate(page.fold(said, taken)):
        if n:
            page.line(" " * taken + line)
        else:
            page.line(Styled.assemble((f" {letter}  ", style), (f"{head}   ", "bold"), line))
    page.say()


def _print_steps(verdict: Verdict, page: Page) -> None:
    """Print what to do first, each step with the score if it were done."""
    words = labels("terminal", page.language)
    if not verdict.steps:
        return
    page.say(words["first"], "bold")
    for n, step in enumerate(verdict.steps, 1):
        effect = step_effect(verdict, step, page.language)
        lines = page.fold(say(step.text, page.language), 6 + len(effect))
        room = page.width - 4 - len(effect) if page.width else max(map(len, lines)) + 2
        page.line(f" {n}  {lines[0]:<{room}}{effect}")
        for line in lines[1:]:
            page.line(f"    {line}")
    page.say()


def _print_reasons(verdict: Verdict, page: Page) -> None:
    """Print each scored reason with its score and what it costs, then the others in a line."""
    from rich.text import Text as Styled

    language = page.language
    words, names = labels("terminal", language), labels("reasons", language)
    lost = lost_points(verdict)
    shown = {capitalised(names[name]) for name in lost}
    column = max((len(name) for name in (*shown, words["why"])), default=0)
    cells = _SHORT_BAR if page.width and page.width < _NARROW else _BAR
    if lost:
        figures = f"{words['score']:>{max(4, len(words['score']) + 1)}}"
        head = f"{words['why']:<{column + 1}} {'':{cells}}{figures} {words['cost']:>6}"
        page.line(head, "bold")
    taken = column + cells + 16
    legend = ""
    for name in lost:
        reason = verdict.reasons[name]
        score = reason.score or 0.0
        line = headline(name, reason, verdict, language)
        legend = legend or (words["legend"] if any(mark in line for mark in MARKS[:2]) else "")
        filled = round(score * cells / 100)
        style = "green" if score >= 80 else "color(172)" if score >= 60 else "red"
        cost = f"{lost[name]:.0f}" if lost[name] >= 0.5 else ""
        first, *more = page.fold(line, taken)
        page.line(
            Styled.assemble(
                f" {capitalised(names[name]):<{column}} ",
                ("█" * filled, style),
                ("░" * (cells - filled), "dim"),
                f"{score:>5.0f} {cost:>6}  {first}",
            )
        )
        for one in more:
            page.line(" " * taken + one)
    if legend:
        page.say(legend, "dim", indent=1)
    others = [
        f"{names[name]} ({headline(name, reason, verdict, language)})"
        for name, reason in verdict.reasons.items()
        if name not in lost and (reason.score is None or reason.score < 100)
    ]
    if others:
        page.say(f"{words['unscored']}: {' · '.join(others)}", "dim", indent=1)
    page.say()


def _print_posts(verdict: Verdict, page: Page) -> None:
    """Print the posts to start with, each with its worst findings together."""
    language = page.language
    words = labels("terminal", language)
    if not verdict.findings:
        page.say(words["none_new" if verdict.known else "none"], "green")
        return
    chosen = posts_to_start_with(verdict.findings)[:POSTS]
    if not chosen:
        return
    page.say(words["start"], "bold")
    for groups in chosen:
        first = groups[0].first
        sign = _SIGNS[first.severity]
        page.line(f" {sign} {_title(first, page)}", _STYLES[first.severity])
        texts = list(_briefly(groups, language))
        advice = re.split(r"[.:] ", say(first.advice, language))[0].rstrip(".")
        page.say(f"{capitalised('; '.join(texts))}. → {advice}.", indent=3)
        page.path(first, 3)
    page.say()


def _briefly(groups: Sequence[Group], language: str) -> Iterator[str]:
    """Yield the worst findings of a post, one a reason, and how many more there are."""
    by_reason: dict[str, Group] = {}
    for group in groups:
        by_reason.setdefault(group.first.reason, group)
    named = list(by_reason.values())[:NAMED]
    yield from (say(group.first.short, language).rstrip(".") for group in named)
    if rest := sum(group.size for group in groups) - len(named):
        yield str(labels("terminal", language)["rest"]).format(count=rest)


def _title(finding: Finding, page: Page) -> str:
    title = " ".join((finding.title or finding.path or "").split())
    return shorten(title, page.width - 4) if page.width else title


def print_development(verdict: Verdict, page: Page, as_of: date) -> None:
    """Print what has changed on the blog since its last report, and what is due."""
    language = page.language
    lines = changed(verdict, language)
    if not lines:
        return
    words, development = labels("terminal", language), verdict.development
    page.say(words["changed"], "bold")
    for line in lines:
        page.say(line, indent=2)
    for finding in development.fixed[:SHOWN_FIXED] if development else ():
        page.say(f"✓ {_describe(finding, language)}", "green", indent=2)
    if development and len(development.fixed) > SHOWN_FIXED:
        page.say(f"… +{len(development.fixed) - SHOWN_FIXED}", "dim", indent=2)
    new = [one for one in verdict.findings if one.change == "new"]
    if development and development.previous:
        for finding in new[:SHOWN_FIXED]:
            page.say(f"+ {_describe(finding, language)}", "red", indent=2)
        if len(new) > SHOWN_FIXED:
            page.say(f"… +{len(new) - SHOWN_FIXED}", "dim", indent=2)
    page.say()
    due = due_of(verdict, as_of)
    undated = undated_said(verdict)
    if due or undated:
        page.say(words["due"], "bold")
    for one in due:
        day = write_date(one.day, language)
        style = "red" if one.is_over(as_of) else ""
        page.say(f"{day}  {say(one.describe(as_of), language)}", style, indent=2)
        if one.note:
            page.say(say(one.note, language), "dim", indent=4)
    if undated:
        page.say(say(undated, language), "dim", indent=2)
    if due or undated:
        page.say()


def _describe(finding: Finding, language: str) -> str:
    place = where(finding)
    named = f"{finding.rule}  {place}" if place else finding.rule
    return f"{named}: {say(finding.message, language)}"


def _print_decision(verdict: Verdict, page: Page) -> None:
    """Print whether to publish the posts in question, then what they do to their blog."""
    effect, language = verdict.effect, page.language
    assert effect is not None
    found = decision_of(verdict)
    page.say(say(found.text, language), COLOURS[found.kind])
    if said := describe_context(effect, language):
        page.say(said, "dim")
    for line in effect_lines(verdict, found, language):
        page.say(f"• {line}", indent=2)
    page.say()


def _print_suppressed(findings: Sequence[Finding], page: Page) -> None:
    words = labels("terminal", page.language)
    if not findings:
        return
    page.say()
    page.say(words["silenced"], "bold")
    for finding in findings:
        reason = finding.suppressed or words["no_reason"]
        page.line(f"  {finding.rule}  {where(finding)}: {reason}", "dim")


def _print_findings(verdict: Verdict, page: Page, most: int, by: By) -> None:
    """Print the findings under headings by post, rule or reason.

    Those of one rule in one post are told together, and the first ``most`` of these are printed;
    all of them one by one if it is 0.
    """
    language = page.language
    words = labels("terminal", language)
    groups = grouped(verdict.findings) if most else each(verdict.findings)
    if not groups:
        return
    is_compared = verdict.development is not None and verdict.development.previous is not None
    sections: dict[str, list[Group]] = {}
    for group in groups[:most] if most else groups:
        one = group.first
        key = {
            "post": (one.title or one.path or one.post or "") if one.post else "",
            "rule": one.rule,
            "reason": capitalised(labels("reasons", language)[one.reason]),
        }[by]
        sections.setdefault(key or words["whole"], []).append(group)
    for head, own in sections.items():
        page.say(head, "bold")
        for group in own:
            _print_finding(group, page, is_compared=is_compared)
        page.say()
    if most and len(groups) > most:
        rest = sum(group.size for group in groups[most:])
        page.say(words["more"].format(count=rest))


def _print_finding(group: Group, page: Page, *, is_compared: bool) -> None:
    from rich.style import Style
    from rich.text import Text as Styled

    finding, language = group.first, page.language
    words = labels("terminal", language)
    head = Styled.assemble(
        f" {_SIGNS[finding.severity]} ",
        (labels("severities", language)[finding.severity], _STYLES[finding.severity]),
        " ",
        (finding.rule, Style(link=address_of(finding.rule, language))),
        (words["new"] if is_compared and finding.change == "new" else "", "bold red"),
    )
    page.line(head)
    page.say(say(finding.message, language), indent=3)
    if finding.passage:
        page.say(f"» {_cut(finding.passage)}", "italic", indent=3)
    if titles := finding.evidence.get("titles"):
        named = ", ".join(quoted(_cut(title)).in_language(language) for title in titles)
        page.say(named, "italic", indent=3)
    if passages := finding.evidence.get("passages"):
        longest = max(passages, key=lambda passage: int(passage["words"]))
        page.say(f"» {words['original']}: {_cut(longest['original'])}", "dim italic", indent=3)
    if more := others_said(group, language):
        page.say(f"+ {more}", "dim", indent=3)
    page.say(f"→ {say(finding.advice, language)}", indent=3)
    page.path(finding, 3)


def _cut(text: str) -> str:
    return shorten(" ".join(text.split()), QUOTE)


def _print_end(verdict: Verdict, page: Page, as_of: date, *, is_all: bool) -> None:
    """Print what is due, how many findings there are, how to see them, and the notes."""
    language = page.language
    words = labels("terminal", language)
    is_of_posts = verdict.effect is not None
    if (
        not is_of_posts
        and not verdict.development
        and (said := next_posts(verdict, as_of, language))
    ):
        page.say(said)
    counted = counted_findings(verdict, language)
    if counted:
        shown = "" if is_all else f"  {words['show_all']}"
        page.say(f"{counted}{shown}")
    if not is_of_posts and counted and page.width:
        page.say(words["help"], "dim")
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
    few = notes if is_all or is_of_posts else notes[:NOTES]
    for note in few:
        page.say(f"• {note}", "dim")
    if len(notes) > len(few):
        page.say(words["notes"].format(count=len(notes) - len(few)), "dim")
