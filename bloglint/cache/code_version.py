"""A digest of the code and packages that cached values were computed with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from bloglint import __version__
from bloglint.digests import digest

_PACKAGE = Path(__file__).parents[1]
#: In a checkout, the rules are next to the package, and the code may change within a version.
_CHECKOUT = _PACKAGE.parent / "rules"


@cache
def code_version() -> bytes:
    """Return a hash of the versions of bloglint, Python and all installed packages.

    Most packages do not affect any verdict, but finding out which ones do takes longer than judging
    a post. In a checkout, the code itself counts, too, by the sizes and modification times of its
    files.
    """
    code = _code() if _CHECKOUT.is_dir() else ()
    parts = [__version__, sys.version, *code, *_packages()]
    return digest("\n".join(parts).encode("utf-8", "replace"))


def _packages() -> Iterator[str]:
    for folder in sys.path:
        with suppress(OSError):
            names = os.listdir(folder or ".")  # noqa: PTH208 - names are all that is wanted
            yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _code() -> Iterator[str]:
    for root, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "_rules"))
        for name in sorted(names):
            if name.endswith((".py", ".yml", ".bin", ".ftz")):
                info = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - some 200 of them
                yield f"{root} {name} {info.st_size} {info.st_mtime_ns}"
