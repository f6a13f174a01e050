"""Reminders as a calendar file (RFC 5545), for a phone: at the times of the person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from icalendar import Alarm, Calendar, Event

from ..days import local_day, now_here
from ..errors import ReminderError
from ..files import AnyPath, exporting, reason_of, resolved
from ..programme.models import WEEKDAYS, AnyProgramme, Exercise, load_programme
from ..programme.warning_signs import load_warning_signs
from ..words import plain, shown

_MOST_BYTES = 10_000_000  # far above any file of ours
MOST_A_DAY = 24  # of one exercise; as many as a dose may have

# A file of ours is known again by it, so it never changes, whatever the version.
_PRODID = "-//backcare-widgets//reminders//EN"
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_SEQUENCE = re.compile(rb"^SEQUENCE:(\d{1,10})\r?$", re.MULTILINE)
_FIRST, _LAST = 8 * 60, 18 * 60  # minutes of the day between which reminders are spread
_ALONE = 7 * 60 + 30  # so that two exercises do not begin the day at the same minute
_LAST_SEQUENCE = 2**31 - 1  # of the RFC
_SEQUENCE_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

_DESCRIPTION = (
    'In the workbook run exercise("{id}") and press Start.\n'
    "Leave it out if it hurts or you need a rest.\n"
    "New numbness between the legs, weakness in a leg, or trouble with bladder or bowels: no"
    " exercise, get help now ({numbers}). 00_start_here names all the warning signs."
)
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

    They have no time zone and no end, and come on the weekdays of the dose from today on. An
    exercise has as many as its dose in force today has sets: one at 07:30, more spread from 08:00
    to 18:00. Taken in again, the file replaces them; a calendar keeps what a later file lacks.

    Parameters
    ----------
    path
        A name that ends in .ics; only an earlier file of reminders is replaced.
    times
        The person's own times by exercise, instead of those of its dose: 0 to 24 of each, as in
        {"lying-down": ["07:30", "13:00", "19:00"]}.
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
    now = _moment(now)
    day = local_day(now)
    file = resolved(path)
    if file.suffix.lower() != ".ics":
        problem = f"{plain(file.name)} does not end in .ics, by which calendars know their files"
        raise ReminderError.of(problem, "choose a name such as reminders.ics")
    if not isinstance(times, dict | None):
        problem = "times must name the exercise"
        raise ReminderError.of(problem, 'give them as times={"lying-down": ["08:00", "18:00"]}')
    wanted = {programme[e].id: _checked(e, given) for e, given in (times or {}).items()}
    if len(wanted) < len(times or {}):
        raise ReminderError.of("times names an exercise twice", "give all its times at once")
    at = {e: wanted.get(e.id, _of_dose(e, day)) for e in programme.exercises}
    if not any(at.values()):
        problem = "No exercise has a goal today, so there is nothing to remind of"
        example = f'times={{"{programme.exercises[0].id}": ["08:00"]}}'
        raise ReminderError.of(problem, f"give times, such as {example}")

    written = now.astimezone(dt.UTC)
    elapsed_s = int((now - _SEQUENCE_FROM).total_seconds())
    sequence = min(max(elapsed_s, _sequence_before(file) + 1), _LAST_SEQUENCE)
    common = {"sequence": sequence, "dtstamp": written, "last-modified": written}
    numbers = load_warning_signs().emergency_numbers
    calendar = Calendar()
    for name, value in {"prodid": _PRODID, "version": "2.0", "method": "PUBLISH"}.items():
        calendar.add(name, value)
    lines = []
    for exercise, chosen in at.items():
        dose = exercise.dose_on(day)
        for n, time in enumerate(chosen, start=1):
            own = {
                "uid": f"{exercise.id}-{n}@backcare-widgets",
                "description": _DESCRIPTION.format(id=exercise.id, numbers=numbers),
            }
            weekdays = dose.days if dose else ()
            calendar.add_component(_reminder(exercise, day, time, weekdays, common | own))
        when = f"on {dose.weekdays}" if dose and dose.days else "every day"
        on = f"{when} at {', '.join(f'{time:%H:%M}' for time in chosen)}"
        lines.append(f"{plain(exercise.name)}: {on if chosen else 'no reminder'}")
    with exporting(file) as out:
        out.write(calendar.to_ical())
    return Reminders(file, (*lines, f"They are in {file}", _ADVICE))


def _moment(now: object) -> dt.datetime:
    """Return the time it is, in the zone of this machine; one of pandas is of another class."""
    if now is None:
        return now_here()
    if isinstance(now, dt.datetime) and 1900 <= now.year < 2200:  # so no NaT
        return dt.datetime.combine(now.date(), now.timetz()).astimezone()
    problem = f"now is {shown(now)}, which is not a time from 1900 to 2199"
    raise ReminderError.of(problem, "give one such as datetime.datetime(2026, 8, 31, 12)")


def _checked(exercise_id: str, given: object) -> list[dt.time]:
    """Return the times of an exercise in order."""
    found: list[dt.time] = []
    for text in given if isinstance(given, list | tuple) else [given]:
        if not isinstance(text, str) or not (parts := _TIME.fullmatch(text)):
            problem = f"{exercise_id}: {shown(text)} is not a time of the day, from 00:00 to 23:59"
            raise ReminderError.of(problem, 'write it as "07:30"')
        time = dt.time(int(parts[1]), int(parts[2]))
        if time in found:
            problem = f"{exercise_id}: {time:%H:%M} is there twice"
            raise ReminderError.of(problem, "give each time once")
        found.append(time)
    if len(found) > MOST_A_DAY:
        problem = f"{exercise_id} has {len(found)} times"
        raise ReminderError.of(problem, f"give at most {MOST_A_DAY} a day")
    return sorted(found)


def _of_dose(exercise: Exercise, day: dt.date) -> list[dt.time]:
    dose = exercise.dose_on(day)
    n = dose.sets_per_day if dose else 0
    step = (_LAST - _FIRST) / max(n - 1, 1)
    minutes = [_FIRST + 5 * round(k * step / 5) for k in range(n)] if n != 1 else [_ALONE]
    return [dt.time(*divmod(minute, 60)) for minute in minutes]


def _sequence_before(file: Path) -> int:
    """Return the highest SEQUENCE of the file that will be replaced, -1 if there is none.

    It is read as plain lines: a parser of calendars refuses a title with control characters.
    """
    try:
        with file.open("rb") as before:
            head, *events = before.read(_MOST_BYTES).split(b"BEGIN:VEVENT")
    except (FileNotFoundError, NotADirectoryError):
        return -1
    except OSError as exc:
        problem = f"{file} cannot be read ({reason_of(exc)})"
        raise ReminderError.of(problem, "choose another folder or name") from exc
    numbers = _SEQUENCE.findall(b"".join(events))
    is_ours = head.startswith(b"BEGIN:VCALENDAR") and f"PRODID:{_PRODID}".encode() in head.split()
    if is_ours and len(numbers) == len(events):
        return max(map(int, numbers), default=-1)
    problem = f"{file} is there already and holds something other than reminders of this workbook"
    raise ReminderError(f"{problem}. It is unchanged; choose another name.")


def _reminder(
    exercise: Exercise, day: dt.date, time: dt.time, weekdays: Sequence[str], more: dict[str, Any]
) -> Event:
    """Return one for every day, or for some weekdays, from `day` on, with `more` properties."""
    week = [day + dt.timedelta(days=n) for n in range(7)]
    first = next((d for d in week if WEEKDAYS[d.weekday()] in weekdays), day)
    by_day = {"byday": [name[:2].upper() for name in weekdays]} if weekdays else {}
    summary = f"{plain(exercise.name)}: a gentle set, when you are ready"
    alarm, event = Alarm(), Event()
    properties = {
        "summary": summary,
        # Without a zone: the same time wherever the phone is.
        "dtstart": dt.datetime.combine(first, time),
        "duration": dt.timedelta(minutes=10),  # a set and getting ready for it
        "rrule": {"freq": "weekly" if weekdays else "daily"} | by_day,
        "status": "CONFIRMED",
        "transp": "TRANSPARENT",  # the person is not busy
        "class": "PRIVATE",
    }
    for name, value in (properties | more).items():
        event.add(name, value)
    at_the_start = {"action": "DISPLAY", "trigger": dt.timedelta(0), "description": summary}
    for name, value in at_the_start.items():
        alarm.add(name, value)
    event.add_component(alarm)
    return event
