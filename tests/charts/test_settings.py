"""Row 51: whatever style, settings, locale and fonts a person has, the picture is the same."""

import locale
import re
import threading
from contextlib import suppress
from functools import cache

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from cycler import cycler
from IPython.core.pylabtools import print_figure
from matplotlib import pyplot as plt
from tables import MARKS, days, done, log, sample, stopped

from backcare_widgets import charts
from backcare_widgets.charts import paper

HOSTILE = {
    "agg.path.chunksize": 20,
    "axes.axisbelow": False,
    "axes.facecolor": "red",
    "axes.formatter.use_locale": True,
    "axes.grid": True,
    "axes.prop_cycle": cycler(color=["red"], marker=["x"]),
    "axes.spines.left": True,
    "axes.unicode_minus": False,
    "axes.xmargin": 0.4,
    "date.converter": "concise",
    "figure.autolayout": True,
    "figure.dpi": 173,
    "figure.facecolor": "black",
    "figure.hooks": ["no.such:hook"],
    "font.family": ["No Such Font"],
    "font.size": 30,
    "hatch.linewidth": 9,
    "legend.frameon": True,
    "legend.markerscale": 4,
    "legend.numpoints": 3,
    "lines.antialiased": False,
    "lines.linestyle": ":",
    "lines.marker": "x",
    "lines.markeredgewidth": 0,
    "patch.force_edgecolor": True,
    "path.effects": [],
    "path.simplify_threshold": 1.0,
    "path.sketch": (3, 50, 2),
    "savefig.bbox": "tight",
    "savefig.dpi": 31,
    "savefig.facecolor": "red",
    "savefig.transparent": True,
    "text.antialiased": False,
    "text.color": "red",
    "text.hinting": "none",
    "text.usetex": True,
    "timezone": "Asia/Tokyo",
    "xtick.bottom": False,
    "xtick.labelsize": 30,
    "xtick.minor.visible": True,
    "ytick.direction": "in",
    "ytick.right": True,
}
CHARTS = ("calendar", "trend", "by_exercise", "times", "pain", "stops", "dashboard")


def shown(name, tables):
    """Return the PNG of a chart as a notebook makes it: when the cell has ended."""
    daily, entries = tables
    args = {"pain": [entries], "stops": [daily, entries], "dashboard": [daily, entries]}
    drawn = getattr(charts, name)(*args.get(name, [daily]))
    figure = (drawn[0] if isinstance(drawn, tuple) else drawn).figure
    png = print_figure(figure)
    plt.close(figure)
    return png


@cache
def few_days():
    """Return the smallest log of which every chart is drawn."""
    rows = [(ago, "lying-down", 5, 5, 5 - ago % 3) for ago in (15, 9, 3, 0)] + done(8)
    return days(rows, MARKS), stopped(log(rows), 0)


@cache
def plain(name, tables):
    with mpl.rc_context():
        mpl.rcdefaults()
        return shown(name, tables())


@pytest.mark.parametrize("style", plt.style.available)
def test_fault_51_a_style_changes_no_pixel(style):
    expected = plain("dashboard", few_days)
    with plt.style.context(style):
        assert shown("dashboard", few_days()) == expected


@pytest.mark.parametrize("name", CHARTS)
def test_fault_51_no_setting_changes_a_pixel_and_none_is_changed(name):
    expected = plain(name, sample)
    with mpl.rc_context(HOSTILE):
        before = dict(mpl.rcParams)
        assert shown(name, sample()) == expected
        assert dict(mpl.rcParams) == before


def test_fault_51_the_picture_for_the_page_is_the_same_too():
    expected = charts.picture(*few_days())
    with mpl.rc_context(HOSTILE):
        assert charts.picture(*few_days()) == expected


def test_fault_51_a_saved_picture_is_the_same_too(tmp_path):
    def saved(name):
        charts.dashboard(*few_days())
        plt.savefig(tmp_path / name)
        return (tmp_path / name).read_bytes()

    expected = saved("plain.png")
    with mpl.rc_context(HOSTILE):
        assert saved("hostile.png") == expected


def test_fault_51_with_numpy_set_to_raise_the_picture_is_the_same():
    expected = plain("dashboard", sample)
    with np.errstate(all="raise"):
        assert shown("dashboard", sample()) == expected


def test_fault_51_with_options_of_pandas_and_in_interactive_mode_the_picture_is_the_same():
    expected = plain("dashboard", few_days)
    options = {
        "compute.use_bottleneck": False,
        "compute.use_numexpr": False,
        "display.precision": 0,
        "future.python_scalars": True,
        "mode.string_storage": "python",
    }
    known = [item for item in options.items() if item[0] in dir_of_options()]
    with pd.option_context(*(each for item in known for each in item)), plt.ion():
        few_days.cache_clear()
        assert shown("dashboard", few_days()) == expected
    few_days.cache_clear()


def dir_of_options():
    """Return the names of the options that this pandas has."""
    return set(re.findall(r"^([a-z_.]+) :", pd.describe_option(_print_desc=False), re.MULTILINE))


def test_fault_51_with_converters_of_pandas_the_trend_is_the_same():
    expected = plain("trend", few_days)
    pd.plotting.register_matplotlib_converters()
    try:
        assert shown("trend", few_days()) == expected
    finally:
        pd.plotting.deregister_matplotlib_converters()


def locales_here():
    """Return the locales that this machine has, of which the last is everywhere."""
    before = locale.setlocale(locale.LC_ALL)
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "ja_JP.UTF-8", "tr_TR.UTF-8", "C"):
        with suppress(locale.Error):
            yield locale.setlocale(locale.LC_ALL, name)
    locale.setlocale(locale.LC_ALL, before)


@pytest.mark.parametrize("name", [*locales_here()])
def test_fault_51_in_another_locale_the_picture_is_the_same(name):
    expected, before = plain("dashboard", few_days), locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, name)
    try:
        assert shown("dashboard", few_days()) == expected
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_fault_51_a_style_that_is_chosen_meanwhile_stays():
    """As when a cell chooses one while the page asks for a picture on another thread."""
    with mpl.rc_context({"lines.linewidth": 7, "axes.grid": True}):
        with paper.default_settings():
            assert mpl.rcParams["axes.grid"] is False
            mpl.rcParams["lines.linewidth"] = 3
        assert (mpl.rcParams["lines.linewidth"], mpl.rcParams["axes.grid"]) == (3, True)


def test_fault_51_a_chart_on_another_thread_waits_for_its_turn():
    """Else the first to end would put the person's settings back while the other is drawn."""
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def other():
        with paper.default_settings():
            begun.set()
            go_on.wait(9)
            seen.append(mpl.rcParams["lines.linewidth"])

    thread = threading.Thread(target=other)
    with mpl.rc_context({"lines.linewidth": 7}):
        with paper.default_settings():
            thread.start()
            begun.wait(0.2)
        go_on.set()
        thread.join()
        assert mpl.rcParams["lines.linewidth"] == 7
    assert seen == [mpl.rcParamsDefault["lines.linewidth"]]
