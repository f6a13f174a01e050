import datetime as dt
import subprocess
import sys
from dataclasses import dataclass, field

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcare_widgets import adherence
from backcare_widgets.adherence import SetDone, due_today
from backcare_widgets.programme.models import load_programme

DAY = dt.date(2026, 9, 7)
TYPES = {
    "entry_id": "string", "exercise_id": "string", "started_at": "datetime64[ns, UTC]",
    "local_day": "datetime64[ns]", "duration_s": float, "repetitions_done": "Int64",
    "repetitions_prescribed": "Int64", "outcome": "string", "pain_before": "Int64",
    "pain_after": "Int64", "note": "string", "source": "string",
}  # fmt: skip


@dataclass(frozen=True)
class Move:
    id: str
    sets_per_day: int | None
    title: str = "A title"
    since: dt.date = dt.date.min

    def sets_due_on(self, day):
        return self.sets_per_day if day >= self.since else None


@dataclass(frozen=True)
class Moves:
    exercises: tuple = field(default=(Move("lying", 3), Move("sitting", 1), Move("standing", None)))

    def __contains__(self, exercise_id):
        return any(e.id == exercise_id for e in self.exercises)

    def __getitem__(self, exercise_id):
        return next(e for e in self.exercises if e.id == exercise_id)


# A table of pandas takes 30 ms, more on a busy machine: fewer examples, and no deadline.
calm = settings(deadline=None, max_examples=25)


def day_of(offset):
    return DAY + dt.timedelta(days=offset)


def frame(rows):
    """Make the log's table of (day offset, exercise, repetitions done of 5, outcome)."""
    table = pd.DataFrame(
        {
            "entry_id": [f"e{i}" for i in range(len(rows))],
            "exercise_id": [row[1] for row in rows],
            "started_at": [pd.Timestamp(day_of(row[0]), tz="UTC") for row in rows],
            "local_day": [pd.Timestamp(day_of(row[0])) for row in rows],
            "duration_s": [150.0] * len(rows),
            "repetitions_done": [row[2] for row in rows],
            "repetitions_prescribed": [5] * len(rows),
            "outcome": [row[3] for row in rows],
            "pain_before": [pd.NA] * len(rows),
            "pain_after": [pd.NA] * len(rows),
            "note": [""] * len(rows),
            "source": ["timer"] * len(rows),
        }
    )
    return table.astype(TYPES)


def days(rows, marks=None, until=14, programme=None):
    return adherence.daily(frame(rows), programme or Moves(), marks, day_of(until))


def full(offset):
    """All that is due on one day."""
    return [(offset, "lying", 5, "done")] * 3 + [(offset, "sitting", 5, "done")]


a_set = st.tuples(
    st.integers(0, 14),
    st.sampled_from(["lying", "sitting", "standing", "gone"]),
    st.integers(0, 7),
    st.sampled_from(["done", "stopped", "stopped_for_pain"]),
)
logs = st.lists(a_set, min_size=1, max_size=40)
some_marks = st.dictionaries(
    st.integers(-3, 14).map(day_of), st.sampled_from(["rest", "flare-up", "pause", "resume"])
)


@calm
@given(logs, some_marks)
def test_a_day_is_between_nothing_and_all_of_what_was_due(rows, marks):
    table = days(rows, marks)
    assert table["done"].between(0, table["due"]).all()
    assert table["due"].between(0, 4).all()
    assert table["adherence"].dropna().between(0, 1).all()
    assert (table["adherence"].isna() == (table["due"] == 0)).all()
    assert set(table["state"]) <= set(adherence.STATES)


@calm
@given(logs, some_marks, st.randoms())
def test_the_order_of_the_entries_is_irrelevant(rows, marks, random):
    shuffled = random.sample(rows, len(rows))
    pd.testing.assert_frame_equal(days(rows, marks), days(shuffled, marks))


