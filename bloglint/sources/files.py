"""Reading files named by the user, with helpful errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bloglint.model import SourceError, translate


@contextmanager
def open_bytes(path: Path, source: str) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises:
        SourceError: the file does not exist or cannot be read, now or while it is open.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise SourceError(
            translate("there is no such file or folder"),
            translate("Check the path."),
            source,
        ) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error, source) from None
    try:
        with file:
            yield file
    except OSError as error:
        raise _unreadable(error, source) from None


def _unreadable(error: Exception, source: str) -> SourceError:
    return SourceError(
        translate("cannot be read ({why})", why=getattr(error, "strerror", None) or str(error)),
        translate("Check the file and its permissions."),
        source,
    )


def read_bytes(path: Path, source: str, most: int = -1) -> bytes:
    """Read a file, or only its first ``most`` bytes.

    Raises:
        SourceError: the file does not exist or cannot be read.
    """
    with open_bytes(path, source) as file:
        return file.read(most)
