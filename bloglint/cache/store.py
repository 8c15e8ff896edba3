"""A cache on disk: values under a hash of everything they were computed from.

It is one SQLite file in the cache folder, bounded in size. A broken file is replaced, and if none
can be written, nothing is stored. Two processes may use it at once: they write the same values.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from bloglint.cache.code_version import code_version
from bloglint.cache.encoding import decode_data, decode_struct, encode_data, encode_struct
from bloglint.digests import digest

if TYPE_CHECKING:
    import sqlite3

S = TypeVar("S")
#: The maximum size in bytes, and the share of it to which the cache is reduced when it is exceeded,
#: least recently used values first.
MAX_BYTES, SHARE = 200_000_000, 0.8
#: The resolution of the time of last use, in seconds.
HOUR = 3600
#: How long a process waits while another one is writing, in seconds.
PATIENCE = 10.0
NAME = "cache.sqlite"
#: A batch is rewritten only if more than one in this many values is new, so that editing a single
#: draft costs a blog of hundreds of posts nothing.
FRESH = 20
_TABLE = """
create table if not exists cache (
    key blob primary key, used integer, size integer, value blob) without rowid;
"""


class Cache:
    """A cache of values by key in a file in ``folder``, of at most ``max_bytes``.

    Without a folder, nothing is stored. Values are read back as data of a given type; a value that
    does not fit counts as missing.
    """

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._path = folder / NAME if folder else None
        self._connection = _opened(self._path) if self._path else None
        self._written = 0
        self._is_broken = False

    @classmethod
    def in_memory(cls) -> Cache:
        """Return a cache that lives as long as its process needs it, and leaves no file."""
        import sqlite3

        cache = cls(None)
        cache._connection = sqlite3.connect(":memory:", isolation_level=None)
        cache._connection.executescript(_TABLE)
        return cache

    @property
    def is_open(self) -> bool:
        """Whether values are stored at all."""
        return self._connection is not None

    def get(self, key: bytes, kind: type[S]) -> S | None:
        """Return the struct of type ``kind`` under ``key``, or None if there is none."""
        return self._read(key, lambda body: decode_struct(body, kind))

    def put(self, key: bytes, value: Any) -> None:
        """Store a struct (or dataclass) under ``key``."""
        self._write(key, partial(encode_struct, value))

    def get_data(self, key: bytes, kind: Any) -> Any | None:
        """Return the plain data of type ``kind`` under ``key``, or None if there are none."""
        return self._read(key, lambda body: decode_data(body, kind))

    def put_data(self, key: bytes, value: Any) -> None:
        """Store plain data under ``key``."""
        self._write(key, partial(encode_data, value))

    def _read(self, key: bytes, decode: Callable[[bytes], S]) -> S | None:
        if not self._connection:
            return None
        try:
            query = "select value, used from cache where key = ?"
            row = self._connection.execute(query, (key,)).fetchone()
            if row is None:
                return None
            value = decode(row[0])
            if _now() - row[1] > HOUR:
                update = "update cache set used = ? where key = ?"
                self._connection.execute(update, (_now(), key))
        except Exception as error:  # whatever is wrong, the value is computed again
            name: str = getattr(error, "sqlite_errorname", "")
            self._is_broken = self._is_broken or name.startswith("SQLITE_CORRUPT")
            return None
        return value

    def _write(self, key: bytes, encode: Callable[[], bytes]) -> None:
        if not self._connection:
            return
        import sqlite3

        try:
            body = encode()
        except (TypeError, ValueError, OverflowError, RecursionError):
            return  # front matter of a thousand brackets, text that is not Unicode
        if len(body) > self._max_bytes * SHARE:
            return
        with suppress(sqlite3.Error):
            row = (key, _now(), len(body), body)
            self._connection.execute("insert or replace into cache values (?, ?, ?, ?)", row)
            self._written += len(body)
            if self._written > self._max_bytes * (1 - SHARE) / 2:
                self._evict()

    def _evict(self) -> None:
        """Remove the least recently used values if the file has grown too large."""
        assert self._connection
        self._written = 0
        query = "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        if self._connection.execute(query).fetchone()[0] <= self._max_bytes:
            return  # the whole file is no larger, so no sum is needed
        held = self._connection.execute("select sum(size) from cache").fetchone()[0] or 0
        if held <= self._max_bytes:
            return
        rows = self._connection.execute("select key, size from cache order by used, key").fetchall()
        for key, size in rows:
            self._connection.execute("delete from cache where key = ?", (key,))
            held -= size
            if held <= self._max_bytes * SHARE:
                break
        self._connection.execute("pragma incremental_vacuum").fetchall()  # one step per page

    def close(self) -> None:
        """Close the file, and remove it if it is broken."""
        if self._connection:
            import sqlite3

            with suppress(sqlite3.Error):
                if self._written:
                    self._evict()
            self._connection.close()
            self._connection = None
            if self._is_broken and self._path:
                with suppress(OSError):
                    remove_database(self._path)


class BatchCache:
    """Small values that are requested all at once, cached as one entry under ``name``.

    ``kind`` is the type of a value. Without a cache, nothing is stored.
    """

    def __init__(self, cache: Cache | None, name: str, kind: Any) -> None:
        self._cache = cache if cache and cache.is_open else None
        known = None
        if self._cache:
            self._key = digest(code_version(), name.encode("utf-8", "surrogatepass"))
            known = self._cache.get_data(self._key, dict[bytes, kind])
        self._known: dict[bytes, Any] = known or {}
        self._asked: dict[bytes, Any] = {}
        self._fresh = 0

    def get(self, key: Callable[[], bytes], make: Callable[[], Any]) -> Any:
        """Return the value under a key, computing it with ``make`` if it is not known."""
        if self._cache is None:
            return make()
        name = key()
        if name not in self._asked:
            is_known = name in self._known
            self._asked[name] = self._known[name] if is_known else make()
            self._fresh += not is_known
        return self._asked[name]

    def save(self) -> None:
        """Store the requested values if enough of them are new."""
        if self._cache and self._fresh * FRESH > len(self._asked):
            self._cache.put_data(self._key, self._asked)


def _now() -> int:
    return int(time())


def _opened(path: Path) -> sqlite3.Connection | None:
    import sqlite3

    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # the content of a draft is its author's business
            connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            if not path.stat().st_size:
                connection.execute("pragma auto_vacuum = incremental")
            with suppress(sqlite3.OperationalError):
                connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = off")  # lost values are computed again
            connection.executescript(_TABLE)
            connection.execute("select 1 from cache limit 1").fetchone()
        except sqlite3.DatabaseError:
            with suppress(OSError):
                remove_database(path)
        except OSError:
            return None
        else:
            return connection
    return None


def remove_database(path: Path) -> None:
    """Remove an SQLite file together with its journal files."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
