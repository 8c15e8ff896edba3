"""One whole run: sources are read, judged and gathered into a report."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bloglint.clock import end_of_day, zone_named
from bloglint.config import Settings, check_options, check_rules
from bloglint.engine.linter import Bench, Outcome, Terms
from bloglint.model import ConfigError, SourceFailure, Text, replace
from bloglint.paths import is_writable
from bloglint.rules import load_rules, with_words
from bloglint.sources import ReadContext, ReadLimit

if TYPE_CHECKING:
    from bloglint.running.runner import Task
    from bloglint.sources.lists import Entry

#: Called with what is being done now, for those who wait.
Progress = Callable[[str], None]


class Session:
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
        on_progress: Progress = lambda what: None,
    ) -> None:
        from bloglint.web import Web

        config = settings.config
        rules = load_rules([_folder(name) for name in config.rules])
        check_rules(settings, rules)
        self.rules = with_words(rules, config.words.add, config.words.allow)
        self._zone = zone_named(config.timezone) if config.timezone else None
        day = datetime.now(UTC) if as_of is None else as_of
        self.now = end_of_day(day, self._zone)
        self._cache, self._told = cache, on_progress
        most = round(config.max_feed_mb * 1_000_000)
        self._web = Web(cache, offline=offline, refresh=refresh, max_bytes=most)
        wanted = ReadLimit(config.limit, self.now, config.full_text)
        self.reading = ReadContext(self.now.tzinfo or UTC, stdin, self._web, wanted, on_progress)
        self.failures: list[SourceFailure] = []
        newsroom = None
        if config.press:
            from bloglint.press.opening import open_newsroom, unread_said

            newsroom, self.failures = open_newsroom(config.press, self.reading, cache)
        unread = (unread_said(newsroom),) if newsroom and newsroom.failures else ()
        places = newsroom.places if newsroom else None
        self._terms = Terms(config, day, self.now, self._zone, cache, places, unread)
        self.bench = Bench(self._terms, self.rules, newsroom)
        self.reading = replace(self.reading, cache=self.bench.kept)

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
        from bloglint.running.prefetch import tasks
        from bloglint.running.runner import outcomes
        from bloglint.web import shown

        failures: deque[SourceFailure] = deque()
        with ExitStack() as stack:
            rooms = self._cache
            has_rooms = any(listing.press for listing, _, _ in blogs)
            if has_rooms and (rooms is None or not is_writable(rooms)):
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

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.bench.close()
        self._web.close()


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        message = Text("there is no such folder of rules", "diesen Ordner mit Regeln gibt es nicht")
        advice = Text("Check the path.", "Prüfen Sie den Pfad.")
        raise ConfigError(message, advice, name)
    return path
