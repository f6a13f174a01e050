"""The tables of days: `daily` and `by_exercise`, and what is made of some days of them."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..days import PARTS_OF_DAY, local_day
from .rule import DIGITS, SetDone, due_today, marks_in_force, share_of_set, state_of

if TYPE_CHECKING:
    import pandas as pd

    from ..programme.models import Programme

FEWEST_DAYS = 3  # no percentage from fewer days than this: it would jump at every set

# A clock that lost its battery says 1970, 1980 or 2000. Such a set is kept in the log and
# counted in `attrs["undated"]`, but must not stretch every chart by decades.
EARLIEST = dt.date(2001, 1, 1)

_PART_AT = {
    hour % 24: i
    for i, (begins, ends) in enumerate(PARTS_OF_DAY.values())
    for hour in range(begins, ends + 24 * (ends < begins))  # the evening ends after midnight
}
_NOT_STARTED = (0,) * len(PARTS_OF_DAY)


@dataclass(frozen=True)
class Period:
    """Some days together; `adherence` (0 to 1) is None before 3 days with something due.

    `days_moved` of `days` have a set with at least one repetition, whether it was due or not.
    """

    done: float
    due: float
    adherence: float | None
    days_moved: int
    days: int


def daily(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str] | None = None,
    today: dt.date | None = None,
    since: dt.date | None = None,
) -> pd.DataFrame:
    """Return the sets done and due on every day from the first entry to today.

    Parameters
    ----------
    entries
        `Log.frame()`, or some of its rows, in any order.
    programme, marks
        The doses in force, and `Log.marks()`.
    today
        The day still going on; else `entries.attrs["today"]`, else the day it is now.
    since
        Leave out the days before this one.

    Returns
    -------
    DataFrame
        One row a day, index `local_day`; the last is today. `done` and `due` are sets (float), 0
        on a day of rest, flare-up or pause; `adherence` is 0 to 1, NaN where nothing is due;
        `state` one of `STATES`; `sets` all sets done, also beyond the dose or without one.
        In `attrs`: "today"; "sample", if the entries have it; "undated", the number of entries
        left out because their day is before 2001 or after tomorrow; "by_exercise", the sums of
        the days before today, one dict for each exercise: exercise_id, title, done, due, adherence
        (None before 3 days with something due), sets, days_due, and for each of
        `days.PARTS_OF_DAY` the number of days due on which a set was started then.
    """
    import pandas as pd

    table, rows = _tables(entries, programme, marks or {}, today, since)
    past = rows[rows["local_day"] < pd.Timestamp(table.attrs["today"])]
    is_due = past["due"] > 0
    past = past.assign(days_due=is_due, **{part: past[part] * is_due for part in PARTS_OF_DAY})
    numbers = ["done", "due", "sets", "days_due", *PARTS_OF_DAY]
    sums = past.groupby("exercise_id")[numbers].sum()
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    ids = dict.fromkeys([*titles, *rows["exercise_id"]])
    table.attrs["by_exercise"] = [
        {
            "exercise_id": id_,
            "title": titles.get(id_, id_),
            "adherence": row["done"] / row["due"] if row["days_due"] >= FEWEST_DAYS else None,
            **row,
        }
        for id_, row in sums.reindex(ids, fill_value=0).to_dict("index").items()
    ]
    return table


def by_exercise(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str] | None = None,
    today: dt.date | None = None,
    since: dt.date | None = None,
) -> pd.DataFrame:
    """Return the sets done and due of each exercise on every day; the parameters as in `daily`.

    Returns
    -------
    DataFrame
        One row for each day and exercise of the programme; an exercise that it does not have has
        rows only where it has entries. Columns `local_day`, `exercise_id`; `done`, `due`, `sets`
        (float) as in `daily`; for each of `days.PARTS_OF_DAY` 1 if a set was started then, else 0.
    """
    return _tables(entries, programme, marks or {}, today, since)[1]


def _tables(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str],
    today: dt.date | None,
    since: dt.date | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `daily` without the sums of the exercises, and `by_exercise`."""
    import pandas as pd

    today = pd.Timestamp(today or entries.attrs.get("today") or local_day(dt.datetime.now())).date()
    day, last = entries["local_day"], pd.Timestamp(today)
    # Tomorrow is believable: somebody flew west over the date line.
    is_dated = day.between(pd.Timestamp(EARLIEST), last + pd.Timedelta(days=1))
    first = day[is_dated & (day <= last)].min()  # NaT if there is none
    if since is not None and first < pd.Timestamp(since):
        first = pd.Timestamp(since)
    dates = [] if pd.isna(first) else list(pd.date_range(first, last).date)
    sets_of, started = _sets(entries[day.between(first, last)])

    days, rows = [], []
    for date, mark in zip(dates, marks_in_force(marks, dates), strict=True):
        tallies = due_today(sets_of[date], programme, date, mark)
        columns = list(zip(*tallies.values(), strict=True))
        done, due, sets = (round(sum(column), DIGITS) for column in columns[:3])
        state = state_of(done, due, mark, recorded=bool(sets_of[date]), is_today=date == today)
        days.append((done, due, done / due if due > 0 else math.nan, state, sets))
        for id_, tally in tallies.items():
            parts = started.get((date, id_), _NOT_STARTED)
            rows.append((date, id_, tally.done, tally.due, tally.sets, *parts))

    index = pd.DatetimeIndex(dates, dtype=day.dtype, name="local_day")
    types = {"done": float, "due": float, "adherence": float, "state": "str", "sets": float}
    table = pd.DataFrame(days, index, list(types)).astype(types)
    table.attrs = {"today": today, "undated": int((~is_dated).sum())}
    table.attrs |= {"sample": True} if entries.attrs.get("sample") else {}

    types = {"local_day": day.dtype, "exercise_id": "str", "done": float, "due": float}
    types |= {"sets": float} | dict.fromkeys(PARTS_OF_DAY, int)
    return table, pd.DataFrame(rows, columns=list(types)).astype(types)


