"""Front matter in all its forms.

YAML between ``---``, TOML between ``+++``, JSON in braces, Pelican's header lines, and the fields
at the head of reStructuredText and AsciiDoc files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from bloglint.cache.store import BatchCache
from bloglint.digests import text_digest
from bloglint.lazy import lazy
from bloglint.model import SourceError, translate
from bloglint.sources.folders.flat_yaml import read_flat

#: A block between two fences; pandoc and Jekyll also end YAML with dots. Behind blank lines, the
#: first fence may be a rule between paragraphs: there the block has to begin with a key.
_FENCED = lazy(
    r"\A(\s*\n)?(---|\+\+\+)[ \t]*\r?\n(?(1)(?=[\w\"' -]+[:=]))(.*?)"
    r"^(?:\2|(?<![^\n])\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.S | re.M,
)
#: A line of Pelican's metadata.
_PELICAN = lazy(r"([A-Za-z][A-Za-z_]{1,20}):(.*)\n")

#: Fields at the head of reStructuredText: Pelican's field lists and Nikola's comments.
_REST_FIELD = lazy(r"^(?::|\.\. )([A-Za-z_]{2,20}): *(.*?)\r?$", re.M)
_REST_TITLE = lazy(r"^(?:[=\-~^\"'#*+]{3,}\r?\n)?(\S.*?)\r?\n[=\-~^\"'#*+]{3,}[ \t]*\r?$", re.M)


_JSON = lazy(r'\{\s*["}]')
#: Hexo's JSON, without braces and ended by ``;;;``, and Nikola's fields in an HTML comment.
_HEXO = lazy(r'\A\s*("[\w-]+"\s*:.*?)^;;;[ \t]*(?:\r?\n|\Z)', re.S | re.M)
_NIKOLA = lazy(r"\s*<!--[^\S\n]*\n")
_NIKOLA_LINE = lazy(r"[^\S\n]*(?:(-->[ \t]*)\n?|(\.\. \w+:.*)\n|\n)")
_ADOC_TITLE = lazy(r"^= (\S.*)$", re.M)
_ADOC_ATTRIBUTE = lazy(r"^:([\w-]+):[ \t]*(.*?)\r?$", re.M)
_ADOC_AUTHORS = lazy(r"\A= .*\n([^\W\d_][^\n:=<\[]*?(?:<[^>\n]*>)?(?:;[^\n]*)?)[ \t]*\r?$", re.M)
_ADOC_REVISION = lazy(
    r"^(?:v?[\d.]+,\s*)?(\d{4}-\d\d?-\d\d?[^\n:]*?|\d\d?\. \w+ \d{4})(?::.*)?\r?$", re.M
)


def asciidoc_values(text: str) -> tuple[dict[str, Any], int]:
    """The metadata in an AsciiDoc header, and the position where the header ends.

    Reads the title, author line, revision line and attributes.
    """
    head = re.match(r"(?:.*\S.*\n?)*", text)
    block = head.group() if head else ""
    values: dict[str, Any] = {}
    title = _ADOC_TITLE.match(block)
    authors = _ADOC_AUTHORS.match(block)
    if title:
        values["title"] = title[1].strip()
    if authors:
        names = (one.partition("<")[0].strip() for one in authors[1].split(";"))
        values["authors"] = [name.replace("_", " ") for name in names if name]
    revision = _ADOC_REVISION.search("\n".join(block.splitlines()[2:3]))
    if revision:
        values["date"] = revision[1].strip()
    for name, value in _ADOC_ATTRIBUTE.findall(block):
        key = name.lower().removeprefix("page-")
        listed = value.startswith("[") and value.endswith("]")
        values[{"revdate": "date", "tag": "tags"}.get(key, key)] = (
            [one.strip() for one in value[1:-1].split(",")] if listed else value.strip()
        )
    return values, len(block) if title or values else 0


def _lower_pairs(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    return ((name.lower(), value.strip()) for name, value in pairs)


def rest_values(text: str) -> dict[str, Any]:
    """The metadata at the head of a reStructuredText file: its title and fields."""
    title = _REST_TITLE.search(text[:4000])
    values: dict[str, Any] = {"title": title[1].strip()} if title else {}
    for name, value in _REST_FIELD.findall("\n".join(text[:4000].splitlines()[:40])):
        values.setdefault(name.lower(), value.strip())
    return values


def split_front_matter(
    text: str, where: str = "", known: BatchCache | None = None
) -> tuple[dict[str, Any], int]:
    """Split ``text`` into front matter and body.

    YAML and TOML blocks found in ``known`` are not parsed again.

    Returns:
        The front matter values with keys in lower case, and the position where the body starts.

    Raises:
        SourceError: the front matter is malformed; line and column are appended to ``where``.
    """
    fenced = _FENCED.match(text)
    if fenced:
        load = _yaml if fenced[2] == "---" else _toml
        line = (fenced[1] or "").count("\n") + 1
        if known is None:
            return load(fenced[3], where, line), fenced.end()
        values = known.get(lambda: text_digest(fenced[0]), lambda: load(fenced[3], where, line))
        return values, fenced.end()
    hexo = _HEXO.match(text)
    if hexo:
        return split_front_matter("{" + hexo[1] + "}", where)[0], hexo.end()
    nikola = _nikola(text)
    if nikola:
        return nikola
    if _JSON.match(text):
        import json

        try:
            values, end = json.JSONDecoder().raw_decode(text)
        except json.JSONDecodeError as error:
            raise _broken(where, error.lineno, error.colno, error.msg) from None
        except (ValueError, RecursionError) as error:
            raise _broken(where, 1, 1, str(error)[:80]) from None
        return _lower(values), end
    return _pelican(text) or ({}, 0)


def _nikola(text: str) -> tuple[dict[str, Any], int] | None:
    """The fields of Nikola's comment and where it ends, read line by line."""
    start = _NIKOLA.match(text)
    if not start:
        return None
    at = start.end()
    fields: list[str] = []
    while line := _NIKOLA_LINE.match(text, at):
        at = line.end()
        if line[1] is not None:
            pairs = _lower_pairs(_REST_FIELD.findall("\n".join(fields)))
            return (dict(pairs), at) if fields else None
        if line[2] is not None:
            fields.append(line[2])
    return None


