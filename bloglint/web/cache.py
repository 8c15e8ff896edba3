"""On-disk cache of HTTP responses (RFC 9111)."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx
    from hishel import SqliteStorage

_MAX_BYTES = 500_000_000
_KEPT_SECONDS = 180 * 86_400


def key_of(address: str) -> str:
    """The cache key of an address: a digest, so that it reveals no secrets."""
    return blake2b(address.encode("utf-8", "replace"), digest_size=20).hexdigest()


def open_storage(folder: Path) -> SqliteStorage | None:
    """Open the response cache in ``folder``; return None if nothing can be stored there.

    A corrupt cache file is deleted and created anew.
    """
    from hishel import SqliteStorage

    logging.getLogger("hishel").addHandler(logging.NullHandler())
    path = folder / "web.sqlite"
    for _ in range(2):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Responses to authenticated requests are private to the user.
            path.touch(mode=0o600)
            connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            storage = SqliteStorage(
                connection=connection, max_size=_MAX_BYTES, default_ttl=_KEPT_SECONDS
            )
            storage.get_entries("")
        except (sqlite3.DatabaseError, RuntimeError):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        except OSError:
            return None
        else:
            return storage
    return None


def caching(storage: SqliteStorage, through: httpx.BaseTransport) -> httpx.BaseTransport:
    """A transport that answers from ``storage`` where HTTP's rules allow it."""
    from hishel import CacheOptions
    from hishel.httpx import CacheTransport

    return CacheTransport(through, storage, rfc=CacheOptions(shared=False))


def cached_answer(storage: SqliteStorage, address: str) -> Any:
    """The newest response stored for an address, whatever its age, or None."""
    entries = storage.get_entries(key_of(address))
    return entries[-1].response if entries else None
