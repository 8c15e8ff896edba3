"""JSON Schemas of the files that users write, made from the types that read them."""

from __future__ import annotations

import inspect
import re
from typing import Any, Literal, get_args

import msgspec

from bloglint.config import Config
from bloglint.model import REASONS
from bloglint.rules import load_rules
from bloglint.rules.schema import Rule
from bloglint.sources.portfolio import Portfolio

Name = Literal["config", "portfolio", "rule"]
NAMES: tuple[Name, ...] = get_args(Name)
_KINDS: dict[Name, type] = {"config": Config, "portfolio": Portfolio, "rule": Rule}
_TITLES = {
    "config": "Settings of bloglint (bloglint.yml)",
    "portfolio": "A list of blogs for bloglint report",
    "rule": "A rule of bloglint",
}
#: What only the program fills in.
_OWN = {"Rule": ("lists", "tables", "file")}
#: Fields that take the ids of rules, or their beginnings.
_RULES = {"select", "ignore"}


def json_schema(name: Name) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, with what its types say of their fields."""
    (root,), parts = msgspec.json.schema_components([_KINDS[name]], ref_template="#/$defs/{name}")
    known = [*REASONS, *load_rules()]
    for part, schema in parts.items():
        properties = schema.get("properties", {})
        for field in _OWN.get(part, ()):
            properties.pop(field, None)
        schema.pop("description", None)
        for field, said in _said(part, name).items():
            if field in properties:
                properties[field]["description"] = said
        for field in _RULES & properties.keys():
            properties[field]["items"] = {"anyOf": [{"enum": known}, {"type": "string"}]}
    main = parts[root["$ref"].rpartition("/")[2]]
    main["properties"] = {"$schema": {"type": "string"}, **main["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLES[name],
        **root,
        "$defs": parts,
    }


def _said(part: str, name: Name) -> dict[str, str]:
    """Return what the docstring of a type says of each field, under "Attributes"."""
    module = inspect.getmodule(_KINDS[name])
    text = inspect.getdoc(getattr(module, part, None)) or ""
    _, _, attributes = text.partition("Attributes:\n")
    found = {}
    for entry in re.split(r"\n(?=    \w)", attributes):
        field, _, said = entry.strip().partition(": ")
        for one in field.split(", ") if said else ():
            found[one] = " ".join(said.replace("``", "`").split())
    return found
