"""Time one durable append, beside its floors and as the log grows to a million sets.

Run by `python tests/benchmarks/bench_append.py`. "write + fsync" is the least that brings a row's
bytes to the disk, with no log around them. "bare SQLite" is the least for a row in an SQLite file
that survives a power cut: the same row and settings, its connection open and its statement ready.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from invented import NOW, SET, log_of
from side_by_side import folder, table, timed

from backcare_widgets import Log
from backcare_widgets.database import connect, set_up

SIZES = (0, 1_000, 100_000, 1_000_000)
N_DAYS = 3650
ROUNDS = 25


def opened(log: Log) -> Log:
    """Open the file of a log anew, as a kernel that has just started does."""
    return Log.open(log.path, backups=log.path.parent / "backups", clock=lambda: NOW)


def bare(path: Path, row: dict[str, object], *, durable: bool) -> sqlite3.Connection:
    """Give an open connection to a log of the same tables."""
    path.touch()
    con = connect(path)
    con.execute("BEGIN")
    set_up(con)
    con.execute("COMMIT")
    return con


def main() -> None:
    """Print the tables."""
    with folder() as here:
        logs = {}
        for size in SIZES:
            place = here / str(size)
            place.mkdir()
            logs[size] = log_of(place / "log.sqlite3", size, N_DAYS)
            logs[size].add(**SET)  # looked over and backed up for today, as after the first set
        with closing(connect(logs[0].path)) as con:
            cursor = con.execute("SELECT * FROM event LIMIT 1")
            row = dict(zip([c[0] for c in cursor.description], cursor.fetchone(), strict=True))
        raw = ",".join(map(str, row.values())).encode()
        (here / "bare.sqlite3").touch()
        con = connect(here / "bare.sqlite3")
        con.execute("BEGIN")
        set_up(con)
        con.execute("COMMIT")
        insert = f"INSERT INTO event VALUES ({', '.join('?' * len(row))})"
        n = iter(range(10**9))

        def write_fsync() -> None:
            os.write(handle, raw)
            os.fsync(handle)

        def bare_sqlite() -> None:
            number = next(n)
            con.execute("BEGIN IMMEDIATE")
            con.execute(insert, tuple((row | {"event_id": f"{number:032x}"}).values()))
            con.execute("COMMIT")

        ways = {"write + fsync": timed(write_fsync), "bare SQLite": timed(bare_sqlite)}
        for size, log in logs.items():
            ways[f"Log.add after {size} sets"] = timed(lambda log=log: log.add(**SET))
        handle = os.open(here / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        with closing(con):
            floors = ["write + fsync", "bare SQLite", f"Log.add after {SIZES[0]} sets"]
            table("one append", ways, floors, ROUNDS)
        os.close(handle)


if __name__ == "__main__":
    main()
