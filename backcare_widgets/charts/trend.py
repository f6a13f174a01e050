"""The trend: the adherence of each day, and of the days up to it as a line."""

import textwrap
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .. import adherence
from ..adherence import sentences
from ..adherence.given import checked
from . import paper
from .panel import LEGEND_ROW, SCALE, Panel, alone, date_ticks, days_of, legend

UNDER = 0.85  # inches below, for dates, one row of legend and one of the guide
DOTS_UP_TO = 200  # days; more dots than this hide the line


@checked
def trend(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the adherence of every day and of the 7 days up to it, with the 80 % guide line.

    Over more than two years the line is of the 28 days up to it, which can still be followed.
    """
    return alone(trend_panel(daily), ax)


def trend_panel(daily: pd.DataFrame, width: float = paper.INSIDE) -> Panel:
    """Return the panel of `trend`, this many inches across."""
    has_line = len(adherence.before_today(daily)) >= adherence.FEWEST_DAYS
    rows = _legend_rows(width - SCALE) + len(_guide(width)) - 2
    says, draw = sentences.trend(daily), partial(_draw, daily) if has_line else None
    return Panel("Is it going up or down?", says, daily, draw, 2.0, UNDER + LEGEND_ROW * rows)


def _legend_rows(width: float) -> int:
    return 3 if width < 6 else 1


def _guide(width: float) -> list[str]:
    return textwrap.wrap(sentences.GUIDE, paper.letters(width, 9))


def _draw(daily: pd.DataFrame, ax: Axes, width: float, height: float) -> None:
    past, first = adherence.before_today(daily), daily.index[0]
    last = max(daily.index[-1], first + pd.Timedelta(days=13))
    x = days_of(daily.index)
    ax.set(xlim=(x[0] - 0.5, max(x[-1], x[0] + 13) + 0.5), ylim=(-0.06, 1.06))
    ax.set_yticks([0, 0.5, 0.8, 1], ["0 %", "50 %", "80 %", "100 %"])
    date_ticks(ax, first, last, int(width / 0.7))
    ax.axhline(0.8, color=paper.MUTED, linewidth=1, dashes=(4, 3))
    y = (0.24 - UNDER - LEGEND_ROW * (_legend_rows(width) - 1)) / height
    look = {"va": "top", "linespacing": 1.35, "transform": ax.transAxes}
    paper.write(ax, -SCALE / width, y, "\n".join(_guide(width + SCALE)), **look)

    x_past, is_short = x[: len(past)], len(daily) <= DOTS_UP_TO
    _hatch(ax, x_past, (past["due"] <= 0).to_numpy(), longer_than=len(daily) // DOTS_UP_TO)
    is_blank = (past["state"] == adherence.NOT_RECORDED).to_numpy()
    dots = (
        (~is_blank, paper.MIDDLE, "none", "one day"),
        (is_blank, paper.PAPER, paper.LINE, "not recorded"),
    )
    for here, face, edge, label in dots:
        if is_short and here.any():
            dot: dict[str, Any] = {"color": face, "markeredgecolor": edge, "markersize": 5}
            ax.plot(x_past[here], past["adherence"][here], "o", label=label, **dot)
    together = 7 if len(daily) <= 2 * 366 else 28
    line = adherence.rolling(daily, together)
    thick, label = 2.4 if is_short else 1.4, f"the {together} days up to here"
    marker = "o" if line.count() < 2 else ""  # a single day has no line yet, but a dot
    ax.plot(x_past, line, marker=marker, color=paper.DEEP, linewidth=thick, label=label)
    if adherence.has_today(daily) and daily["due"].iloc[-1] > 0:
        ring: dict[str, Any] = {"markersize": 8, "markeredgewidth": 1.4, "clip_on": False}
        ring |= {"color": paper.PAPER, "markeredgecolor": paper.INK, "label": "today, so far"}
        ax.plot(x[-1:], daily["adherence"].iloc[-1:], "o", **ring)
    legend(ax, 2 if width < 6 else 6)


def _hatch(ax: Axes, x: NDArray[Any], is_off: NDArray[np.bool_], longer_than: int) -> None:
    """Hatch the days with nothing due; over years a single one would be a hairline."""
    spans = np.flatnonzero(np.diff(np.r_[0, is_off.astype(int), 0])).reshape(-1, 2)
    bars = [(x[a] - 0.5, b - a) for a, b in spans if b - a > longer_than]
    if bars:
        look: dict[str, Any] = {"facecolor": "#EDE9DC", "edgecolor": "#8F8B7C", "linewidth": 0}
        look |= {"hatch": "////", "zorder": 0.5, "label": "nothing due"}
        ax.broken_barh(bars, (-0.06, 1.12), **look)
