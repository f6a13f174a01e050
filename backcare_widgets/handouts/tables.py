"""The two tables of the report: the programme as prescribed, and sets done of sets due."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from .. import adherence, words
from ..adherence import sentences
from ..days import in_words, short_month

if TYPE_CHECKING:
    import pandas as pd

    from ..programme.models import Exercise, Programme

MOST_EXERCISES = 8  # columns; of more, the last is all the others together
MANY = 5  # more exercises than these are told more tersely, so that all stays on one page
MOST_DOSES = 3  # of one exercise, the latest ones
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
    """Tell what the programme asks for; the sets a day with each change from `first` to `today`."""
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
    """Name the dose of today, and before it those of the period that it took the place of."""
    later = [dose.since for dose in exercise.doses if dose.since and first < dose.since <= today]
    said = []
    for day in [first, *later]:
        dose = exercise.dose_on(day)
        wanted = "no goal"
        if dose and dose.sets_per_day:
            wanted = ", ".join(filter(None, [str(dose.sets_per_day), dose.time_of_day]))
        said.append(wanted if day == first else f"{wanted} (from {in_words(day)})")
    left = len(said) - MOST_DOSES
    earlier = [f"{words.count(left, 'earlier dose')}"] if left > 0 else []
    return "; before: ".join([*said[: -MOST_DOSES - 1 : -1], *earlier])


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
    numbers = ["done", "due", "sets", "days_due"]
    many = len(ids) > MANY
    rows, shares = [], []
    for label, first, last in spans([day.date() for day in past.index]):
        here = long[long["local_day"].between(str(first), str(last))]
        sums = here.groupby("column")[numbers].sum().reindex(columns, fill_value=0)
        cells = [_cell(row, many=many) for row in sums.to_dict("records")]
        days = past[first.isoformat() : last.isoformat()]
        every = adherence.period(days, len(days))
        rows.append((label, *cells, _every(every, many=many)))
        shares.append(every.done / every.due if every.due else None)
    sums = long.groupby("column")[numbers].sum().reindex(columns, fill_value=0)
    totals = [_total(row, many=many) for row in sums.to_dict("records")]
    every = adherence.period(daily, max(len(daily), 1))
    headed = [headings.get(id_, f"{len(ids) - len(alone)} others") for id_ in columns]
    return Table(
        "Sets recorded as done, of the sets due",
        ("Days", *headed, "All exercises"),
        tuple(rows),
        ("Together", *totals, _every(every, many=many)) if rows else (),
        tuple(shares),
    )


def _of(done: float, due: float, share: float | None = None, *, many: bool) -> str:
    """Write counts; of a hundred sets and more the parts of a set are not shown."""
    parts = 0 if due >= (30 if many else 100) else 1
    said = sentences.done_of_due(round(done, parts), round(due, parts), share, noun="")
    return said.replace(" of ", "/") if many else said


def _cell(sums: dict[str, float], *, many: bool) -> str:
    if sums["due"]:
        return _of(sums["done"], sums["due"], many=many)
    return _sets(sums["sets"]) if sums["sets"] else NOTHING_DUE


def _sets(sets: float, noun: str = "set") -> str:
    return words.count(round(sets, 0 if sets >= 100 else 1), noun)


def _total(sums: dict[str, float], *, many: bool) -> str:
    if not sums["due"]:
        return f"{_sets(sums['sets'])}, no goal"
    has_enough = sums["days_due"] >= adherence.FEWEST_DAYS
    share = sums["done"] / sums["due"] if has_enough else None
    beyond = round(sums["sets"] - sums["done"], 1)
    more = f" +{_sets(beyond, '')}" if beyond else ""
    return _of(sums["done"], sums["due"], share, many=many) + more


def _every(period: adherence.Period, *, many: bool) -> str:
    if not period.due:
        return NOTHING_DUE
    return _of(period.done, period.due, period.adherence, many=many)


def headings(programme: Programme, ids: Sequence[str]) -> dict[str, str]:
    """Give each exercise a short heading, by its id; two that would be the same show their id."""
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    short = {id_: words.plain(sentences.short(titles.get(id_, id_)), 24) for id_ in ids}
    times = Counter(short.values())
    return {id_: name if times[name] == 1 else words.plain(id_, 30) for id_, name in short.items()}


# Months in a span, or 0 for a week; and how many rows of it are enough.
_SPANS = ((0, 10), (1, 13), (3, 13), (12, 13), (24, 13), (60, 13), (120, 13), (1200, 13))


def spans(days: Sequence[dt.date]) -> list[tuple[str, dt.date, dt.date]]:
    """Divide days in a row into weeks, Monday to Sunday, or where these are many into longer spans.

    Returns
    -------
    list of (label, first day, last day)
        At most 10 weeks, else at most 13 months, quarters, years or several years. A span of
        which only some days are there says how many.
    """
    divided = ((months, most, _divided(days, months)) for months, most in _SPANS)
    months, groups = next((n, groups) for n, most, groups in divided if len(groups) <= most)
    day, found = dt.timedelta(days=1), []
    for group in groups:
        first, last = group[0], group[-1]
        inside = {_place(first - day, months), _place(last + day, months)}
        is_part = _place(first, months) in inside
        part = f" ({words.count(len(group), 'day')})" if is_part else ""
        found.append((_name(first, last, months) + part, first, last))
    return found


def _divided(days: Sequence[dt.date], months: int) -> list[list[dt.date]]:
    return [list(group) for _, group in groupby(days, lambda day: _place(day, months))]


def _place(day: dt.date, months: int) -> int:
    """Give the number of the span that a day is in."""
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
