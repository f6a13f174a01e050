"""What the charts say, in sentences."""

import datetime as dt

import pytest
from tables import PROGRAMME, TODAY, days, done, log, stopped

from backcare_widgets import adherence
from backcare_widgets.adherence import sentences


def test_the_calendar_says_counts_percentage_days_moved_and_today_apart():
    table = days([*done(9), *done(3), *done(2, 2, 0), *done(0, 1, 0)])
    assert sentences.calendar(table) == (
        "6 of 28 sets (21 %) in the last 7 days. You moved on 2 of the last 7 days. "
        "Today so far: 1 of 4 sets."
    )


def test_no_percentage_is_said_before_three_days():
    said = sentences.summary(days([*done(2), *done(0)]), log([]))
    assert "4 of 8 sets in the last 2 days." in said
    assert "A percentage is shown after three days." in said
    assert "(50 %)" not in said


def test_a_cut_table_names_its_last_day():
    table = days([*done(9), *done(0)]).iloc[:-3]
    assert "in the last 7 days up to 28 October 2026" in sentences.calendar(table)


def test_almost_all_is_not_called_100_percent():
    assert sentences.done_of_due(199.9, 200, 199.9 / 200) == "199.9 of 200 sets (99 %)"
    assert sentences.done_of_due(1, 1, 1.0) == "1 of 1 set (100 %)"


def test_more_or_less_than_before_is_said_with_both_counts():
    less = [*[row for ago in range(8, 15) for row in done(ago)], *done(7), *done(3, 1, 0), *done(0)]
    assert sentences.trend(days(less)).startswith(
        "5 of 28 sets (18 %) in the last 7 days: less than in the 7 days before, "
        "28 of 28 sets (100 %)."
    )
    more = [*done(14), *[row for ago in range(8) for row in done(ago)]]
    expected = "(100 %) in the last 7 days: more than in the 7 days before, 4 of 28"
    assert expected in sentences.trend(days(more))


def test_a_difference_below_ten_points_is_about_as_much():
    rows = [row for ago in range(15) for row in done(ago)]
    fewer = rows[:-2]  # 26 of 28 in the week before
    assert ": about as much as in the 7 days before" in sentences.trend(days(fewer))


@pytest.mark.parametrize(("n", "span"), [(20, 7), (57, 28), (183, 91), (3651, 91)])
def test_longer_times_are_compared_over_longer_spans(n, span):
    said = sentences.trend(days([*done(n - 1), *done(0)]))
    assert f"in the last {span} days: " in said
    assert f"in the {span} days before, " in said


def test_up_or_down_is_not_said_before_two_weeks_nor_of_days_with_nothing_due():
    assert "after two weeks." in sentences.trend(days([*done(13), *done(0)]))
    pause = {TODAY - dt.timedelta(days=12): "pause"}
    assert "Too few days had something due" in sentences.trend(days(done(14), pause))


def test_of_each_exercise_the_counts_are_said_and_of_many_only_the_first():
    few = sentences.by_exercise(days([*done(4), (4, "standing-up")]))
    assert few.startswith("In the last 4 days. Lying down: 3 of 12 sets (25 %).")
    rows = [(ago, f"exercise-{n}") for n in range(9) for ago in (3, 2, 1)]
    # 11 in all, with two of the programme.
    assert "The other 5 exercises are not shown here" in sentences.by_exercise(days(rows))


def by_hours(rows):
    """Return the days of (days ago, exercise, hour)."""
    return adherence.daily(log(rows, "local_hour"), PROGRAMME)


def test_the_time_of_day_that_is_used_least_is_named_only_where_it_is_spread_over_the_day():
    lying = [(ago, "lying-down", hour) for ago in range(1, 5) for hour in (9, 14, 20)]
    sitting = [(ago, "sitting-down", 8) for ago in range(1, 5)]
    assert sentences.times(by_hours([*lying[:-1], *sitting])).endswith(
        "Lying down: morning 4, afternoon 4, evening 3 of 4 days, "
        "so least often in the evening. Sitting down: morning 4, afternoon 0, evening 0 of 4 days."
    )


def test_nothing_is_said_of_the_time_of_day_before_three_days():
    said = sentences.times(by_hours([(2, "lying-down", 9), (1, "lying-down", 9)]))
    assert said.endswith("after three days.")


def test_sets_stopped_for_pain_are_counted_in_halves_where_there_are_two_weeks():
    rows = [(ago, "lying-down") for ago in range(27, -1, -1)]
    entries = stopped(log(rows), 0, 1, 20)
    assert sentences.stops(adherence.daily(entries, PROGRAMME), entries) == (
        "3 of 28 sets stopped for pain: 2 of 14 before 18 October 2026, 1 of 14 since. "
        "To stop for pain is to follow the programme."
    )
    entries = stopped(log([*done(12), *done(0)]), 0)
    said = sentences.stops(adherence.daily(entries, PROGRAMME), entries)
    assert said.startswith("1 of 8 sets stopped for pain. To stop")


def test_a_change_of_one_point_of_pain_is_never_called_a_change():
    pairs = [(5, 3), (4, 4), (5, None), (None, 2), (3, 4), (2, 5)]
    rows = [(9 - i, "lying-down", 5, *pair) for i, pair in enumerate(pairs)]
    assert sentences.pain(log(rows)) == (
        "The last 4 sets with both ratings: 1 lower, 1 higher, 2 about the same (less than 2 "
        "points apart). Pain changes for many reasons; this does not tell which."
    )


def test_little_is_said_of_few_ratings():
    assert "too few" in sentences.pain(log([(0, "lying-down", 5, 6, 2)]))
    assert "optional" in sentences.pain(log(done(1)))
