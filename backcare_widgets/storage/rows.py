"""The rows of the log: those in force, new revisions, and the union of two logs.

What is in force is the row with the highest (rev, event_id) of its key, which needs no clock
and lets two copies of a log be joined by union. `action` numbers what a person did in this
file, so that `undo` goes back in that order, an import as one.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import EntryError
from ..words import count
from .database import COLUMNS, KEY
from .entry import Row, clock_looked_wrong

Rows = dict[str, list[Row]]

# The setting that names the file itself: it stays with its file, whatever is merged into that.
LOG_ID = "log id"

COLUMNS_OF_SET = (
    "start_utc", "entry_id", "exercise_id", "utc_offset_min", "local_day", "duration_ms",
    "repetitions_done", "repetitions_prescribed", "outcome", "pain_before", "pain_after", "note",
    "source", "clock_suspect",
)  # fmt: skip


def sets(con: sqlite3.Connection, *, day: str | None = None) -> list[Row]:
    """Return the sets in force, by start; of one day (YYYY-MM-DD) if it is given."""
    if day is None:
        return rows_of(con, in_force("event", "op <> 'delete' ORDER BY start_utc, entry_id"))
    condition = "op <> 'delete' AND local_day = ? ORDER BY start_utc, entry_id"
    return rows_of(con, in_force("event", condition), day)


def columns_of_sets(con: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return the sets in force, by start, as one list for each of `COLUMNS_OF_SET`.

    Of many sets this takes half as long as `sets`.
    """
    condition = "op <> 'delete' ORDER BY start_utc, entry_id"
    query = in_force("event", condition, ", ".join(COLUMNS_OF_SET), most_have_one=True)
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS_OF_SET}
    cursor = con.execute(query)
    while rows := cursor.fetchmany(100):  # so that few tuples are ever there at once
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=True):
            column.extend(values)
    return columns


def has_sets(con: sqlite3.Connection) -> bool:
    """Return whether any set is in force, without reading them all."""
    return bool(rows_of(con, in_force("event", "op <> 'delete' LIMIT 1")))


def marks(con: sqlite3.Connection) -> list[Row]:
    """Return the marks in force, by day."""
    return rows_of(con, in_force("mark", "mark IS NOT NULL ORDER BY local_day"))


def settings(con: sqlite3.Connection) -> dict[str, str]:
    """Return the choices in force, by name; the id of the log is none."""
    rows = rows_of(con, in_force("setting", f"name <> '{LOG_ID}' ORDER BY name"))
    return {row["name"]: row["value"] for row in rows}


def all_in_force(con: sqlite3.Connection) -> tuple[list[Row], list[Row], dict[str, str]]:
    """Return the sets, marks and settings in force, of one moment."""
    return sets(con), marks(con), settings(con)


def latest(con: sqlite3.Connection, table: str, key: str) -> Row | None:
    """Return the row in force of one key, or None if the log never heard of it."""
    rows = rows_of(
        con,
        f"SELECT * FROM {table} WHERE {KEY[table]} = ? ORDER BY rev DESC, event_id DESC LIMIT 1",
        key,
    )
    return rows[0] if rows else None


def append(
    con: sqlite3.Connection,
    table: str,
    row: Row,
    now: dt.datetime,
    *,
    action: int | None = None,
    undoes: str | None = None,
) -> None:
    """Insert `row` as the newest revision of its key, by default as an action of its own."""
    before = latest(con, table, row[KEY[table]])
    row = row | {
        "event_id": uuid.uuid4().hex,
        "rev": before["rev"] + 1 if before else 1,
        "action": action or next_action(con),
        "undoes": undoes,
        "recorded_utc": now.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
    }
    if table == "event":
        row["clock_suspect"] = int(clock_looked_wrong(row, now))
    names, values = ", ".join(row), ", ".join("?" * len(row))
    con.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", tuple(row.values()))


def put(con: sqlite3.Connection, table: str, row: Row, now: dt.datetime) -> None:
    """Append a mark or a setting, unless it is in force already."""
    key = KEY[table]
    before = latest(con, table, row[key]) or {}
    if any(before.get(name) != value for name, value in row.items() if name != key):
        append(con, table, row, now)


