"""Time one durable append, beside its floors and as the log grows to a million sets.

Run by `python tests/benchmarks/bench_append.py`. "write + fsync" is the least that brings a row's
bytes to the disk, with no log around them. "bare SQLite" is the least for a row in an SQLite file
that survives a power cut: the same row, tables and settings, its connection kept open.
Against the first an append cannot come below 1.5: SQLite syncs the journal, its folder, the file
and the folder again, where that syncs once. Against the second it is about 1.5 on a quiet disk and
less on a busy one: each append opens a connection of its own, so that any thread and any number of
kernels may write, and looks whether the log and today's backup are still there.
Then what comes once in a kernel and once a day, beside the file's bytes: every row and index is
looked at, of the log and again of its backup. It is what finds damage, so no less of it is done.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from invented import NOW, log_of
from logs import SET
from side_by_side import ONCE, Way, folder, is_once, table, timed

from backcare_widgets import Log
from backcare_widgets.storage.database import connect

SIZES = (0, 1_000, 100_000, 1_000_000)
N_DAYS = 3650


def appends(logs: dict[int, Log], raw: int, bare: sqlite3.Connection) -> dict[str, Way]:
    """Give the ways to append a set; `raw` and `bare` are open files."""
    row = dict(bare.execute("SELECT * FROM event").fetchone())
    insert = f"INSERT INTO event VALUES ({', '.join('?' * len(row))})"
    line, numbers = f"{','.join(map(str, row.values()))}\n".encode(), itertools.count()

    def write_fsync() -> None:
        os.write(raw, line)
        os.fsync(raw)

    def insert_commit() -> None:
        new = row | {"event_id": f"{next(numbers):032x}"}
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(insert, tuple(new.values()))
        bare.execute("COMMIT")

    ours = {
        f"ours, after {n} sets": timed(lambda log=log: log.add(**SET)) for n, log in logs.items()
    }
    return {"write + fsync": timed(write_fsync), "bare SQLite": timed(insert_commit)} | ours


def rarely(log: Log, copy: Path) -> dict[str, Way]:
    """Give what is done once in a kernel, and once a day."""
    days = itertools.count(1)

    def copied() -> None:
        with copy.open("wb") as file:
            file.write(log.path.read_bytes())
            os.fsync(file.fileno())

    daily = opened(log.path, clock=lambda: NOW + dt.timedelta(days=next(days)))
    daily.setting("any")
    return {
        "the file read": timed(log.path.read_bytes),
        "the file copied + fsync": timed(copied),
        "first look, with every page checked": timed(lambda: opened(log.path).setting("any")),
        "first append of a day, with backup": timed(lambda: daily.add(**SET)),
    }


def opened(path: Path, clock=lambda: NOW) -> Log:
    """Open a log anew, as a kernel does that has just started."""
    return Log.open(path, backups=path.parent / "backups", clock=clock)


def main(*, once: bool) -> None:
    """Print the tables."""
    sizes = (0, 10) if once else SIZES
    with folder() as here:
        logs = {}
        for size in sizes:
            (here / str(size)).mkdir()
            logs[size] = log_of(here / str(size) / "log.sqlite3", size, N_DAYS)
            logs[size].add(**SET)  # makes the backup of today
        bare = connect(log_of(here / "bare.sqlite3", 1, 1).path)
        bare.row_factory = sqlite3.Row
        raw = os.open(here / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.sync()
        with closing(bare):
            floors = ["write + fsync", "bare SQLite", f"ours, after {sizes[0]} sets"]
            table("one append", appends(logs, raw, bare), floors, ONCE if once else 50)
        os.close(raw)
        for size in sizes[1:]:
            floors = ["the file read", "the file copied + fsync"]
            table(f"of {size} sets", rarely(logs[size], here / "copy"), floors, ONCE if once else 2)


if __name__ == "__main__":
    main(once=is_once(__doc__))
