"""A CSV into the log: strict, nothing guessed, and each row that is refused named by its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import EntryError, LogError
from ..storage.entry import (
    MARKS,
    Record,
    Row,
    checked_choice,
    checked_day,
    checked_text,
    columns_of,
    refusal,
)
from .csv_export import COLUMNS, TEXTS, unguarded

_NUMBERS = ("repetitions_done", "repetitions_prescribed", "pain_before", "pain_after")
_FOREIGN = {
    "set": ("mark",),
    "mark": tuple(name for name in COLUMNS if name not in ("record", "local_day", "mark")),
}
_AS_THEY_ARE = ("exercise_id", "outcome", "note", "source")

# Nothing is guessed: 03/04/2026, or a time without its offset, could be either of two.
_START = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([+-]\d\d:\d\d|Z)", re.ASCII)
_DECIMAL = re.compile(r"\d+([.,]\d+)?", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """A file as read: its good rows, (line, reason) of the others, and the text of each by line."""

    records: list[Record]
    rejected: list[tuple[int, str]]
    texts: dict[int, str]


def read(path: Path) -> Reading:
    """Read a file of the form that `log_csv.write` gives, `;` and a byte order mark accepted.

    Raises
    ------
    LogError
        If the whole file cannot be read: missing, not UTF-8, or other columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except OSError as exc:
        msg = (
            f"{path} cannot be read ({exc}). Nothing was imported; if another program has it open,"
            " close it there."
        )
        raise LogError(msg) from exc
    except UnicodeDecodeError as exc:
        msg = f"{path} is not UTF-8 text. Nothing was imported; save it as “CSV UTF-8”."
        raise LogError(msg) from exc
    # Only \n ends a line here, so that lines count as in an editor and notes keep their \r.
    lines = io.StringIO(text, newline="\n").readlines()
    header = lines[0].strip() if lines else ""
    separator = ";" if header.count(";") > header.count(",") else ","
    names = header.replace('"', "").split(separator)
    if sorted(names) != sorted(COLUMNS):
        msg = (
            f"{path} has other columns than the log exports, so nothing was imported."
            f" Its first line must be: {','.join(COLUMNS)}"
        )
        raise LogError(msg)
    reading = Reading([], [], {})
    for line, text, cells in _cells(lines, separator):
        reading.texts[line] = text
        try:
            if isinstance(cells, str):
                raise EntryError(cells)
            if any(cell.strip() for cell in cells):
                reading.records.append(_record(line, names, cells))
        except EntryError as exc:
            reading.rejected.append((line, str(exc)))
    return reading


def _cells(lines: list[str], separator: str) -> Iterable[tuple[int, str, list[str] | str]]:
    """Yield each row's first line and text with its cells, or with what is wrong with it.

    After a wrong quote the next line begins a new row, so that an open one takes only
    its own row with it.
    """
    at = 1
    while at < len(lines):
        rows = csv.reader(lines[at:], delimiter=separator, strict=True)
        began = at
        try:
            for cells in rows:
                end = began + rows.line_num
                yield at + 1, "".join(lines[at:end]).rstrip("\r\n"), cells
                at = end
        except csv.Error as exc:
            yield at + 1, lines[at].rstrip("\r\n"), f"the row is not whole: {exc}."
            at += 1


def _record(line: int, names: list[str], cells: list[str]) -> Record:
    if len(cells) != len(names):
        msg = f"the row has {len(cells)} cells, but must have {len(names)}."
        raise EntryError(msg)
    cell = dict(zip(names, cells, strict=True))
    kind = checked_choice("record", cell["record"], ("set", "mark"))
    for name in _FOREIGN[kind]:
        if cell[name]:
            msg = f"{name} must be empty in the row of a {kind}."
            raise EntryError(msg)
    if kind == "mark":
        return Record(line, "mark", _mark(cell))
    return Record(line, "event", _set(cell))


def _mark(cell: dict[str, str]) -> Row:
    try:
        day = dt.datetime.strptime(cell["local_day"], "%Y-%m-%d").date()
    except ValueError as exc:
        raise refusal("local_day", cell["local_day"], "a date as YYYY-MM-DD") from exc
    return {
        "local_day": checked_day("local_day", day),
        "mark": checked_choice("mark", cell["mark"], MARKS),
    }


def _set(cell: dict[str, str]) -> Row:
    cell = cell | {name: unguarded(cell[name]) for name in TEXTS}
    fields: dict[str, Any] = {name: cell[name] for name in _AS_THEY_ARE}
    fields |= {name: _number(cell[name]) for name in _NUMBERS}
    duration = cell["duration_s"]
    if duration and not _DECIMAL.fullmatch(duration):
        raise refusal("duration_s", duration, "a number of seconds from 0 to 86400, or empty")
    fields["duration_s"] = float(duration.replace(",", ".")) if duration else None
    try:
        if not _START.fullmatch(cell["started_at"]):
            raise ValueError
        fields["started_at"] = dt.datetime.fromisoformat(cell["started_at"])
    except ValueError as exc:
        allowed = "a time with its offset, such as 2026-03-01T07:30:00+01:00"
        raise refusal("started_at", cell["started_at"], allowed) from exc
    row = {"entry_id": checked_text("entry_id", cell["entry_id"])} | columns_of(**fields)
    row["tz"] = checked_text("tz", cell["tz"]) if cell["tz"] else ""
    if cell["local_day"] not in ("", row["local_day"]):
        allowed = f"{row['local_day']}, the day of started_at less 4 hours (or empty)"
        raise refusal("local_day", cell["local_day"], allowed)
    return row


def _number(text: str) -> int | str | None:
    """Return what `columns_of` will judge: "3.5" stays text, and is refused there."""
    return (int(text) if _INTEGER.fullmatch(text) else text) if text else None
