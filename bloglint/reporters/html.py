"""The report as one HTML page that asks nothing of anybody: no script, no request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from bloglint import __version__
from bloglint.model import Effect, Finding, Report, Verdict, say, write_date
from bloglint.reporters.printable import printable
from bloglint.reporters.words import (
    REASON_NAMES,
    SEVERITY_NAMES,
    asked,
    change,
    deadline,
    effect_said,
    grade,
    headline,
    left_out,
    marks_said,
    next_step,
    read,
    step_said,
    years_said,
)

TEMPLATES = Path(__file__).parent / "templates"
#: Findings beside those of recycling that are shown, at most so many of one rule.
SHOWN, SHOWN_OF_RULE = 40, 6
_WORDS = {
    "en": {
        "title": "Editorial health",
        "as_of": "as of {day}",
        "effect": "What the posts do to the blog",
        "known": "Known and not shown: {count} (baseline, or there before the change).",
        "suppressed": "{count} findings are suppressed in the posts.",
        "reasons": "The reasons why corporate blogs fail, most important first",
        "reason": "Reason",
        "points": "of 100",
        "recycling": "Recycled posts",
        "newest": "newest first",
        "years": "Recycled over the years",
        "findings": "Findings, worst first",
        "notes": "What was left out or could not be judged",
        "errors": "Could not be read",
        "post": "Post",
        "original": "Taken from",
        "further": "Also taken from",
        "passages": "{count} passages, {percent} % of the words",
        "one": "1 passage, {percent} % of the words",
        "day": "{day}, the day before",
        "days": "{day}, {days} days before",
        "used": "{percent} % of it used",
        "more": "… and {count} more findings",
        "none": "–",
    },
    "de": {
        "title": "Redaktionelle Gesundheit",
        "as_of": "Stand {day}",
        "effect": "Was die Beiträge dem Blog tun",
        "known": "Bekannt und nicht gezeigt: {count} (Baseline, oder schon vor der Änderung da).",
        "suppressed": "{count} Befunde sind in den Beiträgen unterdrückt.",
        "reasons": "Die Gründe, an denen Unternehmensblogs scheitern, der wichtigste zuerst",
        "reason": "Grund",
        "points": "von 100",
        "recycling": "Wiederverwertete Beiträge",
        "newest": "neueste zuerst",
        "years": "Wiederverwertet im Lauf der Jahre",
        "findings": "Befunde, das Schlimmste zuerst",
        "notes": "Was ausgelassen wurde oder nicht zu beurteilen war",
        "errors": "Nicht lesbar",
        "post": "Beitrag",
        "original": "Stammt aus",
        "further": "Stammt auch aus",
        "passages": "{count} Passagen, {percent} % der Wörter",
        "one": "1 Passage, {percent} % der Wörter",
        "day": "{day}, am Tag zuvor",
        "days": "{day}, {days} Tage zuvor",
        "used": "zu {percent} % verwendet",
        "more": "… und {count} weitere Befunde",
        "none": "–",
    },
}


def write_html(report: Report, language: str = "en") -> str:
    """The report as a page in a reader's language."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    report = printable(report)
    words = _WORDS[language]
    style = (TEMPLATES / "report.css").read_text("utf-8")
    blogs = [_blog(verdict, report, language) for verdict in report.blogs]
    title = f"{words['title']}: {', '.join(blog['title'] for blog in blogs)}"
    day = write_date(report.as_of.date(), language)
    return environment.get_template("report.html.j2").render(
        language=language,
        version=__version__,
        title=title if blogs else words["title"],
        style=Markup(style),
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        words=words,
        as_of=words["as_of"].format(day=day),
        blogs=blogs,
        errors=report.errors,
        say=partial(say, language=language),
    )


