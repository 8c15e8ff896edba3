"""Reading of YAML files into typed structs, with precise error messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args, get_origin

import msgspec

from bloglint.model import ConfigError, Text, translate
from bloglint.model.messages import plain

T = TypeVar("T", bound=msgspec.Struct)


def load_yaml(text: str) -> Any:
    """Return the data of a YAML text.

    Raises:
        yaml.YAMLError, ValueError: it is no YAML, or a value does not fit the tag before it.
    """
    import yaml

    try:
        return yaml.load(text, Loader=_loader())
    except (AttributeError, TypeError, RecursionError) as error:  # "!!timestamp x"
        raise ValueError(str(error)) from None


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, kind: type[T]) -> T:
    """Read the file at ``path`` into a struct of type ``kind``; an empty file yields its defaults.

    Raises:
        ConfigError: names the file, line and column, the problem, and the nearest known key.
    """
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        values = load_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        message = translate("this is no YAML ({problem})", problem=error.problem)
        raise ConfigError(message, _MEND, where) from None
    except FileNotFoundError:
        raise ConfigError(_NO_FILE, _CHECK_PATH, str(path)) from None
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(unread(error), _MEND, str(path)) from None
    if isinstance(values, dict):
        values.pop("$schema", None)  # for editors
    return convert(
        values if values is not None else {},
        kind,
        str(path),
        lambda: yaml.compose(text, Loader=_loader()),
    )


def convert(values: Any, kind: type[T], where: str, compose: Callable[[], Any] | None = None) -> T:
    """Convert ``values`` to a struct of type ``kind``.

    ``compose`` returns the YAML's node tree, which is used to locate an error.

    Raises:
        ConfigError: the values do not fit.
    """
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        problem = str(error)
    message, _, trail = problem.partition(" - at `$")
    keys = [key for key in re.split(r"[.\[\]]+", trail.rstrip("`")) if key]
    unknown = message.split("`")[1] if "unknown field" in message else ""
    problem_text, advice = plain(message), plain("")
    if unknown:
        problem_text = translate("unknown key {unknown!r}", unknown=unknown)
        advice = nearest(unknown, _fields(kind, keys))
    elif keys and "Invalid enum value" in message:
        known = _choices(kind, keys)
        value = message.rpartition("value ")[2].strip("'")
        problem_text = translate("{key} {value!r} is unknown", key=keys[-1], value=value)
        advice = translate("Use one of {known}.", known=", ".join(known))
    elif keys:
        problem_text = translate("{value0}: {message}", value0=trail.strip(".`"), message=message)
    if compose is not None:
        line, column = _find(compose(), [*keys, *([unknown] if unknown else [])])
        where = f"{where}:{line}:{column}"
    raise ConfigError(problem_text, advice, where)


def nearest(wrong: str, known: list[str]) -> Text:
    """Advice for an unknown name: the closest known name, else all known names."""
    from difflib import get_close_matches

    near = get_close_matches(wrong, known, n=1)
    if near:
        return translate("Did you mean {value1!r}?", value1=near[0])
    if not known:
        return translate("See the documentation.")
    return translate("Known: {value1}.", value1=", ".join(known))


def unread(error: Exception) -> Text:
    """The message for a file that cannot be read."""
    return translate("cannot be read ({error})", error=error)


def missing(rule: str) -> Text:
    """The message for a rule that does not exist."""
    return translate("there is no rule {rule!r}", rule=rule)


_MEND = translate("Correct it.")
_NO_FILE = translate("this file does not exist")
_CHECK_PATH = translate("Check the path, or run bloglint init.")


def _choices(kind: Any, keys: list[str]) -> list[str]:
    """The values that the field at the end of a path may have."""
    struct = _struct_at(kind, keys[:-1])
    if struct is None:
        return []
    found = {f.encode_name: f.type for f in msgspec.structs.fields(struct)}.get(keys[-1])
    options = [
        get_args(one) if get_origin(one) is Literal else () for one in (found, *get_args(found))
    ]
    return [str(value) for values in options for value in values]


def _fields(kind: Any, keys: list[str]) -> list[str]:
    """The fields of the struct that ``keys`` lead to inside ``kind``; empty if it is not one."""
    struct = _struct_at(kind, keys)
    return [field.name for field in msgspec.structs.fields(struct)] if struct else []


def _struct_at(kind: Any, keys: list[str]) -> type[msgspec.Struct] | None:
    """The struct that ``keys`` lead to inside another, None if it is not one."""
    for key in keys:
        if key.isdigit():  # a list index
            continue
        types = {field.name: field.type for field in msgspec.structs.fields(kind)}
        kind = types.get(key)
        if get_origin(kind) is list:
            (kind,) = get_args(kind)
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
            return None
    return cast("type[msgspec.Struct]", kind)


def _find(node: Any, keys: list[str]) -> tuple[int, int]:
    """The line and column of the last key of a path; numeric keys index lists."""
    line, column = 1, 1
    for key in keys:
        kind = getattr(node, "id", "")
        if kind == "sequence" and key.isdigit() and int(key) < len(node.value):
            node = node.value[int(key)]
            line, column = node.start_mark.line + 1, node.start_mark.column + 1
            continue
        pairs = node.value if kind == "mapping" else ()
        name, value = next((pair for pair in pairs if pair[0].value == key), (None, None))
        if name is None:
            break
        line, column, node = name.start_mark.line + 1, name.start_mark.column + 1, value
    return line, column
