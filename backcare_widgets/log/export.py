"""The log as a file for others: CSV for spreadsheets, JSON for programs, with the same columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..files import exporting
from ..storage.entry import Row, started_at

OF_A_SET = (
    "entry_id", "exercise_id", "started_at", "tz", "local_day", "duration_s", "repetitions_done",
    "repetitions_prescribed", "outcome", "pain_before", "pain_after", "note", "source",
)  # fmt: skip
OF_A_MARK = ("local_day", "mark")
COLUMNS = ("record", *OF_A_SET, "mark")
TEXTS = ("entry_id", "exercise_id", "tz", "note")

# A spreadsheet runs a cell that begins like this as a formula (OWASP, "CSV injection").
_FORMULA = tuple("=+-@\t\r\n")


def write_csv(path: Path, sets: Iterable[Row], marks: Iterable[Row]) -> None:
    """Write sets and marks, one a row, as `files.exporting` does.

    UTF-8 after a byte order mark, without which Excel takes it for another encoding. Cells of
    what is not known are empty; texts that begin like a formula have an apostrophe in front.
    """
    with exporting(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        table = csv.DictWriter(text, COLUMNS)
        table.writeheader()
        for row in sets:
            cells = _of_set(row)
            table.writerow({"record": "set"} | cells | {n: guarded(cells[n]) for n in TEXTS})
        for row in marks:
            table.writerow({"record": "mark"} | _of_mark(row))
        text.detach()  # which flushes, and leaves the file open


def write_json(
    path: Path,
    sets: Iterable[Row],
    marks: Iterable[Row],
    settings: Mapping[str, str],
    now: dt.datetime,
) -> None:
    """Write one UTF-8 document, as `files.exporting` does.

    Sets and marks have the columns of the CSV; what is not known is null, and texts have no
    apostrophe put in front.
    """
    document = {
        "format": "backcare-log",
        "version": 1,
        "written_at": now.isoformat(timespec="seconds"),
        "sets": [_of_set(row) for row in sets],
        "marks": [_of_mark(row) for row in marks],
        "settings": dict(settings),
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    with exporting(path) as file:
        file.write(f"{text}\n".encode())


def _of_set(row: Row) -> Row:
    ms = row["duration_ms"]
    start = started_at(row).isoformat(timespec="milliseconds")
    row = row | {"started_at": start, "duration_s": None if ms is None else ms / 1000}
    return {name: row[name] for name in OF_A_SET}


def _of_mark(row: Row) -> Row:
    return {name: row[name] for name in OF_A_MARK}


def guarded(text: str) -> str:
    """Return text with an apostrophe before what a spreadsheet would run.

    What `unguarded` would strip gets one too, so that every text comes back to the letter.
    """
    return "'" + text if text.startswith(_FORMULA) or unguarded(text) != text else text


def unguarded(text: str) -> str:
    """Return text without the apostrophe of `guarded`; one that begins a word stays."""
    return text[1:] if text[:1] == "'" and text[1:].startswith((*_FORMULA, "'")) else text
