"""The languages of messages and judged texts: one folder of YAML files each, and no code.

A folder contains ``language.yml`` (the formats of dates and numbers), ``messages.yml`` (English
messages and their translations), ``labels.yml`` (the words of reports and commands), ``text.yml``
(the data for text analysis) and ``rules.yml`` (words and phrases of rules that the rules' own files
do not contain). Every file is optional: English stands in for missing words, and texts in a
language without ``text.yml`` are not judged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent
#: The parsed YAML files: written when the wheel is built, and anew whenever a file has changed.
PREPARED = FOLDER / "prepared.msgpack"
#: The language of messages in the code; every message exists in it.
ENGLISH = "en"


class Formats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes dates and numbers.

    The patterns ``date`` and ``short_date`` are filled with ``day``, ``month`` (a number),
    ``month_name``, ``month_short`` and ``year``; ``quotes`` are the opening and the closing mark.
    """

    name: str = ""
    date: str = "{day} {month_name} {year}"
    short_date: str = "{day} {month_short}"
    decimal: str = "."
    thousands: str = ","
    quotes: tuple[str, str] = ("“", "”")
    months: list[str] = []
    months_short: list[str] = []


class _Prepared(msgspec.Struct):
    files: list[tuple[str, int, int]]
    languages: dict[str, dict[str, msgspec.Raw]]


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all languages, English first."""
    return tuple(sorted(_prepared().languages, key=lambda code: (code != ENGLISH, code)))


@cache
def formats(code: str) -> Formats:
    """Return how a language writes dates and numbers."""
    return _part(code, "language", Formats) or Formats()


@cache
def messages(code: str) -> Mapping[str, str]:
    """Return the translations of English messages into a language."""
    return _part(code, "messages", dict[str, str]) or {}


@cache
def labels(section: str, code: str) -> Mapping[str, str]:
    """Return the words of one section of reports or commands in a language, by name."""
    found: dict[str, Any] = {}
    for language in dict.fromkeys((ENGLISH, code)):
        found |= (_part(language, "labels", dict[str, dict[str, Any]]) or {}).get(section, {})
    return found


def lists(section: str, name: str, code: str) -> list[str]:
    """Return a list of words from one section of reports or commands in a language."""
    found: Any = labels(section, code)[name]
    return list(found)


def text_data(code: str, kind: type[Any]) -> Any | None:
    """Return a language's data for text analysis as ``kind``, or None if it has none."""
    return _part(code, "text", kind)


def rule_words(code: str) -> Mapping[str, Any]:
    """Return the words and phrases of rules in a language, by rule id.

    These come in addition to those in the rules' own files.
    """
    return _part(code, "rules", dict[str, dict[str, Any]]) or {}


def _part(code: str, name: str, kind: Any) -> Any | None:
    raw = _prepared().languages.get(code, {}).get(name)
    return None if raw is None else msgspec.msgpack.decode(raw, type=kind)


@cache
def _prepared() -> _Prepared:
    try:
        ready = msgspec.msgpack.decode(PREPARED.read_bytes(), type=_Prepared)
    except (OSError, msgspec.MsgspecError):
        ready = None
    is_installed = not (FOLDER.parents[1] / "rules").is_dir()
    if ready and (is_installed or ready.files == list(_files())):
        return ready
    return prepare(None if sys.dont_write_bytecode or is_installed else PREPARED)


def prepare(file: Path | None) -> _Prepared:
    """Parse all YAML files, and store the result in ``file`` if it can be written."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, dict[str, msgspec.Raw]] = {}
    for path in sorted(FOLDER.glob("*/*.yml")):
        data = yaml.load(path.read_text("utf-8"), Loader=loader) or {}
        raw = msgspec.Raw(msgspec.msgpack.encode(data))
        found.setdefault(path.parent.name, {})[path.stem] = raw
    made = _Prepared(list(_files()), found)
    if file is not None:
        with suppress(OSError):
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_bytes(msgspec.msgpack.encode(made))
            draft.replace(file)
    return made


def _files() -> Iterator[tuple[str, int, int]]:
    for path in sorted(FOLDER.glob("*/*.yml")):
        info = path.stat()
        yield f"{path.parent.name}/{path.name}", info.st_size, info.st_mtime_ns
