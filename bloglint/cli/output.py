"""The requested formats: whether they can be delivered, and their delivery."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import typer

from bloglint.cli.choices import Lang, language_of
from bloglint.languages import ENGLISH, labels
from bloglint.model import SEVERITIES, ConfigError, Report, Severity, Verdict, say, translate
from bloglint.reporters.printable import printable
from bloglint.reporters.registry import FORMATS, Command, Format, RenderOptions, find_format, names

#: The formats that a browser shows.
_PAGES = frozenset({"html", "pdf"})
_NO_SCORE = translate("there is no score, so --fail-under fails nothing")


class Target(msgspec.Struct, frozen=True):
    """A format and the file it is written to.

    Without a file it goes to standard output, or to standard error with ``on_error_stream``.
    """

    format: Format
    file: Path | None = None
    on_error_stream: bool = False

    def language(self, lang: Lang | None) -> str:
        """The language of the text: the chosen one, else the reader's, or English for machines."""
        if lang:
            return str(lang.value)
        return language_of(None) if self.format.for_people else ENGLISH


def targets_of(formats: Sequence[str] | None, command: Command) -> list[Target]:
    """Return the targets that a command's ``--format`` asks for; by default the terminal.

    Inside GitHub Actions, the default includes GitHub's annotations.

    Raises:
        ConfigError: a format is unknown, two share one place, or a file cannot be written.
    """
    if not formats:
        is_github = "github" in names(command) and _in_github_actions()
        on_github = [Target(FORMATS["github"], on_error_stream=True)] if is_github else []
        return [Target(FORMATS["terminal"]), *on_github]
    targets = [_target(text, command) for text in formats]
    places = [target.file and target.file.resolve() for target in targets]
    for place in places:
        if places.count(place) > 1:
            raise ConfigError(
                translate("two formats go to {place}", place=place)
                if place
                else translate("two formats go to standard output"),
                translate("Give each a file of its own: --format json=report.json."),
                "--format",
            )
    return targets


def _target(text: str, command: Command) -> Target:
    name, _, file = text.partition("=")
    format_ = find_format(name, command)
    format_.require()
    return Target(format_, file_of(name, file, is_binary=format_.is_binary))


def file_of(name: str, file: str, *, is_binary: bool) -> Path | None:
    """Return the file that a format is to be written to; None stands for standard output.

    Raises:
        ConfigError: the format needs a file, or this one cannot be written.
    """
    if file in ("", "-"):
        if is_binary:
            raise ConfigError(
                translate("{name} is no text and needs a file", name=name),
                translate("Name one: --format {name}=report.{name}.", name=name),
                "--format",
            )
        return None
    path = Path(file)
    folder = path.parent
    if (
        path.is_dir()
        or not folder.is_dir()
        or not os.access(path if path.exists() else folder, os.W_OK)
    ):
        raise ConfigError(
            translate("this file cannot be written"),
            translate("Make its folder, or name another one; nothing was judged."),
            file,
        )
    return path


