"""What was worked out before, kept on disk under a hash of all that it was worked out from.

One SQLite file in the cache folder, bounded in size; a broken one is made anew, and where none can
be written nothing is kept. Two processes at once do no harm: what they would write is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any

from bloglint.cache.code_version import made_by
from bloglint.digests import digest

if TYPE_CHECKING:
    import pickle
    import sqlite3

#: The most bytes that are kept; then what was not used for longest makes room, down to the share.
MAX_BYTES, SHARE = 200_000_000, 0.8
#: How exact it is known when something was used, in seconds.
HOUR = 3600
#: How long a process waits for another one that writes, in seconds.
PATIENCE = 10.0
NAME = "kept.sqlite"
_TABLE = """
create table if not exists kept (
    key blob primary key, used integer, size integer, value blob) without rowid;
"""


class Cache:
    """The file in ``folder``; without one nothing is kept."""

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._path = folder / NAME if folder else None
        self._base = _opened(self._path) if self._path else None
        self._written = 0
        self._is_broken = False

    @property
    def is_open(self) -> bool:
        """Whether anything is kept."""
        return self._base is not None

    def get(self, key: bytes) -> Any:
        """What was kept under ``key``, None where nothing was."""
        found = None
        if self._base:
            try:
                query = "select value, used from kept where key = ?"
                row = self._base.execute(query, (key,)).fetchone()
                if row:
                    found = _unpacked(row[0])
                    if _now() - row[1] > HOUR:
                        self._base.execute("update kept set used = ? where key = ?", (_now(), key))
            except Exception as error:  # whatever is wrong with it, it is worked out again
                name: str = getattr(error, "sqlite_errorname", "")
                self._is_broken = self._is_broken or name.startswith("SQLITE_CORRUPT")
        return found

    def put(self, key: bytes, value: object) -> None:
        """Keep ``value`` under ``key``, and no more than the most bytes altogether."""
        if not self._base:
            return
        import pickle
        import sqlite3
        import zlib

        try:
            body = zlib.compress(pickle.dumps(value, protocol=5), 1)
        except RecursionError:  # front matter of a thousand brackets
            return
        if len(body) > self._max_bytes * SHARE:
            return
        with suppress(sqlite3.Error):
            row = (key, _now(), len(body), body)
            self._base.execute("insert or replace into kept values (?, ?, ?, ?)", row)
            self._written += len(body)
            if self._written > self._max_bytes * (1 - SHARE) / 2:
                self._make_room()

    def _make_room(self) -> None:
        assert self._base
        self._written = 0
        told = "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        if self._base.execute(told).fetchone()[0] <= self._max_bytes:
            return  # the file as a whole is no larger, and nothing has to be added up
        held = self._base.execute("select sum(size) from kept").fetchone()[0] or 0
        if held <= self._max_bytes:
            return
        rows = self._base.execute("select key, size from kept order by used, key").fetchall()
        for key, size in rows:
            self._base.execute("delete from kept where key = ?", (key,))
            held -= size
            if held <= self._max_bytes * SHARE:
                break
        self._base.execute("pragma incremental_vacuum").fetchall()  # a step a page

    def close(self) -> None:
        """Let go of the file, which is no larger than it may be."""
        if self._base:
            import sqlite3

            with suppress(sqlite3.Error):
                if self._written:
                    self._make_room()
            self._base.close()
            self._base = None
            if self._is_broken and self._path:
                with suppress(OSError):
                    remove_database(self._path)


#: One in so many values that are kept batch may be new before all are written again: a draft
#: on which somebody works costs a blog of hundreds of posts nothing.
FRESH = 20


class BatchCache:
    """Small values of one kind that are asked for all at once, kept as one under ``name``.

    Without ``kept`` nothing is.
    """

    def __init__(self, kept: Cache | None, name: str) -> None:
        self._kept = kept if kept and kept.is_open else None
        known = None
        if self._kept:
            self._key = digest(made_by(), name.encode("utf-8", "surrogatepass"))
            known = self._kept.get(self._key)
        self._known: dict[bytes, Any] = known if isinstance(known, dict) else {}
        self._asked: dict[bytes, Any] = {}
        self._fresh = 0

    def get(self, key: Callable[[], bytes], make: Callable[[], Any]) -> Any:
        """The value under a key, made where it is not known."""
        if self._kept is None:
            return make()
        name = key()
        if name not in self._asked:
            is_known = name in self._known
            self._asked[name] = self._known[name] if is_known else make()
            self._fresh += not is_known
        return self._asked[name]

    def save(self) -> None:
        """Keep what was asked for, if enough of it is new."""
        if self._kept and self._fresh * FRESH > len(self._asked):
            self._kept.put(self._key, self._asked)


#: What may be made of what is kept: data, and nothing that could do anything.
_DATA = frozenset({"bloglint.model", "datetime", "zoneinfo", "msgspec._core"})


def _unpacked(body: bytes) -> Any:
    import io
    import zlib

    return _reader()(io.BytesIO(zlib.decompress(body))).load()


@cache
def _reader() -> type[pickle.Unpickler]:
    """What reads data and nothing else."""
    import pickle

    class Data(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            if module not in _DATA:
                raise pickle.UnpicklingError(f"{module}.{name} is no data")
            return super().find_class(module, name)

    return Data


def _now() -> int:
    return int(time())


def _opened(path: Path) -> sqlite3.Connection | None:
    import sqlite3

    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # what stands in a draft is its author's business
            base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            if not path.stat().st_size:
                base.execute("pragma auto_vacuum = incremental")
            with suppress(sqlite3.OperationalError):
                base.execute("pragma journal_mode = wal")
            base.execute("pragma synchronous = off")  # what is lost is worked out again
            base.executescript(_TABLE)
            base.execute("select 1 from kept limit 1").fetchone()
        except sqlite3.DatabaseError:
            with suppress(OSError):
                remove_database(path)
        except OSError:
            return None
        else:
            return base
    return None


def remove_database(path: Path) -> None:
    """Remove a file of SQLite with what it keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