def change(con: sqlite3.Connection, entry_id: str, columns: Row | None, now: dt.datetime) -> None:
    """Append an edit of a set, or with None its deletion; what changes nothing appends nothing.

    Of a deleted set only {"op": "restore"} is taken, which brings it back.

    Raises
    ------
    EntryError
        If the log knows no such set, or an edit is of one that was deleted.
    """
    row = latest(con, "event", entry_id) if isinstance(entry_id, str) else None
    if row is None:
        msg = f"The log has no set {entry_id!r}; frame() has the ids in its column entry_id."
        raise EntryError(msg)
    if columns is None:
        columns = {"op": "delete"}
    elif columns == {"op": "restore"}:
        columns = columns if row["op"] == "delete" else {}
    elif row["op"] == "delete":
        msg = f"The set {entry_id!r} was deleted, so it cannot be changed."
        raise EntryError(msg)
    else:
        columns = columns | {"op": "edit"} if row | columns != row else {}
    if row | columns != row:
        append(con, "event", row | columns, now)


def next_action(con: sqlite3.Connection) -> int:
    """Return the number of the action about to be done."""
    newest = "SELECT max(action) FROM event UNION ALL SELECT max(action) FROM mark"
    return 1 + max(row[0] or 0 for row in con.execute(newest))


def in_force(table: str, condition: str, columns: str = "*", *, most_have_one: bool = False) -> str:
    """Return the query of the rows in force: of each key the newest revision.

    A correlated subquery per row is slow for a full scan. With `most_have_one` it runs only for the
    keys that have several revisions, which are found first, all at once.
    """
    key = KEY[table]
    newer = f"n.{key} = e.{key} AND (n.rev, n.event_id) > (e.rev, e.event_id)"
    newest = f"NOT EXISTS (SELECT 1 FROM {table} AS n WHERE {newer})"
    if most_have_one:
        several = f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1"
        newest = f"({key} NOT IN ({several}) OR {newest})"
    return f"SELECT {columns} FROM {table} AS e WHERE {newest} AND {condition}"


def rows_of(con: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """Return what a query finds, each row by the names of its columns."""
    cursor = con.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


@dataclass(frozen=True)
class Joined:
    """How many rows were added, by what they are, and how many were refused or there already."""

    sets: int = 0
    changes: int = 0
    marks: int = 0
    settings: int = 0
    already_there: int = 0
    refused: int = 0

    def __bool__(self) -> bool:
        return bool(self.sets or self.changes or self.marks or self.settings)

    def __str__(self) -> str:
        counts = {
            "set": self.sets,
            "change of a set": self.changes,
            "mark of a day": self.marks,
            "setting": self.settings,
        }
        words = [count(n, what) for what, n in counts.items() if n]
        return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]])) or "nothing"


@dataclass(frozen=True, repr=False)
class MergeReport:
    """What `Log.merge` took from another log; shown as sentences.

    `joined` counts the rows: its `sets`, `changes`, `marks`, `settings` and `already_there`.
    """

    path: Path
    joined: Joined

    def __repr__(self) -> str:
        if not self.joined:
            return f"The log already has all that {self.path} has; you may delete that file."
        return (
            f"Added {self.joined} from {self.path}; what the log had is all still there, and undo()"
            " takes the changes out again one by one. That file is as it was; you may delete it."
        )


def rows_in(con: sqlite3.Connection) -> Rows:
    """Return every row of a log, by table."""
    return {
        table: rows_of(con, f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid")
        for table, columns in COLUMNS.items()
    }


def add_missing(con: sqlite3.Connection, rows: Rows) -> Joined:
    """Insert what the log lacks; its actions follow those of the log, in their order.

    A row that breaks a rule of the tables is left out, and so is the id of another log.
    """
    rows = {t: [row for row in of if row.get("name") != LOG_ID] for t, of in rows.items()}
    there = {table: _column(con, table, "event_id") for table in rows}
    missing = {t: [row for row in of if row["event_id"] not in there[t]] for t, of in rows.items()}
    actions = sorted({row["action"] for of in missing.values() for row in of})
    number = {action: n for n, action in enumerate(actions, start=next_action(con))}
    known = _column(con, "event", "entry_id")
    added = dict.fromkeys(COLUMNS, 0)
    for table, of in missing.items():
        names, marks = ", ".join(COLUMNS[table]), ", ".join("?" * len(COLUMNS[table]))
        for row in of:
            values = row | {"action": number[row["action"]]}
            added[table] += con.execute(
                f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",
                [values[name] for name in COLUMNS[table]],
            ).rowcount
    n_new = len(_column(con, "event", "entry_id") - known)
    n_missing = sum(map(len, missing.values()))
    return Joined(
        sets=n_new,
        changes=added["event"] - n_new,
        marks=added["mark"],
        settings=added["setting"],
        already_there=sum(map(len, rows.values())) - n_missing,
        refused=n_missing - sum(added.values()),
    )


def _column(con: sqlite3.Connection, table: str, column: str) -> set[str]:
    return {value for (value,) in con.execute(f"SELECT {column} FROM {table}")}
