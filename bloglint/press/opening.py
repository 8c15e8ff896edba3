"""Opening a newsroom: its indexes brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock

from bloglint.model import BlogEntry, SourceError, SourceFailure, Text, replace, translate
from bloglint.press.index import Index, Newsroom, index_file
from bloglint.sources import ReadContext

#: Called with what is being done now, for those who wait.
Progress = Callable[[str], None]


Places = tuple[tuple[Path, Path | None], ...]


class Newsrooms:
    """The newsrooms of single blogs, each brought up to date once in a run."""

    def __init__(self, reading: ReadContext, rooms: Path | None) -> None:
        self._reading, self._rooms = reading, rooms
        self._lock = Lock()
        self._known: dict[tuple[str, ...], tuple[Places, tuple[Text, ...]]] = {}

    def of(self, listing: BlogEntry) -> tuple[Places, tuple[Text, ...], list[SourceFailure]]:
        """The files of a blog's newsroom, what of it could not be read, and what failed whole.

        What failed is reported with the first blog that names it.
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
    """The press releases at ``sources``, their indexes brought up to date, and what failed whole.

    A source that cannot be read takes no other down, nor does a file in a folder.
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
    """What of a newsroom could not be read."""
    broken = newsroom.failures
    first = broken[0]
    return translate(
        "{broken} press releases could not be read (the first: {first})",
        broken=len(broken),
        first=first,
    )
