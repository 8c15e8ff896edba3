"""``bloglint cache``: show or clear the cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from bloglint.cli.choices import CacheAction, Lang, language_of
from bloglint.languages import labels
from bloglint.model.messages import write_number

#: The contents of the cache folder: file patterns, and what the files hold.
_PARTS = (
    ("cache.sqlite*", "verdicts"),
    ("web.sqlite*", "answers"),
    ("newsrooms/*", "newsrooms"),
    ("ids/*", "ids"),
)


def cache(
    action: CacheAction = typer.Argument(CacheAction.info, help="Show it, or remove all of it."),
    lang: Lang = typer.Option(None, "--lang", help="Language of the messages."),
) -> None:
    """Show or clear the cache."""
    from bloglint.paths import cache_folder

    folder, language = cache_folder(), language_of(lang)
    words = labels("cache", language)
    typer.echo(folder)
    total = 0
    failed = False
    for pattern, part in _PARTS:
        files = list(_files(folder, pattern))
        size = sum(file.stat().st_size for file in files)
        total += size
        if files:
            said = words[part]
            typer.echo(f"  {_size(size, language):>10}  {said}")
        if action is CacheAction.clear:
            for file in files:
                try:
                    file.unlink(missing_ok=True)
                except OSError as error:
                    failed = True
                    typer.echo(f"  {file}: {words['failed']} ({error.strerror})", err=True)
    if not total:
        typer.echo(f"  {words['none']}")
    elif action is CacheAction.clear and not failed:
        typer.echo(f"  {words['cleared'].format(size=_size(total, language))}")
    raise typer.Exit(4 if failed else 0)


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (file for file in sorted(folder.glob(pattern)) if file.is_file())


def _size(count: int, language: str) -> str:
    text = f"{count / 1000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
    return write_number(text, language)
