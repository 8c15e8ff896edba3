"""Portfolios: YAML files listing many blogs, each with its newsroom, owner, groups and limits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import msgspec

from bloglint.model import BlogEntry, ConfigError, translate
from bloglint.sources import is_address
from bloglint.text.grammar import JudgedLanguage
from bloglint.yamlfile import read_yaml

SUFFIXES = frozenset({".yml", ".yaml"})


class Blog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One blog of a portfolio; ``limits`` maps rules to their options, as in bloglint.yml."""

    feed: str
    name: str = ""
    newsroom: str | list[str] = []
    language: JudgedLanguage | None = None
    timezone: str | None = None
    profile: Literal["starter", "standard", "strict"] | None = None
    owner: str = ""
    tags: list[str] = []
    group: str = ""
    groups: list[str] = []
    limits: dict[str, dict[str, Any]] = {}


class Portfolio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole portfolio file."""

    blogs: list[Blog]
    title: str = ""


def is_portfolio(source: str) -> bool:
    """Whether a source is a portfolio, that is, a local YAML file."""
    path = Path(source)
    return not is_address(source) and path.suffix.lower() in SUFFIXES and path.is_file()


def read_portfolio(source: str) -> list[BlogEntry]:
    """Read the blogs in the portfolio at ``source``, in file order.

    Relative paths are resolved against the portfolio's folder.

    Raises:
        ConfigError: the file is not a portfolio, names no blog, or has an invalid key or value.
    """
    path = Path(source)
    found = read_yaml(path, Portfolio)
    if not found.blogs:
        raise ConfigError(
            translate("the portfolio names no blog"),
            translate("Write them under blogs:, each with its feed:."),
            source,
        )
    return [_listing(blog, path.parent, found.title) for blog in found.blogs]


def _listing(blog: Blog, folder: Path, title: str) -> BlogEntry:
    rooms = [blog.newsroom] if isinstance(blog.newsroom, str) else blog.newsroom
    groups = [blog.group, *blog.groups]
    return BlogEntry(
        source=_place(blog.feed, folder),
        name=blog.name,
        owner=blog.owner,
        tags=tuple(blog.tags),
        groups=tuple(dict.fromkeys(filter(None, groups))),
        language=blog.language,
        timezone=blog.timezone,
        profile=blog.profile,
        press=tuple(_place(room, folder) for room in rooms),
        options=blog.limits,
        portfolio=title,
    )


def _place(source: str, folder: Path) -> str:
    return source if is_address(source) else os.path.normpath(folder / source)
