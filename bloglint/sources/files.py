"""Files that users name, with what to say where one cannot be read."""

from __future__ import annotations

from pathlib import Path

from bloglint.model import SourceError, Text


def read_bytes(path: Path, source: str, most: int = -1) -> bytes:
    """The bytes of a file, or its first ``most`` ones.

    Raises:
        SourceError: there is no such file, or it may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise SourceError(
            Text("there is no such file or folder", "diese Datei oder diesen Ordner gibt es nicht"),
            Text("Check the path.", "Prüfen Sie den Pfad."),
            source,
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            Text(f"cannot be read ({why})", f"nicht lesbar ({why})"),
            Text("Check the file and its permissions.", "Prüfen Sie Datei und Rechte."),
            source,
        ) from None
