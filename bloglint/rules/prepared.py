"""Our own rules, read once and kept ready: YAML takes ten times as long as all else of a start.

What was made of the YAML lies in the package, as Python keeps what it made of its own files: put
there when the wheel is built, and made anew in a checkout whenever a rule has changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from operator import is_not
from pathlib import Path

import msgspec

from bloglint.rules.reading import in_order, read_folder
from bloglint.rules.schema import PhraseList, Rule
from bloglint.text.patterns import Pattern, compile_groups
from bloglint.text.phrases import EXCEPTION, Phrases

_PACKAGE = Path(__file__).parents[1]
_FILE = _PACKAGE / "prepared.msgpack"
#: Where our rules lie: in the wheel, or in the checkout of an editable install.
_PACKAGED, _CHECKOUT = _PACKAGE / "_rules", _PACKAGE.parent / "rules"


class Prepared(msgspec.Struct):
    """The rules in their order, their patterns, and the files that they were made from."""

    files: list[tuple[str, int, int]]
    rules: list[Rule]
    tables: dict[str, dict[str, list[Pattern]]]


def rules_folder() -> Path:
    """Where our rules lie as YAML."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_rules(own: Iterable[Path] = ()) -> dict[str, Rule]:
    """All rules by id, in the order of the reasons' places; ``own`` are the user's folders.

    Raises:
        ConfigError: a file is no rule; says file, line, column and the nearest known key.
    """
    found = {rule.id: rule for rule in _prepared().rules}
    lists: list[tuple[PhraseList, Path]] = []
    for folder in own:
        read_folder(folder, found, lists)
    return in_order(found, lists)


def phrases_of(rules: Mapping[str, Rule]) -> Phrases:
    """The phrase lists of all rules, ready to be looked for in one pass.

    Made once for the same rules, so that many blogs share them.
    """
    now = list(rules.values())
    if not _last or len(now) != len(_last[0][0]) or any(map(is_not, now, _last[0][0])):
        against = [
            (r.id, words.name) for r in now for words in r.lists if words.speaks == "against"
        ]
        ours = _prepared()
        own = {id(rule): ours.tables[rule.id] for rule in ours.rules}
        tables = {rule.id: own.get(id(rule)) or _compiled(rule) for rule in now}
        _last[:] = [(now, Phrases(tables, against))]
    return _last[0][1]


_last: list[tuple[list[Rule], Phrases]] = []


def prepare(file: Path = _FILE) -> Prepared:
    """Read the YAML and keep what was made of it, where that can be written."""
    rules: dict[str, Rule] = {}
    lists: list[tuple[PhraseList, Path]] = []
    files = list(_files())
    read_folder(rules_folder(), rules, lists)
    rules = in_order(rules, lists)
    made = Prepared(
        files, list(rules.values()), {rule.id: _compiled(rule) for rule in rules.values()}
    )
    with suppress(OSError):
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_bytes(msgspec.msgpack.encode(made))
        draft.replace(file)
    return made


@cache
def _prepared() -> Prepared:
    try:
        kept = msgspec.msgpack.decode(_FILE.read_bytes(), type=Prepared)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        kept = None
    if kept and (_PACKAGED.is_dir() or kept.files == list(_files())):
        return kept
    return prepare() if not sys.dont_write_bytecode else prepare(Path(os.devnull, "none"))


def _files() -> Iterator[tuple[str, int, int]]:
    """What a checkout's rules are made from: names, sizes and times of change."""
    code = (*sorted(Path(__file__).parent.glob("*.py")), _PACKAGE / "text" / "patterns.py")
    for path in (*sorted(rules_folder().rglob("*.yml")), *code):
        told = path.stat()
        yield path.name, told.st_size, told.st_mtime_ns


def _compiled(rule: Rule) -> dict[str, list[Pattern]]:
    found = compile_groups(rule.phrase_groups())
    for language, patterns in compile_groups({EXCEPTION: rule.exceptions}).items():
        found.setdefault(language, []).extend(patterns)
    return found
