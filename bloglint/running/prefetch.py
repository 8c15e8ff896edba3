"""The blogs of a run as tasks: listed, and read side by side ahead of their judging."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from time import monotonic

from bloglint.engine.linter import Terms, read
from bloglint.model import Blog, SourceError, SourceFailure, Text, replace
from bloglint.press.opening import Newsrooms
from bloglint.running.runner import Task
from bloglint.sources import ReadContext, is_address
from bloglint.sources.lists import Entry

#: Blogs read at the same time (one request at a time for each host), and how many are in hand:
#: some wait for servers that never answer, while the others are judged.
AT_ONCE, READ_AHEAD = 24, 48


def tasks(
    blogs: Sequence[Entry],
    reading: ReadContext,
    terms: Terms,
    rooms: Path | None,
    until: float | None = None,
) -> Iterator[Task | SourceFailure]:
    """A task for each blog as soon as it can be judged, with its place among ``blogs``.

    Those on the web are read side by side; what is not there at the moment ``until`` is handed
    out unread. A newsroom of a single blog is kept in the folder ``rooms``; one that cannot be
    read comes as a failure, before the task of its blog.
    """

    newsrooms = Newsrooms(reading, rooms)

    def ready(number: int, *, is_early: bool) -> Callable[[], tuple[Task, list[SourceFailure]]]:
        entry = blogs[number]
        return partial(_task, number, entry, reading, terms, newsrooms, is_early=is_early)

    away = [n for n, (one, _, wrong) in enumerate(blogs) if is_address(one.source) and not wrong]
    others = iter(sorted(set(range(len(blogs))) - set(away)))
    todo = iter(away)
    running: dict[Future[tuple[Task, list[SourceFailure]]], int] = {}
    pool = ThreadPoolExecutor(AT_ONCE) if away else None
    try:
        while True:
            while pool and len(running) < READ_AHEAD and (number := next(todo, None)) is not None:
                running[pool.submit(ready(number, is_early=True))] = number
            if until is not None and monotonic() > until:
                for number in (*running.values(), *todo, *others):
                    yield Task(number, blogs[number][0], False, terms, lambda: _UNREAD)
                return
            done = [future for future in running if future.done()]
            here = next(others, None) if not done else None
            if here is not None:  # something to do while the servers answer
                task, failures = ready(here, is_early=False)()
                yield from failures
                yield task
                continue
            if not running:
                return
            left = None if until is None else max(0.0, until - monotonic())
            done = list(wait(running, timeout=left, return_when=FIRST_COMPLETED).done)
            for future in sorted(done, key=lambda future: running[future]):
                running.pop(future)
                task, failures = future.result()
                yield from failures
                yield task
    finally:
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


_UNREAD = SourceError(
    Text("the time given was over before it was read", "vor dem Lesen war die gegebene Zeit um"),
    Text("Raise --max-runtime.", "Erhöhen Sie --max-runtime."),
)


def _task(
    number: int,
    entry: Entry,
    reading: ReadContext,
    terms: Terms,
    newsrooms: Newsrooms,
    *,
    is_early: bool,
) -> tuple[Task, list[SourceFailure]]:
    """The task of a blog, read already if ``is_early``, and the newsrooms that could not be."""
    listing, by_user, wrong = entry
    source = listing.source
    later: Callable[[], Blog | SourceError] = partial(read, source, replace(reading, named=by_user))
    is_local = not is_address(source) and source != "-" and wrong is None
    own, failures = terms, list[SourceFailure]()
    known: Blog | SourceError | None = wrong
    if wrong is None:
        try:
            own = terms.of(listing)
            if listing.press:
                places, unread, failures = newsrooms.of(listing)
                own = replace(own, press=places, unread=(*own.unread, *unread))
            known = later() if is_early else None
        except Exception as error:  # a mistake of ours costs one blog
            known = SourceError(Text(*_mistaken(error)))
    return Task(number, listing, is_local, own, later if known is None else lambda: known), failures


def _mistaken(error: Exception) -> tuple[str, str]:
    what = f"{type(error).__name__}: {error}"[:200]
    return f"reading it failed ({what})", f"das Lesen scheiterte ({what})"
