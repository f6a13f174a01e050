"""What the tests of adherence share: a programme with doses of their own, and tables of sets."""

import datetime as dt
from dataclasses import replace

import pandas as pd

from backcare_widgets import load_programme
from backcare_widgets.log.frame import TYPES
from backcare_widgets.programme.models import Dose

PROGRAMME = load_programme()
LYING, SITTING, STANDING = (exercise.id for exercise in PROGRAMME.exercises)
DAY = dt.date(2026, 9, 7)  # a Monday
MARKS = ("rest", "flare-up", "pause", "resume")
OUTCOMES = ("done", "stopped", "stopped_for_pain")


def day_of(offset):
    return DAY + dt.timedelta(days=offset)


def with_doses(**doses):
    """Return the programme with these doses of `lying`, `sitting` and `standing`, and no others."""
    exercises = [
        replace(exercise, doses=tuple(doses.get(exercise.id.partition("-")[0], ())))
        for exercise in PROGRAMME.exercises
    ]
    return replace(PROGRAMME, exercises=tuple(exercises))


ONE_SET = with_doses(lying=[Dose(1)])


def frame(rows):
    """Return (day offset, exercise, repetitions, outcome, hour, prescribed) as `Log.frame()` does.

    What a row leaves out: 5 repetitions, done, at 9 o'clock, of 5.
    """
    columns = ["day", "exercise_id", "repetitions_done", "outcome", "local_hour"]
    columns += ["repetitions_prescribed"]
    usual = (None, None, 5, "done", 9, 5)
    table = pd.DataFrame([(*row, *usual[len(row) :]) for row in rows], columns=columns)
    table["local_day"] = pd.to_datetime([day_of(day) for day in table["day"]])
    table["started_at"] = table["local_day"].dt.tz_localize("UTC")
    table = table.assign(entry_id="e", duration_s=150.0)
    table = table.assign(pain_before=pd.NA, pain_after=pd.NA, note="", source="timer")
    return table[list(TYPES)].astype(TYPES)


def full(offset):
    """Return all sets that are due on one day."""
    return [(offset, LYING)] * 3 + [(offset, SITTING)]
