"""The charts of pain: the ratings before and after a set, and the sets stopped for pain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes

from ..adherence import sentences
from ..days import short_month
from . import paper as card
from . import scales

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

PAIN_TITLE = "Did it hurt less afterwards?"
STOPS_TITLE = "How often did I stop for pain?"
PAIN = 1.7  # inches high
UNDER = 0.6  # inches below, for dates and legend
MOST_BARS = 30  # in one chart of stops
_STEPS = [base * 10**tens for tens in range(6) for base in (1, 2, 5)]


def pain(entries: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the pain ratings before and after a set, for the latest 24 sets that have both."""
    says, is_sample = sentences.pain(entries), bool(entries.attrs.get("sample"))
    ax = ax or scales.own(says, PAIN, left=scales.SCALE, below=UNDER)
    card.heading(ax, PAIN_TITLE, says, is_sample=is_sample, left=scales.SCALE)
    pairs = sentences.pain_pairs(entries)
    if len(pairs) < sentences.FEWEST_PAIRS:
        ax.set_axis_off()
        return ax
    scales.calm(ax)
    width, _ = card.size(ax)
    x = np.arange(len(pairs))
    before, after = (pairs[f"pain_{when}"].to_numpy(dtype=float) for when in ("before", "after"))
    ax.set(xlim=(-0.7, max(len(pairs), 8) - 0.3), ylim=(-0.6, 10.4))
    ax.set_yticks([0, 5, 10], ["0 none", "5", "10 worst"])
    step = math.ceil(0.6 * max(len(pairs), 8) / width)  # inches that a day takes
    days = [f"{day.day} {short_month(day.month)}" for day in pairs["local_day"]]
    ax.set_xticks(x[::step], days[::step])
    apart = abs(after - before) >= sentences.SMALLEST_CHANGE
    lines = (
        (apart, 2.6, card.DEEP, "2 points or more apart"),
        (~apart, 1.0, card.LINE, "about the same"),
    )
    for rows, thick, color, label in lines:
        if rows.any():
            ax.vlines(x[rows], before[rows], after[rows], color, linewidth=thick, label=label)
    dot: dict[str, Any] = {"linestyle": "none", "marker": "o", "markeredgecolor": card.DEEP}
    ax.plot(x, before, **dot, markersize=8, color=card.PAPER, label="before")
    ax.plot(x, after, **dot, markersize=4, color=card.DEEP, label="after")
    scales.legend(ax, columns=4 if width > 6 else 2)
    return ax


def stops(daily: pd.DataFrame, entries: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many sets were stopped for pain in each week of `daily`, today included.

    Where the days are many it is in each month, quarter or year; in less than two weeks there is
    no course of it to draw.
    """
    says, is_sample = sentences.stops(daily, entries), bool(daily.attrs.get("sample"))
    ax = ax or scales.own(says, PAIN, left=scales.SCALE, below=UNDER)
    card.heading(ax, STOPS_TITLE, says, is_sample=is_sample, left=scales.SCALE)
    sets = sentences.begun(daily, entries)
    if not sentences.has_stops(daily, entries):
        ax.set_axis_off()
        return ax
    is_stop = sets["outcome"].eq("stopped_for_pain").to_numpy(bool)
    unit, spans = _spans(daily.index.to_numpy())
    place = np.searchsorted(spans, sets["local_day"].to_numpy(), side="right") - 1
    stopped = np.bincount(place[is_stop], minlength=len(spans))
    scales.calm(ax)
    width, tall = card.size(ax)
    most = int(stopped.max())
    ax.set(xlim=(-0.6, max(len(spans), 6) - 0.4), ylim=(0, max(most, 2) * 1.15))
    ax.set_yticks(range(0, most + 1, next(by for by in _STEPS if 4 * by >= most)))
    step = math.ceil(0.6 * max(len(spans), 6) / width)  # inches that a name takes
    ax.set_xticks(range(0, len(spans), step), [_name(day, unit) for day in spans[::step]])
    x = np.arange(len(spans))[stopped > 0]
    ax.bar(x, stopped[x], width=0.62, facecolor=card.DEEP)
    low = -0.5 / tall
    words = f"Sets stopped for pain in each {unit}"
    card.write(ax, -scales.SCALE / width, low, words, transform=ax.transAxes)
    return ax


def _spans(days: NDArray[np.datetime64]) -> tuple[str, NDArray[np.datetime64]]:
    """Divide days into at most `MOST_BARS` weeks, months, quarters or years; give their starts."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    starts = {
        "week": day - (day.astype(int) + 3) % 7,  # day 0 of 1970 was a Thursday
        "month": month,
        "quarter": month - month.astype(int) % 3,
        "year": month - month.astype(int) % 12,
    }
    spans = {unit: np.unique(start).astype("datetime64[D]") for unit, start in starts.items()}
    unit = next((unit for unit in spans if len(spans[unit]) <= MOST_BARS), "year")
    return unit, spans[unit]


def _name(start: np.datetime64, unit: str) -> str:
    day = start.astype(object)
    named = {"week": f"{day.day} {short_month(day.month)}", "year": str(day.year)}
    return named.get(unit, f"{short_month(day.month)}\n{day.year}")
