"""An audit for people and for spreadsheets: a row a post, what to do first on top."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from bloglint.languages import labels
from bloglint.model import left_out_said, say, write_date
from bloglint.model.audit import DECISIONS, Audit, AuditedPost
from bloglint.model.messages import quoted
from bloglint.reporters.csv import csv_of
from bloglint.reporters.html.links import web
from bloglint.reporters.json import TOOL
from bloglint.reporters.printable import printable
from bloglint.reporters.tables import Row, Table

_COLUMNS = (
    "decision", "title", "published", "author", "language", "words", "links_in", "visits",
    "reasons", "partner", "partner_place", "passage", "url", "path",
)  # fmt: skip
#: How many posts of a decision the terminal lists, and the characters of a passage shown there.
_LISTED, _PASSAGE = 8, 160


def audit_table(audit: Audit, language: str) -> Table:
    """Return the audit as a table, what is to be done first on top."""
    return Table("audit", _COLUMNS, (_row(post, language) for post in audit.posts))


def _row(post: AuditedPost, language: str) -> Row:
    return {
        "decision": labels("audit", language)[post.decision],
        "title": post.title,
        "published": post.published.date().isoformat() if post.published else "",
        "author": post.author,
        "language": post.language,
        "words": post.words,
        "links_in": post.links_in,
        "visits": post.visits,
        "reasons": "; ".join(say(reason, language) for reason in post.reasons),
        "partner": post.partner,
        "partner_place": post.partner_place,
        "passage": post.passage,
        "url": post.url,
        "path": post.path,
    }


def write_terminal(audit: Audit, language: str, *, everything: bool = False) -> str:
    """Return the audit for a terminal: the counts, then the posts with something to do."""
    audit = printable(audit)
    words, counts = labels("audit", language), audit.counts()
    dates = sorted(post.published.date() for post in audit.posts if post.published)
    days = {}
    if dates:
        days = {
            "first": write_date(dates[0], language),
            "last": write_date(dates[-1], language),
        }
    lines = [
        words["head" if dates else "head_undated"].format(
            name=audit.name, count=len(audit.posts), **days
        ),
        words["counts"].format(**counts),
    ]
    for decision in DECISIONS:
        own = [post for post in audit.posts if post.decision == decision]
        if not own or (decision == "keep" and not everything):
            continue
        lines += ["", str(words[decision]).capitalize()]
        listed = own if everything else own[:_LISTED]
        for post in listed:
            lines += _listed(post, language, words)
        if len(own) > len(listed):
            lines.append("  " + words["more"].format(count=len(own) - len(listed)))
    lines.append("")
    if counts["keep"] and not everything:
        lines.append(words["kept"].format(count=counts["keep"]))
        if checks := sum(post.is_to_check for post in audit.posts):
            lines.append(words["to_check"].format(count=checks))
    lines += _notes(audit, language)
    return "\n".join(lines).rstrip() + "\n"


def _notes(audit: Audit, language: str) -> Iterator[str]:
    """Yield what could not be looked at, and what was left out."""
    words = labels("audit", language)
    undated = sum(post.published is None for post in audit.posts)
    if undated:
        yield words["undated"].format(count=undated)
    if audit.unread:
        yield words["unread"].format(count=audit.unread)
    if audit.left_out:
        yield words["left_out"].format(said=say(left_out_said(audit.left_out), language))


def _listed(post: AuditedPost, language: str, words: Mapping[str, Any]) -> Iterator[str]:
    day = f" ({write_date(post.published.date(), language)})" if post.published else ""
    visits = "" if post.visits is None else f", {words['visits']}: {post.visits}"
    yield f"  {post.title}{day}"
    yield from _wrapped("; ".join(say(one, language) for one in post.reasons) + visits)
    if post.passage:
        passage = post.passage
        cut = passage if len(passage) <= _PASSAGE else f"{passage[:_PASSAGE].rsplit(' ', 1)[0]} …"
        yield from _wrapped(f"{words['keep_passage']} {say(quoted(cut), language)}")
    yield f"    {post.path or post.url or post.id}"


def _wrapped(text: str) -> list[str]:
    return wrap(text, 96, initial_indent="    → ", subsequent_indent="      ",
                break_on_hyphens=False)  # fmt: skip


def write_csv(audit: Audit, language: str) -> str:
    """Return the audit as CSV, in a language's separators."""
    return csv_of(audit_table(printable(audit), language), language)


def write_xlsx(audit: Audit, language: str) -> bytes:
    """Return the audit as a workbook."""
    from bloglint.reporters.xlsx import workbook

    return workbook([audit_table(printable(audit), language)], audit.as_of)


def write_json(audit: Audit, language: str) -> str:
    """Return the audit as one JSON object; moments are ISO 8601 with their zone."""
    audit = printable(audit)
    posts = [
        {
            **dict(_row(post, language)),
            "decision": post.decision,
            "id": post.id,
            "published": post.published.isoformat() if post.published else None,
            "reasons": [say(reason, language) for reason in post.reasons],
        }
        for post in audit.posts
    ]
    whole = {
        "tool": TOOL,
        "schema": 1,
        "as_of": audit.as_of.isoformat(),
        "name": audit.name,
        "source": audit.source,
        "counts": audit.counts(),
        "unread": audit.unread,
        "left_out": audit.left_out,
        "posts": posts,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def write_html(audit: Audit, language: str) -> str:
    """Return the audit as a page."""
    from bloglint.reporters.html import write_audit_page

    audit = printable(audit)
    words = labels("audit", language)
    rows = [
        {
            **dict(_row(post, language)),
            "link": web(post.url),
            "passage": say(quoted(post.passage), language) if post.passage else "",
            "published": write_date(post.published.date(), language) if post.published else "",
        }
        for post in audit.posts
    ]
    decisions = [
        {"name": words[name], "count": count, "is_bad": name == "cut" and count}
        for name, count in audit.counts().items()
    ]
    return write_audit_page(audit, language, rows, decisions, list(_notes(audit, language)))


#: What writes each format beside the terminal.
FORMATS: Mapping[str, Callable[[Audit, str], str | bytes]] = {
    "csv": write_csv,
    "html": write_html,
    "json": write_json,
    "xlsx": write_xlsx,
}
