"""Configurations that others go on from: files, installed packages, and addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from bloglint.lazy import lazy
from bloglint.model import ConfigError, translate

#: The entry point group of packages that hold a ``bloglint.yml``.
ENTRY_POINTS = "bloglint.configs"
#: Keys whose lists or mappings are added to those of the base; any other replaces its.
_ADDED = frozenset({
    "press", "select", "ignore", "rules", "names", "pauses", "exclude", "options", "severity",
    "weights", "terms", "per_file", "words",
})  # fmt: skip
#: How many configurations may stand behind each other, and how large one from an address may be.
_MOST, _MOST_BYTES = 8, 1_000_000
_PINNED = lazy(r"(https://[^#\s]+)#sha256=([0-9a-f]{64})")
Values = dict[str, Any]
#: The files that each value comes from, the base first.
Origins = dict[str, tuple[Path, ...]]


def extended(
    values: Values, where: Path, read: Callable[[Path], Values], depth: int = 0
) -> tuple[Values, Origins]:
    """Return the values of a configuration on those that it extends, and where each comes from.

    Args:
        values: what stands in the file ``where``.
        where: the file.
        read: returns the values of another file, with paths resolved against its folder.
        depth: how many configurations go on from this one.

    Raises:
        ConfigError: one cannot be found or read, or they extend each other.
    """
    if depth >= _MOST:
        raise ConfigError(
            translate("configurations extend each other, or too many stand behind each other"),
            translate("Let one of them extend nothing."),
            str(where),
        )
    merged: Values = {}
    files: Origins = {}
    for name in values.get("extends", []):
        file = _file(str(name), where)
        base, theirs = extended(read(file), file, read, depth + 1)
        merged, files = _joined(merged, base), _together(files, theirs)
    merged = {**_joined(merged, values), "extends": values.get("extends", [])}
    return merged, _together(files, dict.fromkeys(values, (where,)))


def _together(base: Origins, own: Origins) -> Origins:
    """Return where the values come from that `_joined` makes of two configurations."""
    added = {key: (*base[key], *own[key]) for key in _ADDED & base.keys() & own.keys()}
    return {**base, **own, **added}


def _joined(base: Values, own: Values) -> Values:
    joined = {**base, **own}
    for key in _ADDED & base.keys() & own.keys():
        one, other = msgspec.to_builtins(base[key]), msgspec.to_builtins(own[key])
        joined[key] = _merged(one, other) if isinstance(one, Mapping) else [*one, *other]
    return joined


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> Values:
    """Return the second mapping on top of the first, at every level; lists are added.

    The second one's keys come first: of two patterns for files the first counts.
    """
    merged = {**other, **{key: value for key, value in one.items() if key not in other}}
    for key in one.keys() & other.keys():
        if isinstance(one[key], Mapping) and isinstance(other[key], Mapping):
            merged[key] = _merged(one[key], other[key])
        elif isinstance(one[key], list) and isinstance(other[key], list):
            merged[key] = [*one[key], *other[key]]
    return merged


def _file(name: str, where: Path) -> Path:
    """Return the file of a configuration that one at ``where`` names."""
    if "://" in name:
        return _fetched(name, where)
    place = Path(name).expanduser()
    path = place if place.is_absolute() else where.parent / place
    if path.is_file():
        return path
    from importlib.metadata import entry_points

    points = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name in points:
        return Path(str(points[name].load().__file__)).parent / "bloglint.yml"
    raise ConfigError(
        translate("extends names {name!r}, which is neither a file nor an installed package",
                  name=name),
        translate("Check the path, or install the package."),
        str(where),
    )  # fmt: skip


def _fetched(address: str, where: Path) -> Path:
    """Return a configuration from an address, fetched once for each hash, as a file."""
    pinned = _PINNED.fullmatch(address)
    if not pinned:
        raise ConfigError(
            translate(
                "extends names an address that is not https, or without the hash of what it has "
                "to give"
            ),
            translate("Write https://…#sha256= and the 64 digits of its SHA-256."),
            str(where),
        )
    from bloglint.paths import cache_folder

    kept = cache_folder() / "extends" / f"{pinned[2]}.yml"
    if kept.is_file() and hashlib.sha256(kept.read_bytes()).hexdigest() == pinned[2]:
        return kept
    from bloglint.web import Web

    web = Web(max_bytes=_MOST_BYTES)
    try:
        web.trust(pinned[1], named=False)  # a file from elsewhere reaches no private host
        content = web.get(pinned[1]).content
    finally:
        web.close()
    found = hashlib.sha256(content).hexdigest()
    if found != pinned[2]:
        raise ConfigError(
            translate("{address} gives something else than expected (SHA-256 {found})",
                      address=pinned[1], found=found),
            translate("Read what it says now, and correct the hash if you agree with it."),
            str(where),
        )  # fmt: skip
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return kept
