"""Entries added up by day and exercise and held against the doses, all in arrays.

Ten years of fifty sets a day are counted in a fraction of a second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..days import PARTS_OF_DAY, local_day
from .rule import (
    FLARE_UP,
    NO_SUCH_DAY,
    PAUSED,
    REST,
    mark_in_force,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..programme.models import Programme

# A clock that lost its battery says 1970, 1980 or 2000. Such a set is kept in the log and
# counted in `attrs["undated"]`, but must not stretch every chart by decades.
EARLIEST = dt.date(2001, 1, 1)


@dataclass(frozen=True)
class Counted:
    """Entries added up: one place in the arrays for each day and exercise, the days together."""

    today: dt.date
    undated: int  # entries left out because their day cannot be right
    days: NDArray[np.datetime64]
    marks: list[str | None]  # what holds for each of `days`
    n_entries: NDArray[np.int64]  # of each of `days`
    ids: list[str]  # exercises: those of the programme, then those it does not know
    day: NDArray[np.int64]  # index into `days`, and so on, of each place
    exercise: NDArray[np.int64]
    done: NDArray[np.float64]
    due: NDArray[np.float64]
    sets: NDArray[np.float64]
    stopped: NDArray[np.int64]
    times: dict[str, NDArray[np.bool_]]  # whether a set was begun in this part of the day

    @property
    def is_finished(self) -> NDArray[np.bool_]:
        """Tell of each place whether its day is over."""
        return np.asarray(self.days[self.day] < np.datetime64(self.today, "D"))


def count(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str],
    today: dt.date | None,
    since: dt.date | None,
) -> Counted:
    """Add up the entries of each exercise on each day, and hold them against the doses.

    All in arrays: ten years of fifty sets a day are counted in a fraction of a second.
    """
    if today is None:
        today = entries.attrs.get("today") or local_day(dt.datetime.now())
    today = pd.Timestamp(today).date()
    every = pd.to_datetime(entries["local_day"]).to_numpy("datetime64[D]")
    now, oldest = np.datetime64(today, "D"), np.datetime64(EARLIEST, "D")
    # Tomorrow is believable: somebody flew west over the date line.
    undated = (every < oldest) | (every > now + 1) | np.isnat(every)
    counts = ~undated & (every <= now)
    first = every[counts].min() if counts.any() else now + 1
    if since is not None:
        first = max(first, np.datetime64(since, "D"))
        counts &= every >= first
    days = np.arange(first, now + 1)

    def column(name: str) -> NDArray[np.float64]:
        return np.asarray(entries[name].to_numpy(dtype=float, na_value=np.nan)[counts])

    prescribed = column("repetitions_prescribed")
    of_set = column("repetitions_done") / np.where(prescribed > 0, prescribed, np.nan)
    share = np.nan_to_num(np.clip(of_set, 0, 1))
    is_stop = entries["outcome"].eq("stopped_for_pain").fillna(value=False).to_numpy(bool)[counts]
    day = (every[counts] - first).astype(np.int64)
    known = [exercise.id for exercise in programme.exercises]
    codes, ids = pd.factorize(pd.Index(known).append(pd.Index(entries["exercise_id"][counts])))
    exercise = codes[len(known) :].astype(np.int64)
    # Exercises of the programme have a place on every day, others where they have entries.
    place, n_places = day * len(known) + exercise, len(days) * len(known)
    unknown = exercise >= len(known)
    pairs, inverse = np.unique(day[unknown] * len(ids) + exercise[unknown], return_inverse=True)
    place[unknown] = n_places + inverse
    places = (n_places + len(pairs),)

    def total(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        # Rounded, so that fifths of a set add up to a whole one.
        return np.round(np.bincount(place, weights, minlength=places[0]), 9)

    sets, left = total(share), total(np.where(is_stop, 1 - share, 0.0))
    goal = np.zeros(places)
    dates = days.astype(object)
    for i, one in enumerate(programme.exercises):
        goal[i : n_places : len(known)] = [one.sets_due_on(date) or 0 for date in dates]
    n_entries = np.bincount(day, minlength=len(days))
    never_had = entries.attrs.get("dates_never_had", ())
    in_force = _marks_of(dates, marks)
    for i, date in enumerate(dates):
        if date in never_had and not n_entries[i]:
            in_force[i] = NO_SUCH_DAY
    day_of = np.r_[np.repeat(np.arange(len(days)), len(known)), pairs // max(len(ids), 1)]
    goal[np.array([mark is not None for mark in in_force], bool)[day_of]] = 0
    due = np.maximum(goal - left, np.minimum(sets, goal))
    hours = column("local_hour") if "local_hour" in entries else np.full(len(day), np.nan)
    times = {}
    for part, (begins, ends) in PARTS_OF_DAY.items():
        within = (
            (hours >= begins) & (hours < ends)
            if begins < ends
            else ((hours >= begins) | (hours < ends))
        )
        times[part] = np.bincount(place, within & (share > 0), minlength=places[0]) > 0
    return Counted(
        today=today,
        undated=int(undated.sum()),
        days=days,
        marks=in_force,
        n_entries=n_entries,
        ids=[str(name) for name in ids],
        day=day_of,
        exercise=np.r_[np.tile(np.arange(len(known)), len(days)), pairs % max(len(ids), 1)],
        done=np.minimum(sets, due),
        due=due,
        sets=sets,
        stopped=np.bincount(place, is_stop, minlength=places[0]).astype(np.int64),
        times=times,
    )


def _marks_of(dates: NDArray[np.object_], marks: Mapping[dt.date, str]) -> list[str | None]:
    """Give `mark_in_force` of each of some days in a row."""
    if not marks or not len(dates):
        return [None] * len(dates)
    is_paused = mark_in_force(
        {d: m for d, m in marks.items() if m in ("pause", "resume")}, dates[0]
    )
    found: list[str | None] = []
    for date in dates:
        mark = marks.get(date)
        if mark in ("pause", "resume"):
            is_paused = PAUSED if mark == "pause" else None
        found.append(mark if mark in (REST, FLARE_UP) else is_paused)
    return found
