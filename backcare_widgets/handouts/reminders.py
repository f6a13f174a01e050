"""Reminders as a calendar file (RFC 5545), for a phone: daily, at the times of the person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from ..days import local_day
from ..errors import ReminderError
from ..files import AnyPath, exporting, resolved
from ..programme.models import (
    AnyProgramme,
    Exercise,
    Programme,
    load_programme,
)
from ..programme.warning_signs import load_warning_signs

MOST_A_DAY = 24  # of one exercise; as many as a dose may have

# By it a file of ours is known again; so it never changes, whatever the version.
_PRODID = "-//backcare-widgets//reminders//EN"
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_FIRST, _LAST = 8 * 60, 18 * 60  # minutes of the day between which reminders are spread
_ALONE = 7 * 60 + 30  # so that two exercises do not begin the day at the same minute
_LENGTH = dt.timedelta(minutes=10)  # a set and getting ready for it; none is drawn oddly
_SEQUENCE_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

_HOW_ON = (
    "Open the file on your phone (send it to yourself, for instance), and its calendar takes the"
    " reminders. After a change write it to the same place and open it again: the reminders are"
    " replaced, not doubled."
)


@dataclass(frozen=True, repr=False)
class Reminders:
    """What was written: the file, and in words which reminders it has and what to do with it."""

    path: Path
    lines: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(self.lines)


def reminders(
    path: AnyPath = "reminders.ics",
    *,
    times: dict[str, list[str]] | None = None,
    programme: AnyProgramme | None = None,
    now: dt.datetime | None = None,
) -> Reminders:
    """Write daily reminders for the calendar of a phone, and tell what was written.

    The times are those of wherever the phone is (no time zone is written), from today on, without
    an end. An exercise has as many as its dose in force today has sets: one at 07:30, more spread
    from 08:00 to 18:00; without a dose it has none. A calendar knows each by its exercise and its
    number within the day, so what is imported again replaces what was there.

    Reminders that the file had before, and now has no more, are in it as cancelled. Many calendars
    then drop them; some show one crossed out, on today only, which may be deleted there. Where the
    earlier file is gone that is not known, and what is too many is to be deleted in the calendar.

    Parameters
    ----------
    path
        A name that ends in .ics; readable by its owner only. An earlier file of reminders is
        replaced in one step, one of anybody else is not.
    times
        The person's own times by exercise, which take the place of those of its dose:
        {"lying-down": ["07:30", "13:00", "19:00"]}; 0 to 24 times of 00:00 to 23:59 each.
    programme, now
        Others than `load_programme()`, or the path of another, and the time it is now (aware).

    Raises
    ------
    ReminderError
        If a time is none or there twice, there is nothing to remind of, or the file is not one
        to be replaced. Nothing is then written.
    ProgrammeError, LogError
        If the programme has mistakes or no such exercise; if the file cannot be written.
    """
    programme = load_programme(programme)
    now = now or dt.datetime.now().astimezone()
    day = local_day(now)
    file = resolved(path)
    if file.suffix.lower() != ".ics":
        msg = f"{file.name} does not end in .ics, by which calendars know their files."
        raise ReminderError(f"{msg} Nothing was written; choose a name such as reminders.ics.")
    if not isinstance(times or {}, dict):
        msg = 'times must name the exercise, such as times={"lying-down": ["08:00", "18:00"]}.'
        raise ReminderError(f"{msg} Nothing was written.")
    own = {programme[e].id: _checked(e, given) for e, given in (times or {}).items()}
    at = {e.id: own.get(e.id, _of_dose(e, day)) for e in programme.exercises}
    before = _written_before(file)
    if not any(at.values()) and not before:
        msg = "No exercise has a daily goal today, so there is nothing to remind of and no file."
        raise ReminderError(f'{msg} Give times, such as times={{"{next(iter(at))}": ["08:00"]}}.')

    since = now.astimezone(dt.UTC) - _SEQUENCE_FROM
    sequence = max([int(since.total_seconds()), *(1 + known for known in before.values())])
    numbers = load_warning_signs().emergency_numbers
    events = {
        f"{e.id}-{n}@backcare-widgets": _reminder(e, dt.datetime.combine(day, time), numbers)
        for e in programme.exercises
        for n, time in enumerate(at[e.id], start=1)
    }
    too_many = [uid for uid in before if uid not in events]
    events |= {uid: _cancelled(day) for uid in too_many}
    calendar = Calendar()
    for name, value in {"prodid": _PRODID, "version": "2.0", "method": "PUBLISH"}.items():
        calendar.add(name, value)
    for uid, event in events.items():
        event.add("uid", uid)
        event.add("sequence", sequence)
        event.add("dtstamp", now.astimezone(dt.UTC))
        event.add("last-modified", now.astimezone(dt.UTC))
        calendar.add_component(event)
    with exporting(file) as out:
        out.write(calendar.to_ical())
    return Reminders(file, (*_told(programme, at, len(too_many)), f"They are in {file}", _HOW_ON))


def _checked(exercise_id: str, given: object) -> list[dt.time]:
    """Give the times of an exercise in order."""
    found: list[dt.time] = []
    for text in given if isinstance(given, list | tuple) else [given]:
        parts = _TIME.fullmatch(text) if isinstance(text, str) else None
        if parts is None:
            msg = f"{exercise_id}: {text!r} is not a time of the day, from 00:00 to 23:59."
            raise ReminderError(f'{msg} Nothing was written; write it as "07:30".')
        time = dt.time(int(parts[1]), int(parts[2]))
        if time in found:
            msg = f"{exercise_id}: {time:%H:%M} is there twice. Nothing was written; give each"
            raise ReminderError(f"{msg} time once.")
        found.append(time)
    if len(found) > MOST_A_DAY:
        msg = f"{exercise_id} has {len(found)} times, but may have at most {MOST_A_DAY} a day."
        raise ReminderError(f"{msg} Nothing was written.")
    return sorted(found)


def _of_dose(exercise: Exercise, day: dt.date) -> list[dt.time]:
    dose = exercise.dose_on(day)
    n = dose.sets_per_day if dose else 0
    step = (_LAST - _FIRST) / max(n - 1, 1)
    minutes = [_FIRST + 5 * round(k * step / 5) for k in range(n)] if n != 1 else [_ALONE]
    return [dt.time(*divmod(minute, 60)) for minute in minutes]


def _written_before(file: Path) -> dict[str, int]:
    """Give the SEQUENCE of each reminder of the file that will be replaced, cancelled or not."""
    try:
        calendar = Calendar.from_ical(file.read_bytes())
        if calendar.get("prodid") == _PRODID:
            return {str(e["uid"]): int(str(e["sequence"])) for e in calendar.walk("VEVENT")}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, KeyError, TypeError):  # no calendar, or one with broken values
        pass
    msg = f"{file} is there already and holds something else than reminders of this workbook."
    raise ReminderError(f"{msg} It is unchanged; choose another name.")


def _reminder(exercise: Exercise, start: dt.datetime, numbers: str) -> Event:
    event = Event()
    summary = f"{exercise.name}: a gentle set, when you are ready"
    event.add("summary", summary)
    event.add(
        "description",
        f'In the workbook run exercise("{exercise.id}") and press Start.\n'
        "Leave it out if it hurts or you need a rest.\n"
        "New numbness between the legs, weakness in a leg, or trouble with bladder or bowels: no"
        f" exercise, get help now ({numbers}). 00_start_here names all the warning signs.",
    )
    event.add("dtstart", start)  # without a zone: the same time wherever the phone is
    event.add("duration", _LENGTH)
    event.add("rrule", {"freq": "daily"})
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # the person is not busy
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(0))
    alarm.add("description", summary)
    event.add_component(alarm)
    return event


def _cancelled(day: dt.date) -> Event:
    """Take a reminder back: no rule, so that where it is shown crossed out it is so once."""
    event = Event()
    event.add("summary", "Reminder taken back")
    event.add("dtstart", dt.datetime.combine(day, dt.time(8)))
    event.add("duration", _LENGTH)
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _told(programme: Programme, at: Mapping[str, list[dt.time]], n_too_many: int) -> list[str]:
    lines = []
    for exercise in programme.exercises:
        times = ", ".join(f"{time:%H:%M}" for time in at[exercise.id])
        lines.append(f"{exercise.name}: " + (f"every day at {times}" if times else "no reminder"))
    if n_too_many:
        lines.append(f"Taken back of an earlier file: {n_too_many}")
    return lines
