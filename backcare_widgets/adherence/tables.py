"""The tables of days: `daily` and `by_exercise`, and what is made of some days of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..days import PARTS_OF_DAY, is_in_no_zone, local_day, now_here
from .given import checked
from .rule import DIGITS, SetDone, due_today, marks_in_force, share_of_set, state_of

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


@checked
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
        The day still going on; else `entries.attrs["today"]`, else the day it is now for the
        person.
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
        the "days_summed" days before today, one dict for each exercise: exercise_id, title, done,
        due, adherence (None before 3 days with something due), sets, days_due, and for each of
        `days.PARTS_OF_DAY` the number of days due on which a set was started then.
    """
    import pandas as pd

    days = _days(entries, today, since)
    rows = by_exercise(entries, programme, marks, today, since)
    table = rows.groupby("local_day")[["done", "due", "sets"]].sum().round(DIGITS)
    table = table.reindex(days, fill_value=0.0)
    table["adherence"] = table["done"] / table["due"].where(table["due"] > 0)
    is_recorded, last = days.isin(entries["local_day"]), _today(entries, today)
    told = zip(table["done"], table["due"], marks_in_force(marks or {}, days.date), strict=True)
    table["state"] = pd.Series(
        [
            state_of(*each, recorded=recorded, is_today=day == last)
            for each, recorded, day in zip(told, is_recorded, days.date, strict=True)
        ],
        days,
        "str",
    )
    table = table[["done", "due", "adherence", "state", "sets"]]
    is_dated = _is_dated(entries["local_day"], last)
    table.attrs = {"today": last, "undated": int((~is_dated).sum())}
    table.attrs["days_summed"] = max(len(days) - 1, 0)
    table.attrs |= {"sample": True} if entries.attrs.get("sample") else {}

    past = rows[rows["local_day"] < pd.Timestamp(last)]
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


@checked
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
    import pandas as pd

    days = _days(entries, today, since)
    sets = _sets(entries[entries["local_day"].isin(days)])
    sets_of = sets.groupby("local_day")["set"].agg(list).to_dict()
    rows = pd.DataFrame(
        [
            (day, id_, tally.done, tally.due, tally.sets)
            for day, mark in zip(days.date, marks_in_force(marks or {}, days.date), strict=True)
            for id_, tally in due_today(sets_of.get(day, ()), programme, day, mark).items()
        ],
        columns=["local_day", "exercise_id", "done", "due", "sets"],
    )
    keys = ["local_day", "exercise_id"]
    started = sets.groupby(keys)[list(PARTS_OF_DAY)].max()
    rows = rows.join(started, on=keys).fillna(dict.fromkeys(PARTS_OF_DAY, 0))
    types = {"local_day": days.dtype, "exercise_id": "str"}
    types |= dict.fromkeys(("done", "due", "sets"), float) | dict.fromkeys(PARTS_OF_DAY, int)
    return rows.astype(types)


def _today(entries: pd.DataFrame, today: dt.date | None) -> dt.date:
    import pandas as pd

    chosen = today or entries.attrs.get("today") or day_now(entries)
    found: dt.date = pd.Timestamp(chosen).date()
    return found


def day_now(entries: pd.DataFrame, now: dt.datetime | None = None) -> dt.date:
    """Return the day that it is now for the person, as far as `Log.frame()` knows where that is."""
    now, offset_min = now or now_here(), entries.attrs.get("utc_offset_min", 0)
    if offset_min and is_in_no_zone(now):
        now = now.astimezone(dt.timezone(dt.timedelta(minutes=offset_min)))
    return local_day(now)


def _is_dated(days: pd.Series, today: dt.date) -> pd.Series:
    import pandas as pd

    # Tomorrow is believable: somebody flew west over the date line.
    return days.between(pd.Timestamp(EARLIEST), pd.Timestamp(today) + pd.Timedelta(days=1))


def _days(entries: pd.DataFrame, today: dt.date | None, since: dt.date | None) -> pd.DatetimeIndex:
    """Return the days from the first entry, or from `since` if that is later, to today."""
    import pandas as pd

    day, last = entries["local_day"], pd.Timestamp(_today(entries, today))
    first = day[_is_dated(day, last.date()) & (day <= last)].min()  # NaT if there is none
    if since is not None and first < pd.Timestamp(since):
        first = pd.Timestamp(since)
    dates = [] if pd.isna(first) else pd.date_range(first, last)
    return pd.DatetimeIndex(dates, dtype=day.dtype, name="local_day")


def _sets(entries: pd.DataFrame) -> pd.DataFrame:
    """Return one row a set: its day, exercise and `SetDone`, and when it was started.

    That is 1 in the column of one of `PARTS_OF_DAY`, 0 in the others; 0 in all if nothing was done.
    """
    import pandas as pd

    counts = entries[["repetitions_done", "repetitions_prescribed"]].astype(float).fillna(0)
    share = [share_of_set(*row) for row in counts.to_numpy().tolist()]
    is_stop = entries["outcome"].eq("stopped_for_pain").fillna(value=False).astype(bool)
    columns = {
        "local_day": entries["local_day"].dt.date,
        "exercise_id": entries["exercise_id"].astype("str"),
        "set": list(map(SetDone, entries["exercise_id"].tolist(), share, is_stop.tolist())),
    }
    hour, is_done = entries["local_hour"].astype(float), pd.Series(share, entries.index) > 0
    for part, (begins, ends) in PARTS_OF_DAY.items():
        # Hours after the beginning of the part, since the evening ends after midnight.
        columns[part] = (is_done & ((hour - begins) % 24 < (ends - begins) % 24)).astype(int)
    return pd.DataFrame(columns, entries.index)


@checked
def has_today(daily: pd.DataFrame) -> bool:
    """Return whether the last row is today: not so, if `daily` was cut short."""
    return len(daily) > 0 and daily.index[-1].date() == daily.attrs.get("today")


@checked
def before_today(daily: pd.DataFrame) -> pd.DataFrame:
    """Return the finished days: every row but today, which is only "so far"."""
    return daily.iloc[:-1] if has_today(daily) else daily


@checked
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


@checked
def rolling(daily: pd.DataFrame, days: int = 7) -> pd.Series:
    """Return the adherence of the `days` days that end on each finished day, 0 to 1.

    NaN where fewer than 3 of them had something due, so that a pause leaves a gap.
    """
    rows = before_today(daily)
    sums = rows[["done", "due"]].rolling(days, min_periods=1).sum()
    has_enough = (rows["due"] > 0).rolling(days, min_periods=1).sum() >= FEWEST_DAYS
    return (sums["done"] / sums["due"].where(has_enough)).clip(0, 1).rename("adherence")
