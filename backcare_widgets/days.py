"""The day: from when to when it runs, its parts, and how it is written in English."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from .errors import DayError
from .words import shown

DAY_STARTS_AT = dt.timedelta(hours=4)
PARTS_OF_DAY = {"morning": (4, 12), "afternoon": (12, 18), "evening": (18, 4)}  # hours, from to

# Python's own names follow the locale of the person, and the rest of the sentence would not.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def now_here() -> dt.datetime:
    """Return the time now, aware, in the zone of this machine."""
    return dt.datetime.now().astimezone()


def local_day(moment: dt.datetime) -> dt.date:
    """Return the day that a local wall time belongs to: a day runs from 04:00 to 04:00."""
    return (moment.replace(tzinfo=None) - DAY_STARTS_AT).date()


def is_in_no_zone(now: dt.datetime) -> bool:
    """Return whether a clock is on UTC, or on a zone that the machine does not know.

    So it is in a container, far from the person. GMT and WET have no offset either, but are zones
    that people live in; Windows spells them out.
    """
    lived_in = ("GMT", "WET", "Greenwich", "+00")
    return not now.utcoffset() and not (now.tzname() or "").startswith(lived_in)


def read_day(name: str, value: object) -> dt.date:
    """Return a date, or the one that a text such as "2026-08-31" names; else say what is wrong.

    A time is refused: which day it is of depends on a zone.
    """
    day = value
    if isinstance(value, str):
        with suppress(ValueError):
            day = dt.date.fromisoformat(value)
    elif isinstance(value, dt.datetime):
        # pandas has no days but midnights, and the tables here hold them.
        is_day = hasattr(value, "normalize") and not value.tzinfo and value == value.normalize()
        day = value.date() if is_day else None
    if isinstance(day, dt.date):
        return day
    msg = (
        f"{name} is {shown(value)}, which is not a day. Nothing was changed; give one such as"
        ' "2026-08-31".'
    )
    raise DayError(msg)


def read_day_or_none(name: str, value: object) -> dt.date | None:
    """Return as `read_day` does, and None for None."""
    return None if value is None else read_day(name, value)


def in_words(day: dt.date) -> str:
    """Return a day as it is written in a sentence: 30 August 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_full(day: dt.date) -> str:
    """Return a day with its weekday: Sunday 30 August 2026."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day)}"


def short_month(number: int) -> str:
    """Return the short name of a month, 1 to 12: Aug."""
    return MONTHS[number - 1][:3]