def _sets(
    entries: pd.DataFrame,
) -> tuple[dict[dt.date, list[SetDone]], dict[tuple[dt.date, str], list[int]]]:
    """Return the sets of each day; and by day and exercise 1 for each part of it with a start."""
    done, prescribed = (
        entries[f"repetitions_{which}"].astype(float).fillna(0) for which in ("done", "prescribed")
    )
    columns = (
        entries["local_day"].dt.date,
        entries["exercise_id"],
        map(share_of_set, done, prescribed),
        entries["outcome"].eq("stopped_for_pain").fillna(value=False).astype(bool),
        entries["local_hour"].astype(float),
    )
    sets_of: defaultdict[dt.date, list[SetDone]] = defaultdict(list)
    started: defaultdict[tuple[dt.date, str], list[int]] = defaultdict(lambda: [*_NOT_STARTED])
    for day, exercise_id, share, is_stop, hour in zip(*map(list, columns), strict=True):
        sets_of[day].append(SetDone(exercise_id, share, is_stop))
        if share > 0 and hour in _PART_AT:
            started[day, exercise_id][_PART_AT[hour]] = 1
    return sets_of, started


def has_today(daily: pd.DataFrame) -> bool:
    """Return whether the last row is today: not so, if `daily` was cut short."""
    return len(daily) > 0 and daily.index[-1].date() == daily.attrs.get("today")


def before_today(daily: pd.DataFrame) -> pd.DataFrame:
    """Return the finished days: every row but today, which is only "so far"."""
    return daily.iloc[:-1] if has_today(daily) else daily


def period(daily: pd.DataFrame, days: int = 7) -> Period:
    """Sum up the last `days` finished days of `daily`: fewer, if there are no more.

    Days on which nothing was due change no percentage; they count in `days` and `days_moved`.
    """
    rows = before_today(daily)
    rows = rows.iloc[max(len(rows) - days, 0) :]
    done, due = float(rows["done"].sum()), float(rows["due"].sum())
    return Period(
        done=done,
        due=due,
        adherence=done / due if (rows["due"] > 0).sum() >= FEWEST_DAYS else None,
        days_moved=int((rows["sets"] > 0).sum()),
        days=len(rows),
    )


def rolling(daily: pd.DataFrame, days: int = 7) -> pd.Series:
    """Return the adherence of the `days` days that end on each finished day, 0 to 1.

    NaN where fewer than 3 of them had something due, so that a pause leaves a gap.
    """
    rows = before_today(daily)
    sums = rows[["done", "due"]].rolling(days, min_periods=1).sum()
    has_enough = (rows["due"] > 0).rolling(days, min_periods=1).sum() >= FEWEST_DAYS
    return (sums["done"] / sums["due"].where(has_enough)).clip(0, 1).rename("adherence")
