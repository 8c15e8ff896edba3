"""A runner for a cluster of machines: Dask, behind the interface of concurrent.futures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import Any

from bloglint import __version__
from bloglint.engine.linters import Linters
from bloglint.engine.settings import LintSettings, Outcome
from bloglint.model import Blog, ConfigError, SourceFailure, replace, translate
from bloglint.model.messages import missing_extra
from bloglint.running.runner import AHEAD, run_on_pool
from bloglint.running.task import Numbered, Task
from bloglint.running.worker_process import lint_snapshot
from bloglint.sources import restored

#: Seconds to wait for a scheduler to answer.
PATIENCE = 30
_START = translate("Start it (dask scheduler, dask worker), or leave --cluster out.")
_SAME = translate("Install bloglint {version} on every worker.", version=__version__)


_OWN_RULES = translate("own rules lie on this machine only")
_NO_CLUSTER = translate("Leave --cluster out.")


class DaskRunner:
    """A runner on the workers of a Dask cluster, which redoes the work of a worker that died.

    Raises:
        ConfigError: the user has rules of their own, which are on this machine only.
    """

    def __init__(
        self, linters: Linters, settings: LintSettings, address: str, deadline: float | None
    ) -> None:
        if settings.config.rules:
            raise ConfigError(_OWN_RULES, _NO_CLUSTER, "--cluster")
        self._linters, self._address, self._deadline = linters, address, deadline

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """Yield the outcome of every task as soon as it is done."""
        with _connected(self._address) as (pool, size, death):
            yield from run_on_pool(
                tasks,
                partial(self._submitted, pool),
                lambda: AHEAD * size(),
                death,
                attempts=1,
                deadline=self._deadline,
            )

    def _submitted(self, pool: Executor, task: Task) -> Future[Outcome] | Outcome:
        read = task.read()
        if isinstance(read, SourceFailure):
            return read
        if task.settings.press is not None:  # the newsroom's index is on this machine
            return self._linters.get(task.settings).lint(read)
        snapshot = replace(read, blog=_with_texts(read.blog))
        return pool.submit(lint_snapshot, task.settings, snapshot)


@contextmanager
def _connected(
    address: str,
) -> Iterator[tuple[Executor, Callable[[], int], type[Exception]]]:
    """Connect to the cluster at ``address``.

    Yields its executor, a function that returns how many tasks can run at once, and the error
    raised if a worker dies.

    Raises:
        ConfigError: Dask is not installed, nobody answers, there is no worker, or one has another
            version of bloglint.
    """
    try:
        import distributed
    except ImportError:
        message = translate("Dask is not installed")
        raise missing_extra(message, "cluster", "--cluster") from None
    for name in ("distributed", "distributed.client"):  # they tell of workers that died
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = translate(
            "no scheduler answers at {address} ({name})", address=address, name=type(error).__name__
        )
        raise ConfigError(message, _START, "--cluster") from None
    with client:
        found = client.run(_version, on_error="return")
        found = {
            w: said for w, said in found.items() if not isinstance(said, OSError)
        }  # just ended
        others = {worker: said for worker, said in found.items() if said != __version__}
        if not found or others:
            named = ", ".join(f"{worker}: {said}" for worker, said in others.items())
            message = translate(
                "the cluster has no worker that fits ({named})",
                named=named or translate("none at all"),
            )
            raise ConfigError(message, _SAME if others else _START, "--cluster")
        pool = client.get_executor(pure=False)
        try:
            yield pool, lambda: max(1, sum(client.nthreads().values())), distributed.KilledWorker
        finally:
            pool.shutdown(wait=False)


def _with_texts(blog: Blog) -> Blog:
    """Return ``blog`` with the texts left in its files, for a machine without these files."""
    return replace(blog, posts=tuple(restored(post) for post in blog.posts))


def _version() -> str:
    import bloglint

    return bloglint.__version__
