"""How a run ends: at once, with nothing half done and no process left behind.

Only for a process of our own: `main` is what its command calls, and nobody who has other plans.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

#: The codes after a signal, as shells give them.
INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
#: A run that was told to end has so many seconds to clear up.
PATIENCE = 2


@contextmanager
def graceful_exit() -> Iterator[None]:
    """End what happens in it after a signal as after an error, and then without delay."""
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_DFL),
    ):
        if signal.getsignal(number) == usual:  # who starts us may have it ignored
            signal.signal(number, _told_to_end)
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
        for number in (signal.SIGINT, signal.SIGTERM):  # nothing is left to be cleared up
            if signal.getsignal(number) is _told_to_end:
                signal.signal(number, signal.SIG_DFL)


def _told_to_end(number: int, _: FrameType | None) -> NoReturn:
    code = 128 + number
    if hasattr(signal, "alarm"):  # Python drops an error that is raised while it collects garbage
        signal.signal(signal.SIGALRM, lambda *_: _leave(code))
        signal.alarm(PATIENCE)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(code)


def _leave(code: int) -> NoReturn:
    """End at once: kill what was started, wait for no thread, write what was printed."""
    kill_children()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed, or there never was one
            stream.flush()
    os._exit(code)


def kill_children() -> None:
    """Kill all processes that this one started through multiprocessing."""
    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        for child in active_children():
            child.kill()


@contextmanager
def signals_held() -> Iterator[None]:
    """No signal stops the start of a process half-way; a new one hears none before `begin_worker`.

    The mask is what it inherits. It covers one thread, so that what another one hears is noted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread hears any
        return
    numbers = {signal.SIGINT, signal.SIGTERM}
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in numbers}
    mask = None
    try:
        for number, handler in before.items():
            if handler not in (None, signal.SIG_IGN):
                signal.signal(number, lambda number, _: heard.append(number))
        if hasattr(signal, "pthread_sigmask"):
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)
        for missed in heard:
            signal.raise_signal(missed)


def begin_worker() -> None:
    """In another process: leave interrupts to the first one, which ends all others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
