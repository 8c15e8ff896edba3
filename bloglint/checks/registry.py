"""The kinds of check: ours by module, those of packages by entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from bloglint.checks.results import Hit, Measure
from bloglint.model import ConfigError

#: ``kind(document, options, context)`` for scope post, else ``kind(options, context)``.
Kind = Callable[..., Iterator[Hit | Measure]]


#: Built-in kinds and their modules; third parties add theirs by the entry point group below.
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
}


ENTRY_POINTS = "bloglint.checks"


def find_kind(name: str) -> Kind:
    """The kind of check called ``name``; packages are searched only for unknown names.

    Raises:
        ConfigError: nobody offers it.
    """
    if name in BUILT_IN:
        kind: Kind = getattr(import_module(f"bloglint.checks.{BUILT_IN[name]}"), name)
        return kind
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=name):
        loaded: Kind = point.load()
        return loaded
    raise ConfigError(
        f"unknown kind of check {name!r}",
        f"Known kinds: {', '.join(sorted(BUILT_IN))}; is a package missing?",
    )
