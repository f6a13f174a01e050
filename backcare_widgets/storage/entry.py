"""What a set may say: every field checked, its day worked out, its columns in the log."""

from __future__ import annotations

import datetime as dt
import inspect
import numbers
import re
import warnings
from collections.abc import Sequence
from contextlib import suppress
from math import inf
from typing import Any

from ..days import DAY_STARTS_AT, local_day, read_day
from ..errors import DayError, EntryError, TextChanged
from ..words import shown

OUTCOMES = ("done", "stopped", "stopped_for_pain")
SOURCES = ("timer", "manual")
MARKS = ("rest", "flare-up", "pause", "resume")

ID_CHARACTERS = 100
NOTE_CHARACTERS = 4000


def _one_of(choices: Sequence[str]) -> str:
    return "one of " + ", ".join(map(repr, choices))


_TEXT = f"text of 1 to {ID_CHARACTERS} characters"
_REPETITIONS = "a whole number from 0 to 1000"
_PAIN = "a whole number from 0 to 10, or None"
# What each field of `Log.add` may be, in words.
ALLOWED = {
    "exercise_id": _TEXT,
    "started_at": "a datetime with a time zone, from 1900 to 2199",
    "duration_s": "a number of seconds from 0 to 86400, or None",
    "repetitions_done": _REPETITIONS,
    "repetitions_prescribed": _REPETITIONS,
    "outcome": _one_of(OUTCOMES),
    "pain_before": _PAIN,
    "pain_after": _PAIN,
    "note": f"text of at most {NOTE_CHARACTERS} characters",
    "source": _one_of(SOURCES),
}

# SQLite would cut text at NUL in `length()`, and half of a surrogate pair is not UTF-8.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

Row = dict[str, Any]


def columns_of(**fields: Any) -> Row:
    """Return the stored columns of fields of `Log.add`, each checked by type and range.

    `EntryError` names the first field that is unknown or out of its range, the value and the range.
    """
    row: Row = {}
    for field, value in fields.items():
        row |= _columns_of(field, value)
    return row


def _columns_of(field: str, value: Any) -> Row:
    match field:
        case "exercise_id":
            return {field: checked_text(field, value)}
        case "outcome":
            return {field: checked_choice(field, value, OUTCOMES)}
        case "source":
            return {field: checked_choice(field, value, SOURCES)}
        case "started_at" if isinstance(value, dt.datetime) and 1900 <= value.year < 2200:
            offset = value.utcoffset()
            # To the minute; and a datetime takes no offset of a whole day.
            if offset is not None and abs(offset) < dt.timedelta(hours=23, minutes=59, seconds=30):
                return _start(value)
        case "duration_s" if value is None:  # written down by hand: nobody measured it
            return {"duration_ms": None}
        case "duration_s" if is_number(value, numbers.Real, 0, 86_400):
            return {"duration_ms": round(float(value) * 1000)}
        case "repetitions_done" | "repetitions_prescribed":
            if is_number(value, numbers.Integral, 0, 1000):
                return {field: int(value)}
        case "pain_before" | "pain_after" if value is None:
            return {field: None}
        case "pain_before" | "pain_after" if is_number(value, numbers.Integral, 0, 10):
            return {field: int(value)}
        case "note" if isinstance(value, str) and len(value) <= NOTE_CHARACTERS:
            return {field: _storable(field, value)}
    if field not in ALLOWED:
        msg = (
            f"{shown(field)} is not a field of a set. Nothing was saved; the fields are"
            f" {', '.join(ALLOWED)}."
        )
        raise EntryError(msg)
    raise _refusal(field, value, ALLOWED[field])


def checked_text(field: str, value: object) -> str:
    """Return text of 1 to 100 characters, what cannot be stored replaced by U+FFFD."""
    if not isinstance(value, str) or not value.strip() or len(value) > ID_CHARACTERS:
        raise _refusal(field, value, _TEXT)
    return _storable(field, value)


def checked_choice(field: str, value: object, choices: Sequence[str]) -> str:
    """Return `value` if it is one of `choices`."""
    if not isinstance(value, str) or value not in choices:
        raise _refusal(field, value, _one_of(choices))
    return choices[choices.index(value)]  # plain text: `value` may be of an Enum


def checked_day(field: str, value: object) -> str:
    """Return a date as YYYY-MM-DD; a datetime is refused, because its day depends on a zone."""
    with suppress(DayError):
        if not isinstance(value, str) and 1900 <= (day := read_day(field, value)).year < 2200:
            return day.isoformat()
    raise _refusal(field, value, "a date from 1900 to 2199, such as datetime.date(2026, 3, 1)")


def is_number(value: Any, kind: type[Any], lowest: int, highest: float = inf) -> bool:
    """Return whether a value is a number of a kind and in a range; True and False are none."""
    is_kind = isinstance(value, kind) and not isinstance(value, bool)
    return is_kind and bool(lowest <= value <= highest)


def _storable(field: str, text: str) -> str:
    """Return text with what cannot be stored replaced by U+FFFD, and warn if there was any."""
    stored = _UNSTORABLE.sub("\ufffd", text)
    if stored != text:
        msg = (
            f"{field} has characters that cannot be stored. All else is kept, with \ufffd in their"
            " place; edit() can change it."
        )
        warnings.warn_explicit(msg, TextChanged, *_line_of_caller())
    return stored


def _line_of_caller() -> tuple[str, int]:
    """Return the file and line that called the package: a warning is of that, and not of ours."""
    frame, package = inspect.currentframe(), __name__.partition(".")[0]
    while frame and frame.f_back and frame.f_globals["__name__"].startswith(f"{package}."):
        frame = frame.f_back
    return (frame.f_code.co_filename, frame.f_lineno) if frame else ("", 0)


def _start(value: dt.datetime) -> Row:
    """Return the columns that place a set in time, frozen as its own zone saw it."""
    start, zone = value.astimezone(dt.UTC).replace(tzinfo=None), value.utcoffset() or dt.timedelta()
    offset_min = round(zone.total_seconds() / 60)
    return {
        "start_utc": start.isoformat(timespec="milliseconds") + "Z",
        "utc_offset_min": offset_min,
        # Only a ZoneInfo has a key; for a bare offset the name is not known, and not guessed.
        "tz": getattr(value.tzinfo, "key", None) or "",
        # By the wall clock: through UTC it is wrong when the clocks change in those 4 hours.
        "local_day": local_day(start + dt.timedelta(minutes=offset_min)).isoformat(),
        "rollover_h": DAY_STARTS_AT // dt.timedelta(hours=1),
    }


def _refusal(field: str, value: Any, allowed: str) -> EntryError:
    found = f"is {shown(value)}"
    if field == "note":  # private, and may be long
        is_text = isinstance(value, str)
        found = f"has {len(value)} characters" if is_text else f"is a {type(value).__name__}"
    said = f"{field} {found}, but must be {allowed}. Nothing was saved; give another value."
    return EntryError(said, field, allowed)


def started_at(row: Row) -> dt.datetime:
    """Return the start of a stored set on the wall clock and offset of its own place."""
    zone = dt.timezone(dt.timedelta(minutes=row["utc_offset_min"]))
    return dt.datetime.fromisoformat(row["start_utc"]).astimezone(zone)


def clock_looked_wrong(row: Row, now: dt.datetime) -> bool:
    """Return whether a set starts before 2000 or more than a day after `now`."""
    start = started_at(row)
    return start.year < 2000 or start > now + dt.timedelta(days=1)
