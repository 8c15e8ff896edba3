"""The command line: one module per command; parses, calls, prints and exits."""

import gc
import sys

#: So many new objects, and not 700, before cycles are looked for: a blog is mostly plain data.
_OBJECTS = 150_000


def main() -> None:
    """Run ``bloglint``; ``--version`` answers before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from bloglint import __version__

        print(f"bloglint {__version__}")
        return
    gc.set_threshold(_OBJECTS)
    from bloglint.running.shutdown import graceful_exit

    with graceful_exit():
        from bloglint.cli.app import run

        run()
