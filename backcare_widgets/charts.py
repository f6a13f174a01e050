"""The charts of the log, each with a plain sentence that says the same.

Every chart takes `ax` and gives the Axes back; without `ax` it makes a figure of its own, which
a notebook shows. Nothing is shown or saved here, and adherence is worked out in `adherence`.
`daily` is what `adherence.daily` gives, `entries` what `Log.frame()` gives.
`summary(daily, entries)` gives the sentences as text.
"""

from __future__ import annotations

from calendar import month_abbr
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes

from . import adherence, card, sentences
from . import calendar as day_calendar
from .sentences import summary

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["by_exercise", "calendar", "dashboard", "pain", "summary", "trend"]

CALENDAR_TITLE = "What was done, day by day?"
TREND_TITLE = "How much of what was due was done?"
BY_EXERCISE_TITLE = "Which exercises were done?"
PAIN_TITLE = "Pain before and after a set"

INSIDE = 9.0  # inches across a card of our own, without its margins
SCALE = 0.5  # inches to the left of a chart, for the numbers of its scale
UNDER = 0.85  # inches below a chart, for dates and legend
TREND, PAIN, BAR = 2.0, 2.0, 0.62  # inches high
DOTS_UP_TO = 200  # days; more dots than this hide the line


def _own(says: str, height: float, *, left: float = 0.0, below: float = 0.0) -> Axes:
    """Make Axes of this height on a card of their own, with room for heading and margins."""
    top = card.MARGIN + card.heading_height(says, INSIDE)
    figure = card.new_figure(INSIDE + 2 * card.MARGIN, top + height + below + card.MARGIN)
    return card.add_axes(figure, card.MARGIN + left, top, INSIDE - left, height)


def _calendar_height(daily: pd.DataFrame) -> float:
    if not len(daily):
        return 0.3
    shown = day_calendar.legend_states(daily["state"], has_today=adherence.has_today(daily))
    return day_calendar.height(daily.index.to_numpy(), shown, INSIDE)


def calendar(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw every day as a square; the size of its fill tells how much of what was due was done.

    `daily` may be cut to some of its rows, as long as they follow each other; ten years stay
    readable.
    """
    says, is_sample = sentences.calendar(daily), bool(daily.attrs.get("sample"))
    ax = ax or _own(says, _calendar_height(daily))
    card.heading(ax, CALENDAR_TITLE, says, is_sample=is_sample)
    ax.set_axis_off()
    if len(daily):
        days, share = daily.index.to_numpy(), daily["adherence"].to_numpy()
        day_calendar.draw(
            ax, days, list(daily["state"]), share, has_today=adherence.has_today(daily)
        )
    return ax


def _date_ticks(ax: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Name at most ten days of the scale: Mondays, or firsts of a month or a year."""
    import pandas as pd

    for step in ("W-MON", "2W-MON", "MS", "2MS", "QS", "2QS", "YS", "2YS", "5YS"):
        ticks = pd.date_range(first, last, freq=step)
        if len(ticks) <= 10:
            break
    labels = []
    for i, tick in enumerate(ticks):
        label = month_abbr[tick.month] if "Y" not in step else str(tick.year)
        if "Y" not in step and first.year != last.year and (not i or tick.month == 1):
            label += f"\n{tick.year}"
        labels.append(f"{tick.day} {label}" if "W" in step else label)
    ax.set_xticks(ticks.to_numpy(), labels)


def _calm(ax: Axes) -> None:
    """Take away the frame; leave quiet numbers and hairlines."""
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelcolor=card.MUTED, labelsize=9, labelfontfamily=card.fonts())
    ax.grid(axis="y", color=card.HAIRLINE, linewidth=0.8)
    ax.set_axisbelow(True)


def _legend(ax: Axes, columns: int) -> None:
    """Put the legend below the dates, in line with the left edge of the heading."""
    width, height = card.size(ax)
    ax.legend(
        loc="upper left", bbox_to_anchor=(-SCALE / width, -0.44 / height), ncols=columns,
        frameon=False, borderpad=0, borderaxespad=0, handletextpad=0.5, columnspacing=1.8,
        labelcolor=card.MUTED, prop={"family": card.fonts(), "size": 9},
    )  # fmt: skip


