"""The report as tables for people who sort: a row for each blog, post or finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from bloglint.model import REASONS, Report, Verdict, say
from bloglint.reporters.overview import change_of, light, ranked, section_of
from bloglint.reporters.registry import TableName

TABLES: tuple[TableName, ...] = get_args(TableName)
Row = Mapping[str, Any]
_BLOGS = (
    "blog", "source", "owner", "groups", "tags", "as_of", "score", "grade", "provisional",
    "previous_as_of", "previous_score", "previous_grade", "change", "why",
    *REASONS,
    "posts_judged", "posts_since", "last_post", "next_post_due", "dead_on",
    "errors", "warnings", "infos", "new", "fixed", "error", "state", "first_step",
)  # fmt: skip
_MEASURES = (
    "recycled", "repeated", "press_style", "advertorial", "readability", "reading_minutes",
)  # fmt: skip
_POSTS = (
    "blog", "owner", "title", "published", "authors", "language", "words", "url", "path",
    *_MEASURES,
    "errors", "warnings", "infos", "worst_rule", "worst_message", "next_step",
)  # fmt: skip
_FINDINGS = (
    "blog", "owner", "severity", "rule", "reason", "title", "published", "url", "path", "line",
    "column", "message", "advice", "quote", "value", "limit", "cost", "change",
)  # fmt: skip


class Table(NamedTuple):
    """A table: its name, its columns, and its rows with the values of some of them."""

    name: str
    columns: Sequence[str]
    rows: Iterator[Row]


def table_of(report: Report, name: TableName, language: str) -> Table:
    """Return one table of a report, blogs worst first."""
    columns, rows = _TABLES[name]
    return Table(name, columns, rows(report, language))


def usual_table(report: Report) -> TableName:
    """Return the table that fits a report: blogs for a periodic one, else findings."""
    return "blogs" if any(verdict.development for verdict in report.blogs) else "findings"


def _blogs(report: Report, language: str) -> Iterator[Row]:
    """Yield a row for each blog; those that could not be read come first, with the reason."""
    day = report.as_of.date().isoformat()
    for one in report.errors:
        said = f"{say(one.message, language)}. {say(one.advice, language)}"
        yield {"blog": one.name, "source": one.source, "as_of": day, "error": said}
    for verdict in ranked(map(light, report.blogs)):
        yield {"as_of": day, **_blog(verdict, language)}


def _blog(verdict: Verdict, language: str) -> Row:
    listing, development = verdict.listing, verdict.development
    previous = development.previous if development else None
    measures = verdict.measures_of("frequency")
    counts = verdict.counts
    return {
        "blog": verdict.name,
        "source": listing.source if listing else verdict.source,
        "owner": listing.owner if listing else "",
        "groups": "; ".join(listing.groups) if listing else "",
        "tags": "; ".join(listing.tags) if listing else "",
        "score": verdict.score,
        "grade": verdict.grade,
        "provisional": int(verdict.provisional),
        "previous_as_of": previous.as_of.date().isoformat() if previous else "",
        "previous_score": previous.score if previous else "",
        "previous_grade": previous.grade if previous else "",
        "change": change_of(verdict),
        "why": " ".join(say(one, language) for one in development.said) if development else "",
        **{name: reason.score for name, reason in verdict.reasons.items()},
        "posts_judged": verdict.posts_judged,
        "posts_since": len(development.posts) if previous and development else "",
        "last_post": verdict.posted[-1].isoformat() if verdict.posted else "",
        "next_post_due": measures.get("next_post_due", ""),
        "dead_on": measures.get("dead_on", ""),
        "errors": counts.get("error", 0),
        "warnings": counts.get("warning", 0),
        "infos": counts.get("info", 0),
        "new": counts.get("new", 0) if previous else "",
        "fixed": len(development.fixed) if previous and development else "",
        "state": section_of(verdict),
        "first_step": say(verdict.steps[0].text, language) if verdict.steps else "",
    }


def _posts(report: Report, language: str) -> Iterator[Row]:
    for verdict in ranked(report.blogs):
        own: dict[str, list[Any]] = {}
        for finding in verdict.findings:
            own.setdefault(finding.post or "", []).append(finding)
        for post in verdict.posts:
            found = own.get(post.id, [])
            worst = found[0] if found else None
            yield {
                **_named(verdict),
                "title": post.title,
                "published": post.published.date().isoformat() if post.published else "",
                "authors": "; ".join(post.authors),
                "language": post.language or "",
                "words": post.words if post.complete else "",
                "url": post.url or "",
                "path": post.path or "",
                **{name: post.measures.get(name) for name in _MEASURES},
                **{f"{kind}s": sum(f.severity == kind for f in found)
                   for kind in ("error", "warning", "info")},
                "worst_rule": worst.rule if worst else "",
                "worst_message": say(worst.message, language) if worst else "",
                "next_step": say(worst.advice, language) if worst else "",
            }  # fmt: skip


def _findings(report: Report, language: str) -> Iterator[Row]:
    for verdict in ranked(report.blogs):
        published = {
            post.id: post.published.date().isoformat() for post in verdict.posts if post.published
        }
        for one in verdict.findings:
            yield {
                **_named(verdict),
                "severity": one.severity,
                "rule": one.rule,
                "reason": one.reason,
                "title": one.title or "",
                "published": published.get(one.post or "", ""),
                "url": one.url or "",
                "path": one.path or "",
                "line": one.place.line if one.place else "",
                "column": (one.place.column if one.place else None) or "",
                "message": say(one.message, language),
                "advice": say(one.advice, language),
                "quote": one.passage or "",
                "value": one.value,
                "limit": one.limit,
                "cost": round(one.cost, 2),
                "change": one.change or "",
            }


def _named(verdict: Verdict) -> dict[str, str]:
    owner = verdict.listing.owner if verdict.listing else ""
    return {"blog": verdict.name, "owner": owner}


_TABLES: Mapping[TableName, tuple[Sequence[str], Callable[[Report, str], Iterator[Row]]]] = {
    "blogs": (_BLOGS, _blogs),
    "posts": (_POSTS, _posts),
    "findings": (_FINDINGS, _findings),
}
