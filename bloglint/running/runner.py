"""The blogs of a run, judged one after another or side by side: in processes, or on a cluster."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing
from time import monotonic
from typing import Any

import msgspec

from bloglint.engine.linter import Bench, Outcome, Terms
from bloglint.model import (
    Blog,
    BlogEntry,
    ConfigError,
    SourceError,
    SourceFailure,
    Text,
    replace,
)
from bloglint.running.shutdown import begin_worker, signals_held
from bloglint.running.worker_process import judge_blog, judge_source
from bloglint.web.addresses import shown

#: Other processes join where so many seconds of work are left; starting two costs about one.
WORTH = 3.0
#: So many blogs for each process are in hand at once.
AHEAD = 3
#: After so many blogs what they left behind is cleared away: texts and rules know each other.
CLEARED = 8

_DIED = Text(
    "the process that judged it ended, twice", "der Prozess, der es beurteilte, endete zweimal"
)
_TOO_LARGE = Text(
    "Give it more memory, or read less of the blog (--limit).",
    "Geben Sie ihm mehr Speicher, oder lesen Sie weniger vom Blog (--limit).",
)
_OWN_RULES = Text(
    "own rules lie on this machine only", "eigene Regeln liegen nur auf diesem Rechner"
)
_NO_CLUSTER = Text("Leave --cluster out.", "Lassen Sie --cluster weg.")
_OUR_MISTAKE = Text(
    "Check its limits and configuration; if they are fine, it is a mistake of bloglint: report it.",
    "Prüfen Sie Grenzen und Konfiguration; stimmen sie, ist es ein Fehler von bloglint: Melden Sie "
    "ihn.",
)
_TOO_LATE = Text("the time given was over before", "vorher war die gegebene Zeit um")
_MORE_TIME = Text(
    "Raise --max-runtime, or judge with more --jobs.",
    "Erhöhen Sie --max-runtime, oder geben Sie mehr --jobs.",
)


class Task(msgspec.Struct, frozen=True):
    """A blog to be judged: its number in the run, how a list names it, and how it is read here.

    ``is_local`` is whether another process of this machine could read it as well; ``terms`` are
    what it is judged by.
    """

    number: int
    listing: BlogEntry
    is_local: bool
    terms: Terms
    read: Callable[[], Blog | SourceError]

    @property
    def source(self) -> str:
        """Where the blog lies."""
        return self.listing.source


Numbered = tuple[int, Outcome]


def outcomes(
    tasks: Iterable[Task],
    total: int,
    bench: Bench,
    jobs: int | None = 1,
    *,
    cluster: str | None = None,
    until: float | None = None,
) -> Generator[Numbered]:
    """What comes of every one of ``total`` tasks, with its number, as they are done.

    Up to ``jobs`` processes judge, or the workers of the Dask ``cluster``. Without a number this
    process begins alone, and as many others as there are processors join where what is left is
    worth it. Tasks that are not done at the moment ``until`` (of the monotonic clock) fail.
    """
    with closing(_outcomes(tasks, total, bench, jobs, cluster, until)) as found:
        for count, one in enumerate(found, 1):
            yield one
            if count % CLEARED == 0:
                gc.collect()


def _outcomes(
    tasks: Iterable[Task],
    total: int,
    bench: Bench,
    jobs: int | None,
    cluster: str | None,
    until: float | None,
) -> Generator[Numbered]:
    todo = iter(tasks)
    if cluster is not None:
        if bench.terms.config.rules:
            raise ConfigError(_OWN_RULES, _NO_CLUSTER, "--cluster")
        yield from _on_cluster(todo, bench, cluster, until)
        return
    left = total
    if jobs is None:
        jobs, begun = _processors(), monotonic()
        for task in todo:
            yield _alone(task, bench, until)
            left -= 1
            spent = (monotonic() - begun) / (total - left)
            if jobs > 1 and left > 1 and spent * left > WORTH:
                break
    if jobs > 1 and left > 1 and _can_be_shared(bench.terms):
        yield from _side_by_side(todo, bench, min(jobs, left), until)
    for task in todo:
        yield _alone(task, bench, until)


def _alone(task: Task, bench: Bench, until: float | None = None) -> Numbered:
    if _is_over(until):
        return _told(task, _late(task))
    try:
        return _told(task, bench.on(task.terms).outcome(task.source, task.read()))
    except Exception as error:
        return _told(task, _unexpected(task, error))


def _told(task: Task, outcome: Outcome) -> Numbered:
    """An outcome with the name that a list gives the blog."""
    if task.listing == BlogEntry(task.source):
        return task.number, outcome
    listing = replace(task.listing, source=shown(task.source))
    return task.number, replace(outcome, listing=listing)


def _late(task: Task) -> SourceFailure:
    return SourceFailure(shown(task.source), _TOO_LATE, _MORE_TIME)


def _dead(task: Task) -> SourceFailure:
    return SourceFailure(shown(task.source), _DIED, _TOO_LARGE)


def _unexpected(task: Task, error: Exception) -> SourceFailure:
    """What to say of a mistake of ours: it costs one blog, and no other."""
    what = f"{type(error).__name__}: {shown(str(error))[:200]}"
    return SourceFailure(
        shown(task.source),
        Text(f"judging it failed ({what})", f"die Beurteilung scheiterte ({what})"),
        _OUR_MISTAKE,
    )


def _is_over(until: float | None) -> bool:
    return until is not None and monotonic() > until


def _can_be_shared(terms: Terms) -> bool:
    return terms.press is None or terms.cache is not None


def _side_by_side(
    todo: Iterator[Task], bench: Bench, jobs: int, until: float | None
) -> Iterator[Numbered]:
    """In processes of this machine. What one that died had in hand is tried again, one by one."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    if os.name == "posix":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # it lets signals through when it starts, so it does that first

    def start() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, get_context("spawn"), begin_worker)

    pool, running = start(), dict[Future[Outcome], Task]()
    try:
        while True:
            _fill(pool, running, todo, AHEAD * jobs, bench, until)
            if not running:
                return
            for future in _first_done(running, until):
                task = running.pop(future)
                error = future.exception()
                if not isinstance(error, BrokenProcessPool):
                    yield _result(task, future)
                    continue
                # Which of them ended the process? Each is tried again, alone.
                suspects = [(future, task), *running.items()]
                running.clear()
                for known, one in sorted(suspects, key=lambda pair: pair[1].number):
                    if known.done() and not isinstance(known.exception(), BrokenProcessPool):
                        yield _result(one, known)
                        continue
                    pool.shutdown(wait=False)
                    pool = start()
                    yield _again(pool, one, bench, until)
                pool.shutdown(wait=False)
                pool = start()
                break
            if _is_over(until):
                for task in running.values():
                    yield _told(task, _late(task))
                running.clear()
                for child in active_children():
                    child.kill()
                return
    except BaseException:
        for child in active_children():
            child.kill()
        raise
    finally:
        pool.shutdown(wait=not running, cancel_futures=True)


