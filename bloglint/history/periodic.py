"""The periodic report on one or many blogs: judged, compared with the last one, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

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
)
from bloglint.running.session import Progress, Session

#: What lapsed in so many days is not new when it comes again: three months.
RECENT_DAYS = 91
_NO_HISTORY = Text(
    "The history could not be read: there is nothing to compare with.",
    "Die Historie war nicht lesbar: Es gibt nichts zum Vergleichen.",
)


Scored = tuple[date, float | None]


class Reported(msgspec.Struct, frozen=True):
    """A report, and what went wrong with its history."""

    report: Report
    problems: tuple[HistoryError, ...] = ()


def report_on(
    sources: Sequence[str],
    settings: Settings,
    *,
    history: Path | None,
    as_of: str | date | datetime | None = None,
    stdin: BinaryIO | None = None,
    cache: Path | None = None,
    offline: bool = False,
    refresh: bool = False,
    jobs: int | None = None,
    cluster: str | None = None,
    until: float | None = None,
    on_progress: Progress = lambda what: None,
    done: Callable[[int, int], None] = lambda count, total: None,
) -> Reported:
    """The report on all blogs that ``sources`` name, each compared with its last in ``history``.

    Results are kept as they come, by this process only. A history that cannot be read or written
    is among the problems, and the report is made all the same; without one nothing is compared.
    ``done`` hears how many blogs are done, and of how many.

    Raises:
        ConfigError: the configuration or a list of blogs is wrong; nothing is judged.
    """
    problems: list[HistoryError] = []
    found: list[tuple[int, int | SourceFailure]] = []
    spool = Spool()
    with Session(
        settings,
        as_of,
        stdin=stdin,
        cache=cache,
        offline=offline,
        refresh=refresh,
        on_progress=on_progress,
    ) as run:
        errors, blogs = list(run.failures), run.listed(sources)
        places = [listing.source for listing, _, _ in blogs]
        outcomes = run.outcomes(blogs, jobs, cluster=cluster, until=until)
        with _keeper(history, run.now, places, problems) as keep, closing(outcomes) as numbered:
            for number, outcome in numbered:
                if isinstance(outcome, Verdict):
                    found.append((number, spool.add(keep(outcome))))
                else:
                    found.append((number, outcome))
                done(len(found), len(blogs))
        now = run.now
    found.sort(key=lambda one: one[0])
    verdicts = spool.arranged([one for _, one in found if isinstance(one, int)])
    errors += [one for _, one in found if isinstance(one, SourceFailure)]
    return Reported(Report(now, verdicts, tuple(errors)), tuple(problems))


@contextmanager
def _keeper(
    path: Path | None, now: datetime, sources: Sequence[str], problems: list[HistoryError]
) -> Iterator[Callable[[Verdict], Verdict]]:
    """What compares a verdict with the last report, and keeps it."""
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
    """Compares verdicts with the last reports of a history, and adds them to it."""

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
        """``verdict`` with what became of the blog since its last report."""
        day = self._now.date()
        before, lapsed, course = None, set[tuple[str, str | None]](), list[Scored]()
        try:
            blog, moved_from = self._history.blog_of(verdict, self._sources)
            if blog in self._taken:  # another source of this run is that blog
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
    return Text(
        f"its newest posts are those of {address}: it is taken for that blog, which moved",
        f"seine neuesten Beiträge sind die von {address}: es gilt als dieses Blog, das umzog",
    )


def _ahead(day: str) -> Text:
    return Text(
        f"the history holds reports of later days (up to {day}): a clock or --as-of went back; "
        "only earlier ones are compared with",
        f"die Historie enthält Berichte späterer Tage (bis {day}): Uhr oder --as-of gingen zurück; "
        "verglichen wird nur mit früheren",
    )


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of the history at ``path``, so that no two reports run at once.

    Raises:
        ConfigError: another report runs; says since when and which process.
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
        message = Text(
            f"another report runs on this history ({who})",
            f"ein anderer Bericht läuft auf dieser Historie ({who})",
        )
        advice = Text(
            "Wait for it, or name another history with --db.",
            "Warten Sie auf ihn, oder nennen Sie mit --db eine andere Historie.",
        )
        raise ConfigError(message, advice, str(path)) from None
    except OSError:  # an unwritable folder is reported where the history is opened
        yield
        return
    try:
        with suppress(OSError):  # a note for others, and no more
            holder.write_text(f"pid {getpid()}, {datetime.now():%Y-%m-%d %H:%M:%S}\n", "utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()
