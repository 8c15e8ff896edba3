"""Choices that several commands offer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import typer

from bloglint.languages import ENGLISH, codes
from bloglint.model import ConfigError, say, translate


class FailOn(StrEnum):
    """The lowest severity that makes the exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


#: The languages of the messages: one member for each folder of `bloglint.languages`.
Lang = StrEnum("Lang", {code: code for code in codes()})  # type: ignore[misc]


class Profile(StrEnum):
    """How strict the limits are."""

    starter = "starter"
    standard = "standard"
    strict = "strict"


class By(StrEnum):
    """What findings are listed by."""

    post = "post"
    rule = "rule"
    reason = "reason"


class Tables(StrEnum):
    """The tables of a report."""

    blogs = "blogs"
    posts = "posts"
    findings = "findings"


class Colour(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


class CacheAction(StrEnum):
    """What to do with the cache."""

    info = "info"
    clear = "clear"


#: Errors that more than one command raises.
CONTRADICTION = (
    translate("--offline and --refresh contradict each other"),
    translate("Leave one out."),
)
NO_SOURCE = (
    translate("no source was named"),
    translate("Name a feed's address, a folder of posts or a list of blogs."),
)


def language_asked(arguments: Sequence[str]) -> str:
    """Return the language a call asks for, even one that was rejected before being parsed."""
    for one, after in zip(arguments, (*arguments[1:], ""), strict=False):
        said = after if one == "--lang" else one.removeprefix("--lang=")
        if one.startswith("--lang") and said in {lang.value for lang in Lang}:
            return said
    return language_of(None)


def language_of(chosen: Lang | None) -> str:
    """Return the chosen language, else that of the user's locale, else English."""
    if chosen:
        return chosen.value
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            code = value.lower().replace("-", "_").partition("_")[0].partition(".")[0]
            return code if code in codes() else ENGLISH
    return ENGLISH


def cache_unless(no_cache: bool) -> Path | None:
    """Return the cache folder, or None if it is not wanted or others may write into it.

    The latter is said on standard error.
    """
    from bloglint.paths import cache_folder, is_open_to_others

    if no_cache:
        return None
    folder = cache_folder()
    if not is_open_to_others(folder):
        return folder
    said = translate(
        "{folder}: others may write here, so nothing is cached. Make it yours alone: chmod 700.",
        folder=str(folder),
    )
    typer.echo(f"bloglint: {say(said, language_of(None))}", err=True)
    return None


def listed(values: list[str] | None) -> list[str] | None:
    """Return the values of ``--select a,b --select c`` as one list."""
    parts = [part.strip() for value in values or () for part in value.split(",")]
    return [part for part in parts if part] or None


def limit_of(text: str | None) -> int | str | None:
    """Return ``--limit`` as a number, or ``all``.

    Raises:
        ConfigError: it is neither.
    """
    if text is None or text == "all":
        return text
    if not text.isdigit() or text == "0":
        raise ConfigError(
            translate("{text!r} is no number of posts", text=text),
            translate("Write a number or all."),
            "--limit",
        )
    return int(text)
