"""The command line: one module per command, which parses, calls, prints and exits."""

import sys


def main() -> None:
    """Run ``bloglint``; ``--version`` answers before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from bloglint import __version__

        print(f"bloglint {__version__}")
        return
    from bloglint.running.shutdown import graceful_exit

    with graceful_exit():
        from bloglint.cli.app import run

        run()
