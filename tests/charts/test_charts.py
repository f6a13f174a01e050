import csv
import datetime as dt
import io
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

mpl.use("Agg")

from matplotlib import pyplot as plt

from backcare_widgets import adherence, charts
from backcare_widgets.adherence import sentences
from backcare_widgets.charts import paper as card
from backcare_widgets.charts.calendar import _MARKS, LARGEST
from backcare_widgets.programme.models import Dose, load_programme

SAMPLE = Path(__file__).parents[2] / "data" / "sample_log.csv"
TODAY = dt.date(2026, 10, 31)
TYPES = {
    "entry_id": "string", "exercise_id": "string", "duration_s": float,
    "repetitions_done": "Int64", "repetitions_prescribed": "Int64", "outcome": "string",
    "pain_before": "Int64", "pain_after": "Int64", "note": "string", "source": "string",
}  # fmt: skip


@pytest.fixture(autouse=True)
def strict_and_closed():
    """Any warning is an error, global settings stay as they were, and figures are closed."""
    before = dict(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    assert dict(mpl.rcParams) == before
    plt.close("all")


def log(rows, today=TODAY, **attrs):
    """Make the log's table of (days ago, exercise, repetitions of 5, before, after)."""
    table = pd.DataFrame(
        rows, columns=["ago", "exercise_id", "repetitions_done", "pain_before", "pain_after"]
    )
    table["local_day"] = pd.to_datetime([today - dt.timedelta(days=n) for n in table["ago"]])
    table["started_at"] = table["local_day"].dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    table = table.assign(entry_id="e", duration_s=150.0, repetitions_prescribed=5)
    table = table.assign(outcome="done", note="", source="timer").drop(columns="ago").astype(TYPES)
    table.attrs = {"today": today, **attrs}
    return table


def days(rows, marks=None, programme=None, **attrs):
    return adherence.daily(log(rows, **attrs), programme or load_programme(), marks)


def done(ago, lying=3, sitting=1):
    lines = [(ago, "lying-down", 5, None, None)] * lying
    return lines + [(ago, "sitting-down", 5, None, None)] * sitting


def drawn(ax):
    """Draw, then give the number of marks under each gid."""
    ax.figure.canvas.draw()
    return {c.get_gid(): len(c.get_offsets()) for c in ax.collections if c.get_gid()}


def texts(ax):
    """Give every text of the chart, by gid where it has one."""
    legend = ax.get_legend()
    found = [*ax.texts, *(legend.get_texts() if legend else [])]
    return [text.get_text() for text in found]


def said(ax, gid):
    return [text.get_text().replace("\n", " ") for text in ax.texts if text.get_gid() == gid]


ALL_KINDS = [*done(9), *done(8, 2), *done(3), *done(0, 1, 0)]
MARKS = {
    TODAY - dt.timedelta(days=7): "rest",
    TODAY - dt.timedelta(days=6): "flare-up",
    TODAY - dt.timedelta(days=5): "pause",
    TODAY - dt.timedelta(days=4): "resume",
}


def test_every_kind_of_day_has_a_shape_of_its_own_and_words_in_the_legend():
    ax = charts.calendar(days(ALL_KINDS, MARKS))
    found = drawn(ax)
    assert {name.removeprefix("days:"): n for name, n in found.items() if "days" in name} == {
        "done": 2, "partly done": 1, "rest": 1, "flare-up": 1, "paused": 1, "not recorded": 3,
        "so far": 1, "share": 1,
    }  # fmt: skip
    assert said(ax, "legend") == [
        "done", "partly done: the larger, the more", "not recorded", "rest", "flare-up", "paused",
        "today, so far",
    ]  # fmt: skip


def test_kinds_of_day_differ_in_shape_or_fill_without_their_colour():
    looks = set()
    for marks in _MARKS.values():
        looks.add(tuple((points.tobytes(), face == "none") for points, face, _, _ in marks))
    # Partly done and so far share the pale tile; the ring tells today.
    assert len(looks) == len(_MARKS) - 2
    tones = [face for state in ("done", "partly done") for _, face, _, _ in _MARKS[state]]
    dark, pale = (np.dot(mpl.colors.to_rgb(tone), (0.299, 0.587, 0.114)) for tone in tones)
    assert pale - dark > 0.5


def test_the_fill_of_a_day_grows_with_what_was_done():
    table = days([*done(3, 1, 0), *done(2, 2, 0), *done(1, 3, 0)])
    ax = charts.calendar(table)
    (share,) = (c for c in ax.collections if c.get_gid() == "days:share")
    widths = [np.ptp(path.vertices[:, 0]) for path in share.get_paths()]
    assert widths[0] < widths[1] < widths[2]
    tones = share.get_facecolor()[:, :3] @ (0.299, 0.587, 0.114)
    assert tones[0] > tones[1] > tones[2]


def test_days_stand_on_their_weekday_and_in_their_week():
    ax = charts.calendar(days(done(12)))
    (tiles,) = (c for c in ax.collections if c.get_gid() == "days:done")
    (ring,) = (c for c in ax.collections if c.get_gid() == "today")
    # 19 October 2026 is a Monday, today a Saturday of the week after.
    (monday,), (saturday,) = tiles.get_offsets(), ring.get_offsets()
    assert saturday - monday == pytest.approx(np.array([1, 5]) * LARGEST)


def test_months_are_named_once_whatever_the_years():
    for n in (365, 1095, 3650):
        ax = charts.calendar(days([*done(n - 1), *done(0)]))
        names = said(ax, "month")
        assert len(names) == len(set(names)) == 12
        assert sum(drawn(ax)[f"days:{state}"] for state in ("done", "not recorded")) == n


def test_years_are_strips_that_do_not_touch():
    ax = charts.calendar(days([*done(1094), *done(0)]))
    (blank,) = (c for c in ax.collections if c.get_gid() == "days:not recorded")
    rows = np.unique(np.round(blank.get_offsets()[:, 1], 3))
    assert len(rows) == 4 * 7
    gaps = np.diff(rows)[6::7]
    assert (gaps > 1.3 * np.diff(rows)[0]).all()
    assert {"2023", "2024", "2025", "2026"} <= set(texts(ax))


def test_the_calendar_says_counts_percentage_days_moved_and_today_apart():
    ax = charts.calendar(days([*done(9), *done(3), *done(2, 2, 0), *done(0, 1, 0)]))
    expected = (
        "6 of 28 sets (21 %) in the last 7 days. You moved on 2 of the last 7 days. "
        "Today so far: 1 of 4 sets."
    )
    assert said(ax, "sentence") == [expected]
    assert "04:00" in said(ax, "note")[0]


def test_no_percentage_is_said_before_three_days():
    table = days([*done(2), *done(0)])
    every = charts.summary(table, log([]))
    assert "4 of 8 sets in the last 2 days." in every
    assert "A percentage is shown after three days." in every
    assert "(50 %)" not in every


def test_a_cut_table_names_its_last_day_and_has_no_today():
    table = days([*done(9), *done(0)]).iloc[:-3]
    ax = charts.calendar(table)
    assert "today" not in drawn(ax)
    assert "in the last 7 days up to 28 October 2026" in said(ax, "sentence")[0]


def test_almost_all_is_not_called_100_percent():
    assert sentences.done_of_due(199.9, 200, 199.9 / 200) == "199.9 of 200 sets (99 %)"
    assert sentences.done_of_due(1, 1, 1.0) == "1 of 1 set (100 %)"


def test_the_trend_is_the_rolling_share_and_names_the_guide_line_a_habit_of_research():
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


def test_bars_are_as_long_as_what_was_done_and_a_goalless_exercise_has_none():
    table = days([*done(4), (4, "standing-up", 5, None, None)])
    ax = charts.by_exercise(table)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths[1] / widths[0] == pytest.approx(3 / 12)
    assert widths[3] / widths[2] == pytest.approx(1 / 4)
    assert len(widths) == 4
    assert {"3 of 12 sets (25 %)", "1 of 4 sets (25 %)", "1 set, no goal"} <= set(texts(ax))
    assert said(ax, "sentence")[0].startswith(
        "In the last 4 days. Lying down: 3 of 12 sets (25 %)."
    )


def test_more_or_less_than_before_is_said_with_both_counts():
    less = [*[row for ago in range(8, 15) for row in done(ago)], *done(7), *done(3, 1, 0), *done(0)]
    assert sentences.trend(days(less)).startswith(
        "5 of 28 sets (18 %) in the last 7 days: less than in the 7 days before, "
        "28 of 28 sets (100 %)."
    )
    more = [*done(14), *[row for ago in range(8) for row in done(ago)]]
    assert "(100 %) in the last 7 days: more than in the 7 days before, 4 of 28" in sentences.trend(
        days(more)
    )


def test_a_difference_below_ten_points_is_about_as_much():
    rows = [row for ago in range(15) for row in done(ago)]
    fewer = rows[:-2]  # 26 of 28 in the week before
    assert "in the last 7 days: about as much as in the 7 days before" in sentences.trend(
        days(fewer)
    )


def test_longer_times_are_compared_over_longer_spans():
    for n, span in ((20, 7), (57, 28), (183, 91), (3651, 91)):
        said = sentences.trend(days([*done(n - 1), *done(0)]))
        assert f"in the last {span} days: " in said
        assert f"in the {span} days before, " in said


def test_up_or_down_is_not_said_before_two_weeks_nor_of_days_with_nothing_due():
    assert "is said after two weeks" in sentences.trend(days([*done(13), *done(0)]))
    pause = {TODAY - dt.timedelta(days=12): "pause"}
    assert "Too few days had something due" in sentences.trend(days(done(14), pause))


def by_hours(rows):
    """Make the table of (days ago, exercise, hour)."""
    table = log([(ago, exercise, 5, None, None) for ago, exercise, _ in rows])
    table["local_hour"] = pd.array([hour for *_, hour in rows], "Int64")
    return adherence.daily(table, load_programme())


def test_the_time_of_day_that_is_used_least_is_named_only_where_it_is_spread_over_the_day():
    lying = [(ago, "lying-down", hour) for ago in range(1, 5) for hour in (9, 14, 20)]
    sitting = [(ago, "sitting-down", 8) for ago in range(1, 5)]
    ax = charts.times(by_hours([*lying[:-1], *sitting]))
    assert said(ax, "sentence") == [
        "Days with a set begun then. Lying down: morning 4, afternoon 4, evening 3 of 4 days, "
        "so least often in the evening. Sitting down: morning 4, afternoon 0, evening 0 of 4 days."
    ]
    full, part = (bar.get_width() for bar in ax.patches[4:6])
    assert part / full == pytest.approx(3 / 4)
    assert {"morning", "afternoon", "evening", "3 of 4", "0 of 4"} <= set(texts(ax))


def test_nothing_is_said_of_the_time_of_day_before_three_days():
    ax = charts.times(by_hours([(2, "lying-down", 9), (1, "lying-down", 9)]))
    assert said(ax, "sentence") == ["This is said after three days."]
    assert not ax.patches


def stopped(table, *which):
    table = table.copy()
    table.loc[list(which), "outcome"] = "stopped_for_pain"
    return table


def test_sets_stopped_for_pain_are_counted_by_week_and_in_halves():
    rows = [(ago, "lying-down", 5, None, None) for ago in range(27, -1, -1)]
    entries = stopped(log(rows), 0, 1, 20)
    ax = charts.stops(adherence.daily(entries, load_programme()), entries)
    ax.figure.canvas.draw()
    assert said(ax, "sentence") == [
        "3 of 28 sets stopped for pain: 2 of 14 before 18 October 2026, 1 of 14 since. "
        "To stop for pain is to follow the programme."
    ]
    bars = {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in ax.patches}
    # The first days, Sunday 4 and Monday 5 October, are of two weeks; 24 October of the fourth.
    assert bars == {0: 1, 1: 1, 3: 1}
    assert "Sets stopped for pain in each week" in texts(ax)


@pytest.mark.parametrize(
    ("n", "unit"), [(190, "week"), (700, "month"), (2500, "quarter"), (3650, "year")]
)
def test_over_long_times_stops_are_counted_by_longer_spans(n, unit):
    entries = stopped(log([(n - 1, "lying-down", 5, None, None), *done(0)]), 0, 1)
    ax = charts.stops(adherence.daily(entries, load_programme()), entries)
    ax.figure.canvas.draw()
    assert f"Sets stopped for pain in each {unit}" in texts(ax)
    assert sum(bar.get_height() for bar in ax.patches) == 2
    assert ax.get_xlim()[1] <= 30


def test_no_course_of_stops_is_drawn_in_less_than_two_weeks():
    entries = stopped(log([*done(12), *done(0)]), 0)
    ax = charts.stops(adherence.daily(entries, load_programme()), entries)
    assert said(ax, "sentence")[0].startswith("1 of 8 sets stopped for pain. To stop")
    assert not ax.axison


def test_the_dashboard_says_only_what_is_in_the_days_of_its_table():
    rows = [*done(40, 1, 0), (30, "lying-down", 5, 8, 2), *done(9), (5, "lying-down", 5, 6, 6)]
    entries = stopped(log([*rows, (4, "lying-down", 5, 6, 3), (3, "lying-down", 5, 5, 3)]), 0)
    since = TODAY - dt.timedelta(days=14)
    cut = adherence.daily(entries, load_programme(), since=since)
    *_, pain, stops = charts.dashboard(cut, entries)
    assert said(pain, "sentence")[0].startswith("The last 3 sets with both ratings: 2 lower")
    assert said(stops, "sentence")[0].startswith("0 of 7 sets stopped for pain")
    assert charts.summary(cut, entries).count("The last 3 sets") == 1


def test_of_many_exercises_the_first_are_drawn_and_the_others_counted():
    rows = [(ago, f"exercise-{n}", 5, None, None) for n in range(9) for ago in (3, 2, 1)]
    ax = charts.by_exercise(days(rows))
    assert "The other 5 exercises are not shown here" in said(ax, "sentence")[0]  # 11 in all
    assert len([text for text in ax.texts if text.get_fontsize() == 9.5]) == 6


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
    assert said(ax, "sentence") == [
        "The last 4 sets with both ratings: 1 lower, 1 higher, 2 about the same (less than 2 "
        "points apart). Pain changes for many reasons; this does not tell which."
    ]


def test_a_change_of_one_point_is_never_called_a_change():
    rows = [(i, "lying-down", 5, 5, 4) for i in range(5)]
    assert "0 lower, 0 higher, 5 about the same" in sentences.pain(log(rows))


def test_little_is_said_of_few_ratings():
    assert "too few" in sentences.pain(log([(0, "lying-down", 5, 6, 2)]))
    assert "optional" in sentences.pain(log(done(1)))


@pytest.mark.parametrize("name", ["calendar", "trend", "by_exercise", "pain"])
def test_a_chart_draws_into_the_axes_it_is_given_and_gives_them_back(name):
    figure, ax = plt.subplots()
    table = log(done(4)) if name == "pain" else days(done(4))
    assert getattr(charts, name)(table, ax) is ax
    assert plt.get_fignums() == [figure.number]
    figure.canvas.draw()


@pytest.mark.parametrize("is_sample", [True, False])
def test_sample_data_is_marked_on_every_chart_and_only_sample_data(is_sample):
    attrs = {"sample": True} if is_sample else {}
    rows = [*done(4), (2, "lying-down", 5, 4, 4)]
    axes = charts.dashboard(days(rows, **attrs), log(rows, **attrs))
    assert [said(ax, "sample") for ax in axes] == [["SAMPLE – not your data"] * is_sample] * 6
    summary = charts.summary(days(rows, **attrs), log(rows, **attrs))
    assert summary.startswith("SAMPLE – not your data") == is_sample


NO_PAIRS = "No set has a pain rating both before and after. Ratings are optional."


def test_fault_40_an_empty_log_is_told_in_a_sentence():
    axes = charts.dashboard(days([]), log([]))
    assert [said(ax, "sentence")[0] for ax in axes] == [
        *[sentences.NOTHING_YET] * 4, NO_PAIRS, sentences.NOTHING_YET,
    ]  # fmt: skip
    assert not any(ax.axison for ax in axes)
    axes[0].figure.canvas.draw()


@pytest.mark.parametrize(
    "rows",
    [
        done(0),
        done(1),
        [*done(730), *done(0)],
        [row for ago in range(3650) for row in done(ago, 2, 0)],
        [row for ago in range(3650) for row in done(ago, 49, 1)],
        [(0, "lying-down", 5, 3, 3)],
        [(3, "no-longer-known", 5, None, None)],
    ],
    ids=[
        "today only",
        "one day",
        "a gap of 2 years",
        "10 years",
        "50 a day",
        "one pair",
        "unknown exercise",
    ],
)
def test_fault_40_the_dashboard_draws_without_a_warning(rows):
    axes = charts.dashboard(days(rows), log(rows))
    assert len(axes) == 6
    axes[0].figure.canvas.draw()


class OddMove:
    id = "odd"
    title = r"$\frac{1}{0}$ 100 % <script>alert(1)</script>" + "\u202e\n" + "long " * 2000

    def dose_on(self, day):
        return Dose(sets_per_day=1)


class OddProgramme:
    exercises = (OddMove(),)

    def __contains__(self, exercise_id):
        return exercise_id == "odd"

    def __getitem__(self, exercise_id):
        return self.exercises[0]


def test_fault_39_a_title_is_drawn_as_text_clipped_and_without_control_marks():
    ax = charts.by_exercise(days([(4, "odd", 5, None, None)], programme=OddProgramme()))
    ax.figure.canvas.draw()
    (title,) = (text for text in ax.texts if "frac" in text.get_text() and not text.get_gid())
    assert title.get_text().startswith(r"$\frac{1}{0}$ 100 % <script>alert(1)</script> long")
    assert not any(mark in title.get_text() for mark in "\u202e\n")
    assert len(title.get_text()) < 150
    assert not any(text.get_parse_math() for text in ax.texts)


def legible(axes):
    """Hold that no text is cut off or written over another one, dates and legends included."""
    figure = axes[0].figure
    figure.canvas.draw()
    edge = figure.bbox.padded(-card.MARGIN / 4 * figure.dpi)
    boxes = [
        (text.get_text(), text.get_window_extent())
        for ax in axes
        for text in [
            *ax.texts,
            *(ax.get_legend().get_texts() if ax.get_legend() else []),
            *(ax.get_xticklabels() if ax.axison else []),
        ]
        if text.get_text()
    ]
    for i, (one, box) in enumerate(boxes):
        assert edge.contains(box.x0, box.y0), one
        assert edge.contains(box.x1, box.y1), one
        for other, another in boxes[i + 1 :]:
            assert not box.overlaps(another), (one, other)


def test_nothing_is_cut_off_or_written_over_another_text():
    entries, marks = sample()
    table = adherence.daily(entries, load_programme(), marks)
    legible(charts.dashboard(table, entries))
    legible((charts.calendar(table),))


@pytest.mark.parametrize("width", [4.2, 5, 6.5, 7.9, 8, 9, 10.5])
@pytest.mark.parametrize("weeks", [2, 8, 52])
def test_at_every_width_of_a_page_and_for_every_period_all_can_be_read(width, weeks):
    rows = [(n, name, 5 - n % 2, 5, 3 - n % 3) for n in range(0, 400, 3)
            for name in ("lying-down", "sitting-down", "standing-up")]  # fmt: skip
    entries = log(rows)
    entries.loc[entries.index % 7 == 0, "outcome"] = "stopped_for_pain"
    marks = {TODAY - dt.timedelta(days=n): mark for n, mark in [(1, "rest"), (4, "flare-up")]}
    since = TODAY - dt.timedelta(weeks=weeks)
    table = adherence.daily(entries, load_programme(), marks, since=since)
    axes = charts.dashboard(table, entries, width=width)
    assert axes[0].figure.get_size_inches()[0] == width
    legible(axes)


def test_in_a_copy_of_black_and_white_every_kind_of_day_and_of_mark_is_still_there():
    """No photocopier was tried: it is taken to make black of what is darker than a middle grey."""
    entries, marks = sample()
    table = adherence.daily(entries, load_programme(), marks)
    with_all, _ = charts.picture(table, entries, dots_per_inch=100)
    shades = plt.imread(io.BytesIO(with_all), format="png")[..., :3] @ (0.299, 0.587, 0.114)
    copied = shades < 150 / 255
    axes = charts.dashboard(table, entries)
    figure = axes[0].figure
    figure.set_dpi(100)
    figure.canvas.draw()
    tall = len(copied)
    marks_drawn = [
        line.get_transform().transform(xy)
        for line in axes[1].lines
        if line.get_marker() == "o"
        for xy in line.get_xydata()
    ]
    days = [
        collection.get_offset_transform().transform(xy)
        for collection in axes[0].collections
        for xy in collection.get_offsets()
        if xy.any()  # else squares of their own sizes, which stand on others that have a place
    ]
    assert min(len(marks_drawn), len(days)) > 50
    for x, y in [*marks_drawn, *days]:
        if np.isfinite([x, y]).all():
            near = copied[int(tall - y) - 14 : int(tall - y) + 15, int(x) - 14 : int(x) + 15]
            assert near.any(), (x, y)


@pytest.mark.parametrize("width", [4.2, 6.5, 10.5])
def test_long_counts_are_written_over_no_bar(width):
    entries = log([(n, "lying-down", 5, None, None) for n in range(1100)]).assign(local_hour=9)
    table = adherence.daily(entries, load_programme())
    axes = charts.dashboard(table, entries, width=width)
    legible(axes)
    for ax in axes[2:4]:
        bars = [bar.get_window_extent() for bar in ax.patches]
        for text in ax.texts:
            assert not any(text.get_window_extent().overlaps(bar) for bar in bars), text
    assert "1099 of 1099" in texts(axes[3])


def test_the_picture_is_of_the_dashboard_and_pyplot_knows_nothing_of_it():
    entries, marks = sample()
    table = adherence.daily(entries, load_programme(), marks)
    png, said = charts.picture(table, entries, width=6, dots_per_inch=50)
    assert plt.get_fignums() == []
    pixels = plt.imread(io.BytesIO(png), format="png")
    assert pixels.shape[1] == 300
    figure = charts.dashboard(table, entries, width=6)[0].figure
    assert figure.said() == said
    assert [title for title, _ in said] == [
        "How much did I do?",
        "Is it going up or down?",
        "Which exercises did I do?",
        "At which time of day?",
        "Did it hurt less afterwards?",
        "How often did I stop for pain?",
    ]
    assert " ".join(sentence for _, sentence in said) in charts.summary(table, entries).replace(
        "\n", " "
    )


def test_drawn_on_threads_beside_each_other_every_picture_is_the_same():
    """As a page asks for one while a cell of its notebook draws another."""
    entries, marks = sample()
    table = adherence.daily(entries, load_programme(), marks)
    with warnings.catch_warnings(), ThreadPoolExecutor(4) as threads:
        # What turns warnings into errors is of the whole process, and not for threads.
        drawn = threads.map(lambda _: charts.picture(table, entries, width=6)[0], range(8))
        assert len({charts.picture(table, entries, width=6)[0], *drawn}) == 1


def rows_of_sample():
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def sample():
    """Read the sample as the log does."""
    sets = [row for row in rows_of_sample() if row["record"] == "set"]
    marks = {
        dt.date.fromisoformat(row["local_day"]): row["mark"]
        for row in rows_of_sample()
        if row["record"] == "mark"
    }
    entries = pd.DataFrame(sets).drop(columns=["record", "tz", "mark"]).replace("", pd.NA)
    entries["started_at"] = pd.to_datetime(entries["started_at"], utc=True)
    entries["local_day"] = pd.to_datetime(entries["local_day"])
    for name in ("repetitions_done", "repetitions_prescribed", "pain_before", "pain_after"):
        entries[name] = pd.to_numeric(entries[name])
    entries["duration_s"] = pd.to_numeric(entries["duration_s"])
    entries = entries.astype(TYPES)
    entries.attrs = {"sample": True, "today": entries["local_day"].max().date()}
    return entries, marks


def test_the_sample_log_agrees_with_itself():
    rows = rows_of_sample()
    sets = [row for row in rows if row["record"] == "set"]
    london = ZoneInfo("Europe/London")
    for row in sets:
        start = dt.datetime.fromisoformat(row["started_at"])
        assert start.utcoffset() == start.astimezone(london).utcoffset()
        assert adherence.local_day(start).isoformat() == row["local_day"]
        exercise = load_programme()[row["exercise_id"]]
        assert int(row["repetitions_prescribed"]) == exercise.repetitions
        assert (row["outcome"] == "done") == (
            row["repetitions_done"] == row["repetitions_prescribed"]
        )
    assert len({row["entry_id"] for row in sets}) == len(sets)
    assert max(row["local_day"] for row in sets) == TODAY.isoformat()
    assert sorted(row["mark"] for row in rows if row["record"] == "mark") == [
        "flare-up", "flare-up", "rest",
    ]  # fmt: skip
    assert sum(row["outcome"] == "stopped_for_pain" for row in sets) == 2


def test_the_sample_shows_every_kind_of_day_but_a_pause():
    entries, marks = sample()
    states = set(adherence.daily(entries, load_programme(), marks)["state"])
    assert states == set(adherence.STATES) - {
        adherence.PAUSED,
        adherence.NOTHING_DUE,
        adherence.NO_SUCH_DAY,
    }
