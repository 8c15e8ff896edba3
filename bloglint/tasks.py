"""The blogs of a run as tasks: listed, and read side by side ahead of their judging."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from threading import Lock
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

    newsrooms = _Newsrooms(reading, rooms)

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
    reading: Reading,
    terms: Terms,
    newsrooms: _Newsrooms,
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


Places = tuple[tuple[Path, Path | None], ...]


class _Newsrooms:
    """The newsrooms of single blogs, each brought up to date once in a run."""

    def __init__(self, reading: Reading, rooms: Path | None) -> None:
        self._reading, self._rooms = reading, rooms
        self._lock = Lock()
        self._known: dict[tuple[str, ...], tuple[Places, tuple[Text, ...]]] = {}

    def of(self, listing: Listing) -> tuple[Places, tuple[Text, ...], list[SourceFailure]]:
        """The files of a blog's newsroom, what of it could not be read, and what failed whole.

        What failed is told with the first blog that names it.
        """
        with self._lock:
            failures: list[SourceFailure] = []
            if listing.press not in self._known:
                newsroom, failed = open_newsroom(listing.press, self._reading, self._rooms)
                unread = (unread_said(newsroom),) if newsroom.failures else ()
                self._known[listing.press] = newsroom.places, unread
                for index in newsroom.indexes:
                    index.close()
                failures = [replace(one, listing=listing) for one in failed]
            return (*self._known[listing.press], failures)


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
