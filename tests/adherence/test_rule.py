"""The rule of one day, in plain Python."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import DAY, LYING, OUTCOMES, PROGRAMME, day_of, with_doses

from backcare_widgets.adherence.rule import (
    SetDone,
    due_today,
    mark_in_force,
    paused_since,
    share_of_set,
)
from backcare_widgets.programme.models import Dose


def tally(sets, dose=3):
    """Return the tally of (repetitions of 5, outcome), where so many sets a day are due."""
    done = [SetDone(LYING, share_of_set(n, 5), end == "stopped_for_pain") for n, end in sets]
    return due_today(done, with_doses(lying=[Dose(dose)]), DAY)[LYING]


@pytest.mark.parametrize(
    ("sets", "done", "due", "left"),
    [
        ([], 0, 3, 3),
        ([(5, "done")] * 5, 3, 3, 0),  # what is beyond the dose makes up for nothing
        ([(9, "done")], 1, 3, 2),
        ([(2, "stopped")], 0.4, 3, 3),
        ([(1, "stopped")] * 10, 2, 3, 1),  # parts of a set add up to whole ones
        ([(2, "stopped_for_pain")], 0.4, 2.4, 2),
        ([(0, "stopped_for_pain")] * 3, 0, 0, 0),
        ([(5, "done")] * 3 + [(1, "stopped_for_pain")], 3, 3, 0),  # nothing done is taken back
    ],
)
def test_what_is_done_of_what_is_due(sets, done, due, left):
    found = tally(sets)
    assert (found.done, found.due, found.left) == (done, due, left)


@pytest.mark.parametrize("goal", [2, 4])
def test_thirds_of_sets_stopped_for_pain_leave_no_crumb_of_a_set(goal):
    sets = [SetDone(LYING, share_of_set(n, 3), True) for n in (0, 2)]
    found = due_today(sets, with_doses(lying=[Dose(goal)]), DAY)[LYING]
    assert found.left == goal - 2
    assert (found.done >= found.due) == (goal == 2)


def test_a_set_without_repetitions_counts_as_nothing_done():
    assert [share_of_set(*n) for n in ((0, 5), (5, 0), (7, 5), (-1, 5))] == [0, 0, 1, 0]


def test_the_shipped_programme_has_four_sets_a_day():
    assert [tally.due for tally in due_today([], PROGRAMME, DAY).values()] == [3, 1, 0]


sets = st.tuples(st.integers(0, 7), st.sampled_from(OUTCOMES))


def ratio(found):
    return found.done / found.due if found.due else 1


@given(st.lists(sets, max_size=8), sets, st.integers(1, 4))
def test_one_more_set_never_lowers_a_day(before, more, dose):
    assert ratio(tally([*before, more], dose)) >= ratio(tally(before, dose)) - 1e-9


@given(st.lists(sets, max_size=8), st.integers(0, 7), st.integers(1, 4))
def test_stopping_for_pain_never_lowers_a_day(others, repetitions, dose):
    stopped, hurt = (
        tally([*others, (repetitions, end)], dose) for end in ("stopped", "stopped_for_pain")
    )
    assert (hurt.done, hurt.sets) == (stopped.done, stopped.sets)
    assert hurt.due <= stopped.due


def test_a_pause_holds_until_it_is_ended_and_a_rest_day_within_it_is_rest():
    marks = {day_of(4): "resume", day_of(1): "pause", day_of(2): "rest"}
    held = [mark_in_force(marks, day_of(i)) for i in range(6)]
    assert held == [None, "paused", "rest", "paused", None, None]
    since = [paused_since(marks, day_of(i)) for i in range(6)]
    assert since == [None, day_of(1), day_of(1), day_of(1), None, None]


def test_the_rule_loads_neither_pandas_nor_numpy():
    code = (
        "import sys, datetime as dt; from backcare_widgets import load_programme;"
        "from backcare_widgets.adherence.rule import due_today;"
        "due_today([], load_programme(), dt.date(2026, 9, 7));"
        "print({'pandas', 'numpy'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
