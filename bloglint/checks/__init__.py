"""The kinds of check: each knows text and blogs, not YAML, output or where options come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from bloglint.model import ConfigError

Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to report: the rule's YAML holds the words for its ``case``.

    ``start`` and ``end`` count in `Document.text`; ``fields`` fill the message's gaps, dates
    and numbers as values, so that each language writes them its own way.
    """

    case: str
    value: float
    limit: float
    fields: Mapping[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value, None where the data do not carry one (``note`` says why)."""

    name: str
    value: float | int | str | None
    note: str | None = None


Kind = Callable[..., Iterator[Hit | Measure]]

#: Built-in kinds and their modules; third parties add theirs by the entry point group below.
_BUILT_IN = {
    "silence": "bloglint.checks.frequency",
    "gap": "bloglint.checks.frequency",
    "length": "bloglint.checks.length",
    "long_spans": "bloglint.checks.spans",
}
ENTRY_POINTS = "bloglint.checks"


def find_kind(name: str) -> Kind:
    """The kind of check called ``name``; packages are searched only for unknown names.

    Raises:
        ConfigError: nobody offers it.
    """
    if name in _BUILT_IN:
        kind: Kind = getattr(import_module(_BUILT_IN[name]), name)
        return kind
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=name):
        loaded: Kind = point.load()
        return loaded
    raise ConfigError(
        f"unknown kind of check {name!r}",
        f"Known kinds: {', '.join(sorted(_BUILT_IN))}; is a package missing?",
    )
