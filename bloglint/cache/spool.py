"""The verdicts on many blogs, in a temporary file, so that only one is in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import IO, overload

from bloglint.cache.encoding import decode_struct, encode_struct
from bloglint.model import Verdict

Change = Callable[[Verdict], Verdict]


class _Held:
    """A temporary file, closed together with the last spool that refers to it."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile

        self.file: IO[bytes] = TemporaryFile(prefix="bloglint-")  # noqa: SIM115 - see __del__

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
        start = self._held.file.seek(0, 2)
        self._held.file.write(body)
        self._places.append((start, len(body)))
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
