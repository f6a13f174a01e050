"""What a set may say: every field checked, its day worked out, its columns in the log."""

from __future__ import annotations

import datetime as dt
import numbers
import re
import reprlib
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..days import DAY_STARTS_AT, local_day
from ..errors import EntryError, TextChanged

OUTCOMES = ("done", "stopped", "stopped_for_pain")
SOURCES = ("timer", "manual")
MARKS = ("rest", "flare-up", "pause", "resume")

ID_CHARACTERS = 100
NOTE_CHARACTERS = 4000

# SQLite would cut text at NUL in `length()`, and half of a surrogate pair is not UTF-8.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

Row = dict[str, Any]


def refusal(field: str, value: object, allowed: str) -> EntryError:
    """Return the error for a refused value, to be raised by the caller."""
    # A note is private and may be long: its text stays out of messages.
    shown = f"a {type(value).__name__}" if field == "note" else reprlib.repr(value)
    return EntryError(f"{field} is {shown}, but must be {allowed}.", field, allowed)


def _storable(field: str, text: str) -> str:
    """Return text with what cannot be stored replaced by U+FFFD, and say so if there was any."""
    stored = _UNSTORABLE.sub("\ufffd", text)
    if stored != text:
        msg = f"{field} had characters that cannot be stored; each was replaced by \ufffd."
        warnings.warn(msg, TextChanged, stacklevel=2)
    return stored


def checked_text(field: str, value: object, *, longest: int = ID_CHARACTERS) -> str:
    """Return text of 1 to `longest` characters, what cannot be stored replaced by U+FFFD."""
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise refusal(field, value, f"text of 1 to {longest} characters")
    return _storable(field, value)


def checked_choice(field: str, value: object, choices: Sequence[str]) -> str:
    """Return `value` if it is one of `choices`."""
    if not isinstance(value, str) or value not in choices:
        raise refusal(field, value, "one of " + ", ".join(map(repr, choices)))
    return str(value)


def checked_day(field: str, value: object) -> str:
    """Return a date as YYYY-MM-DD; a datetime is refused, because its day depends on a zone."""
    if type(value) is not dt.date or not 1900 <= value.year < 2200:
        raise refusal(field, value, "a date from 1900 to 2199, such as datetime.date(2026, 3, 1)")
    return value.isoformat()


def _whole(field: str, value: object, *, highest: int, optional: bool = False) -> int | None:
    if value is None and optional:
        return None
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        number = int(value)
        if 0 <= number <= highest:
            return number
    or_none = ", or None" if optional else ""
    raise refusal(field, value, f"a whole number from 0 to {highest}{or_none}")


def _duration_ms(field: str, value: object) -> int | None:
    if value is None:  # a set written down by hand: nobody measured it
        return None
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        seconds = float(value)
        if 0 <= seconds <= 86_400:  # false for NaN
            return round(seconds * 1000)
    raise refusal(field, value, "a number of seconds from 0 to 86400, or None")


def _note(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise refusal(field, value, "text")
    if len(value) > NOTE_CHARACTERS:
        msg = f"note has {len(value)} characters, but must have at most {NOTE_CHARACTERS}."
        raise EntryError(msg, field, f"text of at most {NOTE_CHARACTERS} characters")
    return _storable(field, value)


def _start(field: str, value: object) -> Row:
    """Return the columns that place a set in time, frozen as its own zone saw it.

    `local_day` is the date of (wall time of the start − 4 h) in naive arithmetic: going
    through UTC gives the wrong day when the clocks change in those 4 hours.
    """
    if (
        not isinstance(value, dt.datetime)
        or not 1900 <= value.year < 2200
        or (offset := value.utcoffset()) is None
    ):
        raise refusal(field, value, "an aware datetime (with a time zone) from 1900 to 2199")
    offset_min = round(offset.total_seconds() / 60)
    start = value.astimezone(dt.UTC).replace(tzinfo=None)
    wall = start + dt.timedelta(minutes=offset_min)
    return {
        "start_utc": start.isoformat(timespec="milliseconds") + "Z",
        "utc_offset_min": offset_min,
        # Only a ZoneInfo has a key; for a bare offset the name is not known, and not guessed.
        "tz": getattr(value.tzinfo, "key", None) or "",
        "local_day": local_day(wall).isoformat(),
        "rollover_h": DAY_STARTS_AT // dt.timedelta(hours=1),
    }


_pain = partial(_whole, highest=10, optional=True)
_repetitions = partial(_whole, highest=1000)
_CHECKS: dict[str, tuple[str | None, Callable[[str, object], Any]]] = {
    "exercise_id": ("exercise_id", checked_text),
    "started_at": (None, _start),
    "duration_s": ("duration_ms", _duration_ms),
    "repetitions_done": ("repetitions_done", _repetitions),
    "repetitions_prescribed": ("repetitions_prescribed", _repetitions),
    "outcome": ("outcome", partial(checked_choice, choices=OUTCOMES)),
    "pain_before": ("pain_before", _pain),
    "pain_after": ("pain_after", _pain),
    "note": ("note", _note),
    "source": ("source", partial(checked_choice, choices=SOURCES)),
}


def columns_of(**fields: object) -> Row:
    """Return the stored columns of the fields of `Log.add` given, each checked by type and range.

    Raises
    ------
    EntryError
        For the first field that is unknown or out of its range; names field, value, range.
    """
    row: Row = {}
    for field, value in fields.items():
        if field not in _CHECKS:
            msg = f"{field!r} is not a field of a set; the fields are {', '.join(_CHECKS)}."
            raise EntryError(msg)
        column, check = _CHECKS[field]
        columns = check(field, value)
        row |= columns if column is None else {column: columns}
    return row


def started_at(row: Row) -> dt.datetime:
    """Return the start of a stored set on the wall clock and offset of its own place."""
    zone = dt.timezone(dt.timedelta(minutes=row["utc_offset_min"]))
    return dt.datetime.fromisoformat(row["start_utc"]).astimezone(zone)


def clock_looked_wrong(row: Row, now: dt.datetime) -> bool:
    """Return whether a set starts before 2000 or more than a day after `now`."""
    start = started_at(row)
    return start.year < 2000 or start > now + dt.timedelta(days=1)
