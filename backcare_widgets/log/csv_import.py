"""A CSV file into the log: nothing guessed, and every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from ..errors import EntryError, LogError
from ..files import reason_of
from ..storage.database import KEY
from ..storage.entry import MARKS, Row, checked_choice, checked_day, checked_text, columns_of
from ..storage.rows import append, latest, next_action
from .export import COLUMNS, OF_A_MARK, OF_A_SET, unguarded

_MOST_SHOWN = 100
_MOST_BYTES = 250_000_000  # a million sets have fewer
_MARK = "\ufeff"  # of the byte order; programs have been seen to put it there twice

# Nothing is guessed: 03/04/2026, or a time without its offset, could be either of two.
_START = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([+-]\d\d:\d\d|Z)", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
# Where commas separate the cells, 1,234 would be thousands; where semicolons do, so may 1.234.
_DECIMAL = {
    ",": re.compile(r"\d+(\.\d+)?", re.ASCII),
    ";": re.compile(r"\d+(,\d+|\.\d\d?|\.\d{4,})?", re.ASCII),
}
# What is allowed in a cell, where that is not what `Log.add` and `Log.mark` allow.
_ALLOWED = {
    "started_at": "a time with its offset, such as 2026-03-01T07:30:00+01:00",
    "tz": "the name of a time zone, or empty",
    "local_day": "a date as YYYY-MM-DD",
    "duration_s": "seconds from 0 to 86400, without a separator of thousands, or empty",
}
# Excel reads, and some programs write, a first line that names the separator.
_NAMES_SEPARATOR = re.compile(r'"?sep=([,;])"?[,;]*', re.IGNORECASE)


class ImportedRow(NamedTuple):
    """What became of the row that begins on a line of the file, counted from 1.

    `reason` says why it was refused, or what was changed in it; it quotes nothing of the row.
    """

    line: int
    outcome: Literal["added", "already there", "refused"]
    reason: str = ""


@dataclass(frozen=True, repr=False)
class ImportReport:
    """What became, or would become, of each row; shown, it lists a hundred that have a reason."""

    rows: tuple[ImportedRow, ...]
    is_dry_run: bool = False

    @property
    def added(self) -> int:
        """Number of rows that went in."""
        return self._count("added")

    @property
    def already_there(self) -> int:
        """Number of rows that the log had already."""
        return self._count("already there")

    @property
    def refused(self) -> int:
        """Number of rows that did not go in."""
        return self._count("refused")

    def _count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    def __repr__(self) -> str:
        lines = ["Nothing was imported yet; this is what would come:"] if self.is_dry_run else []
        lines.append(
            f"{self.added} added, {self.already_there} already there, {self.refused} refused"
        )
        if self.refused:
            lines.append(
                "A refused row changes nothing in the log. Put right what should come in, and"
                " import the file again: nothing comes in twice."
            )
        told = [row for row in self.rows if row.reason]
        lines += [f"line {row.line}: {row.outcome}: {row.reason}" for row in told[:_MOST_SHOWN]]
        if len(told) > _MOST_SHOWN:
            lines.append(f"… and {len(told) - _MOST_SHOWN} more, up to line {told[-1].line}")
        return "\n".join(lines)


class Record(NamedTuple):
    """A good row of a file, as the log stores it, with what was changed in it."""

    line: int
    table: Literal["event", "mark"]
    row: Row
    remark: str = ""


Rows = list[Record | ImportedRow]


def read(path: Path) -> Rows:
    """Return the rows of a file that `export_csv` wrote, the bad ones as refused.

    A spreadsheet may have saved it anew: the separator may be `,` or `;`, named in a first line
    such as `sep=;` or not, and the columns may be in any order. Blank rows are left out. A file
    that is missing, not UTF-8 or has other columns is a `LogError`.
    """
    lines = _lines(path)
    named = _NAMES_SEPARATOR.fullmatch(lines[0].strip()) if lines else None
    begin = 1 if named else 0
    header = "".join(lines[begin : begin + 1]).strip().lstrip(_MARK)
    separator = named[1] if named else max(",;", key=header.count)
    names = header.replace('"', "").split(separator)
    if sorted(names) != sorted(COLUMNS):
        msg = (
            f"{path} has other columns than the log exports. Nothing was imported; its first line"
            f" must be, with commas or semicolons between: {','.join(COLUMNS)}"
        )
        raise LogError(msg)
    rows: Rows = []
    for line, cells in _rows(lines, begin + 1, separator):
        if cells is not None and not "".join(cells).strip():
            continue
        try:
            rows.append(_record(line, names, cells, separator))
        except EntryError as exc:
            rows.append(ImportedRow(line, "refused", _reason(exc)))
    return rows


def put_in(con: sqlite3.Connection, rows: Rows, now: dt.datetime) -> ImportReport:
    """Add what the log lacks, as one action."""
    action = next_action(con)
    became = (_put(con, row, now, action) if isinstance(row, Record) else row for row in rows)
    return ImportReport(tuple(became))


def try_out(con: sqlite3.Connection, rows: Rows, now: dt.datetime) -> ImportReport:
    """Return what `put_in` would report, and change nothing."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        con.backup(copy)
        return replace(put_in(copy, rows, now), is_dry_run=True)


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
        is_too_much = path.stat().st_size > _MOST_BYTES
        text = "" if is_too_much else path.read_bytes().decode().lstrip(_MARK)
    except OSError as exc:
        msg = (
            f"{path} cannot be read ({reason_of(exc)}). Nothing was imported; check the path, and"
            " close the file in other programs."
        )
        raise LogError(msg) from exc
    except UnicodeDecodeError as exc:
        msg = f"{path} is not UTF-8 text. Nothing was imported; save it as “CSV UTF-8”."
        raise LogError(msg) from exc
    if is_too_much:
        msg = (
            f"{path} has over {_MOST_BYTES // 10**6} MB, too much for a log. Nothing was"
            " imported; give a file that export_csv wrote."
        )
        raise LogError(msg)
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
        raise EntryError(msg)
    if len(cells) != len(names):
        msg = f"the row has {len(cells)} cells, but must have {len(names)}."
        raise EntryError(msg)
    stored = [text.replace("\0", "\ufffd") for text in cells]
    cell = dict(zip(names, stored, strict=True))
    kind = cell.pop("record")
    if kind not in ("set", "mark"):
        msg = "record must be set or mark."
        raise EntryError(msg)
    for name, text in cell.items():
        if text and name not in (OF_A_SET if kind == "set" else OF_A_MARK):
            msg = f"{name} must be empty in the row of a {kind}."
            raise EntryError(msg)
    if kind == "mark":
        day = checked_day("local_day", _value("local_day", cell["local_day"], separator))
        mark = checked_choice("mark", cell["mark"], MARKS)
        return Record(line, "mark", {"local_day": day, "mark": mark})
    is_changed = stored != cells
    remark = "characters that cannot be stored were replaced by \ufffd." if is_changed else ""
    return Record(line, "event", _set(cell, separator), remark)


