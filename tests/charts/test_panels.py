"""The other charts, one by one: what is drawn is what the table says."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from tables import ALL_KINDS, MARKS, PROGRAMME, days, done, log, stopped

from backcare_widgets import adherence, charts
from backcare_widgets.charts import paper


def test_the_trend_is_the_rolling_share_and_names_the_guide_line_a_habit_of_research(texts):
    table = days([*done(9), *done(3), *done(0, 1, 0)])
    ax = charts.trend(table)
    lines = {line.get_label(): line.get_ydata() for line in ax.lines}
    np.testing.assert_array_equal(lines["the 7 days up to here"], adherence.rolling(table))
    np.testing.assert_array_equal(lines["today, so far"], [0.25])
    np.testing.assert_array_equal(lines["one day"], [1, 1])
    assert len(lines["not recorded"]) == 7
    assert "80 %: a level research often uses, not a medical threshold" in texts(ax)


def test_days_without_anything_due_are_hatched_in_the_trend():
    ax = charts.trend(days(ALL_KINDS, MARKS))
    (bars,) = ax.collections
    (box,) = (path.get_extents() for path in bars.get_paths())
    assert (box.width, bars.get_hatch(), bars.get_label()) == (3, "////", "nothing due")


def test_bars_are_as_long_as_what_was_done_and_a_goalless_exercise_has_none(texts):
    table = days([*done(4), (4, "standing-up")])
    ax = charts.by_exercise(table)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths[1] / widths[0] == pytest.approx(3 / 12)
    assert widths[3] / widths[2] == pytest.approx(1 / 4)
    assert len(widths) == 4
    assert {"3 of 12 sets (25 %)", "1 of 4 sets (25 %)", "1 set, no goal"} <= set(texts(ax))


def test_of_many_exercises_the_first_are_drawn(texts):
    rows = [(ago, f"exercise-{n}") for n in range(9) for ago in (3, 2, 1)]
    ax = charts.by_exercise(days(rows))
    assert len([text for text in ax.texts if text.get_fontsize() == 9.5]) == 6


def test_times_of_day_have_bars_as_long_as_their_share_of_days(texts):
    rows = [row for ago in range(1, 5) for row in done(ago, 2, 0)]
    table = log(rows).assign(local_hour=[9, 14, 9, 14, 9, 14, 9, 9])
    ax = charts.times(adherence.daily(table, PROGRAMME))
    full, part = (bar.get_width() for bar in ax.patches[4:6])  # of the first in the afternoon
    assert part / full == pytest.approx(3 / 4)
    assert {"morning", "afternoon", "evening", "4 of 4", "3 of 4", "0 of 4"} <= set(texts(ax))


@pytest.mark.parametrize(
    ("n", "unit"), [(190, "week"), (700, "month"), (2500, "quarter"), (3650, "year")]
)
def test_over_long_times_stops_are_counted_by_longer_spans(n, unit, texts):
    entries = stopped(log([(n - 1, "lying-down"), *done(0)]), 0, 1)
    ax = charts.stops(adherence.daily(entries, PROGRAMME), entries)
    ax.figure.canvas.draw()
    assert f"Sets stopped for pain in each {unit}" in texts(ax)
    assert sum(bar.get_height() for bar in ax.patches) == 2
    assert ax.get_xlim()[1] <= 30


def test_a_week_of_stops_begins_on_its_monday():
    rows = [(ago, "lying-down") for ago in range(27, -1, -1)]
    entries = stopped(log(rows), 0, 1, 20)
    ax = charts.stops(adherence.daily(entries, PROGRAMME), entries)
    bars = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in ax.patches}
    # The first days, Sunday 4 and Monday 5 October, are of two weeks; 24 October of the fourth.
    assert bars == {0: 1, 1: 1, 3: 1}
    assert [label.get_text() for label in ax.get_xticklabels()][:2] == ["28 Sep", "5 Oct"]


def test_pain_is_drawn_only_where_both_ratings_are_given():
    pairs = [(5, 3), (4, 4), (5, None), (None, 2), (3, 4), (2, 5)]
    rows = [(9 - i, "lying-down", 5, *pair) for i, pair in enumerate(pairs)]
    ax = charts.pain(log(rows))
    lines = {line.get_label(): list(line.get_ydata()) for line in ax.lines}
    assert (lines["before"], lines["after"]) == ([5, 4, 3, 2], [3, 4, 4, 5])
    assert {c.get_label(): len(c.get_segments()) for c in ax.collections} == {
        "2 points or more apart": 2,
        "about the same": 2,
    }


def test_a_chart_of_too_little_is_its_sentence_alone():
    entries = stopped(log([*done(12), *done(0)]), 0)
    table = adherence.daily(entries, PROGRAMME)
    alone = [charts.stops(table, entries), charts.pain(entries), charts.trend(days(done(1)))]
    alone += [charts.times(days(done(1))), charts.calendar(days([]))]
    for ax in alone:
        assert not ax.axison
        assert not ax.patches
        assert ax.figure.get_figheight() < 2.2


@pytest.mark.parametrize("name", ["calendar", "trend", "by_exercise", "times", "pain", "stops"])
def test_a_chart_draws_into_the_axes_it_is_given_and_gives_them_back(name):
    figure, ax = plt.subplots()
    entries = log(done(4))
    tables = {"pain": [entries], "stops": [days(done(4)), entries]}.get(name, [days(done(4))])
    assert getattr(charts, name)(*tables, ax) is ax
    assert plt.get_fignums() == [figure.number]
    figure.canvas.draw()


def test_fault_39_a_title_is_drawn_as_text_clipped_and_without_control_marks():
    table = days(done(4))
    title = r"$\frac{1}{0}$ 100 % <script>alert(1)</script>" + "\u202e\n" + "long " * 2000
    table.attrs["by_exercise"][0]["title"] = title
    ax = charts.by_exercise(table)
    ax.figure.canvas.draw()
    (drawn,) = (text for text in ax.texts if "frac" in text.get_text() and not text.get_gid())
    assert drawn.get_text().startswith(r"$\frac{1}{0}$ 100 % <script>alert(1)</script> long")
    assert not any(mark in drawn.get_text() for mark in "\u202e\n")
    assert drawn.get_window_extent().width < paper.INSIDE * ax.figure.dpi
    assert not any(text.get_parse_math() for text in ax.texts)
