"""The database of the log: its tables, how it is opened and made, and when it is whole.

Rows are only ever inserted: a change, a deletion and an undo are new revisions of their key.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, TypeVar

from .entry import ID_CHARACTERS, MARKS, NOTE_CHARACTERS, OUTCOMES, SOURCES, Row

APPLICATION_ID = 0x62636172  # "bcar"
VERSION = 1

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

# SQLite quotes a damaged name in its message, which Python then cannot decode.
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)


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
COLUMNS = {
    name: tuple(column.split()[0] for column in (*_HISTORY, *_TABLES[name])) for name in _TABLES
}
SCHEMA = (
    *(f"CREATE TABLE {name} ({', '.join((*_HISTORY, *_TABLES[name]))})" for name in _TABLES),
    *(f"CREATE INDEX {name}_key ON {name} ({KEY[name]}, rev, event_id)" for name in _TABLES),
    *(f"CREATE INDEX {name}_action ON {name} (action)" for name in ("event", "mark")),
)

# All of a revision but its id, and but its action, which `merge` and `restore` number anew.
_SUMMED = {
    name: tuple(column for column in columns if column not in ("event_id", "action"))
    for name, columns in COLUMNS.items()
}


def checked_id(table: str, start: str, row: Row) -> str:
    """Return the id of a revision: `start`, 32 hex digits, and 16 of a checksum of all it says."""
    # No text in the log has a NUL, so that what is joined by it can be told apart again.
    said = "\0".join(map(str, (table, start, *(row[column] for column in _SUMMED[table]))))
    return f"{start}{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"


def is_as_saved(table: str, row: Row) -> bool:
    """Return whether a revision says what it was saved with; one without a checksum does."""
    event_id = row["event_id"]
    return len(event_id) != 48 or checked_id(table, event_id[:32], row) == event_id


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


def on_blank(work: Work[T]) -> T:
    """Return `work(connection)` of a log with nothing in it, in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        set_up(con)
        return work(con)


def is_whole(con: sqlite3.Connection) -> bool:
    """Return whether a database has the tables of the log, and no page or index is damaged."""
    # SQLite's own tables, such as another program's ANALYZE makes, are no damage.
    others = "sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'"
    found = con.execute(f"SELECT sql FROM sqlite_master WHERE {others}")
    is_ours = {sql for (sql,) in found} == set(SCHEMA)
    return is_ours and str(con.execute("PRAGMA integrity_check(1)").fetchone()[0]) == "ok"


def is_busy(exc: BaseException) -> bool:
    """Return whether another connection holds the database."""
    return code_of(exc) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def code_of(exc: BaseException) -> int | None:
    """Return SQLite's primary result code, if the error came from SQLite."""
    code: Any = getattr(exc, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
