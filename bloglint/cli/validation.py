"""Calls of ``bloglint check`` that cannot be meant, and what to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bloglint.model import ConfigError, Text

_NO_POST_NAME = Text("this is no name of a post", "das ist kein Name eines Beitrags")
_SUFFIX = Text(
    "Its ending tells how it is written: .md, .mdx, .html, .rst, .adoc, .textile.",
    "Die Endung sagt, wie er geschrieben ist: .md, .mdx, .html, .rst, .adoc, .textile.",
)
_EMPTY_REVISION = Text("the revision is empty", "die Revision ist leer")
_NAME_REVISION = Text(
    "Name one, such as origin/main; a variable of your CI may be unset.",
    "Nennen Sie eine, etwa origin/main; vielleicht ist eine Variable der CI nicht gesetzt.",
)
_WRITE_OR_PRUNE = Text(
    "--write-baseline takes in, --prune-baseline only removes",
    "--write-baseline nimmt auf, --prune-baseline entfernt nur",
)
_ONE_OF_THEM = Text("Choose one of them.", "Wählen Sie eines davon.")
NO_POST_FOR_BLOG = Text(
    "--blog is what single posts are judged in, and none was named",
    "in --blog werden einzelne Beiträge beurteilt, und keiner ist genannt",
)
NAME_POST = Text(
    "Name the post's file, or leave out --blog.",
    "Nennen Sie die Datei des Beitrags, oder lassen Sie --blog weg.",
)
_NO_BASELINE = Text("there is no baseline", "es gibt keine Baseline")
_WRITE_FIRST = Text("Write one: --write-baseline.", "Schreiben Sie eine: --write-baseline.")
_ONLY_STDIN = Text(
    "--stdin-filename says what standard input will become, and another source was named",
    "--stdin-filename sagt, was die Standardeingabe wird, und eine andere Quelle ist genannt",
)
_WRITE_DASH = Text(
    "Write: bloglint check - --stdin-filename content/posts/x.md.",
    "Schreiben Sie: bloglint check - --stdin-filename content/posts/x.md.",
)
_WHOLE_BLOG = Text(
    "a baseline is written from the whole blog",
    "eine Baseline entsteht aus dem ganzen Blog",
)
_NO_CHANGED = Text(
    "Name the blog, without --changed, --blog, --stdin-filename and --limit.",
    "Nennen Sie das Blog, ohne --changed, --blog, --stdin-filename und --limit.",
)


def refuse_names(sources: Sequence[str] | None, buffer: Path | None, changed: str | None) -> None:
    """Look whether standard input's name and the revision make sense.

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
    """Look whether a baseline can be written or pruned from what is judged.

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
    """Whether a source is a single post, even one that is not there."""
    from bloglint.sources import is_post_file, is_post_name

    missing = is_post_name(Path(source)) and "://" not in source and not Path(source).exists()
    return source == "-" or missing or is_post_file(source)
