"""The commands under one roof."""

import sys


def run() -> None:
    """Dispatch to a command."""
    sys.exit("bloglint: no command is ready yet")
