"""Bringing a log back: from its backups, and from what can still be read of a damaged file.

The new file is whole before it gets the name of the log, and it gets that name only while
nothing else has it. A kill leaves the old log, the new one, or the damaged file put aside and
no log: then `Store` refuses to begin an empty one and asks for `restore` again.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..errors import DamagedLog, LogError
from ..files import private_folder, private_part, reason_of
from . import backups
from .copies import damaged_files, files_cut_short, journal_of, make_log, put_aside
from .database import COLUMNS, UNREADABLE
from .entry import Row
from .file import Patience, Store
from .log_id import ReservedId, write_id
from .rows import Joined, Rows, add_missing, rows_in


def restore(
    path: Path,
    folder: Path,
    patience: Patience,
    now: dt.datetime,
    back_up: Callable[[], None],
) -> str:
    """Bring back what the log lacks of its backups and of the files beside it, and say what came.

    `back_up` is called before a whole log is added to; it raises if that takes no change.
    """
    try:
        with _alone(folder, patience):
            good = backups.good(folder)
            while True:
                with suppress(FileExistsError):  # a kernel began a new log just now: add to it
                    if path.exists() and _is_whole(path, good, patience):
                        back_up()
                        return _add_to_whole(path, good, patience)
                    return _build_anew(path, good, patience, now, ReservedId(path, folder))
    except LogError:
        raise
    except (*UNREADABLE, OSError) as exc:
        msg = (
            f"The log {path} could not be restored now ({reason_of(exc)}). Nothing was deleted;"
            " once that is put right, run restore() again."
        )
        raise LogError(msg) from exc


@contextmanager
def _alone(folder: Path, patience: Patience) -> Iterator[None]:
    """Keep other kernels from restoring too; a killed one lets go by itself."""
    private_folder(folder)
    lock = folder / "restoring.lock"
    with suppress(FileExistsError):
        lock.touch(mode=0o600, exist_ok=False)  # to open it again would end a lock of this process
    with closing(sqlite3.connect(lock, timeout=patience.seconds, isolation_level=None)) as con:
        con.execute("BEGIN EXCLUSIVE")
        yield


def _is_whole(path: Path, good: list[Path], patience: Patience) -> bool:
    """Return whether every row of a log can be read."""
    try:
        Store(path, lambda: next(iter(good), None), patience).read(rows_in)
    except DamagedLog:
        return False
    return True


def _add_to_whole(path: Path, good: list[Path], patience: Patience) -> str:
    came = _add_copies(Store(path, patience=patience), path, good, patience)
    if came:
        return (
            f"The log {path} is whole. Added what it lacked: {' and '.join(came)}. All that it had"
            " is still there."
        )
    has = "has all that its backups have" if good else "it has no backup yet"
    return f"The log {path} is whole, and {has}. Nothing was changed."


def _build_anew(
    path: Path, good: list[Path], patience: Patience, now: dt.datetime, reserved: ReservedId
) -> str:
    private_folder(path.parent)
    with private_part(path) as part:
        new = Store(part, patience=patience)
        came = [" and ".join(_add_copies(new, path, good, patience))]
        is_there = path.exists()
        damaged = [path] if is_there else damaged_files(path)
        reads = [_add_readable(new, file) for file in damaged]
        if not any(came) and not any(reads):
            if not damaged:
                return f"There is no log {path} yet and no backup of it. Nothing was changed."
            return (
                f"Nothing can be read of {damaged[0]}, and there is no good backup of it. Nothing"
                " was changed; to begin a new log, move that file away."
            )
        log_id = backups.last_known_id(reserved)
        new.write(lambda con: write_id(con, log_id))
        if is_there:
            damaged = [put_aside(path, patience.seconds, now)]
            reads.append(_add_readable(new, damaged[0]))  # what was saved while we read
        if not _is_whole(part, [], patience):
            msg = "the new file did not come out whole"
            raise OSError(msg)
        make_log(part, path)
        reserved.release()
    came += [f"{joined} read from the damaged file" for joined in reads if joined]
    rest = "What was saved after that backup is not in it."
    if damaged:
        rest = "How much else the damaged file held is not known"
        if all(joined.is_all for joined in reads):
            rest = "All of the damaged file could be read"
        rest += f"; it is kept beside the log as {', '.join(file.name for file in damaged)}."
    return f"The log {path} is back: {', and '.join(filter(None, came))}. {rest}"


def _add_copies(store: Store, log: Path, good: list[Path], patience: Patience) -> list[str]:
    """Add what `store` lacks of the backups, the newest first, and of what was cut short."""
    came = {}
    for backup in good:
        rows = Store(backup, patience=patience, only_read=True).read(rows_in)
        came[f"the backup of {backup.stem}"] = store.write(partial(add_missing, rows=rows))
    for file in files_cut_short(log):
        came[file.name] = _add_readable(store, file)
    return [f"{joined} from {where}" for where, joined in came.items() if joined]


def _add_readable(store: Store, file: Path) -> Joined:
    """Add what `store` lacks of a file that may be damaged, and return how much that was."""
    rows, is_all = _read_plainly(file)
    joined = store.write(partial(add_missing, rows=rows))
    return replace(joined, is_all=is_all and joined.is_all)


def _read_plainly(file: Path) -> tuple[Rows, bool]:
    """Return the rows that a damaged file still gives, and whether it gives them all.

    A file with a journal has two states: as it stands, and once SQLite has played the journal.
    Copies are read, so that nothing is done to the file itself.
    """
    rows: dict[str, dict[str, Row]] = {table: {} for table in COLUMNS}
    is_all = False
    with tempfile.TemporaryDirectory() as folder:  # 0700
        copy = Path(folder) / "copy.sqlite3"
        for journal in (None, journal_of(file)):
            if journal and not journal.exists():
                break
            shutil.copyfile(file, copy)
            if journal:
                shutil.copyfile(journal, journal_of(copy))
            with closing(sqlite3.connect(copy, isolation_level=None)) as con:
                con.text_factory = _text
                with suppress(*UNREADABLE):
                    con.execute("PRAGMA trusted_schema = OFF")
                    con.execute("PRAGMA writable_schema = ON")  # reads on in a file cut short
                is_all |= all([_read_table(con, table, rows[table]) for table in COLUMNS])
    return {table: list(found.values()) for table, found in rows.items()}, is_all


def _read_table(con: sqlite3.Connection, table: str, rows: dict[str, Row]) -> bool:
    """Read a table from both of its ends, as far as it goes; return whether that is all of it."""
    is_all = True
    for direction in ("ASC", "DESC"):
        # Off the index, which may be the damaged part.
        columns = ", ".join(COLUMNS[table])
        query = f"SELECT {columns} FROM {table} NOT INDEXED ORDER BY rowid {direction}"
        try:
            for values in con.execute(query):
                row = dict(zip(COLUMNS[table], values, strict=True))
                if _is_readable(row):
                    rows[row["event_id"]] = row
                else:
                    is_all = False
            return is_all
        except UNREADABLE:
            is_all = False
    return False


def _text(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _is_readable(row: Row) -> bool:
    """Return whether what the tables' own rules do not look at is of the right type."""
    texts = (row["event_id"], row["recorded_utc"], row["undoes"] or "")
    is_text = all(isinstance(text, str) for text in texts)
    return is_text and isinstance(row["action"], int) and bytes not in map(type, row.values())
