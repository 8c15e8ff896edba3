"""One whole run: sources are read, judged and gathered into a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bloglint.config import Settings, check_rules, load
from bloglint.gate.asking import answers, refuse_but_folders, single_posts
from bloglint.model import Blog, ConfigError, Report, SourceError, SourceFailure, Text, replace
from bloglint.moments import moment, zone_named
from bloglint.rules import load_rules, with_words
from bloglint.sources import Reading, Wanted, is_address
from bloglint.workers import Bench, Task, Terms, outcomes, read

if TYPE_CHECKING:
    from bloglint.newsroom import Newsroom

#: Called with what is being done now, for those who wait.
Told = Callable[[str], None]


def check_sources(
    sources: Sequence[str],
    settings: Settings,
    *,
    as_of: str | date | datetime | None = None,
    stdin: BinaryIO | None = None,
    cache: Path | None = None,
    offline: bool = False,
    refresh: bool = False,
    jobs: int | None = 1,
    told: Told = lambda what: None,
    blog: str | None = None,
    changed: str | None = None,
    buffer: Path | None = None,
) -> Report:
    """The report on all ``sources``; one that cannot be read is among its errors.

    Files of single posts are judged together, by what they do to their blog: ``blog``, else the
    configured source, else the nearest folder of posts around them. ``buffer`` is the file that
    standard input will become. With ``changed``, a revision of Git, the posts that differ from it
    are judged so in every folder.

    A day ``as_of`` ends in each blog's own zone: the configured one, else that of its newest dates.
    What is kept to be faster lies in the folder ``cache``; without one nothing is. ``offline``
    asks no server, ``refresh`` asks about everything again. Up to ``jobs`` processes judge; with
    None as many as are worth it.

    Raises:
        ConfigError: the configuration names what does not exist; nothing is judged.
    """
    from bloglint.web import Web, shown

    config = settings.config
    rules = load_rules([_folder(name) for name in config.rules])
    check_rules(settings, rules)
    rules = with_words(rules, config.words.add, config.words.allow)
    named = config.press
    configured = zone_named(config.timezone) if config.timezone else None
    day = datetime.now(UTC) if as_of is None else as_of
    general = moment(day, configured)
    zone = general.tzinfo or UTC
    web = Web(
        cache, offline=offline, refresh=refresh, max_bytes=round(config.max_feed_mb * 1_000_000)
    )
    wanted = Wanted(config.limit, general, config.full_text)
    reading = Reading(zone, stdin, web, wanted, told)
    newsroom, errors = open_newsroom(named, reading, cache) if named else (None, [])
    unread = [Text(*_unread(newsroom.failures))] if newsroom and newsroom.failures else []
    places = newsroom.places if newsroom else None
    terms = Terms(config, day, general, configured, cache, places, tuple(unread))
    bench = Bench(terms, rules, newsroom)
    verdicts = []
    asked, sources, reading = single_posts(sources, reading, buffer)
    if changed:
        refuse_but_folders(sources, asked)
    context = blog or config.source
    for found in answers(asked, sources if changed else (), changed, context, bench, reading):
        if isinstance(found, SourceFailure):
            errors.append(found)
        else:
            verdicts.append(found)
    sources = () if changed else sources
    with reading_ahead(sources, reading) as tasks:
        for task, found in zip(tasks, outcomes(tasks, bench, jobs), strict=True):
            told(shown(task.source))
            if isinstance(found, SourceFailure):
                errors.append(found)
            else:
                verdicts.append(found)
    bench.close()
    web.close()
    return Report(general, tuple(verdicts), tuple(errors))


#: Blogs read at the same time (one request at a time for each host), and how many wait for judging.
AT_ONCE, READ_AHEAD = 8, 16


@contextmanager
def reading_ahead(sources: Sequence[str], reading: Reading) -> Iterator[list[Task]]:
    """Every blog that ``sources`` name, in their order.

    A list of blogs (OPML) counts as the blogs in it. Those on the web are read side by side, a few
    ahead of the one that is asked for.
    """
    blogs = [one for source in sources for one in _listed_in(source, reading)]

    def here(source: str, wrong: SourceError | None) -> Task:
        known = (lambda: wrong) if wrong else partial(read, source, reading)
        return Task(source, source != "-" and not wrong, known)

    if not any(is_address(source) for source, _, _ in blogs):
        yield [here(source, wrong) for source, _, wrong in blogs]
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    begun: dict[int, Future[Blog | SourceError]] = {}
    asked = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:

        def take(at: int) -> Blog | SourceError:
            nonlocal asked
            for ahead in range(max(at, asked), min(len(blogs), at + READ_AHEAD)):
                other, by_user, wrong = blogs[ahead]
                if is_address(other) and not wrong:
                    begun[ahead] = pool.submit(read, other, replace(reading, named=by_user))
                asked = ahead + 1
            return begun.pop(at).result()

        yield [
            Task(source, False, partial(take, at))
            if is_address(source) and not wrong
            else here(source, wrong)
            for at, (source, _, wrong) in enumerate(blogs)
        ]


def _listed_in(source: str, reading: Reading) -> list[tuple[str, bool, SourceError | None]]:
    """``source`` itself, or the blogs in it if it is a list.

    With each whether the user named it, which nobody did with those of a list from the web, and
    what is wrong with the list.
    """
    from bloglint.sources.opml import is_opml, listed_blogs

    try:
        if source == "-" or not is_opml(source):
            return [(source, True, None)]
        by_user = not is_address(source)
        return [(blog, by_user, wrong) for blog, wrong in listed_blogs(source, reading)]
    except SourceError as error:
        return [(source, True, error)]


def open_newsroom(
    sources: Sequence[str], reading: Reading, cache: Path | None
) -> tuple[Newsroom, list[SourceFailure]]:
    """The press releases at ``sources``, their indexes brought up to date, and what failed whole.

    A source that cannot be read takes no other down, nor does a file in a folder.
    """
    from bloglint.newsroom import Index, Newsroom, index_file
    from bloglint.sources.press import find_press
    from bloglint.web import shown

    indexes = []
    failures: list[SourceFailure] = []
    broken: list[SourceError] = []
    for source in sources:
        reading.told(shown(source))
        try:
            found = find_press(source, reading)
            index = Index(index_file(cache, found.name) if cache else None, found.folder)
            said = partial(_tell, reading.told, shown(source))
            wrong = index.update(found.parts, told=said)
            if wrong and not index.counts():
                raise wrong[0]
            broken += wrong
            indexes.append(index)
        except SourceError as error:
            failures.append(SourceFailure(shown(source), error.message, error.advice))
    return Newsroom(indexes, broken), failures


def _tell(told: Told, source: str, count: int) -> None:
    told(f"{source}: {count}")


def _unread(broken: Sequence[SourceError]) -> tuple[str, str]:
    first = broken[0]
    return (
        f"{len(broken)} press releases could not be read (the first: {first})",
        f"{len(broken)} Pressemitteilungen waren nicht lesbar (die erste: {first.said('de')})",
    )


def cache_folder() -> Path:
    """Where this platform keeps what can be made anew; ``BLOGLINT_CACHE`` names another folder."""
    from platformdirs import user_cache_path

    named = os.environ.get("BLOGLINT_CACHE")
    return Path(named) if named else user_cache_path("bloglint")


def check(
    source: str | Path,
    *,
    press: Sequence[str | Path] = (),
    as_of: str | date | datetime | None = None,
    config: str | Path | None = None,
    blog: str | Path | None = None,
    changed: str | None = None,
) -> Report:
    """Judge one blog; the same report that the command line prints.

    ``source`` and ``press`` are folders, files or addresses; ``config`` is a configuration file
    (default: the nearest one upward from the source). ``blog`` is what a single post is judged in,
    ``changed`` the revision of Git from which the judged posts of a folder differ.

    Raises:
        ConfigError: the configuration or ``as_of`` is wrong.
    """
    file = Path(config) if config is not None else None
    named = [str(one) for one in press] or None
    settings = load(place_of(str(source)), file=file, press=named)
    return check_sources(
        [str(source)],
        settings,
        as_of=as_of,
        stdin=sys.stdin.buffer,
        cache=cache_folder(),
        blog=None if blog is None else str(blog),
        changed=changed,
    )


def place_of(source: str | None) -> Path:
    """The folder from which a configuration is looked for."""
    path = Path(source) if source and "://" not in source and source != "-" else Path()
    return path if path.is_dir() else path.parent


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        raise ConfigError("there is no such folder of rules", "Check the path.", name)
    return path
