"""What is due, as an iCalendar file (RFC 5545) that calendar programs can subscribe to.

An event keeps its UID when its day moves, and its SEQUENCE grows with the day of the report, so
that programs move the event instead of adding another one.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from bloglint import __version__
from bloglint.languages import labels
from bloglint.model import Report, say
from bloglint.reporters.due import Due, all_due
from bloglint.reporters.printable import printable

if TYPE_CHECKING:
    from icalendar import Event

_START = date(2020, 1, 1)


def write_ical(report: Report, language: str = "en") -> str:
    """Return the calendar as text, with all-day events that do not block any time."""
    from icalendar import Calendar

    report = printable(report)
    calendar = Calendar()
    calendar.add("prodid", f"-//bloglint//bloglint {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", labels("calendar", language)["name"])
    for one in all_due(report):
        calendar.add_component(_event(one, report, language))
    text: str = calendar.to_ical().decode()
    return text


def _event(one: Due, report: Report, language: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", report.as_of.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(0, (report.as_of.date() - _START).days))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", f"{one.blog}: {say(one.text, language)}")
    if one.note:
        event.add("description", say(one.note, language))
    if one.link:
        event.add("url", one.link)
    event.add("categories", ["bloglint", one.kind])
    event.add("transp", "TRANSPARENT")
    return event
