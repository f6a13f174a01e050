"""Joining logs: rows are only ever inserted, so that two copies are joined by union of their rows.

What is in force afterwards depends on the rows alone, not on which copy was joined to which.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ..words import count
from .entry import Row
from .rows import (
    COLUMNS,
    LOG_ID,
    next_action,
    rows_of,
)

Rows = dict[str, list[Row]]


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


def add_missing(con: sqlite3.Connection, rows: Rows, *, strictly: bool = True) -> Joined:
    """Insert what the log does not have; its actions follow those of the log, in their order.

    The id of another log is left out, since this one has its own. A row that breaks a rule of the
    tables is an error, or with `strictly=False` left out.
    """
    settings = [row for row in rows.get("setting", ()) if row["name"] != LOG_ID]
    rows = rows | {"setting": settings}
    there = {table: _column(con, table, "event_id") for table in COLUMNS}
    known = _column(con, "event", "entry_id")
    missing = {
        table: [row for row in rows.get(table, ()) if row["event_id"] not in there[table]]
        for table in COLUMNS
    }
    actions = sorted({row["action"] for found in missing.values() for row in found})
    number = {action: n for n, action in enumerate(actions, start=next_action(con))}
    added, refused = {table: 0 for table in COLUMNS}, 0
    ids: set[str] = set()
    for table, found in missing.items():
        names, marks = ", ".join(COLUMNS[table]), ", ".join("?" * len(COLUMNS[table]))
        for row in found:
            values = row | {"action": number[row["action"]]}
            try:
                con.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",
                    [values[name] for name in COLUMNS[table]],
                )
            except sqlite3.IntegrityError:
                if strictly:
                    raise
                refused += 1
                continue
            added[table] += 1
            if table == "event":
                ids.add(row["entry_id"])
    new = len(ids - known)
    n_missing = sum(map(len, missing.values()))
    return Joined(
        sets=new,
        changes=added["event"] - new,
        marks=added["mark"],
        settings=added["setting"],
        already_there=sum(map(len, rows.values())) - n_missing,
        refused=refused,
    )


def _column(con: sqlite3.Connection, table: str, column: str) -> set[str]:
    return {value for (value,) in con.execute(f"SELECT {column} FROM {table}")}
