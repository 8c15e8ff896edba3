"""The blogs of a run, judged one after another or side by side in several processes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import msgspec

from bloglint.config import Config
from bloglint.judging import Judge
from bloglint.model import Blog, SourceError, SourceFailure, Text, Verdict, replace
from bloglint.moments import moment, zone_of
from bloglint.rules import Rule, load_rules, with_words
from bloglint.sources import Reading, Wanted, published_by, read_blog

if TYPE_CHECKING:
    from concurrent.futures import Future

    from bloglint.newsroom import Newsroom

#: Other processes join where so many seconds of work are left; starting two costs about one.
WORTH = 3.0
#: So many blogs for each process are read ahead of the one whose verdict is waited for.
AHEAD = 3

_NO_POST = Text("no published post was found", "kein veröffentlichter Beitrag gefunden")
_CHECK_PLACE = Text("Check the address or folder.", "Prüfen Sie Adresse oder Ordner.")

Outcome = Verdict | SourceFailure


class Terms(msgspec.Struct, frozen=True):
    """What all blogs of a run are judged by; it can be sent to another process.

    ``day`` is the one named, ``now`` where none is; ``zone`` the configured one; ``press`` are the
    files and folders of the newsroom's indexes, ``unread`` what of it could not be read.
    """

    config: Config
    day: str | date | datetime
    now: datetime
    zone: tzinfo | None = None
    cache: Path | None = None
    press: tuple[tuple[Path, Path | None], ...] | None = None
    unread: tuple[Text, ...] = ()


class Task(msgspec.Struct, frozen=True):
    """A blog to be judged: where it lies, whether on this machine, and how it is read here."""

    source: str
    is_local: bool
    read: Callable[[], Blog | SourceError]


class Bench:
    """Where one process judges."""

    def __init__(
        self,
        terms: Terms,
        rules: Mapping[str, Rule] | None = None,
        newsroom: Newsroom | None = None,
    ) -> None:
        self.terms, config = terms, terms.config
        if rules is None:
            rules = load_rules([Path(name) for name in config.rules])
            rules = with_words(rules, config.words.add, config.words.allow)
        if newsroom is None and terms.press is not None:
            from bloglint.newsroom import Index, Newsroom

            newsroom = Newsroom([Index(path, folder) for path, folder in terms.press])
        self._judge = Judge(config, rules, newsroom, terms.cache)

    def zone_of(self, blog: Blog) -> tzinfo | None:
        """The zone in which a blog's days are counted."""
        return self.terms.zone or zone_of(blog) or self.terms.now.tzinfo

    def outcome(self, source: str, blog: Blog | SourceError, zone: tzinfo | None = None) -> Outcome:
        """The verdict on a blog that was read from ``source``, or why there is none.

        Its days are counted in ``zone``, if that is not its own.
        """
        from bloglint.web.addresses import shown

        terms = self.terms
        if isinstance(blog, SourceError):
            return SourceFailure(shown(source), blog.message, blog.advice)
        when = moment(terms.day, zone or self.zone_of(blog))
        blog = replace(published_by(blog, when), zone=terms.zone)
        if not blog.posts:
            return SourceFailure(shown(source), _NO_POST, _CHECK_PLACE)
        blog = _configured(blog, terms.config)
        try:
            return self._judge.verdict(replace(blog, notes=(*blog.notes, *terms.unread)), when)
        except SourceError as error:  # a file that changed in the meantime
            return SourceFailure(error.where, error.message, error.advice)

    def close(self) -> None:
        """Let go of what is kept."""
        self._judge.close()


def outcomes(tasks: Sequence[Task], bench: Bench, jobs: int | None) -> Iterator[Outcome]:
    """What comes of every task, in their order, in up to ``jobs`` processes.

    Without a number this process begins alone, and as many others as there are processors join
    where what is left is worth it.
    """
    todo = deque(tasks)
    if jobs is None:
        jobs = _processors()
        begun = monotonic()
        while todo:
            yield _alone(todo.popleft(), bench)
            done = len(tasks) - len(todo)
            if jobs > 1 and len(todo) > 1 and (monotonic() - begun) / done * len(todo) > WORTH:
                break
    if jobs > 1 and len(todo) > 1 and _can_be_shared(bench.terms):
        yield from _side_by_side(todo, bench, min(jobs, len(todo)))
    while todo:
        yield _alone(todo.popleft(), bench)


def _alone(task: Task, bench: Bench) -> Outcome:
    return bench.outcome(task.source, task.read())


def _can_be_shared(terms: Terms) -> bool:
    return terms.press is None or terms.cache is not None


def _side_by_side(todo: deque[Task], bench: Bench, jobs: int) -> Iterator[Outcome]:
    """Take tasks from ``todo``; what a process that died had in hand is done here."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (bench.terms,))
    running: deque[tuple[Task, Future[Outcome] | Outcome]] = deque()
    try:
        while todo or running:
            while todo and len(running) < AHEAD * jobs:
                task = todo.popleft()
                running.append((task, _submitted(pool, task, bench)))
            task, found = running.popleft()
            try:
                yield found if isinstance(found, Verdict | SourceFailure) else found.result()
            except BrokenProcessPool:
                todo.extendleft(one for one, _ in reversed(running))
                yield _alone(task, bench)
                return
    except BaseException:
        for child in active_children():
            child.kill()
        raise
    finally:
        pool.shutdown(wait=not todo, cancel_futures=True)


def _submitted(pool: Any, task: Task, bench: Bench) -> Future[Outcome] | Outcome:
    from concurrent.futures.process import BrokenProcessPool

    try:
        if task.is_local:
            own: Future[Outcome] = pool.submit(_outcome_of_source, task.source)
            return own
        blog = task.read()
        if isinstance(blog, SourceError):
            return bench.outcome(task.source, blog)
        sent: Future[Outcome] = pool.submit(_outcome_of_blog, task.source, blog)
        return sent
    except BrokenProcessPool:
        return _alone(task, bench)


#: The bench of a process that was started to help.
_own: list[Bench] = []


def _start(terms: Terms) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is asked, and ends the others
    _own[:] = [Bench(terms)]


def _outcome_of_source(source: str) -> Outcome:
    terms = _own[0].terms
    wanted = Wanted(terms.config.limit, terms.now, terms.config.full_text)
    return _own[0].outcome(source, read(source, Reading(terms.now.tzinfo or UTC, wanted=wanted)))


def _outcome_of_blog(source: str, blog: Blog) -> Outcome:
    return _own[0].outcome(source, blog)


def read(source: str, reading: Reading) -> Blog | SourceError:
    """The blog at ``source``, or why it cannot be read."""
    from bloglint.web.addresses import shown

    reading.told(shown(source))
    try:
        return read_blog(source, reading)
    except SourceError as error:
        return error


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _configured(blog: Blog, config: Config) -> Blog:
    posts = blog.posts
    notes = blog.notes
    if isinstance(config.limit, int) and len(posts) > config.limit:
        older = len(posts) - config.limit
        posts = posts[: config.limit]
        notes = (
            *notes,
            Text(
                f"{older} older posts were not read (limit {config.limit})",
                f"{older} ältere Beiträge nicht gelesen (limit {config.limit})",
            ),
        )
    return replace(
        blog,
        posts=posts,
        notes=notes,
        title=config.title or blog.title,
        language=config.language or blog.language,
    )
