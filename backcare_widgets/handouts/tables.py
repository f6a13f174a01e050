"""The two tables of the report: the programme as prescribed, and sets done of sets due."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from .. import adherence, words
from ..adherence import sentences
from ..days import WEEKDAYS, in_words, short_month

if TYPE_CHECKING:
    import pandas as pd

    from ..programme.models import Exercise, Programme

MOST_EXERCISES = 8  # columns; of more, the last is all the others together
MANY = 5  # more exercises than these are told more tersely, so that all stays on one page
MOST_DOSES = 3  # of one exercise, the latest ones
WHOLE_FROM = 30  # sets in a cell; of so many the parts of one are not shown
NOTHING_DUE = "–"


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
    """Return what the programme asks for, with each change of dose from `first` to `today`."""
    exercises = programme.exercises[:MOST_EXERCISES]
    longest = 80 if len(exercises) > MANY else 150
    rows = [
        (
            words.plain(one.title, 60),
            str(one.repetitions),
            _held(one),
            words.plain(_doses(one, first, today), longest),
        )
        for one in exercises
    ]
    if left := len(programme.exercises) - len(exercises):
        rows.append((f"and {words.count(left, 'more exercise')}", "", "", ""))
    columns = ("Exercise", "Repetitions", "Each held for", "Sets a day")
    return Table("The programme as prescribed", columns, tuple(rows))


def _held(exercise: Exercise) -> str:
    held = [phase for phase in exercise.phases if phase.until or phase.hold_s]
    times = dict.fromkeys(
        "as comfortable" if phase.until else f"{words.count(phase.hold_s)} s" for phase in held
    )
    sides = ", each side" if {"right", "left"} <= {phase.side for phase in held} else ""
    return words.plain(" or ".join(times), 30) + sides or "not held"


def _doses(exercise: Exercise, first: dt.date, today: dt.date) -> str:
    """Name the dose of today, and before it those of the period that it replaced."""
    later = [dose.since for dose in exercise.doses if dose.since and first < dose.since <= today]
    said = []
    for day in [first, *later]:
        dose, wanted = exercise.dose_on(day), "no goal"
        if dose and dose.sets_per_day:
            wanted = f"{dose.sets_per_day}{on_weekdays(dose.days)}"
            wanted += f", {dose.time_of_day}" if dose.time_of_day else ""
        said.append(wanted if day == first else f"{wanted} (from {in_words(day)})")
    latest = said[: -MOST_DOSES - 1 : -1]
    if left := len(said) - len(latest):
        latest.append(words.count(left, "earlier dose"))
    return "; before: ".join(latest)


def on_weekdays(days: Collection[str]) -> str:
    """Return the days of a dose, to follow a number: " on Mon, Wed and Fri"; "" for every day."""
    names = [name[:3] for name in WEEKDAYS if name[:3].lower() in days]
    *before, last = names or [""]
    return f" on {', '.join(before)}{' and ' if before else ''}{last}" if last else ""


def counts(daily: pd.DataFrame, by_exercise: pd.DataFrame, headings: Mapping[str, str]) -> Table:
    """Count the sets done of the sets due of each exercise in each week, or longer span.

    Parameters
    ----------
    daily, by_exercise
        From `adherence`, of the same days; today is left out.
    headings
        The heading of each exercise by its id, in their order.

    Returns
    -------
    Table
        No rows if there is no finished day.
    """
    past = adherence.before_today(daily)
    long = by_exercise[by_exercise["local_day"].isin(past.index)]
    done_or_due = long.groupby("exercise_id")[["due", "sets"]].sum().sum(axis="columns") > 0
    ids = [id_ for id_ in headings if done_or_due.get(id_, default=False)]
    alone = ids if len(ids) <= MOST_EXERCISES else ids[: MOST_EXERCISES - 1]
    column_of = {id_: id_ if id_ in alone else "" for id_ in ids}
    long = long.assign(column=long["exercise_id"].map(column_of), days_due=long["due"] > 0)
    columns = list(dict.fromkeys(column_of.values()))

    def summed(part: pd.DataFrame) -> list[dict[str, float]]:
        sums = part.groupby("column")[["done", "due", "sets", "days_due"]].sum()
        return list(sums.reindex(columns, fill_value=0).to_dict("records"))

    rows, shares = [], []
    for label, first, last in spans([day.date() for day in past.index]):
        cells = summed(long[long["local_day"].between(str(first), str(last))])
        days = past[first.isoformat() : last.isoformat()]
        every = adherence.period(days, len(days))
        last_cell = _cell(every.done, every.due, share=every.adherence)
        rows.append((label, *(_cell(c["done"], c["due"], c["sets"]) for c in cells), last_cell))
        shares.append(every.done / every.due if every.due else None)
    every = adherence.period(daily, max(len(daily), 1))
    last_cell = _cell(every.done, every.due, share=every.adherence)
    total = ("Together", *map(_total, summed(long)), last_cell) if rows else ()
    if len(ids) > MANY:
        rows = [tuple(cell.replace(" of ", "/") for cell in row) for row in rows]
        total = tuple(cell.replace(" of ", "/") for cell in total)
    headed = [headings.get(id_, f"{len(ids) - len(alone)} others") for id_ in columns]
    return Table(
        "Sets recorded as done, of the sets due",
        ("Days", *headed, "All exercises"),
        tuple(rows),
        total,
        tuple(shares),
    )


def _whole(sets: float, of: float) -> float:
    """Leave out the parts of a set where there are many."""
    return round(sets) if of >= WHOLE_FROM else sets


def _cell(done: float, due: float, sets: float = 0, share: float | None = None) -> str:
    if due:
        return sentences.done_of_due(_whole(done, due), _whole(due, due), share, noun="")
    return words.count(_whole(sets, sets), "set") if sets else NOTHING_DUE


def _total(sums: Mapping[str, float]) -> str:
    done, due, sets = sums["done"], sums["due"], sums["sets"]
    if not due:
        return f"{_cell(done, due, sets)}, no goal"
    share = done / due if sums["days_due"] >= adherence.FEWEST_DAYS else None
    beyond = round(_whole(sets - done, due), 1)
    return _cell(done, due, share=share) + (f" +{words.count(beyond)}" if beyond else "")


def headings(programme: Programme, ids: Sequence[str]) -> dict[str, str]:
    """Return a short heading for each exercise id; two that would be the same show their id."""
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    short = {id_: words.plain(sentences.short(titles.get(id_, id_)), 24) for id_ in ids}
    times = Counter(short.values())
    return {id_: name if times[name] == 1 else words.plain(id_, 30) for id_, name in short.items()}


# Months in a span, or 0 for a week; and how many rows of it are enough.
_SPANS = ((0, 10), (1, 13), (3, 13), (12, 13), (24, 13), (60, 13), (120, 13), (1200, 13))


def spans(days: Sequence[dt.date]) -> list[tuple[str, dt.date, dt.date]]:
    """Divide days in a row into weeks from Monday, or where these are many into longer spans.

    Returns
    -------
    list of (label, first day, last day)
        At most 10 weeks, else at most 13 months, quarters, years or several years. The label of
        a span that is not whole says how many days it has.
    """
    for months, most in _SPANS:
        groups = [list(group) for _, group in groupby(days, partial(_span, months=months))]
        if len(groups) <= most:
            break
    day, found = dt.timedelta(days=1), []
    for group in groups:
        first, last = group[0], group[-1]
        is_part = _span(first, months) in (_span(first - day, months), _span(last + day, months))
        part = f" ({words.count(len(group), 'day')})" if is_part else ""
        found.append((_name(first, last, months) + part, first, last))
    return found


def _span(day: dt.date, months: int) -> int:
    """Return the number of the span that a day is in."""
    return (12 * day.year + day.month - 1) // months if months else day.toordinal() - day.weekday()


def _name(first: dt.date, last: dt.date, months: int) -> str:
    a, b = short_month(first.month), short_month(last.month)
    if months >= 12:
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if months:
        return f"{a if a == b else f'{a}–{b}'} {first.year}"
    if first == last:
        return f"{first.day} {a}"
    return f"{first.day}–{last.day} {b}" if a == b else f"{first.day} {a} – {last.day} {b}"
