"""Shutdown: a run ends at once, with nothing left half done and no process left behind.

It is meant only for a process of our own: `main`, which the command calls, uses it, and no code
that has other plans for its process.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

#: Exit codes after a signal, as in shells.
INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
#: Seconds that a run has for cleaning up after a signal.
PATIENCE = 2


@contextmanager
def graceful_exit() -> Iterator[None]:
    """After a signal, unwind the block as after an error, then exit without delay."""
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_DFL),
    ):
        if signal.getsignal(number) == usual:  # our parent may have set it to be ignored
            signal.signal(number, _end_on_signal)
    try:
        yield
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except SystemExit as ended:
        if ended.code in (INTERRUPTED, TERMINATED):
            _leave(ended.code)
        raise
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # nothing is left to clean up
            if signal.getsignal(number) is _end_on_signal:
                signal.signal(number, signal.SIG_DFL)


def _end_on_signal(number: int, _: FrameType | None) -> NoReturn:
    code = 128 + number
    if hasattr(signal, "alarm"):  # Python drops errors raised during garbage collection
        signal.signal(signal.SIGALRM, lambda *_: _leave(code))
        signal.alarm(PATIENCE)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(code)


def _leave(code: int) -> NoReturn:
    """Exit at once: kill child processes, wait for no thread, and flush what was printed."""
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
    """Hold signals back while a process is started, so that none stops it half-way.

    The new process inherits the signal mask and receives no signal before `begin_worker`. The mask
    covers one thread only, so signals that arrive in another are recorded and raised afterwards.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals only reach the main thread
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
    """Prepare a worker process: ignore interrupts; the first process ends all others.

    If that one is killed and cannot, the worker ends by itself.
    """
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        waiting = threading.Thread(target=_end_with, args=(parent.join,), daemon=True)
        waiting.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _end_with(wait: Callable[[], None]) -> None:
    """Exit at once when ``wait`` returns."""
    wait()
    os._exit(TERMINATED)
