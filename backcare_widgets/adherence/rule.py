"""The rule for one day, in plain Python: how many sets are done and due, and what day it was.

A day = sum of min(done, due) / sum of due, over the exercises with sets due that day. A partial
set counts by its repetitions. Extra sets of one exercise do not make up for another. A set stopped
for pain is following the programme: what was left of it leaves what was due. On a rest day, in a
flare-up and in a pause nothing is due.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..programme.models import Programme

DONE = "done"
PARTLY_DONE = "partly done"  # something was recorded, and some of what was due was left
NOT_RECORDED = "not recorded"  # something was due and nothing is known; not the same as not done
NOTHING_DUE = "nothing due"  # no sets due that day, or a stop for pain took away all of them
REST = "rest"
FLARE_UP = "flare-up"
PAUSED = "paused"
SO_FAR = "so far"  # today, while something is still due
STATES = (DONE, PARTLY_DONE, NOT_RECORDED, NOTHING_DUE, REST, FLARE_UP, PAUSED, SO_FAR)

DIGITS = 9  # sums are rounded to these, so that fifths of a set add up to a whole one


class SetDone(NamedTuple):
    """What counts of one recorded set: `share` is the part of it that was done, 0 to 1."""

    exercise_id: str
    share: float
    stopped_for_pain: bool = False


class Tally(NamedTuple):
    """Sets of one exercise on one day.

    `done` of `due` count; `sets` are all that were done, also beyond the dose or without one, and
    `whole` the whole ones among them, without those `stopped_for_pain`. `goal` is what the dose
    wants: 0 where a mark leaves nothing due, None without a dose.
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
        return math.ceil(round(self.due - self.done, DIGITS))


def share_of_set(done: float, prescribed: float) -> float:
    """Return the part of a set that was done: repetitions done / prescribed, within 0 to 1."""
    return min(max(done / prescribed, 0.0), 1.0) if prescribed > 0 else 0.0


def due_today(
    sets: Iterable[SetDone], programme: Programme, day: dt.date, mark: str | None = None
) -> dict[str, Tally]:
    """Return the tally of each exercise by its id, from the sets of one day.

    `mark` is what `mark_in_force` returns for the day. The exercises of the programme come first;
    one that it does not have (any more) has no goal.
    """
    sets_of: dict[str, list[SetDone]] = {}
    for one in sets:
        sets_of.setdefault(one.exercise_id, []).append(one)
    goals = {exercise.id: exercise.sets_due_on(day) for exercise in programme.exercises}
    goals |= {exercise_id: None for exercise_id in sets_of if exercise_id not in goals}
    return {
        exercise_id: _tally(tuple(sets_of.get(exercise_id, ())), 0 if goal and mark else goal)
        for exercise_id, goal in goals.items()
    }


@lru_cache(1024)  # most days are like many others
def _tally(sets: tuple[SetDone, ...], goal: int | None) -> Tally:
    others = sum(one.share for one in sets if not one.stopped_for_pain)
    stopped = [one.share for one in sets if one.stopped_for_pain]
    every, wanted = round(others + sum(stopped), DIGITS), goal or 0
    # What was left of sets stopped for pain is no longer due, but nothing done is taken back.
    left = round(len(stopped) - sum(stopped), DIGITS)
    due = round(max(wanted - left, min(every, wanted)), DIGITS)
    whole = math.floor(round(others, DIGITS))
    return Tally(min(every, due), due, every, goal, whole, len(stopped))


def state_of(done: float, due: float, mark: str | None, *, recorded: bool, is_today: bool) -> str:
    """Return what kind of day one was, from its sums and whether it has any set: see `STATES`."""
    if mark:
        return mark
    if due <= 0:
        return NOTHING_DUE
    if done >= due:
        return DONE
    if is_today:
        return SO_FAR
    return PARTLY_DONE if recorded else NOT_RECORDED


def mark_in_force(marks: Mapping[dt.date, str], day: dt.date) -> str | None:
    """Return what holds for a day: `REST`, `FLARE_UP`, `PAUSED` or None.

    `marks` is `Log.marks()`. A pause holds from its day until the day of a resume.
    """
    return next(marks_in_force(marks, [day]))


def marks_in_force(marks: Mapping[dt.date, str], days: Iterable[dt.date]) -> Iterator[str | None]:
    """Yield what `mark_in_force` returns for each of some days."""
    turns = _turns(marks)
    for day in days:
        if marks.get(day) in (REST, FLARE_UP):
            yield marks[day]
        else:
            yield PAUSED if _pause(turns, day) else None


def paused_since(marks: Mapping[dt.date, str], day: dt.date) -> dt.date | None:
    """Return the day on which the pause began that `day` is in, or None if it is in none."""
    return _pause(_turns(marks), day)


def _turns(marks: Mapping[dt.date, str]) -> list[tuple[dt.date, str]]:
    """Return the days on which a pause begins or ends, in order."""
    return sorted((day, mark) for day, mark in marks.items() if mark in ("pause", "resume"))


def _pause(turns: list[tuple[dt.date, str]], day: dt.date) -> dt.date | None:
    i = bisect(turns, day, key=itemgetter(0))
    begins, turn = turns[i - 1] if i else (day, "resume")
    return begins if turn == "pause" else None
