"""The report as Markdown, for a comment on a pull request or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bloglint.languages import labels
from bloglint.model import Finding, Report, Verdict, say, write_date
from bloglint.model.messages import shorten
from bloglint.reporters.decision import decision_of, effect_lines
from bloglint.reporters.due import Due, all_due, due_of
from bloglint.reporters.groups import grouped, others_said
from bloglint.reporters.overview import change_of, is_portfolio, overview, why_worst
from bloglint.reporters.printable import printable
from bloglint.reporters.words import (
    changed,
    grade,
    headline,
    number,
    read,
    signed,
    step_said,
    summary,
)
from bloglint.rules import address_of

#: The most findings in the table, and in the details; a comment holds 65,536 characters.
SHOWN, DETAILED = 10, 40
#: The most due dates listed.
DUE = 15
QUOTE = 200
_SIGNS = {"error": "🔴", "warning": "🟡", "info": "🔵"}
#: Characters with a special meaning in Markdown, HTML or on GitHub.
_MARKS = re.compile(r"([\\`*_\[\]#|~$]|\A[-+=]|(?<=\A\d)[.)])")
_LINKED = re.compile(r"[@#](?=\w)|(?<=\w)@|:(?=//)|www(?=\.)", re.IGNORECASE)


def write_markdown(report: Report, language: str) -> str:
    """Return the report as Markdown text."""
    report = printable(report)
    if is_portfolio(report):
        return _overview(report, language)
    parts = [_blog(verdict, language, verdict.day(report)) for verdict in report.blogs]
    for one in report.errors:
        said = f"{say(one.message, language)}. {say(one.advice, language)}"
        parts.append(
            f"⚠️ **{_plain(one.source)}** {labels('markdown', language)['failed']}: {_plain(said)}"
        )
    return "\n\n".join(parts) + "\n"


def _overview(report: Report, language: str) -> str:
    """Many blogs: unreadable ones, a ranked table, groups, the worst explained, and due dates."""
    words, seen = labels("markdown", language), overview(report)
    lines = [
        f"### bloglint: {len(seen.blogs)} {words['blogs']}",
        "",
    ]
    for one in report.errors:
        said = f"{say(one.message, language)}. {say(one.advice, language)}"
        lines.append(f"- ⚠️ **{_plain(one.name)}** {words['failed']}: {_plain(said)}")
    lines += ["", words["blog_head"], "| --- | --- | ---: | ---: | ---: | --- |"]
    for verdict in seen.blogs:
        score = "–" if verdict.score is None else number(verdict.score, language)
        why = " ".join(changed(verdict, language)[:1])
        cells = [
            f"**{_plain(verdict.name)}**",
            verdict.grade or "–",
            score,
            signed(change_of(verdict), language),
            signed(seen.against(verdict), language),
            _plain(why),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    if seen.groups:
        lines += ["", words["group_head"], "| --- | ---: | ---: |"]
    for group in seen.groups:
        mean = "–" if group.mean is None else number(group.mean, language)
        lines.append(f"| {_plain(group.name)} | {group.blogs} | {mean} |")
    for verdict in seen.worst:
        lines += ["", f"#### {_plain(verdict.name)}: {_plain(grade(verdict, language))}", ""]
        lines += [f"- {_plain(line)}" for line in changed(verdict, language)]
        for name, points in why_worst(verdict)[:2]:
            line = headline(name, verdict.reasons[name], verdict, language)
            lines.append(f"- {labels('reasons', language)[name]} −{points:.0f}: {_plain(line)}")
    lines += ["", *_due(all_due(report), report.as_of.date(), language, is_many=True)]
    return "\n".join(lines).strip() + "\n"


def _due(due: Sequence[Due], as_of: date, language: str, *, is_many: bool) -> Iterator[str]:
    """Yield what is due, by date; for many blogs, only what is near or overdue."""
    rows = [one for one in due if not is_many or one.is_near(as_of)][:DUE]
    if rows:
        yield f"#### {labels('markdown', language)['due']}"
        yield ""
    for one in rows:
        name = f"**{_plain(one.blog)}**: " if is_many else ""
        said = say(one.describe(as_of), language)
        yield f"- {write_date(one.day, language)} {name}{_plain(said)}"


def _development(verdict: Verdict, as_of: date, language: str) -> Iterator[str]:
    """Yield what has changed on the blog since its last report, and what is due."""
    lines = changed(verdict, language)
    if not lines:
        return
    yield f"#### {labels('markdown', language)['changed']}"
    yield ""
    yield from (f"- {_plain(line)}" for line in lines)
    development = verdict.development
    new = [finding for finding in verdict.findings if finding.change == "new"]
    for sign, found in (
        ("✅", development.fixed if development else ()),
        ("🆕", new if development and development.previous else ()),
    ):
        for one in found[:SHOWN]:
            text = _where(one) or _plain(say(one.message, language))
            yield f"- {sign} {one.rule} {text}"
        if len(found) > SHOWN:
            more = labels("markdown", language)["more"].format(count=len(found) - SHOWN)
            yield f"- {sign} {more}"
    yield ""
    yield from _due(due_of(verdict, as_of), as_of, language, is_many=False)
    yield ""


def _blog(verdict: Verdict, language: str, as_of: date) -> str:
    words = labels("markdown", language)
    lines = [f"### bloglint: {_plain(verdict.name)}", ""]
    if verdict.effect:
        found = decision_of(verdict)
        lines += [f"**{_plain(say(found.text, language))}**", ""]
        lines += [f"- {_plain(said)}" for said in effect_lines(verdict, found, language)]
    else:
        lines += [f"**{_plain(grade(verdict, language))}** {_plain(read(verdict, language))}", ""]
        lines += [f"{_plain(summary(verdict, language))}", ""]
        for n, step in enumerate(verdict.steps, 1):
            lines.append(f"{n}. {_plain(step_said(verdict, step, language))}")
    lines += ["", *_development(verdict, as_of, language)]
    lines += ["", *_table(verdict, language), ""]
    if verdict.findings:
        lines += _folded(
            words["details"].format(count=len(verdict.findings)),
            _details(verdict.findings, language),
        )
    if not verdict.effect:
        lines += _folded(words["reasons"], _reasons(verdict, language))
    if verdict.suppressed_findings:
        text = (
            f"- {one.rule} {_where(one)}: {_plain(one.suppressed or words['no_reason'])}"
            for one in verdict.suppressed_findings
        )
        lines += _folded(words["suppressed"], text)
    if verdict.known:
        lines += [words["known"].format(count=len(verdict.known)), ""]
    if verdict.fixed:
        lines += [words["fixed"].format(count=verdict.fixed), ""]
    return "\n".join(lines).strip()


def _table(verdict: Verdict, language: str) -> Iterator[str]:
    words, groups = labels("markdown", language), grouped(verdict.findings)
    if not groups:
        yield f"✅ {words['none_new' if verdict.known else 'none']}"
        return
    yield words["head"]
    yield "| --- | --- | --- |"
    for group in groups[:SHOWN]:
        finding, more = group.first, others_said(group, language)
        sign = f"{_SIGNS[finding.severity]} {labels('severities', language)[finding.severity]}"
        message = say(finding.message, language) + (f" ({more})" if more else "")
        text = f"{_plain(message)} {_plain(say(finding.advice, language))}"
        yield f"| {sign} | {_where(finding)} | {text} |"
    if len(groups) > SHOWN:
        yield ""
        count = sum(group.size for group in groups[SHOWN:])
        yield words["more"].format(count=count)


def _details(findings: Sequence[Finding], language: str) -> Iterator[str]:
    for finding in findings[:DETAILED]:
        kind = labels("severities", language)[finding.severity]
        text = _plain(say(finding.message, language))
        address = address_of(finding.rule, language)
        rule = f"[{finding.rule}]({address})" if address else finding.rule
        yield f"- {kind} **{rule}** {_where(finding)}: {text}"
        if finding.passage:
            yield f"  > {_plain(shorten(finding.passage, QUOTE))}"
    if len(findings) > DETAILED:
        yield ""
        yield labels("markdown", language)["more"].format(count=len(findings) - DETAILED)


def _reasons(verdict: Verdict, language: str) -> Iterator[str]:
    yield labels("markdown", language)["reason_head"]
    yield "| --- | ---: | --- |"
    for name, reason in verdict.reasons.items():
        score = "–" if reason.score is None else f"{reason.score:.0f}"
        text = _plain(headline(name, reason, verdict, language))
        yield f"| {labels('reasons', language)[name]} | {score} | {text} |"


def _folded(title: str, lines: Iterable[str]) -> list[str]:
    return ["<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>", ""]


def _where(finding: Finding) -> str:
    where = finding.path or finding.title or ""
    if finding.path and finding.place:
        where += f":{finding.place.line}"
    return _plain(where)


def _plain(text: str) -> str:
    """``text`` on one line, escaped so that nothing reads as markup, a mention or a reference."""
    line = " ".join(text.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKS.sub(r"\\\1", line)
    return _LINKED.sub(lambda found: f"{found[0]}<!-- -->", line)
