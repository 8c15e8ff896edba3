"""A time limit on what runs in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType


class OutOfTime(BaseException):
    """The time is over. Not an `Exception`, so that nothing on the way takes it for a mistake."""


@contextmanager
def time_limit(seconds: float | None, deadline: float | None = None) -> Iterator[None]:
    """Raise `OutOfTime` in the body after so many seconds, or at a moment of the monotonic clock.

    Without either, in a thread, and where the system has no timers, there is no limit.
    """
    rest = None if deadline is None else deadline - monotonic()
    left = [one for one in (seconds, rest) if one is not None]
    is_main = threading.current_thread() is threading.main_thread()
    if not left or not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, max(0.001, min(left)))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end(number: int, frame: FrameType | None) -> None:
    raise OutOfTime
