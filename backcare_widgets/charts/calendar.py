"""The calendar: one square a day, told apart by size, fill and mark, not by colour alone.

Up to a year stands in one strip of weeks; more than that in one strip for each calendar year.
Each kind of day is one collection: a patch for each day is what makes other calendars slow.
"""

import math
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.transforms import AffineDeltaTransform
from numpy.typing import NDArray

from .. import adherence as kinds
from ..adherence import sentences
from ..adherence.given import checked
from ..days import in_words, short_month
from . import paper
from .panel import Panel, alone

Points = NDArray[np.float64]

DAY_NOTE = "A day runs from 04:00 to 04:00."
LARGEST = 0.3  # inches, one day
YEAR_GAP = 1.4  # days between two strips
MONTHS = 0.24  # inches above the strips for the names of the months
LEGEND_ROW = 0.27  # inches
LEGEND_DAY = 0.24  # inches, a day in the legend
TODAY = "today"  # in the legend, on a day that is not "so far"
WORDS = {state: state for state in (*kinds.STATES, TODAY)}
WORDS |= {kinds.PARTLY_DONE: "partly done: the larger, the more", kinds.SO_FAR: "today, so far"}
_SHADES = LinearSegmentedColormap.from_list("done", [paper.MIDDLE, "#1F6F69"])


