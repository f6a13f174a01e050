"""Records of exercises as tables, for the tests of the report."""

import dataclasses
import datetime as dt

import pandas as pd

from backcare_widgets.handouts.content import gather
from backcare_widgets.programme.models import Dose, load_programme

PROGRAMME = load_programme()
LYING, SITTING, STANDING = (exercise.id for exercise in PROGRAMME.exercises)
TODAY = dt.date(2026, 10, 21)  # a Wednesday
COLUMNS = [
    "ago", "exercise_id", "repetitions_done", "outcome", "pain_before", "pain_after", "note",
]  # fmt: skip
TYPES = {
    "exercise_id": "string", "repetitions_done": "Int64", "repetitions_prescribed": "Int64",
    "outcome": "string", "pain_before": "Int64", "pain_after": "Int64", "note": "string",
    "entry_id": "string",
}  # fmt: skip


def one(ago, exercise=LYING, repetitions=5, outcome="done", before=None, after=None, note=""):
    return (ago, exercise, repetitions, outcome, before, after, note)


def frame(rows, **attrs):
    """Make the log's table; the ids of its entries are "0", "1" and so on."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["local_day"] = pd.to_datetime([TODAY - dt.timedelta(days=n) for n in table["ago"]])
    table["started_at"] = table["local_day"].dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    table["entry_id"] = [str(n) for n in range(len(table))]
    table = table.assign(local_hour=9, repetitions_prescribed=5).astype(TYPES)
    table.attrs = {"today": TODAY, **attrs}
    return table


def facts(rows, programme=PROGRAMME, marks=None, attrs=(), **which):
    return gather(frame(rows, **dict(attrs)), programme, marks or {}, **which)


ALL_DAY = (Dose(3, "all day"),)


def exercises(n, title="Exercise {}: what it is called at length", doses=ALL_DAY):
    """Make a programme of so many exercises out of the first of ours."""
    first = PROGRAMME.exercises[0]
    made = [
        dataclasses.replace(first, id=f"exercise-{i}", title=title.format(i), doses=tuple(doses))
        for i in range(n)
    ]
    return dataclasses.replace(PROGRAMME, exercises=tuple(made))


# A week and two days by hand. Due a day: 3 sets lying, 1 sitting, none standing.
#   Mon 12 Oct  3 lying, 1 sitting                      4 of 4
#   Tue 13 Oct  4 lying (one more), 2 standing          3 of 4
#   Wed 14 Oct  1 lying stopped at 2 of 5               0.4 of 3.4 (0.6 are no longer due)
#   Thu 15 Oct  rest                                    nothing due
#   Fri 16 Oct  nothing recorded                        0 of 4
#   Sat, Sun    3 lying each                            6 of 8
#   Mon 19 Oct  1 sitting                               1 of 4
#   Tue 20 Oct  flare-up, 1 lying all the same          nothing due
#   Wed 21 Oct  today: 1 lying
BY_HAND = [
    *[one(9, before=6, after=3)] * 3, one(9, SITTING),
    *[one(8, before=5, after=4)] * 4, *[one(8, STANDING)] * 2,
    one(7, repetitions=2, outcome="stopped_for_pain", before=4, after=6, note="It caught me."),
    *[one(4, before=4)] * 3, *[one(3, note="Better.")] * 3,
    one(2, SITTING), one(1), one(0, before=2, after=0),
]  # fmt: skip
MARKS = {TODAY - dt.timedelta(days=6): "rest", TODAY - dt.timedelta(days=1): "flare-up"}
