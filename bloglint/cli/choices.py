"""What several commands let a user choose from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum

from bloglint.model import ConfigError, Text


class FailOn(StrEnum):
    """The least severity that makes the exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Lang(StrEnum):
    """The language of the messages."""

    en = "en"
    de = "de"


class Profile(StrEnum):
    """How strict the limits are."""

    starter = "starter"
    standard = "standard"
    strict = "strict"


class CacheAction(StrEnum):
    """What to do with what was kept."""

    info = "info"
    clear = "clear"


#: What more than one command refuses.
CONTRADICTION = (
    Text(
        "--offline and --refresh contradict each other",
        "--offline und --refresh widersprechen sich",
    ),
    Text("Leave one out.", "Lassen Sie eines weg."),
)
NO_SOURCE = (
    Text("no source was named", "keine Quelle ist genannt"),
    Text(
        "Name a feed's address, a folder of posts or a list of blogs.",
        "Nennen Sie die Adresse eines Feeds, einen Ordner mit Beiträgen oder eine Liste von Blogs.",
    ),
)


def language_asked(arguments: Sequence[str]) -> str:
    """The language that a call asks for, also one that was refused before it was understood."""
    for one, after in zip(arguments, (*arguments[1:], ""), strict=True):
        said = after if one == "--lang" else one.removeprefix("--lang=")
        if one.startswith("--lang") and said in {lang.value for lang in Lang}:
            return said
    return language_of(None)


def language_of(chosen: Lang | None) -> str:
    """The language chosen, else that of the user's locale, else English."""
    if chosen:
        return chosen.value
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "de" if value.lower().startswith("de") else "en"
    return "en"


def listed(values: list[str] | None) -> list[str] | None:
    """``--select a,b --select c`` as one list."""
    parts = [part.strip() for value in values or () for part in value.split(",")]
    return [part for part in parts if part] or None


def limit_of(text: str | None) -> int | str | None:
    """``--limit`` as a number, or ``all``.

    Raises:
        ConfigError: it is neither.
    """
    if text is None or text == "all":
        return text
    if not text.isdigit() or text == "0":
        raise ConfigError(
            Text(f"{text!r} is no number of posts", f"{text!r} ist keine Anzahl von Beiträgen"),
            Text("Write a number or all.", "Schreiben Sie eine Zahl oder all."),
            "--limit",
        )
    return int(text)
