"""Runners on this machine: one process, several, or as many as the work is worth."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from time import monotonic
from typing import Any

from bloglint.engine.linters import Linters
from bloglint.engine.settings import LintSettings, Outcome, Snapshot
from bloglint.model import ConfigError, SourceFailure
from bloglint.running.options import RunOptions
from bloglint.running.shutdown import begin_worker, signals_held
from bloglint.running.task import Numbered, Runner, Task, is_over
from bloglint.running.worker_process import lint_snapshot, lint_source

#: More processes join where this many seconds of work are left; starting two costs about one.
WORTH = 3.0
#: How many blogs are handed out for each process at once.
AHEAD = 3


class SequentialRunner:
    """Judges one blog after another in this process."""

    def __init__(self, linters: Linters, deadline: float | None = None) -> None:
        self._linters, self._deadline = linters, deadline

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """What comes of every task, in their order."""
        for task in tasks:
            if is_over(self._deadline):
                yield task.late()
                continue
            try:
                read = task.read()
                if isinstance(read, SourceFailure):
                    yield task.done(read)
                else:
                    yield task.done(self._linters.get(task.settings).lint(read))
            except ConfigError:
                raise
            except Exception as error:  # a mistake of ours costs one blog
                yield task.failed(error)


class AdaptiveRunner:
    """Judges in this process until it is clear that several would be faster."""

    def __init__(self, first: SequentialRunner, others: ProcessRunner, total: int) -> None:
        self._first, self._others, self._left = first, others, total

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """What comes of every task, as each is done."""
        begun = monotonic()
        for done, numbered in enumerate(self._first.run(tasks), 1):
            yield numbered
            self._left -= 1
            spent = (monotonic() - begun) / done
            if self._left > 1 and spent * self._left > WORTH:
                break
        yield from self._others.run(tasks)


class ProcessRunner:
    """Judges in several processes of this machine.

    A process that dies costs nothing but time: its blog is judged again in a fresh one, and named
    if that dies as well.
    """

    def __init__(self, linters: Linters, jobs: int, deadline: float | None = None) -> None:
        self._linters, self._jobs, self._deadline = linters, jobs, deadline

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """What comes of every task, as each is done."""
        first = next(tasks, None)
        if first is None:
            return
        from multiprocessing import get_context

        from pebble import ProcessExpired, ProcessPool

        _start_resource_tracker()
        pool = ProcessPool(self._jobs, initializer=begin_worker, context=get_context("spawn"))
        running: dict[Future[Outcome], tuple[Task, int]] = {}

        def hand_out(task: Task, attempt: int) -> Numbered | None:
            """Give a task to the pool; its outcome where it needs no process."""
            try:
                future = self._submitted(pool.schedule, task)
            except ConfigError:
                raise
            except Exception as error:  # a mistake of ours costs one blog
                return task.failed(error)
            if isinstance(future, Future):
                running[future] = task, attempt
                return None
            return task.done(future)

        waiting: Task | None = first
        try:
            while True:
                while len(running) < AHEAD * self._jobs:
                    task = waiting or next(tasks, None)
                    waiting = None
                    if task is None:
                        break
                    numbered = task.late() if is_over(self._deadline) else hand_out(task, 1)
                    if numbered:
                        yield numbered
                if not running:
                    return
                for future in first_done(running, self._deadline):
                    task, attempt = running.pop(future)
                    error = future.exception()
                    if isinstance(error, ProcessExpired):
                        numbered = hand_out(task, 2) if attempt == 1 else task.dead()
                        if numbered:
                            yield numbered
                    elif isinstance(error, ConfigError):
                        raise error
                    elif isinstance(error, Exception):
                        yield task.failed(error)
                    elif error is not None:
                        raise error
                    else:
                        yield task.done(future.result())
                if is_over(self._deadline):
                    for task, _ in running.values():
                        yield task.late()
                    running.clear()
        finally:
            end = pool.stop if running else pool.close
            end()  # type: ignore[no-untyped-call]
            pool.join()

    def _submitted(self, schedule: Callable[..., Any], task: Task) -> Future[Outcome] | Outcome:
        """The future of a task; its outcome where no process could do more."""
        with_source = task.is_local
        read = None if with_source else task.read()
        if isinstance(read, SourceFailure):
            return read
        function: Callable[..., Outcome] = lint_source if with_source else lint_snapshot
        what: str | Snapshot | None = task.source if with_source else read
        with signals_held():
            future: Future[Outcome] = schedule(function, args=(task.settings, what))
        return future


def first_done(
    running: dict[Future[Outcome], tuple[Task, int]], deadline: float | None
) -> list[Future[Outcome]]:
    """The futures that are done as soon as the first is, in the order of their tasks."""
    left = None if deadline is None else max(0.0, deadline - monotonic())
    done = wait(running, timeout=left, return_when=FIRST_COMPLETED).done
    return sorted(done, key=lambda future: running[future][0].number)


def runner_for(linters: Linters, settings: LintSettings, options: RunOptions, total: int) -> Runner:
    """The runner that carries out a run of ``total`` blogs as ``options`` ask."""
    if options.cluster is not None:
        from bloglint.running.dask_cluster import DaskRunner

        return DaskRunner(linters, settings, options.cluster, options.deadline)
    alone = SequentialRunner(linters, options.deadline)
    jobs = _processors() if options.jobs is None else options.jobs
    is_shareable = settings.press is None or settings.cache is not None
    if jobs == 1 or total == 1 or not is_shareable:
        return alone
    several = ProcessRunner(linters, min(jobs, total), options.deadline)
    return AdaptiveRunner(alone, several, total) if options.jobs is None else several


def _start_resource_tracker() -> None:
    """Start what lets signals through while it starts before any signal is held back."""
    if os.name == "posix":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
