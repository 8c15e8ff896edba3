"""The report as a table for spreadsheets: one line per blog, worst first."""

from __future__ import annotations

import csv
import io
from typing import Any

from bloglint.model import REASONS, Report, Verdict, say
from bloglint.reporters.overview import change_of, light, ranked
from bloglint.reporters.printable import printable

#: Text starting with these would pass for a formula, so it is prefixed with an apostrophe.
_FORMULA = ("=", "+", "-", "@")
_COLUMNS = (
    "blog", "source", "owner", "groups", "tags", "as_of", "score", "grade", "provisional",
    "previous_as_of", "previous_score", "previous_grade", "change", "why",
    *REASONS,
    "posts_judged", "posts_since", "last_post", "next_post_due", "dead_on",
    "errors", "warnings", "infos", "new", "fixed", "error",
)  # fmt: skip


def write_csv(report: Report, language: str = "en") -> str:
    """Return the table as text; blogs that could not be read come first, with the reason."""
    report = printable(report)
    out = io.StringIO()
    table = csv.DictWriter(out, _COLUMNS, restval="")
    table.writeheader()
    day = report.as_of.date().isoformat()
    for one in report.errors:
        said = f"{say(one.message, language)}. {say(one.advice, language)}"
        row = {"blog": one.name, "source": one.source, "as_of": day, "error": said}
        table.writerow({name: safe(value) for name, value in row.items()})
    for verdict in ranked(map(light, report.blogs)):
        row = {"as_of": day, **_row(verdict, language)}
        table.writerow({name: safe(value) for name, value in row.items()})
    return out.getvalue()


def _row(verdict: Verdict, language: str) -> dict[str, Any]:
    listing, development = verdict.listing, verdict.development
    previous = development.previous if development else None
    frequency = verdict.reasons.get("frequency")
    measures = frequency.measures if frequency else {}
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
    }


def safe(value: Any) -> Any:
    """Return text on one line that no spreadsheet takes for a formula; None becomes empty."""
    if not isinstance(value, str):
        return "" if value is None else value
    line = " ".join(value.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
