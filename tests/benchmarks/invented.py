"""Invented logs of any size, for the benchmarks: the same rows at every run."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from backcare_widgets import Log
from backcare_widgets.storage.database import set_up
from backcare_widgets.storage.entry import columns_of

sys.path.insert(0, str(Path(__file__).parent.parent))
from logs import SET

NOW = dt.datetime(2026, 12, 31, 20, tzinfo=dt.UTC)
EXERCISES = ("lying-down", "lying-down", "sitting-down", "standing-up")
OUTCOMES = ("done",) * 18 + ("stopped", "stopped_for_pain")


def log_of(path: Path, n_sets: int, n_days: int) -> Log:
    """Make a log whose sets are strewn over the days up to `NOW`, the first and last among them.

    The rows go in by one transaction of plain SQL, in the log's own tables: a million appends
    would take an hour.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.execute("BEGIN")
        set_up(con)
        con.executemany(_insert(), _rows(n_sets, n_days))
        con.execute("COMMIT")
    return Log.open(path, backups=path.parent / "backups", clock=lambda: NOW)


_FIXED = columns_of(**SET, note="", source="timer") | {"pain_before": None, "pain_after": None}
_COLUMNS = (*_FIXED, "event_id", "entry_id", "op", "rev", "action", "recorded_utc", "clock_suspect")


def _insert() -> str:
    return f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def _rows(n_sets: int, n_days: int) -> Iterator[tuple[object, ...]]:
    random = np.random.default_rng(20261031)
    ago = np.sort(random.integers(0, n_days, n_sets))[::-1]
    ago[:1], ago[-1:] = n_days - 1, 0
    minutes = random.integers(0, 14 * 60, n_sets)
    for i in range(n_sets):
        start = NOW - dt.timedelta(days=int(ago[i]), minutes=int(minutes[i]))
        n = int(random.integers(0, 2**62))
        before = n % 11 if n % 3 == 0 else None
        yield tuple(
            (
                _FIXED
                | {
                    "start_utc": start.isoformat(timespec="milliseconds")[:23] + "Z",
                    "local_day": f"{start:%Y-%m-%d}",  # 06:00 to 20:00, so never the day before
                    "exercise_id": EXERCISES[n % len(EXERCISES)],
                    "repetitions_done": 3 + n % 3,
                    "outcome": OUTCOMES[n % len(OUTCOMES)],
                    "pain_before": before,
                    "pain_after": None if before is None else max(before - n % 4, 0),
                    "event_id": f"{n:032x}",
                    "entry_id": f"{n * 3:032x}",
                    "op": "add",
                    "rev": 1,
                    "action": i + 1,
                    "recorded_utc": "",
                    "clock_suspect": 0,
                }
            ).values()
        )
