"""The report as a mail: what a reader sees before opening the attached page.

Mail programs drop style sheets and charts, so the mail has neither.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from bloglint.languages import labels
from bloglint.model import Finding, Report, Verdict, say, write_date
from bloglint.reporters.due import all_due
from bloglint.reporters.html import colour_of_grade, environment
from bloglint.reporters.overview import change_of, is_portfolio, light, ranked
from bloglint.reporters.printable import printable
from bloglint.reporters.terminal import write_terminal
from bloglint.reporters.words import changed, number, signed, where

#: The most blogs, findings and due dates in the mail; the attached page has all of them.
BLOGS, FINDINGS, DAYS = 40, 8, 15
WIDTH = 78
_COLOURS = {"error": "bad", "warning": "fair", "info": ""}


def subject(report: Report, language: str) -> str:
    """The mail's subject: one blog with its grade, or the number of blogs."""
    report, words = printable(report), labels("mail", language)
    if len(report.blogs) == 1 and not report.errors:
        verdict = report.blogs[0]
        score = "–" if verdict.score is None else f"{verdict.score:.0f}"
        change = signed(change_of(verdict), language)
        text = f"{verdict.name}: {verdict.grade or '–'}, {score}{f' ({change})' if change else ''}"
    else:
        text = words["many"].format(count=len(report.blogs) + len(report.errors))
    return " ".join(f"{words['title']}: {text}".split())


def mail_text(report: Report, language: str) -> str:
    """Return the mail's plain-text version."""
    return write_terminal(report, language, to_file=True, show=FINDINGS, width=WIDTH)


def mail_html(report: Report, language: str) -> str:
    """Return the mail as HTML without scripts, style sheets, images or requests."""
    report, words = printable(report), labels("mail", language)
    blogs = ranked(map(light, report.blogs))
    more = len(blogs) - BLOGS
    alone = report.blogs[0] if blogs and not is_portfolio(report) else None
    day = write_date(report.as_of.date(), language)
    return (
        environment()
        .get_template("mail.html.j2")
        .render(
            language=language,
            words=words,
            title=subject(report, language),
            as_of=words["as_of"].format(day=day),
            errors=report.errors,
            blogs=[_blog(blog, language) for blog in blogs[:BLOGS]],
            more=words["more"].format(count=more) if more > 0 else "",
            findings=[_finding(f, language) for f in _first(alone)] if alone else [],
            due=[
                {
                    "day": write_date(one.day, language),
                    "text": f"{one.blog}: {say(one.text, language)}",
                }
                for one in [d for d in all_due(report) if not d.is_over(report.as_of.date())][:DAYS]
            ],
            say=partial(say, language=language),
        )
    )


def _first(verdict: Verdict) -> list[Finding]:
    """The first findings to show: new ones, then the worst of the rest."""
    new = [finding for finding in verdict.findings if finding.change == "new"]
    rest = [finding for finding in verdict.findings if finding.change != "new"]
    return [*new, *rest][:FINDINGS]


def _blog(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "name": verdict.name,
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "score": "–" if verdict.score is None else number(verdict.score, language),
        "change": signed(change_of(verdict), language),
        "why": changed(verdict, language)[:1],
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "kind": labels("severities", language)[finding.severity],
        "colour": _COLOURS[finding.severity],
        "where": where(finding),
        "message": say(finding.message, language),
        "advice": say(finding.advice, language),
    }
