"""What the charts say, in sentences."""

import datetime as dt

import pytest
from tables import LYING, PROGRAMME, SITTING, STANDING, TODAY, days, done, log, stopped

from backcare_widgets import adherence
from backcare_widgets.adherence import sentences


def every_day(first, last):
    return [row for ago in range(first, last - 1, -1) for row in done(ago)]


def test_the_calendar_says_counts_percentage_days_moved_and_today_apart():
    table = days([*done(9), *done(3), *done(2, 2, 0), *done(0, 1, 0)])
    assert sentences.calendar(table) == (
        "6 of 28 sets (21 %) in the last 7 days. You moved on 2 of the last 7 days. "
        "Today so far: 1 of 4 sets."
    )


def test_no_percentage_is_said_before_three_days():
    assert sentences.summary(days([*done(2), *done(0)]), log([])).split("\n") == [
        "4 of 8 sets in the last 2 days. You moved on 1 of the last 2 days. "
        "Today so far: 4 of 4 sets. A percentage is shown after three days.",
        "The line begins after three days.",
        "In the last 2 days. Lying down: 3 of 6 sets. Sitting down: 1 of 2 sets.",
        "This appears after three days.",
        "No set has a pain rating both before and after. Ratings are optional.",
        "No set was recorded in these days.",
    ]


def test_a_cut_table_names_its_last_day():
    assert sentences.calendar(days([*done(9), *done(0)]).iloc[:-3]) == (
        "4 of 28 sets (14 %) in the last 7 days up to 28 October 2026. "
        "You moved on 1 of the last 7 days up to 28 October 2026."
    )


def test_sums_of_a_cut_table_name_the_days_that_they_are_of():
    """They are still those of the whole table: pandas carries them along."""
    table = days([*done(9), *done(0)])
    for cut in (table.tail(4), table.head(4)):
        assert sentences.by_exercise(cut).startswith("Since 22 October 2026. Lying down: 3 of 27")
    assert sentences.summary(table.iloc[:0], log([])).startswith(sentences.NOTHING_YET)


def test_almost_all_is_not_called_100_percent():
    assert sentences.done_of_due(199.9, 200, 199.9 / 200) == "199.9 of 200 sets (99 %)"
    assert sentences.done_of_due(1, 1, 1.0) == "1 of 1 set (100 %)"


@pytest.mark.parametrize(
    ("rows", "compared"),
    [
        (
            [*every_day(14, 8), *done(7), *done(3, 1, 0), *done(0)],
            "5 of 28 sets (18 %) in the last 7 days: less than in the 7 days before, "
            "28 of 28 sets (100 %). 33 of 56 sets (59 %) since 17 October 2026",
        ),
        (
            [*done(14), *every_day(7, 0)],
            "28 of 28 sets (100 %) in the last 7 days: more than in the 7 days before, "
            "4 of 28 sets (14 %). 32 of 56 sets (57 %) since 17 October 2026",
        ),
        (
            [*done(14, 2, 0), *every_day(13, 0)],
            "28 of 28 sets (100 %) in the last 7 days: about as much as in the 7 days before, "
            "26 of 28 sets (93 %). 54 of 56 sets (96 %) since 17 October 2026",
        ),
        (
            done(13),
            "The trend appears after two weeks. 4 of 52 sets (8 %) since 18 October 2026",
        ),
    ],
)
def test_more_or_less_than_before_is_said_with_both_counts_after_two_weeks(rows, compared):
    assert sentences.trend(days(rows)) == (
        f"{compared}, today left out. A day with nothing recorded counts as 0 here."
    )


@pytest.mark.parametrize(("n", "span"), [(20, 7), (57, 28), (183, 91), (3651, 91)])
def test_longer_times_are_compared_over_longer_spans(n, span):
    said = sentences.trend(days([*done(n - 1), *done(0)]))
    assert f"in the last {span} days: " in said
    assert f"in the {span} days before, " in said


def test_up_or_down_is_not_said_of_days_with_nothing_due():
    table = days(done(14), {TODAY - dt.timedelta(days=12): "pause"})
    assert sentences.trend(table) == (
        "Too few days had something due to show a trend. 4 of 8 sets since 17 October 2026, "
        "today left out. A day with nothing recorded counts as 0 here."
    )


def test_of_each_exercise_the_counts_are_said_and_of_many_only_the_first():
    assert sentences.by_exercise(days([*done(4), (4, STANDING)])) == (
        "In the last 4 days. Lying down: 3 of 12 sets (25 %). Sitting down: 1 of 4 sets (25 %). "
        "Standing up: 1 set, no goal."
    )
    # 11 in all, with two of the programme.
    rows = [(ago, f"exercise-{n}") for n in range(9) for ago in (3, 2, 1)]
    assert sentences.by_exercise(days(rows)).endswith(
        ". exercise-3: 3 sets, no goal. The other 5 exercises are not shown here."
    )


def test_the_time_of_day_that_is_used_least_is_named_only_where_it_is_spread_over_the_day():
    lying = [(ago, LYING, hour) for ago in range(1, 5) for hour in (9, 14, 20)]
    sitting = [(ago, SITTING, 8) for ago in range(1, 5)]
    entries = log([*lying[:-1], *sitting], "local_hour")
    assert sentences.times(adherence.daily(entries, PROGRAMME)) == (
        "Days on which you started a set at that time of day. "
        "Lying down: morning 4, afternoon 4, evening 3 of 4 days, "
        "so least often in the evening. Sitting down: morning 4, afternoon 0, evening 0 of 4 days."
    )


def test_sets_stopped_for_pain_are_counted_in_halves_where_there_are_two_weeks():
    entries = stopped(log([(ago, LYING) for ago in range(27, -1, -1)]), 0, 1, 20)
    assert sentences.stops(adherence.daily(entries, PROGRAMME), entries) == (
        "3 of 28 sets stopped for pain: 2 of 14 before 18 October 2026, 1 of 14 since. "
        "To stop for pain is to follow the programme."
    )
    entries = stopped(log([*done(12), *done(0)]), 0)
    assert sentences.stops(adherence.daily(entries, PROGRAMME), entries) == (
        "1 of 8 sets stopped for pain. To stop for pain is to follow the programme."
    )


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        (
            # One point is never called a change.
            [(5, 3), (4, 4), (5, None), (None, 2), (3, 4), (2, 5)],
            "The last 4 sets with both ratings: 1 lower, 1 higher, 2 about the same (less than 2 "
            "points apart). Pain changes for many reasons; this does not tell which.",
        ),
        ([(6, 2)], "Only 1 set with a rating before and after: too few to say anything."),
        ([], "No set has a pain rating both before and after. Ratings are optional."),
    ],
)
def test_a_change_of_pain_is_counted_from_two_points_and_three_ratings_on(ratings, said):
    rows = [(9 - i, LYING, 5, *pair) for i, pair in enumerate(ratings)]
    assert sentences.pain(log(rows)) == said
