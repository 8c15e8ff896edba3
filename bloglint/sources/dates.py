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
#: Names of months in languages whose posts are not judged, but whose feeds are read.
_ELSEWHERE = {
    name: number
    for names in (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre",
        "gen feb mar apr mag giu lug ago set|sett ott nov dic",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv fév|févr mars avr mai juin juil août sept oct nov déc",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre "
        "diciembre",
        "ene feb mar abr may jun jul ago sept|sep oct nov dic",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan febr|feb mrt apr mei jun jul aug sep|sept okt nov dec",
    )
    for number, group in enumerate(names.split(), 1)
    for name in group.split("|")
}
_NUMBERS = {**_ELSEWHERE, **MONTHS}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_DAY = lazy(
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|°)?[ -]*(?:of |de |di |van )?(?P<m3>{_MONTH})"
    r"\.?,?[ -]*(?:de |del )?(?P<y3>\d{4}|\d\d)(?![\d:])"
    rf"|(?P<m4>{_MONTH})\.? *(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,| ) *(?P<y4>\d{{4}})(?!\d)"
    r"|(?P<d5>\d{1,2})\. ?(?P<m5>\d{1,2})\. ?(?P<y5>\d{4})(?!\d)"
    r"|(?P<s1>\d{1,2})(?P<sign>[/-])(?P<s2>\d{1,2})(?P=sign)(?P<y6>\d{4})(?!\d)"
    # "Mon Jun  1 10:00:00 2026", as C's ctime() formats it
    rf"|(?P<m7>{_MONTH}) +(?P<d7>\d{{1,2}})(?= +\d\d?:\d\d.*? (?P<y7>\d{{4}})\b)",
    re.ASCII | re.IGNORECASE,
)
#: A weekday in any language, with or without a comma or a blank behind it.
_WEEKDAY = lazy(
    r"^[^\W\d_]{2,12}(?:-feira)?\.?(?:, *| +)(?:den |le |el |il |the )?(?=\w)", re.IGNORECASE
)
_TIME = lazy(
    r"(?:[ T,]|^)\s{0,8}(?:um |at |à |a las |alle(?: ore)? |om |ore )?"
    r"(?P<hour>\d{1,2})[:h](?P<minute>\d\d)"
    r"(?:[:m](?P<second>\d\d)(?:[.,]\d+|s)?)?"
    r"\s{0,8}(?P<half>[ap]\.?m\.?)?(?: Uhr)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = lazy(r"(?:GMT|UTC|Z)?\s{0,8}([+-])(\d\d?):?(\d\d)?(?::\d\d)?\b", re.ASCII)
#: Unix time in seconds, milli-, micro- or nanoseconds.
_SECONDS = lazy(r"^(1\d{9}|[789]\d{8})((?:\d{3}){0,3})(?:\.\d+)?$", re.ASCII)
#: A date of numbers only, whose first two may be day and month or month and day.
_NUMERIC = lazy(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2\d{4}(?!\d)", re.ASCII)
#: UTC offsets in hours by zone abbreviation: RFC 822's, and those of Europe and the Pacific.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "ist": 5.5, "cet": 1,
    "cest": 2, "mez": 1, "mesz": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13,
}  # fmt: skip


class DateOrder:
    """The order of day and month in the dates of one source, as far as they show it.

    Where one date has a day over 12 (26-05-2026, 5/26/2026), all others are read in its order;
    where none has, or some have it first and some second, 2/6/2026 remains no date.
    """

    def __init__(self, values: Iterable[Any], zone: tzinfo = UTC) -> None:
        self._zone = zone
        first = second = False
        for value in values:
            found = _NUMERIC.search(value[:100]) if isinstance(value, str) else None
            numbers = [int(found[1]) > 12, int(found[3]) > 12] if found else []
            if numbers.count(True) == 1:
                first, second = first or numbers[0], second or numbers[1]
        self.day_first = first if first != second else None

    def parse(self, value: Any) -> datetime | None:
        """Parse a date of the source as `parse_date` does."""
        return parse_date(value, self._zone, day_first=self.day_first)


def parse_date(value: Any, zone: tzinfo = UTC, *, day_first: bool | None = None) -> datetime | None:
    """Parse ``value`` into a datetime with a time zone, or return None if that is impossible.

    Reads ISO 8601, RFC 822 and RFC 3339 with their usual mistakes, Unix timestamps, and dates with
    English, German, French, Italian, Spanish or Dutch month names.

    Args:
        value: a string, a number of seconds or milliseconds, a date or a datetime.
        zone: the time zone of a value that names none.
        day_first: whether 5/3/2026 is in March; None if that is not known, and it is no date.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:.0f}" if abs(value) < 1e20 else ""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    elif isinstance(value, str) and value.strip():
        try:
            parsed = _parse_text(" ".join(value[:200].split())[:100], day_first)
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


def _parse_text(text: str, day_first: bool | None) -> datetime | None:
    if not text.isascii():
        text = text.replace("\u2019", "'").replace("\xa0", " ").replace("\u202f", " ")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    seconds = _SECONDS.match(text)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    day = _DAY.match(text)
    if not day:
        text = _WEEKDAY.sub("", text)
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
        if first <= 12 and second <= 12 and first != second and day_first is None:
            return None
        is_day_first = first > 12 or (second <= 12 and bool(day_first))
        month, number = (str(second), str(first)) if is_day_first else (str(first), str(second))
    assert year and month and number
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 69 else 0)
    moment = datetime(full, _NUMBERS.get(month.lower().rstrip("."), 0) or int(month), int(number))
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
