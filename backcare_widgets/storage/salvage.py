"""What can still be read of a damaged log: every row that its rowid leads to."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from .rows import COLUMNS
from .union import Rows

# No row is shorter than its event_id, a time and a key; this bounds how many a file can hold.
_SHORTEST_ROW = 64

# SQLite quotes a damaged name in its message, which Python then cannot decode.
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)


@dataclass
class Salvage:
    """The rows that could be read, and how many could not be: None if that cannot be told."""

    rows: Rows = field(default_factory=dict)
    unreadable: int | None = 0


def read_damaged(damaged: Path) -> Salvage:
    """Read a copy of a damaged file, so that nothing is done to the file itself."""
    with tempfile.TemporaryDirectory() as folder:  # 0700
        copy = Path(folder) / "copy.sqlite3"
        shutil.copyfile(damaged, copy)
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{damaged}-journal", f"{copy}-journal")
        found = Salvage()
        with closing(sqlite3.connect(copy, isolation_level=None)) as con:
            with suppress(*_UNREADABLE):
                con.execute("PRAGMA trusted_schema = OFF")
                con.execute("PRAGMA writable_schema = ON")  # reads on in a file that was cut short
            for table in COLUMNS:
                try:
                    con.execute(f"SELECT * FROM {table} LIMIT 0")
                except _UNREADABLE:  # no database, or not one row can be asked for
                    found.unreadable = None
                    continue
                _read_table(con, table, copy.stat().st_size, found)
        return found


def _read_table(con: sqlite3.Connection, table: str, size: int, found: Salvage) -> None:
    columns, rows = COLUMNS[table], []
    # The second word keeps SQLite off the index, which may be the damaged part.
    query = f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED WHERE rowid = ?"
    last = _last_rowid(con, table)
    most = size // _SHORTEST_ROW
    is_known = last is not None and last <= most
    for rowid in range(1, 1 + (last if last is not None and is_known else most)):
        try:
            values = con.execute(query, (rowid,)).fetchone()
        except _UNREADABLE:
            continue
        row = dict(zip(columns, values, strict=True)) if values else None
        if row and _has_readable_names(row):
            rows.append(row)
    found.rows[table] = rows
    if last is None or not is_known:
        found.unreadable = None
    elif found.unreadable is not None:
        found.unreadable += last - len(rows)


def _last_rowid(con: sqlite3.Connection, table: str) -> int | None:
    try:
        last = con.execute(f"SELECT max(rowid) FROM {table} NOT INDEXED").fetchone()[0]
    except _UNREADABLE:
        return None
    return last or 0


def _has_readable_names(row: dict[str, object]) -> bool:
    """Return whether what the tables' own rules do not look at is of the right type."""
    texts = (row["event_id"], row["recorded_utc"], row["undoes"] or "")
    return all(isinstance(text, str) for text in texts) and isinstance(row["action"], int)
