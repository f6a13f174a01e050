"""The log a page at a time: some days with their sets, newest first, and what each set once was."""

from __future__ import annotations

import sqlite3
from typing import Any

from ..storage.entry import Row
from ..storage.rows import in_force, rows_of

_DAYS = """
SELECT DISTINCT local_day FROM ({sets} UNION ALL {marks})
WHERE local_day < ? AND local_day >= ? ORDER BY local_day DESC LIMIT ?
"""
_SETS = "SELECT local_day FROM ({})".format(in_force("event", "TRUE"))
_MARKS = "SELECT local_day FROM ({})".format(in_force("mark", "mark IS NOT NULL"))


def days(
    con: sqlite3.Connection, *, before: str = "9999", since: str | None = None, most: int = 14
) -> tuple[list[Row], bool]:
    """Return the days that have a set or a mark, newest first, and whether there are earlier ones.

    Parameters
    ----------
    con
        The log.
    before, since
        Only days before the one and not before the other, as YYYY-MM-DD.
    most
        At most so many days, unless `since` is given.

    Returns
    -------
    list of dict
        `local_day`, `mark` (or None), and `sets`: the rows in force, the latest first, deleted ones
        included (`op` tells), each with `revisions`, the number of its rows.
    """
    query = _DAYS.format(sets=_SETS, marks=_MARKS)
    limit = most if since is None else -1  # which SQLite takes for "all"
    shown = [row["local_day"] for row in rows_of(con, query, before, since or "", limit)]
    earlier = rows_of(con, query, shown[-1] if shown else since or before, "", 1)
    if not shown:
        return [], bool(earlier)
    span = (shown[-1], shown[0])
    by_day: dict[str, dict[str, Any]] = {
        day: {"local_day": day, "mark": None, "sets": []} for day in shown
    }
    of_days = "local_day BETWEEN ? AND ?"
    for row in rows_of(con, in_force("mark", of_days), *span):
        if row["local_day"] in by_day:
            by_day[row["local_day"]]["mark"] = row["mark"]
    latest_first = f"{of_days} ORDER BY start_utc DESC, entry_id"
    for row in rows_of(con, in_force("event", latest_first), *span):
        n = con.execute("SELECT count(*) FROM event WHERE entry_id = ?", (row["entry_id"],))
        by_day[row["local_day"]]["sets"].append(row | {"revisions": n.fetchone()[0]})
    return list(by_day.values()), bool(earlier)


def revisions(con: sqlite3.Connection, entry_id: str) -> list[Row]:
    """Return all rows of a set, the oldest first; none if the log never heard of it."""
    return rows_of(con, "SELECT * FROM event WHERE entry_id = ? ORDER BY rev, event_id", entry_id)
