"""``bloglint report``: the periodic report on one or many blogs and what has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import typer

from bloglint.cli.choices import (
    CONTRADICTION,
    NO_SOURCE,
    cache_unless,
    language_of,
    limit_of,
    listed,
)
from bloglint.cli.options import (
    AsOf,
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
    NoCache,
    Offline,
    Open,
    Press,
    Preview,
    Quiet,
    Refresh,
    Select,
    Strictness,
    TableChoice,
    WithPlan,
    format_option,
)
from bloglint.cli.output import (
    deliver,
    deliver_pages,
    exit_code,
    failing,
    page_of,
    prepare_folder,
    show_page,
    targets_of,
)
from bloglint.cli.progress import progress
from bloglint.model import ConfigError, Report, Text, Verdict, say, translate
from bloglint.reporters.registry import RenderOptions

if TYPE_CHECKING:
    from bloglint.history.mail import Server

_UNITS = {"s": 1, "m": 60, "h": 3600}
_SUMMARY = translate(
    "blogs: {blogs}, unreadable: {unread}; worse: {worse}, better: {better}; findings "
    "new: {new}, fixed: {fixed}; {seconds:.0f} s"
)


def report(
    sources: list[str] = typer.Argument(
        None, metavar="[SOURCE]...", help="Blogs, OPML or portfolio files (default: configured)."
    ),
    db: Database = None,
    press: Press = None,
    as_of: AsOf = None,
    formats: list[str] = format_option("report"),
    table: TableChoice = None,
    split: Path = typer.Option(
        None, "--split", metavar="DIR", help="Write a page for each blog into this folder as well."
    ),
    open_page: Open = False,
    mail_to: list[str] = typer.Option(
        None, "--mail-to", metavar="ADDRESS", help="Send it by mail (BLOGLINT_SMTP_*); repeatable."
    ),
    mail_owners: bool = typer.Option(
        False, "--mail-owners", help="Send each owner in the portfolio a mail on their blogs."
    ),
    notify: bool = typer.Option(
        False, "--notify", help="Tell Slack, Teams and others (BLOGLINT_NOTIFY)."
    ),
    only_changes: bool = typer.Option(
        False, "--only-changes", help="Send something only if something changed."
    ),
    fail_on: Fails = None,
    fail_under: FailUnder = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: Strictness = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    lang: Language = None,
    limit: Limit = None,
    full_text: FullText = None,
    preview: Preview = None,
    plan: WithPlan = False,
    offline: Offline = False,
    refresh: Refresh = False,
    jobs: Jobs = None,
    cluster: str = typer.Option(
        None, "--cluster", metavar="ADDRESS", help="Judge on this Dask cluster."
    ),
    max_runtime: str = typer.Option(
        None, "--max-runtime", metavar="TIME", help="Stop after this time: 900, 15m, 2h."
    ),
    blog_timeout: float = typer.Option(
        120, "--blog-timeout", min=1, metavar="SECONDS", help="Give up a blog after this time."
    ),
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Report on one or many blogs: the most urgent first, what changed, what is due."""
    from bloglint.clock import end_of_day
    from bloglint.config import load
    from bloglint.history.periodic import only_one, report_on
    from bloglint.history.store import history_file
    from bloglint.paths import place_of
    from bloglint.running.options import RunOptions

    begun = monotonic()
    if offline and refresh:
        raise ConfigError(*CONTRADICTION)
    targets = targets_of(formats, "report")
    page = page_of(targets) if open_page else None
    if split:
        prepare_folder(split)
    until = begun + _seconds(max_runtime) if max_runtime else None
    server = _server(mail_to or []) if mail_to or mail_owners else None
    services = _services() if notify else None
    if only_changes and not (server or services):
        raise ConfigError(_ONLY_MAIL, _NAME_MAIL, "--only-changes")
    settings = load(
        place_of(sources[0] if sources else None),
        file=config,
        isolated=isolated,
        press=press or None,
        select=listed(select),
        ignore=listed(ignore),
        profile=profile.value if profile else None,
        limit=limit_of(limit),
        full_text=full_text,
        preview=preview,
    )
    effective = settings.config
    named = sources or ([effective.source] if effective.source else [])
    if not named:
        raise ConfigError(*NO_SOURCE)
    end_of_day(as_of)  # reject a bad date before reading anything
    history = db or history_file()
    with only_one(history), _counted(quiet) as (on_progress, done):
        reported = report_on(
            named,
            settings,
            RunOptions(
                as_of,
                cache_unless(no_cache),
                offline,
                refresh,
                jobs,
                cluster,
                until,
                blog_timeout,
                sys.stdin.buffer,
                on_progress,
                with_plan=plan,
            ),
            history=history,
            done=done,
        )
    language = language_of(lang)
    for problem in reported.problems:
        typer.echo(f"bloglint: {problem.in_language(language)}", err=True)
    delivered = not reported.problems
    fails = failing(fail_on.value if fail_on else "never")
    render_options = RenderOptions(quiet=quiet, failing=fails, table=table.value if table else None)
    for target in targets:
        delivered = deliver(reported.report, target, lang, render_options) and delivered
    if split:
        delivered = deliver_pages(reported.report, split, language) and delivered
    if page:
        show_page(page)
    if not only_changes or _has_changed(reported.report):
        if server and mail_to:
            delivered = _send(reported.report, mail_to, server, language) and delivered
        if services:
            delivered = _notify(reported.report, services, language) and delivered
    if server and mail_owners:
        for to, own in _by_owner(reported.report, language):
            if not only_changes or _has_changed(own):
                delivered = _send(own, [to], server, language) and delivered
    typer.echo(f"bloglint: {_summary(reported.report, monotonic() - begun, language)}", err=True)
    raise typer.Exit(exit_code(reported.report, fails, fail_under, delivered, lambda one: one.name))


