"""The dates that a traveller over the date line never had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from ..days import local_day

# At home clocks change by an hour or less, and a short journey by up to 3; a date takes more.
FAR = dt.timedelta(hours=3)


def dates_never_had(sets: Iterable[tuple[dt.datetime, dt.date]]) -> list[dt.date]:
    """Give the dates that somebody who flew over the date line never had, in order.

    `sets` are (aware start on the wall clock of its own place, day) by start. A date is skipped
    where the offset rose by more than 3 h, and the second day is further on than the clock of
    the first place would have it; of several that may be meant, the last ones before the second.
    """
    dates: list[dt.date] = []
    for (before, first), (after, second) in pairwise(sets):
        here, there = before.utcoffset(), after.utcoffset()
        if here is None or there is None or there - here <= FAR:
            continue
        skipped = (second - local_day(after.astimezone(before.tzinfo))).days
        between = (second - first).days - 1
        dates += [second - dt.timedelta(days=n) for n in range(min(skipped, between), 0, -1)]
    return dates
