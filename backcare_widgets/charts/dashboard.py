"""The dashboard: all charts on one card."""

import io
from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..adherence import sentences
from ..adherence.given import checked
from . import paper
from .calendar import calendar_panel
from .exercises import exercises_panel, times_panel
from .pain import pain_panel, stops_panel
from .trend import trend_panel

GAP, BETWEEN = 0.7, 0.5  # inches between charts side by side, and one above the other
WIDE = paper.INSIDE + 2 * paper.MARGIN  # inches
ONE_COLUMN = 8.0  # inches across; in less two charts have no room beside each other


@checked
def dashboard(
    daily: pd.DataFrame, entries: pd.DataFrame, *, width: float = WIDE
) -> tuple[Axes, ...]:
    """Draw all charts on one card, of the days of `daily`; a chart of nothing takes no room.

    `width` is in inches; below 8 each chart stands below the one before. Return six Axes: calendar,
    trend, by exercise, times, pain, stops.
    """
    return _on_one_card(daily, entries, width, paper.new_figure)


@checked
def picture(
    daily: pd.DataFrame, entries: pd.DataFrame, *, width: float = WIDE, dots_per_inch: float = 96
) -> tuple[bytes, list[tuple[str, str]]]:
    """Return the dashboard as a PNG, and title and sentence of each chart.

    pyplot knows nothing of it, so any thread may draw it.
    """
    figure = _on_one_card(daily, entries, width, paper.CardFigure)[0].figure
    assert isinstance(figure, paper.CardFigure)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=dots_per_inch)
    return png.getvalue(), figure.said


def _on_one_card(
    daily: pd.DataFrame,
    entries: pd.DataFrame,
    width: float,
    card: Callable[[tuple[float, float]], Figure],
) -> tuple[Axes, ...]:
    inside = width - 2 * paper.MARGIN
    of_days = sentences.begun(daily, entries)
    rows = [
        [calendar_panel(daily, inside)],
        [trend_panel(daily, inside)],
        [exercises_panel(daily), times_panel(daily)],
        [pain_panel(of_days), stops_panel(daily, of_days)],
    ]
    if width < ONE_COLUMN:
        rows = [[panel] for row in rows for panel in row]
    top, placed = paper.MARGIN, []
    for row in rows:
        across = (inside - GAP * (len(row) - 1)) / len(row)
        for i, panel in enumerate(row):
            placed.append((panel, paper.MARGIN + i * (across + GAP), top, across))
        top += max(sum(panel.inches(across)) for panel in row) + BETWEEN
    with paper.default_settings():
        figure = card((width, top - BETWEEN + paper.MARGIN * 0.7))
        return tuple(panel.add_to(figure, *place) for panel, *place in placed)
