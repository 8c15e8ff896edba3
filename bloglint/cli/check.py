"""``bloglint check``: judge one or more blogs, or drafts in the context of their blog."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bloglint.cli.choices import (
    CONTRADICTION,
    NO_SOURCE,
    Colour,
    cache_unless,
    language_of,
    limit_of,
    listed,
)
from bloglint.cli.options import (
    All,
    AsOf,
    Color,
    ConfigFile,
    Database,
    Fails,
    FailUnder,
    FullText,
    Ignore,
    Isolated,
    Jobs,
    Language,
    Limit,
    ListBy,
    NoCache,
    Offline,
    Open,
    Press,
    Preview,
    Quiet,
    Refresh,
    Select,
    Show,
    Strictness,
    TableChoice,
    Traffic,
    WithPlan,
    format_option,
)
from bloglint.cli.output import (
    deliver,
    exit_code,
    failing,
    not_written,
    page_of,
    show_page,
    targets_of,
)
from bloglint.cli.progress import progress
from bloglint.cli.validation import (
    NAME_POST,
    NO_POST_FOR_BLOG,
    is_post,
    refuse_baseline,
    refuse_names,
)
from bloglint.model import (
    UNKNOWN_SUPPRESSION,
    UNUSED_SUPPRESSION,
    ConfigError,
    Report,
    left_out_said,
    replace,
    say,
    translate,
)
from bloglint.reporters.registry import RenderOptions

if TYPE_CHECKING:
    from bloglint.config import Settings
    from bloglint.drafts.baseline import Baseline


def check(
    sources: list[str] = typer.Argument(
        None, metavar="[SOURCE]...", help="Feed, folder, post or - (default: the configured one)."
    ),
    press: Press = None,
    blog: str = typer.Option(
        None, "--blog", metavar="SOURCE", help="The blog in whose context a single post is judged."
    ),
    changed: str = typer.Option(
        None, "--changed", metavar="REF", help="Only posts that differ from this Git revision."
    ),
    stdin_filename: Path = typer.Option(
        None, "--stdin-filename", metavar="FILE", help="File name to assume for standard input."
    ),
    as_of: AsOf = None,
    formats: list[str] = format_option("check"),
    table: TableChoice = None,
    open_page: Open = False,
    fail_on: Fails = None,
    fail_under: FailUnder = None,
    baseline: Path = typer.Option(
        None, "--baseline", metavar="FILE", help="Known findings, which are not reported."
    ),
    write_baseline: bool = typer.Option(
        False, "--write-baseline", help="Write all findings to the baseline."
    ),
    prune_baseline: bool = typer.Option(
        False, "--prune-baseline", help="Remove fixed findings from the baseline."
    ),
    show_suppressed: bool = typer.Option(
        False, "--show-suppressed", help="List what the posts suppress, with the reasons."
    ),
    save: bool = typer.Option(
        False, "--save", help="Keep the verdicts in the history that `report` compares with."
    ),
    db: Database = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: Strictness = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    lang: Language = None,
    limit: Limit = None,
    full_text: FullText = None,
    preview: Preview = None,
    offline: Offline = False,
    refresh: Refresh = False,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    show: Show = None,
    show_all: All = False,
    by: ListBy = None,
    traffic: Traffic = None,
    plan: WithPlan = False,
    statistics: bool = typer.Option(False, "--statistics", help="Count the findings by rule."),
    color: Color = Colour.auto,
    quiet: Quiet = False,
    watch: bool = typer.Option(
        False, "--watch", help="Judge anew whenever a file changes, until Ctrl-C."
    ),
    verbose: bool = typer.Option(False, "--verbose", help="Log what is read to standard error."),
) -> None:
    """Judge one or more blogs, or drafts by what they do to their blog."""
    from bloglint.api import check_sources
    from bloglint.checks.registry import find_check
    from bloglint.clock import end_of_day
    from bloglint.config import load
    from bloglint.paths import place_of
    from bloglint.rules import load_rules, rule_folder
    from bloglint.running.options import RunOptions

    refuse_names(sources, stdin_filename, changed)
    if save and (select or ignore or limit or changed):
        raise ConfigError(_SAVE_PART, _SAVE_WHOLE, "--save")
    if db and not save:
        raise ConfigError(_DB_WITHOUT_SAVE, _ADD_SAVE, "--db")
    if show_all and show:
        raise ConfigError(_SHOW_AND_ALL, CONTRADICTION[1], "--show")
    if offline and refresh:
        raise ConfigError(*CONTRADICTION)
    if statistics and not formats:
        formats = ["concise"]
    targets = targets_of(formats, "check")
    page = page_of(targets) if open_page else None
    first = str(stdin_filename) if stdin_filename else sources[0] if sources else None
    place = place_of(first)
    settings = load(
        place,
        file=config,
        isolated=isolated,
        press=press or None,
        fail_on=fail_on.value if fail_on else None,
        fail_under=fail_under,
        select=listed(select),
        ignore=listed(ignore),
        profile=profile.value if profile else None,
        limit=limit_of(limit),
        full_text=full_text,
        preview=preview,
    )
    effective = settings.config
    named = ["-"] if stdin_filename else sources or ([effective.source] if effective.source else [])
    if not named:
        raise _no_source(settings.file, changed)
    if effective.full_text:
        from bloglint.sources.online.articles import extractor

        extractor()  # refuse the call where it is missing
    end_of_day(as_of)  # reject a bad date before reading anything
    if watch:
        from bloglint.cli.watch import watch as judge_anew

        places = [*named, *filter(None, [blog, *effective.press])]
        local = [one for one in places if one in named or "://" not in one]
        return judge_anew(local, [one.file for one in targets if one.file], language_of(lang))
    visits = _visits(traffic)
    known = _baseline(baseline, place, settings, write=write_baseline, isolated=isolated)
    is_of_posts = bool(stdin_filename) or any(map(is_post, named))
    if blog and not is_of_posts:
        raise ConfigError(NO_POST_FOR_BLOG, NAME_POST, "--blog")
    is_whole = not is_of_posts and not changed and effective.limit in (None, "all")
    refuse_baseline(write_baseline, prune_baseline, known is not None, is_whole=is_whole)
    if verbose:
        typer.echo(f"configuration: {settings.file or 'none'}; as of {as_of or 'now'}", err=True)
        typer.echo(f"baseline: {known.path if known else 'none'}", err=True)
    with progress(quiet) as on_progress:
        options = RunOptions(
            as_of,
            cache_unless(no_cache),
            offline,
            refresh,
            jobs,
            stdin=sys.stdin.buffer,
            on_progress=on_progress,
            with_plan=plan,
        )
        report = check_sources(
            named, settings, options, blog=blog, changed=changed, buffer=stdin_filename
        )
    rules = load_rules(map(rule_folder, effective.rules))
    delivered = not save or _saved(report, db, language_of(lang))
    if known:
        ran = {
            rule
            for rule in effective.active(rules)
            if effective.press or not find_check(rules[rule].check).needs_press
        }
        report, is_written = _without_known(
            report, known, ran, write=write_baseline, prune=prune_baseline
        )
        delivered = delivered and is_written
    if visits:
        from bloglint.engine.readership import by_readership

        blogs = tuple(by_readership(one, visits) for one in report.blogs)
        report = replace(report, blogs=blogs)
    if verbose:
        for one in report.blogs:
            left = say(left_out_said(one.left_out), language_of(lang)) or "none left out"
            typer.echo(f"{one.source}: {one.posts_judged} posts, {left}", err=True)
    fails = failing(effective.fail_on)
    render_options = RenderOptions(
        quiet=quiet,
        suppressed=show_suppressed,
        show=0 if show_all else show,
        by=by.value if by else None,
        colour=color.value,
        configuration=_relative(settings.file),
        statistics=statistics,
        failing=fails,
        rules=rules,
        table=table.value if table else None,
    )
    for target in targets:
        delivered = deliver(report, target, lang, render_options) and delivered
    if page:
        show_page(page)
    raise typer.Exit(
        exit_code(report, fails, effective.fail_under, delivered, lambda one: one.source)
    )


_UNREAD_KEEPS = translate("the baseline stays as it is, since a source could not be read")


_SHOW_AND_ALL = translate("--show and --all contradict each other")
_SAVE_PART = translate("a history keeps whole verdicts on whole blogs")
_SAVE_WHOLE = translate("Leave out --select, --ignore, --limit and --changed.")
_DB_WITHOUT_SAVE = translate("nothing is to be kept")
_ADD_SAVE = translate("Add --save, or leave --db out.")


def _visits(traffic: Path | None) -> dict[str, int]:
    if traffic is None:
        return {}
    from bloglint.sources.traffic import read_visits

    return read_visits(traffic)


def _no_source(file: Path | None, changed: str | None) -> ConfigError:
    """The error for a call that names no source, by what the user seems to have in mind."""
    if changed:
        advice = translate(
            "Name it: bloglint check content/posts --changed {ref}, or set source in bloglint.yml.",
            ref=changed,
        )
        return ConfigError(translate("--changed needs the folder of the posts"), advice)
    if file:
        where = str(_relative(file))
        return ConfigError(translate("{file} names no source yet", file=where), NO_SOURCE[1], where)
    return ConfigError(*NO_SOURCE)


def _relative(file: Path | None) -> str | None:
    """A file relative to the working directory, if it lies in it."""
    if file is None:
        return None
    here, place = Path.cwd(), file.absolute()
    return (place.relative_to(here) if place.is_relative_to(here) else file).as_posix()


def _saved(report: Report, db: Path | None, language: str) -> bool:
    """Store the verdicts on whole blogs in the history.

    Returns False if that failed, after reporting it.
    """
    from bloglint.history.periodic import HistoryRecorder
    from bloglint.history.store import History, HistoryError, history_file

    problems: list[HistoryError] = []
    sources = [blog.source for blog in report.blogs]
    try:
        with History(db or history_file()) as history:
            keep = HistoryRecorder(history, report.as_of, sources, problems)
            for verdict in report.blogs:
                if verdict.effect is None:
                    keep(verdict)
    except HistoryError as error:
        problems.append(error)
    for problem in problems:
        typer.echo(f"bloglint: {problem.in_language(language)}", err=True)
    return not problems


def _baseline(
    named: Path | None, place: Path, settings: Settings, *, write: bool, isolated: bool
) -> Baseline | None:
    """Return the baseline that is named or found, or a new one if it is to be written."""
    from bloglint.drafts.baseline import NAME, Baseline, find_baseline, home_of

    path = named or (None if isolated else find_baseline(place))
    if path and (path.exists() or not write):
        return Baseline.read(path)
    if not write:
        return None
    near = settings.file.parent if settings.file else home_of(place)
    return Baseline(path or near / NAME)


def _without_known(
    report: Report, known: Baseline, rules: Collection[str], *, write: bool, prune: bool
) -> tuple[Report, bool]:
    """Return the report without the findings in the baseline, updating or pruning that on request.

    The second value is False if the baseline could not be written.
    """
    active = {*rules, UNKNOWN_SUPPRESSION, UNUSED_SUPPRESSION}
    if report.errors and (write or prune):
        typer.echo(f"bloglint: {known.path}: {say(_UNREAD_KEEPS, language_of(None))}", err=True)
        write = prune = False
    if write:
        known = known.updated(report, active)
    elif prune:
        known = known.pruned(report, active)
    if write or prune:
        try:
            known.write()
        except OSError as error:
            typer.echo(f"bloglint: {known.path}: {not_written(error)}", err=True)
            return report, False
        count = len(known.entries)
        message = translate("known findings: {count}", count=count)
        typer.echo(f"bloglint: {known.path}: {say(message, language_of(None))}", err=True)
    return known.applied(report, active), True
