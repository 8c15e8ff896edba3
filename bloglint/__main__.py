"""``python -m bloglint``."""

from bloglint.cli import main

main()
