"""Folders of rules beside our own: a user's, and those of installed packages."""

from __future__ import annotations

from pathlib import Path

from bloglint.model import ConfigError, translate
from bloglint.yamlfile import nearest

#: A package of rules: the entry point leads to a module in whose folder the YAML files lie.
ENTRY_POINTS = "bloglint.rules"


def rule_folder(name: str) -> Path:
    """The folder called ``name``, else that of the installed package of rules called so.

    Raises:
        ConfigError: there is neither.
    """
    path = Path(name)
    if path.is_dir():
        return path
    from importlib.metadata import entry_points

    points = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name in points:
        return Path(points[name].load().__file__).parent
    advice = nearest(name, list(points)) if points else translate("Check the path.")
    raise ConfigError(translate("there is no such folder of rules"), advice, name)
