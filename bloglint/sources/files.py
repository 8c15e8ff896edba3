"""Reading files named by the user, with helpful errors."""

from __future__ import annotations

from pathlib import Path

from bloglint.model import SourceError, translate


def read_bytes(path: Path, source: str, most: int = -1) -> bytes:
    """Read a file, or only its first ``most`` bytes.

    Raises:
        SourceError: the file does not exist or cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise SourceError(
            translate("there is no such file or folder"),
            translate("Check the path."),
            source,
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            translate("cannot be read ({why})", why=why),
            translate("Check the file and its permissions."),
            source,
        ) from None