@calm
@given(logs)
def test_there_is_one_row_a_day_and_the_last_one_is_today(rows):
    table = days(rows)
    first = min(row[0] for row in rows)
    assert [day.date() for day in table.index] == [day_of(i) for i in range(first, 15)]


@calm
@given(st.integers(0, 10))
def test_extra_sets_do_not_make_up_for_missed_ones(extra):
    rows = [(0, "sitting", 5, "done")] * (1 + extra)
    assert days(rows)["done"].iloc[0] == 1
    assert days(rows)["adherence"].iloc[0] == 0.25


@calm
@given(logs, a_set)
def test_one_more_set_never_lowers_a_day(rows, more):
    before = days(rows).reindex(pd.date_range(DAY, day_of(14)))["adherence"].fillna(0)
    after = days([*rows, more]).reindex(before.index)["adherence"].fillna(1)
    assert (after >= before - 1e-9).all()


@calm
@given(logs, st.data())
def test_stopping_for_pain_never_lowers_a_day(rows, data):
    i = data.draw(st.integers(0, len(rows) - 1))
    stopped = [(*row[:3], "stopped") if j == i else row for j, row in enumerate(rows)]
    hurt = [(*row[:3], "stopped_for_pain") if j == i else row for j, row in enumerate(rows)]
    before, after = days(stopped), days(hurt)
    assert (after["done"] == before["done"]).all()
    assert (after["due"] <= before["due"]).all()


def test_what_was_left_of_a_set_stopped_for_pain_leaves_what_was_due():
    row = days([(0, "lying", 2, "stopped_for_pain")]).iloc[0]
    assert (row["done"], row["due"]) == (0.4, 3.4)


def test_a_stop_for_pain_after_a_full_dose_takes_nothing_back():
    row = days([*full(0), (0, "lying", 1, "stopped_for_pain")]).iloc[0]
    assert (row["done"], row["due"], row["state"]) == (4, 4, adherence.DONE)


def test_partial_sets_count_by_their_repetitions_and_add_up_to_a_whole_one():
    only = Moves((Move("lying", 1),))
    table = days([(0, "lying", 1, "stopped")] * 5, programme=only)
    assert table["state"].iloc[0] == adherence.DONE
    assert days([(0, "lying", 3, "stopped")])["done"].iloc[0] == pytest.approx(0.6)


@calm
@given(logs, st.lists(st.sampled_from(["rest", "flare-up"]), max_size=5))
def test_days_of_rest_change_no_average(rows, kinds):
    """The same log with marked days put between its days has the same sums."""
    moved = [(row[0] + len(kinds), *row[1:]) for row in rows]
    first = min(row[0] for row in rows)
    # The marked days stand right after the first day.
    moved = [
        (first, *old[1:]) if old[0] == first else new for old, new in zip(rows, moved, strict=True)
    ]
    marks = {day_of(first + 1 + i): kind for i, kind in enumerate(kinds)}
    plain = adherence.period(days(rows, until=15), days=99)
    rested = adherence.period(days(moved, marks, until=15 + len(kinds)), days=99)
    assert (rested.done, rested.due) == pytest.approx((plain.done, plain.due))
    assert rested.adherence == (plain.adherence and pytest.approx(plain.adherence))


@calm
@given(logs, some_marks, st.integers(1, 14))
def test_the_parts_of_a_period_add_up_to_the_whole(rows, marks, cut):
    table = days(rows, marks)
    whole = adherence.period(table, days=99)
    late = adherence.period(table, days=cut)
    early = adherence.period(table.iloc[: len(table) - 1 - late.days], days=99)
    assert early.done + late.done == pytest.approx(whole.done)
    assert early.due + late.due == pytest.approx(whole.due)
    assert early.days + late.days == whole.days


