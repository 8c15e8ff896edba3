"""A cluster of machines that judge together: Dask's, behind the interface of concurrent.futures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from bloglint import __version__
from bloglint.model import Blog, ConfigError, Text, replace
from bloglint.sources import restored

#: Seconds until a scheduler has to answer.
PATIENCE = 30
_INSTALL = Text(
    "Install it: pip install 'bloglint[cluster]'.",
    "Installieren Sie es: pip install 'bloglint[cluster]'.",
)
_START = Text(
    "Start it (dask scheduler, dask worker), or leave --cluster out.",
    "Starten Sie ihn (dask scheduler, dask worker), oder lassen Sie --cluster weg.",
)
_SAME = Text(
    f"Install bloglint {__version__} on every worker.",
    f"Installieren Sie bloglint {__version__} auf jedem Worker.",
)


@contextmanager
def connected(
    address: str,
) -> Iterator[tuple[Executor, Callable[[], int], type[Exception]]]:
    """The executor of the cluster at ``address``, how many can judge at once, and a death's error.

    Raises:
        ConfigError: Dask is not installed, nobody answers, or a worker has another bloglint.
    """
    try:
        import distributed
    except ImportError:
        message = Text("Dask is not installed", "Dask ist nicht installiert")
        raise ConfigError(message, _INSTALL, "--cluster") from None
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = Text(
            f"no scheduler answers at {address} ({type(error).__name__})",
            f"unter {address} antwortet kein Scheduler ({type(error).__name__})",
        )
        raise ConfigError(message, _START, "--cluster") from None
    with client:
        found = client.run(_version, on_error="return")
        others = {worker: said for worker, said in found.items() if said != __version__}
        if not found or others:
            named = ", ".join(f"{worker}: {said}" for worker, said in others.items())
            message = Text(
                f"the cluster has no worker that fits ({named or 'none at all'})",
                f"der Cluster hat keinen passenden Worker ({named or 'gar keinen'})",
            )
            raise ConfigError(message, _SAME if others else _START, "--cluster")
        pool = client.get_executor(pure=False)
        try:
            yield pool, lambda: max(1, sum(client.nthreads().values())), distributed.KilledWorker
        finally:
            pool.shutdown(wait=False)


def packed(blog: Blog) -> Blog:
    """``blog`` with the texts that were left in its files, for a machine that has no such files."""
    return replace(blog, posts=tuple(restored(post) for post in blog.posts))


def _version() -> str:
    import bloglint

    return bloglint.__version__
