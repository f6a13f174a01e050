"""What is due and done, worked out a second time in fractions, over random logs, marks and doses.

Written from the words of the rule alone: it shares no code with the package, not even a sum.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import LYING, OUTCOMES, SITTING, STANDING, day_of, frame, with_doses

from backcare_widgets import adherence
from backcare_widgets.adherence.rule import SetDone, due_today, mark_in_force, share_of_set
from backcare_widgets.programme.models import Dose

MARKS = ("rest", "flare-up", "pause", "resume")
TODAY = 14  # days after the first that may have a set
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # the first day is a Monday
PARTS = {"morning": {*range(4, 12)}, "afternoon": {*range(12, 18)}}
PARTS["evening"] = {*range(24)} - PARTS["morning"] - PARTS["afternoon"]

sets = st.tuples(
    st.integers(0, TODAY),
    st.sampled_from([LYING, SITTING, STANDING, "gone"]),
    st.integers(0, 7),
    st.sampled_from(OUTCOMES),
    st.integers(0, 23),
    st.sampled_from([3, 5, 7]),  # prescribed: some people do more than was asked
)
dose = st.tuples(
    st.integers(-2, TODAY), st.integers(0, 4), st.sets(st.sampled_from(WEEK), max_size=4)
)
doses = st.lists(dose, max_size=3, unique_by=lambda one: one[0]).map(
    lambda chosen: sorted(chosen, key=lambda one: one[0])
)


@dataclass
class Case:
    """A log of sets as `frame` takes them, marks and doses by day."""

    rows: list
    marks: dict
    doses: dict

    @property
    def programme(self):
        return with_doses(
            **{
                name.partition("-")[0]: [
                    Dose(n, "", day_of(day), tuple(on)) for day, n, on in doses
                ]
                for name, doses in self.doses.items()
            }
        )

    @property
    def marked(self):
        return {day_of(day): mark for day, mark in self.marks.items()}

    @property
    def days(self):
        return range(min(row[0] for row in self.rows), TODAY + 1)

    def table(self, make):
        return make(frame(self.rows), self.programme, self.marked, day_of(TODAY))


cases = st.builds(
    Case,
    st.lists(sets, min_size=1, max_size=30),
    st.dictionaries(st.integers(-3, TODAY), st.sampled_from(MARKS), max_size=6),
    st.fixed_dictionaries(dict.fromkeys([LYING, SITTING, STANDING], doses)),
)


def mark_on(case, day):
    """Return what holds for a day, walking there from the first mark."""
    held = None
    for at in range(min(case.marks, default=0), day + 1):
        held = {"pause": "paused", "resume": None}.get(case.marks.get(at), held)
    return case.marks[day] if case.marks.get(day) in ("rest", "flare-up") else held


def goal_on(case, exercise, day):
    """Return the sets that the last dose that has begun wants: None for no goal."""
    goal = None
    for since, sets_per_day, weekdays in case.doses.get(exercise, []):
        if since <= day:
            is_on = not weekdays or WEEK[day % 7] in weekdays
            goal = (sets_per_day if is_on else 0) if sets_per_day else None
    return 0 if goal and mark_on(case, day) else goal


def sets_on(case, day, exercise=None):
    """Return (share, is stopped for pain, hour) of each set."""
    return [
        (min(Fraction(reps, prescribed), Fraction(1)), outcome == "stopped_for_pain", hour)
        for at, id_, reps, outcome, hour, prescribed in case.rows
        if at == day and exercise in (None, id_)
    ]


def tally(case, exercise, day):
    """Return done, due and sets of an exercise."""
    sets, goal = sets_on(case, day, exercise), goal_on(case, exercise, day) or 0
    done = sum(share for share, _, _ in sets)
    missing = max(goal - done, 0)
    # What was left of a set stopped for pain is forgiven, as far as it is missing at all.
    forgiven = min(missing, sum(1 - share for share, is_stop, _ in sets if is_stop))
    return Fraction(min(done, goal)), goal - Fraction(forgiven), Fraction(done)


def exercises_on(case, day):
    return {LYING, SITTING, STANDING} | {row[1] for row in case.rows if row[0] == day}


def whole_day(case, day):
    """Return done, due and sets of all exercises."""
    tallies = [tally(case, exercise, day) for exercise in exercises_on(case, day)]
    return [sum(numbers) for numbers in zip(*tallies, strict=True)]


def share(days):
    """Return done / due of some (done, due, sets): NaN before three days with something due."""
    done, due = (sum(day[i] for day in days) for i in (0, 1))
    return float(done / due) if sum(day[1] > 0 for day in days) >= 3 else math.nan


def close(numbers):
    return pytest.approx([float(number) for number in numbers], abs=1e-7, nan_ok=True)


@given(cases)
def test_each_exercise_on_each_day(case):
    long = case.table(adherence.by_exercise).set_index(["local_day", "exercise_id"])
    for day in case.days:
        mark = mark_in_force(case.marked, day_of(day))
        assert mark == mark_on(case, day)
        sets = [
            SetDone(id_, share_of_set(reps, prescribed), outcome == "stopped_for_pain")
            for at, id_, reps, outcome, _, prescribed in case.rows
            if at == day
        ]
        tallies = due_today(sets, case.programme, day_of(day), mark)
        assert set(tallies) == exercises_on(case, day)
        for exercise, found in tallies.items():
            of_exercise = sets_on(case, day, exercise)
            done, due, every = tally(case, exercise, day)
            assert [found.done, found.due, found.sets] == close([done, due, every])
            assert found.goal == goal_on(case, exercise, day)
            assert (
                found.whole == sum(share for share, is_stop, _ in of_exercise if not is_stop) // 1
            )
            assert found.left == math.ceil(due - done)
            assert found.stopped_for_pain == sum(is_stop for _, is_stop, _ in of_exercise)
            parts = [
                any(share and hour in hours for share, _, hour in of_exercise)
                for hours in PARTS.values()
            ]
            numbers = [done, due, every, *parts]
            assert list(long.loc[(str(day_of(day)), exercise)]) == close(numbers)


@given(cases)
def test_each_day(case):
    table = case.table(adherence.daily)
    assert [day.date() for day in table.index] == [day_of(day) for day in case.days]
    for day, row in zip(case.days, table.itertuples(), strict=True):
        done, due, every = whole_day(case, day)
        numbers = [done, due, every, done / due if due else math.nan]
        assert [row.done, row.due, row.sets, row.adherence] == close(numbers)
        late = "so far" if day == TODAY else "not recorded"
        some = "so far" if day == TODAY else "partly done"
        open_ = some if sets_on(case, day) else late
        state = "nothing due" if not due else "done" if done == due else open_
        assert row.state == (mark_on(case, day) or state)


@given(cases, st.integers(1, TODAY))
def test_each_period(case, length):
    table = case.table(adherence.daily)
    rolling, days = adherence.rolling(table, length), [whole_day(case, day) for day in case.days]
    assert len(rolling) == len(days) - 1
    for end in range(1, len(days)):
        span = days[max(end - length, 0) : end]
        found = adherence.period(table.iloc[:end], length)
        assert [found.done, found.due] == close([sum(day[i] for day in span) for i in (0, 1)])
        assert (found.days, found.days_moved) == (len(span), sum(day[2] > 0 for day in span))
        assert (found.adherence is None) == math.isnan(share(span))
        assert [found.adherence or 0] == close([0 if found.adherence is None else share(span)])
        assert [rolling.iloc[end - 1]] == close([share(span)])
    assert adherence.period(table, length) == adherence.period(table.iloc[:-1], length)


@given(cases)
def test_the_sums_of_each_exercise(case):
    rows = case.table(adherence.daily).attrs["by_exercise"]
    ids = [LYING, SITTING, STANDING, "gone"][: len(rows)]
    for exercise, row in zip(ids, rows, strict=True):
        days = [tally(case, exercise, day) for day in case.days[:-1]]
        sums = [sum(day[i] for day in days) for i in range(3)]
        assert [row["done"], row["due"], row["sets"]] == close(sums)
        assert [row["adherence"] or 0] == close([0 if row["adherence"] is None else share(days)])
        assert (row["adherence"] is None) == math.isnan(share(days))
        due = [day for day, (_, due, _) in zip(case.days[:-1], days, strict=True) if due]
        assert row["days_due"] == len(due)
        for part, hours in PARTS.items():
            begun = [
                any(share and hour in hours for share, _, hour in sets_on(case, day, exercise))
                for day in due
            ]
            assert row[part] == sum(begun)
