"""Dates and time zones: the moment as of which a blog is judged."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from bloglint.model import Blog, ConfigError, translate


def zone_named(name: str) -> tzinfo:
    """Return the time zone called ``name``.

    Raises:
        ConfigError: there is no such zone.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ConfigError(
            translate("there is no time zone {name!r}", name=name),
            translate("Write it like Europe/Berlin."),
            "timezone",
        ) from None


def end_of_day(day: str | date | datetime | None, zone: tzinfo | None = None) -> datetime:
    """Return the last second of a day in ``zone``, or in UTC if it is None.

    UTC gives the same on every machine. None stands for now, which is shown in the local zone if
    there is no other; a datetime is only converted.

    Raises:
        ConfigError: ``day`` is not a date.
    """
    if day is None:
        day = datetime.now(UTC)
    if isinstance(day, datetime):
        return day.astimezone(zone)
    if isinstance(day, str):
        try:
            day = datetime.fromisoformat(day).date()
        except ValueError:
            raise _no_date(str(day)) from None
        if not 1970 <= day.year < 9000:
            raise _no_date(day.isoformat())
    end = datetime.combine(day, time(23, 59, 59))
    return end.replace(tzinfo=zone or UTC)


def _no_date(text: str) -> ConfigError:
    return ConfigError(
        translate("{text!r} is no date", text=text),
        translate("Write it like 2026-06-30."),
        "--as-of",
    )


def zone_of(blog: Blog) -> tzinfo | None:
    """The time zone of the newest dated post; None if no post is dated."""
    newest = next((post.published for post in blog.posts if post.published), None)
    return newest.tzinfo if newest else None
