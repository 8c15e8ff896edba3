"""How a run ends: at once, with nothing half done and no process left behind."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

#: The codes after a signal, as shells give them.
INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM


@contextmanager
def orderly() -> Iterator[None]:
    """End what happens in it after a signal as after an error, and then without delay."""
    with suppress(ValueError):  # only the first thread of a process hears signals
        signal.signal(signal.SIGTERM, _told_to_end)
    try:
        yield
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except SystemExit as ended:
        if ended.code in (INTERRUPTED, TERMINATED):
            _leave(ended.code)
        raise
    finally:
        gc.freeze()  # all of it goes with the process: no last search for cycles


def _told_to_end(*_: int | FrameType | None) -> None:
    raise SystemExit(TERMINATED)


def _leave(code: int) -> NoReturn:
    """Wait for no thread: one may wait itself for what a process that was ended did not finish."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
