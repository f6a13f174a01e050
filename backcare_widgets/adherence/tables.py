"""The sets of the log added up by day and exercise, and what the rule makes of each day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..days import PARTS_OF_DAY, local_day
from .rule import Day, Sums, Tally, day_of, marks_in_force, share_of_set

if TYPE_CHECKING:
    import pandas as pd

    from ..programme.models import Programme

FEWEST_DAYS = 3  # no percentage from fewer days than this: it would jump at every set

# A clock that lost its battery says 1970, 1980 or 2000. Such a set is kept in the log and
# counted in `attrs["undated"]`, but must not stretch every chart by decades.
EARLIEST = dt.date(2001, 1, 1)


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
        One row a day, index `local_day`; the last row is today, none if there is no entry yet.
        `done`, `due`: sets (float), `done` at most `due`; both 0 on a day of rest, flare-up or
        pause. `adherence`: 0 to 1, NaN where nothing is due. `state`: one of `STATES`.
        `sets`: all sets done, also beyond the dose or without one.
        In `attrs`: "today"; "sample", if the entries have it; "undated", the number of entries
        left out because their day is before 2001 or after tomorrow; "by_exercise", the sums of
        the days before today, one dict for each exercise: exercise_id, title, done, due, adherence
        (None before 3 days with something due), sets, days, days_due, and for each of
        `PARTS_OF_DAY` the number of days due on which a set was started then.
    """
    import pandas as pd

    table, rows = _tables(entries, programme, marks or {}, today, since)
    past = rows[rows["local_day"] < pd.Timestamp(table.attrs["today"])]
    is_due = past["due"] > 0
    started = {part: (past[part] > 0) & is_due for part in PARTS_OF_DAY}
    numbers = ["done", "due", "sets", "days_due", *PARTS_OF_DAY]
    sums = past.assign(days_due=is_due, **started).groupby("exercise_id")[numbers].sum()
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    ids = dict.fromkeys([*titles, *rows["exercise_id"]])
    table.attrs["by_exercise"] = [
        {
            "exercise_id": id_,
            "title": titles.get(id_, id_),
            "adherence": row["done"] / row["due"] if row["days_due"] >= FEWEST_DAYS else None,
            "days": len(before_today(table)),
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
        (float) as in `daily`; `stopped_for_pain`, the number of sets stopped for pain. In
        `attrs`: "today".
    """
    table, rows = _tables(entries, programme, marks or {}, today, since)
    names = ["local_day", "exercise_id", "done", "due", "sets", "stopped_for_pain"]
    rows = rows[names]
    rows.attrs = {"today": table.attrs["today"]}
    return rows


def _tables(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str],
    today: dt.date | None,
    since: dt.date | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `daily` without the sums of the exercises, and `by_exercise` with more columns.

    These are all of `Tally`, and for each of `PARTS_OF_DAY` the sets started then (NaN for none).
    """
    import pandas as pd

    today = pd.Timestamp(today or entries.attrs.get("today") or local_day(dt.datetime.now())).date()
    day, last = entries["local_day"], pd.Timestamp(today)
    # Tomorrow is believable: somebody flew west over the date line.
    is_dated = day.between(pd.Timestamp(EARLIEST), last + pd.Timedelta(days=1))
    first = day[is_dated & (day <= last)].min()  # NaT if there is none
    if since is not None and first < pd.Timestamp(since):
        first = pd.Timestamp(since)
    dates = [] if pd.isna(first) else list(pd.date_range(first, last).date)

    sums = _sums(entries[day.between(first, last)])
    sums_of: dict[dt.date, dict[str, Sums]] = defaultdict(dict)
    for (date, exercise_id), *numbers in sums[list(Sums._fields)].itertuples():
        sums_of[date][exercise_id] = Sums(*numbers)
    days = {
        date: day_of(sums_of.get(date, {}), programme, date, mark, is_today=date == today)
        for date, mark in zip(dates, marks_in_force(marks, dates), strict=True)
    }

    index = pd.DatetimeIndex(dates, dtype=day.dtype, name="local_day")
    types = {"done": float, "due": float, "adherence": float, "state": "str", "sets": float}
    table = pd.DataFrame(days.values(), index, list(Day._fields))[list(types)].astype(types)
    table.attrs = {"today": today, "undated": int((~is_dated).sum())}
    table.attrs |= {"sample": True} if entries.attrs.get("sample") else {}

    keys = ["local_day", "exercise_id"]
    rows = pd.DataFrame(
        [(date, id_, *tally) for date in days for id_, tally in days[date].tallies.items()],
        columns=[*keys, *Tally._fields],
    )
    rows = rows.merge(sums[list(PARTS_OF_DAY)], "left", keys)
    types = {"local_day": day.dtype, "exercise_id": "str", "stopped_for_pain": int}
    return table, rows.astype(types | dict.fromkeys(("done", "due", "sets"), float))


def _sums(sets: pd.DataFrame) -> pd.DataFrame:
    """Add up the sets of each day and exercise: `Sums`, and the sets started in each part of it."""
    import pandas as pd

    repetitions = (
        sets[f"repetitions_{which}"].astype(float).fillna(0) for which in ("done", "prescribed")
    )
    share = pd.Series(map(share_of_set, *repetitions), sets.index, float)
    is_stop = sets["outcome"].eq("stopped_for_pain").fillna(value=False).astype(bool)
    columns = {
        "local_day": sets["local_day"].dt.date,
        "exercise_id": sets["exercise_id"].astype("str"),
        "share": share.where(~is_stop, 0),
        "share_of_stopped": share.where(is_stop, 0),
        "n_stopped": is_stop.astype(int),
    }
    hour = sets["local_hour"].astype(float)
    for part, (begins, ends) in PARTS_OF_DAY.items():
        # Hours after the beginning of the part, since the evening ends after midnight.
        is_then = (hour - begins) % 24 < (ends - begins) % 24
        columns[part] = (is_then & (share > 0)).astype(int)
    return pd.DataFrame(columns).groupby(["local_day", "exercise_id"]).sum()


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
