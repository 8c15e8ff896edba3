"""A runner on a cluster of machines: Dask's, behind the interface of concurrent.futures."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import Any

from bloglint import __version__
from bloglint.engine.linters import Linters
from bloglint.engine.settings import LintSettings, Outcome
from bloglint.model import Blog, ConfigError, SourceFailure, replace, translate
from bloglint.running.runner import AHEAD, run_on_pool
from bloglint.running.task import Numbered, Task
from bloglint.running.worker_process import lint_snapshot
from bloglint.sources import restored

#: Seconds until a scheduler has to answer.
PATIENCE = 30
_INSTALL = translate("Install it: pip install 'bloglint[cluster]'.")
_START = translate("Start it (dask scheduler, dask worker), or leave --cluster out.")
_SAME = translate("Install bloglint {version} on every worker.", version=__version__)


_OWN_RULES = translate("own rules lie on this machine only")
_NO_CLUSTER = translate("Leave --cluster out.")


class DaskRunner:
    """Judges on the workers of a Dask cluster, which does again what a dead one had in hand.

    Raises:
        ConfigError: rules of the user's own lie on this machine only.
    """

    def __init__(
        self, linters: Linters, settings: LintSettings, address: str, deadline: float | None
    ) -> None:
        if settings.config.rules:
            raise ConfigError(_OWN_RULES, _NO_CLUSTER, "--cluster")
        self._linters, self._address, self._deadline = linters, address, deadline

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """What comes of every task, as each is done."""
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
        if task.settings.press is not None:  # the newsroom's index lies on this machine
            return self._linters.get(task.settings).lint(read)
        snapshot = replace(read, blog=_with_texts(read.blog))
        return pool.submit(lint_snapshot, task.settings, snapshot)


@contextmanager
def _connected(
    address: str,
) -> Iterator[tuple[Executor, Callable[[], int], type[Exception]]]:
    """The executor of the cluster at ``address``, how many can judge at once, and a death's error.

    Raises:
        ConfigError: Dask is not installed, nobody answers, or a worker has another bloglint.
    """
    try:
        import distributed
    except ImportError:
        message = translate("Dask is not installed")
        raise ConfigError(message, _INSTALL, "--cluster") from None
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
    """``blog`` with the texts that were left in its files, for a machine that has no such files."""
    return replace(blog, posts=tuple(restored(post) for post in blog.posts))


def _version() -> str:
    import bloglint

    return bloglint.__version__
