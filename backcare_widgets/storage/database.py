"""The database of the log: how one is opened, how one is set up, which one it is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Literal, TypeVar

from .rows import (
    COLUMNS,
    LOG_ID,
    SCHEMA,
    next_action,
)

APPLICATION_ID = 0x62636172  # "bcar"
VERSION = 1

T = TypeVar("T")


def connect(path: Path, mode: Literal["ro", "rw"] = "rw") -> sqlite3.Connection:
    """Open an existing database with the settings of the log; to be closed by the caller."""
    # mode=rw: a log that vanished must not come back empty. SQLite reads without the right
    # to write all the same, and can roll back what a killed kernel left half written.
    con = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=0, isolation_level=None)
    try:
        for setting in (
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "synchronous = EXTRA",  # FULL may take the last commit back when the power fails
        ):
            con.execute(f"PRAGMA {setting}")
    except BaseException:
        con.close()
        raise
    return con


def set_up(con: sqlite3.Connection) -> None:
    """Make the tables of the log, in the transaction that the caller has begun."""
    for statement in SCHEMA:  # executescript() would end the transaction
        con.execute(statement)
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    con.execute(f"PRAGMA user_version = {VERSION}")


def has_our_columns(con: sqlite3.Connection) -> bool:
    """Return whether a log of another version has all that this one reads."""
    there = {
        table: {row[1] for row in con.execute(f"PRAGMA table_info({table})")} for table in COLUMNS
    }
    return all(there[table] >= set(columns) for table, columns in COLUMNS.items())


def on_blank(work: Callable[[sqlite3.Connection], T]) -> T:
    """Return `work(connection)` of a log with nothing in it, in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        set_up(con)
        return work(con)


def log_id(con: sqlite3.Connection) -> str | None:
    """Return the id of the log, or None if it has none.

    Its row is named by the id too, which tells it from a damaged value.
    """
    query = (  # off the index, which may be damaged: the row is the first of its table
        "SELECT value FROM setting NOT INDEXED WHERE name = ? AND event_id = value"
        " ORDER BY rowid LIMIT 1"
    )
    row = con.execute(query, (LOG_ID,)).fetchone()
    return row and str(row[0])


def id_by_content(con: sqlite3.Connection) -> str | None:
    """Return the id that follows from the first row of a log, or None if it has no row.

    It is the same for all who ask, so that a log which cannot be written to has one as well.
    """
    for table in COLUMNS:
        row = con.execute(f"SELECT event_id FROM {table} ORDER BY rowid LIMIT 1").fetchone()
        if row:
            return hashlib.sha256(f"{row[0]}".encode()).hexdigest()[:32]
    return None


def write_id(con: sqlite3.Connection, new: str) -> None:
    """Insert the id of a log that has none, as a row that is the same after a `restore`."""
    con.execute(
        "INSERT INTO setting (event_id, rev, action, recorded_utc, name, value)"
        " VALUES (?1, 1, ?2, '', ?3, ?1)",
        (new, next_action(con), LOG_ID),
    )
