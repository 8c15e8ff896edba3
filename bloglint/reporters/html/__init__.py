"""The report as one self-contained HTML page that makes no requests and runs nothing.

The only exception is the table of a portfolio, which has a small script of our own; the page works
without it. The page's own Content-Security-Policy allows scripts and styles by their hash only.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bloglint import __version__
from bloglint.languages import labels
from bloglint.lazy import lazy
from bloglint.model import Brand, Report, say, write_date
from bloglint.model.audit import Audit
from bloglint.reporters.html.blog import blog_view
from bloglint.reporters.html.colours import colour_of_grade
from bloglint.reporters.html.portfolio import portfolio_view
from bloglint.reporters.overview import is_portfolio
from bloglint.reporters.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

    from bloglint.rules import Rule

__all__ = ["colour_of_grade", "environment", "write_html"]

_COLOUR = lazy(r"#(?:[0-9a-fA-F]{3}){1,2}")
TEMPLATES = Path(__file__).parent.parent / "templates"


@cache
def environment() -> Environment:
    """Return the Jinja environment of our templates, which escapes all text from outside."""
    from jinja2 import Environment, FileSystemLoader

    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def write_html(
    report: Report, language: str = "en", rules: Mapping[str, Rule] | None = None
) -> str:
    """Return the report as a page in the reader's language; ``rules`` are those that ran."""
    report = printable(report)
    words = labels("page", language)
    many = is_portfolio(report)
    brand = _brand(report)
    style = (TEMPLATES / "report.css").read_text("utf-8")
    if brand and _COLOUR.fullmatch(brand.colour):
        style += f".masthead {{ border-top: 6px solid {brand.colour}; }}\n"
    script = (TEMPLATES / "portfolio.js").read_text("utf-8") if many else ""
    names = ", ".join(verdict.name for verdict in report.blogs[:3])
    title = _title(report, words["many"]) if many else names
    views = []
    if not many:
        from bloglint.rules import load_rules

        own = load_rules() if rules is None else rules
        views = [blog_view(one, report, language, own) for one in report.blogs]
    return _page(
        "portfolio.html.j2" if many else "page.html.j2",
        language,
        report.as_of,
        style,
        script,
        title=f"{words['title']}: {title}" if title else words["title"],
        brand=brand,
        labels={**words, **(labels("portfolio", language) if many else {})},
        portfolio=portfolio_view(report, language) if many else None,
        blogs=views,
        rule_ids=[rule["id"] for rule in views[0]["rules"]] if len(views) == 1 else [],
        errors=report.errors,
        say=partial(say, language=language),
    )


def _page(
    template: str, language: str, as_of: datetime, style: str, script: str = "", **values: Any
) -> str:
    """Return a page of a template, with its style and script and their hashes."""
    from markupsafe import Markup

    return (
        environment()
        .get_template(template)
        .render(
            language=language,
            version=__version__,
            day=write_date(as_of.date(), language),
            style=Markup(style),
            style_hash=_hash(style),
            script=Markup(script),
            script_hash=_hash(script) if script else "",
            **values,
        )
    )


def write_audit_page(
    audit: Audit,
    language: str,
    rows: Sequence[Mapping[str, Any]],
    decisions: Sequence[Any],
    notes: Sequence[str],
) -> str:
    """Return the page of an audit: how many posts there are for each decision, then a row a post.

    ``decisions`` are names with numbers, ``rows`` the cells of each post under their names;
    ``notes`` say what was not looked at.
    """
    words = {**labels("page", language), **labels("audit", language)}
    words["made"] = labels("page", language)["made_many"]
    return _page(
        "audit.html.j2",
        language,
        audit.as_of,
        (TEMPLATES / "report.css").read_text("utf-8"),
        title=f"{words['title']}: {audit.name}",
        labels=words,
        decisions=decisions,
        rows=rows,
        notes=notes,
        has_visits=any(post.visits is not None for post in audit.posts),
    )


def _brand(report: Report) -> Brand | None:
    """Who sends the report, by its first list of blogs; a logo is an embedded picture or none."""
    brands = (blog.listing.brand for blog in report.blogs if blog.listing)
    found = next((brand for brand in brands if brand), None)
    if found and not found.logo.startswith("data:image/"):
        return Brand(found.name, found.colour)
    return found


def _title(report: Report, many: str) -> str:
    """The title of a portfolio with its number of blogs, or that number alone."""
    first = next(iter(report.blogs), None)
    named = first.listing.portfolio if first and first.listing else ""
    count = many.format(count=len(report.blogs) + len(report.errors))
    return f"{named} ({count})" if named else count


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