def _blog(verdict: Verdict, report: Report, language: str) -> dict[str, Any]:
    step = next_step(verdict)
    recycling = [f for f in verdict.findings if f.reason == "recycling"]
    others = [f for f in verdict.findings if f.reason != "recycling"]
    return {
        "title": verdict.title or verdict.source,
        "read": read(verdict, language),
        "left_out": left_out(verdict, language),
        "letter": verdict.grade or "–",
        "colour": _colour_of_grade(verdict.grade),
        "grade": grade(verdict, language),
        "effect": _effect(verdict.effect, language) if verdict.effect else None,
        "deadline": deadline(verdict, report.as_of.date(), language),
        "step": step_said(step, language) if step else "",
        "reasons": [
            {
                "name": REASON_NAMES[language][name],
                "score": reason.score,
                "points": "–" if reason.score is None else f"{reason.score:.0f}",
                "colour": _colour(reason.score),
                "line": headline(name, reason, verdict, language),
            }
            for name, reason in verdict.reasons.items()
        ],
        "recycling": _recycling(verdict, recycling, language),
        "findings": [_finding(f, language) for f in _shown(others)],
        "notes": [
            *(say(note, language) for note in verdict.notes),
            *_not_shown(verdict, language),
            *(
                f"{REASON_NAMES[language][name]}: {say(reason.note, language)}"
                for name, reason in verdict.reasons.items()
                if reason.note
            ),
        ],
    }


def _effect(effect: Effect, language: str) -> dict[str, Any]:
    return {
        "asked": asked(effect, language),
        "change": change(effect, language),
        "said": effect_said(effect, language),
    }


def _not_shown(verdict: Verdict, language: str) -> Iterator[str]:
    for name, count in (("suppressed", verdict.suppressed), ("known", len(verdict.known))):
        if count:
            yield _WORDS[language][name].format(count=count)


def _shown(findings: Sequence[Finding]) -> list[Finding]:
    shown: list[Finding] = []
    for finding in findings:
        if sum(one.rule == finding.rule for one in shown) < SHOWN_OF_RULE and len(shown) < SHOWN:
            shown.append(finding)
    return shown


def _recycling(
    verdict: Verdict, findings: Sequence[Finding], language: str
) -> dict[str, Any] | None:
    reason = verdict.reasons.get("recycling")
    if reason is None:
        return None
    marks = reason.measures.get("recycling_marks", [])
    marked = reason.measures.get("recycling_marked", [])
    titles = {post.id: post.title for post in verdict.posts}
    return {
        "marks": [
            {"of_kind": mark, "title": titles[post]}
            for mark, post in zip(marks, marked, strict=True)
        ],
        "said": marks_said("recycling", reason, language),
        "years": [
            {"year": year, **counts, "said": years_said(counts, language)}
            for year, counts in reason.measures.get("recycling_by_year", {}).items()
        ],
        "findings": [_finding(finding, language) for finding in findings],
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    where = finding.path or ""
    if where and finding.place:
        where += f":{finding.place}"
    quote = None if finding.exhibit else finding.passage
    return {
        "severity": finding.severity,
        "kind": SEVERITY_NAMES[language][finding.severity],
        "rule": finding.rule,
        "title": finding.title or "",
        "link": _web(finding.url),
        "where": where,
        "message": say(finding.message, language),
        "advice": say(finding.advice, language),
        "titles": finding.evidence.get("titles", ()),
        "quote": " ".join(quote.split()) if quote else None,
        "sides": _sides(finding, language),
    }


def _sides(finding: Finding, language: str) -> dict[str, Any] | None:
    if finding.exhibit is None:
        return None
    words, evidence = _WORDS[language], finding.evidence
    count, percent = len(evidence["passages"]), round((finding.value or 0.0) * 100)
    form = words["one" if count == 1 else "passages"]
    days, day = evidence.get("days_between"), evidence.get("published")
    when = _when(day, days, language) if day else ""
    used = words["used"].format(percent=round(evidence["used"] * 100))
    return {
        "post": finding.exhibit.post,
        "original": finding.exhibit.original,
        "post_said": form.format(count=count, percent=percent),
        "title": evidence["title"] or words["none"],
        "link": _web(evidence["url"]),
        "original_said": f"{when}; {used}" if when else used,
        "further": ", ".join(one["title"] or words["none"] for one in evidence["further"]),
    }


def _when(day: str, days: int | None, language: str) -> str:
    from datetime import date

    written = write_date(date.fromisoformat(day), language)
    if not days or days < 0:
        return written
    return _WORDS[language]["day" if days == 1 else "days"].format(day=written, days=days)


def _web(url: str | None) -> str | None:
    """An address that may stand behind a link: others could be scripts."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _colour(score: float | None) -> str:
    if score is None:
        return ""
    return "good" if score >= 80 else "fair" if score >= 60 else "bad"


def _colour_of_grade(letter: str | None) -> str:
    colours: Mapping[str, str] = {"A": "good", "B": "good", "C": "fair", "D": "fair", "F": "bad"}
    return colours.get(letter or "", "")
