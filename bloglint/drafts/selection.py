"""Which of the sources of a call are single posts to be judged, and the verdicts on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from bloglint.engine.cached_linter import CachedLinter
from bloglint.engine.settings import Outcome, read_or_error
from bloglint.model import ConfigError, SourceError, SourceFailure, replace, translate
from bloglint.sources import ReadContext, is_address, is_post_file, read_blog

#: What a feed begins with (a tag, a JSON object, a UTF-16 mark), and what is skipped before it.
_FEED, _BLANK = b"<{\xff\xfe", b"\xef\xbb\xbf\0 \t\r\n"
_NO_FOLDER = translate("only folders of posts can be compared with a revision")
_NAME_FOLDER = translate("Name the folder, or set source in bloglint.yml.")


def single_posts(
    sources: Sequence[str], reading: ReadContext, buffer: Path | None
) -> tuple[dict[Path, bytes | None], Sequence[str], ReadContext]:
    """Return the single posts among ``sources``, the other sources, and the context to read these.

    Each post comes with its content if that was read from standard input, which is the future
    content of the file ``buffer``; without such a name it may also be a feed.
    """
    stream = reading.stdin
    if buffer is not None:
        return {buffer: stream.read() if stream else b""}, (), reading
    files: dict[Path, bytes | None] = {
        Path(source): None for source in sources if is_post_file(source)
    }
    rest = [source for source in sources if Path(source) not in files]
    if "-" in rest and stream:
        content = stream.read()
        reading = replace(reading, stdin=BytesIO(content))
        start = content.lstrip(_BLANK)[:1]
        if start and start not in _FEED:
            files[Path("-.md")] = content
            rest.remove("-")
    return files, rest, reading


def refuse_but_folders(sources: Sequence[str], posts: Collection[Path]) -> None:
    """Check that all sources can be compared with a revision.

    Raises:
        ConfigError: one is not a folder; a missing one is reported when it is read.
    """
    if posts or any(
        is_address(source) or source == "-" or Path(source).is_file() for source in sources
    ):
        raise ConfigError(_NO_FOLDER, _NAME_FOLDER, "--changed")


def answers(
    files: Mapping[Path, bytes | None],
    folders: Sequence[str],
    changed: str | None,
    context: str | None,
    linter: CachedLinter,
    reading: ReadContext,
) -> Iterator[Outcome]:
    """Yield the verdicts on the posts in ``files``, and on those that ``changed`` in ``folders``.

    ``changed`` is the revision to compare with. The files are judged in the blog at ``context``, by
    default in the nearest folder of posts.
    """
    for name in folders:
        yield from _on_changed(name, changed or "", linter, reading)
    if files:
        yield from _on_files(files, context, linter, reading)


def _on_changed(
    folder: str, revision: str, linter: CachedLinter, reading: ReadContext
) -> Iterator[Outcome]:
    from bloglint.drafts.before_after import of_revision
    from bloglint.drafts.impact import answer

    try:
        blog = read_blog(folder, reading)
    except SourceError as error:
        yield _failure(error, folder)
        return
    question = of_revision(Path(folder), blog, revision, zone=reading.zone)
    for one in question.unread:
        yield _failure(one, folder)
    yield answer(question, folder, linter)


def _on_files(
    files: Mapping[Path, bytes | None],
    context: str | None,
    linter: CachedLinter,
    reading: ReadContext,
) -> Iterator[Outcome]:
    from bloglint.drafts.before_after import of_files
    from bloglint.drafts.impact import answer
    from bloglint.sources.folders.single import folder_around

    first = next(iter(files))
    around = folder_around(first) if context is None else context
    blog = None if around is None else read_or_error(str(around), reading)
    if isinstance(blog, SourceError):
        yield _failure(blog, str(around))
        blog = None
    folder = Path(around) if blog and around and Path(around).is_dir() else None
    try:
        question = of_files(files, blog, folder, zone=reading.zone)
    except SourceError as error:
        yield _failure(error, str(first))
        return
    for one in question.unread:
        yield _failure(one, str(first))
    yield answer(question, str(around or first), linter)


def _failure(error: SourceError, source: str) -> SourceFailure:
    return SourceFailure(error.where or source, error.message, error.advice)
