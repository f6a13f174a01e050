"""Time our calendar beside calplot, july, dayplot and a bare mesh, all in one run.

Run by `python tests/benchmarks/bench_calendar.py`, after `pip install -e '.[test,bench]'`. Each
one draws the same adherence of 1, 3 and 10 years onto an Agg canvas, in the form that its own
documentation shows. "ours" has its heading, legend and note, which the others lack; for a like
comparison "ours, no heading" leaves out the title and the sentence (legend and note stay). "bare
mesh" is the floor: the same days, one `pcolormesh` on an empty figure of the same size. No calendar
with words comes near it, since the words alone take several times as long; so "mesh and words" has
ours too, and beside that ours stays below 1.5.

july 0.1.3 raises AttributeError on matplotlib >= 3.8, where `cbook.MatplotlibDeprecationWarning`
is gone. Its row says so, and a second row "july, mended" has that one name put back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from unittest import mock

import matplotlib as mpl
import numpy as np
import pandas as pd
from drawing import drawn, words_of
from invented import NOW, log_of
from matplotlib import cbook
from matplotlib import pyplot as plt
from side_by_side import ONCE, ROUNDS, CannotError, folder, is_once, table

from backcare_widgets import adherence, charts, load_programme
from backcare_widgets.charts.calendar import calendar_panel

YEARS = (1, 3, 10)
Draw = Callable[[], object]


def ours(daily: pd.DataFrame) -> dict[str, Draw]:
    """Return our calendar, as a notebook draws it and without title and sentence."""

    def no_heading() -> None:
        panel = calendar_panel(daily, 9)
        ax = plt.figure(figsize=(9, panel.height)).add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set(xlim=(0, 9), ylim=(panel.height, 0))
        panel.draw(ax, 9, panel.height)

    return {"ours": lambda: charts.calendar(daily), "ours, no heading": no_heading}


def floors(daily: pd.DataFrame) -> dict[str, Draw]:
    """Return a square for each day, weeks across and weekdays down; bare, and with our words."""
    figure = charts.calendar(daily).figure
    size, write = figure.get_size_inches(), words_of(figure)
    plt.close("all")
    weeks = np.full((7, len(daily) // 7 + 2), np.nan)
    place = np.arange(len(daily)) + daily.index[0].weekday()
    weeks[place % 7, place // 7] = daily["adherence"]

    def draw() -> None:
        ax = plt.figure(figsize=size).add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.pcolormesh(weeks)

    return {"bare mesh": draw, "mesh and words": lambda: (draw(), write())}


def others(values: pd.Series) -> dict[str, Draw]:
    """Return the other calendars; july and dayplot draw one Axes for each year, as calplot does."""
    import calplot
    import dayplot
    import july

    years = [year for _, year in values.groupby(values.index.year)]

    def each_year(draw: Callable[..., object]) -> None:
        _, axes = plt.subplots(len(years), figsize=(10, 2 * len(years)), squeeze=False)
        for ax, year in zip(axes.flat, years, strict=True):
            draw([day.date() for day in year.index], list(year), ax=ax)

    def july_as_it_is() -> None:
        try:
            each_year(july.heatmap)
        except AttributeError as error:
            plt.close("all")
            raise CannotError(error) from error

    def july_mended() -> None:
        gone = {"MatplotlibDeprecationWarning": mpl.MatplotlibDeprecationWarning}
        with mock.patch.multiple(cbook, create=True, **gone):
            each_year(july.heatmap)

    return {
        "calplot": lambda: calplot.calplot(values),
        "july": july_as_it_is,
        "july, mended": july_mended,
        "dayplot": lambda: each_year(
            lambda days, numbers, ax: dayplot.calendar(
                days, numbers, start_date=days[0], end_date=days[-1], ax=ax
            )
        ),
    }


def main(*, once: bool) -> None:
    """Print the tables."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    programme = load_programme()
    print(f"matplotlib {mpl.__version__}")
    for years in YEARS[:1] if once else YEARS:
        with folder() as here:
            entries = log_of(here / "log.sqlite3", 700 * years, 365 * years).frame()
        daily = adherence.daily(entries, programme, today=NOW.date())
        draws = floors(daily) | ours(daily)
        if not once:  # the tests install no other calendars
            draws |= others(daily["adherence"].fillna(0))
        ways = {name: drawn(draw) for name, draw in draws.items()}
        beside, rounds = [*floors(daily), "ours"], ONCE if once else ROUNDS
        table(f"calendar of {len(daily)} days", ways, beside, rounds)


if __name__ == "__main__":
    main(once=is_once(__doc__))
