"""How much of the programme was done: sets done out of sets due, day by day.

A day  = sum of min(done, due) / sum of due, over the exercises with a dose in force that day.
Period = sum of done / sum of due over its days, today left out.

A partial set counts by its repetitions. Extra sets of one exercise do not make up for another.
A set stopped for pain is following the programme: what was left of it leaves what was due.
A rest day, a flare-up and the days of a pause have nothing due, so they change no average.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

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
# A clock that lost its battery says 1970, 1980 or 2000. Such a set is kept in the log and
# counted in `attrs["undated"]`, but must not stretch every chart by decades.
EARLIEST = dt.date(2001, 1, 1)
_Sums = dict[dt.date, dict[str, tuple[float, float, int]]]
FEWEST_DAYS = 3  # no percentage from fewer days than this: it would jump at every set


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
    turns = [d for d, mark in marks.items() if d <= day and mark in ("pause", "resume")]
    return PAUSED if turns and marks[max(turns)] == "pause" else None


def local_day(moment: dt.datetime) -> dt.date:
    """Give the day that a local wall time belongs to: a day runs from 04:00 to 04:00."""
    return (moment.replace(tzinfo=None) - DAY_STARTS_AT).date()


class _Day(NamedTuple):
    """One day; `n_entries` tells a day without entries from one with a set of 0 repetitions."""

    day: dt.date
    mark: str | None
    n_entries: int
    tallies: dict[str, Tally]


def _each_day(
    sums: _Sums,
    programme: Programme,
    marks: Mapping[dt.date, str],
    never_had: Container[dt.date],
    today: dt.date,
) -> Iterator[_Day]:
    """Go through the days from the first one with an entry to today."""
    day = min(sums)
    while day <= today:
        entries = sums.get(day, {})
        lived = entries or day not in never_had
        mark = mark_in_force(marks, day) if lived else NO_SUCH_DAY
        known = {exercise_id: row[:2] for exercise_id, row in entries.items()}
        tallies = _tallies(known, programme, day, is_off=mark is not None)
        yield _Day(day, mark, sum(row[2] for row in entries.values()), tallies)
        day += dt.timedelta(days=1)


def _state(day: _Day, done: float, due: float, today: dt.date) -> str:
    if day.mark is not None:
        return day.mark
    if due <= 0:
        return NOTHING_DUE
    if done >= due:
        return DONE
    if day.day == today:
        return SO_FAR
    return PARTLY_DONE if day.n_entries else NOT_RECORDED


def _sums(entries: pd.DataFrame) -> _Sums:
    """Add up each exercise on each day: sets, sets left for pain, entries."""
    prescribed = entries["repetitions_prescribed"].astype("Float64")
    done = entries["repetitions_done"].astype("Float64")
    share = (done / prescribed.where(prescribed > 0)).clip(0, 1).fillna(0).astype(float)
    table = entries[["local_day", "exercise_id"]].assign(
        sets=share,
        left=(1 - share).where(entries["outcome"].eq("stopped_for_pain").fillna(value=False), 0.0),
        n=1,
    )
    sums: _Sums = {}
    grouped = table.groupby(["local_day", "exercise_id"], sort=True).sum()
    for (day, exercise_id), sets, left, n in grouped.itertuples(name=None):
        sums.setdefault(day.date(), {})[exercise_id] = (sets, left, n)
    return sums


def daily(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str] | None = None,
    today: dt.date | None = None,
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
        the last 28 days before today, one dict for each exercise: title, done, due, adherence
        (None before 3 days with something due), sets, days.
    """
    import pandas as pd

    if today is None:
        today = entries.attrs.get("today") or local_day(dt.datetime.now())
    today = pd.Timestamp(today).date()
    every = pd.to_datetime(entries["local_day"])
    # Tomorrow is believable: somebody flew west over the date line.
    ends = pd.Timestamp(EARLIEST), pd.Timestamp(today) + pd.Timedelta(days=1)
    undated = ~every.between(*ends)
    dated = entries.assign(local_day=every)[~undated & (every < ends[1])]
    never_had = entries.attrs.get("dates_never_had", ())
    sums = _sums(dated)
    days = list(_each_day(sums, programme, marks or {}, never_had, today)) if sums else []

    rows = []
    for day in days:
        tallies = day.tallies.values()
        done, due = sum(tally.done for tally in tallies), sum(tally.due for tally in tallies)
        sets = sum(tally.sets for tally in tallies)
        adherence = done / due if due > 0 else float("nan")
        rows.append((done, due, adherence, _state(day, done, due, today), sets))
    index = pd.DatetimeIndex([day.day for day in days], dtype="datetime64[ns]", name="local_day")
    types = {"done": float, "due": float, "adherence": float, "state": "str", "sets": float}
    table = pd.DataFrame(rows, index, columns=list(types)).astype(types)
    by_exercise = _by_exercise(days[-29:-1], programme)
    table.attrs = {"today": today, "undated": int(undated.sum()), "by_exercise": by_exercise}
    table.attrs |= {"sample": True} if entries.attrs.get("sample") else {}
    return table


def _by_exercise(days: list[_Day], programme: Programme) -> list[dict[str, Any]]:
    """Sum up each exercise over `days`; see `daily` for the form."""
    titles = {e.id: e.title for e in programme.exercises}
    rows = []
    for exercise_id in dict.fromkeys([*titles, *(key for day in days for key in day.tallies)]):
        tallies = [day.tallies[exercise_id] for day in days if exercise_id in day.tallies]
        done, due = sum(t.done for t in tallies), sum(t.due for t in tallies)
        has_enough = sum(t.due > 0 for t in tallies) >= FEWEST_DAYS
        rows.append(
            {
                "title": titles.get(exercise_id, exercise_id),
                "done": done,
                "due": due,
                "adherence": done / due if has_enough else None,
                "sets": sum(t.sets for t in tallies),
                "days": len(days),
            }
        )
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
