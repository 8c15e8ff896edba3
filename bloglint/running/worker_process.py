"""What a worker process runs."""

from __future__ import annotations

import threading

from bloglint.engine.linter import Bench, Outcome, Terms
from bloglint.model import (
    Blog,
    replace,
)

#: The bench of a process that was started to help, of each of its threads.
_own = threading.local()


def _bench(terms: Terms) -> Bench:
    if terms.cache is not None and not terms.cache.is_dir():  # another machine's
        terms = replace(terms, cache=None)
    if not hasattr(_own, "bench"):
        _own.bench = Bench(terms)
    bench: Bench = _own.bench
    return bench.on(terms)


def judge_source(terms: Terms, source: str) -> Outcome:
    """In another process: read a blog of this machine, and judge it."""
    bench = _bench(terms)
    return bench.outcome(source, bench.read(source))


def judge_blog(terms: Terms, source: str, blog: Blog) -> Outcome:
    """In another process: judge a blog that was read."""
    return _bench(terms).outcome(source, blog)
