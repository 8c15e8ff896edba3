"""Opening newsrooms: bringing their indexes up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock

from bloglint.model import BlogEntry, SourceError, SourceFailure, Text, replace, translate
from bloglint.press.index import Index, Newsroom, index_file
from bloglint.sources import ReadContext

#: Called with a description of the current step, to show progress.
Progress = Callable[[str], None]


Places = tuple[tuple[Path, Path | None], ...]


class Newsrooms:
    """The newsrooms of individual blogs, each brought up to date once in a run."""

    def __init__(self, reading: ReadContext, rooms: Path | None) -> None:
        self._reading, self._rooms = reading, rooms
        self._lock = Lock()
        self._known: dict[tuple[str, ...], tuple[Places, tuple[Text, ...]]] = {}

    def of(self, listing: BlogEntry) -> tuple[Places, tuple[Text, ...], list[SourceFailure]]:
        """Return the files of a blog's newsroom, what could not be read of it, and failed sources.

        Failures are reported with the first blog that names the newsroom.
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
    sources: Sequence[str], reading: ReadContext, cache: Path | None
) -> tuple[Newsroom, list[SourceFailure]]:
    """Open the press releases at ``sources`` and bring their indexes up to date.

    Returns the newsroom, and the sources that failed as a whole. A source that cannot be read does
    not affect the others, nor does a file in a folder.
    """
    from bloglint.press.reading import find_press
    from bloglint.web import shown

    indexes = []
    failures: list[SourceFailure] = []
    broken: list[SourceError] = []
    for source in sources:
        reading.on_progress(shown(source))
        try:
            found = find_press(source, reading)
            index = Index(index_file(cache, found.name) if cache else None, found.folder)
            said = partial(_tell, reading.on_progress, shown(source))
            wrong = index.update(found.parts, on_progress=said)
            if wrong and not index.counts():
                raise wrong[0]
            broken += wrong
            indexes.append(index)
        except SourceError as error:
            failures.append(SourceFailure(shown(source), error.message, error.advice))
    return Newsroom(indexes, broken), failures


def _tell(on_progress: Progress, source: str, count: int) -> None:
    on_progress(f"{source}: {count}")


def unread_said(newsroom: Newsroom) -> Text:
    """Return a note on what could not be read of a newsroom."""
    broken = newsroom.failures
    first = broken[0]
    return translate(
        "{broken} press releases could not be read (the first: {first})",
        broken=len(broken),
        first=first,
    )