@calm
@given(logs, st.lists(st.just(14), max_size=9))
def test_today_is_in_no_average(rows, today):
    rows = [row for row in rows if row[0] < 14] or full(0)
    with_today = [*rows, *[(day, "lying", 5, "done") for day in today]]
    assert adherence.period(days(with_today)) == adherence.period(days(rows))
    assert adherence.rolling(days(with_today)).equals(adherence.rolling(days(rows)))
    assert day_of(14) not in adherence.rolling(days(rows)).index


def test_the_states_of_a_day():
    rows = [*full(0), (1, "lying", 5, "done"), (6, "standing", 1, "done"), (8, "lying", 5, "done")]
    marks = {day_of(3): "rest", day_of(4): "flare-up", day_of(5): "pause", day_of(7): "resume"}
    table = days(rows, marks, until=8)
    assert list(table["state"]) == [
        "done", "partly done", "not recorded", "rest", "flare-up", "paused", "paused",
        "not recorded", "so far",
    ]  # fmt: skip
    assert list(table["due"]) == [4, 4, 4, 0, 0, 0, 0, 4, 4]
    assert table["adherence"].iloc[2] == 0
    assert table["adherence"].iloc[3:7].isna().all()


def test_a_day_with_only_an_exercise_without_a_goal_is_not_called_not_recorded():
    table = days([(0, "standing", 5, "done")])
    assert (table["state"].iloc[0], table["done"].iloc[0]) == (adherence.PARTLY_DONE, 0)
    assert table["sets"].iloc[0] == 1


def test_nothing_due_differs_from_not_recorded():
    later = Moves((Move("lying", 3, since=day_of(2)),))
    states = days([(0, "lying", 5, "done")], until=3, programme=later)["state"]
    assert list(states) == ["nothing due", "nothing due", "not recorded", "so far"]


def test_today_with_all_done_is_done():
    assert days(full(0), until=0)["state"].iloc[0] == adherence.DONE


def test_a_pause_before_the_first_entry_still_holds():
    table = days([(0, "lying", 5, "done")], {day_of(-3): "pause", day_of(1): "resume"}, until=2)
    assert list(table["state"]) == ["paused", "not recorded", "so far"]


def test_a_pause_holds_until_it_is_ended_and_a_rest_day_within_it_is_rest():
    marks = {day_of(1): "pause", day_of(2): "rest", day_of(4): "resume"}
    held = [adherence.mark_in_force(marks, day_of(i)) for i in range(6)]
    assert held == [None, "paused", "rest", "paused", None, None]


def test_no_percentage_before_three_days_with_something_due():
    assert adherence.period(days(full(0), until=2)).adherence is None
    assert adherence.period(days(full(0), until=3)).adherence == pytest.approx(1 / 3)
    assert adherence.rolling(days(full(0), until=3)).isna().sum() == 2
    marks = {day_of(1): "rest", day_of(2): "rest"}
    assert adherence.period(days(full(0), marks, until=4)).adherence is None


def test_days_moved_counts_sets_that_were_not_due_and_not_sets_of_nothing():
    rows = [(0, "standing", 5, "done"), (1, "lying", 0, "stopped"), (3, "gone", 5, "done")]
    period = adherence.period(days(rows, {day_of(3): "rest"}, until=10), days=10)
    assert (period.days_moved, period.days) == (2, 10)


def test_a_period_is_seven_days_that_end_yesterday():
    rows = [row for offset in range(8) for row in full(offset)]
    period = adherence.period(days(rows, until=8))
    assert (period.done, period.due, period.days) == (28, 28, 7)


def test_an_empty_log_gives_no_rows_and_no_percentage():
    table = adherence.daily(frame([]), Moves(), today=DAY)
    assert list(table.columns) == ["done", "due", "adherence", "state", "sets"]
    assert (len(table), table.attrs["today"]) == (0, DAY)
    assert adherence.period(table) == adherence.Period(0, 0, None, 0, 0)
    assert adherence.rolling(table).empty


