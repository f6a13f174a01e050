"""What the tests of adherence, charts and sentences share: invented tables of the log, doses."""

import datetime as dt
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from backcare_widgets import Log, adherence, load_programme
from backcare_widgets.log.frame import TYPES

PROGRAMME = load_programme()
LYING, SITTING, STANDING = (exercise.id for exercise in PROGRAMME.exercises)
OUTCOMES = ("done", "stopped", "stopped_for_pain")
DAY = dt.date(2026, 9, 7)  # a Monday, from which `frame` counts on
TODAY = dt.date(2026, 10, 31)  # from which `log` counts back
USUAL = {
    "entry_id": "e", "duration_s": 150.0, "repetitions_done": 5, "repetitions_prescribed": 5,
    "outcome": "done", "local_hour": 9, "note": "", "source": "timer",
}  # fmt: skip


def day_of(offset):
    return DAY + dt.timedelta(days=offset)


def with_doses(**doses):
    """Return the programme with these doses of `lying`, `sitting` and `standing`, and no others."""
    exercises = [
        replace(exercise, doses=tuple(doses.get(exercise.id.partition("-")[0], ())))
        for exercise in PROGRAMME.exercises
    ]
    return replace(PROGRAMME, exercises=tuple(exercises))


def frame(rows, *columns):
    """Return (day offset, exercise, and these columns) as `Log.frame()` does; all else is `USUAL`.

    Without `columns`: repetitions, outcome, hour, prescribed; a row may leave out the last ones.
    """
    columns = columns or ("repetitions_done", "outcome", "local_hour", "repetitions_prescribed")
    names = ("local_day", "exercise_id", *columns)
    sets = [USUAL | dict(zip(names, row, strict=False)) for row in rows]
    table = pd.DataFrame(sets, columns=list(TYPES))
    table["local_day"] = pd.to_datetime([day_of(offset) for offset in table["local_day"]])
    table["started_at"] = table["local_day"].dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    return table.astype(TYPES)


def log(rows, *columns, **attrs):
    """Return (days ago, exercise, repetitions, pain before and after) as `Log.frame()` does."""
    offsets = [((TODAY - DAY).days - ago, *rest) for ago, *rest in rows]
    columns = columns or ("repetitions_done", "pain_before", "pain_after")
    table = frame(offsets, *columns)
    table.attrs = {"today": TODAY, **attrs}
    return table


def days(rows, marks=None, **attrs):
    return adherence.daily(log(rows, **attrs), PROGRAMME, marks)


def done(ago, lying=3, sitting=1):
    return [(ago, LYING)] * lying + [(ago, SITTING)] * sitting


def stopped(table, *which):
    table = table.copy()
    table.loc[list(which), "outcome"] = "stopped_for_pain"
    return table


ALL_KINDS = [*done(9), *done(8, 2), *done(3), *done(0, 1, 0)]
MARKS = {
    TODAY - dt.timedelta(days=7): "rest",
    TODAY - dt.timedelta(days=6): "flare-up",
    TODAY - dt.timedelta(days=5): "pause",
    TODAY - dt.timedelta(days=4): "resume",
}


@cache
def sample():
    """Return daily and entries of the sample, as a notebook without a log shows it."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log.open(Path(folder) / "log.sqlite3", sample_if_empty=True)
        entries = log.frame()
        return adherence.daily(entries, PROGRAMME, log.marks()), entries
