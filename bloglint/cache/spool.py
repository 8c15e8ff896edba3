"""The verdicts on many blogs, in a temporary file, so that only one is in memory at a time.

If that file cannot be written or cannot grow, they are kept in memory after all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import IO, overload

from bloglint.cache.encoding import decode_struct, encode_struct
from bloglint.model import Verdict

Change = Callable[[Verdict], Verdict]


class _Held:
    """A temporary file, closed together with the last spool that refers to it."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile

        self.file: IO[bytes]
        self._end = 0
        try:
            self.file = TemporaryFile(prefix="bloglint-", buffering=0)  # noqa: SIM115 - see __del__
        except OSError:
            self.file = BytesIO()

    def append(self, body: bytes) -> int:
        """Write at the end and return where that was; go on in memory if the file is full."""
        start = self._end
        if not self._is_written(body):
            self.file.seek(0)
            held = self.file.read(start)
            self.file.close()
            self.file = BytesIO(held + body)
        self._end += len(body)
        return start

    def _is_written(self, body: bytes) -> bool:
        try:
            self.file.seek(self._end)
            return self.file.write(body) == len(body)
        except OSError:
            return False

    def __del__(self) -> None:
        self.file.close()


class Spool(Sequence[Verdict]):
    """A sequence of verdicts, each read from a temporary file whenever it is accessed."""

    def __init__(self) -> None:
        self._held = _Held()
        self._places: list[tuple[int, int]] = []
        self._changes: tuple[Change, ...] = ()

    def add(self, verdict: Verdict) -> int:
        """Write a verdict and return its index."""
        body = encode_struct(verdict)
        self._places.append((self._held.append(body), len(body)))
        return len(self._places) - 1

    def arranged(self, order: Sequence[int]) -> Spool:
        """Return a view of the same file with the verdicts at these indices, in this order."""
        return self._view([self._places[at] for at in order], self._changes)

    def mapped(self, change: Change) -> Spool:
        """Return a view of the same file in which each verdict is changed as it is read."""
        return self._view(self._places, (*self._changes, change))

    def _view(self, places: Sequence[tuple[int, int]], changes: tuple[Change, ...]) -> Spool:
        view = Spool.__new__(Spool)
        view._held, view._places, view._changes = self._held, list(places), changes
        return view

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Verdict: ...

    @overload
    def __getitem__(self, at: slice) -> list[Verdict]: ...

    def __getitem__(self, at: int | slice) -> Verdict | list[Verdict]:
        if isinstance(at, slice):
            return [self._read(place) for place in self._places[at]]
        return self._read(self._places[at])

    def __iter__(self) -> Iterator[Verdict]:
        return map(self._read, self._places)

    def _read(self, place: tuple[int, int]) -> Verdict:
        start, length = place
        self._held.file.seek(start)
        verdict: Verdict = decode_struct(self._held.file.read(length), Verdict)
        for change in self._changes:
            verdict = change(verdict)
        return verdict
