"""Portfolios: YAML files listing many blogs, each with its newsroom, owner, groups and limits."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from bloglint.model import BlogEntry, Brand, ConfigError, Severity, translate
from bloglint.sources import is_address
from bloglint.text.grammar import JudgedLanguage
from bloglint.yamlfile import read_yaml

#: The pictures that a logo may be, and its most bytes.
_PICTURES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}  # fmt: skip
MOST_LOGO = 200_000
#: The settings of a configuration that a blog may have of its own.
_OWN = ("names", "ignore", "severity", "words", "pauses")
SUFFIXES = frozenset({".yml", ".yaml"})


class Blog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One blog of a portfolio.

    ``limits`` maps rules to their options, as ``options`` does in bloglint.yml; ``names``,
    ``ignore``, ``severity``, ``words`` and ``pauses`` are those of bloglint.yml and add to it.
    """

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
    names: list[str] = []
    ignore: list[str] = []
    severity: dict[str, Severity] = {}
    words: dict[str, Any] = {}
    pauses: list[dict[str, Any]] = []


class Sender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who sends the report: a name, the file of a logo, a colour (#rgb or #rrggbb)."""

    name: str = ""
    logo: str = ""
    colour: Annotated[str, msgspec.Meta(pattern=r"^(#([0-9a-fA-F]{3}){1,2})?$")] = ""


class Portfolio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole portfolio file; ``owners`` are the mail addresses of owners by their names."""

    blogs: list[Blog]
    title: str = ""
    brand: Sender | None = None
    owners: dict[str, Annotated[str, msgspec.Meta(pattern=r"^[^\s,;<>@]+@[^\s,;<>@]+$")]] = {}


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
    brand = _brand(found.brand, path.parent, source) if found.brand else None
    return [_listing(blog, path.parent, found, brand) for blog in found.blogs]


def _brand(sender: Sender, folder: Path, source: str) -> Brand:
    """Return the sender with its logo read.

    Raises:
        ConfigError: the logo cannot be read, is no picture, or is too big.
    """
    if not sender.logo:
        return Brand(sender.name, sender.colour)
    file = folder / sender.logo
    kind = _PICTURES.get(file.suffix.lower())
    try:
        content = file.read_bytes() if kind else b""
    except OSError:
        content = b""
    if not content or len(content) > MOST_LOGO:
        raise ConfigError(
            translate("the logo {logo} cannot be used", logo=sender.logo),
            translate("Name a file of SVG, PNG, JPEG or WebP of at most 200 KB."),
            source,
        )
    logo = f"data:{kind};base64,{b64encode(content).decode()}"
    return Brand(sender.name, sender.colour, logo)


def _listing(blog: Blog, folder: Path, portfolio: Portfolio, brand: Brand | None) -> BlogEntry:
    rooms = [blog.newsroom] if isinstance(blog.newsroom, str) else blog.newsroom
    groups = [blog.group, *blog.groups]
    return BlogEntry(
        source=_place(blog.feed, folder),
        name=blog.name,
        owner=blog.owner,
        owner_address=portfolio.owners.get(blog.owner, ""),
        tags=tuple(blog.tags),
        groups=tuple(dict.fromkeys(filter(None, groups))),
        language=blog.language,
        timezone=blog.timezone,
        profile=blog.profile,
        press=tuple(_place(room, folder) for room in rooms),
        options=blog.limits,
        own={name: value for name in _OWN if (value := getattr(blog, name))},
        portfolio=portfolio.title,
        brand=brand,
    )


def _place(source: str, folder: Path) -> str:
    return source if is_address(source) else os.path.normpath(folder / source)
