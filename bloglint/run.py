"""One whole run: sources are read, judged and gathered into a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bloglint.config import Config, Settings, check_rules, load
from bloglint.judging import Judge
from bloglint.model import Blog, ConfigError, Report, SourceError, SourceFailure, Text, replace
from bloglint.rules import load_rules, with_words
from bloglint.sources import Reading, Wanted, is_address, published_by, read_blog

if TYPE_CHECKING:
    from bloglint.newsroom import Newsroom

#: Called with what is being done now, for those who wait.
Told = Callable[[str], None]


def zone_named(name: str) -> tzinfo:
    """The time zone called ``name``.

    Raises:
        ConfigError: there is none.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        advice = "Write it like Europe/Berlin."
        raise ConfigError(f"there is no time zone {name!r}", advice, "timezone") from None


def moment(day: str | date | datetime | None, zone: tzinfo | None = None) -> datetime:
    """The last second of a day in ``zone`` (the local one where none is known); None is now.

    Raises:
        ConfigError: it is no date.
    """
    if day is None:
        day = datetime.now(UTC)
    if isinstance(day, datetime):
        return day.astimezone(zone)
    if isinstance(day, str):
        try:
            day = datetime.fromisoformat(day).date()
        except ValueError:
            advice = "Write it like 2026-06-30."
            raise ConfigError(f"{day!r} is no date", advice, "--as-of") from None
    end = datetime.combine(day, time(23, 59, 59))
    return end.replace(tzinfo=zone) if zone else end.astimezone()


def check_sources(
    sources: Sequence[str],
    settings: Settings,
    *,
    as_of: str | date | datetime | None = None,
    stdin: BinaryIO | None = None,
    cache: Path | None = None,
    offline: bool = False,
    refresh: bool = False,
    told: Told = lambda what: None,
) -> Report:
    """The report on all ``sources``; one that cannot be read is among its errors.

    A day ``as_of`` ends in each blog's own zone: the configured one, else that of its newest dates.
    What is kept to be faster lies in the folder ``cache``; without one nothing is. ``offline``
    asks no server, ``refresh`` asks about everything again.

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
    judge = Judge(config, rules, newsroom, cache)
    verdicts = []
    for source, blog in read_all(sources, reading):
        if isinstance(blog, SourceError):
            errors.append(SourceFailure(shown(source), blog.message, blog.advice))
            continue
        when = moment(day, configured or zone_of(blog) or general.tzinfo)
        blog = replace(published_by(blog, when), zone=configured)
        if not blog.posts:
            errors.append(SourceFailure(shown(source), _NO_POST, _CHECK_PLACE))
            continue
        blog = _configured(blog, config)
        verdicts.append(judge.verdict(replace(blog, notes=(*blog.notes, *unread)), when))
    judge.close()
    web.close()
    return Report(general, tuple(verdicts), tuple(errors))


_NO_POST = Text("no published post was found", "kein veröffentlichter Beitrag gefunden")
_CHECK_PLACE = Text("Check the address or folder.", "Prüfen Sie Adresse oder Ordner.")
#: Blogs read at the same time (one request at a time for each host), and how many wait for judging.
AT_ONCE, READ_AHEAD = 8, 16


def read_all(sources: Sequence[str], reading: Reading) -> Iterator[tuple[str, Blog | SourceError]]:
    """Every blog that ``sources`` name, in their order, or why it cannot be read.

    A list of blogs (OPML) counts as the blogs in it. Those on the web are read side by side.
    """
    blogs = [one for source in sources for one in _listed_in(source, reading)]
    if not any(is_address(source) for source, _, _ in blogs):
        for source, _, wrong in blogs:
            reading.told(source)
            yield source, wrong or _read(source, reading)
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    begun: dict[int, Future[Blog | SourceError]] = {}
    asked = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for at, (source, by_user, wrong) in enumerate(blogs):
            for ahead, (other, named, broken) in enumerate(blogs[at : at + READ_AHEAD], at):
                if is_address(other) and not broken and ahead >= asked:
                    asked = ahead + 1
                    begun[ahead] = pool.submit(_read, other, replace(reading, named=named))
            if at in begun:
                yield source, begun.pop(at).result()
            else:
                reading.told(source)
                yield source, wrong or _read(source, replace(reading, named=by_user))


def _read(source: str, reading: Reading) -> Blog | SourceError:
    try:
        return read_blog(source, reading)
    except SourceError as error:
        return error


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
) -> Report:
    """Judge one blog; the same report that the command line prints.

    ``source`` and ``press`` are folders, files or addresses; ``config`` is a configuration file
    (default: the nearest one upward from the source).

    Raises:
        ConfigError: the configuration or ``as_of`` is wrong.
    """
    file = Path(config) if config is not None else None
    named = [str(one) for one in press] or None
    settings = load(place_of(str(source)), file=file, press=named)
    return check_sources(
        [str(source)], settings, as_of=as_of, stdin=sys.stdin.buffer, cache=cache_folder()
    )


def zone_of(blog: Blog) -> tzinfo | None:
    """The zone in which the blog's newest post is dated."""
    newest = next((post.published for post in blog.posts if post.published), None)
    return newest.tzinfo if newest else None


def place_of(source: str | None) -> Path:
    """The folder from which a configuration is looked for."""
    path = Path(source) if source and "://" not in source and source != "-" else Path()
    return path if path.is_dir() else path.parent


def _folder(name: str) -> Path:
    path = Path(name)
    if not path.is_dir():
        raise ConfigError("there is no such folder of rules", "Check the path.", name)
    return path


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