def deliver(report: Report, target: Target, lang: Lang | None, options: RenderOptions) -> bool:
    """Write one format. Returns False if it could not be delivered, after reporting it."""
    is_shown = target.format.name == "terminal" and target.file is None
    options = msgspec.structs.replace(
        options, to_file=target.file is not None, with_errors=not is_shown
    )
    is_github = target.format.name == "github"
    try:
        text = target.format.render(report, target.language(lang), options)
        if isinstance(text, bytes):
            assert target.file is not None
            target.file.write_bytes(text)
        elif target.file is None:
            if not is_github and _in_github_actions():
                from bloglint.reporters.github import without_commands

                text = without_commands(text, is_json=target.format.is_json)
            stream = sys.stderr if target.on_error_stream else sys.stdout
            stream.write(text)
            stream.flush()
        else:
            ends = "" if target.format.own_line_ends else None
            target.file.write_text(text, encoding="utf-8", errors="replace", newline=ends)
        if is_github:
            _write_summary(report, lang)
        if target.file is not None and not options.quiet:
            _tell_written(report, target.file, language_of(lang))
        if is_shown:
            _tell_errors(report, target.language(lang))
        if target.format.name == "concise" and not target.file and not options.statistics:
            from bloglint.reporters.concise import closing_lines

            for line in closing_lines(printable(report), target.language(lang)):
                typer.echo(line, err=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = error.filename or target.file or "standard output"
        typer.echo(f"bloglint: {where}: {not_written(error)}", err=True)
        return False
    return True


def prepare_folder(folder: Path) -> None:
    """Make the folder for pages.

    Raises:
        ConfigError: it cannot be made or written to.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise ConfigError(
            translate("this folder cannot be written"),
            translate("Name another one; nothing was judged."),
            str(folder),
        )


def deliver_pages(report: Report, folder: Path, language: str) -> bool:
    """Write a page for each blog. Returns False if one could not be written, after saying so."""
    from bloglint.reporters.html import write_html
    from bloglint.reporters.paths import file_names
    from bloglint.rules import load_rules

    rules = load_rules()
    blogs = list(report.blogs)
    for verdict, name in zip(blogs, file_names([one.name for one in blogs]), strict=True):
        file = folder / f"{name}.html"
        try:
            page = write_html(Report(report.as_of, (verdict,)), language, rules)
            file.write_text(page, encoding="utf-8", errors="replace")
        except OSError as error:
            typer.echo(f"bloglint: {file}: {not_written(error)}", err=True)
            return False
    written = translate("Wrote {count} pages into {folder}", count=len(blogs), folder=str(folder))
    if len(blogs) == 1:
        written = translate("Wrote 1 page into {folder}", folder=str(folder))
    typer.echo(say(written, language), err=True)
    return True


def page_of(targets: Sequence[Target]) -> Path:
    """Return the file of the page that is to be shown.

    Raises:
        ConfigError: no page is written to a file.
    """
    page = next((one.file for one in targets if one.file and one.format.name in _PAGES), None)
    if page is None:
        raise ConfigError(
            translate("--open shows a page, and none is written"),
            translate("Add --format html=report.html."),
            "--open",
        )
    return page


def show_page(page: Path) -> None:
    """Open a written page in the browser."""
    import webbrowser

    webbrowser.open(page.resolve().as_uri())


def _tell_written(report: Report, file: Path, language: str) -> None:
    """Say on standard error what was written, and the verdict if it is on one blog."""
    from bloglint.reporters.words import counted_findings, grade

    verdict = report.blogs[0] if len(report.blogs) == 1 and not report.errors else None
    parts = [grade(verdict, language), counted_findings(verdict, language)] if verdict else []
    tail = f" ({'; '.join(part for part in parts if part)})" if verdict else ""
    written = translate("Wrote {file}", file=file)
    typer.echo(f"{say(written, language)}{tail}", err=True)


def _tell_errors(report: Report, language: str) -> None:
    """Say on standard error which sources could not be read, and what to do."""
    failed = labels("terminal", language)["failed"]
    for failure in report.errors:
        why, advice = say(failure.message, language), say(failure.advice, language)
        typer.echo(f"bloglint: {failure.source}: {failed}: {why}. {advice}", err=True)


def not_written(error: OSError) -> str:
    """A sentence, in the user's language, on why a file could not be written."""
    reason = error.strerror
    message = translate("it cannot be written ({reason})", reason=reason)
    return say(message, language_of(None))


def failing(fail_on: str) -> list[Severity]:
    """Return the severities at or above ``fail_on``, which make the exit code 1."""
    if fail_on == "never":
        return []
    return list(SEVERITIES[[str(one) for one in SEVERITIES].index(fail_on) :])


def exit_code(
    report: Report,
    fails: Sequence[Severity],
    fail_under: float | None,
    delivered: bool,
    called: Callable[[Verdict], str],
) -> int:
    """Return the exit code of a run whose report has been written.

    ``called`` names a blog without a score in the warning that ``--fail-under`` cannot apply.
    """
    if report.errors:
        return 3
    if not delivered:
        return 4
    for blog in report.blogs if fail_under is not None else ():
        if blog.score is None:
            typer.echo(f"bloglint: {called(blog)}: {say(_NO_SCORE, language_of(None))}", err=True)
        elif blog.score < (fail_under or 0) and (blog.effect is None or blog.effect.lowers):
            return 1
    return int(any(f.severity in fails for blog in report.blogs for f in blog.findings))


def _in_github_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _write_summary(report: Report, lang: Lang | None) -> None:
    """Append the report to the summary that GitHub shows on a job's page."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    from bloglint.reporters.markdown import write_markdown

    with Path(file).open("a", encoding="utf-8", errors="replace") as summary:
        summary.write(write_markdown(report, language_of(lang)) + "\n")
