"""``bloglint check``: judge one or more blogs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bloglint.cli.choices import FailOn, Lang, Profile, language_of
from bloglint.model import SEVERITIES, ConfigError, Report

FORMATS = ("terminal", "json", "html")


def check(
    sources: list[str] = typer.Argument(
        None, metavar="[SOURCE]...", help="Feed, folder, post or - (default: the configured one)."
    ),
    press: list[str] = typer.Option(
        None, "--press", metavar="SOURCE", help="Press releases to compare with; repeatable."
    ),
    as_of: str = typer.Option(None, "--as-of", metavar="DATE", help="Judge as of this day."),
    formats: list[str] = typer.Option(
        ["terminal"], "--format", metavar="NAME[=FILE]", help="terminal, json or html; repeatable."
    ),
    fail_on: FailOn = typer.Option(None, "--fail-on", help="What makes the exit code 1."),
    fail_under: float = typer.Option(
        None, "--fail-under", metavar="SCORE", help="Exit code 1 when a blog scores less."
    ),
    select: list[str] = typer.Option(None, "--select", metavar="RULE", help="Only these rules."),
    ignore: list[str] = typer.Option(None, "--ignore", metavar="RULE", help="Not these rules."),
    profile: Profile = typer.Option(None, "--profile", help="How strict the limits are."),
    config: Path = typer.Option(None, "--config", metavar="FILE", help="This configuration."),
    isolated: bool = typer.Option(False, "--isolated", help="No configuration at all."),
    lang: Lang = typer.Option(None, "--lang", help="Language of the messages."),
    limit: str = typer.Option(None, "--limit", metavar="N|all", help="The newest N posts."),
    full_text: bool = typer.Option(
        None, "--full-text", help="Fetch the articles of a feed that holds only summaries."
    ),
    offline: bool = typer.Option(False, "--offline", help="Ask no server: only what was kept."),
    refresh: bool = typer.Option(False, "--refresh", help="Ask about everything again."),
    jobs: int = typer.Option(
        None, "--jobs", min=1, metavar="N", help="Processes (default: by the work)."
    ),
    no_cache: bool = typer.Option(False, "--no-cache", help="Keep nothing on disk."),
    quiet: bool = typer.Option(False, "--quiet", help="Only the verdict."),
    verbose: bool = typer.Option(False, "--verbose", help="What was read, on standard error."),
) -> None:
    """Judge one or more blogs, or single posts."""
    from bloglint.config import load
    from bloglint.moments import moment
    from bloglint.run import cache_folder, check_sources, place_of

    if offline and refresh:
        raise ConfigError("--offline and --refresh contradict each other", "Leave one out.")
    targets = [_target(one) for one in formats]
    settings = load(
        place_of(sources[0] if sources else None),
        file=config,
        isolated=isolated,
        press=press or None,
        fail_on=fail_on.value if fail_on else None,
        fail_under=fail_under,
        select=_listed(select),
        ignore=_listed(ignore),
        profile=profile.value if profile else None,
        limit=_limit(limit),
        full_text=full_text,
    )
    effective = settings.config
    named = sources or ([effective.source] if effective.source else [])
    if not named:
        raise ConfigError("no source was named", "Name a feed's address or a folder of posts.")
    moment(as_of)  # a wrong date is told before anything is read
    if verbose:
        typer.echo(f"configuration: {settings.file or 'none'}; as of {as_of or 'now'}", err=True)
    with _progress(quiet) as told:
        report = check_sources(
            named,
            settings,
            as_of=as_of,
            stdin=sys.stdin.buffer,
            cache=None if no_cache else cache_folder(),
            offline=offline,
            refresh=refresh,
            jobs=jobs,
            told=told,
        )
    if verbose:
        for blog in report.blogs:
            typer.echo(f"{blog.source}: {blog.posts_judged} posts, {blog.left_out}", err=True)
    undelivered = [t for t in targets if not _deliver(report, *t, lang=lang, quiet=quiet)]
    raise typer.Exit(_exit_code(report, effective.fail_on, effective.fail_under, bool(undelivered)))


def _target(text: str) -> tuple[str, str | None]:
    name, _, file = text.partition("=")
    if name not in FORMATS:
        from bloglint.yamlfile import nearest

        raise ConfigError(f"there is no format {name!r}", nearest(name, list(FORMATS)), "--format")
    return name, file or None


def _listed(values: list[str] | None) -> list[str] | None:
    """``--select a,b --select c`` as one list."""
    parts = [part.strip() for value in values or () for part in value.split(",")]
    return [part for part in parts if part] or None


def _limit(text: str | None) -> int | str | None:
    if text is None or text == "all":
        return text
    if not text.isdigit() or text == "0":
        raise ConfigError(f"{text!r} is no number of posts", "Write a number or all.", "--limit")
    return int(text)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being read, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield lambda what: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda what: status.update(what)


def _deliver(
    report: Report, name: str, file: str | None, *, lang: Lang | None, quiet: bool
) -> bool:
    """Write one format; False where its file could not be written."""
    if name == "json":
        from bloglint.reporters.json import write_json

        text = write_json(report, lang.value if lang else "en")
    elif name == "html":
        from bloglint.reporters.html import write_html

        text = write_html(report, language_of(lang))
    else:
        from bloglint.reporters.terminal import write_terminal

        text = write_terminal(report, language_of(lang), to_file=file is not None, quiet=quiet)
    if file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return True
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        typer.echo(f"bloglint: {file}: cannot be written ({error.strerror})", err=True)
        return False
    return True


def _exit_code(report: Report, fail_on: str, fail_under: float | None, undelivered: bool) -> int:
    if report.errors:
        return 3
    if undelivered:
        return 4
    if fail_under is not None and any(
        blog.score is not None and blog.score < fail_under for blog in report.blogs
    ):
        return 1
    if fail_on == "never":
        return 0
    failing = [severity for n, severity in enumerate(SEVERITIES) if n >= _rank(fail_on)]
    return int(any(f.severity in failing for blog in report.blogs for f in blog.findings))


def _rank(severity: str) -> int:
    return [str(one) for one in SEVERITIES].index(severity)
