"""What a call of the command gave, for tests."""

from typing import NamedTuple


class Said(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str
