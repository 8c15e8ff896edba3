"""The tools of the server: check a draft, check a blog, explain a rule, list what is due.

It reads files below one folder only, and no addresses unless it is allowed to.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from bloglint.api import check_sources
from bloglint.config import load
from bloglint.model import BloglintError, ConfigError, Report, say, translate
from bloglint.paths import place_of
from bloglint.reporters.llm import write_llm
from bloglint.reporters.rule_page import rule_page
from bloglint.rules import load_rules, rule_folder
from bloglint.running.options import RunOptions
from bloglint.sources import is_address

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

_ABOUT = (
    "bloglint judges the editorial health of blogs in English and German. Check a draft in the "
    "context of its blog before you call it finished; explain a rule before you work against it."
)
#: The largest draft that is taken, in characters.
MOST_CHARACTERS = 1_000_000


class Desk:
    """What the tools share: the ``folder`` they may read, and whether they may use the network."""

    def __init__(self, folder: Path, *, with_network: bool = False, cache: Path | None) -> None:
        self.folder = folder.resolve()
        self._with_network, self._cache = with_network, cache

    def check_draft(self, text: str, path: str, language: str = "en") -> str:
        """Judge a draft as the post that the file ``path`` will become, in its blog's context.

        The first lines say whether to publish it; then come the findings, each with its place and
        the next step.
        """
        if len(text) > MOST_CHARACTERS:
            return _said(ConfigError(translate("the draft is too long to be judged")), language)
        try:
            place = self._within(path)
            settings = load(place_of(str(place)))
            options = RunOptions(cache=self._cache, offline=True, stdin=io.BytesIO(text.encode()))
            return write_llm(check_sources(["-"], settings, options, buffer=place), language)
        except BloglintError as error:
            return _said(error, language)

    def check_blog(self, source: str, as_of: str | None = None, language: str = "en") -> str:
        """Judge a whole blog: a folder of posts, a feed file, or an address if that is allowed."""
        try:
            return write_llm(self._judged(source, as_of), language)
        except BloglintError as error:
            return _said(error, language)

    def explain_rule(self, rule: str, language: str = "en") -> str:
        """Say what a rule wants and why, where its limits come from, and what to do."""
        try:
            rules = load_rules(map(rule_folder, load(self.folder).config.rules))
        except BloglintError as error:
            return _said(error, language)
        if rule not in rules:
            return f"unknown rule; known: {', '.join(rules)}"
        return rule_page(rules[rule], language)

    def list_due(self, source: str, as_of: str | None = None, language: str = "en") -> str:
        """List when the next posts of a blog are due, and when it would count as abandoned."""
        from bloglint.reporters.due import due_of

        try:
            report = self._judged(source, as_of)
        except BloglintError as error:
            return _said(error, language)
        lines = [f"unread: {say(one.message, language)}" for one in report.errors]
        lines += [
            f"{one.day} {one.kind} {one.blog}: {say(one.text, language)}"
            for verdict in report.blogs
            for one in due_of(verdict, verdict.day(report))
        ]
        return "\n".join(lines) or say(translate("nothing is due"), language)

    def _judged(self, source: str, as_of: str | None) -> Report:
        if is_address(source) and not self._with_network:
            message = translate("this server reads files only: {source}", source=source)
            raise ConfigError(message, translate("Start it with --network."))
        named = source if is_address(source) else str(self._within(source))
        options = RunOptions(as_of=as_of, cache=self._cache, offline=not self._with_network)
        return check_sources([named], load(place_of(named)), options)

    def _within(self, path: str) -> Path:
        """Return a path in the folder of the server.

        Raises:
            ConfigError: it lies elsewhere, also by a link.
        """
        place = (self.folder / path).resolve()
        if not place.is_relative_to(self.folder):
            message = translate("this server reads only below {folder}", folder=str(self.folder))
            raise ConfigError(message, translate("Name a path there."), path)
        return place


def _said(error: BloglintError, language: str) -> str:
    return f"error: {error.in_language(language)}"


def server(desk: Desk) -> MCPServer:
    """Return the server with the tools of a desk."""
    from mcp.server.mcpserver import MCPServer

    served = MCPServer("bloglint", instructions=_ABOUT)
    for tool in (desk.check_draft, desk.check_blog, desk.explain_rule, desk.list_due):
        served.tool()(tool)
    return served
