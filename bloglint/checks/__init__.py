"""Kinds of check. Packages that add their own need only the names exported here."""

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, check
from bloglint.checks.results import Hit, Measure

__all__ = ["CheckOptions", "Context", "Hit", "Measure", "check"]
