"""Runners on this machine: one process, several, or as many as the work is worth."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from itertools import chain
from time import monotonic
from typing import Any

from bloglint.engine.linters import Linters
from bloglint.engine.settings import LintSettings, Outcome, Snapshot
from bloglint.model import ConfigError, SourceFailure
from bloglint.running.options import RunOptions
from bloglint.running.shutdown import begin_worker, kill_children, signals_held
from bloglint.running.task import Numbered, Runner, Task, is_over
from bloglint.running.time_limit import OutOfTime, time_limit
from bloglint.running.worker_process import lint_snapshot, lint_source

#: Seconds of work left that justify more processes; starting two takes about one second.
WORTH = 3.0
#: How many blogs are handed out at a time for each process.
AHEAD = 3


class SequentialRunner:
    """A runner that judges one blog after another in this process."""

    def __init__(
        self, linters: Linters, deadline: float | None = None, seconds: float | None = None
    ) -> None:
        self._linters, self._deadline, self._seconds = linters, deadline, seconds

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """Yield the outcome of every task, in the order of the tasks."""
        for task in tasks:
            if is_over(self._deadline):
                yield task.late()
                continue
            try:
                with time_limit(self._seconds, self._deadline):
                    read = task.read()
                    outcome: Outcome = (
                        read
                        if isinstance(read, SourceFailure)
                        else self._linters.get(task.settings).lint(read)
                    )
            except OutOfTime:
                is_late = is_over(self._deadline)
                yield task.late() if is_late else task.too_slow(self._seconds)
            except ConfigError:
                raise
            except Exception as error:  # a bug of ours costs one blog only
                yield task.failed(error)
            else:
                yield task.done(outcome)


class AdaptiveRunner:
    """A runner that stays in this process until several would clearly be faster."""

    def __init__(self, first: SequentialRunner, others: ProcessRunner, total: int) -> None:
        self._first, self._others, self._left = first, others, total

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """Yield the outcome of every task as soon as it is done."""
        begun = monotonic()
        for done, numbered in enumerate(self._first.run(tasks), 1):
            yield numbered
            self._left -= 1
            spent = (monotonic() - begun) / done
            if self._left > 1 and spent * self._left > WORTH:
                break
        yield from self._others.run(tasks)


class ProcessRunner:
    """A runner that judges in several processes on this machine.

    A process that dies costs nothing but time: its blog is judged again in a fresh one, and
    reported if that one dies as well.
    """

    def __init__(
        self,
        linters: Linters,
        jobs: int,
        deadline: float | None = None,
        seconds: float | None = None,
    ) -> None:
        self._linters, self._jobs, self._deadline = linters, jobs, deadline
        self._seconds = seconds

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """Yield the outcome of every task as soon as it is done."""
        first = next(tasks, None)
        if first is None:
            return
        from multiprocessing import get_context

        from pebble import ProcessExpired, ProcessPool

        _start_resource_tracker()
        pool = ProcessPool(self._jobs, initializer=begin_worker, context=get_context("spawn"))
        all_tasks = chain((first,), tasks)
        try:
            yield from run_on_pool(
                all_tasks,
                partial(self._submitted, pool.schedule),
                lambda: AHEAD * self._jobs,
                ProcessExpired,
                attempts=2,
                deadline=self._deadline,
                seconds=self._seconds,
            )
        except BaseException:
            kill_children()  # one that is just starting hears no gentler signal
            raise
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _submitted(self, schedule: Callable[..., Any], task: Task) -> Future[Outcome] | Outcome:
        """Return the future of a task, or its failure if the blog could not be read."""
        with_source = task.is_local
        read = None if with_source else task.read()
        if isinstance(read, SourceFailure):
            return read
        function: Callable[..., Outcome] = lint_source if with_source else lint_snapshot
        what: str | Snapshot | None = task.source if with_source else read
        with signals_held():
            future: Future[Outcome] = schedule(
                function, args=(task.settings, what), timeout=self._seconds
            )
        return future


def run_on_pool(
    tasks: Iterator[Task],
    submit: Callable[[Task], Future[Outcome] | Outcome],
    capacity: Callable[[], int],
    death: type[Exception],
    *,
    attempts: int,
    deadline: float | None,
    seconds: float | None = None,
) -> Generator[Numbered]:
    """What comes of every task on a pool of workers, as each is done.

    Args:
        submit: hands a task to the pool; gives its outcome where no worker could do more.
        capacity: how many tasks may be in hand at once.
        death: the error of a task whose worker died; it is tried again up to ``attempts`` times.
        deadline: the moment of the monotonic clock at which unfinished tasks are given up.
        seconds: the time limit of one task, for the message.
    """
    running: dict[Future[Outcome], tuple[Task, int]] = {}
    again: list[tuple[Task, int]] = []
    while True:
        while len(running) < capacity():
            task, attempt = again.pop() if again else (next(tasks, None), 1)
            if task is None:
                break
            if is_over(deadline):
                yield task.late()
                continue
            try:
                handed = submit(task)
            except ConfigError:
                raise
            except Exception as error:  # a bug of ours costs one blog only
                yield task.failed(error)
                continue
            if isinstance(handed, Future):
                running[handed] = task, attempt
            else:
                yield task.done(handed)
        if not running:
            return
        left = None if deadline is None else max(0.0, deadline - monotonic())
        done = wait(running, timeout=left, return_when=FIRST_COMPLETED).done
        for future in sorted(done, key=lambda one: running[one][0].number):
            task, attempt = running.pop(future)
            problem = future.exception()
            if problem is None:
                yield task.done(future.result())
            elif isinstance(problem, death):
                if attempt < attempts:
                    again.append((task, attempt + 1))
                else:
                    yield task.dead()
            elif isinstance(problem, TimeoutError):
                yield task.too_slow(seconds)
            elif isinstance(problem, ConfigError) or not isinstance(problem, Exception):
                raise problem
            else:
                yield task.failed(problem)
        if is_over(deadline):
            for future, (task, _) in running.items():
                future.cancel()
                yield task.late()
            running.clear()


def runner_for(linters: Linters, settings: LintSettings, options: RunOptions, total: int) -> Runner:
    """Return the runner for ``total`` blogs, chosen by ``options``."""
    if options.cluster is not None:
        from bloglint.running.dask_cluster import DaskRunner

        return DaskRunner(linters, settings, options.cluster, options.deadline)
    alone = SequentialRunner(linters, options.deadline, options.blog_seconds)
    jobs = _processors() if options.jobs is None else options.jobs
    is_shareable = settings.press is None or settings.cache is not None
    if jobs == 1 or total == 1 or not is_shareable:
        return alone
    several = ProcessRunner(linters, min(jobs, total), options.deadline, options.blog_seconds)
    return AdaptiveRunner(alone, several, total) if options.jobs is None else several


def _start_resource_tracker() -> None:
    """Start multiprocessing's tracker, which unblocks signals, before any are held back."""
    if os.name == "posix":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()


def _processors() -> int:
    """Return how many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
