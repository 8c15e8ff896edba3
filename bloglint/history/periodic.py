"""Periodic reports on one or many blogs: judged, compared with the last report, and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from bloglint.cache.spool import Spool
from bloglint.config import Settings
from bloglint.history.changes import developed
from bloglint.history.store import History, HistoryError
from bloglint.model import (
    ConfigError,
    Development,
    Report,
    SourceFailure,
    Text,
    Verdict,
    replace,
    translate,
)
from bloglint.running.options import RunOptions
from bloglint.running.session import Session

#: A finding that lapsed within this many days (three months) is not new when it returns.
RECENT_DAYS = 91
_NO_HISTORY = translate("The history could not be read: there is nothing to compare with.")


Scored = tuple[date, float | None]


class Reported(msgspec.Struct, frozen=True):
    """A report, and the problems with its history."""

    report: Report
    problems: tuple[HistoryError, ...] = ()


def report_on(
    sources: Sequence[str],
    settings: Settings,
    options: RunOptions = RunOptions(),  # noqa: B008 - it is frozen
    *,
    history: Path | None,
    done: Callable[[int, int], None] = lambda count, total: None,
) -> Reported:
    """Report on all blogs named by ``sources``, each compared with its last in ``history``.

    Results are stored as they arrive, by this process only. A history that cannot be read or
    written is listed among the problems, and the report is made regardless; without a history
    nothing is compared. ``done`` is called with the number of blogs done and the total.

    Raises:
        ConfigError: the configuration or a list of blogs is wrong; nothing is judged.
    """
    problems: list[HistoryError] = []
    found: list[tuple[int, int | SourceFailure]] = []
    spool = Spool()
    with Session(settings, options) as session:
        errors, blogs = list(session.failures), session.blogs(sources)
        places = [entry.source for entry, _, _ in blogs]
        runner, prefetcher = session.runner(blogs)
        outcomes = runner.run(prefetcher.tasks())
        with _recorder(history, session.now, places, problems) as record, closing(outcomes):
            for number, outcome in outcomes:
                if isinstance(outcome, Verdict):
                    found.append((number, spool.add(record(outcome))))
                else:
                    found.append((number, outcome))
                done(len(found), len(blogs))
        now = session.now
    errors += [failure for _, failure in sorted(prefetcher.failures, key=lambda one: one[0])]
    found.sort(key=lambda one: one[0])
    verdicts = spool.arranged([one for _, one in found if isinstance(one, int)])
    errors += [one for _, one in found if isinstance(one, SourceFailure)]
    return Reported(Report(now, verdicts, tuple(errors)), tuple(problems))


@contextmanager
def _recorder(
    path: Path | None, now: datetime, sources: Sequence[str], problems: list[HistoryError]
) -> Iterator[Callable[[Verdict], Verdict]]:
    """Yield a function that compares a verdict with the last report and stores it."""
    try:
        base = History(path) if path else None
    except HistoryError as error:
        problems.append(error)
        base = None
    if base is None:
        said = (_NO_HISTORY,) if problems else ()

        def alone(verdict: Verdict) -> Verdict:
            found = developed(verdict, None, ())
            return replace(found, development=Development(said=said))

        yield alone
        return
    with base:
        yield HistoryRecorder(base, now, sources, problems)


class HistoryRecorder:
    """Compares verdicts with a history's last reports, and adds them to it."""

    def __init__(
        self,
        history: History,
        now: datetime,
        sources: Sequence[str],
        problems: list[HistoryError],
    ) -> None:
        self._history, self._now, self._sources = history, now, sources
        self._problems = problems
        self._taken: set[int] = set()
        self._ahead: str | None = None
        try:
            self._ahead = history.is_ahead(now.date())
        except HistoryError as error:
            self._note(error)

    def __call__(self, verdict: Verdict) -> Verdict:
        """Return ``verdict`` with the blog's development since its last report."""
        day = self._now.date()
        before, lapsed, course = None, set[tuple[str, str | None]](), list[Scored]()
        try:
            blog, moved_from = self._history.blog_of(verdict, self._sources)
            if blog in self._taken:  # another source of this run is the same blog
                blog, moved_from = None, ""
            if blog is not None:
                before = self._history.before(blog, day)
                since = day - timedelta(days=RECENT_DAYS)
                lapsed = self._history.lapsed(blog, since, day)
                course = self._history.course(blog, day)
        except HistoryError as error:
            self._note(error)
            found = developed(verdict, None, ())
            return replace(found, development=Development(said=(_NO_HISTORY,)))
        earlier = [one for one in course if one[0] < day]
        verdict = developed(verdict, before, [*earlier, (day, verdict.score)], lapsed)
        if moved_from:
            verdict = replace(verdict, notes=(*verdict.notes, _moved(moved_from)))
        if self._ahead:
            verdict = replace(verdict, notes=(*verdict.notes, _ahead(self._ahead)))
        try:
            self._taken.add(self._history.write(verdict, self._now, blog))
        except HistoryError as error:
            self._note(error)
        return verdict

    def _note(self, error: HistoryError) -> None:
        if str(error) not in map(str, self._problems):
            self._problems.append(error)


def _moved(address: str) -> Text:
    return translate(
        "its newest posts are those of {address}: it is taken for that blog, which moved",
        address=address,
    )


def _ahead(day: str) -> Text:
    return translate(
        "the history holds reports of later days (up to {day}): a clock or --as-of went "
        "back; only earlier ones are compared with",
        day=day,
    )


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of the history at ``path``, so that no two reports run at once.

    Raises:
        ConfigError: another report is running; says which process, and since when.
    """
    from os import getpid

    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f"{path.name}.lock"), blocking=False)
    holder = path.with_name(f"{path.name}.running")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        try:
            who = holder.read_text("utf-8").strip()
        except OSError:
            who = "?"
        message = translate("another report runs on this history ({who})", who=who)
        advice = translate("Wait for it, or name another history with --db.")
        raise ConfigError(message, advice, str(path)) from None
    except OSError:  # an unwritable folder is reported when the history is opened
        yield
        return
    try:
        with suppress(OSError):  # only informs other processes
            holder.write_text(f"pid {getpid()}, {datetime.now():%Y-%m-%d %H:%M:%S}\n", "utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()
