"""The panels of pain: the ratings before and after a set, and the sets stopped for pain."""

import math
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..adherence import sentences
from ..adherence.given import checked
from ..days import short_month
from . import paper
from .panel import SCALE, Panel, alone, legend

INCHES = 1.7, 0.6  # high, and below for dates and legend
MOST_BARS = 30  # in one chart of stops
_STEPS = [base * 10**tens for tens in range(6) for base in (1, 2, 5)]


@checked
def pain(entries: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the pain ratings before and after a set, for the latest 24 sets that have both."""
    return alone(pain_panel(entries), ax)


@checked
def stops(daily: pd.DataFrame, entries: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many sets were stopped for pain in each week of `daily`, today included.

    Of many days it is in each month, quarter or year; of less than two weeks nothing is drawn.
    """
    return alone(stops_panel(daily, entries), ax)


def pain_panel(entries: pd.DataFrame) -> Panel:
    """Return the panel of `pain`."""
    pairs = sentences.pain_pairs(entries)
    draw = partial(_draw_pain, pairs) if len(pairs) >= sentences.FEWEST_PAIRS else None
    says = sentences.pain(entries)
    return Panel("Did it hurt less afterwards?", says, entries, draw, *INCHES)


def stops_panel(daily: pd.DataFrame, entries: pd.DataFrame) -> Panel:
    """Return the panel of `stops`."""
    sets = sentences.begun(daily, entries)
    stopped = sets["local_day"][sets["outcome"].eq("stopped_for_pain")]
    is_drawn = sentences.has_stops(daily, entries)
    draw = partial(_draw_stops, daily.index, stopped) if is_drawn else None
    says = sentences.stops(daily, entries)
    return Panel("How often did I stop for pain?", says, daily, draw, *INCHES)


def _draw_pain(pairs: pd.DataFrame, ax: Axes, width: float, _height: float) -> None:
    x, room = np.arange(len(pairs)), max(len(pairs), 8)
    before, after = (pairs[f"pain_{when}"].to_numpy(dtype=float) for when in ("before", "after"))
    ax.set(xlim=(-0.7, room - 0.3), ylim=(-0.6, 10.4))
    ax.set_yticks([0, 5, 10], ["0 none", "5", "10 worst"])
    step = math.ceil(0.6 * room / width)  # inches that a day takes
    days = [f"{day.day} {short_month(day.month)}" for day in pairs["local_day"]]
    ax.set_xticks(x[::step], days[::step])
    is_change = abs(after - before) >= sentences.SMALLEST_CHANGE
    lines = (
        (is_change, 2.6, paper.DEEP, "2 points or more apart"),
        (~is_change, 1.0, paper.LINE, "about the same"),
    )
    for here, thick, color, label in lines:
        if here.any():
            ax.vlines(x[here], before[here], after[here], color, linewidth=thick, label=label)
    dot: dict[str, Any] = {"markeredgecolor": paper.DEEP}
    ax.plot(x, before, "o", markersize=8, color=paper.PAPER, label="before", **dot)
    ax.plot(x, after, "o", markersize=4, color=paper.DEEP, label="after", **dot)
    legend(ax, 4 if width > 6 else 2)


def _draw_stops(
    days: pd.DatetimeIndex, stopped: pd.Series, ax: Axes, width: float, height: float
) -> None:
    for unit in ("week", "month", "quarter", "year"):
        spans = days.to_period(unit[0].upper()).unique()
        if len(spans) <= MOST_BARS:
            break
    place = spans.get_indexer(stopped.dt.to_period(spans.freq))
    counts = np.bincount(place, minlength=len(spans))
    most, room = int(counts.max()), max(len(spans), 6)
    ax.set(xlim=(-0.6, room - 0.4), ylim=(0, max(most, 2) * 1.15))
    ax.set_yticks(range(0, most + 1, next(by for by in _STEPS if 4 * by >= most)))
    step = math.ceil(0.6 * room / width)  # inches that a name takes
    names = []
    for start in spans[::step].start_time:
        month = short_month(start.month)
        named = {"week": f"{start.day} {month}", "year": str(start.year)}
        names.append(named.get(unit, f"{month}\n{start.year}"))
    ax.set_xticks(range(0, len(spans), step), names)
    x = np.flatnonzero(counts)
    ax.bar(x, counts[x], width=0.62, facecolor=paper.DEEP)
    words = f"Sets stopped for pain in each {unit}"
    paper.write(ax, -SCALE / width, -0.5 / height, words, transform=ax.transAxes)
