"""What the report says: the counts worked out by hand, and nothing that is not known."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import BY_HAND, MARKS, STANDING, TODAY, exercises, facts, one

from backcare_widgets.handouts import tables
from backcare_widgets.programme.models import Dose


def test_the_numbers_are_those_worked_out_by_hand():
    found = facts(BY_HAND, marks=MARKS)
    assert found.period == "12 October 2026 to 21 October 2026, from the first record on"
    assert found.counts.columns == (
        "Days", "Lying down", "Sitting down", "Standing up", "All exercises",
    )  # fmt: skip
    assert found.counts.rows == (
        ("12–18 Oct", "12.4 of 17.4", "1 of 6", "2 sets", "13.4 of 23.4 (57 %)"),
        ("19–20 Oct (2 days)", "0 of 3", "1 of 1", "–", "1 of 4"),
    )
    assert found.counts.total == (
        "Together", "12.4 of 20.4 (61 %) +2", "2 of 7 (29 %)", "2 sets, no goal",
        "14.4 of 27.4 (53 %)",
    )  # fmt: skip
    assert [round(share, 3) for share in found.counts.shares] == [0.573, 0.25]
    assert found.days == (
        "A set was recorded on 7 of 9 days.",
        "Something was due and nothing recorded: 1 day.",
        "Marked as rest: 1 day; as flare-up: 1 day; in a pause: 0 days.",
        "Today so far: 1 of 4 sets; counted when it is over.",
    )
    assert found.stops == (
        "1 of 20 sets stopped for pain.",
        "Lying down 1 of 16.",
        "The latest: 14 October 2026.",
        "To stop for pain is to follow the programme.",
    )
    assert found.pain[:2] == (
        "9 of 20 sets with a rating both before and after.",
        "Median 5 before, 4 after.",
    )
    assert [n for _, n in found.changes] == [4, 4, 1]


def test_a_dose_that_was_changed_keeps_its_past_and_its_date():
    day = TODAY - dt.timedelta(days=2)
    doses = [Dose(3, "all day"), Dose(1, "mornings", since=day), Dose(0, since=dt.date(2027, 1, 1))]
    found = facts([one(5, "exercise-0")], exercises(1, doses=doses))
    assert found.programme.rows[0][1:] == (
        "5", "5 s, each side", "1, mornings (from 19 October 2026); before: 3, all day",
    )  # fmt: skip
    assert found.counts.rows[0][1] == "1 of 9"
    assert found.counts.rows[1][1] == "0 of 2"


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (Dose(2, days=("mon", "wed", "fri")), "2 on Mon, Wed and Fri"),
        (Dose(1, "in the evening", days=("sun", "sat")), "1 on Sat and Sun, in the evening"),
        (Dose(1, days=("thu",)), "1 on Thu"),
    ],
)
def test_a_dose_on_some_weekdays_names_them(dose, said):
    found = facts([one(5, "exercise-0")], exercises(1, doses=[dose]))
    assert found.programme.rows[0][3] == said


@pytest.mark.parametrize(("days", "said"), [(29, "23.2 of 29 (80 %)"), (31, "25 of 31 (80 %)")])
def test_of_thirty_sets_and_more_no_parts_are_shown(days, said):
    rows = [one(ago, "exercise-0", repetitions=4) for ago in range(1, days + 1)]
    found = facts(rows, exercises(1, doses=[Dose(1)]), weeks=None)
    assert found.counts.total[1] == said


def test_what_has_no_goal_gets_no_percentage():
    found = facts([one(n, STANDING) for n in range(1, 9)])
    assert [row[3] for row in found.counts.rows] == ["6 sets", "2 sets"]
    assert found.counts.total[3] == "8 sets, no goal"
    assert found.programme.rows[2][3] == "no goal"


def test_a_change_of_less_than_two_points_is_not_called_a_change():
    pairs = [(5, 4), (4, 5), (5, 5), (5, 3), (3, 5), (9, 1)]
    found = facts([one(1, before=before, after=after) for before, after in pairs])
    assert found.changes == (
        ("at least 2 points lower", 2),
        ("less than 2 points apart", 3),
        ("at least 2 points higher", 1),
    )


def test_of_fewer_than_three_pairs_nothing_is_said():
    found = facts([one(1, before=9, after=1), one(1, before=9, after=1), one(1, before=9)])
    assert found.pain == (
        "2 of 3 sets with a rating both before and after.",
        "Too few to say more; ratings are optional.",
    )
    assert found.changes == ()


@pytest.mark.parametrize(
    ("weeks", "first", "rows"),
    [(2, "5 October", 3), (8, "24 August", 9), (52, "20 October 2025", 13), (None, "8 June", 5)],
)
def test_a_period_is_so_many_whole_weeks_and_the_one_still_going_on(weeks, first, rows):
    last = 500 if weeks == 52 else 135
    found = facts([one(n) for n in range(last + 1)], weeks=weeks)
    assert found.period.startswith(first)
    assert ("from the first record" in found.period) == (weeks is None)
    assert len(found.counts.rows) == rows


def test_a_first_day_that_is_asked_for_is_the_first():
    found = facts([one(n) for n in range(90)], since=dt.date(2026, 10, 6))
    assert found.period == "6 October 2026 to 21 October 2026"
    assert found.counts.rows[0][0] == "6–11 Oct (6 days)"


@given(
    start=st.dates(dt.date(2001, 1, 1), dt.date(2030, 1, 1)),
    n=st.integers(1, 200) | st.integers(1, 36_000),
)
def test_spans_hold_every_day_once_in_at_most_13_rows(start, n):
    days = [start + dt.timedelta(days=i) for i in range(n)]
    spans = tables.spans(days)
    assert len(spans) <= 13
    assert (spans[0][1], spans[-1][2]) == (days[0], days[-1])
    assert all(b[1] - a[2] == dt.timedelta(days=1) for a, b in pairwise(spans))
    assert not any("day" in label for label, *_ in spans[1:-1])
    assert len({label for label, *_ in spans}) == len(spans)


@pytest.mark.parametrize(
    ("n", "labels"),
    [
        (12, ["14–19 Jul (6 days)", "20–25 Jul (6 days)"]),
        (22, ["14–19 Jul (6 days)", "20–26 Jul", "27 Jul – 2 Aug", "3–4 Aug (2 days)"]),
        (100, ["Jul 2026 (18 days)", "Aug 2026", "Sep 2026", "Oct 2026 (21 days)"]),
        (400, ["Jul–Sep 2026 (79 days)", "Oct–Dec 2026", "Jan–Mar 2027", "Apr–Jun 2027"]),
        (3650, ["2026 (171 days)", "2027", "2028", "2029"]),
        (9000, ["2026–2027 (536 days)", "2028–2029", "2030–2031", "2032–2033"]),
    ],
)
def test_many_weeks_are_months_many_months_quarters_and_so_on(n, labels):
    days = [dt.date(2026, 7, 14) + dt.timedelta(days=i) for i in range(n)]
    assert [label for label, *_ in tables.spans(days)][:4] == labels


def test_two_exercises_that_begin_alike_are_told_apart():
    programme = exercises(2, title="Knee rolls: kind {}")
    found = facts([one(1, "exercise-0"), one(1, "exercise-1")], programme)
    assert found.counts.columns[1:3] == ("exercise-0", "exercise-1")


def test_more_exercises_than_there_is_room_for_are_counted_together():
    programme = exercises(12)
    found = facts([one(n, f"exercise-{i}") for n in range(1, 5) for i in range(12)], programme)
    assert found.programme.rows[-1][0] == "and 4 more exercises"
    assert found.counts.columns[-2:] == ("5 others", "All exercises")
    assert found.counts.total[-2:] == ("20/60 (33 %)", "48/144 (33 %)")


def test_an_exercise_that_is_no_longer_in_the_programme_is_there_by_its_id():
    found = facts([one(2, "old-one"), one(2)])
    assert found.counts.columns[-2] == "old-one"
    assert found.counts.total[-2] == "1 set, no goal"


def test_notes_are_shown_only_where_chosen_the_newest_first():
    rows = [one(3, note="first"), one(2, note="  "), one(1, note="last"), one(90, note="old")]
    assert facts(rows).notes == facts(rows, notes=False).notes == ()
    last = ("20 October 2026", "Lying down: last")
    first = ("18 October 2026", "Lying down: first")
    assert facts(rows, notes=["0"]).notes == (first,)
    assert facts(rows, notes=True).notes == (last, first)
    found = facts(rows, notes=["2", "3", "nobody"])
    assert found.notes == (last,)
    assert found.notes_elsewhere == "2 chosen sets are not of these days, and not shown."


def test_days_without_a_record_are_said_to_be_so():
    assert facts([one(1)], since=TODAY + dt.timedelta(days=9)).nothing == (
        "Nothing is recorded in these days."
    )


def test_where_nothing_is_recorded_no_first_record_is_named():
    assert facts([], weeks=None).period == "21 October 2026"


def test_only_today_is_no_count_yet():
    found = facts([one(0)])
    assert found.period == "21 October 2026, from the first record on"
    assert found.counts is None
    assert found.days == ("Today so far: 1 of 4 sets; counted when it is over.",)
