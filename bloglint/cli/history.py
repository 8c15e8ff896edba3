"""``bloglint history``: list, export and prune the stored reports."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bloglint.cli.choices import Lang, language_of
from bloglint.languages import labels
from bloglint.lazy import lazy
from bloglint.model import ConfigError, say, translate

if TYPE_CHECKING:
    from bloglint.history.store import Entry, History


class HistoryAction(StrEnum):
    """What to do with the history."""

    list = "list"
    export = "export"
    prune = "prune"
    set_aside = "set-aside"


class ExportFormat(StrEnum):
    """The format of an exported history."""

    csv = "csv"
    json = "json"


_AGE = lazy(r"(\d+)([dwmy]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


def history(
    action: HistoryAction = typer.Argument(
        HistoryAction.list, help="list, export, prune, or set-aside a broken one."
    ),
    db: Path = typer.Option(None, "--db", metavar="FILE", help="Which history."),
    blog: str = typer.Option(None, "--blog", metavar="NAME", help="Only this blog."),
    format_: ExportFormat = typer.Option(ExportFormat.csv, "--format", help="Export format."),
    older_than: str = typer.Option(
        None, "--older-than", metavar="AGE|DATE", help="What prune removes: 90d, 26w, 2y, a date."
    ),
    as_of: str = typer.Option(None, "--as-of", metavar="DATE", help="Ages count back from here."),
    lang: Lang = typer.Option(None, "--lang", help="Language of the messages."),
) -> None:
    """List, export or prune what `report` has stored; put a broken history aside."""
    from bloglint.history.store import History, HistoryError, history_file

    path, words = db or history_file(), labels("history", language_of(lang))
    if not path.exists():
        typer.echo(words["none"].format(path=path))
        return
    try:
        if action is HistoryAction.set_aside:
            _set_aside(path, words, language_of(lang))
            return
        with History(path) as base:
            entries = base.entries()
            numbers = _numbers(entries, blog)
            if action is HistoryAction.list:
                _list([entry for entry in entries if entry.blog in numbers], path, words)
            elif action is HistoryAction.export:
                _export(base, numbers, format_)
            else:
                before = _before(older_than, as_of)
                only = [None] if blog is None else sorted(numbers)
                count = sum(base.prune(before, one) for one in only)
                typer.echo(words["pruned"].format(count=count))
    except HistoryError as error:
        typer.echo(f"bloglint: {error.in_language(language_of(lang))}", err=True)
        raise typer.Exit(4) from None


def _numbers(entries: list[Entry], blog: str | None) -> set[int]:
    """The numbers of the blogs matching a name or address.

    Raises:
        ConfigError: there are none.
    """
    if blog is None:
        return {entry.blog for entry in entries}
    wanted = blog.lower()
    found = {
        entry.blog
        for entry in entries
        if wanted in entry.name.lower() or any(wanted in place.lower() for place in entry.addresses)
    }
    if not found:
        from bloglint.yamlfile import nearest

        known = sorted({entry.name for entry in entries})
        message = translate("no blog is called {blog!r}", blog=blog)
        raise ConfigError(message, nearest(blog, known[:20]), "--blog")
    return found


def _list(entries: list[Entry], path: Path, words: Mapping[str, str]) -> None:
    from bloglint.reporters.printable import printable

    typer.echo(path)
    if not entries:
        typer.echo(words["none"].format(path=path))
    blogs: dict[int, list[Entry]] = {}
    for entry in entries:
        blogs.setdefault(entry.blog, []).append(entry)
    for own in blogs.values():
        last = own[-1]
        score = words["no_score"]
        if last.score is not None:
            score = f"{last.score:.1f}" + (f" ({last.grade})" if last.grade else "")
        form = words["one" if len(own) == 1 else "reports"]
        said = form.format(count=len(own), first=own[0].day, last=last.day, score=score)
        typer.echo(printable(f"  {last.name}  {', '.join(last.addresses)}"))
        typer.echo(f"    {said}")


def _export(base: History, numbers: set[int], format_: ExportFormat) -> None:
    from bloglint.reporters.printable import printable

    rows = (printable(pair) for pair in base.reports() if pair[0].blog in numbers)
    if format_ is ExportFormat.json:
        from bloglint.reporters.json import dumps

        whole = [
            {
                "blog": entry.name,
                "addresses": list(entry.addresses),
                "as_of": one.as_of.isoformat(),
                "score": one.score,
                "grade": one.grade,
                "reasons": {
                    name: {"score": r.score, "weight": r.weight, "measures": dict(r.measures)}
                    for name, r in one.reasons.items()
                },
                "posts": [{"id": p.id, "title": p.title, "url": p.url, "published": p.published,
                           "words": p.words, "measures": dict(p.measures)} for p in one.posts],
                "findings": [{"rule": f.rule, "severity": f.severity, "post": f.post,
                              "title": f.title, "line": f.line, "passage": f.passage,
                              "message": str(f.message)} for f in one.findings],
            }
            for entry, one in rows
        ]  # fmt: skip
        sys.stdout.write(dumps(whole))
        return
    from bloglint.model import REASONS
    from bloglint.reporters.csv import safe

    out = io.StringIO()
    columns = ("blog", "address", "day", "score", "grade", *REASONS, "posts", "findings")
    table = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
    table.writeheader()
    for entry, one in rows:
        row = {"blog": entry.name, "address": " ".join(entry.addresses[:1]), "day": entry.day,
               "score": one.score, "grade": one.grade,
               **{name: reason.score for name, reason in one.reasons.items()},
               "posts": len(one.posts), "findings": entry.findings}  # fmt: skip
        table.writerow({name: safe(value) for name, value in row.items()})
    sys.stdout.write(out.getvalue())


def _before(text: str | None, as_of: str | None) -> date:
    from bloglint.clock import end_of_day

    now = end_of_day(as_of).date()
    if text is None:
        message = translate("how old is too old?")
        advice = translate("Say it: --older-than 1y.")
        raise ConfigError(message, advice, "--older-than")
    age = _AGE.fullmatch(text.lower())
    if age:
        return now - timedelta(days=min(36_500, int(age[1]) * _DAYS[age[2]]))
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = translate("{text!r} is no age or date", text=text)
        advice = translate("Write 90d, 26w, 2y or a date.")
        raise ConfigError(message, advice, "--older-than") from None


def _set_aside(path: Path, words: Mapping[str, str], language: str) -> None:
    from bloglint.history.store import BrokenHistoryError, History, set_aside

    try:
        with History(path) as base:
            for _ in base.reports():
                pass
    except BrokenHistoryError:
        try:
            aside = set_aside(path)
        except OSError as error:
            typer.echo(f"bloglint: {path}: {error.strerror}", err=True)
            raise typer.Exit(4) from None
        typer.echo(words["aside"].format(path=path, aside=aside))
        return
    fine = translate("this history is fine, and stays")
    typer.echo(f"{path}: {say(fine, language)}")
