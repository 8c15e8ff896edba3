"""What several tests use."""

import os
from typing import NamedTuple

#: All that the tests can try, as in `.ci/run`: more examples, every width of a page.
ALL_TESTS = bool(os.environ.get("BLOGLINT_ALL_TESTS"))

#: Who starts something in the background may have it ignore interrupts; a test must not.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"


class Said(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str
