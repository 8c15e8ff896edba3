"""A session: configuration, rules, newsroom and web access, prepared for one run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bloglint.checks.rule_options import load_checked_rules
from bloglint.clock import end_of_day, zone_named
from bloglint.config import Settings, check_config, check_rules
from bloglint.engine.linters import Linters
from bloglint.engine.settings import LintSettings
from bloglint.model import ConfigError, SourceFailure, replace, translate
from bloglint.paths import is_writable
from bloglint.rules import with_words
from bloglint.running.options import RunOptions
from bloglint.sources import ReadContext, ReadLimit, is_address

if TYPE_CHECKING:
    from bloglint.running.prefetch import Prefetcher
    from bloglint.running.task import Runner
    from bloglint.sources.lists import Entry


class Session:
    """What the blogs of one run share; a context manager that closes the web and the cache.

    ``failures`` are the newsrooms that could not be read.

    Raises:
        ConfigError: the configuration names something that does not exist, such as a newsroom.
    """

    def __init__(self, settings: Settings, options: RunOptions) -> None:
        from bloglint.web import Web

        config = settings.config
        self._stack = ExitStack()
        rules = load_checked_rules(config.rules)
        check_rules(settings, rules)
        self.options = options
        self.rules = with_words(rules, config.words.add, config.words.allow)
        zone = zone_named(config.timezone) if config.timezone else None
        day = datetime.now(UTC) if options.as_of is None else options.as_of
        self.now = end_of_day(day, zone)
        max_bytes = round(config.max_feed_mb * 1_000_000)
        self._web = Web(
            options.cache, offline=options.offline, refresh=options.refresh, max_bytes=max_bytes
        )
        self._web.until = options.deadline
        limit = ReadLimit(config.limit, self.now, config.full_text, config.max_archive_mb)
        self.context = ReadContext(
            self.now.tzinfo or UTC, options.stdin, self._web, limit, options.on_progress
        )
        self.failures: list[SourceFailure] = []
        newsroom = None
        if config.press:
            require_press(config.press)
            from bloglint.press.opening import open_newsroom, unread_said

            newsroom, self.failures = open_newsroom(config.press, self.context, options.cache)
        unread = (unread_said(newsroom),) if newsroom and newsroom.failures else ()
        places = newsroom.places if newsroom else None
        self.settings = LintSettings(
            config, day, self.now, zone, options.cache, places, unread, with_plan=options.with_plan
        )
        self.linters = Linters(self.settings, self.rules, newsroom)
        self.context = replace(self.context, cache=self.linters.cache)

    def blogs(self, sources: Sequence[str]) -> list[Entry]:
        """Return the blogs that ``sources`` name, directly or through a list.

        Raises:
            ConfigError: a list of blogs names something that does not exist.
        """
        if not sources:
            return []
        from bloglint.sources.lists import blogs_of

        blogs = blogs_of(sources, self.context)
        for entry, _, _ in blogs:
            if entry.has_own_settings:
                own = self.settings.for_blog(entry)
                config = replace(own.config, words=own.own_words)
                check_config(config, self.rules, entry.name or entry.source)
        return blogs

    def runner(self, blogs: Sequence[Entry]) -> tuple[Runner, Prefetcher]:
        """Return the runner for ``blogs``, and the prefetcher that supplies its tasks."""
        from bloglint.running.prefetch import Prefetcher
        from bloglint.running.runner import runner_for

        rooms = self.options.cache
        if any(entry.press for entry, _, _ in blogs) and not (rooms and is_writable(rooms)):
            rooms = Path(self._stack.enter_context(TemporaryDirectory(prefix="bloglint-")))
        deadline = self.options.deadline
        prefetcher = Prefetcher(blogs, self.context, self.settings, rooms, deadline)
        return runner_for(self.linters, self.settings, self.options, len(blogs)), prefetcher

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.linters.close()
        self._web.close()
        self._stack.close()


def require_press(sources: Sequence[str]) -> None:
    """Refuse newsrooms on this machine that do not exist, before anything is judged.

    Raises:
        ConfigError: there is no such file or folder.
    """
    for source in sources:
        if source != "-" and not is_address(source) and not Path(source).exists():
            raise ConfigError(
                translate("there is no newsroom at {source}", source=source),
                translate("Check the path."),
                "--press",
            )
