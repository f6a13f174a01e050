"""Time what the checksum of each revision costs: to write one, and to check them all.

Run by `python tests/benchmarks/bench_checksum.py`. A row is written without one beside ours, in
memory, so that the disk does not hide the difference; all rows are read beside read and checked,
which is done once in a kernel, beside the look at every page that finds other damage.
The ids are half as long again: the last line is what that adds to the file.
"""

from __future__ import annotations

import itertools
import sqlite3
import uuid
from contextlib import closing

from invented import NOW, log_of
from logs import SET
from side_by_side import ONCE, Way, folder, is_once, table, timed

from backcare_widgets.storage.database import COLUMNS, checked_id, connect, set_up
from backcare_widgets.storage.entry import columns_of
from backcare_widgets.storage.rows import append, changed_rows

CHECK = "PRAGMA integrity_check"
SIZES = (1_500, 15_000, 100_000)
N_TIMES = 1000
ROW = columns_of(**SET, note="", source="timer") | {
    "pain_before": None,
    "pain_after": None,
    "op": "add",
}


def writing(con: sqlite3.Connection) -> dict[str, Way]:
    """Give the ways to append a set and to make its id."""
    numbers = itertools.count()
    full = ROW | {"rev": 1, "undoes": None, "recorded_utc": "", "entry_id": "x", "clock_suspect": 0}
    return {
        "an id without a checksum": timed(lambda: [uuid.uuid4().hex for _ in range(N_TIMES)]),
        "an id with one": timed(
            lambda: [checked_id("event", uuid.uuid4().hex, full) for _ in range(N_TIMES)]
        ),
        "an append, in memory": timed(
            lambda: [
                append(con, "event", ROW | {"entry_id": f"{next(numbers)}"}, NOW)
                for _ in range(N_TIMES)
            ]
        ),
    }


def checking(con: sqlite3.Connection) -> dict[str, Way]:
    """Give the ways to look at every row."""
    query = f"SELECT {', '.join(COLUMNS['event'])} FROM event"

    def read() -> None:
        for _ in con.execute(query):
            pass

    return {
        "every row read": timed(read),
        "every row read and checked": timed(lambda: changed_rows(con)),
        "every page checked by SQLite": timed(lambda: con.execute(CHECK).fetchall()),
    }


def sum_up(con: sqlite3.Connection) -> None:
    """Give each row of a log an id with a checksum."""
    con.row_factory = sqlite3.Row
    for row in map(dict, con.execute("SELECT * FROM event").fetchall()):
        new = checked_id("event", row["event_id"], row)
        con.execute("UPDATE event SET event_id = ? WHERE event_id = ?", (new, row["event_id"]))
    con.row_factory = None


def main(*, once: bool) -> None:
    """Print the tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        set_up(con)
        table(f"{N_TIMES} sets", writing(con), ["an append, in memory"], ONCE if once else 5)
    for size in (10,) if once else SIZES:
        with folder() as here:
            path = log_of(here / "log.sqlite3", size, 3650).path
            before = path.stat().st_size
            with closing(connect(path)) as con:
                con.execute("BEGIN")
                sum_up(con)
                con.execute("COMMIT")
                con.execute("VACUUM")
                table(f"{size} sets", checking(con), ["every row read"], ONCE if once else 3)
            print(f"file: {path.stat().st_size / before:.2f} of its size without checksums\n")


if __name__ == "__main__":
    main(once=is_once(__doc__))
