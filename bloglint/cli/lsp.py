"""``bloglint lsp``: serve an editor by the Language Server Protocol."""

from __future__ import annotations

import typer

from bloglint.cli.choices import Lang, cache_unless, language_of
from bloglint.model import translate
from bloglint.model.messages import missing_extra


def lsp(
    lang: Lang = typer.Option(None, "--lang", help="Language of the messages."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Keep nothing on disk."),
    stdio: bool = typer.Option(False, "--stdio", hidden=True),  # some clients say it
) -> None:
    """Serve an editor: findings while a post is being written."""

    try:
        import pygls  # noqa: F401
    except ImportError:
        message = translate("serving editors needs an extra that is not installed")
        raise missing_extra(message, "lsp") from None
    from bloglint.editor.server import serve

    serve(cache_unless(no_cache), language_of(lang))
