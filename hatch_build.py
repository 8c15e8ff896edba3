"""What is made when the wheel is built: the rules and words ready-made, and where the site is."""

import os
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class RulesHook(BuildHookInterface[Any]):
    """Reads the YAML once for everybody who installs the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write what is made of the YAML in this checkout."""
        sys.path.insert(0, self.root)
        try:
            from bloglint import languages
            from bloglint.rules import PREPARED, prepare

            languages.prepare(languages.PREPARED)
            prepare(PREPARED, os.environ.get("SITE_URL", ""))
        finally:
            sys.path.remove(self.root)


class SiteHook(MetadataHookInterface):
    """Names the published documentation, to which reports link."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Take the address from SITE_URL, as the site itself does."""
        site = os.environ.get("SITE_URL")
        metadata["urls"] = {"Documentation": site} if site else {}
