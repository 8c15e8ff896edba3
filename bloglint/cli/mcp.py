"""``bloglint mcp``: serve agents by the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import typer

from bloglint.cli.choices import cache_unless
from bloglint.model import ConfigError, translate
from bloglint.model.messages import missing_extra


def mcp(
    folder: Path = typer.Argument(Path(), metavar="[FOLDER]", help="What agents may read."),
    network: bool = typer.Option(False, "--network", help="Addresses as well, not only files."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Keep nothing on disk."),
) -> None:
    """Serve agents: check a draft, explain a rule, list what is due."""
    if not folder.is_dir():
        raise ConfigError(
            translate("there is no such folder"), translate("Check the path."), str(folder)
        )
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError:
        message = translate("serving agents needs an extra that is not installed")
        raise missing_extra(message, "mcp") from None
    from bloglint.agents.server import Desk, server

    cache = cache_unless(no_cache)
    server(Desk(folder, with_network=network, cache=cache)).run()
