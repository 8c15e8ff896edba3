"""How a run is carried out, as opposed to what the configuration says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

#: Called with a description of the current step, to show progress.
Progress = Callable[[str], None]


class RunOptions(msgspec.Struct, frozen=True):
    """How a run is carried out.

    Attributes:
        as_of: the day or moment to judge as of; None means now. A day ends in each blog's own zone.
        cache: the cache folder; None disables caching.
        offline: whether to answer from the cache only.
        refresh: whether to ask every server again.
        jobs: the most processes; None starts more if the work is worth it.
        cluster: the address of a Dask scheduler to judge on.
        deadline: the moment on the monotonic clock at which unfinished blogs are given up.
        blog_seconds: how long reading and judging one blog may take; None sets no limit.
        stdin: the stream that the source ``-`` reads.
        on_progress: called with each step.
        with_plan: whether verdicts say what it would take to the next grade.
    """

    as_of: str | date | datetime | None = None
    cache: Path | None = None
    offline: bool = False
    refresh: bool = False
    jobs: int | None = 1
    cluster: str | None = None
    deadline: float | None = None
    blog_seconds: float | None = None
    stdin: BinaryIO | None = None
    on_progress: Progress = lambda what: None
    with_plan: bool = False
