"""A digest of the code and packages that cached values were computed by."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bloglint.digests import digest

if TYPE_CHECKING:
    pass


_PACKAGE = Path(__file__).parents[1]


@cache
def made_by() -> bytes:
    """What our code and data, Python and the installed packages are, as a hash.

    Any package that comes, goes or changes its version counts: most have a say in no verdict, but
    asking which is which takes longer than judging a post.
    """
    return digest("\n".join([sys.version, *_code(), *_packages()]).encode("utf-8", "replace"))


def _packages() -> Iterator[str]:
    for folder in sys.path:
        with suppress(OSError):
            names = os.listdir(folder or ".")  # noqa: PTH208 - names are all that is wanted
            yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _code() -> Iterator[str]:
    for root, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "_rules"))
        for name in sorted(names):
            if name.endswith((".py", ".bin")):
                info = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - 150 of them
                yield f"{root} {name} {info.st_size} {info.st_mtime_ns}"