def trend(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the adherence of every day and of the 7 days up to it, with the 80 % guide line."""
    import pandas as pd

    says, is_sample = sentences.trend(daily), bool(daily.attrs.get("sample"))
    ax = ax or _own(says, TREND, left=SCALE, below=UNDER)
    card.heading(ax, TREND_TITLE, says, is_sample=is_sample, left=SCALE)
    past = adherence.before_today(daily)
    if not len(past):
        ax.set_axis_off()
        return ax
    _calm(ax)
    half = pd.Timedelta(hours=12)
    first, last = daily.index[0], max(daily.index[-1], daily.index[0] + pd.Timedelta(days=13))
    ax.set(xlim=(first - half, last + half), ylim=(-0.06, 1.06))
    ax.set_yticks([0, 0.5, 0.8, 1], ["0 %", "50 %", "80 %", "100 %"])
    _date_ticks(ax, first, last)
    ax.axhline(0.8, color=card.MUTED, linewidth=1, dashes=(4, 3))
    width, height = card.size(ax)
    card.write(ax, -SCALE / width, -0.78 / height, sentences.GUIDE, transform=ax.transAxes)

    off = np.r_[0, (past["due"] <= 0).to_numpy(int), 0]
    spans = np.flatnonzero(np.diff(off)).reshape(-1, 2)
    # Over years a single day would be a hairline: only what is wide enough to see.
    spans = spans[spans[:, 1] - spans[:, 0] > len(daily) // DOTS_UP_TO]
    if len(spans):
        bars = [(past.index[a] - half, pd.Timedelta(days=int(b - a))) for a, b in spans]
        look: dict[str, Any] = {
            "facecolor": "#EDE9DC",
            "hatch": "////",
            "edgecolor": "#D5D0C0",
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
    line = adherence.rolling(daily)
    # A single day has no line yet, but a dot.
    style: dict[str, Any] = {"marker": "o" if line.count() < 2 else "", "color": card.DEEP}
    thick = 2.4 if len(daily) <= DOTS_UP_TO else 1.4
    ax.plot(line.index, line, linewidth=thick, label="the 7 days up to here", **style)
    if adherence.has_today(daily) and daily["due"].iloc[-1] > 0:
        ring: dict[str, Any] = {
            "markeredgecolor": card.INK,
            "markeredgewidth": 1.4,
            "markersize": 8,
        }
        ring |= {"marker": "o", "color": card.PAPER, "clip_on": False, "label": "today, so far"}
        ax.plot(daily.index[-1:], daily["adherence"].iloc[-1:], **ring)
    _legend(ax, columns=6 if width > 6 else 2)
    return ax


def _rows(daily: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the exercises that there is something to say of."""
    return [row for row in daily.attrs.get("by_exercise", []) if row["due"] or row["sets"]]


def by_exercise(daily: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw for each exercise the sets done out of the sets due, in the last 28 finished days.

    The sums are those that `adherence.daily` left in the `attrs` of `daily`.
    """
    rows = _rows(daily)
    says, is_sample = sentences.by_exercise(daily), bool(daily.attrs.get("sample"))
    ax = ax or _own(says, max(BAR * len(rows), 0.3))
    card.heading(ax, BY_EXERCISE_TITLE, says, is_sample=is_sample)
    ax.set_axis_off()
    width, height = card.size(ax)
    row_height = min(BAR, height / max(len(rows), 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    counts = [sentences.exercise(row) for row in rows]
    full = width - 0.2 - max((len(count) for count in counts), default=0) * 0.066
    for i, (row, count) in enumerate(zip(rows, counts, strict=True)):
        name, bar = (i + 0.3) * row_height, (i + 0.62) * row_height
        title = card.plain(row["title"], card.letters(width, 9.5))
        card.write(ax, 0, name, title, color=card.INK, fontsize=9.5, va="center_baseline")
        x = 0.0
        if row["due"]:
            x = full + 0.12
            look: dict[str, Any] = {"height": row_height * 0.24, "clip_on": False}
            ax.barh(bar, full, facecolor="none", edgecolor=card.LINE, linewidth=0.8, **look)
            ax.barh(bar, full * row["done"] / row["due"], facecolor=card.DEEP, **look)
        card.write(ax, x, bar, count, va="center_baseline")
    return ax


def pain(entries: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the pain ratings before and after a set, for the latest 24 sets that have both."""
    says, is_sample = sentences.pain(entries), bool(entries.attrs.get("sample"))
    ax = ax or _own(says, PAIN, left=SCALE, below=UNDER - 0.25)
    card.heading(ax, PAIN_TITLE, says, is_sample=is_sample, left=SCALE)
    pairs = sentences.pain_pairs(entries)
    if not len(pairs):
        ax.set_axis_off()
        return ax
    _calm(ax)
    width, _ = card.size(ax)
    x = np.arange(len(pairs))
    before, after = (pairs[f"pain_{when}"].to_numpy(dtype=float) for when in ("before", "after"))
    ax.set(xlim=(-0.7, max(len(pairs), 8) - 0.3), ylim=(-0.6, 10.4))
    ax.set_yticks([0, 5, 10], ["0 none", "5", "10 worst"])
    step = -(-len(pairs) // max(int(width / 0.65), 1))
    days = [f"{day.day} {month_abbr[day.month]}" for day in pairs["local_day"]]
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
    _legend(ax, columns=4 if width > 6 else 2)
    return ax


def dashboard(daily: pd.DataFrame, entries: pd.DataFrame) -> tuple[Axes, Axes, Axes, Axes]:
    """Draw all charts on one card.

    Returns
    -------
    tuple of Axes
        Calendar, trend, by exercise, pain. Their figure is `axes[0].figure`.
    """
    gap, between = 0.7, 0.5
    half = (INSIDE - gap) / 2
    # A row begins where the one above ends; a chart begins below its own heading.
    days_top = card.MARGIN + card.heading_height(sentences.calendar(daily), INSIDE)
    days = _calendar_height(daily)
    row = days_top + days + between
    line_top = row + card.heading_height(sentences.trend(daily), INSIDE)
    line, under = (TREND, UNDER) if len(adherence.before_today(daily)) else (0.2, 0.0)
    row = line_top + line + under + between
    bars_top = row + card.heading_height(sentences.by_exercise(daily), half)
    bars = max(BAR * len(_rows(daily)), 0.3)
    pain_top = row + card.heading_height(sentences.pain(entries), half)
    rated, dates = (PAIN, UNDER) if len(sentences.pain_pairs(entries)) else (0.2, 0.0)
    figure = card.new_figure(
        INSIDE + 2 * card.MARGIN, max(bars_top + bars, pain_top + rated + dates) + card.MARGIN * 0.7
    )
    left, right = card.MARGIN, card.MARGIN + half + gap
    return (
        calendar(daily, card.add_axes(figure, left, days_top, INSIDE, days)),
        trend(daily, card.add_axes(figure, left + SCALE, line_top, INSIDE - SCALE, line)),
        by_exercise(daily, card.add_axes(figure, left, bars_top, half, bars)),
        pain(entries, card.add_axes(figure, right + SCALE, pain_top, half - SCALE, rated)),
    )
