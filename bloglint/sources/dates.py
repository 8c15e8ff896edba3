"""Parsing of dates as blogs write them, always into datetimes with a time zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from bloglint.lazy import lazy
from bloglint.model import Post
from bloglint.text.dates import MONTHS

#: The first blogs date from 1994; an earlier date means an empty field or a wrong clock.
FIRST_YEAR = 1994
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = lazy(
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?:\.|st|nd|rd|th)?[ -]*(?:of )?(?P<m3>{_MONTH})"
    r"\.?,?[ -]*(?P<y3>\d{4}|\d\d)(?![\d:])"
    rf"|(?P<m4>{_MONTH})\.? +(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,| ) *(?P<y4>\d{{4}})(?!\d)"
    r"|(?P<d5>\d{1,2})\. ?(?P<m5>\d{1,2})\. ?(?P<y5>\d{4})(?!\d)"
    r"|(?P<s1>\d{1,2})/(?P<s2>\d{1,2})/(?P<y6>\d{4})(?!\d)"
    # "Mon Jun  1 10:00:00 2026", as C's ctime() formats it
    rf"|(?P<m7>{_MONTH}) +(?P<d7>\d{{1,2}})(?= +\d\d?:\d\d.*? (?P<y7>\d{{4}})\b)",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY = lazy(r"^(?:[a-zäöü]{2,10}\.?,? +)(?=\d|[a-zäöü]{3})", re.IGNORECASE)
_TIME = lazy(
    r"(?:[ T,]|^|um |at )\s*(?P<hour>\d{1,2})[:h](?P<minute>\d\d)"
    r"(?:[:m](?P<second>\d\d)(?:[.,]\d+|s)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?: Uhr)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = lazy(r"(?:GMT|UTC|Z)?\s*([+-])(\d\d?):?(\d\d)?(?::\d\d)?\b", re.ASCII)
_SECONDS = lazy(r"^1\d{9}(?:\d{3})?$", re.ASCII)
#: UTC offsets in hours by zone abbreviation: RFC 822's, and those of Europe and the Pacific.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "ist": 1, "cet": 1,
    "cest": 2, "mez": 1, "mesz": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13,
}  # fmt: skip


def parse_date(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """Parse ``value`` into a datetime with a time zone, or return None if that is impossible.

    Reads ISO 8601, RFC 822 and RFC 3339 with their usual mistakes, Unix timestamps, and dates with
    English or German month names. An ambiguous date such as 5/3/2026, which may be in May or in
    March, yields None.

    Args:
        value: a string, date or datetime.
        zone: the time zone of a value that names none.
    """
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    elif isinstance(value, str) and value.strip():
        try:
            parsed = _parse_text(value.strip()[:100])
        except (ValueError, OverflowError):
            return None
        if parsed is None:
            return None
        moment = parsed
    else:
        return None
    if moment.year < FIRST_YEAR or moment.year > 9990:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """``posts`` sorted by date, newest first; posts of the same moment are sorted by id."""
    return tuple(sorted(posts, key=lambda post: (post.published, post.id), reverse=True))


def _parse_text(text: str) -> datetime | None:
    if not text.isascii():
        text = text.replace("\u2019", "'").replace("\xa0", " ").replace("\u202f", " ")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if _SECONDS.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    text = _WEEKDAY.sub("", text) if not _DAY.match(text) else text
    day = _DAY.match(text)
    if not day:
        return None
    parts = day.groupdict()
    year, month, number = (
        next((parts[f"{name}{n}"] for n in range(1, 8) if parts.get(f"{name}{n}")), None)
        for name in "ymd"
    )
    if parts["s1"]:
        first, second = int(parts["s1"]), int(parts["s2"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, number = (str(second), str(first)) if first > 12 else (str(first), str(second))
    assert year and month and number
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 69 else 0)
    moment = datetime(full, MONTHS.get(month.lower().rstrip("."), 0) or int(month), int(number))
    return _with_time(moment, text[day.end() :])


def _with_time(moment: datetime, rest: str) -> datetime:
    """Add the time and zone in ``rest``, the text that follows a date, to ``moment``."""
    time = _TIME.match(rest)
    if not time:
        return moment
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"].lower().startswith("p") else 0)
    # Accept 24:00 as the end of a day, and read a leap second (60) as 59.
    seconds = min(59, int(time["second"] or 0))
    moment += timedelta(hours=hour, minutes=int(time["minute"]), seconds=seconds)
    if hour > 24 or int(time["minute"]) > 59:
        raise ValueError(rest)
    behind = rest[time.end() :].strip(" ()")
    offset = _OFFSET.match(behind)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return moment.replace(tzinfo=timezone(timedelta(minutes=minutes) * int(f"{offset[1]}1")))
    name = re.match(r"[A-Za-z]+", behind)
    hours = _ZONES.get(name.group().lower()) if name else None
    return moment.replace(tzinfo=timezone(timedelta(hours=hours))) if hours is not None else moment
