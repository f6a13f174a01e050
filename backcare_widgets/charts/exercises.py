"""The charts of each exercise: what was done of what was due, and at which time of day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .. import words
from ..adherence import sentences
from ..days import PARTS_OF_DAY
from . import paper as card
from . import scales

if TYPE_CHECKING:
    import pandas as pd

BY_EXERCISE_TITLE = "Which exercises did I do?"
TIMES_TITLE = "At which time of day?"
BAR, HEADER = 0.62, 0.3  # inches high: one exercise, and the names of the times above them
SHORTEST_BAR = 0.15  # inches; a shorter one shows nothing


def height(rows: int, *, header: bool = False) -> float:
    """Give the inches that a chart of so many exercises needs."""
    return max(BAR * rows + HEADER * header, 0.3)


def by_exercise(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw for each exercise (the first six) the sets done out of the sets due.

    The sums are those that `adherence.daily` left in the `attrs` of `daily`: of its finished days.
    """
    rows = sentences.exercises(daily)[: sentences.MOST_EXERCISES]
    says, is_sample = sentences.by_exercise(daily), bool(daily.attrs.get("sample"))
    ax = ax or scales.own(says, height(len(rows)))
    card.heading(ax, BY_EXERCISE_TITLE, says, is_sample=is_sample)
    width, row_height = _rows_down(ax, len(rows))
    counts = [sentences.exercise(row) for row in rows]
    full = width - 0.2 - max((len(count) for count in counts), default=0) * 0.066
    for i, (row, count) in enumerate(zip(rows, counts, strict=True)):
        _title(ax, row, width, i * row_height)
        y, x = (i + 0.62) * row_height, 0.0
        if row["due"]:
            x = full + 0.12
            _bar(ax, (0, y, full, row_height), row["done"] / row["due"])
        card.write(ax, x, y, count, va="center_baseline")
    return ax


def times(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw for each exercise with a goal on how many of its days a set was begun at which time.

    As `by_exercise` does; the parts of the day are `adherence.PARTS_OF_DAY`.
    """
    rows = sentences.timed(daily)
    says, is_sample = sentences.times(daily), bool(daily.attrs.get("sample"))
    ax = ax or scales.own(says, height(len(rows), header=True))
    card.heading(ax, TIMES_TITLE, says, is_sample=is_sample)
    width, row_height = _rows_down(ax, len(rows), HEADER)
    column = width / len(PARTS_OF_DAY)
    longest = max((len(str(row["days_due"])) for row in rows), default=1)
    bar = column - 0.3 - 0.085 * (2 * longest + 4)
    for k, part in enumerate(PARTS_OF_DAY if rows else ()):
        card.write(ax, k * column, HEADER / 2, part, va="center_baseline")
    for i, row in enumerate(rows):
        top = HEADER + i * row_height
        _title(ax, row, width, top)
        y = top + 0.62 * row_height
        for k, part in enumerate(PARTS_OF_DAY):
            words = f"{row[part]} of {row['days_due']}"
            x = k * column
            if bar > SHORTEST_BAR:  # long counts in a narrow column leave no room for it
                _bar(ax, (x, y, bar, row_height), row[part] / row["days_due"])
                x += bar + 0.1
            card.write(ax, x, y, words, va="center_baseline")
    return ax


def _rows_down(ax: Axes, rows: int, header: float = 0.0) -> tuple[float, float]:
    """Let the unit of the Axes be the inch, downwards; give their width and the height of a row."""
    width, tall = card.size(ax)
    ax.set_axis_off()
    ax.set(xlim=(0, width), ylim=(tall, 0))
    return width, min(BAR, (tall - header) / max(rows, 1))


def _title(ax: Axes, row: dict[str, Any], width: float, top: float) -> None:
    title = words.plain(row["title"], card.letters(width, 9.5))
    y = top + 0.3 * BAR
    card.write(ax, 0, y, title, color=card.INK, fontsize=9.5, va="center_baseline")


def _bar(ax: Axes, place: tuple[float, float, float, float], share: float) -> None:
    """Draw a bar of which a share is filled; `place` is left, middle, length, height of the row."""
    left, middle, length, tall = place
    low, high = middle - tall * 0.12, tall * 0.24
    frame: dict[str, Any] = {"facecolor": "none", "edgecolor": card.LINE, "linewidth": 0.8}
    # Not `barh`, which would work out limits and an entry of a legend for each.
    for wide, look in ((length, frame), (length * share, {"facecolor": card.DEEP})):
        ax.add_patch(Rectangle((left, low), wide, high, clip_on=False, **look))
