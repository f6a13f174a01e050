"""A CSV file into the log: nothing guessed, and every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from ..errors import LogError
from ..storage.database import KEY
from ..storage.entry import (
    ID_CHARACTERS,
    MARKS,
    NOTE_CHARACTERS,
    OUTCOMES,
    SOURCES,
    Row,
    checked_day,
    checked_text,
    columns_of,
)
from ..storage.rows import append, latest, next_action
from .export import COLUMNS, OF_A_MARK, OF_A_SET, unguarded
from .import_report import ImportedRow

# A reason names the column and never the value: in a shifted row that may be a private note.
_ID = f"text of 1 to {ID_CHARACTERS} characters"
_REPETITIONS = "a whole number from 0 to 1000"
_PAIN = "a whole number from 0 to 10, or empty"
_ALLOWED = {
    "entry_id": _ID,
    "exercise_id": _ID,
    "started_at": "a time with its offset, such as 2026-03-01T07:30:00+01:00",
    "tz": "the name of a time zone, or empty",
    "local_day": "a date as YYYY-MM-DD",
    "duration_s": "seconds from 0 to 86400, without a separator of thousands, or empty",
    "repetitions_done": _REPETITIONS,
    "repetitions_prescribed": _REPETITIONS,
    "outcome": "one of " + ", ".join(OUTCOMES),
    "pain_before": _PAIN,
    "pain_after": _PAIN,
    "note": f"text of at most {NOTE_CHARACTERS} characters",
    "source": "one of " + ", ".join(SOURCES),
    "mark": "one of " + ", ".join(MARKS),
}

# Nothing is guessed: 03/04/2026, or a time without its offset, could be either of two.
_START = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([+-]\d\d:\d\d|Z)", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
# Where commas separate the cells, 1,234 would be thousands; where semicolons do, so may 1.234.
_DECIMAL = {
    ",": re.compile(r"\d+(\.\d+)?", re.ASCII),
    ";": re.compile(r"\d+(,\d+|\.\d\d?|\.\d{4,})?", re.ASCII),
}
# Excel reads, and some programs write, a first line that names the separator.
_NAMES_SEPARATOR = re.compile(r'"?sep=([,;])"?[,;]*', re.IGNORECASE)


class Record(NamedTuple):
    """A good row of a file, as the log stores it, with what was changed in it."""

    line: int
    table: Literal["event", "mark"]
    row: Row
    remark: str = ""


class _RefusedError(ValueError):
    """Carries the reason why a row is refused."""


def read(path: Path) -> list[Record | ImportedRow]:
    """Return the rows of a file that `export_csv` wrote, the bad ones as refused.

    A spreadsheet may have saved it anew: the separator may be `,` or `;`, named in a first line
    such as `sep=;` or not, and the columns may be in any order. Blank rows are left out.

    Raises
    ------
    LogError
        If the whole file cannot be read: missing, not UTF-8, or other columns.
    """
    lines = _lines(path)
    named = _NAMES_SEPARATOR.fullmatch(lines[0].strip()) if lines else None
    begin = 1 if named else 0
    header = lines[begin].strip() if begin < len(lines) else ""
    by_header = ";" if header.count(";") > header.count(",") else ","
    separator = named[1] if named else by_header
    names = header.replace('"', "").split(separator)
    if sorted(names) != sorted(COLUMNS):
        msg = (
            f"{path} has other columns than the log exports, so nothing was imported. Its first"
            f" line must be, with commas or semicolons between: {','.join(COLUMNS)}"
        )
        raise LogError(msg)
    rows: list[Record | ImportedRow] = []
    for line, cells in _rows(lines, begin + 1, separator):
        if cells is not None and not any(cell.strip() for cell in cells):
            continue
        try:
            rows.append(_record(line, names, cells, separator))
        except _RefusedError as exc:
            rows.append(ImportedRow(line, "refused", str(exc)))
    return rows


def put_in(
    con: sqlite3.Connection, rows: Iterable[Record | ImportedRow], now: dt.datetime
) -> tuple[ImportedRow, ...]:
    """Add what the log lacks, as one action, and return what became of each row."""
    action = next_action(con)
    return tuple(
        row if isinstance(row, ImportedRow) else _put(con, row, now, action) for row in rows
    )


def put_in_a_copy(
    con: sqlite3.Connection, rows: Iterable[Record | ImportedRow], now: dt.datetime
) -> tuple[ImportedRow, ...]:
    """Return what would become of each row, and change nothing."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        con.backup(copy)
        return put_in(copy, rows, now)


