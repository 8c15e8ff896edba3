"""Puts the rules and the words of all languages, ready-made, into the wheel."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesHook(BuildHookInterface[Any]):
    """Reads the YAML once for everybody who installs the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write what is made of the YAML in this checkout."""
        sys.path.insert(0, self.root)
        try:
            from bloglint import languages
            from bloglint.rules import PREPARED, prepare

            languages.prepare(languages.PREPARED)
            prepare(PREPARED)
        finally:
            sys.path.remove(self.root)
