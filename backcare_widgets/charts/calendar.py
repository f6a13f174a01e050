"""The calendar of the days: one square a day, told apart by size, fill and mark, not by colour.

Up to a year stands in one strip of weeks; more than that in one strip for each calendar year.
All is drawn in one Axes whose unit is the inch, each kind of day as one collection: a figure
of its own for each year or a patch for each day is what makes other calendars slow.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.transforms import AffineDeltaTransform

from .. import adherence as kinds
from ..days import in_words, short_month
from . import paper as card

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Numbers = NDArray[np.int64]
    Days = NDArray[np.datetime64]

DAY_NOTE = "A day runs from 04:00 to 04:00."
LARGEST = 0.3  # inches, one day
YEAR_GAP = 1.4  # days between two strips
MONTHS = 0.24  # inches above the strips for the names of the months
LEGEND_ROW = 0.27  # inches
TODAY = "today"  # in the legend, on a day that is not "so far"
WORDS = {
    kinds.DONE: "done",
    kinds.PARTLY_DONE: "partly done: the larger, the more",
    kinds.NOT_RECORDED: "not recorded",
    kinds.NOTHING_DUE: "nothing due",
    kinds.REST: "rest",
    kinds.FLARE_UP: "flare-up",
    kinds.PAUSED: "paused",
    kinds.NO_SUCH_DAY: "no such day, by travel",
    kinds.SO_FAR: "today, so far",
    TODAY: "today",
}
_SHADES = LinearSegmentedColormap.from_list("done", [card.MIDDLE, "#1F6F69"])


def _square(side: float, corner: float = 0.22) -> Points:
    """Give a square with round corners around 0, as 16 points; `side` in days."""
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
    kinds.DONE: [(_TILE, card.DEEP, "none", 0)],
    kinds.PARTLY_DONE: [(_TILE, card.PALE, "none", 0)],
    kinds.NOT_RECORDED: [(_square(0.8), "none", card.LINE, 0.7)],
    kinds.NOTHING_DUE: [(_square(0.2, 0.5), card.LINE, "none", 0)],
    kinds.REST: [(_box(-0.3, -0.08, 0.6, 0.16), card.MUTED, "none", 0)],
    kinds.FLARE_UP: [(np.array([(0, -0.4), (0.4, 0), (0, 0.4), (-0.4, 0)]), "none", card.INK, 1)],
    kinds.PAUSED: [(_box(x, -0.26, 0.12, 0.52), card.LINE, "none", 0) for x in (-0.2, 0.08)],
    kinds.NO_SUCH_DAY: [(_square(0.24, 0.5), "none", card.LINE, 0.8)],
    kinds.SO_FAR: [(_TILE, card.PALE, "none", 0)],
}


@dataclass(frozen=True)
class Grid:
    """Where the days stand: week of the strip, weekday (0 = Monday) and strip of each."""

    week: Numbers
    weekday: Numbers
    strip: Numbers
    first_year: int | None  # of strips that are calendar years, else None

    @property
    def top(self) -> Points:
        """Top of the strip of each day, in days from the top of the first one."""
        return np.asarray(self.strip * (7 + YEAR_GAP), dtype=np.float64)

    def day_size(self, width: float, below: float, tall: float) -> float:
        """Give the inches of one day, so that all of it fits into the Axes."""
        weeks, rows = self.week.max() + 1, self.top.max() + 7
        fitting = (width - self.gutter) / weeks, (tall - MONTHS - below) / rows
        return float(max(min(LARGEST, *fitting), 0.03))

    @property
    def gutter(self) -> float:
        """Inches to the left of the strips, for the weekdays and the years."""
        return 0.28 if self.first_year is None else 0.8

    def has_side_legend(self, width: float) -> bool:
        """Tell whether the strip is so short that the legend has room beside it."""
        return bool(width - self.gutter - (self.week.max() + 1) * LARGEST > 3.6)


def _grid(days: Days) -> Grid:
    """Place days that follow each other without a gap."""
    # 1970-01-01 was a Thursday: + 3 makes a week begin on Monday.
    week, weekday = np.divmod(days.astype("datetime64[D]").astype(np.int64) + 3, 7)
    if week[-1] - week[0] < 53:
        return Grid(week - week[0], weekday, np.zeros_like(week), None)
    year = days.astype("datetime64[Y]")
    new_year = (year.astype("datetime64[D]").astype(np.int64) + 3) // 7
    strip = year.astype(np.int64) - year[0].astype(np.int64)
    return Grid(week - new_year, weekday, strip, 1970 + int(year[0].astype(np.int64)))


def legend_states(states: Iterable[str], *, has_today: bool) -> list[str]:
    """Give the kinds of day that the legend has to explain, in its order."""
    found = set(states)
    if has_today and kinds.SO_FAR not in found:
        found.add(TODAY)
    return [state for state in WORDS if state in found]


def _legend_spots(shown: list[str], width: float) -> list[tuple[float, float]]:
    """Place the legend in rows below the strips, inches from its top left corner."""
    spots: list[tuple[float, float]] = []
    x, y = 0.0, 0.0
    for state in shown:
        slot = 0.62 + 0.066 * len(WORDS[state])
        if spots and x + slot > width + 0.2:
            x, y = 0.0, y + LEGEND_ROW
        spots.append((x, y))
        x += slot
    return spots


def _below(grid: Grid, shown: list[str], width: float) -> float:
    """Give the inches that are needed below the strips."""
    if grid.has_side_legend(width):
        return 0.26
    return 0.55 + _legend_spots(shown, width - grid.gutter)[-1][1] + LEGEND_ROW


def height(days: Days, shown: list[str], width: float) -> float:
    """Give the height in inches that the calendar takes at this width, heading left out."""
    grid = _grid(days)
    below = _below(grid, shown, width)
    own = MONTHS + grid.day_size(width, below, np.inf) * (float(grid.top.max()) + 7) + below
    return max(own, MONTHS + LEGEND_ROW * (len(shown) + 1.6) * grid.has_side_legend(width))


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
        side = 0.2 + 0.54 * done
        squares: Any = middles[part][:, None] + side[:, None, None] * _square(1.0) * day
        look: dict[str, Any] = {
            "facecolors": _SHADES(done),
            "linewidths": 0,
            "gid": f"{prefix}:share",
        }
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


def _draw_months(ax: Axes, days: Days, grid: Grid, day: float) -> None:
    """Write the name of each month once, above the top strip, and draw where each begins."""
    months = days.astype("datetime64[M]")
    first = np.flatnonzero(np.r_[True, months[1:] != months[:-1]])
    path: list[tuple[float, float]] = []
    for i in first[grid.week[first] > 0]:
        week, row, top = float(grid.week[i]), float(grid.weekday[i]), float(grid.top[i])
        step = [(week, top + row), (week + 1, top + row), (week + 1, top)]
        path += [(week, top + 7), *(step if row else [(week, top)]), (np.nan, np.nan)]
    x, y = np.array(path or [(np.nan, np.nan)]).T
    ax.plot(grid.gutter + x * day, MONTHS + y * day, color=card.LINE, linewidth=0.8, gid="months")
    if grid.first_year is None:
        # A month is named over the first week that begins in it.
        begins = [float(grid.week[i] + (i > 0 and grid.weekday[i] > 0)) for i in first]
        names = [(w, int(m.astype(int)) % 12) for w, m in zip(begins, months[first], strict=True)]
        if len(names) > 1 and (names[1][0] - names[0][0]) * day < 0.32:
            del names[0]  # only its last days are here: the two names would touch
    else:
        names = [(4.348 * month + 0.9, month) for month in range(12)]
    every = math.ceil(0.32 / (4.348 * day))  # as many as do not touch
    for week, month in names[::every]:
        x0 = grid.gutter + (week + 0.07) * day
        card.write(ax, x0, MONTHS - 0.08, short_month(month + 1), color=card.INK, gid="month")


def _date(day: np.datetime64) -> dt.date:
    return dt.date.fromisoformat(str(day.astype("datetime64[D]")))


def _draw_rows(ax: Axes, grid: Grid, day: float) -> None:
    """Write the letters of the weekdays once, beside the top strip, and the years."""
    letters = {"fontsize": 8, "ha": "right", "va": "center_baseline"}
    for row in range(0, 7, 1 if day > 0.2 else 2 if day > 0.07 else 3):
        y = MONTHS + (row + 0.5) * day
        card.write(ax, grid.gutter - 0.1, y, "MTWTFSS"[row], **letters)
    if grid.first_year is not None:
        for strip in range(int(grid.strip.max()) + 1):
            y, year = MONTHS + (strip * (7 + YEAR_GAP) + 3.5) * day, str(grid.first_year + strip)
            card.write(ax, 0, y, year, color=card.INK, fontsize=11, va="center_baseline")


def draw(ax: Axes, days: Days, states: list[str], share: Points, *, has_today: bool) -> None:
    """Draw the calendar into `ax`, heading left out.

    Parameters
    ----------
    ax
        Empty Axes; its unit becomes the inch.
    days
        At least one day, each the day after the one before.
    states, share
        State of each day and its part done, 0 to 1, or NaN.
    has_today
        The last day is today: it gets a ring.
    """
    width, tall = card.size(ax)
    ax.set(xlim=(0, width), ylim=(tall, 0))
    ax.set_axis_off()
    grid, shown = _grid(days), legend_states(states, has_today=has_today)
    day, left = grid.day_size(width, _below(grid, shown, width), tall), grid.gutter
    places = np.c_[grid.week + 0.5, grid.top + grid.weekday + 0.5]
    middles = np.array([left, MONTHS]) + places * day
    _draw_days(ax, middles, states, share, day, "days")
    _draw_months(ax, days, grid, day)
    _draw_rows(ax, grid, day)

    bottom = MONTHS + (grid.top.max() + 7) * day
    if grid.has_side_legend(width):
        for i in np.flatnonzero(grid.weekday == 0):
            number = _date(days[i]).day
            card.write(ax, middles[i, 0], bottom + 0.18, str(number), fontsize=8, ha="center")
        x, y = left + (grid.week.max() + 1) * day + 0.6, MONTHS + 0.15
        spots = np.array([(x, y + LEGEND_ROW * i) for i in range(len(shown))])
    else:
        spots = np.array(_legend_spots(shown, width - left))
        spots += np.array([left + 0.12, bottom + 0.38])
    _draw_days(ax, spots, shown, np.full(len(shown), 0.4), 0.24, "legend")
    if has_today:
        for middle, length, gid in ((middles, day, "today"), (spots, 0.24, "legend:today")):
            _stamp(ax, middle[-1:], _square(1.04) * length, "none", card.INK, 1.4, gid)
    for (x, y), state in zip(spots, shown, strict=True):
        card.write(ax, x + 0.24, y, WORDS[state], va="center_baseline", gid="legend")
    x, y = spots[0][0] - 0.12, spots[-1][1] + LEGEND_ROW * 1.25
    span = " to ".join(dict.fromkeys(in_words(_date(day)) for day in days[[0, -1]]))
    note = f"{span}. {DAY_NOTE}"
    if len(note) > card.letters(width - x, 8.5):
        note = f"{span}.\n{DAY_NOTE}"
    card.write(ax, x, y - 0.07, note, fontsize=8.5, va="top", gid="note", linespacing=1.35)
