"""The log a page at a time: some days with their sets, newest first, and what each set once was."""

from __future__ import annotations

import datetime as dt
import sqlite3

from ..days import read_day_or_none
from ..storage.entry import Row, checked_text
from ..storage.rows import in_force, rows_of

_MOST_DAYS = 14

_DAYS = """
SELECT DISTINCT local_day FROM ({sets} UNION ALL {marks})
WHERE local_day < ? ORDER BY local_day DESC
""".format(
    sets="SELECT local_day FROM ({})".format(in_force("event", "TRUE")),
    marks="SELECT local_day FROM ({})".format(in_force("mark", "mark IS NOT NULL")),
)
_REVISIONS = "(SELECT count(*) FROM event AS r WHERE r.entry_id = e.entry_id) AS revisions"


def days(
    con: sqlite3.Connection, *, before: dt.date | None, since: dt.date | None
) -> tuple[list[Row], bool]:
    """Return the days that have a set or a mark, newest first, and whether there are earlier ones.

    Only days before the one and not before the other; without `since`, at most 14. Each has
    `local_day`, `mark` (or None), and `sets`: the rows in force, the latest first, deleted ones
    included (`op` tells), each with `revisions`, the number of its rows.
    """
    end = str(read_day_or_none("before", before) or "9999")
    begin = str(read_day_or_none("since", since) or "")
    found = [row["local_day"] for row in rows_of(con, _DAYS, end)]
    shown = found[:_MOST_DAYS] if since is None else [day for day in found if day >= begin]
    if not shown:
        return [], bool(found)
    by_day: dict[str, Row] = {d: {"local_day": d, "mark": None, "sets": []} for d in shown}
    span = "local_day BETWEEN ? AND ?"
    marked = in_force("mark", f"mark IS NOT NULL AND {span}")
    for row in rows_of(con, marked, shown[-1], shown[0]):
        by_day[row["local_day"]]["mark"] = row["mark"]
    sets = in_force("event", f"{span} ORDER BY start_utc DESC, entry_id", f"*, {_REVISIONS}")
    for row in rows_of(con, sets, shown[-1], shown[0]):
        by_day[row["local_day"]]["sets"].append(row)
    return list(by_day.values()), len(shown) < len(found)


def revisions(con: sqlite3.Connection, entry_id: str) -> list[Row]:
    """Return all rows of a set, the oldest first; none if the log never heard of it."""
    query = "SELECT * FROM event WHERE entry_id = ? ORDER BY rev, event_id"
    return rows_of(con, query, checked_text("entry_id", entry_id))
