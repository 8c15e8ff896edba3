"""The public Python API, also called by the commands: sources in, report out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bloglint.config import Settings, load
from bloglint.drafts.selection import answers, refuse_but_folders, single_posts
from bloglint.engine.settings import Snapshot
from bloglint.model import Report, SourceError, SourceFailure
from bloglint.model.audit import Audit
from bloglint.model.plan import Plan
from bloglint.paths import cache_folder, is_open_to_others, place_of
from bloglint.running.options import RunOptions
from bloglint.running.session import Session
from bloglint.sources import read_blog


def check(
    source: str | Path | Sequence[str | Path],
    *,
    press: Sequence[str | Path] = (),
    as_of: str | date | datetime | None = None,
    config: str | Path | None = None,
    isolated: bool = False,
    profile: str | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    limit: int | str | None = None,
    full_text: bool | None = None,
    preview: bool | None = None,
    blog: str | Path | None = None,
    changed: str | None = None,
    cache: str | Path | bool = True,
    offline: bool = False,
    refresh: bool = False,
    jobs: int | None = 1,
) -> Report:
    """Judge one or more blogs, or posts in the context of their blog, as ``bloglint check`` does.

    A source that cannot be read becomes one of the report's errors. Standard input is read only for
    the source ``-``.

    Args:
        source: folders, files or addresses; several post files are judged together.
        press: press releases to compare with: folders, files or addresses of newsrooms.
        as_of: the day (up to its end, in each blog's zone) or moment to judge as of; default now.
        config: a configuration file; default the nearest one upward from the first source.
        isolated: use no configuration file at all.
        profile: ``starter``, ``standard`` or ``strict``.
        select, ignore: rules by id or prefix.
        options: values for the rules' options, by rule id and option name.
        limit: how many of the newest posts to judge, or ``"all"``.
        full_text: fetch the articles of a feed that contains only summaries.
        preview: let rules in preview report.
        blog: the blog in whose context single posts are judged.
        changed: judge only the posts of a folder that differ from this Git revision.
        cache: True for the platform's cache folder, False for none, or a folder; one that others
            may write into is not used.
        offline: answer from the cache only.
        refresh: ask every server again.
        jobs: the maximum number of processes; None starts more when the work is worth it.

    Raises:
        ConfigError: the call, the configuration or a rule is wrong; nothing is judged.
    """
    sources = [source] if isinstance(source, str | Path) else list(source)
    named = [str(one) for one in sources]
    settings = load(
        place_of(named[0] if named else None),
        file=Path(config) if config is not None else None,
        isolated=isolated,
        press=[str(one) for one in press] or None,
        profile=profile,
        select=_listed(select),
        ignore=_listed(ignore),
        options={rule: dict(own) for rule, own in options.items()} if options else None,
        limit=limit,
        full_text=full_text,
        preview=preview,
    )
    stdin = None
    if "-" in named:
        import sys

        stdin = sys.stdin.buffer
    folder = cache_folder() if cache is True else Path(cache) if cache else None
    if folder and is_open_to_others(folder):
        folder = None
    run = RunOptions(as_of, folder, offline, refresh, jobs, stdin=stdin)
    where = None if blog is None else str(blog)
    return check_sources(named, settings, run, blog=where, changed=changed)


def check_sources(
    sources: Sequence[str],
    settings: Settings,
    options: RunOptions = RunOptions(),  # noqa: B008 - it is frozen
    *,
    blog: str | None = None,
    changed: str | None = None,
    buffer: Path | None = None,
) -> Report:
    """Return the report on all ``sources``; one that cannot be read becomes one of its errors.

    Files of single posts are judged together, by their effect on their blog: ``blog``, else the
    configured source, else the nearest enclosing folder of posts.

    Args:
        sources: folders, files or addresses.
        settings: the configuration.
        options: the options of the run.
        blog: the blog in whose context single posts are judged.
        changed: a Git revision; only the posts of each folder that differ from it are judged.
        buffer: the file that standard input will be saved as.

    Raises:
        ConfigError: the configuration names something that does not exist; nothing is judged.
    """
    with Session(settings, options) as session:
        posts, sources, session.context = single_posts(sources, session.context, buffer)
        if changed:
            refuse_but_folders(sources, posts)
        around = blog or settings.config.source
        folders, blogs = (sources, []) if changed else ((), session.blogs(sources))
        linter = session.linters.get()
        outcomes = list(answers(posts, folders, changed, around, linter, session.context))
        numbered = []
        failures = list(session.failures)
        if blogs:
            runner, prefetcher = session.runner(blogs)
            with closing(runner.run(prefetcher.tasks())) as results:
                numbered = sorted(results, key=lambda one: one[0])
            failures += [failure for _, failure in sorted(prefetcher.failures, key=_number)]
    outcomes += [outcome for _, outcome in numbered]
    verdicts = tuple(one for one in outcomes if not isinstance(one, SourceFailure))
    failures += [one for one in outcomes if isinstance(one, SourceFailure)]
    return Report(session.now, verdicts, tuple(failures))


def _number(one: tuple[int, SourceFailure]) -> int:
    return one[0]


def _listed(rules: Sequence[str] | None) -> list[str] | None:
    return [rules] if isinstance(rules, str) else list(rules) if rules else None


def audit_source(
    source: str,
    settings: Settings,
    options: RunOptions = RunOptions(),  # noqa: B008 - it is frozen
    visits: Mapping[str, int] | None = None,
) -> Audit:
    """Return what to do with each post of the whole archive of one blog.

    Raises:
        ConfigError: the configuration names something that does not exist.
        SourceError: the blog cannot be read, or has no post to look at.
    """
    from bloglint.archive.audit import CLAIMS, audit
    from bloglint.engine.linter import effective_options

    with Session(settings, options) as session:
        snapshot = _snapshot(session, source)
        config = settings.config
        known = effective_options(session.rules, config.profile, config.own_options)
        return audit(snapshot.blog, known[CLAIMS], snapshot.as_of, visits)


def plan_source(
    source: str,
    settings: Settings,
    options: RunOptions = RunOptions(),  # noqa: B008 - it is frozen
) -> Plan:
    """Return the fewest steps over eight weeks that lift one blog to its next grade.

    Raises:
        ConfigError: the configuration names something that does not exist, or the blog has no grade
            to lift.
        SourceError: the blog cannot be read.
    """
    with Session(settings, options) as session:
        return session.linters.get().plan(_snapshot(session, source))


def _snapshot(session: Session, source: str) -> Snapshot:
    """Return the one blog at ``source`` as it stood at the moment of a session.

    Raises:
        SourceError: it cannot be read, or has no post.
    """
    snapshot = session.settings.snapshot(source, read_blog(source, session.context))
    if isinstance(snapshot, SourceFailure):
        raise SourceError(snapshot.message, snapshot.advice, snapshot.source)
    return snapshot
