"""``bloglint init``: a blog's first configuration, its first verdict and the next step."""

from __future__ import annotations

import shlex
import sys

import typer

from bloglint.cli.choices import Lang, cache_unless, language_of
from bloglint.languages import labels


def init(
    source: str = typer.Argument(
        None, metavar="[SOURCE]", help="The blog: a folder or an address (default: found here)."
    ),
    github: bool = typer.Option(False, "--github", help="A workflow of GitHub Actions as well."),
    gitlab: bool = typer.Option(False, "--gitlab", help="A job of GitLab CI as well."),
    pre_commit: bool = typer.Option(False, "--pre-commit", help="A hook of pre-commit as well."),
    force: bool = typer.Option(False, "--force", help="Overwrite existing files."),
    as_of: str = typer.Option(None, "--as-of", metavar="DATE", help="Judge as of this day."),
    lang: Lang = typer.Option(None, "--lang", help="Language of the comments and messages."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Keep nothing on disk."),
) -> None:
    """Write a commented configuration for the blog here or at an address."""
    import msgspec

    from bloglint.clock import end_of_day
    from bloglint.model import posts_counted, say
    from bloglint.scaffold.files import (
        CHECKS,
        CONFIGURATION,
        files_for,
        home_of_checks,
        refuse,
        write,
    )
    from bloglint.scaffold.package import TOOLS, package
    from bloglint.scaffold.survey import survey

    language = language_of(lang)
    words = labels("init", language)
    chosen = {"github": github, "gitlab": gitlab, "pre-commit": pre_commit}
    checks = [name for name, is_wanted in chosen.items() if is_wanted]
    day = end_of_day(as_of)
    root = home_of_checks()
    mine = CONFIGURATION.exists() and bool(checks) and not force  # then add only the checks
    shared = root / CHECKS["pre-commit"]  # may hold other hooks: never overwritten
    wanted_files = [root / CHECKS[name] for name in checks if root / CHECKS[name] != shared]
    refuse([*([] if mine else [CONFIGURATION]), *wanted_files], force=force)
    seen = survey(source, as_of=as_of, cache=cache_unless(no_cache))
    if sys.stdin.isatty() and sys.stdout.isatty() and seen.source and not source:
        asked = typer.prompt(words["source"], default=seen.source)
        press = typer.prompt(words["newsroom"], default=seen.newsroom or "", show_default=True)
        if asked != seen.source:
            seen = survey(asked, as_of=as_of, cache=cache_unless(no_cache))
        seen = msgspec.structs.replace(seen, newsroom=press or None)
    if seen.failure and "://" in str(seen.source or ""):
        message, advice = (say(t, language) for t in (seen.failure.message, seen.failure.advice))
        typer.echo(words["unwritten"].format(message=message, advice=advice), err=True)
        raise typer.Exit(3)
    files = files_for(seen, language, checks, day.year)
    if mine:
        files.pop(CONFIGURATION)
        typer.echo(words["kept"].format(file=CONFIGURATION))
    hook = files.pop(shared) if shared.exists() and shared in files else ""
    write(files)
    typer.echo(words["written"].format(files=", ".join(str(path) for path in files) or "–"))
    if hook:
        typer.echo(f"{words['add'].format(file=shared)}\n\n{hook}")
    if gitlab:
        typer.echo(words["include"])
    copy = package().copy if github or gitlab else None
    if copy:
        command = f"pip wheel --no-deps -w {(root / TOOLS).as_posix()} {shlex.quote(copy)}"
        typer.echo(words["wheel"].format(command=command, folder=(root / TOOLS).as_posix()))
    if seen.source is None:
        plan = next((str(path) for path in files if path.suffix == ".md"), "–")
        typer.echo(words["none"].format(plan=plan))
        typer.echo(words["set"].format(file=CONFIGURATION))
        return
    if seen.failure or seen.report is None or seen.verdict is None:
        failure = seen.failure
        message = say(failure.message, language) if failure else ""
        advice = say(failure.advice, language) if failure else ""
        typer.echo(words["unread"].format(message=message, advice=advice), err=True)
        raise typer.Exit(3)
    facts = [say(posts_counted(seen.posts), language)]
    spoken = ", ".join(words.get(code, code) for code in seen.languages)
    facts += [words["in"].format(languages=spoken)] if spoken else []
    facts += [words["generator"].format(generator=seen.generator)] if seen.generator else []
    facts += [words["authors"].format(count=len(seen.authors))] if len(seen.authors) > 1 else []
    facts += [words["brand"].format(brand=", ".join(seen.brand))] if seen.brand else []
    typer.echo(words["posts"].format(posts=", ".join(facts)))
    typer.echo()
    from bloglint.reporters.terminal import write_terminal

    typer.echo(write_terminal(seen.report, language, quiet=True), nl=False)
    typer.echo()
    errors = sum(finding.severity == "error" for finding in seen.verdict.findings)
    if errors:
        typer.echo(words["known"].format(count=errors))
    typer.echo(words["next"].format(command="bloglint check"))
