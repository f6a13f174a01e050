"""The log as CSV for people and spreadsheets: its columns, and the way out."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .entry import Row, started_at
from .errors import LogError

COLUMNS = (
    "record",
    "entry_id",
    "exercise_id",
    "started_at",
    "tz",
    "local_day",
    "duration_s",
    "repetitions_done",
    "repetitions_prescribed",
    "outcome",
    "pain_before",
    "pain_after",
    "note",
    "source",
    "mark",
)
TEXTS = ("entry_id", "exercise_id", "tz", "note")

# A spreadsheet runs a cell that begins like this as a formula (OWASP, "CSV injection").
_FORMULA = tuple("=+-@\t\r\n")


def write(path: Path, sets: Iterable[Row], marks: Iterable[Row]) -> None:
    """Write sets and marks as UTF-8, readable by the owner only; the old file until all is there.

    Raises
    ------
    LogError
        If the file cannot be written; a file that was there is then unchanged.
    """
    try:
        rows = [*map(_set_cells, sets), *({"record": "mark"} | _picked(row) for row in marks)]
        write_table(path, COLUMNS, rows)
    except OSError as exc:
        msg = (
            f"{path} cannot be written ({exc}). The log is unchanged; close the file in other"
            " programs, or choose another folder."
        )
        raise LogError(msg) from exc


def write_table(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Put a file of `rows` at `path` in one go, for its owner only; OSError if it cannot."""
    part = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".csv", dir=path.parent)  # 0600
        part = Path(name)
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123  (a descriptor)
            table = csv.DictWriter(file, list(columns), restval="")
            table.writeheader()
            table.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        if part:
            part.unlink(missing_ok=True)


def _set_cells(row: Row) -> Row:
    cells = {"record": "set"} | _picked(row)
    cells |= {name: guarded(row[name]) for name in TEXTS}
    cells["started_at"] = started_at(row).isoformat(timespec="milliseconds")
    if row["duration_ms"] is not None:
        cells["duration_s"] = row["duration_ms"] / 1000
    return cells


def _picked(row: Row) -> Row:
    return {name: row[name] for name in COLUMNS if row.get(name) is not None}


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, or what `unguarded` would strip."""
    return "'" + text if text.startswith(_FORMULA) or unguarded(text) != text else text


def unguarded(text: str) -> str:
    """Take one such apostrophe off; one that begins an ordinary word stays."""
    return text[1:] if text[:1] == "'" and text[1:].startswith((*_FORMULA, "'")) else text
