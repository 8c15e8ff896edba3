"""The people behind bylines: which bylines name a person, and which name the same one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from bloglint.lazy import lazy

#: Words around a name that do not distinguish people: titles, degrees, particles.
_TITLES = frozenset(
    "dr prof dipl ing mag mba bsc msc phd med jur rer nat herr frau mr mrs ms sir by von van de "
    "der den zu".split()
)
_FUNCTION = lazy(
    r"\b(?:[a-z]?c[a-z]o|head|chief|\w*manager\w*|director|officer|president|founder|editor|engineer"
    r"|lead|\w*leiter\w*|\w*führer\w*|vorst[aä]nd\w*|gründer\w*|\w*entwickler\w*|gast\w*|guest"
    r"|dr|prof|ph\.?d|mba|jr|sr)\b",
    re.IGNORECASE,
)
_SEVERAL = lazy(r"(?<!\s)\s+(?:and|und|&|\+|mit|with)\s+|\s*[;|]\s*", re.IGNORECASE)
_FOLD = str.maketrans({"ß": "ss", "ø": "o", "æ": "a", "ł": "l"})
#: A registered association, cooperative or the like behind its name: "Pumpwerk e. V.".
_REGISTERED = lazy(r"\be\.?\s?(?:[VGK]|Gen)\b\.?")
_LEGAL = frozenset("gmbh ag se kg kgaa ohg eg inc ltd llc plc corp bv".split())


def people(
    bylines: Iterable[str], generic: Collection[str], company: Collection[str] = ()
) -> dict[str, str]:
    """Map a key shared by all spellings of a person's name to the byline that names the person.

    "Dr. Jörg Müller", "Mueller, Joerg" and "jörg müller (CEO)" are one person; "Ann Field and Bob
    Marsh" are two; a single word is somebody's handle. Addresses, bylines with a ``generic`` word
    or a legal form, and bylines made up of the ``company``'s names are nobody.
    """
    ours, none = _nobody(tuple(generic), tuple(company))
    found = {}
    for byline in bylines:
        for name in _SEVERAL.split(byline):
            words = _words(_straight(name))
            if "@" in name or "://" in name or not words or _REGISTERED.search(name):
                continue
            if ours.issuperset(words):
                continue
            if not (none | _LEGAL).isdisjoint(words):
                continue
            own = [word for word in words if word not in _TITLES] or words
            found[" ".join(dict.fromkeys((own[0], own[-1])))] = name.strip()
    return found


@lru_cache(maxsize=64)
def _nobody(
    generic: tuple[str, ...], company: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of names that are no person's, and the generic ones of a single word."""
    ours = frozenset(word for name in (*generic, *company) for word in _words(name))
    joined = (" ".join(_words(name)) for name in generic)
    return ours, frozenset(word for word in joined if " " not in word)


def same_people(keys: Iterable[str]) -> Mapping[str, str]:
    """Map every key to the one it stands for: "j muller" to "jorg muller" if nobody else fits."""
    known = sorted(set(keys))
    found = {}
    for key in known:
        first, _, last = key.partition(" ")
        whole = [k for k in known if k != key and k[0] == first and k.endswith(f" {last}")]
        found[key] = whole[0] if len(first) == 1 and last and len(whole) == 1 else key
    return found


def _straight(name: str) -> str:
    """Return a name in spoken order: "Müller, Jörg" swapped, job titles and brackets dropped."""
    plain = re.sub(r"\([^)]*\)", " ", name)
    first, comma, last = plain.partition(",")
    if not comma:
        return plain
    return first if _FUNCTION.search(last) or not last.strip() else f"{last} {first}"


@lru_cache(maxsize=10_000)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a name in lower case; umlauts, however spelled, become plain vowels."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLD))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return tuple(re.findall(r"[^\W\d_]+", re.sub(r"([aou])e", r"\1", bare)))
