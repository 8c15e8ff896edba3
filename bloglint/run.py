"""One whole run: sources are read, judged and gathered into a report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import BinaryIO

from bloglint.config import Config, Settings, check_rules, load
from bloglint.lint import judge
from bloglint.model import Blog, ConfigError, Report, SourceError, SourceFailure, Text
from bloglint.rules import load_rules
from bloglint.sources import read_blog, read_press

#: Called with what is being done now, for those who wait.
Told = Callable[[str], None]


def moment(day: str | date | datetime | None, zone: str | None = None) -> datetime:
    """The last second of a day in ``zone`` (the local one where none is named); None is now.

    Raises:
        ConfigError: it is no date, or there is no such zone.
    """
    where: tzinfo | None = None
    if zone:
        from zoneinfo import ZoneInfo

        try:
            where = ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            advice = "Write it like Europe/Berlin."
            raise ConfigError(f"there is no time zone {zone!r}", advice, "timezone") from None
    if day is None:
        return datetime.now(where).astimezone(where)
    if isinstance(day, datetime):
        return day if day.tzinfo else day.astimezone(where)
    if isinstance(day, str):
        try:
            day = datetime.fromisoformat(day).date()
        except ValueError:
            advice = "Write it like 2026-06-30."
            raise ConfigError(f"{day!r} is no date", advice, "--as-of") from None
    end = datetime.combine(day, time(23, 59, 59))
    return end.replace(tzinfo=where) if where else end.astimezone()


def check_sources(
    sources: Sequence[str],
    settings: Settings,
    *,
    as_of: datetime,
    stdin: BinaryIO | None = None,
    told: Told = lambda what: None,
) -> Report:
    """The report on all ``sources``; one that cannot be read is among its errors.

    Raises:
        ConfigError: the configuration names what does not exist; nothing is judged.
    """
    config = settings.config
    rules = load_rules([_folder(name) for name in config.rules])
    check_rules(settings, rules)
    named = config.press
    told("press releases" if named else "rules")
    releases, errors = read_press(named, as_of=as_of)
    verdicts = []
    for source in sources:
        told(source)
        try:
            blog = read_blog(source, as_of=as_of, stdin=stdin)
        except SourceError as error:
            errors.append(SourceFailure(source, error.message, error.advice))
            continue
        if not blog.posts:
            message = "no published post was found"
            errors.append(SourceFailure(source, message, "Check the address or folder."))
            continue
        verdicts.append(
            judge(
                _configured(blog, config),
                rules,
                as_of=as_of,
                press=releases if named else None,
                active=config.active(rules),
                profile=config.profile,
                options=config.options,
                weights=config.reason_weights(),
                names=config.names,
                pauses=[(pause.first, pause.to) for pause in config.pauses],
            )
        )
    return Report(as_of, tuple(verdicts), tuple(errors))


def check(
    source: str | Path,
    *,
    press: Sequence[str | Path] = (),
    as_of: str | date | datetime | None = None,
    config: str | Path | None = None,
) -> Report:
    """Judge one blog; the same report that the command line prints.

    ``source`` and ``press`` are folders, files or addresses; ``config`` is a configuration file
    (default: the nearest one upward from the source).

    Raises:
        ConfigError: the configuration or ``as_of`` is wrong.
    """
    file = Path(config) if config is not None else None
    named = [str(one) for one in press] or None
    settings = load(place_of(str(source)), file=file, press=named)
    when = moment(as_of, settings.config.timezone)
    return check_sources([str(source)], settings, as_of=when, stdin=sys.stdin.buffer)


def place_of(source: str | None) -> Path:
    """The folder from which a configuration is looked for."""
    path = Path(source) if source and "://" not in source and source != "-" else Path()
    return path if path.is_dir() else path.parent


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        raise ConfigError("there is no such folder of rules", "Check the path.", name)
    return path


def _configured(blog: Blog, config: Config) -> Blog:
    posts = blog.posts
    notes = blog.notes
    if config.limit is not None and len(posts) > config.limit:
        older = len(posts) - config.limit
        posts = posts[: config.limit]
        notes = (
            *notes,
            Text(
                f"{older} older posts were not read (limit {config.limit})",
                f"{older} ältere Beiträge nicht gelesen (limit {config.limit})",
            ),
        )
    return replace(
        blog,
        posts=posts,
        notes=notes,
        title=config.title or blog.title,
        language=config.language or blog.language,
    )