_ONLY_MAIL = translate("--only-changes is about what is sent")
_NAME_MAIL = translate("Add --mail-to, --mail-owners or --notify.")


def _server(to: Sequence[str]) -> Server:
    from bloglint.history.mail import Server, check_address

    for address in to:
        check_address(address)
    return Server.of(os.environ)


def _seconds(text: str) -> float:
    unit = _UNITS.get(text[-1:], 0)
    number = text[:-1] if unit else text
    if not (number.isascii() and number.isdigit()) or not int(number):
        raise ConfigError(
            translate("{text!r} is no time", text=text),
            translate("Write seconds, or 15m, or 2h."),
            "--max-runtime",
        )
    return float(int(number) * (unit or 1))


@contextmanager
def _counted(quiet: bool) -> Iterator[tuple[Callable[[str], None], Callable[[int, int], None]]]:
    """Yield two functions: one to call with the blog being judged, one with the counts done."""
    counts = [0, 0]
    with progress(quiet) as show:

        def on_progress(what: str) -> None:
            show(f"{counts[0]} / {counts[1]}  {what}" if counts[1] else what)

        def done(count: int, total: int) -> None:
            counts[:] = count, total

        yield on_progress, done


def _has_changed(report: Report) -> bool:
    """Whether a blog's findings, posts or grade changed, or one could not be read."""
    if report.errors:
        return True
    for verdict in report.blogs:
        one = verdict.development
        if one is None or one.previous is None or one.posts or one.fixed:
            return True
        if one.previous.grade != verdict.grade or any(f.change == "new" for f in verdict.findings):
            return True
    return False


def _by_owner(report: Report, language: str) -> Iterator[tuple[str, Report]]:
    """Yield the address of each owner with a report on their blogs; name owners without one."""
    owners: dict[str, list[Verdict]] = {}
    missing = set()
    for verdict in report.blogs:
        entry = verdict.listing
        if entry and entry.owner_address:
            owners.setdefault(entry.owner_address, []).append(verdict)
        elif entry and entry.owner:
            missing.add(entry.owner)
    for name in sorted(missing):
        told = translate("{name} has no address under owners: in the portfolio", name=name)
        typer.echo(f"bloglint: {say(told, language)}", err=True)
    for address, blogs in sorted(owners.items()):
        yield address, Report(report.as_of, tuple(blogs))


def _services() -> Any:
    from bloglint.history.notices import services

    return services(os.environ)


def _notify(report: Report, services: Any, language: str) -> bool:
    """Tell the services. If that fails, report it and return False."""
    from bloglint.history.notices import NoticeError, notify

    try:
        notify(report, services, language)
    except NoticeError as error:
        typer.echo(f"bloglint: {error.in_language(language)}", err=True)
        return False
    return True


def _send(report: Report, to: Sequence[str], server: Server, language: str) -> bool:
    """Send the report by mail.

    If that fails, report it, keep the report as a file, say where, and return False.
    """
    from bloglint.history.mail import MailError, compose, send
    from bloglint.reporters.html import write_html
    from bloglint.reporters.mail import mail_html, mail_text

    page = write_html(report, language)
    text, html = mail_text(report, language), mail_html(report, language)
    try:
        send(compose(report, to, server.sender, language, page, text, html), server)
    except MailError as error:
        typer.echo(f"bloglint: {error.in_language(language)}", err=True)
        typer.echo(f"bloglint: {say(_save_unsent(report, page), language)}", err=True)
        return False
    return True


def _save_unsent(report: Report, page: str) -> Text:
    """Keep a report that could not be sent, and say where."""
    from tempfile import gettempdir

    name = f"bloglint-report-{report.as_of.date().isoformat()}.html"
    for folder in (Path.cwd(), Path(gettempdir())):
        try:
            (folder / name).write_text(page, encoding="utf-8")
        except OSError:
            continue
        return translate("the report lies in {value1}", value1=folder / name)
    return translate("and it could not be kept as a file")


def _summary(report: Report, seconds: float, language: str) -> str:
    from bloglint.reporters.overview import FELT, change_of

    changes, new, fixed = [], 0, 0
    for blog in report.blogs:
        changes.append(change_of(blog) or 0.0)
        if blog.development and blog.development.previous:
            new += blog.counts.get("new", 0)
            fixed += len(blog.development.fixed)
    return say(_SUMMARY, language).format(
        blogs=len(report.blogs),
        unread=len(report.errors),
        worse=sum(change <= -FELT for change in changes),
        better=sum(change >= FELT for change in changes),
        new=new,
        fixed=fixed,
        seconds=seconds,
    )
