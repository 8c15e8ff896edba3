"""What a call of the command gave, for tests."""

from typing import NamedTuple

#: Who starts something in the background may have it ignore interrupts; a test must not.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"


class Said(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str