def test_fault_23_a_clock_that_was_wrong_does_not_stretch_the_calendar():
    rows = [(0, "lying", 5, "done"), (-20700, "lying", 5, "done"), (26000, "lying", 5, "done")]
    table = days(rows, until=2)
    assert (len(table), table.attrs["undated"]) == (3, 2)


def test_fault_25_a_set_of_tomorrow_waits_for_its_day_after_a_flight_west():
    table = days([(0, "lying", 5, "done"), (3, "lying", 5, "done")], until=2)
    assert (len(table), table.attrs["undated"]) == (3, 0)


def test_missing_repetitions_count_as_nothing_done():
    entries = frame([(0, "lying", 5, "done")] * 2)
    entries.loc[0, "repetitions_prescribed"] = 0
    entries.loc[1, "repetitions_done"] = pd.NA
    table = adherence.daily(entries, Moves(), today=day_of(1))
    assert (table["done"].iloc[0], table["state"].iloc[0]) == (0, adherence.PARTLY_DONE)


def test_sample_and_today_come_with_the_entries():
    entries = frame(full(0))
    entries.attrs = {"sample": True, "today": day_of(4)}
    table = adherence.daily(entries, Moves())
    assert (table.index[-1].date(), table.attrs["sample"]) == (day_of(4), True)
    assert "sample" not in days(full(0)).attrs


def test_fault_37_sums_of_each_exercise_leave_today_out_and_keep_unknown_ones():
    table = days([*full(0), (1, "gone", 5, "done"), *full(5)], until=5)
    lying, sitting, standing, gone = table.attrs["by_exercise"]
    assert (lying["done"], lying["due"], lying["adherence"]) == (3, 15, 0.2)
    assert (sitting["done"], standing["due"], standing["adherence"]) == (1, 0, None)
    assert (gone["title"], gone["sets"], gone["due"], gone["days"]) == ("gone", 1, 0, 5)


def test_days_before_since_are_left_out_of_the_table_and_of_its_sums():
    table = adherence.daily(frame(full(0)), Moves(), today=day_of(40), since=day_of(12))
    assert table.index[0].date() == day_of(12)
    assert (len(table), table.attrs["by_exercise"][0]["due"]) == (29, 28 * 3)
    assert set(table["state"]) == {adherence.NOT_RECORDED, adherence.SO_FAR}


def test_since_does_not_reach_before_the_first_entry_nor_beyond_today():
    assert adherence.daily(frame(full(3)), Moves(), today=day_of(5), since=DAY).index[0].day == 10
    assert len(adherence.daily(frame(full(3)), Moves(), today=day_of(5), since=day_of(6))) == 0


def by_hour(rows, until):
    """Count (day offset, exercise, hour) entries of whole sets."""
    entries = frame([(day, exercise, 5, "done") for day, exercise, _ in rows])
    entries["local_hour"] = pd.array([hour for *_, hour in rows], "Int64")
    return adherence.daily(entries, Moves(), today=day_of(until)).attrs["by_exercise"]


def test_parts_of_the_day_count_days_due_with_a_set_begun_then():
    rows = [(0, "lying", 4), (0, "lying", 11), (1, "lying", 12), (1, "lying", 17)]
    rows += [(2, "lying", 18), (2, "lying", 3), (2, "sitting", 9), (3, "lying", 9)]
    lying, sitting, standing = by_hour(rows, until=3)
    parts = list(adherence.PARTS_OF_DAY)
    assert [lying[part] for part in ("days_due", *parts)] == [3, 1, 1, 1]
    assert [sitting[part] for part in ("days_due", *parts)] == [3, 1, 0, 0]
    assert [standing[part] for part in ("days_due", *parts)] == [0, 0, 0, 0]


def test_every_hour_is_in_one_part_of_the_day():
    for hour in range(24):
        lying = by_hour([(0, "lying", hour)], until=1)[0]
        assert sum(lying[part] for part in adherence.PARTS_OF_DAY) == 1


