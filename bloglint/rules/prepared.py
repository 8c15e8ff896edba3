"""The built-in rules, prepared once: parsing YAML takes ten times as long as the rest of a start.

The prepared rules are stored in the package, much as Python stores compiled modules: they are
written when the wheel is built, and anew in a checkout whenever a rule has changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from operator import is_not
from pathlib import Path

import msgspec

from bloglint.rules.reading import REQUIRED, Part, in_order, read_folder, with_languages
from bloglint.rules.schema import Rule
from bloglint.text.grammar import judged_languages
from bloglint.text.patterns import Pattern, compile_groups
from bloglint.text.phrases import EXCEPTION, Phrases

_PACKAGE = Path(__file__).parents[1]
PREPARED = _PACKAGE / "prepared.msgpack"
#: Where the built-in rules are: in the wheel, or in the checkout of an editable install.
_PACKAGED, _CHECKOUT = _PACKAGE / "_rules", _PACKAGE.parent / "rules"


#: The languages in which the site has folders; its pages in English stand above them.
_TRANSLATED = ("de",)


class Prepared(msgspec.Struct):
    """The rules in order, the files that they were made from, and their patterns.

    The patterns are stored by language and then by rule, so that only those of the languages in use
    are decoded. ``site`` is where the documentation is published, or empty.
    """

    files: list[tuple[str, int, int]]
    rules: list[Rule]
    tables: dict[str, msgspec.Raw]
    site: str = ""


def rules_folder() -> Path:
    """Return the folder that holds the built-in rules as YAML."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_rules(own: Iterable[Path] = ()) -> dict[str, Rule]:
    """Return all rules by id, in the order of `REASONS`.

    ``own`` are the user's rule folders.

    Raises:
        ConfigError: a file is not a valid rule; names the file, line, column and nearest known key.
    """
    found = {rule.id: rule for rule in _prepared().rules}
    lists: list[tuple[Part, Path]] = []
    for folder in own:
        read_folder(folder, found, lists)
    return in_order(found, lists)


def address_of(rule: str, language: str) -> str | None:
    """Return the address of the page on a rule of ours; None if there is none.

    A wheel of a release knows where its documentation is; what is built elsewhere does not.
    """
    ready = _prepared()
    if not ready.site or all(one.id != rule for one in ready.rules):
        return None
    folder = f"{language}/" if language in _TRANSLATED else ""
    return f"{ready.site.rstrip('/')}/{folder}rules/{rule}/"


def phrases_of(rules: Mapping[str, Rule]) -> Phrases:
    """Return the phrase lists of all rules, ready to be searched in one pass.

    The result is reused for as long as the rules are the same, so that many blogs share it.
    """
    now = list(rules.values())
    if not _last or len(now) != len(_last[0][0]) or any(map(is_not, now, _last[0][0])):
        against = [
            (r.id, words.name) for r in now for words in r.lists if words.speaks == "against"
        ]
        _last[:] = [(now, Phrases(partial(_patterns, now), against))]
    return _last[0][1]


def _patterns(rules: Sequence[Rule], language: str) -> dict[str, list[Pattern]]:
    """Return the patterns of each rule in one language, including those of its exceptions."""
    ours = {id(rule) for rule in _prepared().rules}
    table = _table(language)
    return {
        rule.id: table.get(rule.id, []) if id(rule) in ours else _compiled(rule, language)
        for rule in rules
    }


@cache
def _table(language: str) -> dict[str, list[Pattern]]:
    table = _prepared().tables.get(language)
    return msgspec.msgpack.decode(table, type=dict[str, list[Pattern]]) if table else {}


_last: list[tuple[list[Rule], Phrases]] = []


def prepare(file: Path | None, site: str = "") -> Prepared:
    """Compile the rules from YAML, and store the result in ``file`` if it can be written.

    ``site`` is where the documentation is published, if it is.
    """
    rules: dict[str, Rule] = {}
    lists: list[tuple[Part, Path]] = []
    files = list(_files())
    read_folder(rules_folder(), rules, lists, REQUIRED)
    rules = {id_: msgspec.structs.replace(rule, file="") for id_, rule in rules.items()}
    rules = with_languages(in_order(rules, lists))
    tables = {
        language: {rule.id: _compiled(rule, language) for rule in rules.values()}
        for language in judged_languages()
    }
    encode = msgspec.msgpack.encode
    made = Prepared(
        files,
        list(rules.values()),
        {language: msgspec.Raw(encode(table)) for language, table in tables.items()},
        site,
    )
    if file is None:
        return made
    with suppress(OSError):
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_bytes(encode(made))
        draft.replace(file)
    return made


@cache
def _prepared() -> Prepared:
    try:
        ready = msgspec.msgpack.decode(PREPARED.read_bytes(), type=Prepared)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        ready = None
    if ready and (_PACKAGED.is_dir() or ready.files == list(_files())):
        return ready
    return prepare(None if sys.dont_write_bytecode or _PACKAGED.is_dir() else PREPARED)


def _files() -> Iterator[tuple[str, int, int]]:
    """Yield the files that a checkout's rules are made from: names, sizes, modification times."""
    code = (*sorted(Path(__file__).parent.glob("*.py")), _PACKAGE / "text" / "patterns.py")
    data = sorted((_PACKAGE / "languages").glob("*/*.yml"))
    for path in (*sorted(rules_folder().rglob("*.yml")), *code, *data):
        info = path.stat()
        yield f"{path.parent.name}/{path.name}", info.st_size, info.st_mtime_ns


def _compiled(rule: Rule, language: str) -> list[Pattern]:
    groups = {**rule.phrase_groups(), EXCEPTION: rule.exceptions}
    return compile_groups(groups, language)
