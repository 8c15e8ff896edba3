"""The public Python API."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bloglint.config import Settings, load
from bloglint.drafts.selection import answers, refuse_but_folders, single_posts
from bloglint.model import Report, SourceFailure
from bloglint.paths import cache_folder, place_of
from bloglint.running.session import Progress, Session

if TYPE_CHECKING:
    pass


def check_sources(
    sources: Sequence[str],
    settings: Settings,
    *,
    as_of: str | date | datetime | None = None,
    stdin: BinaryIO | None = None,
    cache: Path | None = None,
    offline: bool = False,
    refresh: bool = False,
    jobs: int | None = 1,
    on_progress: Progress = lambda what: None,
    blog: str | None = None,
    changed: str | None = None,
    buffer: Path | None = None,
) -> Report:
    """The report on all ``sources``; one that cannot be read is among its errors.

    Files of single posts are judged together, by what they do to their blog: ``blog``, else the
    configured source, else the nearest folder of posts around them. ``buffer`` is the file that
    standard input will become. With ``changed``, a revision of Git, the posts that differ from it
    are judged so in every folder.

    A day ``as_of`` ends in each blog's own zone: the configured one, else that of its newest dates.
    What is kept to be faster lies in the folder ``cache``; without one nothing is. ``offline``
    asks no server, ``refresh`` asks about everything again. Up to ``jobs`` processes judge; with
    None as many as are worth it.

    Raises:
        ConfigError: the configuration names what does not exist; nothing is judged.
    """
    run = Session(
        settings,
        as_of,
        stdin=stdin,
        cache=cache,
        offline=offline,
        refresh=refresh,
        on_progress=on_progress,
    )
    with run:
        asked, sources, run.reading = single_posts(sources, run.reading, buffer)
        if changed:
            refuse_but_folders(sources, asked)
        context = blog or settings.config.source
        folders, blogs = (sources, ()) if changed else ((), sources)
        found = list(answers(asked, folders, changed, context, run.bench, run.reading))
        with closing(run.outcomes(run.listed(blogs), jobs)) as numbered:
            found += [outcome for _, outcome in sorted(numbered, key=lambda one: one[0])]
    verdicts = tuple(one for one in found if not isinstance(one, SourceFailure))
    failures = (one for one in found if isinstance(one, SourceFailure))
    return Report(run.now, verdicts, (*run.failures, *failures))


def check(
    source: str | Path,
    *,
    press: Sequence[str | Path] = (),
    as_of: str | date | datetime | None = None,
    config: str | Path | None = None,
    blog: str | Path | None = None,
    changed: str | None = None,
) -> Report:
    """Judge one blog; the same report that the command line prints.

    ``source`` and ``press`` are folders, files or addresses; ``config`` is a configuration file
    (default: the nearest one upward from the source). ``blog`` is what a single post is judged in,
    ``changed`` the revision of Git from which the judged posts of a folder differ.

    Raises:
        ConfigError: the configuration or ``as_of`` is wrong.
    """
    file = Path(config) if config is not None else None
    named = [str(one) for one in press] or None
    settings = load(place_of(str(source)), file=file, press=named)
    return check_sources(
        [str(source)],
        settings,
        as_of=as_of,
        stdin=sys.stdin.buffer,
        cache=cache_folder(),
        blog=None if blog is None else str(blog),
        changed=changed,
    )
