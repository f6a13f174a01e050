"""The two tables of the report: the programme as prescribed, and sets done of sets due."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import pandas as pd

from .. import adherence, words
from ..adherence import sentences
from ..days import in_words, short_month
from ..programme.models import Exercise, Programme

MOST_EXERCISES = 8  # columns; of more, the last is all the others together
MANY = 5  # more exercises than these are told more tersely, so that all stays on one page
MOST_DOSES = 3  # of one exercise, the latest ones
WHOLE_FROM = 30  # sets in a cell; of so many the parts of one are not shown
NOTHING_DUE = "–"
NUMBERS = ["done", "due", "sets", "days_due"]


@dataclass(frozen=True)
class Table:
    """A table of text, with a heading for each column; the first cell of a row names it.

    `total` is a last row, or empty; `shares`, if any, are of a bar for each row (None: no bar).
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
            wanted = f"{dose.sets_per_day}{f' on {dose.weekdays}' if dose.days else ''}"
            wanted += f", {dose.time_of_day}" if dose.time_of_day else ""
        said.append(wanted if day == first else f"{wanted} (from {in_words(day)})")
    latest = said[: -MOST_DOSES - 1 : -1]
    if left := len(said) - len(latest):
        latest.append(words.count(left, "earlier dose"))
    return "; before: ".join(latest)


def counts(daily: pd.DataFrame, by_exercise: pd.DataFrame, headings: Mapping[str, str]) -> Table:
    """Count the sets done of the sets due of each exercise in each week, or longer span.

    `daily` and `by_exercise` are those of `adherence`, of the same days, and today is left out;
    `headings` have the heading of each exercise by its id, in their order. There are no rows if
    there is no finished day.
    """
    past = adherence.before_today(daily)
    long = by_exercise[by_exercise["local_day"].isin(past.index)]
    done_or_due = long.groupby("exercise_id")[["due", "sets"]].sum().sum(axis="columns")
    ids = [id_ for id_ in headings if done_or_due.get(id_, 0) > 0]
    alone = ids if len(ids) <= MOST_EXERCISES else ids[: MOST_EXERCISES - 1]
    column_of = {id_: id_ if id_ in alone else "" for id_ in ids}
    columns = list(dict.fromkeys(column_of.values()))
    long = long.assign(column=long["exercise_id"].map(column_of), days_due=long["due"] > 0)

    def row(label: str, days: pd.DataFrame, *, is_total: bool = False) -> tuple[str, ...]:
        sums = long[long["local_day"].isin(days.index)].groupby("column")[NUMBERS].sum()
        of_each = sums.reindex(columns, fill_value=0).itertuples(index=False)
        every = adherence.period(days, len(days))
        last = _cell(every.done, every.due, share=every.adherence)
        cells = (label, *(_total(*n) if is_total else _cell(*n[:3]) for n in of_each), last)
        return tuple(c.replace(" of ", "/") for c in cells) if len(ids) > MANY else cells

    parts = [(label, past[f"{a}" : f"{b}"]) for label, a, b in spans(list(past.index.date))]
    sums = [days[["done", "due"]].sum() for _, days in parts]
    headed = [headings.get(id_, f"{len(ids) - len(alone)} others") for id_ in columns]
    return Table(
        "Sets recorded as done, of the sets due",
        ("Days", *headed, "All exercises"),
        tuple(row(label, days) for label, days in parts),
        row("Together", past, is_total=True) if parts else (),
        tuple(both["done"] / both["due"] if both["due"] else None for both in sums),
    )


def _whole(sets: float, of: float) -> float:
    return round(sets) if of >= WHOLE_FROM else sets


def _cell(done: float, due: float, sets: float = 0, share: float | None = None) -> str:
    if due:
        return sentences.done_of_due(_whole(done, due), _whole(due, due), share, noun="")
    return words.count(_whole(sets, sets), "set") if sets else NOTHING_DUE


def _total(done: float, due: float, sets: float, days_due: int) -> str:
    if not due:
        return f"{_cell(done, due, sets)}, no goal"
    share = done / due if days_due >= adherence.FEWEST_DAYS else None
    beyond = round(_whole(sets - done, due), 1)
    return _cell(done, due, share=share) + (f" +{words.count(beyond)}" if beyond else "")


def headings(programme: Programme, ids: Sequence[str]) -> dict[str, str]:
    """Return a short heading for each exercise id; two that would be the same show their id."""
    titles = {exercise.id: exercise.title for exercise in programme.exercises}
    short = {id_: words.plain(sentences.short(titles.get(id_, id_)), 24) for id_ in ids}
    times = Counter(short.values())
    return {id_: name if times[name] == 1 else words.plain(id_, 30) for id_, name in short.items()}


def spans(days: Sequence[dt.date]) -> list[tuple[str, dt.date, dt.date]]:
    """Divide days in a row into weeks from Monday, or where these are many into longer spans.

    Each is a label, the first and the last day: at most 10 weeks, else at most 13 months, quarters,
    years or several years. The label of one that is not whole says how many days it has.
    """
    for months in (0, 1, 3, 12, 24, 60, 120, 1200):
        groups = [list(group) for _, group in groupby(days, partial(_span, months=months))]
        if len(groups) <= (13 if months else 10):
            break
    day, found = dt.timedelta(days=1), []
    for first, last in ((group[0], group[-1]) for group in groups):
        is_part = _span(first, months) in (_span(first - day, months), _span(last + day, months))
        part = f" ({words.count((last - first).days + 1, 'day')})" if is_part else ""
        found.append((_name(first, last, months) + part, first, last))
    return found


def _span(day: dt.date, months: int) -> int:
    """Return the number of the months that a day is in, or with 0 of its week."""
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
