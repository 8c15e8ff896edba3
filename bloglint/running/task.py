"""A blog to be judged, and what is reported if it could not be."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from time import monotonic
from typing import Protocol

import msgspec

from bloglint.engine.settings import LintSettings, Outcome, Snapshot
from bloglint.model import BlogEntry, SourceError, SourceFailure, replace, translate
from bloglint.web.addresses import shown

_DIED = translate("the process that judged it ended, twice")
_TOO_LARGE = translate("Give it more memory, or read less of the blog (--limit).")
_OUR_MISTAKE = translate(
    "Check its limits and configuration; if they are fine, it is a mistake of bloglint: report it."
)
_SLOW = translate("Raise --blog-timeout, or read less of the blog (--limit).")
_TOO_LATE = translate("the time given was over before")
_MORE_TIME = translate("Raise --max-runtime, or judge with more --jobs.")


class Task(msgspec.Struct, frozen=True):
    """A blog to be judged.

    Attributes:
        number: its position in the run.
        entry: its entry in a list of blogs.
        is_local: whether another process on this machine could read it as well.
        settings: the settings it is judged by.
        read: reads the blog in this process.
    """

    number: int
    entry: BlogEntry
    is_local: bool
    settings: LintSettings
    read: Callable[[], Snapshot | SourceFailure]

    @property
    def source(self) -> str:
        """The source that the blog is read from."""
        return self.entry.source

    def done(self, outcome: Outcome) -> Numbered:
        """Return the outcome of the task, with the blog's entry in a list if it has one."""
        if self.entry == BlogEntry(self.source):
            return self.number, outcome
        listing = replace(self.entry, source=shown(self.source), notes=())
        return self.number, replace(outcome, listing=listing)

    def failed(self, error: Exception) -> Numbered:
        """Return the task's failure: a file that changed meanwhile, else a bug of ours."""
        if isinstance(error, SourceError):  # a file changed meanwhile
            return self.done(SourceFailure(error.where, error.message, error.advice))
        what = f"{type(error).__name__}: {shown(str(error))[:200]}"
        message = translate("judging it failed ({what})", what=what)
        return self.done(SourceFailure(shown(self.source), message, _OUR_MISTAKE))

    def late(self) -> Numbered:
        """Return the outcome of a task that was not done by the deadline."""
        return self.done(SourceFailure(shown(self.source), _TOO_LATE, _MORE_TIME))

    def too_slow(self, seconds: float | None) -> Numbered:
        """Return the outcome of a task that took longer than one blog may."""
        message = translate(
            "reading and judging it took more than {seconds} seconds", seconds=round(seconds or 0)
        )
        return self.done(SourceFailure(shown(self.source), message, _SLOW))

    def dead(self) -> Numbered:
        """Return the outcome of a task whose process died twice."""
        return self.done(SourceFailure(shown(self.source), _DIED, _TOO_LARGE))


#: The number of a task, with its outcome.
Numbered = tuple[int, Outcome]


class Runner(Protocol):
    """Anything that judges the blogs of a run: in this process, in several, or on a cluster."""

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """Yield the outcome of every task as soon as it is done.

        Raises:
            ConfigError: a rule failed, or the runner cannot be used.
        """


def is_over(deadline: float | None) -> bool:
    """Whether a deadline on the monotonic clock has passed."""
    return deadline is not None and monotonic() > deadline