@checked
def calendar(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw every day as a square; the size of its fill tells how much of what was due was done.

    `daily` may be cut to rows that follow each other.
    """
    return alone(calendar_panel(daily), ax)


def calendar_panel(daily: pd.DataFrame, width: float = paper.INSIDE) -> Panel:
    """Return the panel of `calendar`, this many inches across."""
    says, draw = sentences.calendar(daily), partial(_draw, daily) if len(daily) else None
    height = _Grid(daily, width).height if len(daily) else 0.0
    return Panel("How much did I do?", says, daily, draw, height)


class _Grid:
    """Where the days and the legend stand, in inches from the top left corner.

    `week`, `weekday` (0 = Monday) and `top` of its strip are those of each day, in days.
    """

    def __init__(self, daily: pd.DataFrame, width: float, tall: float = math.inf) -> None:
        days = daily.index.to_numpy()
        # 1970-01-01 was a Thursday: + 3 makes a week begin on Monday.
        week, self.weekday = np.divmod(days.astype("datetime64[D]").astype(np.int64) + 3, 7)
        self.week, strip = week - week[0], np.zeros_like(week)
        self.has_years = self.week[-1] >= 53
        if self.has_years:
            year = days.astype("datetime64[Y]")
            self.week = week - (year.astype("datetime64[D]").astype(np.int64) + 3) // 7
            strip = (year - year[0]).astype(np.int64)
        self.top = strip * (7 + YEAR_GAP)
        n_weeks, n_rows = int(self.week.max()) + 1, float(self.top[-1]) + 7

        found = {*daily["state"], *([TODAY] if kinds.has_today(daily) else [])}
        found -= {TODAY} if kinds.SO_FAR in found else set()
        self.shown = [state for state in WORDS if state in found]  # in the legend
        self.left = 0.8 if self.has_years else 0.28  # for the weekdays and the years
        self.has_side_legend = width - self.left - n_weeks * LARGEST > 3.6
        spots = _spots(self.shown, 0 if self.has_side_legend else width - self.left + 0.2)
        below = 0.26 if self.has_side_legend else 0.55 + spots[-1, 1] + LEGEND_ROW
        fitting = (width - self.left) / n_weeks, (tall - MONTHS - below) / n_rows
        self.day = max(min(LARGEST, *fitting), 0.03)
        self.bottom = MONTHS + n_rows * self.day
        beside = np.array([self.left + n_weeks * self.day + 0.6, MONTHS + 0.15])
        under = np.array([self.left + 0.12, self.bottom + 0.38])
        self.spots = spots + (beside if self.has_side_legend else under)
        legend = LEGEND_ROW * (len(self.shown) + 1.6) * self.has_side_legend
        self.height = max(self.bottom + below, MONTHS + legend)


def _spots(shown: list[str], room: float) -> Points:
    """Return the place of each kind of day in a legend this wide."""
    spots: list[tuple[float, float]] = []
    x, y = 0.0, 0.0
    for state in shown:
        slot = 0.62 + 0.066 * len(WORDS[state])
        if spots and x + slot > room:
            x, y = 0.0, y + LEGEND_ROW
        spots.append((x, y))
        x += slot
    return np.array(spots)


def _square(side: float, corner: float = 0.22) -> Points:
    """Return a square with round corners around 0, as 16 points; `side` in days."""
    turn = np.repeat(np.arange(4) * np.pi / 2, 4) + np.tile(np.linspace(0, np.pi / 2, 4), 4)
    towards = np.repeat([(1, 1), (-1, 1), (-1, -1), (1, -1)], 4, axis=0)
    arcs = corner * np.c_[np.cos(turn), np.sin(turn)]
    return np.asarray(side * (towards * (0.5 - corner) + arcs), dtype=np.float64)


def _box(left: float, top: float, width: float, height: float) -> Points:
    right, bottom = left + width, top + height
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


_TILE = _square(0.86)
# What is drawn for a state, in days around its middle: (points, face, edge, line width).
_MARKS: dict[str, list[tuple[Points, str, str, float]]] = {
    kinds.DONE: [(_TILE, paper.DEEP, "none", 0)],
    kinds.PARTLY_DONE: [(_TILE, paper.PALE, "none", 0)],
    kinds.NOT_RECORDED: [(_square(0.8), "none", paper.LINE, 0.7)],
    kinds.NOTHING_DUE: [(_square(0.2, 0.5), paper.LINE, "none", 0)],
    kinds.REST: [(_box(-0.3, -0.08, 0.6, 0.16), paper.MUTED, "none", 0)],
    kinds.FLARE_UP: [(np.array([(0, -0.4), (0.4, 0), (0, 0.4), (-0.4, 0)]), "none", paper.INK, 1)],
    kinds.PAUSED: [(_box(x, -0.26, 0.12, 0.52), paper.LINE, "none", 0) for x in (-0.2, 0.08)],
    kinds.SO_FAR: [(_TILE, paper.PALE, "none", 0)],
}


def _draw(daily: pd.DataFrame, ax: Axes, width: float, height: float) -> None:
    grid = _Grid(daily, width, height)
    places = np.c_[grid.week + 0.5, grid.top + grid.weekday + 0.5]
    middles = np.array([grid.left, MONTHS]) + places * grid.day
    share = daily["adherence"].to_numpy()
    _draw_days(ax, middles, daily["state"], share, grid.day, "days")
    _draw_months(ax, daily.index, grid)
    _draw_rows(ax, daily.index, grid)
    if grid.has_side_legend:
        for i in np.flatnonzero(grid.weekday == 0):
            number = str(daily.index[i].day)
            paper.write(ax, middles[i, 0], grid.bottom + 0.18, number, fontsize=8, ha="center")
    _draw_days(ax, grid.spots, grid.shown, np.full(len(grid.shown), 0.4), LEGEND_DAY, "legend")
    if kinds.has_today(daily):
        ring = "none", paper.INK, 1.4
        _stamp(ax, middles[-1:], _square(1.04) * grid.day, *ring, "today")
        _stamp(ax, grid.spots[-1:], _square(1.04) * LEGEND_DAY, *ring, "legend:today")
    for (x, y), state in zip(grid.spots, grid.shown, strict=True):
        paper.write(ax, x + 0.24, y, WORDS[state], va="center_baseline", gid="legend")
    x, y = grid.spots[0, 0] - 0.12, grid.spots[-1, 1] + LEGEND_ROW * 1.25 - 0.07
    span = " to ".join(dict.fromkeys(in_words(day) for day in daily.index[[0, -1]]))
    is_long = len(f"{span}. {DAY_NOTE}") > paper.letters(width - x, 8.5)
    note = f"{span}.\n{DAY_NOTE}" if is_long else f"{span}. {DAY_NOTE}"
    paper.write(ax, x, y, note, fontsize=8.5, va="top", gid="note", linespacing=1.35)


def _draw_days(
    ax: Axes, middles: Points, states: Any, share: Points, day: float, prefix: str
) -> None:
    """Draw every kind of day as one collection; `share` is the part done, 0 to 1."""
    states = np.asarray(states, dtype=object)
    for state, marks in _MARKS.items():
        here = middles[states == state]
        for points, face, edge, line in marks if len(here) else ():
            _stamp(ax, here, points * day, face, edge, line, f"{prefix}:{state}")
    part = np.isin(states, [kinds.PARTLY_DONE, kinds.SO_FAR])
    if part.any():
        # Something is left to see at 0, and a rim at nearly all.
        done = np.nan_to_num(share[part])
        sides = (0.2 + 0.54 * done)[:, None, None] * _square(1.0) * day
        squares: Any = middles[part][:, None] + sides
        look: Any = {"facecolors": _SHADES(done), "linewidths": 0, "gid": f"{prefix}:share"}
        ax.add_collection(PolyCollection(squares, **look), autolim=False)


def _stamp(
    ax: Axes, middles: Points, points: Points, face: str, edge: str, line: float, gid: str
) -> None:
    """Draw one shape at many places: one path, however many days there are."""
    stamp = PolyCollection(
        [points], offsets=middles, offset_transform=ax.transData, facecolors=face,
        edgecolors=edge, linewidths=line, gid=gid, clip_on=False,
    )  # fmt: skip
    stamp.set_transform(AffineDeltaTransform(ax.transData))  # type: ignore[arg-type]
    ax.add_collection(stamp, autolim=False)


def _draw_months(ax: Axes, index: pd.DatetimeIndex, grid: _Grid) -> None:
    """Write the name of each month once, above the top strip, and draw where each begins."""
    months, day = index.to_numpy().astype("datetime64[M]"), grid.day
    first = np.flatnonzero(np.r_[True, months[1:] != months[:-1]])
    path: list[tuple[float, float]] = []
    for i in first[grid.week[first] > 0]:
        week, row, top = float(grid.week[i]), float(grid.weekday[i]), float(grid.top[i])
        step = [(week, top + row), (week + 1, top + row), (week + 1, top)]
        path += [(week, top + 7), *(step if row else [(week, top)]), (np.nan, np.nan)]
    x, y = np.array(path or [(np.nan, np.nan)]).T * day
    ax.plot(grid.left + x, MONTHS + y, color=paper.LINE, linewidth=0.8)
    # A month is named over the first week that begins in it.
    begins = grid.week[first] + (np.array(first > 0) & (grid.weekday[first] > 0))
    names = list(zip(begins, index.month[first], strict=True))
    if len(names) > 1 and (begins[1] - begins[0]) * day < 0.32:
        del names[0]  # only its last days are here: the two names would touch
    if grid.has_years:
        names = [(4.348 * month + 0.9, month + 1) for month in range(12)]
    every = math.ceil(0.32 / (4.348 * day))  # as many as do not touch
    for week, month in names[::every]:
        x0 = grid.left + (week + 0.07) * day
        paper.write(ax, x0, MONTHS - 0.08, short_month(month), color=paper.INK, gid="month")


def _draw_rows(ax: Axes, index: pd.DatetimeIndex, grid: _Grid) -> None:
    """Write the letters of the weekdays once, beside the top strip, and the years."""
    letter: dict[str, Any] = {"fontsize": 8, "ha": "right", "va": "center_baseline"}
    for row in range(0, 7, 1 if grid.day > 0.2 else 2 if grid.day > 0.07 else 3):
        y = MONTHS + (row + 0.5) * grid.day
        paper.write(ax, grid.left - 0.1, y, "MTWTFSS"[row], **letter)
    for top in np.unique(grid.top) if grid.has_years else ():
        year = str(index.year[np.searchsorted(grid.top, top)])
        y = MONTHS + (top + 3.5) * grid.day
        paper.write(ax, 0, y, year, color=paper.INK, fontsize=11, va="center_baseline")
