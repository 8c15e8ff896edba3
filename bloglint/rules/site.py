"""Where the pages of the rules are on the web, if the documentation is published there."""

from __future__ import annotations

from functools import cache

from bloglint.languages import ENGLISH
from bloglint.rules.prepared import load_rules

#: What the metadata of the package calls the address of the documentation.
_LABEL = "Documentation"


def address_of(rule: str, language: str) -> str | None:
    """Return the address of the page on a rule of ours; None if there is none.

    A wheel of a release says where its documentation is; what is built elsewhere does not.
    """
    site = _site()
    if not site or rule not in load_rules():
        return None
    return f"{site}/{'' if language == ENGLISH else f'{language}/'}rules/{rule}/"


@cache
def _site() -> str:
    """Return the address of the site without a slash at its end, or an empty text."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        named = metadata("bloglint").get_all("Project-URL") or []
    except PackageNotFoundError:  # not installed, such as in an archive
        return ""
    urls = dict(one.partition(", ")[::2] for one in named)
    return str(urls.get(_LABEL, "")).rstrip("/")
