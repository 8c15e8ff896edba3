"""The locations of findings, as expected by tools that annotate files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from bloglint.model import Finding, SourceFailure, Verdict
from bloglint.paths import root_of

_PLACE = re.compile(r"(.+?)(?::(\d+)(?::(\d+))?)?", re.DOTALL)


def path_of(finding: Finding, verdict: Verdict, *, from_repository: bool = False) -> str:
    """Return the file of a finding relative to the working directory, with ``/``.

    A finding without a file gets the blog's own path or, for a blog that is not on disk, an
    address. With ``from_repository`` the path is relative to the root of the repository, as
    expected by tools that show a whole repository.
    """
    named = finding.path or (verdict.source if "://" not in verdict.source else "")
    if not named or named == "-":
        return finding.url or verdict.source
    return _from(named, _repository() if from_repository else str(Path.cwd()))


def named_source(verdict: Verdict) -> str:
    """The blog's source, independent of the directory in which it was judged."""
    source = verdict.source
    return source if "://" in source or source == "-" else _from(source, _repository())


def place_of(failure: SourceFailure) -> tuple[str, int, int]:
    """The file, line and column of what could not be read; line and column default to 1."""
    found = _PLACE.fullmatch(failure.source)
    path, line, column = found.groups() if found else (failure.source, None, None)
    return path, int(line or 1), int(column or 1)


def _from(named: str, folder: str) -> str:
    place = Path(named).resolve()
    near = place.relative_to(folder) if place.is_relative_to(folder) else Path(named)
    return near.as_posix()


def _repository() -> str:
    return _repository_around(Path.cwd().resolve())


@lru_cache(maxsize=1)
def _repository_around(here: Path) -> str:
    return str(root_of(here) or here)


def file_names(names: Sequence[str]) -> list[str]:
    """Return a file name for each name: letters, digits and hyphens, no two alike."""
    found: list[str] = []
    for name in names:
        plain = normalize("NFKD", name.lower().replace("ß", "ss"))
        base = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())[:60].strip("-")
        base, count = base or "blog", 1
        while (chosen := base if count == 1 else f"{base}-{count}") in found:
            count += 1
        found.append(chosen)
    return found