def _set(cell: dict[str, str], separator: str) -> Row:
    elsewhere = ("entry_id", "tz", "local_day")
    values = {n: _value(n, cell[n], separator) for n in OF_A_SET if n not in elsewhere}
    row = {"entry_id": checked_text("entry_id", unguarded(cell["entry_id"]))} | columns_of(**values)
    if cell["tz"]:
        row["tz"] = checked_text("tz", unguarded(cell["tz"]))
    if cell["local_day"] not in ("", row["local_day"]):
        msg = f"local_day must be {row['local_day']}, the day of started_at less 4 hours, or empty."
        raise EntryError(msg)
    return row


def _value(name: str, text: str, separator: str) -> object:
    """Return what a cell says; where that is not clear its text, which is then refused."""
    match name:
        case "exercise_id" | "note":
            return unguarded(text)
        case "started_at" if _START.fullmatch(text):
            with suppress(ValueError):  # no such day
                return dt.datetime.fromisoformat(text)
        case "local_day":
            with suppress(ValueError):
                return dt.datetime.strptime(text, "%Y-%m-%d").date()
        case "duration_s" if _DECIMAL[separator].fullmatch(text):
            return float(text.replace(",", "."))
        case _ if _INTEGER.fullmatch(text):
            return int(text)
    return text or None


def _reason(refused: EntryError) -> str:
    """Return why a row is refused, without the value: in a shifted row it may be a private note."""
    if not refused.field:
        return str(refused)
    allowed = refused.allowed.replace("or None", "or empty").replace("'", "")
    return f"{refused.field} must be {_ALLOWED.get(refused.field, allowed)}."
