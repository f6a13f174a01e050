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
from ..words import count, listed, shown
from .database import COLUMNS, KEY, checked_id, is_as_saved
from .entry import Row, checked_text, clock_looked_wrong

Rows = dict[str, list[Row]]

# The setting that names the file itself: it stays with its file, whatever is merged into that.
LOG_ID = "log id"

# Said before what the rows are whose checksum is not that of their values.
NOT_AS_SAVED = "Not as saved, because the file was damaged there or another program changed it"

_NEWEST = {
    table: f"NOT EXISTS (SELECT 1 FROM {table} AS n"
    f" WHERE n.{key} = e.{key} AND (n.rev, n.event_id) > (e.rev, e.event_id))"
    for table, key in KEY.items()
}

COLUMNS_OF_SET = (
    "start_utc", "entry_id", "exercise_id", "utc_offset_min", "local_day", "duration_ms",
    "repetitions_done", "repetitions_prescribed", "outcome", "pain_before", "pain_after", "note",
    "source", "clock_suspect",
)  # fmt: skip


def sets(con: sqlite3.Connection, *, day: str | None = None) -> list[Row]:
    """Return the sets in force, by start; of one day (YYYY-MM-DD) if it is given."""
    condition = "op <> 'delete' AND local_day = ifnull(?, local_day) ORDER BY start_utc, entry_id"
    return rows_of(con, in_force("event", condition), day)


