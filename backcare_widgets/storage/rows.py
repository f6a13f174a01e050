"""The rows of the log, only ever inserted: a change, a deletion and an undo are new revisions.

What is in force is the row with the highest (rev, event_id) of its key, which needs no clock
and lets two copies of a log be joined by union. `action` numbers what a person did in this
file, so that `undo` goes back in that order, an import as one.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from ..errors import EntryError
from .entry import (
    ID_CHARACTERS,
    MARKS,
    NOTE_CHARACTERS,
    OUTCOMES,
    SOURCES,
    Record,
    Row,
    clock_looked_wrong,
)


def _whole(column: str, low: int, high: int, *, optional: bool = False) -> str:
    """Return a column of whole numbers; SQLite alone would keep 3.5 and 'lots' as they are."""
    check = f"typeof({column}) = 'integer' AND {column} BETWEEN {low} AND {high}"
    if optional:
        return f"{column} INTEGER CHECK ({column} IS NULL OR {check})"
    return f"{column} INTEGER NOT NULL CHECK ({check})"


def _text(column: str, shortest: int, longest: int) -> str:
    check = f"typeof({column}) = 'text' AND length({column}) BETWEEN {shortest} AND {longest}"
    return f"{column} TEXT NOT NULL CHECK ({check})"


# date() alone lets 30 February pass; with a modifier it becomes 2 March.
_DAY = "local_day TEXT NOT NULL CHECK (date(local_day, '+0 days') IS local_day)"
_START = (
    "start_utc TEXT NOT NULL CHECK (date(start_utc, '+0 days') IS substr(start_utc, 1, 10)"
    " AND start_utc GLOB '[12][0-9][0-9][0-9]-??-??T??:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z')"
)
_HISTORY = (
    "event_id TEXT PRIMARY KEY NOT NULL",
    _whole("rev", 1, 2**62),
    _whole("action", 1, 2**62),
    "undoes TEXT",
    "recorded_utc TEXT NOT NULL",
)
_TABLES = {
    "event": (
        _text("entry_id", 1, ID_CHARACTERS),
        "op TEXT NOT NULL CHECK (op IN ('add', 'edit', 'delete', 'restore'))",
        _text("exercise_id", 1, ID_CHARACTERS),
        _START,
        _whole("utc_offset_min", -1439, 1439),
        _text("tz", 0, ID_CHARACTERS),
        _DAY,
        _whole("rollover_h", 0, 6),
        _whole("duration_ms", 0, 86_400_000, optional=True),
        _whole("repetitions_done", 0, 1000),
        _whole("repetitions_prescribed", 0, 1000),
        f"outcome TEXT NOT NULL CHECK (outcome IN {OUTCOMES})",
        _whole("pain_before", 0, 10, optional=True),
        _whole("pain_after", 0, 10, optional=True),
        _text("note", 0, NOTE_CHARACTERS),
        f"source TEXT NOT NULL CHECK (source IN {SOURCES})",
        _whole("clock_suspect", 0, 1),
    ),
    "mark": (_DAY, f"mark TEXT CHECK (mark IN {MARKS})"),
    "setting": (_text("name", 1, ID_CHARACTERS), _text("value", 1, NOTE_CHARACTERS)),
}
KEY = {"event": "entry_id", "mark": "local_day", "setting": "name"}

# The setting that names the file itself: it stays with its file, whatever is merged into that.
LOG_ID = "log id"

# What becomes of a record that is imported, where it is not refused.
ADDED, ALREADY_THERE = "added", "already there"
COLUMNS = {
    name: tuple(column.split()[0] for column in (*_HISTORY, *_TABLES[name])) for name in _TABLES
}
COLUMNS_OF_SET = (
    "start_utc", "entry_id", "exercise_id", "utc_offset_min", "local_day", "duration_ms",
    "repetitions_done", "repetitions_prescribed", "outcome", "pain_before", "pain_after", "note",
    "source", "clock_suspect",
)  # fmt: skip
SCHEMA = (
    *(f"CREATE TABLE {name} ({', '.join((*_HISTORY, *_TABLES[name]))})" for name in _TABLES),
    *(f"CREATE INDEX {name}_key ON {name} ({KEY[name]}, rev, event_id)" for name in _TABLES),
    *(f"CREATE INDEX {name}_action ON {name} (action)" for name in ("event", "mark")),
)


def sets(con: sqlite3.Connection, *, day: str | None = None) -> list[Row]:
    """Return the sets in force, by start; of one day (YYYY-MM-DD) if it is given."""
    if day is None:
        return rows_of(con, in_force("event", "op <> 'delete' ORDER BY start_utc, entry_id"))
    condition = "op <> 'delete' AND local_day = ? ORDER BY start_utc, entry_id"
    return rows_of(con, in_force("event", condition), day)


def columns_of_sets(con: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return the sets in force, by start, as one list for each of `COLUMNS_OF_SET`.

    For very many sets this takes half as long as `sets`.
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


def add_all(con: sqlite3.Connection, records: Iterable[Record], now: dt.datetime) -> list[str]:
    """Append, as one action, the records that the log knows nothing of.

    Returns
    -------
    list of str
        For each record `ADDED`, `ALREADY_THERE`, or why the log contradicts it.
    """
    fates, action = [], next_action(con)
    for record in records:
        before = latest(con, record.table, record.row[KEY[record.table]])
        if before is None or (record.table == "mark" and before["mark"] is None):
            op = {"op": "add"} if record.table == "event" else {}
            append(con, record.table, record.row | op, now, action=action)
            fates.append(ADDED)
        elif before.get("op") == "delete":
            fates.append("this set was deleted from the log; past() can put it back.")
        elif before | record.row != before:
            fates.append("the log says otherwise; it was not changed.")
        else:
            fates.append(ALREADY_THERE)
    return fates


def add_all_on_a_copy(
    con: sqlite3.Connection, records: Iterable[Record], now: dt.datetime
) -> list[str]:
    """Say what `add_all` would do, and change nothing."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        con.backup(copy)
        return add_all(copy, records, now)


def next_action(con: sqlite3.Connection) -> int:
    """Return the number of the action about to be done."""
    newest = "SELECT max(action) FROM event UNION ALL SELECT max(action) FROM mark"
    return 1 + max(row[0] or 0 for row in con.execute(newest))


def in_force(table: str, condition: str, columns: str = "*", *, most_have_one: bool = False) -> str:
    """Return the query of the rows in force: of each key the newest revision.

    To look for a newer one of each row takes long where all are wanted. With `most_have_one` that
    is done only for the keys that have several, which are found first, all at once.
    """
    key = KEY[table]
    newer = f"n.{key} = e.{key} AND (n.rev, n.event_id) > (e.rev, e.event_id)"
    newest = f"NOT EXISTS (SELECT 1 FROM {table} AS n WHERE {newer})"
    if most_have_one:
        several = f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1"
        newest = f"({key} NOT IN ({several}) OR {newest})"
    return f"SELECT {columns} FROM {table} AS e WHERE {newest} AND {condition}"


def rows_of(con: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """Return what a query gives, each row by the names of its columns."""
    cursor = con.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
