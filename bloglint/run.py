"""One whole run: sources are read, judged and gathered into a report."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bloglint.bench import Bench, Outcome, Terms
from bloglint.config import Settings, check_options, check_rules, load
from bloglint.gate.asking import answers, refuse_but_folders, single_posts
from bloglint.model import ConfigError, Report, SourceFailure, Text, replace
from bloglint.moments import moment, zone_named
from bloglint.rules import load_rules, with_words
from bloglint.sources import Reading, Wanted

if TYPE_CHECKING:
    from bloglint.sources.lists import Entry
    from bloglint.workers import Task

#: Called with what is being done now, for those who wait.
Told = Callable[[str], None]


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
    told: Told = lambda what: None,
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
    run = Run(
        settings, as_of, stdin=stdin, cache=cache, offline=offline, refresh=refresh, told=told
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


class Run:
    """One run on its way: configuration, rules, newsroom and what reads, made ready.

    ``failures`` are the newsrooms that could not be read. It is a context: at its end the web and
    what is kept are let go.

    Raises:
        ConfigError: the configuration names what does not exist.
    """

    def __init__(
        self,
        settings: Settings,
        as_of: str | date | datetime | None,
        *,
        stdin: BinaryIO | None = None,
        cache: Path | None = None,
        offline: bool = False,
        refresh: bool = False,
        told: Told = lambda what: None,
    ) -> None:
        from bloglint.web import Web

        config = settings.config
        rules = load_rules([_folder(name) for name in config.rules])
        check_rules(settings, rules)
        self.rules = with_words(rules, config.words.add, config.words.allow)
        self._zone = zone_named(config.timezone) if config.timezone else None
        day = datetime.now(UTC) if as_of is None else as_of
        self.now = moment(day, self._zone)
        self._cache, self._told = cache, told
        most = round(config.max_feed_mb * 1_000_000)
        self._web = Web(cache, offline=offline, refresh=refresh, max_bytes=most)
        wanted = Wanted(config.limit, self.now, config.full_text)
        self.reading = Reading(self.now.tzinfo or UTC, stdin, self._web, wanted, told)
        self.failures: list[SourceFailure] = []
        newsroom = None
        if config.press:
            from bloglint.tasks import open_newsroom, unread_said

            newsroom, self.failures = open_newsroom(config.press, self.reading, cache)
        unread = (unread_said(newsroom),) if newsroom and newsroom.failures else ()
        places = newsroom.places if newsroom else None
        self._terms = Terms(config, day, self.now, self._zone, cache, places, unread)
        self.bench = Bench(self._terms, self.rules, newsroom)
        self.reading = replace(self.reading, kept=self.bench.kept)

    def listed(self, sources: Sequence[str]) -> list[Entry]:
        """The blogs that ``sources`` name: themselves, or those in a list.

        Raises:
            ConfigError: a list of blogs names what does not exist.
        """
        if not sources:
            return []
        from bloglint.sources.lists import blogs_of

        blogs = blogs_of(sources, self.reading)
        for listing, _, _ in blogs:
            check_options(listing.options, self.rules, listing.name or listing.source)
            self._terms.of(listing)
        return blogs

    def outcomes(
        self,
        blogs: Sequence[Entry],
        jobs: int | None = 1,
        *,
        cluster: str | None = None,
        until: float | None = None,
    ) -> Generator[tuple[int, Outcome]]:
        """The verdict on every blog, or why there is none, as they come.

        With each its place among them, for whoever wants them in order.
        """
        if not blogs:
            return
        from tempfile import TemporaryDirectory

        self._web.until = until
        from bloglint.tasks import tasks
        from bloglint.web import shown
        from bloglint.workers import outcomes

        failures: deque[SourceFailure] = deque()
        with ExitStack() as stack:
            rooms = self._cache
            has_rooms = any(listing.press for listing, _, _ in blogs)
            if has_rooms and (rooms is None or not _is_writable(rooms)):
                rooms = Path(stack.enter_context(TemporaryDirectory(prefix="bloglint-")))

            def judgeable() -> Iterator[Task]:
                for one in tasks(blogs, self.reading, self._terms, rooms, until):
                    if isinstance(one, SourceFailure):
                        failures.append(one)
                    else:
                        self._told(shown(one.source))
                        yield one

            found = stack.enter_context(
                closing(
                    outcomes(
                        judgeable(), len(blogs), self.bench, jobs, cluster=cluster, until=until
                    )
                )
            )
            for number, outcome in found:
                yield number, outcome
                while failures:
                    yield number, failures.popleft()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.bench.close()
        self._web.close()


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def cache_folder() -> Path:
    """Where this platform keeps what can be made anew; ``BLOGLINT_CACHE`` names another folder."""
    from platformdirs import user_cache_path

    named = os.environ.get("BLOGLINT_CACHE")
    return Path(named) if named else user_cache_path("bloglint")


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


def place_of(source: str | None) -> Path:
    """The folder from which a configuration is looked for."""
    path = Path(source) if source and "://" not in source and source != "-" else Path()
    return path if path.is_dir() else path.parent


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        message = Text("there is no such folder of rules", "diesen Ordner mit Regeln gibt es nicht")
        advice = Text("Check the path.", "Prüfen Sie den Pfad.")
        raise ConfigError(message, advice, name)
    return path
