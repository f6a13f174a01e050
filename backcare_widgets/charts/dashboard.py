"""The dashboard: all charts on one card."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from .. import adherence
from ..adherence import sentences
from . import calendar as day_calendar
from . import paper as card
from . import scales
from .exercises import by_exercise, height, times
from .pain import (
    PAIN,
    UNDER,
    pain,
    stops,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Panels = tuple[Axes, ...]

CALENDAR_TITLE = "How much did I do?"
TREND_TITLE = "Is it going up or down?"
TREND = 2.0  # inches high
GAP, BETWEEN = 0.7, 0.5  # inches between charts side by side, and one above the other
NOTHING = (0.2, 0.0)  # inches high and below, where only the sentence stands
WIDE = scales.INSIDE + 2 * card.MARGIN  # inches
ONE_COLUMN = 8.0  # inches across; in less two charts have no room beside each other
DOTS_UP_TO = 200  # days; more dots than this hide the line


def _calendar_height(daily: pd.DataFrame, width: float = scales.INSIDE) -> float:
    if not len(daily):
        return 0.3
    shown = day_calendar.legend_states(daily["state"], has_today=adherence.has_today(daily))
    return day_calendar.height(daily.index.to_numpy(), shown, width)


def calendar(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw every day as a square; the size of its fill tells how much of what was due was done.

    `daily` may be cut to some of its rows, as long as they follow each other; ten years stay
    readable.
    """
    says, is_sample = sentences.calendar(daily), bool(daily.attrs.get("sample"))
    ax = ax or scales.own(says, _calendar_height(daily))
    card.heading(ax, CALENDAR_TITLE, says, is_sample=is_sample)
    ax.set_axis_off()
    if len(daily):
        days, share = daily.index.to_numpy(), daily["adherence"].to_numpy()
        day_calendar.draw(
            ax, days, list(daily["state"]), share, has_today=adherence.has_today(daily)
        )
    return ax


