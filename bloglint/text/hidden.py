"""Elements of HTML that no reader sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bloglint.lazy import lazy

#: Classes by which the common frameworks hide a text from all but screen readers.
_CLASSES = frozenset(
    "screen-reader-text sr-only visually-hidden visuallyhidden show-for-sr element-invisible "
    "assistive-text a11y-hidden".split()
)
_STYLE = lazy(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_TAG = lazy(r"<[a-z][\w-]*\s[^>]*>", re.IGNORECASE)
_ATTRIBUTE = lazy(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element with these attributes is hidden, whatever else a style sheet says."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if _STYLE.search(attributes.get("style") or ""):
        return True
    return not _CLASSES.isdisjoint((attributes.get("class") or "").lower().split())


def is_hidden_tag(tag: str) -> bool:
    """Whether a start tag, as written, opens a hidden element."""
    if not _TAG.fullmatch(tag) or tag.endswith("/>"):
        return False
    found = _ATTRIBUTE.finditer(tag, tag.index(" ") if " " in tag else 1)
    return is_hidden({m[1].lower(): m[2] or m[3] or m[4] for m in found})
