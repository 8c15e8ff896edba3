"""Dates as blogs write them, always with a zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any

from bloglint.model import Post
from bloglint.text.dates import MONTHS

#: No blog is older than the first ones (1994); a date before is an empty field or a wrong clock.
FIRST_YEAR = 1994
_GERMAN = re.compile(r"^(?:\w+, )?(\d{1,2})\. ?(\w+|\d{1,2}\.) ?(\d{4})")
_SPACED_ZONE = re.compile(r"^(\S+[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?) +([+-]\d\d):?(\d\d)$")


def parse_date(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """``value`` as a moment with a zone; without one it counts as ``zone``. None if impossible."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    elif isinstance(value, str) and value.strip():
        parsed = _parse_text(value.strip())
        if parsed is None:
            return None
        moment = parsed
    else:
        return None
    if moment.year < FIRST_YEAR or moment.year > 9990:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Posts by their dates, newest first; at the same moment by their ids."""
    return tuple(sorted(posts, key=lambda post: (post.published, post.id), reverse=True))


def _parse_text(text: str) -> datetime | None:
    spaced = _SPACED_ZONE.match(text)
    if spaced:
        text = f"{spaced[1]}{spaced[2]}:{spaced[3]}"
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC").replace("/", "-"))
    except ValueError:
        pass
    german = _GERMAN.match(text)
    try:
        if german:
            month = german[2].rstrip(".").lower()
            number = int(month) if month.isdigit() else MONTHS[month]
            return datetime(int(german[3]), number, int(german[1]))
        return parsedate_to_datetime(text)
    except (ValueError, KeyError, TypeError, IndexError, OverflowError):
        return None
