"""The blogs of a run as tasks: listed, and read side by side ahead of their judging."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from time import monotonic

from bloglint.bench import Terms, read
from bloglint.model import Blog, Listing, SourceError, SourceFailure, Text, replace
from bloglint.newsroom import Index, Newsroom, index_file
from bloglint.sources import Reading, is_address
from bloglint.sources.lists import Entry
from bloglint.workers import Task

#: Called with what is being done now, for those who wait.
Told = Callable[[str], None]
#: Blogs read at the same time (one request at a time for each host), and how many are in hand:
#: some wait for servers that never answer, while the others are judged.
AT_ONCE, READ_AHEAD = 24, 48


def tasks(
    blogs: Sequence[Entry],
    reading: Reading,
    terms: Terms,
    rooms: Path | None,
    until: float | None = None,
) -> Iterator[Task | SourceFailure]:
    """A task for each blog as soon as it can be judged, with its place among ``blogs``.

    Those on the web are read side by side; what is not there at the moment ``until`` is handed
    out unread. A newsroom of a single blog is kept in the folder ``rooms``; one that cannot be
    read comes as a failure, before the task of its blog.
    """

    def ready(number: int, *, is_early: bool) -> Callable[[], tuple[Task, list[SourceFailure]]]:
        return partial(_task, number, blogs[number], reading, terms, rooms, is_early=is_early)

    away = [n for n, (one, _, wrong) in enumerate(blogs) if is_address(one.source) and not wrong]
    others = iter(sorted(set(range(len(blogs))) - set(away)))
    todo = iter(away)
    running: dict[Future[tuple[Task, list[SourceFailure]]], int] = {}
    pool = ThreadPoolExecutor(AT_ONCE) if away else None
    try:
        while True:
            while pool and len(running) < READ_AHEAD and (number := next(todo, None)) is not None:
                running[pool.submit(ready(number, is_early=True))] = number
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
            if not done:
                for number in (*running.values(), *todo, *others):
                    yield Task(number, blogs[number][0], False, terms, lambda: _UNREAD)
                return
    finally:
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


_UNREAD = SourceError("the time given was over before it was read")


def _task(
    number: int,
    entry: Entry,
    reading: Reading,
    terms: Terms,
    rooms: Path | None,
    *,
    is_early: bool,
) -> tuple[Task, list[SourceFailure]]:
    """The task of a blog, read already if ``is_early``, and the newsrooms that could not be."""
    listing, by_user, wrong = entry
    source = listing.source
    later: Callable[[], Blog | SourceError] = partial(read, source, replace(reading, named=by_user))
    known = wrong if wrong or not is_early else later()
    is_local = not is_address(source) and source != "-" and wrong is None
    own, failures = _own_terms(listing, terms, reading, rooms) if wrong is None else (terms, [])
    return Task(number, listing, is_local, own, later if known is None else lambda: known), failures


def _own_terms(
    listing: Listing, terms: Terms, reading: Reading, rooms: Path | None
) -> tuple[Terms, list[SourceFailure]]:
    """The terms of a listed blog, its newsroom brought up to date."""
    own = terms.of(listing)
    if not listing.press:
        return own, []
    newsroom, failures = open_newsroom(listing.press, reading, rooms)
    unread = (unread_said(newsroom),) if newsroom.failures else ()
    own = replace(own, press=newsroom.places, unread=(*own.unread, *unread))
    return own, [replace(one, listing=listing) for one in failures]


def open_newsroom(
    sources: Sequence[str], reading: Reading, cache: Path | None
) -> tuple[Newsroom, list[SourceFailure]]:
    """The press releases at ``sources``, their indexes brought up to date, and what failed whole.

    A source that cannot be read takes no other down, nor does a file in a folder.
    """
    from bloglint.sources.press import find_press
    from bloglint.web import shown

    indexes = []
    failures: list[SourceFailure] = []
    broken: list[SourceError] = []
    for source in sources:
        reading.told(shown(source))
        try:
            found = find_press(source, reading)
            index = Index(index_file(cache, found.name) if cache else None, found.folder)
            said = partial(_tell, reading.told, shown(source))
            wrong = index.update(found.parts, told=said)
            if wrong and not index.counts():
                raise wrong[0]
            broken += wrong
            indexes.append(index)
        except SourceError as error:
            failures.append(SourceFailure(shown(source), error.message, error.advice))
    return Newsroom(indexes, broken), failures


def _tell(told: Told, source: str, count: int) -> None:
    told(f"{source}: {count}")


def unread_said(newsroom: Newsroom) -> Text:
    """What of a newsroom could not be read."""
    broken = newsroom.failures
    first = broken[0]
    return Text(
        f"{len(broken)} press releases could not be read (the first: {first})",
        f"{len(broken)} Pressemitteilungen waren nicht lesbar (die erste: {first.said('de')})",
    )
