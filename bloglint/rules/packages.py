"""Rule folders in addition to the built-in one: the user's own, and those of installed packages."""

from __future__ import annotations

from pathlib import Path

from bloglint.model import ConfigError, translate
from bloglint.yamlfile import nearest

#: Entry points of rule packages; each names a module whose folder contains the YAML files.
ENTRY_POINTS = "bloglint.rules"


def rule_folder(name: str) -> Path:
    """Return the folder ``name``, or else the folder of the installed rule package of that name.

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
