"""The tables of days: what is counted, from when to when, and what is made of some days."""

import warnings

import numpy as np
import pandas as pd
import pytest
from tables import DAY, LYING, PROGRAMME, SITTING, STANDING, day_of, frame, with_doses

from backcare_widgets import adherence
from backcare_widgets.days import PARTS_OF_DAY
from backcare_widgets.programme.models import Dose

PARTS = list(PARTS_OF_DAY)


def full(offset):
    """Return all sets that are due on one day."""
    return [(offset, LYING)] * 3 + [(offset, SITTING)]


def days(rows, marks=None, until=14, programme=PROGRAMME, since=None):
    return adherence.daily(frame(rows), programme, marks, day_of(until), since)


def test_the_states_of_days_with_their_sets_due_and_adherence():
    rows = [*full(0), (1, LYING), (6, STANDING, 1), (8, LYING)]
    marks = {day_of(3): "rest", day_of(4): "flare-up", day_of(5): "pause", day_of(7): "resume"}
    table = days(rows, marks, until=8)
    assert list(table["state"]) == [
        "done", "partly done", "not recorded", "rest", "flare-up", "paused", "paused",
        "not recorded", "so far",
    ]  # fmt: skip
    assert list(table["due"]) == [4, 4, 4, 0, 0, 0, 0, 4, 4]
    assert list(table["adherence"].dropna()) == [1, 0.25, 0, 0, 0.25]
    assert table["adherence"].iloc[3:7].isna().all()


def test_today_with_all_done_is_done():
    assert days(full(0), until=0)["state"].iloc[0] == adherence.DONE


def test_a_day_with_only_an_exercise_without_a_goal_is_not_called_not_recorded():
    row = days([(0, STANDING)]).iloc[0]
    assert (row["state"], row["done"], row["sets"]) == (adherence.PARTLY_DONE, 0, 1)


def test_nothing_due_differs_from_not_recorded():
    later = with_doses(lying=[Dose(3, since=day_of(2))])
    states = days([(0, LYING)], until=3, programme=later)["state"]
    assert list(states) == ["nothing due", "nothing due", "not recorded", "so far"]


def test_on_weekdays_without_sets_nothing_is_due():
    weekdays = with_doses(lying=[Dose(2, days=("mon", "wed", "fri"))])
    done = [(offset, LYING) for offset in (0, 2, 4) for _ in range(2)]
    table = days([*done, (5, LYING)], until=8, programme=weekdays)
    assert list(table["due"]) == [2, 0, 2, 0, 2, 0, 0, 2, 0]
    assert list(table["state"].iloc[:8]) == [
        "done", "nothing due", "done", "nothing due", "done", "nothing due", "nothing due",
        "not recorded",
    ]  # fmt: skip
    assert adherence.period(table.iloc[:7]).adherence == 1
    lying = table.attrs["by_exercise"][0]
    assert (lying["sets"], lying["done"], lying["due"], lying["days_due"]) == (7, 6, 8, 4)


def test_missing_repetitions_count_as_nothing_done():
    entries = frame([(0, LYING)] * 2)
    entries.loc[0, "repetitions_prescribed"] = 0
    entries.loc[1, "repetitions_done"] = pd.NA
    row = adherence.daily(entries, PROGRAMME, today=day_of(1)).iloc[0]
    assert (row["done"], row["state"]) == (0, adherence.PARTLY_DONE)


def test_fault_23_a_clock_that_was_wrong_does_not_stretch_the_calendar():
    table = days([(0, LYING), (-20700, LYING), (26000, LYING)], until=2)
    assert (len(table), table.attrs["undated"]) == (3, 2)


def test_fault_25_a_set_of_tomorrow_waits_for_its_day_after_a_flight_west():
    table = days([(0, LYING), (3, LYING)], until=2)
    assert (len(table), table.attrs["undated"], table["sets"].sum()) == (3, 0, 1)


def test_the_index_of_the_entries_does_not_matter():
    entries = frame([*full(0), (2, LYING)])
    table = adherence.daily(entries, PROGRAMME, today=day_of(3))
    for named in ("local_day", ["local_day", "exercise_id"]):
        indexed = entries.set_index(named, drop=False)
        assert adherence.daily(indexed, PROGRAMME, today=day_of(3)).equals(table)


def test_days_before_since_are_left_out_of_the_table_and_of_its_sums():
    table = days(full(0), until=40, since=day_of(12))
    assert table.index[0].date() == day_of(12)
    assert (len(table), table.attrs["by_exercise"][0]["due"]) == (29, 28 * 3)
    assert set(table["state"]) == {adherence.NOT_RECORDED, adherence.SO_FAR}


