"""The dashboard: all charts on one card, at any width and of any log."""

import datetime as dt
import io
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from matplotlib import pyplot as plt
from tables import PROGRAMME, TODAY, days, done, log, sample, stopped

from backcare_widgets import adherence, charts
from backcare_widgets.adherence import sentences
from backcare_widgets.charts import paper


def test_the_dashboard_says_only_what_is_in_the_days_of_its_table():
    rows = [*done(40, 1, 0), (30, "lying-down", 5, 8, 2), *done(9), (5, "lying-down", 5, 6, 6)]
    entries = stopped(log([*rows, (4, "lying-down", 5, 6, 3), (3, "lying-down", 5, 5, 3)]), 0)
    since = TODAY - dt.timedelta(days=14)
    cut = adherence.daily(entries, PROGRAMME, since=since)
    figure = charts.dashboard(cut, entries)[0].figure
    *_, (_, pain), (_, stops) = figure.said
    assert pain.startswith("The last 3 sets with both ratings: 2 lower")
    assert stops.startswith("0 of 7 sets stopped for pain")
    assert charts.summary(cut, entries).count("The last 3 sets") == 1


@pytest.mark.parametrize("is_sample", [True, False])
def test_sample_data_is_marked_on_every_chart_and_only_sample_data(is_sample, texts):
    attrs = {"sample": True} if is_sample else {}
    rows = [*done(4), (2, "lying-down", 5, 4, 4)]
    axes = charts.dashboard(days(rows, **attrs), log(rows, **attrs))
    assert [texts(ax, "sample") for ax in axes] == [["SAMPLE – not your data"] * is_sample] * 6
    summary = charts.summary(days(rows, **attrs), log(rows, **attrs))
    assert summary.startswith("SAMPLE – not your data") == is_sample


def test_fault_40_an_empty_log_is_told_in_a_sentence():
    axes = charts.dashboard(days([]), log([]))
    no_pairs = "No set has a pain rating both before and after. Ratings are optional."
    assert [sentence for _, sentence in axes[0].figure.said] == [
        *[sentences.NOTHING_YET] * 4, no_pairs, sentences.NOTHING_YET,
    ]  # fmt: skip
    assert not any(ax.axison for ax in axes)
    axes[0].figure.canvas.draw()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(done(0), id="today only"),
        pytest.param(done(1), id="one day"),
        pytest.param([*done(730), *done(0)], id="a gap of 2 years"),
        pytest.param([row for ago in range(3650) for row in done(ago, 2, 0)], id="10 years"),
        pytest.param([row for ago in range(3650) for row in done(ago, 49, 1)], id="50 a day"),
        pytest.param([(0, "lying-down", 5, 3, 3)], id="one pair"),
        pytest.param([(3, "no-longer-known")], id="unknown exercise"),
    ],
)
def test_fault_40_the_dashboard_draws_without_a_warning(rows):
    axes = charts.dashboard(days(rows), log(rows))
    assert len(axes) == 6
    axes[0].figure.canvas.draw()


def legible(axes):
    """Hold that no text is cut off or written over another one, dates and legends included."""
    figure = axes[0].figure
    figure.canvas.draw()
    edge = figure.bbox.padded(-paper.MARGIN / 4 * figure.dpi)
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
    table, entries = sample()
    legible(charts.dashboard(table, entries))
    legible((charts.calendar(table),))


@pytest.mark.parametrize("width", [4.2, 5, 6.5, 7.9, 8, 9, 10.5])
@pytest.mark.parametrize("weeks", [2, 8, 52])
def test_at_every_width_of_a_page_and_for_every_period_all_can_be_read(width, weeks):
    rows = [(n, name, 5 - n % 2, 5, 3 - n % 3) for n in range(0, 400, 3)
            for name in ("lying-down", "sitting-down", "standing-up")]  # fmt: skip
    entries = stopped(log(rows), *range(0, len(rows), 7))
    marks = {TODAY - dt.timedelta(days=n): mark for n, mark in [(1, "rest"), (4, "flare-up")]}
    since = TODAY - dt.timedelta(weeks=weeks)
    table = adherence.daily(entries, PROGRAMME, marks, since=since)
    axes = charts.dashboard(table, entries, width=width)
    assert axes[0].figure.get_size_inches()[0] == width
    legible(axes)


@pytest.mark.parametrize("width", [4.2, 6.5, 10.5])
def test_long_counts_are_written_over_no_bar(width, texts):
    entries = log([(n, "lying-down") for n in range(1100)])
    axes = charts.dashboard(adherence.daily(entries, PROGRAMME), entries, width=width)
    legible(axes)
    for ax in axes[2:4]:
        bars = [bar.get_window_extent() for bar in ax.patches]
        for text in ax.texts:
            assert not any(text.get_window_extent().overlaps(bar) for bar in bars), text
    assert "1099 of 1099" in texts(axes[3])


def test_in_a_copy_of_black_and_white_every_kind_of_day_and_of_mark_is_still_there():
    """No photocopier was tried: it is taken to make black of what is darker than a middle grey."""
    table, entries = sample()
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


def test_the_picture_is_of_the_dashboard_and_pyplot_knows_nothing_of_it():
    table, entries = sample()
    png, said = charts.picture(table, entries, width=6, dots_per_inch=50)
    assert plt.get_fignums() == []
    pixels = plt.imread(io.BytesIO(png), format="png")
    assert pixels.shape[1] == 300
    figure = charts.dashboard(table, entries, width=6)[0].figure
    assert figure.said == said
    assert [title for title, _ in said] == [
        "How much did I do?",
        "Is it going up or down?",
        "Which exercises did I do?",
        "At which time of day?",
        "Did it hurt less afterwards?",
        "How often did I stop for pain?",
    ]
    spoken = " ".join(sentence for _, sentence in said)
    assert spoken in charts.summary(table, entries).replace("\n", " ")


def test_drawn_on_threads_beside_each_other_every_picture_is_the_same():
    """As a page asks for one while a cell of its notebook draws another."""
    table, entries = sample()
    with warnings.catch_warnings(), ThreadPoolExecutor(4) as threads:
        # What turns warnings into errors is of the whole process, and not for threads.
        drawn = threads.map(lambda _: charts.picture(table, entries, width=6)[0], range(4))
        assert len({charts.picture(table, entries, width=6)[0], *drawn}) == 1