def trend(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the adherence of every day and of the 7 days up to it, with the 80 % guide line.

    Over more than two years the line is of the 28 days up to it, which can still be followed.
    """
    import pandas as pd

    says, is_sample = sentences.trend(daily), bool(daily.attrs.get("sample"))
    ax = ax or scales.own(says, TREND, left=scales.SCALE, below=scales.UNDER)
    card.heading(ax, TREND_TITLE, says, is_sample=is_sample, left=scales.SCALE)
    past = adherence.before_today(daily)
    if len(past) < adherence.FEWEST_DAYS:
        ax.set_axis_off()
        return ax
    scales.calm(ax)
    width, height = card.size(ax)
    half = pd.Timedelta(hours=12)
    first, last = daily.index[0], max(daily.index[-1], daily.index[0] + pd.Timedelta(days=13))
    ax.set(xlim=(first - half, last + half), ylim=(-0.06, 1.06))
    ax.set_yticks([0, 0.5, 0.8, 1], ["0 %", "50 %", "80 %", "100 %"])
    scales.date_ticks(ax, first, last, int(width / 0.7))
    ax.axhline(0.8, color=card.MUTED, linewidth=1, dashes=(4, 3))
    rows, guide = _under(width)
    below = (0.1 - scales.UNDER - scales.LEGEND_ROW * (rows - len(guide) + 1)) / height
    lines = {"va": "top", "linespacing": 1.35, "transform": ax.transAxes}
    card.write(ax, -scales.SCALE / width, below + 0.14 / height, "\n".join(guide), **lines)

    off = np.r_[0, (past["due"] <= 0).to_numpy(int), 0]
    spans = np.flatnonzero(np.diff(off)).reshape(-1, 2)
    # Over years a single day would be a hairline: only what is wide enough to see.
    spans = spans[spans[:, 1] - spans[:, 0] > len(daily) // DOTS_UP_TO]
    if len(spans):
        bars = [(past.index[a] - half, pd.Timedelta(days=int(b - a))) for a, b in spans]
        look: dict[str, Any] = {
            "facecolor": "#EDE9DC",
            "hatch": "////",
            "edgecolor": "#8F8B7C",
            "linewidth": 0,
        }
        ax.broken_barh(bars, (-0.06, 1.12), zorder=0.5, label="nothing due", **look)
    if len(daily) <= DOTS_UP_TO:
        blank = (past["state"] == adherence.NOT_RECORDED).to_numpy()
        dot: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 5}
        kinds = (
            (~blank, card.MIDDLE, "none", "one day"),
            (blank, card.PAPER, card.LINE, "not recorded"),
        )
        for rows, face, edge, label in kinds:
            if rows.any():
                ax.plot(past.index[rows], past["adherence"][rows], color=face,
                        markeredgecolor=edge, label=label, **dot)  # fmt: skip
    together = 7 if len(daily) <= 2 * 366 else 28
    line = adherence.rolling(daily, together)
    # A single day has no line yet, but a dot.
    style: dict[str, Any] = {"marker": "o" if line.count() < 2 else "", "color": card.DEEP}
    thick = 2.4 if len(daily) <= DOTS_UP_TO else 1.4
    ax.plot(line.index, line, linewidth=thick, label=f"the {together} days up to here", **style)
    if adherence.has_today(daily) and daily["due"].iloc[-1] > 0:
        ring: dict[str, Any] = {
            "markeredgecolor": card.INK,
            "markeredgewidth": 1.4,
            "markersize": 8,
        }
        ring |= {"marker": "o", "color": card.PAPER, "clip_on": False, "label": "today, so far"}
        ax.plot(daily.index[-1:], daily["adherence"].iloc[-1:], **ring)
    scales.legend(ax, columns=2 if width < 6 else 6)
    return ax


def _under(width: float) -> tuple[int, list[str]]:
    """Give the rows more that stand below a narrow trend, and the lines of its guide."""
    guide = textwrap.wrap(sentences.GUIDE, card.letters(width + scales.SCALE, 9))
    return 2 * (width < 6) + len(guide) - 1, guide


class _Panel(NamedTuple):
    """One chart of the dashboard: how it is drawn, what it says, and the inches it needs."""

    draw: Callable[[Axes], Axes]
    says: str
    height: float
    under: float = 0.0  # below it, for dates and legend
    scale: float = 0.0  # to its left, for numbers


def dashboard(daily: pd.DataFrame, entries: pd.DataFrame, *, width: float = WIDE) -> Panels:
    """Draw all charts on one card, of the days of `daily`; a chart of nothing takes no room.

    Parameters
    ----------
    daily, entries
        From `adherence.daily` and `Log.frame()`.
    width
        Inches across. Below 8 each chart stands below the one before.

    Returns
    -------
    tuple of six Axes
        Calendar, trend, by exercise, times, pain, stops. Their figure is `axes[0].figure`.
    """
    return _on_one_card(daily, entries, width, card.new_figure)


def picture(
    daily: pd.DataFrame, entries: pd.DataFrame, *, width: float = WIDE, dots_per_inch: float = 96
) -> tuple[bytes, list[tuple[str, str]]]:
    """Draw the dashboard as a PNG; pyplot knows nothing of it, so any thread may do so.

    Returns
    -------
    bytes, list of (str, str)
        The picture, and title and sentence of each chart.
    """
    figure = _on_one_card(daily, entries, width, card.CardFigure.of_size)[0].figure
    assert isinstance(figure, card.CardFigure)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=dots_per_inch)
    return png.getvalue(), figure.said()


def _on_one_card(
    daily: pd.DataFrame, entries: pd.DataFrame, width: float, make: Callable[[float, float], Figure]
) -> Panels:
    of_days = sentences.begun(daily, entries)
    of_days.attrs = entries.attrs
    has_line = len(adherence.before_today(daily)) >= adherence.FEWEST_DAYS

    def rated(draw: Callable[[Axes], Axes], says: str, *, is_drawn: bool) -> _Panel:
        return _Panel(draw, says, *((PAIN, UNDER) if is_drawn else NOTHING), scales.SCALE)

    inside = width - 2 * card.MARGIN
    squares = _calendar_height(daily, inside)
    under = scales.UNDER + scales.LEGEND_ROW * _under(inside - scales.SCALE)[0]
    rows: tuple[tuple[_Panel, ...], ...] = (
        (_Panel(partial(calendar, daily), sentences.calendar(daily), squares),),
        (
            _Panel(
                partial(trend, daily),
                sentences.trend(daily),
                *((TREND, under) if has_line else NOTHING),
                scales.SCALE,
            ),
        ),
        (
            _Panel(
                partial(by_exercise, daily),
                sentences.by_exercise(daily),
                height(len(sentences.exercises(daily)[: sentences.MOST_EXERCISES])),
            ),
            _Panel(
                partial(times, daily),
                sentences.times(daily),
                height(len(sentences.timed(daily)), header=True),
            ),
        ),
        (
            rated(
                partial(pain, of_days),
                sentences.pain(of_days),
                is_drawn=len(sentences.pain_pairs(of_days)) >= sentences.FEWEST_PAIRS,
            ),
            rated(
                partial(stops, daily, of_days),
                sentences.stops(daily, of_days),
                is_drawn=sentences.has_stops(daily, of_days),
            ),
        ),
    )
    if width < ONE_COLUMN:
        rows = tuple((panel,) for row in rows for panel in row)
    top, placed = card.MARGIN, []
    for row in rows:
        across = (inside - GAP * (len(row) - 1)) / len(row)
        bottom = top
        for i, panel in enumerate(row):
            left = card.MARGIN + i * (across + GAP) + panel.scale
            begins = top + card.heading_height(panel.says, across)
            placed.append((panel, (left, begins, across - panel.scale, panel.height)))
            bottom = max(bottom, begins + panel.height + panel.under)
        top = bottom + BETWEEN
    figure = make(width, top - BETWEEN + card.MARGIN * 0.7)
    return tuple(panel.draw(card.add_axes(figure, *place)) for panel, place in placed)
