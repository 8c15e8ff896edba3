"""The command line: one module per command, which parses, calls, prints and exits."""

import os
import sys


def main() -> None:
    """Run ``bloglint``; ``--version`` answers before anything heavy is imported."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # closed by the caller, who does not want to hear
            setattr(sys, stream, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if sys.argv[1:] in (["--version"], ["-V"]):
        from bloglint import __version__

        print(f"bloglint {__version__}")
        return
    from bloglint.running.shutdown import graceful_exit

    with graceful_exit():
        from bloglint.cli.app import run

        run()
