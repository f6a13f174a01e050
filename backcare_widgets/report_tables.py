"""The two tables of the report: the programme as prescribed, and sets done of sets due."""

from __future__ import annotations

import datetime as dt
from calendar import month_abbr
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from . import adherence, card, sentences

if TYPE_CHECKING:
    import pandas as pd

    from .programme import Exercise, Programme

MOST_EXERCISES = 8  # columns; of more, the last is all the others together
MOST_DOSES = 3  # of one exercise, the latest ones
NOTHING_DUE = "–"
_Key = Callable[[dt.date], Hashable]


@dataclass(frozen=True)
class Table:
    """A table of text: `columns` are its headings, the first cell of a row names the row.

    `total` is a last row, or empty. `shares`, if any, is for each row the part to fill of a bar,
    0 to 1, or None for no bar.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    shares: tuple[float | None, ...] = ()


def prescribed(programme: Programme, first: dt.date, today: dt.date) -> Table:
    """Tell what the programme asks for; the sets a day with each change from `first` to `today`."""
    exercises = programme.exercises[:MOST_EXERCISES]
    rows = [
        (
            card.plain(one.title, 60),
            str(one.repetitions),
            _held(one),
            card.plain(_doses(one, first, today), 150),
        )
        for one in exercises
    ]
    if left := len(programme.exercises) - len(exercises):
        rows.append((f"and {sentences.count(left, 'more exercise')}", "", "", ""))
    columns = ("Exercise", "Repetitions in a set", "Each held for", "Sets a day")
    return Table("The programme as prescribed", columns, tuple(rows))


def _held(exercise: Exercise) -> str:
    held = [phase for phase in exercise.phases if phase.until or phase.hold_s]
    times = dict.fromkeys(
        "as long as is comfortable" if phase.until else f"{sentences.count(phase.hold_s)} s"
        for phase in held
    )
    sides = ", each side" if {"right", "left"} <= {phase.side for phase in held} else ""
    return card.plain(" or ".join(times), 40) + sides or "not held"


def _doses(exercise: Exercise, first: dt.date, today: dt.date) -> str:
    later = [dose.since for dose in exercise.doses if dose.since and first < dose.since <= today]
    said = []
    for day in [first, *later]:
        dose = exercise.dose_on(day)
        words = "no goal"
        if dose and dose.sets_per_day:
            words = ", ".join(filter(None, [str(dose.sets_per_day), dose.time_of_day]))
        said.append(words if day == first else f"from {sentences.date(day)}: {words}")
    left = max(len(said) - MOST_DOSES, 0)
    return "; ".join(said[left:]) + (f"; {left} earlier not shown" if left else "")


def counts(
    daily: pd.DataFrame, by_exercise: pd.DataFrame, titles: dict[str, str], caption: str
) -> Table:
    """Count the sets done of the sets due of each exercise in each week, or longer span.

    Parameters
    ----------
    daily, by_exercise
        From `adherence`, of the same days; today is left out.
    titles
        The heading of each exercise, by its id; see `headings`.

    Returns
    -------
    Table
        No rows, if there is no finished day.
    """
    past = adherence.before_today(daily)
    groups = spans([day.date() for day in past.index])
    sums = daily.attrs["by_exercise"]
    ids = [id_ for id_, row in zip(titles, sums, strict=True) if row["due"] or row["sets"]]
    rows_of = {id_: row for id_, row in zip(titles, sums, strict=True) if id_ in ids}
    alone = ids if len(ids) <= MOST_EXERCISES else ids[: MOST_EXERCISES - 1]
    others = ids[len(alone) :]
    long = by_exercise.set_index("local_day")
    long = long.assign(
        exercise_id=long["exercise_id"].where(~long["exercise_id"].isin(others), "")
    )
    columns = [*alone, *([""] if others else [])]
    rows, shares = [], []
    for label, first, last in groups:
        here = long.loc[first.isoformat() : last.isoformat()]
        by_id = here.groupby("exercise_id")[["done", "due", "sets"]].sum()
        cells = [_cell(by_id.loc[id_]) if id_ in by_id.index else NOTHING_DUE for id_ in columns]
        # `period` wants all days before today: cut off what comes after these.
        span = past.loc[first.isoformat() : last.isoformat()]
        every = adherence.period(span, len(span))
        words = sentences.done_of_due(every.done, every.due, every.adherence)
        rows.append((label, *cells, words if every.due else NOTHING_DUE))
        shares.append(every.done / every.due if every.due else None)
    every = adherence.period(daily, max(len(daily), 1))
    totals = [rows_of[id_] for id_ in alone]
    if others:
        names = ("done", "due", "sets")
        totals.append({name: sum(rows_of[id_][name] for id_ in others) for name in names})
        totals[-1]["adherence"] = None
    total = (
        "All",
        *(sentences.exercise(row) for row in totals),
        sentences.done_of_due(every.done, every.due, every.adherence),
    )
    headed = [titles[id_] for id_ in alone] + [f"{len(others)} others"] * bool(others)
    return Table(
        caption, ("", *headed, "All exercises"), tuple(rows), total if rows else (), tuple(shares)
    )


def _cell(sums: Any) -> str:
    if sums["due"]:
        return f"{sentences.count(sums['done'])} of {sentences.count(sums['due'])}"
    return sentences.count(sums["sets"], "set") if sums["sets"] else NOTHING_DUE


def headings(programme: Programme, ids: Sequence[str]) -> dict[str, str]:
    """Give each exercise a short heading, by its id; two that would be the same show their id."""
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    short = {id_: card.plain(sentences.short(titles.get(id_, id_)), 24) for id_ in ids}
    times = Counter(short.values())
    return {id_: name if times[name] == 1 else card.plain(id_, 30) for id_, name in short.items()}


# From the shortest: what days fall together, how many rows of it are enough, and its name.
_UNITS: list[tuple[_Key, int]] = [
    (lambda day: day - dt.timedelta(days=day.weekday()), 10),
    (lambda day: (day.year, day.month), 13),
    (lambda day: (day.year, (day.month - 1) // 3), 13),
    *((lambda day, n=n: day.year // n, 13) for n in (1, 2, 5, 10, 100)),
]
_NAMES: list[Callable[[dt.date, dt.date], str]] = [
    lambda a, b: _week(a, b),
    lambda a, _: f"{month_abbr[a.month]} {a.year}",
    lambda a, b: f"{month_abbr[a.month]}–{month_abbr[b.month]} {a.year}",
    *[lambda a, b: f"{a.year}" if a.year == b.year else f"{a.year}–{b.year}"] * 5,
]


def spans(days: Sequence[dt.date]) -> list[tuple[str, dt.date, dt.date]]:
    """Divide days in a row into weeks (Monday to Sunday), or where these are many into longer spans.

    Returns
    -------
    list of (label, first day, last day)
        At most 13, for any time up to a millennium; months, quarters, years or several years when there are more than 10
        weeks. A span of which only some days are there says how many.
    """
    day = dt.timedelta(days=1)
    for (key, most), name in zip(_UNITS, _NAMES, strict=True):
        groups = [list(group) for _, group in groupby(days, key)]
        if len(groups) <= most:
            break
    found = []
    for group in groups:
        first, last = group[0], group[-1]
        is_part = key(first - day) == key(first) or key(last + day) == key(last)
        part = f" ({sentences.count(len(group), 'day')})" if is_part else ""
        found.append((name(first, last) + part, first, last))
    return found


def _week(first: dt.date, last: dt.date) -> str:
    end = f"{last.day} {month_abbr[last.month]}"
    if first == last:
        return end
    start = f"{first.day}" if first.month == last.month else f"{first.day} {month_abbr[first.month]} "
    return f"{start}–{' ' * (first.month != last.month)}{end}"
