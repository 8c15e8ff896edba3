"""The program as a user starts it."""

import subprocess
import sys

from bloglint import __version__


def test_version_is_printed() -> None:
    call = "import sys; sys.argv=['bloglint','--version']; from bloglint.cli import main; main()"
    out = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    assert out.stdout == f"bloglint {__version__}\n"
