"""What is due on a day and what is done of it, one line for each exercise."""

from __future__ import annotations

import datetime as dt
import html

from ..adherence.rule import SetDone, Tally, due_today, mark_in_force, share_of_set
from ..days import in_full, is_in_no_zone, local_day, now_here, read_day
from ..log.log import AnyLog, Log
from ..programme.models import AnyProgramme, Exercise, Programme, load_programme
from ..storage.entry import started_at


class Today:
    """What is due on a day and what is done, one line for each exercise.

    The day is named, since what a notebook shows may be of an earlier one.
    """

    def __init__(self, day: dt.date, lines: list[str]) -> None:
        self.day = day
        self.lines = lines

    def __repr__(self) -> str:
        return "\n".join([in_full(self.day), *self.lines])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.lines)
        return f"<p>{in_full(self.day)}</p><ul>{items}</ul>"


def today(
    *,
    programme: AnyProgramme | None = None,
    log: AnyLog | None = None,
    day: dt.date | str | None = None,
) -> Today:
    """Return what is due today and what is done, one line for each exercise.

    `programme` and `log` are one or its path, `load_programme()` and `Log.open()` if not given;
    `day` is a date or its text, the day that it is now for the person if not given.

    Raises
    ------
    ProgrammeError, LogError
        If the programme has mistakes, or the log cannot be read.
    """
    programme = load_programme(programme)
    log = Log.open(log)
    day = today_here(log) if day is None else read_day("day", day)
    tallies = tallies_of(log, programme, day)
    lines = [_line(e, tallies[e.id], day) for e in programme.exercises]
    return Today(day, [*lines, *log.notices()])


def tallies_of(log: Log, programme: Programme, day: dt.date) -> dict[str, Tally]:
    """Return the tally of each exercise on a day, by its id, as the log has it.

    Raises
    ------
    LogError
        If the log cannot be read.
    """
    sets = [
        SetDone(
            row["exercise_id"],
            share_of_set(row["repetitions_done"], row["repetitions_prescribed"]),
            row["outcome"] == "stopped_for_pain",
        )
        for row in log.sets_on(day)
    ]
    return due_today(sets, programme, day, mark_in_force(log.marks(), day))


def today_here(log: Log, now: dt.datetime | None = None) -> dt.date:
    """Return the day that it is now for the person; a day ends at 04:00.

    Where this machine's clock is in no zone, that counts which the browser named with their newest
    set of these days.

    Raises
    ------
    LogError
        If the log cannot be read.
    """
    now = now or now_here()
    if is_in_no_zone(now):
        days = [now.date() + dt.timedelta(days=n) for n in (-1, 0, 1)]
        rows = [row for day in days for row in log.sets_on(day)]
        newest = max(rows, key=lambda row: row["start_utc"], default=None)
        if newest:
            now = now.astimezone(started_at(newest).tzinfo)
    return local_day(now)


def _line(exercise: Exercise, tally: Tally, day: dt.date) -> str:
    dose = exercise.dose_on(day)
    done = f"{tally.sets:.3g}"
    of_due = f"{done} of {tally.due:.3g} {'set' if tally.due == 1 else 'sets'} done"
    if dose is None or dose.sets_per_day == 0:
        words = "no daily goal" + (f"; {done} done" if tally.sets else "; when it suits you")
    elif tally.due == 0:
        words = "nothing due today" + (f"; {done} done" if tally.sets else "")
    elif tally.done >= tally.due:
        words = f"{of_due}. That is all for today"
    else:
        when = f", {dose.time_of_day}" if dose.time_of_day else ""
        words = f"{of_due}{when}"
    return f"{exercise.name}: {words}."
