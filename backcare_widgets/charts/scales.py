"""What charts share: a card of their own, a calm scale, dates below it, a legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from ..days import short_month
from . import paper as card

if TYPE_CHECKING:
    import pandas as pd

INSIDE = 9.0  # inches across a card of our own, without its margins
SCALE = 0.62  # inches to the left of a chart, for the numbers of its scale
UNDER = 0.85  # inches below a chart, for dates and legend
LEGEND_ROW = 0.19  # inches


def own(says: str, height: float, *, left: float = 0.0, below: float = 0.0) -> Axes:
    """Make Axes of this height on a card of their own, with room for heading and margins."""
    top = card.MARGIN + card.heading_height(says, INSIDE)
    figure = card.new_figure(INSIDE + 2 * card.MARGIN, top + height + below + card.MARGIN)
    return card.add_axes(figure, card.MARGIN + left, top, INSIDE - left, height)


def date_ticks(ax: Axes, first: pd.Timestamp, last: pd.Timestamp, room: int) -> None:
    """Name up to ten days of the scale, or what has `room`: Mondays, firsts of a month or year."""
    import pandas as pd

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
    ax.set_xticks(ticks.to_numpy(), labels)


def calm(ax: Axes) -> None:
    """Take away the frame; leave quiet numbers and hairlines."""
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelcolor=card.MUTED, labelsize=9, labelfontfamily=card.fonts())
    ax.grid(axis="y", color=card.HAIRLINE, linewidth=0.8)
    ax.set_axisbelow(True)


def legend(ax: Axes, columns: int) -> None:
    """Put the legend below the dates, in line with the left edge of the heading."""
    width, height = card.size(ax)
    ax.legend(
        loc="upper left", bbox_to_anchor=(-SCALE / width, -0.44 / height), ncols=columns,
        frameon=False, borderpad=0, borderaxespad=0, handletextpad=0.5, columnspacing=1.8,
        labelcolor=card.MUTED, prop={"family": card.fonts(), "size": 9},
    )  # fmt: skip
