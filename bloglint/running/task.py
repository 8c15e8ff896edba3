"""One blog to be judged, and what is said of one that could not be."""

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
_TOO_LATE = translate("the time given was over before")
_MORE_TIME = translate("Raise --max-runtime, or judge with more --jobs.")


class Task(msgspec.Struct, frozen=True):
    """A blog to be judged.

    Attributes:
        number: its place in the run.
        entry: how a list names it.
        is_local: another process of this machine could read it as well.
        settings: what it is judged by.
        read: reads it in this process.
    """

    number: int
    entry: BlogEntry
    is_local: bool
    settings: LintSettings
    read: Callable[[], Snapshot | SourceFailure]

    @property
    def source(self) -> str:
        """Where the blog lies."""
        return self.entry.source

    def done(self, outcome: Outcome) -> Numbered:
        """The outcome of the task, with the name that a list gives the blog."""
        if self.entry == BlogEntry(self.source):
            return self.number, outcome
        return self.number, replace(outcome, listing=replace(self.entry, source=shown(self.source)))

    def failed(self, error: Exception) -> Numbered:
        """The failure of the task: a file that changed meanwhile, else a mistake of ours."""
        if isinstance(error, SourceError):  # a file changed meanwhile
            return self.done(SourceFailure(error.where, error.message, error.advice))
        what = f"{type(error).__name__}: {shown(str(error))[:200]}"
        message = translate("judging it failed ({what})", what=what)
        return self.done(SourceFailure(shown(self.source), message, _OUR_MISTAKE))

    def late(self) -> Numbered:
        """The outcome of a task that was not done at the deadline."""
        return self.done(SourceFailure(shown(self.source), _TOO_LATE, _MORE_TIME))

    def dead(self) -> Numbered:
        """The outcome of a task whose process died twice."""
        return self.done(SourceFailure(shown(self.source), _DIED, _TOO_LARGE))


#: The number of a task with what came of it.
Numbered = tuple[int, Outcome]


class Runner(Protocol):
    """Judges the blogs of a run: in this process, in several, or on a cluster."""

    def run(self, tasks: Iterator[Task]) -> Generator[Numbered]:
        """What comes of every task, as each is done.

        Raises:
            ConfigError: a rule failed, or the runner cannot be used.
        """


def is_over(deadline: float | None) -> bool:
    """Whether a moment of the monotonic clock has passed."""
    return deadline is not None and monotonic() > deadline