def _pelican(text: str) -> tuple[dict[str, Any], int] | None:
    """Pelican's lines of metadata, one of which is the title, and where they end."""
    at, values = 0, dict[str, Any]()
    while line := _PELICAN.match(text, at):
        at = line.end()
        values[line[1].lower()] = line[2].strip()
    is_whole = at == len(text) or text.startswith(("\n", "\r\n"), at)
    return (values, at) if "title" in values and is_whole else None


def _lower(values: Any) -> dict[str, Any]:
    return {str(k).lower(): v for k, v in values.items()} if isinstance(values, dict) else {}


def _broken(where: str, line: int, column: int, problem: str) -> SourceError:
    return SourceError(
        translate("the front matter is broken: {problem}", problem=problem),
        translate("Correct it."),
        f"{where}:{line}:{column}",
    )


def _yaml(block: str, where: str, fence: int) -> dict[str, Any]:
    """The values of a block of YAML whose first fence stands in line ``fence``."""
    flat = read_flat(block)
    if flat is not None:
        return _lower(flat)
    import yaml

    try:
        return _lower(yaml.load(block, Loader=_loader()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1 + fence, mark.column + 1) if mark else (1, 1)
        raise _broken(where, line, column, str(error.problem)) from None
    except Exception as error:
        raise _broken(where, 1, 1, str(error)) from None


@cache
def _loader() -> Any:
    """A safe loader that leaves an impossible date, such as 31 June, as it is written."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        def construct_yaml_timestamp(self, node: Any) -> Any:
            try:
                return super().construct_yaml_timestamp(node)
            except (ValueError, OverflowError):
                return node.value

    stamp = "tag:yaml.org,2002:timestamp"
    Loader.add_constructor(stamp, Loader.construct_yaml_timestamp)
    return Loader


def _toml(block: str, where: str, fence: int) -> dict[str, Any]:
    """The values of a block of TOML whose first fence stands in line ``fence``."""
    import tomllib

    try:
        return _lower(tomllib.loads(block))
    except (ValueError, RecursionError) as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(at[1]) + fence, int(at[2])) if at else (1, 1)
        raise _broken(where, line, column, str(error)) from None