def _put(con: sqlite3.Connection, record: Record, now: dt.datetime, action: int) -> ImportedRow:
    line, table, row, remark = record
    before = latest(con, table, row[KEY[table]])
    if before is None or (table == "mark" and before["mark"] is None):
        op = {"op": "add"} if table == "event" else {}
        append(con, table, row | op, now, action=action)
        return ImportedRow(line, "added", remark)
    if before.get("op") == "delete":
        reason = "this set was deleted from the log; past() can put it back."
        return ImportedRow(line, "refused", reason)
    if before | row != before:
        what = "set" if table == "event" else "day"
        reason = f"the log has different values for this {what}, and kept them."
        return ImportedRow(line, "refused", reason)
    return ImportedRow(line, "already there")


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
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
    return io.StringIO(text, newline="\n").readlines()


def _rows(lines: list[str], at: int, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the line and the cells of each row, None for cells that cannot be told apart.

    After a wrong quotation mark the next line begins a row, so that no other row is lost by it.
    A row that is open at the end of a line, within one that failed further on, would fail there
    as well: it is not read on, so that time is linear however many rows fail.
    """
    failed_at = 0
    while at < len(lines):
        began, end = at, at + 1 if at < failed_at else len(lines)
        rows = csv.reader(map(lines.__getitem__, range(at, end)), delimiter=separator, strict=True)
        try:
            for cells in rows:
                yield at + 1, cells
                at = began + rows.line_num
        except csv.Error:
            yield at + 1, None
            failed_at = max(failed_at, began + rows.line_num - 1)
            at += 1


def _record(line: int, names: list[str], cells: list[str] | None, separator: str) -> Record:
    if cells is None:
        msg = "the row is not whole; look at its quotation marks."
        raise _RefusedError(msg)
    if len(cells) != len(names):
        msg = f"the row has {len(cells)} cells, but must have {len(names)}."
        raise _RefusedError(msg)
    cell = dict(zip(names, cells, strict=True))
    kind = cell.pop("record")
    if kind not in ("set", "mark"):
        msg = "record must be set or mark."
        raise _RefusedError(msg)
    for name, text in cell.items():
        if text and name not in (OF_A_SET if kind == "set" else OF_A_MARK):
            msg = f"{name} must be empty in the row of a {kind}."
            raise _RefusedError(msg)
    if kind == "mark":
        return Record(line, "mark", _mark(cell))
    is_replaced = any("\0" in text for text in cells)
    remark = "characters that cannot be stored were replaced by \ufffd." if is_replaced else ""
    return Record(line, "event", _set(cell, separator), remark)


def _mark(cell: dict[str, str]) -> Row:
    try:
        day = dt.datetime.strptime(cell["local_day"], "%Y-%m-%d").date()
        local_day = checked_day("local_day", day)
    except ValueError as exc:
        raise _refusal("local_day") from exc
    if cell["mark"] not in MARKS:
        raise _refusal("mark")
    return {"local_day": local_day, "mark": cell["mark"]}


def _set(cell: dict[str, str], separator: str) -> Row:
    row: Row = {}
    for name in OF_A_SET:
        try:
            row |= _stored(name, cell[name], separator)
        except ValueError as exc:  # EntryError too, whose message quotes the value
            raise _refusal(name) from exc
    if cell["local_day"] not in ("", row["local_day"]):
        msg = f"local_day must be {row['local_day']}, the day of started_at less 4 hours, or empty."
        raise _RefusedError(msg)
    return row


def _stored(name: str, text: str, separator: str) -> Row:
    """Return the stored columns of one cell of a set; ValueError if it cannot be one."""
    value: object = text
    match name:
        case "local_day":
            return {}  # follows from the start
        case "entry_id":
            return {name: checked_text(name, unguarded(text))}
        case "tz":
            return {name: checked_text(name, unguarded(text)) if text else ""}
        case "exercise_id" | "note":
            value = unguarded(text)
        case "started_at":
            value = dt.datetime.fromisoformat(_matching(_START, text))
        case "duration_s":
            number = text and _matching(_DECIMAL[separator], text)
            value = float(number.replace(",", ".")) if number else None
        case "repetitions_done" | "repetitions_prescribed":
            value = int(_matching(_INTEGER, text))
        case "pain_before" | "pain_after":
            value = int(_matching(_INTEGER, text)) if text else None
    return columns_of(**{name: value})


def _matching(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError
    return text


def _refusal(name: str) -> _RefusedError:
    return _RefusedError(f"{name} must be {_ALLOWED[name]}.")
