"""The panels of each exercise: what was done of what was due, and at which time of day."""

from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .. import words
from ..adherence import sentences
from ..adherence.given import checked
from ..days import PARTS_OF_DAY
from . import fonts, paper
from .panel import Panel, alone

Row = dict[str, Any]  # one of `daily.attrs["by_exercise"]`

ROW, HEADER = 0.62, 0.3  # inches high: one exercise, and the names of the times above them
SHORTEST_BAR = 0.15  # inches; a shorter one shows nothing
LONGEST_TITLE = 150  # letters, more than fit on any line


@checked
def by_exercise(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw for each exercise (the first six) the sets done out of the sets due.

    The sums are `daily.attrs["by_exercise"]`, also where `daily` is cut to some of its rows.
    """
    return alone(exercises_panel(daily), ax)


@checked
def times(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw for each exercise with a goal on how many of its days a set was begun at which time.

    The sums are those of `by_exercise`; the parts of the day are `days.PARTS_OF_DAY`.
    """
    return alone(times_panel(daily), ax)


def exercises_panel(daily: pd.DataFrame) -> Panel:
    """Return the panel of `by_exercise`."""
    daily = _named(daily)
    rows = sentences.exercises(daily)[: sentences.MOST_EXERCISES]
    says, draw = sentences.by_exercise(daily), partial(_draw_exercises, rows) if rows else None
    return Panel("Which exercises did I do?", says, daily, draw, ROW * len(rows))


def times_panel(daily: pd.DataFrame) -> Panel:
    """Return the panel of `times`."""
    daily = _named(daily)
    rows = sentences.timed(daily)
    says, draw = sentences.times(daily), partial(_draw_times, rows) if rows else None
    return Panel("At which time of day?", says, daily, draw, HEADER + ROW * len(rows))


def _named(daily: pd.DataFrame) -> pd.DataFrame:
    """Name an exercise by its id if no font of this machine has all letters of its title."""
    rows = []
    for number, row in enumerate(daily.attrs.get("by_exercise", []), 1):
        names = (row["title"], row["exercise_id"], f"exercise {number}")
        plain = (words.plain(name, LONGEST_TITLE) for name in names)
        rows.append(row | {"title": next(name for name in plain if name and fonts.families(name))})
    named = daily.copy(deep=False)
    named.attrs["by_exercise"] = rows
    return named


def _draw_exercises(rows: list[Row], ax: Axes, width: float, height: float) -> None:
    tall = min(ROW, height / len(rows))
    counts = [sentences.exercise(row) for row in rows]
    full = width - 0.2 - max(map(len, counts)) * 0.066
    for i, (row, count) in enumerate(zip(rows, counts, strict=True)):
        _write_title(ax, row["title"], width, i * tall)
        y, x = (i + 0.62) * tall, 0.0
        if row["due"]:
            x = full + 0.12
            _bar(ax, (0, y, full, tall), row["done"] / row["due"])
        paper.write(ax, x, y, count, va="center_baseline")


def _draw_times(rows: list[Row], ax: Axes, width: float, height: float) -> None:
    tall, column = min(ROW, (height - HEADER) / len(rows)), width / len(PARTS_OF_DAY)
    longest = max(len(str(row["days_due"])) for row in rows)
    bar = column - 0.3 - 0.085 * (2 * longest + 4)
    for k, part in enumerate(PARTS_OF_DAY):
        paper.write(ax, k * column, HEADER / 2, part, va="center_baseline")
        for i, row in enumerate(rows):
            x, y = k * column, HEADER + (i + 0.62) * tall
            if bar > SHORTEST_BAR:  # long counts in a narrow column leave no room for it
                _bar(ax, (x, y, bar, tall), row[part] / row["days_due"])
                x += bar + 0.1
            paper.write(ax, x, y, f"{row[part]} of {row['days_due']}", va="center_baseline")
    for i, row in enumerate(rows):
        _write_title(ax, row["title"], width, HEADER + i * tall)


def _write_title(ax: Axes, title: str, width: float, top: float) -> None:
    room = paper.letters(width, 9.5) * len(title) // sum(map(paper.columns, title))
    look = {"color": paper.INK, "fontsize": 9.5, "va": "center_baseline"}
    paper.write(ax, 0, top + 0.3 * ROW, words.plain(title, room), **look)


def _bar(ax: Axes, place: tuple[float, float, float, float], share: float) -> None:
    """Draw a bar of which a share is filled; `place` is left, middle, length, height of the row."""
    left, middle, length, tall = place
    corner, high = (left, middle - tall * 0.12), tall * 0.24
    # Not `barh`, which would work out limits and an entry of a legend for each.
    for wide, face, edge in ((length, "none", paper.LINE), (length * share, paper.DEEP, "none")):
        look: dict[str, Any] = {"facecolor": face, "edgecolor": edge, "linewidth": 0.8}
        ax.add_patch(Rectangle(corner, wide, high, clip_on=False, **look))