def _result(task: Task, future: Future[Outcome]) -> Numbered:
    """The outcome of a future that is done; an error in it costs this blog only."""
    error = future.exception()
    if error is None:
        return _told(task, future.result())
    if not isinstance(error, Exception):
        raise error
    return _told(task, _unexpected(task, error))


def _again(pool: Executor, task: Task, bench: Bench, until: float | None) -> Numbered:
    """A task that may have ended its process, in one of its own."""
    from concurrent.futures.process import BrokenProcessPool

    future = _submitted(pool, task, bench)
    if not _first_done({future: task}, until):
        return _told(task, _late(task))
    if isinstance(future.exception(), BrokenProcessPool):
        return _told(task, _dead(task))
    return _result(task, future)


def _on_cluster(
    todo: Iterator[Task], bench: Bench, cluster: str, until: float | None
) -> Iterator[Numbered]:
    """On the workers of a Dask cluster, which itself does again what a dead one had in hand."""
    from bloglint.running.dask_cluster import connected

    with connected(cluster) as (pool, size, deaths):
        running: dict[Future[Outcome], Task] = {}
        while True:
            _fill(pool, running, todo, AHEAD * size(), bench, until, is_here=False)
            if not running:
                return
            for future in _first_done(running, until):
                task = running.pop(future)
                if isinstance(future.exception(), deaths):
                    yield _told(task, _dead(task))
                else:
                    yield _result(task, future)
            if _is_over(until):
                for future, task in running.items():
                    future.cancel()
                    yield _told(task, _late(task))
                return


def _fill(
    pool: Executor,
    running: dict[Future[Outcome], Task],
    todo: Iterator[Task],
    most: int,
    bench: Bench,
    until: float | None,
    *,
    is_here: bool = True,
) -> None:
    """Hand out tasks until ``most`` are in hand."""
    while len(running) < most:
        task = next(todo, None)
        if task is None:
            return
        if _is_over(until):
            running[_done(_late(task))] = task
        else:
            running[_submitted(pool, task, bench, is_here=is_here)] = task


def _first_done(running: dict[Future[Outcome], Task], until: float | None) -> Sequence[Future[Any]]:
    """The futures that are done, when the first is; in the order of their tasks."""
    from concurrent.futures import FIRST_COMPLETED, wait

    left = None if until is None else max(0.0, until - monotonic())
    done = wait(running, timeout=left, return_when=FIRST_COMPLETED).done
    return sorted(done, key=lambda future: running[future].number)


def _done(outcome: Outcome) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_result(outcome)
    return future


def _submitted(
    pool: Executor, task: Task, bench: Bench, *, is_here: bool = True
) -> Future[Outcome]:
    """What will come of a task; a mistake of ours on the way costs this blog only."""
    try:
        return _given(pool, task, bench, is_here=is_here)
    except Exception as error:
        return _done(_unexpected(task, error))


def _given(pool: Executor, task: Task, bench: Bench, *, is_here: bool) -> Future[Outcome]:
    if task.is_local and is_here:
        return _handed(pool, judge_source, task.terms, task.source)
    blog = task.read()
    if isinstance(blog, SourceError):
        return _done(bench.outcome(task.source, blog))
    if is_here:
        return _handed(pool, judge_blog, task.terms, task.source, blog)
    if task.terms.press is not None:  # the newsroom's index lies on this machine
        return _done(bench.on(task.terms).outcome(task.source, blog))
    from bloglint.running.dask_cluster import packed

    return pool.submit(judge_blog, task.terms, task.source, packed(blog))


def _handed(pool: Executor, judge: Callable[..., Outcome], *what: Any) -> Future[Outcome]:
    """What a pool will give; one that is broken already gives just that."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        with signals_held():
            return pool.submit(judge, *what)
    except BrokenProcessPool as error:
        future: Future[Outcome] = Future()
        future.set_exception(error)
        return future


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
