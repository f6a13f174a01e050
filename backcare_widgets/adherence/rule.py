"""One day: what is marked of it, and how many sets are done and due.

A day  = sum of min(done, due) / sum of due, over the exercises with a dose in force that day.

A partial set counts by its repetitions. Extra sets of one exercise do not make up for another.
A set stopped for pain is following the programme: what was left of it leaves what was due.
A rest day, a flare-up and the days of a pause have nothing due, so they change no average.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..programme.models import Programme

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


class SetDone(NamedTuple):
    """What counts of one recorded set: `share` is its part done, 0 to 1."""

    exercise_id: str
    share: float
    stopped_for_pain: bool = False


@dataclass(frozen=True)
class Tally:
    """Sets of one exercise on one day.

    Attributes
    ----------
    done, due
        Sets that count and sets that are due: what was left of sets stopped for pain is not due.
    sets
        All that were done, also beyond the dose or without one.
    goal
        Sets a day by the dose, 0 where a mark leaves nothing due; None without a dose.
    whole
        Whole sets among `sets`, those that were stopped for pain left out.
    stopped_for_pain
        How many sets were.
    """

    done: float
    due: float
    sets: float
    goal: int | None
    whole: int
    stopped_for_pain: int

    @property
    def left(self) -> int:
        """Return how many sets are still due, a part of one counted as one."""
        return math.ceil(self.due - self.done)


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
    by_exercise: dict[str, list[SetDone]] = {exercise.id: [] for exercise in programme.exercises}
    for one in sets:
        by_exercise.setdefault(one.exercise_id, []).append(one)
    tallies = {}
    for exercise_id, done in by_exercise.items():
        goal = programme[exercise_id].sets_due_on(day) if exercise_id in programme else None
        tallies[exercise_id] = _tally(done, 0 if goal and mark else goal)
    return tallies


def _tally(sets: list[SetDone], goal: int | None) -> Tally:
    """Hold the sets of one exercise on a day against what its dose wants of that day."""
    stopped = [one.share for one in sets if one.stopped_for_pain]
    # Rounded, so that fifths of a set add up to a whole one.
    whole = round(sum(one.share for one in sets if not one.stopped_for_pain), 9)
    done = round(sum(one.share for one in sets), 9)
    wanted = goal or 0
    due = max(wanted - round(len(stopped) - sum(stopped), 9), min(done, wanted))
    return Tally(
        done=min(done, due),
        due=due,
        sets=done,
        goal=goal,
        whole=math.floor(whole),
        stopped_for_pain=len(stopped),
    )


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
