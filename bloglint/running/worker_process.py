"""What a worker process runs: it reads a blog of this machine, or lints one already read."""

from __future__ import annotations

import threading

from bloglint.engine.linters import Linters
from bloglint.engine.settings import LintSettings, Outcome, Snapshot
from bloglint.model import SourceFailure, replace

#: The linters of this process, separate for each thread.
_thread = threading.local()


def lint_source(settings: LintSettings, source: str) -> Outcome:
    """Read the blog at ``source`` on this machine and judge it."""
    linters = _linters(settings)
    read = settings.read(source, cache=linters.cache)
    return read if isinstance(read, SourceFailure) else linters.get(settings).lint(read)


def lint_snapshot(settings: LintSettings, snapshot: Snapshot) -> Outcome:
    """Judge a blog that another process has read."""
    if settings.cache is not None and not settings.cache.is_dir():  # another machine's
        settings = replace(settings, cache=None)
    return _linters(settings).get(settings).lint(snapshot)


def _linters(settings: LintSettings) -> Linters:
    if not hasattr(_thread, "linters"):
        _thread.linters = Linters(settings)
    linters: Linters = _thread.linters
    return linters
