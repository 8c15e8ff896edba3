"""The blogs of a run as tasks: those on the web are read in parallel, before they are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from pathlib import Path
from time import monotonic

from bloglint.engine.settings import LintSettings, Snapshot
from bloglint.model import SourceFailure, Text, replace, translate
from bloglint.press.opening import Newsrooms
from bloglint.running.task import Task, is_over
from bloglint.sources import ReadContext, is_address
from bloglint.sources.lists import Entry
from bloglint.web.addresses import shown

#: How many blogs are read in parallel (one request at a time per host), and how many are in
#: hand at once: some wait for servers that never answer while others are judged.
AT_ONCE, READ_AHEAD = 24, 48

_UNREAD = (
    translate("the time given was over before it was read"),
    translate("Raise --max-runtime."),
)


class Prefetcher:
    """A reader that turns blogs into tasks as soon as each can be judged.

    The newsrooms of individual blogs are kept in the folder ``rooms``; ``failures`` collects those
    that cannot be read, each with the number of the first blog that names it.
    """

    def __init__(
        self,
        blogs: Sequence[Entry],
        context: ReadContext,
        settings: LintSettings,
        rooms: Path | None,
        deadline: float | None = None,
    ) -> None:
        self._blogs, self._context, self._settings = blogs, context, settings
        self._newsrooms = Newsrooms(context, rooms)
        self._deadline = deadline
        self.failures: list[tuple[int, SourceFailure]] = []

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each blog; those not read by the deadline are yielded unread."""
        is_away = [is_address(entry.source) and not wrong for entry, _, wrong in self._blogs]
        away = iter([n for n, there in enumerate(is_away) if there])
        others = iter([n for n, there in enumerate(is_away) if not there])
        if not any(is_away):
            yield from map(self._task, others)
            return
        from pebble import ThreadPool

        running: dict[Future[Task], int] = {}
        pool = ThreadPool(AT_ONCE)  # daemon threads: none delays the end of the process
        try:
            while True:
                while len(running) < READ_AHEAD and (number := next(away, None)) is not None:
                    running[pool.schedule(self._task, args=(number, True))] = number
                if is_over(self._deadline):
                    yield from map(self._unread, (*running.values(), *away, *others))
                    return
                done = [future for future in running if future.done()]
                here = next(others, None) if not done else None
                if here is not None:  # work to do while waiting for servers
                    yield self._task(here)
                    continue
                if not running:
                    return
                left = None if self._deadline is None else max(0.0, self._deadline - monotonic())
                done = list(wait(running, timeout=left, return_when=FIRST_COMPLETED).done)
                for future in sorted(done, key=lambda future: running[future]):
                    running.pop(future)
                    yield future.result()
        finally:
            pool.stop()  # type: ignore[no-untyped-call]

    def _unread(self, number: int) -> Task:
        entry = self._blogs[number][0]
        failure = SourceFailure(shown(entry.source), *_UNREAD)
        return Task(number, entry, False, self._settings, lambda: failure)

    def _task(self, number: int, read_now: bool = False) -> Task:
        """Return the task of a blog; with ``read_now``, read the blog at once."""
        entry, by_user, wrong = self._blogs[number]
        source, settings = entry.source, self._settings
        is_local = not is_address(source) and source != "-" and wrong is None
        if wrong is not None:
            failure = SourceFailure(shown(source), wrong.message, wrong.advice)
            return Task(number, entry, False, settings, lambda: failure)
        try:
            settings = settings.for_blog(entry)
            settings = replace(settings, unread=(*settings.unread, *entry.notes))
            if entry.press:
                places, unread, failures = self._newsrooms.of(entry)
                self.failures += [(number, one) for one in failures]
                settings = replace(settings, press=places, unread=(*settings.unread, *unread))
            context = replace(self._context, named=by_user)
            read: Callable[[], Snapshot | SourceFailure] = partial(settings.read, source, context)
            if read_now:
                known = read()
                read = lambda: known  # noqa: E731 - it is read already
        except Exception as error:  # a bug of ours costs one blog only
            failure = SourceFailure(shown(source), _mistake(error), "")
            return Task(number, entry, False, settings, lambda: failure)
        return Task(number, entry, is_local, settings, read)


def _mistake(error: Exception) -> Text:
    what = f"{type(error).__name__}: {error}"[:200]
    return translate("reading it failed ({what})", what=what)
