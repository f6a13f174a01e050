"""The log as CSV for people and spreadsheets: its columns, and the way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ..files import exporting
from ..storage.entry import Row, started_at

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
    rows = [*map(_set_cells, sets), *({"record": "mark"} | _picked(row) for row in marks)]
    with exporting(path) as file:
        fill_table(file, COLUMNS, rows)


def fill_table(file: IO[bytes], columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write `rows` into an open file under a header, as UTF-8."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    table = csv.DictWriter(text, list(columns), restval="")
    table.writeheader()
    table.writerows(rows)
    text.detach()  # which flushes, and leaves the file open


def _set_cells(row: Row) -> Row:
    cells = values_of(row)
    return {"record": "set"} | cells | {name: guarded(cells[name]) for name in TEXTS}


def values_of(row: Row) -> Row:
    """Give what is known of a stored set, by the names and in the units of the columns."""
    values = _picked(row) | {"started_at": started_at(row).isoformat(timespec="milliseconds")}
    if row["duration_ms"] is not None:
        values["duration_s"] = row["duration_ms"] / 1000
    return values


def _picked(row: Row) -> Row:
    return {name: row[name] for name in COLUMNS if row.get(name) is not None}


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, or what `unguarded` would strip."""
    return "'" + text if text.startswith(_FORMULA) or unguarded(text) != text else text


def unguarded(text: str) -> str:
    """Take one such apostrophe off; one that begins an ordinary word stays."""
    return text[1:] if text[:1] == "'" and text[1:].startswith((*_FORMULA, "'")) else text