def test_since_does_not_reach_before_the_first_entry_nor_beyond_today():
    assert days(full(3), until=5, since=DAY).index[0].date() == day_of(3)
    assert len(days(full(3), until=5, since=day_of(6))) == 0


def test_sample_and_today_come_with_the_entries():
    entries = frame(full(0))
    entries.attrs = {"sample": True, "today": day_of(4)}
    table = adherence.daily(entries, PROGRAMME)
    assert (table.index[-1].date(), table.attrs["sample"]) == (day_of(4), True)
    assert "sample" not in days(full(0)).attrs


def test_an_empty_log_has_no_rows_and_no_percentage():
    table = adherence.daily(frame([]), PROGRAMME, today=DAY)
    assert list(table.columns) == ["done", "due", "adherence", "state", "sets"]
    assert (len(table), table.attrs["today"]) == (0, DAY)
    assert adherence.period(table) == adherence.Period(0, 0, None, 0, 0)
    assert adherence.rolling(table).empty
    rows = adherence.by_exercise(frame([]), PROGRAMME, today=DAY)
    assert len(rows) == 0
    assert list(rows.columns) == ["local_day", "exercise_id", "done", "due", "sets", *PARTS]


def test_fault_37_sums_of_each_exercise_leave_today_out_and_keep_unknown_ones():
    table = days([*full(0), (1, "gone"), *full(5), (5, "new")], until=5)
    lying, sitting, standing, gone, new = table.attrs["by_exercise"]
    assert (lying["done"], lying["due"], lying["adherence"]) == (3, 15, 0.2)
    assert (sitting["done"], standing["due"], standing["adherence"]) == (1, 0, None)
    assert (gone["title"], gone["sets"], gone["due"]) == ("gone", 1, 0)
    assert (new["title"], new["sets"]) == ("new", 0)


def test_parts_of_the_day_count_days_due_with_a_set_started_then():
    hours = [(0, LYING, 4), (0, LYING, 11), (1, LYING, 12), (1, LYING, 17), (2, LYING, 18)]
    hours += [(2, LYING, 3), (2, SITTING, 9), (3, LYING, 9), (1, STANDING, 9)]
    rows = [(day, exercise, 5, "done", hour) for day, exercise, hour in hours]
    nothing = (0, LYING, 0, "stopped", 20)
    table = days([*rows, nothing], until=3)
    assert [[row[n] for n in ("days_due", *PARTS)] for row in table.attrs["by_exercise"]] == [
        [3, 1, 1, 1], [3, 1, 0, 0], [0, 0, 0, 0],
    ]  # fmt: skip


def test_a_period_is_seven_days_that_end_yesterday():
    rows = [row for offset in range(8) for row in full(offset)]
    for today in ([], full(8)):
        period = adherence.period(days([*rows, *today], until=8))
        assert (period.done, period.due, period.days) == (28, 28, 7)


def test_no_percentage_before_three_days_with_something_due():
    assert adherence.period(days(full(0), until=2)).adherence is None
    assert adherence.period(days(full(0), until=3)).adherence == pytest.approx(1 / 3)
    assert adherence.rolling(days(full(0), until=3)).isna().sum() == 2
    marks = {day_of(1): "rest", day_of(2): "rest"}
    assert adherence.period(days(full(0), marks, until=4)).adherence is None


def test_days_moved_counts_sets_that_were_not_due_and_not_sets_of_nothing():
    rows = [(0, STANDING), (1, LYING, 0, "stopped"), (3, "gone")]
    period = adherence.period(days(rows, {day_of(3): "rest"}, until=10), days=10)
    assert (period.days_moved, period.days) == (2, 10)


@pytest.mark.parametrize("rows", [[], full(0), [(0, LYING, 2, "stopped_for_pain"), (3, "gone")]])
def test_nothing_is_warned_of_and_numpy_may_raise_all_its_errors(rows):
    marks = {day_of(2): "rest"}
    entries = frame(rows)
    entries["local_hour"] = entries["local_hour"].where(entries["exercise_id"] != LYING)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        table = adherence.daily(entries, PROGRAMME, marks, day_of(9), since=day_of(1))
        adherence.by_exercise(entries, PROGRAMME, marks, day_of(9))
        adherence.period(table)
        adherence.rolling(table)
    assert len(table) == (9 if rows else 0)
