"""Reminders as a calendar file (RFC 5545), for a phone: at the times of the person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from ..days import WEEKDAYS, local_day
from ..errors import ReminderError
from ..files import AnyPath, exporting, resolved
from ..programme.models import AnyProgramme, Exercise, load_programme
from ..programme.warning_signs import load_warning_signs
from ..words import plain
from .tables import on_weekdays

MOST_A_DAY = 24  # of one exercise; as many as a dose may have

# A file of ours is known again by it, so it never changes, whatever the version.
_PRODID = "-//backcare-widgets//reminders//EN"
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_FIRST, _LAST = 8 * 60, 18 * 60  # minutes of the day between which reminders are spread
_ALONE = 7 * 60 + 30  # so that two exercises do not begin the day at the same minute
_LENGTH = dt.timedelta(minutes=10)  # a set and getting ready for it
_SEQUENCE_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

_ADVICE = (
    "Open the file on your phone (send it to yourself, for instance), and its calendar takes the"
    " reminders. After a change write it to the same place and open it again: the reminders are"
    " replaced, not doubled. None is taken away by that: if you want fewer, delete the old"
    " calendar, or the old reminders in it, first."
)


@dataclass(frozen=True, repr=False)
class Reminders:
    """The file that was written, and lines that say what it holds and what to do with it."""

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
    """Write reminders for the calendar of a phone, and return what was written.

    The times are those of wherever the phone is (no time zone is written), from today on, without
    an end, on the weekdays of the dose. An exercise has as many as its dose in force today has
    sets: one at 07:30, more spread from 08:00 to 18:00; without a dose it has none. A calendar
    knows each by its exercise and its number within the day, so that importing the file again
    replaces it. What a later file no longer has stays in the calendar until it is deleted there.

    Parameters
    ----------
    path
        A name that ends in .ics; readable by its owner only. An earlier file of reminders is
        replaced in one step, any other file is not.
    times
        The person's own times by exercise, instead of those of its dose:
        {"lying-down": ["07:30", "13:00", "19:00"]}; 0 to 24 times of 00:00 to 23:59 each.
    programme
        A programme or its path; `load_programme()` if not given.
    now
        The time it is, if it is another.

    Raises
    ------
    ReminderError
        If a time is wrong or there twice, there is nothing to remind of, or the file is not one
        to be replaced. Nothing is then written.
    ProgrammeError, LogError
        If the programme has mistakes or no such exercise; if the file cannot be written.
    """
    programme = load_programme(programme)
    if not isinstance(now, dt.datetime | None):
        msg = f"now is {now!r}: give a time, such as datetime.datetime(2026, 8, 31, 12)."
        raise ReminderError(msg)
    now = (now or dt.datetime.now()).astimezone()
    day = local_day(now)
    file = resolved(path)
    if file.suffix.lower() != ".ics":
        msg = f"{plain(file.name)} does not end in .ics, by which calendars know their files."
        raise ReminderError(f"{msg} Nothing was written; choose a name such as reminders.ics.")
    if not isinstance(times or {}, dict):
        msg = 'times must name the exercise, such as times={"lying-down": ["08:00", "18:00"]}.'
        raise ReminderError(f"{msg} Nothing was written.")
    own = {programme[e].id: _checked(e, given) for e, given in (times or {}).items()}
    at = {e: own.get(e.id, _of_dose(e, day)) for e in programme.exercises}
    if not any(at.values()):
        msg = "No exercise has a goal today, so there is nothing to remind of and no file."
        known = programme.exercises[0].id
        raise ReminderError(f'{msg} Give times, such as times={{"{known}": ["08:00"]}}.')

    since = int((now - _SEQUENCE_FROM).total_seconds())
    sequence = max(since, _sequence_before(file) + 1)
    numbers = load_warning_signs().emergency_numbers
    calendar = Calendar()
    for name, value in {"prodid": _PRODID, "version": "2.0", "method": "PUBLISH"}.items():
        calendar.add(name, value)
    lines = []
    for exercise, chosen in at.items():
        dose = exercise.dose_on(day)
        weekdays = dose.days if dose else ()
        for n, time in enumerate(chosen, start=1):
            event = _reminder(exercise, day, time, weekdays, numbers)
            event.add("uid", f"{exercise.id}-{n}@backcare-widgets")
            event.add("sequence", sequence)
            event.add("dtstamp", now.astimezone(dt.UTC))
            event.add("last-modified", now.astimezone(dt.UTC))
            calendar.add_component(event)
        when = on_weekdays(weekdays).strip() or "every day"
        on = f"{when} at {', '.join(f'{time:%H:%M}' for time in chosen)}"
        lines.append(f"{plain(exercise.name)}: {on if chosen else 'no reminder'}")
    with exporting(file) as out:
        out.write(calendar.to_ical())
    return Reminders(file, (*lines, f"They are in {file}", _ADVICE))


def _checked(exercise_id: str, given: object) -> list[dt.time]:
    """Return the times of an exercise in order."""
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


def _sequence_before(file: Path) -> int:
    """Return the highest SEQUENCE of the file that will be replaced, -1 if there is none.

    It is read as plain lines: a parser of calendars refuses what earlier versions wrote.
    """
    try:
        head, *events = file.read_bytes().split(b"BEGIN:VEVENT")
        if head.startswith(b"BEGIN:VCALENDAR") and f"PRODID:{_PRODID}".encode() in head.split():
            numbers = re.findall(rb"^SEQUENCE:(.*)$", b"".join(events), re.MULTILINE)
            return max(map(int, numbers), default=-1)
    except (FileNotFoundError, NotADirectoryError):
        return -1
    except OSError as exc:
        msg = f"{file} cannot be looked at ({exc.strerror}). Nothing was written."
        raise ReminderError(f"{msg} Choose another folder or name.") from exc
    except ValueError:  # a SEQUENCE that is no number
        pass
    msg = f"{file} is there already and holds something other than reminders of this workbook."
    raise ReminderError(f"{msg} It is unchanged; choose another name.")


def _reminder(
    exercise: Exercise, day: dt.date, time: dt.time, weekdays: Collection[str], numbers: str
) -> Event:
    """Return one that comes back at a time of every day, or of some weekdays, from `day` on."""
    week = [day + dt.timedelta(days=n) for n in range(7)]
    first = next((d for d in week if WEEKDAYS[d.weekday()][:3].lower() in weekdays), day)
    event = Event()
    summary = f"{plain(exercise.name)}: a gentle set, when you are ready"
    event.add("summary", summary)
    event.add(
        "description",
        f'In the workbook run exercise("{exercise.id}") and press Start.\n'
        "Leave it out if it hurts or you need a rest.\n"
        "New numbness between the legs, weakness in a leg, or trouble with bladder or bowels: no"
        f" exercise, get help now ({numbers}). 00_start_here names all the warning signs.",
    )
    # Without a zone: the same time wherever the phone is.
    event.add("dtstart", dt.datetime.combine(first, time))
    event.add("duration", _LENGTH)
    by_day = {"byday": [name[:2].upper() for name in weekdays]} if weekdays else {}
    event.add("rrule", {"freq": "weekly" if weekdays else "daily"} | by_day)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # the person is not busy
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(0))
    alarm.add("description", summary)
    event.add_component(alarm)
    return event
