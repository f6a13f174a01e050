"""What a person may give to the functions of `adherence` and `charts`, by the parameter's name."""

from __future__ import annotations

import datetime as dt
import inspect
import numbers
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..days import read_day, read_day_or_none
from ..errors import CallError
from ..storage.entry import MARKS, is_number
from ..words import shown

if TYPE_CHECKING:
    from ..programme.models import Programme

P = ParamSpec("P")
R = TypeVar("R")

_DAYS, _NUMBERS, _ANY = "M", "iuf", ""  # the kinds of a column, as NumPy names them
_ENTRIES = {
    "local_day": _DAYS, "started_at": _DAYS, "exercise_id": _ANY, "outcome": _ANY,
    "local_hour": _NUMBERS, "repetitions_done": _NUMBERS, "repetitions_prescribed": _NUMBERS,
    "pain_before": _NUMBERS, "pain_after": _NUMBERS,
}  # fmt: skip
_DAILY = {
    "done": _NUMBERS, "due": _NUMBERS, "adherence": _NUMBERS, "state": _ANY, "sets": _NUMBERS,
}  # fmt: skip


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function for a notebook: what it cannot use is refused in a sentence.

    A parameter's name says what it takes, wherever it stands; one of no known name is a KeyError
    as soon as the function is decorated.
    """
    signature = inspect.signature(function)
    readers = {name: _READERS[name] for name in signature.parameters}

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs)
        for name, value in given.arguments.items():
            given.arguments[name] = readers[name](name, value)
        return function(*given.args, **given.kwargs)

    return call


def _refusal(name: str, found: str, advice: str) -> CallError:
    return CallError(f"{name} {found}: give {advice}. Your log is not touched.")


def _table(kinds: Mapping[str, str], made_by: str, name: str, value: Any) -> Any:
    import pandas as pd

    advice = f"what {made_by} returns"
    if not isinstance(value, pd.DataFrame):
        raise _refusal(name, f"is {shown(value)}", advice)
    if missing := [column for column in kinds if column not in value]:
        raise _refusal(name, f"is a table without {', '.join(missing)}", advice)
    index = value.index
    is_of_days = isinstance(index, pd.DatetimeIndex) and not index.tz and not index.hasnans
    if kinds is _DAILY and not is_of_days:
        raise _refusal(name, "is a table whose index is not of days", advice)
    for column, allowed in kinds.items():
        found = value[column]
        if isinstance(found, pd.DataFrame) or (allowed and found.dtype.kind not in allowed):
            raise _refusal(name, f"is a table with something else in {column}", advice)
    # pandas takes a column that gives the index its name as well for neither of the two.
    return value if kinds is _DAILY else value.reset_index(drop=True)


def _programme(_name: str, value: Any) -> Programme:
    from ..programme.models import load_programme  # not where only tables are drawn

    return load_programme(value)


def _marks(name: str, value: Any) -> dict[dt.date, str] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or not all(str(mark) in MARKS for mark in value.values()):
        raise _refusal(name, f"is {shown(value)}", "what Log.marks() returns")
    return {read_day(f"a day of {name}", day): mark for day, mark in value.items()}


def _today(name: str, value: Any) -> dt.date | None:
    day = read_day_or_none(name, value)
    if day and not 1900 <= day.year < 2200:  # a table to the year 9999 would never be done
        raise _refusal(name, f"is {shown(day)}", "a day from 1900 to 2199")
    return day


def _axes(name: str, value: Any) -> Any:
    if value is not None and not hasattr(value, "transAxes"):
        advice = "one Axes, such as the second of what plt.subplots() returns, or None"
        raise _refusal(name, f"is {shown(value)}", advice)
    return value


def _number(kind: type[Any], low: int, high: int, what: str, name: str, value: Any) -> Any:
    if not is_number(value, kind, low, high):
        raise _refusal(name, f"is {shown(value)}", f"{what} from {low} to {high}")
    return value


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "entries": partial(_table, _ENTRIES, "Log.frame()"),
    "daily": partial(_table, _DAILY, "adherence.daily(entries, programme)"),
    "programme": _programme,
    "marks": _marks,
    "today": _today,
    "since": read_day_or_none,
    "ax": _axes,
    "days": partial(_number, numbers.Integral, 1, 100_000, "a whole number"),
    "width": partial(_number, numbers.Real, 4, 20, "a number of inches"),
    "dots_per_inch": partial(_number, numbers.Real, 20, 600, "a number"),
}
