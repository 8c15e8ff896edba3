"""``--watch``: judge anew whenever a file changes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

import typer

from bloglint.model import ConfigError, say, translate
from bloglint.model.messages import missing_extra

#: Other files than posts on which a verdict depends.
_ALSO = frozenset({".yml", ".yaml", ".toml", ".xml", ".json", ".rss", ".atom"})
_WATCHES = translate("watching; Ctrl-C ends it")


def watch(sources: Sequence[str], written: Collection[Path], language: str) -> None:
    """Run the call without ``--watch``, and again whenever a file in its sources changes.

    It ends when the user ends it. Each run is a process of its own, which the cache makes short.

    Args:
        sources: the files and folders of the call.
        written: the files that it writes, which are no reason to run it again.
        language: the language of the line that says that it waits.

    Raises:
        ConfigError: a source is no file on this machine, or the extra is missing.
    """
    from bloglint.sources.folders.post import POST_SUFFIXES

    for source in sources:
        if source == "-" or not Path(source).exists():
            raise ConfigError(
                translate("only files and folders of this machine can be watched"),
                translate("Leave --watch out."),
                source,
            )
    try:
        from watchfiles import Change, DefaultFilter
        from watchfiles import watch as changes
    except ImportError:
        message = translate("watching files needs an extra that is not installed")
        raise missing_extra(message, "watch", "--watch") from None

    usual = DefaultFilter()
    own = {path.resolve() for path in written}
    streams = [os.fstat(stream.fileno()) for stream in (sys.stdout, sys.stderr)]

    def matters(change: Change, path: str) -> bool:
        file = Path(path)
        is_read = file.suffix.lower() in POST_SUFFIXES | _ALSO
        return is_read and usual(change, path) and not _is_output(file, own, streams)

    call = [sys.executable, "-m", "bloglint", *(one for one in sys.argv[1:] if one != "--watch")]
    is_terminal = sys.stdout.isatty()
    with suppress(KeyboardInterrupt):
        _run(call, language)
        for _ in changes(*sources, watch_filter=matters):
            if is_terminal:
                typer.echo("\x1b[2J\x1b[H", nl=False)  # an empty screen
            _run(call, language)


def _is_output(file: Path, own: Collection[Path], streams: Sequence[os.stat_result]) -> bool:
    """Whether the call writes a file itself, as a format or because its output is sent there."""
    if file.resolve() in own:
        return True
    return file.exists() and any(os.path.samestat(file.stat(), one) for one in streams)


def _run(call: Sequence[str], language: str) -> None:
    subprocess.run(call, check=False)
    typer.echo(f"bloglint: {say(_WATCHES, language)}", err=True)
