"""Calls of ``bloglint check`` that make no sense, and the errors they raise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bloglint.cli.choices import NO_SOURCE
from bloglint.model import ConfigError, translate

if TYPE_CHECKING:
    from bloglint.config import Settings

_NO_POST_NAME = translate("this is no name of a post")
_SUFFIX = translate("Its ending tells how it is written: .md, .mdx, .html, .rst, .adoc, .textile.")
_EMPTY_REVISION = translate("the revision is empty")
_NAME_REVISION = translate("Name one, such as origin/main; a variable of your CI may be unset.")
_WRITE_OR_PRUNE = translate("--write-baseline takes in, --prune-baseline only removes")
_ONE_OF_THEM = translate("Choose one of them.")
NO_POST_FOR_BLOG = translate("--blog is what single posts are judged in, and none was named")
NAME_POST = translate("Name the post's file, or leave out --blog.")
_NO_BASELINE = translate("there is no baseline")
_WRITE_FIRST = translate("Write one: --write-baseline.")
_ONLY_STDIN = translate(
    "--stdin-filename says what standard input will become, and another source was named"
)
_WRITE_DASH = translate("Write: bloglint check - --stdin-filename content/posts/x.md.")
_WHOLE_BLOG = translate("a baseline is written from the whole blog")
_NO_CHANGED = translate("Name the blog, without --changed, --blog, --stdin-filename and --limit.")


def source_of(source: str | None, settings: Settings) -> str:
    """Return the blog that is named, or else the configured one.

    Raises:
        ConfigError: there is none.
    """
    named = source or settings.config.source
    if not named:
        raise ConfigError(*NO_SOURCE)
    return named


def refuse_names(sources: Sequence[str] | None, buffer: Path | None, changed: str | None) -> None:
    """Check that the name for standard input and the revision make sense.

    Raises:
        ConfigError: they do not.
    """
    from bloglint.sources import is_post_name

    if buffer and (sources or ["-"]) != ["-"]:
        raise ConfigError(_ONLY_STDIN, _WRITE_DASH, "--stdin-filename")
    if buffer and not is_post_name(buffer):
        raise ConfigError(_NO_POST_NAME, _SUFFIX, "--stdin-filename")
    if changed is not None and not changed.strip():
        raise ConfigError(_EMPTY_REVISION, _NAME_REVISION, "--changed")


def refuse_baseline(write: bool, prune: bool, is_there: bool, *, is_whole: bool) -> None:
    """Check that a baseline can be written or pruned from what is judged.

    Raises:
        ConfigError: it cannot.
    """
    option = "--write-baseline" if write else "--prune-baseline"
    if write and prune:
        raise ConfigError(_WRITE_OR_PRUNE, _ONE_OF_THEM, option)
    if (write or prune) and not is_whole:
        raise ConfigError(_WHOLE_BLOG, _NO_CHANGED, option)
    if prune and not is_there:
        raise ConfigError(_NO_BASELINE, _WRITE_FIRST, option)


def is_post(source: str) -> bool:
    """Whether a source is a single post, even one that does not exist."""
    from bloglint.sources import is_post_file, is_post_name

    missing = is_post_name(Path(source)) and "://" not in source and not Path(source).exists()
    return source == "-" or missing or is_post_file(source)
