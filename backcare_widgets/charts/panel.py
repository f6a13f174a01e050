"""A panel: one chart with its heading, drawn alone, into Axes of the person or on the dashboard.

And what panels share: a calm scale, dates below it, a legend.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from ..days import short_month
from ..words import SAMPLE
from . import fonts, paper

SCALE = 0.62  # inches to the left of a chart, for the numbers of its scale
LEGEND_ROW = 0.19  # inches
_LINE = 0.202  # inches, of the sentence
_NOTHING = 0.2  # inches high, where only the sentence stands


@dataclass(frozen=True)
class Panel:
    """A chart to be drawn, and the inches it needs.

    `draw` takes the Axes, their width and their height; it is None where there is too little to
    draw. Without a scale the unit of the Axes is the inch, from the top left corner.
    """

    title: str
    sentence: str
    table: pd.DataFrame  # whose `attrs` tell whether it is the sample
    draw: Callable[[Axes, float, float], None] | None
    height: float
    below: float = 0.0  # for dates and legend; a chart with these has a scale on its left

    def inches(self, width: float) -> tuple[float, float, float]:
        """Return the heights of the heading, of the chart and of what is below it."""
        heading = 0.5 + _LINE * len(paper.lines_of(self.sentence, width))
        return (heading, self.height, self.below) if self.draw else (heading, _NOTHING, 0)

    def add_to(self, figure: Figure, left: float, top: float, width: float) -> Axes:
        """Draw it on a figure, this far from the top left corner."""
        across, down = figure.get_size_inches()
        heading, height, _ = self.inches(width)
        scale = SCALE if self.below else 0.0
        left, width = left + scale, width - scale
        bottom = down - top - heading - height
        box = (left / across, bottom / down, width / across, height / down)
        return self.draw_on(figure.add_axes(box, facecolor=paper.PAPER))

    def draw_on(self, ax: Axes) -> Axes:
        """Draw it into these Axes and its heading above them; return the Axes."""
        figure = ax.get_figure(root=True)
        if isinstance(figure, paper.CardFigure):
            figure.said.append((self.title, self.sentence))
        width, height = paper.size(ax)
        left = SCALE if self.below else 0.0
        self._write_heading(ax, left, left + width)
        if self.draw and self.below:
            _calm(ax)
        else:
            ax.set_axis_off()
            ax.set(xlim=(0, width), ylim=(height, 0))
        if self.draw:
            self.draw(ax, width, height)
        return ax

    def _write_heading(self, ax: Axes, left: float, width: float) -> None:
        lines = paper.lines_of(self.sentence, width)
        inches = ax.get_figure(root=True).dpi_scale_trans  # type: ignore[union-attr]

        def above(points: float, text: str, x: float = 0.0, **style: Any) -> None:
            shift = ScaledTranslation(-3 / 72 if x else -left, points / 72, inches)
            paper.write(ax, x, 1, text, transform=ax.transAxes + shift, va="bottom", **style)

        above(12, "\n".join(lines), fontsize=10, linespacing=1.45, gid="sentence")
        points = 16 + 72 * _LINE * len(lines)
        big: dict[str, Any] = {"color": paper.INK, "weight": "bold"}
        above(points, self.title, fontsize=13, gid="title", **big)
        if self.table.attrs.get("sample"):
            # Beside the title where there is room, else above it.
            points += 2 if width > (13.7 * len(self.title) + 244) * paper.letter_width() else 24
            box = {"boxstyle": "round,pad=0.35", "facecolor": "#FFF1C9", "edgecolor": "#8A6D1D"}
            above(points, SAMPLE, x=1, fontsize=8.5, ha="right", gid="sample", bbox=box, **big)


def alone(panel: Panel, ax: Axes | None) -> Axes:
    """Draw a panel into the Axes given, or on a card of its own."""
    with paper.default_settings():
        if ax is not None:
            return panel.draw_on(ax)
        margin, inside = paper.MARGIN, paper.INSIDE
        height = sum(panel.inches(inside)) + 2 * margin
        figure = paper.new_figure((inside + 2 * margin, height))
        return panel.add_to(figure, margin, margin, inside)


def _calm(ax: Axes) -> None:
    """Remove the frame; leave quiet numbers and hairlines."""
    ax.spines[:].set_visible(False)
    quiet: dict[str, Any] = {"labelcolor": paper.MUTED, "labelfontfamily": fonts.preferred()}
    ax.tick_params(length=0, labelsize=9, **quiet)
    ax.grid(axis="y", color=paper.HAIRLINE, linewidth=0.8)
    ax.set_axisbelow(True)


def days_of(dates: pd.DatetimeIndex) -> NDArray[np.float64]:
    """Return dates as matplotlib's numbers: how it converts dates can be set, also by pandas."""
    return np.asarray(date2num(dates))  # type: ignore[no-untyped-call]


def date_ticks(ax: Axes, first: pd.Timestamp, last: pd.Timestamp, room: int) -> None:
    """Label Mondays, or firsts of a month or year: at most ten, or as many as have `room`."""
    for step in ("W-MON", "2W-MON", "MS", "2MS", "QS", "2QS", "YS", "2YS", "5YS"):
        ticks = pd.date_range(first, last, freq=step)
        if len(ticks) <= min(room, 10):
            break
    labels = []
    for i, tick in enumerate(ticks):
        label = short_month(tick.month) if "Y" not in step else str(tick.year)
        if "Y" not in step and first.year != last.year and (not i or tick.month == 1):
            label += f"\n{tick.year}"
        labels.append(f"{tick.day} {label}" if "W" in step else label)
    ax.set_xticks(days_of(ticks), labels)


def legend(ax: Axes, n_columns: int) -> None:
    """Put the legend below the dates, in line with the left edge of the heading."""
    width, height = paper.size(ax)
    ax.legend(
        loc="upper left", bbox_to_anchor=(-SCALE / width, -0.44 / height), ncols=n_columns,
        frameon=False, borderpad=0, borderaxespad=0, handletextpad=0.5, columnspacing=1.8,
        labelcolor=paper.MUTED, prop={"family": fonts.preferred(), "size": 9},
    )  # fmt: skip
