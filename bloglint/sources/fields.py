"""Fields that every format has and writes in its own way: titles and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bloglint.lazy import lazy
from bloglint.text.entities import unescape

_TAG = lazy(r"<[^<>]*>")
#: Tags that a title means as markup; other angle brackets may be part of its words.
_SURE_TAG = lazy(
    r"</?(?:em|i|b|strong|span|code|sup|sub|a|br|u|small|wbr|mark)\b[^<>]*>", re.IGNORECASE
)
#: The keys under which an author's name stands in an object, the best first.
_NAME_KEYS = ("name", "display_name", "label", "title", "key")
#: What follows a name and is no other person: degrees, functions, companies, places.
_ADDITION = lazy(
    r"^(?:(?:ph\.?\s?d|m\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|m\.?eng|ll\.?m|mag|dipl|cpa|cfa|pmp|cissp"
    r"|esq|jr|sr|ii|iii|iv|fh|dr|prof)\b\.?|.*\b(?:c[efimopst]o|head|chief|vp|\w*manager\w*|director"
    r"|officer|president|founder|co-founder|editor|engineer|developer|architect|analyst|consultant"
    r"|lead|specialist|evangelist|advocate|partner|scientist|strategist|designer|writer|intern"
    r"|\w*leiter(?:in)?|\w*leitung|geschäfts\w*|\w*führer(?:in)?|vorst[aä]nd\w*|\w*gründer(?:in)?"
    r"|\w*entwickler(?:in)?|\w*berater(?:in)?|\w*beauftragte[rn]?|\w*referent(?:in)?|gast\w*|guest"
    r"|redakteur(?:in)?|\w*sprecher(?:in)?|ambassador|board|fellow|contributor|maintainer|advisor"
    r"|volunteer|trustee|chair|member|student|expert\w*|gmbh|ag|inc|ltd|llc|e\.?\s?v)\b)",
    re.IGNORECASE,
)
#: A key instead of a name: "rita-example", "rita_example", "rita.example", "rita".
_KEY = lazy(r"[a-zäöüß]{2,}(?:[-_.][a-zäöüß]+){0,3}")
#: An author in RSS: "eva@blog.example (Eva Muster)".
_ADDRESSED = lazy(r"\s*[^\s@]+@[^\s@]+\s+\((.+)\)\s*$")
#: "Eva Muster <eva@blog.example>", "Eva Muster (eva@blog.example)".
_NAMED_FIRST = lazy(r"\s*(.*?)\s*[<(](?:mailto:)?([^\s@<>()]+@[^\s<>()]+)[>)]?\s*$")
#: Between two people, and before the last of several; "&" joins the names of a company as well.
_BOTH = lazy(r"(?<!\s)\s+(?:and|und|et|&(?=\s+\S+\s+\S))\s+")
_LAST = lazy(r"^(?:and|und|&)\s+")
#: An affiliation behind a name.
_AFFILIATION = lazy(r"(?<=\w)\s*\([^()@]{2,60}\)\s*$")
_PROFILE = lazy(r"https?://\S+", re.IGNORECASE)


def title_text(title: Any) -> str:
    """A title as readers see it: without markup, with its references replaced."""
    text = str(title or "")
    if "<" in text:
        text = _SURE_TAG.sub("", text)
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def author_names(value: Any, known: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The names of the authors that a value names, in order, each once.

    Args:
        value: a name or several in one string, an object with a name, or a list of these.
        known: names by key, from a site's list of people.
    """
    names: list[str] = []
    for item in _items(value):
        if isinstance(item, Mapping):
            name = next((str(item[key]) for key in _NAME_KEYS if item.get(key)), "")
            names += _one_person(name, known or {})
        elif isinstance(item, str | int | float | date) and not isinstance(item, bool):
            names += _parted(str(item), known or {})
    return tuple(dict.fromkeys(names))


def _items(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    if isinstance(value, Mapping) and not any(value.get(key) for key in _NAME_KEYS):
        # a table of names by key, or of objects by name
        return [v if isinstance(v, str | Mapping) else k for k, v in value.items()]
    return value if isinstance(value, list | tuple) else (value,)


def _one_person(text: str, known: Mapping[str, str]) -> list[str]:
    """The person whom an object names; behind a comma stands what he or she is."""
    whole = _plain(text)
    first, _, _ = whole.partition(",")
    name = first.strip() if " " in first.strip() else whole
    return [known.get(name) or _readable(name)] if name else []


def _plain(text: str) -> str:
    return person(" ".join(unescape(_TAG.sub(" ", text)).split()))


def _parted(text: str, known: Mapping[str, str]) -> list[str]:
    """The names in one string, which semicolons, or else commas, part."""
    whole = _plain(text)
    if whole in known:
        return [known[whole]]
    if ";" in whole:  # then a comma belongs to a name: "Muster, Ada; Beispiel, Bo"
        names = [person(part.strip()) for part in whole.split(";") if part.strip()]
        return [known.get(name) or _readable(name) for name in names]
    parts = [part.strip() for part in whole.split(",") if part.strip()]
    names = []
    for part in parts:
        if names and _ADDITION.match(part):
            continue  # "Ada Muster, PhD": still the same person
        part = _LAST.sub("", part)
        both = [part] if part in known else _BOTH.split(part)
        both = both if any(" " in name.strip() for name in both) else [part]
        names += [known.get(name.strip()) or _readable(name.strip()) for name in both]
    are_words = all(part.istitle() and " " not in part for part in parts)
    if len(names) == len(parts) == 2 and are_words:
        return [f"{parts[1]} {parts[0]}"]  # "Muster, Ada"
    return names


def person(byline: str) -> str:
    """The person in "eva@blog.example (Eva)" or "Eva <eva@blog.example>", else the byline.

    Addresses of profiles are left out.
    """
    written = _ADDRESSED.match(byline)
    if written:
        return written[1].strip()
    named = _NAMED_FIRST.match(byline)
    if named:
        return named[1].strip() or named[2]
    return _AFFILIATION.sub("", _PROFILE.sub("", byline)).strip() or byline


def _readable(name: str) -> str:
    """A name for readers: "rita-example" becomes "Rita Example"."""
    if name.islower() and _KEY.fullmatch(name):
        return " ".join(part.capitalize() for part in re.split(r"[-_.]", name))
    return name
