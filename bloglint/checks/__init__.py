"""The kinds of check: each knows text and blogs, not YAML, output or where options come from."""

from bloglint.checks.context import Context, Options
from bloglint.checks.registry import find_kind
from bloglint.checks.results import Hit, Measure

__all__ = ["Context", "Hit", "Measure", "Options", "find_kind"]
