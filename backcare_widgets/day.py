"""One day: from when to when it runs, what is marked of it, and how many sets are done and due.

A day  = sum of min(done, due) / sum of due, over the exercises with a dose in force that day.

A partial set counts by its repetitions. Extra sets of one exercise do not make up for another.
A set stopped for pain is following the programme: what was left of it leaves what was due.
A rest day, a flare-up and the days of a pause have nothing due, so they change no average.
"""

from __future__ import annotations

import datetime as dt
from calendar import month_name
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .programme import Programme

DONE = "done"
PARTLY_DONE = "partly done"  # something was recorded, and some of what was due was left
NOT_RECORDED = "not recorded"  # something was due and nothing is known; not the same as not done
NOTHING_DUE = "nothing due"  # no dose in force, or a stop for pain took away all that was due
REST = "rest"
FLARE_UP = "flare-up"
PAUSED = "paused"
NO_SUCH_DAY = "no such day"  # a traveller over the date line never had it
SO_FAR = "so far"  # today, while something is still due
STATES = (DONE, PARTLY_DONE, NOT_RECORDED, NOTHING_DUE, REST, FLARE_UP, PAUSED, NO_SUCH_DAY, SO_FAR)

DAY_STARTS_AT = dt.timedelta(hours=4)
PARTS_OF_DAY = {"morning": (4, 12), "afternoon": (12, 18), "evening": (18, 4)}  # hours, from to


class SetDone(NamedTuple):
    """What counts of one recorded set: `share` is its part done, 0 to 1."""

    exercise_id: str
    share: float
    stopped_for_pain: bool = False


@dataclass(frozen=True)
class Tally:
    """Sets of one exercise on one day."""

    done: float  # at most `due`
    due: float  # less what was left of sets stopped for pain
    sets: float  # all that were done, also beyond the dose or without one


def share_of_set(done: float, prescribed: float) -> float:
    """Give the part of a set that was done: repetitions done / prescribed, in 0 to 1."""
    return min(max(done / prescribed, 0.0), 1.0) if prescribed > 0 else 0.0


def due_today(
    sets: Iterable[SetDone], programme: Programme, day: dt.date, mark: str | None = None
) -> dict[str, Tally]:
    """Tell for each exercise of the programme how many sets are done and due on `day`.

    Needs no pandas. `sets` are those of that day. An exercise that the programme does not know
    (any more) comes last, with nothing due; and nothing is due where `mark_in_force` has a mark.
    """
    sums: dict[str, list[float]] = {}
    for one in sets:
        so_far = sums.setdefault(one.exercise_id, [0.0, 0.0])
        so_far[0] += one.share
        so_far[1] += (1 - one.share) if one.stopped_for_pain else 0.0
    return _tallies(sums, programme, day, is_off=mark is not None)


def _tallies(
    sums: Mapping[str, Iterable[float]], programme: Programme, day: dt.date, *, is_off: bool
) -> dict[str, Tally]:
    """Hold the (sets, sets left for pain) of a day against the doses of that day."""
    tallies = {}
    for exercise_id in dict.fromkeys([*(e.id for e in programme.exercises), *sums]):
        # Rounded, so that fifths of a set add up to a whole one.
        sets, left_for_pain = (round(x, 9) for x in sums.get(exercise_id, (0.0, 0.0)))
        dose = programme[exercise_id].dose_on(day) if exercise_id in programme else None
        goal = 0 if dose is None or is_off else dose.sets_per_day
        due = max(goal - left_for_pain, min(sets, goal))
        tallies[exercise_id] = Tally(done=min(sets, due), due=due, sets=sets)
    return tallies


def mark_in_force(marks: Mapping[dt.date, str], day: dt.date) -> str | None:
    """Tell what holds for `day`: `REST`, `FLARE_UP`, `PAUSED` or None.

    `marks` is `Log.marks()`. A pause holds from its day until the day of a resume.
    """
    if marks.get(day) in (REST, FLARE_UP):
        return marks[day]
    return PAUSED if paused_since(marks, day) else None


def paused_since(marks: Mapping[dt.date, str], day: dt.date) -> dt.date | None:
    """Give the day on which the pause began that `day` is in, or None if it is in none."""
    turns = [d for d, mark in marks.items() if d <= day and mark in ("pause", "resume")]
    return max(turns) if turns and marks[max(turns)] == "pause" else None


def local_day(moment: dt.datetime) -> dt.date:
    """Give the day that a local wall time belongs to: a day runs from 04:00 to 04:00."""
    return (moment.replace(tzinfo=None) - DAY_STARTS_AT).date()


def in_words(day: dt.date) -> str:
    """Write a day: 30 August 2026."""
    return f"{day.day} {month_name[day.month]} {day.year}"