def columns_of_sets(con: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return the sets in force, by start, as one list for each of `COLUMNS_OF_SET`.

    Of many sets this takes half as long as `sets`: no dicts are made, and the few sets of several
    revisions are found first, all at once.
    """
    several = "SELECT entry_id FROM event GROUP BY entry_id HAVING count(*) > 1"
    newest = f"(entry_id NOT IN ({several}) OR {_NEWEST['event']})"
    condition = "op <> 'delete' ORDER BY start_utc, entry_id"
    found = con.execute(
        f"SELECT {', '.join(COLUMNS_OF_SET)} FROM event AS e WHERE {newest} AND {condition}"
    ).fetchall()
    return {name: [row[n] for row in found] for n, name in enumerate(COLUMNS_OF_SET)}


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
    newest = f"WHERE {KEY[table]} = ? ORDER BY rev DESC, event_id DESC LIMIT 1"
    return next(iter(rows_of(con, f"SELECT * FROM {table} {newest}", key)), None)


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
        "rev": before["rev"] + 1 if before else 1,
        "action": action or next_action(con),
        "undoes": undoes,
        "recorded_utc": now.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
    }
    if table == "event":
        row["clock_suspect"] = int(clock_looked_wrong(row, now))
    _insert(con, "INSERT", table, row | {"event_id": checked_id(table, uuid.uuid4().hex, row)})


def put(con: sqlite3.Connection, table: str, row: Row, now: dt.datetime) -> None:
    """Append a mark or a setting, unless it is in force already, and was saved as it reads."""
    key = KEY[table]
    newest = latest(con, table, row[key])
    before = newest or dict.fromkeys(row) | {key: row[key]}
    if before | row != before or (newest and not is_as_saved(table, newest)):
        append(con, table, row, now)


def change(con: sqlite3.Connection, entry_id: str, columns: Row | None, now: dt.datetime) -> None:
    """Append an edit of a set, or with None its deletion; what changes nothing appends nothing.

    An edit of a set that does not read as it was saved is one, even of nothing: it reads so now.
    {"op": "restore"} brings a deleted set back; any other change of one is an `EntryError`, and
    so is one of a set that the log never heard of.
    """
    row = latest(con, "event", checked_text("entry_id", entry_id))
    if row is None:
        msg = (
            f"The log has no set {shown(entry_id)}. Nothing was changed; frame() has the ids in its"
            " column entry_id."
        )
        raise EntryError(msg)
    columns = {"op": "delete"} if columns is None else columns
    op, is_deleted = columns.get("op", "edit"), row["op"] == "delete"
    if is_deleted and op == "edit":
        msg = (
            f"The set {shown(entry_id)} was deleted, so it was not changed. Put it back first, with"
            " past() or bring_back()."
        )
        raise EntryError(msg)
    is_new = row | columns != row or not is_as_saved("event", row)
    if is_new and (is_deleted or op != "restore"):
        append(con, "event", row | {"op": op} | columns, now)


def next_action(con: sqlite3.Connection) -> int:
    """Return the number of the action about to be done."""
    newest = "SELECT max(action) FROM event UNION ALL SELECT max(action) FROM mark"
    return 1 + max(row[0] or 0 for row in con.execute(newest))


def in_force(table: str, condition: str, columns: str = "*") -> str:
    """Return the query of the rows in force: of each key the newest revision."""
    return f"SELECT {columns} FROM {table} AS e WHERE {_NEWEST[table]} AND {condition}"


def rows_of(con: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """Return what a query finds, each row by the names of its columns."""
    cursor = con.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def changed_of(rows: Rows) -> Rows:
    """Return those of some rows that do not say what they were saved with."""
    return {table: [row for row in rows[table] if not is_as_saved(table, row)] for table in rows}


def changed_rows(con: sqlite3.Connection) -> Rows:
    """Return all revisions of a log that do not say what they were saved with."""
    return changed_of(rows_in(con))


def unsettled(con: sqlite3.Connection, changed: Rows) -> Rows:
    """Return those of `changed` after which nobody has said how their set or day is."""

    def is_settled(table: str, row: Row) -> bool:
        newest = latest(con, table, row[KEY[table]])
        # An undo copies what an older row says.
        return bool(newest and not newest["undoes"] and is_as_saved(table, newest))

    return {t: [row for row in changed[t] if not is_settled(t, row)] for t in changed}


def in_words(rows: Rows) -> str:
    """Return what rows are of, and their days: "2 sets (2026-03-01, 2026-03-02) and 1 setting"."""
    words = []
    for table, noun in {"event": "set", "mark": "mark of a day", "setting": "setting"}.items():
        found = rows.get(table, [])
        keys = {row[KEY[table]] for row in found}
        days = sorted({row["local_day"] for row in found if "local_day" in row})
        span = ", ".join(days) if len(days) < 4 else f"{days[0]} to {days[-1]}"
        if keys:
            words.append(f"{count(len(keys), noun)}{span and f' ({span})'}")
    return listed(words)


@dataclass(frozen=True)
class Joined:
    """How many rows were added, by what they are, and whether those were all that were lacking."""

    sets: int
    changes: int
    marks: int
    settings: int
    is_all: bool
    changed: Rows  # those that do not say what they were saved with

    def __bool__(self) -> bool:
        return any((self.sets, self.changes, self.marks, self.settings))

    def __str__(self) -> str:
        nouns = {
            "set": self.sets,
            "change of a set": self.changes,
            "mark of a day": self.marks,
            "setting": self.settings,
        }
        return listed([count(n, noun) for noun, n in nouns.items() if n])


@dataclass(frozen=True, repr=False)
class MergeReport:
    """What `Log.merge` took from another log; shown as sentences."""

    path: Path
    joined: Joined

    def __repr__(self) -> str:
        if not self.joined:
            return f"The log already has all that {self.path} has; you may delete that file."
        added = f"Added {self.joined} from {self.path}; what the log had is all still there"
        if changed := in_words(self.joined.changed):
            return (
                f"{added}. {NOT_AS_SAVED}: {changed}. Look there in past(), and keep that file"
                " until you have; it is as it was."
            )
        return (
            f"{added}, and undo() takes the changes out again one by one. That file is as it was;"
            " you may delete it."
        )


def rows_in(con: sqlite3.Connection) -> Rows:
    """Return every row of a log, by table."""
    return {table: rows_of(con, f"SELECT * FROM {table} ORDER BY rowid") for table in COLUMNS}


def add_missing(con: sqlite3.Connection, rows: Rows) -> Joined:
    """Insert what the log lacks; its actions follow those of the log, in their order.

    A row that breaks a rule of the tables is left out, and so is the id of another log.
    """
    missing: Rows = {}
    for table, found in rows.items():
        there = _column(con, table, "event_id")
        missing[table] = [
            row for row in found if row["event_id"] not in there and row.get("name") != LOG_ID
        ]
    actions = sorted({row["action"] for lacking in missing.values() for row in lacking})
    number = {action: n for n, action in enumerate(actions, start=next_action(con))}
    known = _column(con, "event", "entry_id")
    added = {
        table: sum(
            _insert(con, "INSERT OR IGNORE", table, row | {"action": number[row["action"]]})
            for row in lacking
        )
        for table, lacking in missing.items()
    }
    n_new = len(_column(con, "event", "entry_id") - known)
    return Joined(
        sets=n_new,
        changes=added["event"] - n_new,
        marks=added["mark"],
        settings=added["setting"],
        is_all=sum(map(len, missing.values())) == sum(added.values()),
        changed=changed_of(missing),
    )


def _insert(con: sqlite3.Connection, how: str, table: str, row: Row) -> int:
    """Insert a row, and return how many rows that made: 0 if it was ignored."""
    values = f"({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return con.execute(f"{how} INTO {table} {values}", tuple(row.values())).rowcount


def _column(con: sqlite3.Connection, table: str, column: str) -> set[str]:
    return {value for (value,) in con.execute(f"SELECT {column} FROM {table}")}
