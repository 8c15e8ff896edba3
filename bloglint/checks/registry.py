"""The registry of checks: built-in ones by module, those of installed packages by entry point."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bloglint.checks.results import Hit, Measure
from bloglint.model import ConfigError

if TYPE_CHECKING:
    from bloglint.checks.declaration import CheckOptions

#: ``function(document, options, context)`` for scope post, else ``function(options, context)``.
Function = Callable[..., Iterator[Hit | Measure]]

#: The built-in checks and the modules that define them.
BUILT_IN = {
    "silence": "frequency",
    "gap": "frequency",
    "rhythm": "rhythm",
    "authors": "authors",
    "press": "reuse",
    "own_posts": "reuse",
    "phrases": "phrases",
    "weigh": "signals",
    "share": "share",
    "empty": "empty",
    "length": "length",
    "long_spans": "spans",
    "structure": "structure",
    "readability": "readability",
    "unedited": "unedited",
    "focus": "topic",
    "drift": "topic",
    "invitation": "dialogue",
    "address": "dialogue",
    "images": "images",
    "jargon": "jargon",
    "terms": "terms",
    "consistency": "consistency",
    "claims": "freshness",
    "reviews": "freshness",
    "links": "links",
    "leftovers": "slop",
    "habits": "slop",
}
#: The entry point group for the checks of other packages.
ENTRY_POINTS = "bloglint.checks"


class Check(msgspec.Struct, frozen=True):
    """A kind of check: its function, and what that declares about itself.

    ``options`` is None if a package's function declares none; it then gets a plain mapping.
    """

    name: str
    function: Function
    options: type[CheckOptions] | None = None
    needs_press: bool = False
    compares: bool = False
    measures_past: bool = False
    counts_past: bool = False
    dateless: bool = False

    def options_from(self, values: Mapping[str, Any]) -> Any:
        """Convert ``values`` to the options of this check.

        Raises:
            msgspec.ValidationError: an option is missing, unknown or of the wrong type.
        """
        return dict(values) if self.options is None else msgspec.convert(values, self.options)


def is_built_in(name: str) -> bool:
    """Whether a check is part of bloglint."""
    return name in BUILT_IN


@lru_cache(maxsize=256)
def find_check(name: str) -> Check:
    """Return the check called ``name``; packages are searched only for names that are not built in.

    Raises:
        ConfigError: neither bloglint nor a package provides it.
    """
    if name in BUILT_IN:
        return _declared(name, getattr(import_module(f"bloglint.checks.{BUILT_IN[name]}"), name))
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=name):
        return _declared(name, point.load())
    raise ConfigError(
        f"unknown kind of check {name!r}",
        f"Known kinds: {', '.join(sorted(BUILT_IN))}; is a package missing?",
    )


def _declared(name: str, function: Function) -> Check:
    return Check(
        name,
        function,
        getattr(function, "options", None),
        getattr(function, "needs_press", False),
        getattr(function, "compares", False),
        getattr(function, "measures_past", False),
        getattr(function, "counts_past", False),
        getattr(function, "dateless", False),
    )


def code_of(name: str) -> str | None:
    """Return what changes whenever the code of a package's check does, or None if nothing shows it.

    It is made of the sizes and times of the files beside the module that defines the check.
    """
    module = import_module(find_check(name).function.__module__)
    if not getattr(module, "__file__", None):
        return None
    folder = Path(str(module.__file__)).parent
    files = (
        sorted(folder.rglob("*.py"))
        if hasattr(module, "__path__") or module.__package__
        else [Path(str(module.__file__))]
    )
    return repr([(os.fspath(f), f.stat().st_size, f.stat().st_mtime_ns) for f in files])
