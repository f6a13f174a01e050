"""Time our calendar beside calplot, july and dayplot, all in one run.

Run by `python tests/benchmarks/bench_calendar.py`, after `pip install -e '.[test,bench]'`. Each
one draws the same adherence of 1, 3 and 10 years onto an Agg canvas, in the form that its own
documentation shows. "ours" has its heading, legend and note, which the others lack; for a like
comparison "ours, no heading" leaves out the title and the sentence (legend and note stay). On
another machine only the ratios mean something.

july 0.1.3 raises AttributeError on matplotlib >= 3.8, where `cbook.MatplotlibDeprecationWarning`
is gone. Its row says so, and a second row "july, mended" has that one name put back.
"""

from __future__ import annotations

import gc
import logging
import statistics
import time
import warnings
from collections.abc import Callable
from unittest import mock

import matplotlib as mpl
import numpy as np
import pandas as pd

mpl.use("Agg")

import calplot
import dayplot
import july
from matplotlib import cbook
from matplotlib import pyplot as plt

from backcare_widgets import adherence, charts, load_programme
from backcare_widgets import calendar as day_calendar

YEARS = (1, 3, 10)
ROUNDS = 7
Draw = Callable[[], object]
reasons: dict[str, str] = {}  # why a calendar could not be drawn


def invented_entries(n_days: int) -> pd.DataFrame:
    """Make a log of `n_days` days with days that are done, partly done and not recorded."""
    random = np.random.default_rng(20261031)
    days = pd.date_range(end="2026-12-31", periods=n_days)
    n_sets = random.integers(0, 5, n_days)
    n_sets[[0, -1]] = 3
    entries = pd.DataFrame({"local_day": days.repeat(n_sets), "exercise_id": "lying-down"})
    entries["repetitions_done"] = random.integers(3, 6, len(entries))
    entries["repetitions_prescribed"] = 5
    entries["outcome"] = "done"
    return entries


def ours(daily: pd.DataFrame) -> dict[str, Draw]:
    """Give our calendar, as a notebook draws it and without title and sentence."""
    days, states, share = (
        daily.index.to_numpy(),
        list(daily["state"]),
        daily["adherence"].to_numpy(),
    )

    def no_heading() -> None:
        shown = day_calendar.legend_states(states, has_today=True)
        figure = plt.figure(figsize=(9, day_calendar.height(days, shown, 9)))
        ax = figure.add_axes((0, 0, 1, 1))
        day_calendar.draw(ax, days, states, share, has_today=True)

    return {"ours": lambda: charts.calendar(daily), "ours, no heading": no_heading}


def others(values: pd.Series) -> dict[str, Draw]:
    """Give the other calendars; july and dayplot draw one Axes for each year, as calplot does."""
    years = [year for _, year in values.groupby(values.index.year)]

    def each_year(draw: Callable[..., object]) -> None:
        _, axes = plt.subplots(len(years), figsize=(10, 2 * len(years)), squeeze=False)
        for ax, year in zip(axes.flat, years, strict=True):
            draw([day.date() for day in year.index], list(year), ax=ax)

    def july_mended() -> None:
        gone = {"MatplotlibDeprecationWarning": mpl.MatplotlibDeprecationWarning}
        with mock.patch.multiple(cbook, create=True, **gone):
            each_year(july.heatmap)

    return {
        "calplot": lambda: calplot.calplot(values),
        "july": lambda: each_year(july.heatmap),
        "july, mended": july_mended,
        "dayplot": lambda: each_year(
            lambda days, numbers, ax: dayplot.calendar(
                days, numbers, start_date=days[0], end_date=days[-1], ax=ax
            )
        ),
    }


def time_ms(draw: Draw) -> float:
    """Draw once and give the milliseconds it took."""
    gc.collect()
    with warnings.catch_warnings(), plt.rc_context():  # july changes rcParams for good
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        draw()
        plt.gcf().canvas.draw()
        taken = 1000 * (time.perf_counter() - start)
    plt.close("all")
    return taken


def side_by_side(calendars: dict[str, Draw]) -> dict[str, list[float]]:
    """Time each in turn, round by round, so that a busy moment of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in calendars}
    for _ in range(ROUNDS + 1):
        for name, draw in calendars.items():
            try:
                taken[name].append(time_ms(draw))
            except AttributeError as error:
                taken[name] = []
                plt.close("all")
                reasons[name] = str(error)
    return {name: times[1:] for name, times in taken.items()}  # the first round warms up


def main() -> None:
    """Print the table."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    programme = load_programme()
    print(f"matplotlib {mpl.__version__}, {ROUNDS} rounds")
    print(f"{'years':>5}  {'calendar':<17}{'best ms':>8}{'median ms':>11}{'median, ours = 1':>18}")
    for years in YEARS:
        entries = invented_entries(365 * years)
        daily = adherence.daily(entries, programme, today=entries["local_day"].max())
        times = side_by_side(ours(daily) | others(daily["adherence"].fillna(0)))
        unit = statistics.median(times["ours"])
        for name, each in times.items():
            line = f"{years:>5}  {name:<17}"
            if each:
                middle = statistics.median(each)
                line += f"{min(each):>8.0f}{middle:>11.0f}{middle / unit:>18.1f}"
            else:
                line += f"{'fails':>8}  {reasons[name]}"
            print(line)


if __name__ == "__main__":
    main()
