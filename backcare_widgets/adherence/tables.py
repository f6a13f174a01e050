"""How much of the programme was done: sets done out of sets due, over the days.

A day is worked out in `day`. Period = sum of done / sum of due over its days, today left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .rule import (
    DONE,
    NO_SUCH_DAY,
    NOT_RECORDED,
    NOTHING_DUE,
    PARTLY_DONE,
    SO_FAR,
)

if TYPE_CHECKING:
    import pandas as pd

    from ..programme.models import Programme
    from .counting import Counted

FEWEST_DAYS = 3  # no percentage from fewer days than this: it would jump at every set


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


def by_exercise(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str] | None = None,
    today: dt.date | None = None,
    since: dt.date | None = None,
) -> pd.DataFrame:
    """Count the sets done and due of each exercise on every day; the parameters as in `daily`.

    Returns
    -------
    DataFrame
        One row for each day and exercise of the programme; an exercise that it does not know has
        rows only where it has entries. Columns `local_day`, `exercise_id`; `done`, `due`, `sets`
        (float) as in `daily`; `stopped_for_pain`, the number of sets stopped for pain. In
        `attrs`: "today".
    """
    import numpy as np
    import pandas as pd

    from .counting import count

    counted = count(entries, programme, marks or {}, today, since)
    order = np.lexsort((counted.exercise, counted.day))
    columns = {
        "local_day": counted.days[counted.day].astype("datetime64[ns]"),
        "exercise_id": pd.Categorical.from_codes(counted.exercise, counted.ids).astype("str"),
        "done": counted.done,
        "due": counted.due,
        "sets": counted.sets,
        "stopped_for_pain": counted.stopped,
    }
    table = pd.DataFrame({name: values[order] for name, values in columns.items()})
    table.attrs = {"today": counted.today}
    return table


def daily(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str] | None = None,
    today: dt.date | None = None,
    since: dt.date | None = None,
) -> pd.DataFrame:
    """Count the sets done and due on every day from the first entry to today.

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
        pause, and on a date of `entries.attrs["dates_never_had"]`.
        `adherence`: 0 to 1, NaN where nothing is due. `state`: one of `STATES`.
        `sets`: all sets done, also beyond the dose or without one.
        In `attrs`: "today"; "sample", if the entries have it; "undated", the number of entries
        left out because their day is before 2001 or after tomorrow; "by_exercise", the sums of
        the days before today, one dict for each exercise: title, done, due, adherence (None
        before 3 days with something due), sets, days, days_due, and for each of `PARTS_OF_DAY`
        the number of days due with a set begun then.
    """
    import numpy as np
    import pandas as pd

    from .counting import count

    counted = count(entries, programme, marks or {}, today, since)
    n = len(counted.days)
    done, due, sets = (
        np.round(np.bincount(counted.day, each, minlength=n), 9)
        for each in (counted.done, counted.due, counted.sets)
    )
    marked = np.array(counted.marks, dtype=object)
    is_today = counted.days == np.datetime64(counted.today, "D")
    state = np.select(
        [marked != np.array(None), due <= 0, done >= due, is_today, counted.n_entries > 0],
        [marked, NOTHING_DUE, DONE, SO_FAR, PARTLY_DONE],
        default=NOT_RECORDED,
    )
    with np.errstate(invalid="ignore"):
        share = np.where(due > 0, done / due, np.nan)
    index = pd.DatetimeIndex(counted.days.astype("datetime64[ns]"), name="local_day")
    columns = {"done": done, "due": due, "adherence": share, "state": state, "sets": sets}
    table = pd.DataFrame(columns, index).astype({"state": "str"})
    table.attrs = {"today": counted.today, "undated": counted.undated}
    table.attrs["by_exercise"] = _sums(counted, programme)
    table.attrs |= {"sample": True} if entries.attrs.get("sample") else {}
    return table


def _sums(counted: Counted, programme: Programme) -> list[dict[str, Any]]:
    """Sum up each exercise over the finished days; see `daily` for the form."""
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    is_finished, rows = counted.is_finished, []
    n_days = max(len(counted.days) - 1, 0)
    for i, exercise_id in enumerate(counted.ids):
        here = is_finished & (counted.exercise == i)
        is_due = here & (counted.due > 0)
        done, due, sets = (
            float(each[here].sum()) for each in (counted.done, counted.due, counted.sets)
        )
        n_due = int(is_due.sum())
        row: dict[str, Any] = {
            "title": titles.get(exercise_id, exercise_id),
            "done": done,
            "due": due,
            "adherence": done / due if n_due >= FEWEST_DAYS else None,
            "sets": sets,
            "days": n_days,
            "days_due": n_due,
        }
        rows.append(row | {part: int((at & is_due).sum()) for part, at in counted.times.items()})
    return rows


def has_today(daily: pd.DataFrame) -> bool:
    """Tell whether the last row is today: not so, if `daily` was cut short."""
    return len(daily) > 0 and daily.index[-1].date() == daily.attrs.get("today")


def before_today(daily: pd.DataFrame) -> pd.DataFrame:
    """Give the finished days: every row but today, which is only "so far"."""
    return daily.iloc[:-1] if has_today(daily) else daily


def period(daily: pd.DataFrame, days: int = 7) -> Period:
    """Sum up the last `days` finished days of `daily`: fewer, if there are no more.

    Days on which nothing was due change no percentage; they count in `days` and `days_moved`.
    """
    end = len(daily) - has_today(daily)
    span = slice(max(end - days, 0), end)
    # Plain arrays: for a week of days pandas would cost more than the whole sum.
    done, due, sets = (daily[name].to_numpy()[span] for name in ("done", "due", "sets"))
    has_enough = (due > 0).sum() >= FEWEST_DAYS
    return Period(
        done=float(done.sum()),
        due=float(due.sum()),
        adherence=float(done.sum() / due.sum()) if has_enough else None,
        days_moved=int((sets > 0).sum()),
        days=int((daily["state"].iloc[span] != NO_SUCH_DAY).sum()),
    )


def rolling(daily: pd.DataFrame, days: int = 7) -> pd.Series:
    """Give the adherence of the `days` days that end on each finished day, 0 to 1.

    NaN where fewer than 3 of them had something due, so that a pause leaves a gap.
    """
    rows = before_today(daily)
    sums = rows[["done", "due"]].rolling(days, min_periods=1).sum()
    has_enough = (rows["due"] > 0).rolling(days, min_periods=1).sum() >= FEWEST_DAYS
    return (sums["done"] / sums["due"].where(has_enough)).clip(0, 1).rename("adherence")