@calm
@given(logs, some_marks, st.integers(-3, 16))
def test_each_exercise_on_each_day_is_what_today_says_of_it(rows, marks, since):
    table = adherence.by_exercise(
        frame(rows), Moves(), marks, today=day_of(14), since=day_of(since)
    )
    for day, of_day in table.groupby("local_day"):
        sets = [
            SetDone(row[1], adherence.share_of_set(row[2], 5), row[3] == "stopped_for_pain")
            for row in rows
            if day_of(row[0]) == day.date()
        ]
        said = due_today(sets, Moves(), day.date(), adherence.mark_in_force(marks, day.date()))
        counted = of_day.set_index("exercise_id")
        assert {name: pytest.approx(tally.due) for name, tally in said.items()} == dict(
            counted["due"]
        )
        assert {name: pytest.approx(tally.sets) for name, tally in said.items()} == dict(
            counted["sets"]
        )
        assert counted["stopped_for_pain"].sum() == sum(one.stopped_for_pain for one in sets)


@calm
@given(logs, some_marks)
def test_a_day_is_the_sum_of_its_exercises(rows, marks):
    table = adherence.by_exercise(frame(rows), Moves(), marks, today=day_of(14))
    sums = table.groupby("local_day")[["done", "due", "sets"]].sum()
    pd.testing.assert_frame_equal(
        sums, days(rows, marks)[["done", "due", "sets"]], check_freq=False
    )


def test_an_empty_log_has_no_row_of_any_exercise():
    table = adherence.by_exercise(frame([]), Moves(), today=DAY)
    assert len(table) == 0
    assert list(table.columns) == [
        "local_day", "exercise_id", "done", "due", "sets", "stopped_for_pain",
    ]  # fmt: skip


@calm
@given(logs, st.sampled_from([None, "rest", "pause"]))
def test_the_plain_part_says_the_same_as_the_table(rows, mark):
    rows = [(0, *row[1:]) for row in rows]
    sets = [
        SetDone(row[1], adherence.share_of_set(row[2], 5), row[3] == "stopped_for_pain")
        for row in rows
    ]
    marks = {DAY: mark} if mark else {}
    tallies = due_today(sets, Moves(), DAY, adherence.mark_in_force(marks, DAY)).values()
    row = days(rows, marks, until=0).iloc[0]
    assert sum(tally.done for tally in tallies) == pytest.approx(row["done"])
    assert sum(tally.due for tally in tallies) == pytest.approx(row["due"])


def test_parts_of_a_set_add_up_to_a_whole_one_whatever_the_rounding():
    tally = due_today([SetDone("sitting", adherence.share_of_set(1, 10))] * 10, Moves(), DAY)
    assert tally["sitting"].done == 1


def test_an_exercise_removed_from_the_programme_has_nothing_due():
    tally = due_today([SetDone("gone", 0.5)], Moves(), DAY)["gone"]
    assert (tally.done, tally.due, tally.sets) == (0, 0, 0.5)


@pytest.mark.parametrize(
    ("wall", "day"), [((7, 3, 59), 6), ((7, 4, 0), 7), ((7, 23, 59), 7), ((8, 2, 30), 7)]
)
def test_a_day_runs_from_four_to_four(wall, day):
    date, hour, minute = wall
    assert adherence.local_day(dt.datetime(2026, 9, date, hour, minute)) == dt.date(2026, 9, day)


def test_the_shipped_programme_has_four_sets_a_day():
    tallies = due_today([], load_programme(), DAY)
    assert {name: tally.due for name, tally in tallies.items()} == {
        "lying-down": 3, "sitting-down": 1, "standing-up": 0,
    }  # fmt: skip


def test_the_plain_part_loads_no_pandas():
    code = (
        "import sys, datetime as dt; from backcare_widgets import adherence, load_programme;"
        "adherence.due_today([], load_programme(), dt.date(2026, 9, 7));"
        "print('pandas' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
