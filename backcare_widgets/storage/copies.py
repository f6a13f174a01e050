"""The files beside a log: damaged ones and what they give, writes cut short, synced copies."""

from __future__ import annotations

import datetime as dt
import errno
import glob
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from ..files import put_in_place, replacing, sync
from .database import COLUMNS, UNREADABLE, is_busy, is_whole
from .entry import Row
from .rows import Rows

# How Dropbox, Nextcloud and Syncthing name the loser when two machines changed one file.
_CONFLICTED = re.compile(r"\(.*conflicted copy.*\)|\.sync-conflict-\d", re.IGNORECASE)
_DAMAGED, _CUT_SHORT = "damaged", "cut-short"
_MOST_CUT_SHORT = 3
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def journal_of(log: Path) -> Path:
    """Return where SQLite keeps what a transaction overwrites, until it is committed."""
    return Path(f"{log}-journal")


def damaged_files(log: Path) -> list[Path]:
    """Return the damaged files put aside, the oldest first."""
    return _named(log, _DAMAGED)


def files_cut_short(log: Path) -> list[Path]:
    """Return the files kept because a write was cut short, each with its journal; oldest first."""
    return _named(log, _CUT_SHORT)


def conflicted_copies(log: Path) -> list[Path]:
    """Return the copies of the log that a sync program has left beside it."""
    found = log.parent.glob(f"{glob.escape(log.stem)}*{glob.escape(log.suffix)}")
    return sorted(path for path in found if _CONFLICTED.search(path.name, len(log.stem)))


def make_log(part: Path, log: Path) -> None:
    """Give a whole file the name of the log; FileExistsError if there is one."""
    journal = journal_of(log)
    # SQLite would play the journal of a file that is gone back into the new one.
    if journal.exists() and not log.exists():
        journal.rename(f"{journal}.old-{os.urandom(4).hex()}")
    put_in_place(part, log)


def put_aside(damaged: Path, seconds: float, now: dt.datetime) -> Path:
    """Rename a damaged file, once nobody is in the middle of a write to it; return its new path."""
    uri = f"{damaged.as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=seconds, isolation_level=None)) as lock:
        _begin(lock, "IMMEDIATE")
        # With the lock it is a journal of our own, which goes with the lock.
        has_journal = not lock.in_transaction
        if os.name == "nt":  # where an open file cannot be renamed
            lock.close()
        aside = _free_name(damaged, _DAMAGED, now)
        if has_journal:
            with suppress(FileNotFoundError):
                journal_of(damaged).rename(journal_of(aside))
        damaged.chmod(0o600)
        damaged.rename(aside)
    sync(aside.parent)
    return aside


def keep_hot_journal(log: Path) -> None:
    """Keep a journal that a killed kernel left, and the file as it stands, before it is played.

    SQLite plays it into whatever file has the name of the log, be it a newer copy that a sync
    program put there. A file that is whole as it stands goes on without the journal; in another
    SQLite may then undo the write that was cut short.

    A log in use is busy: the journal may be that of a write under way. An `OSError` says that the
    two cannot be kept; nothing is then changed.
    """
    journal = journal_of(log)
    if not _is_hot(journal):
        return
    with _locked(log) as con:
        if con is None or not _is_hot(journal):  # its writer has finished meanwhile
            return
        try:
            goes_on_without = is_whole(con)
        except UNREADABLE:
            goes_on_without = False
        _keep(log, journal, moved=goes_on_without)
    for old in files_cut_short(log)[:-_MOST_CUT_SHORT]:
        old.unlink(missing_ok=True)
        journal_of(old).unlink(missing_ok=True)


def keep_stale_wal(log: Path) -> None:
    """Keep a write-ahead log of another file, played into a copy; the log goes on as it is.

    SQLite plays it into whatever file has the name of the log, though only a file whose header says
    so has one. This one is left of another file, which a sync program has replaced.
    """
    wal = Path(f"{log}-wal")
    if not wal.is_file() or wal.stat().st_size == 0 or _says_wal(log):
        return
    with _locked(log):
        if not wal.exists():  # another kernel was quicker
            return
        aside = _keep(log, wal, moved=True)
    with suppress(*UNREADABLE), closing(sqlite3.connect(aside)) as con:
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _keep(log: Path, write: Path, *, moved: bool) -> Path:
    """Copy a log, with the journal or write-ahead log that is then its own; return its new path."""
    aside = _free_name(log, _CUT_SHORT, dt.datetime.fromtimestamp(write.stat().st_mtime))
    beside = Path(f"{aside}{write.name.removeprefix(log.name)}")
    # To close the file ends the lock of this process on it, so it stays open to the end.
    with log.open("rb") as file:
        _copy(file, aside)
        if moved:
            if os.name == "posix":  # Windows cannot
                os.fsync(file.fileno())
            write.rename(beside)
        else:
            with write.open("rb") as played:
                _copy(played, beside)
        sync(log.parent)
    return aside


def _copy(file: IO[bytes], target: Path) -> None:
    with replacing(target) as copy:
        shutil.copyfileobj(file, copy)


def _says_wal(log: Path) -> bool:
    """Return whether the header of a log names a write-ahead log, or cannot be read."""
    # Not under another name, which has another one; and read by SQLite, since to close the file
    # would end the locks of this process on it. Immutable, it looks at nothing beside the file.
    uri = f"{log.as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as con:
            return con.serialize()[18:20] != b"\1\1"
    except UNREADABLE:
        return True


def read_plainly(file: Path) -> tuple[Rows, bool]:
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


@contextmanager
def _locked(log: Path) -> Iterator[sqlite3.Connection | None]:
    """Lock a log without playing its journal, which SQLite does not look for under another name.

    The lock is on the file, whatever its name. Yields None on a disk without hard links.
    """
    name = log.with_name(f".{os.urandom(8).hex()}")
    try:
        os.link(log, name)
    except OSError as exc:
        if exc.errno in _NO_ROOM or not os.access(log.parent, os.W_OK):
            raise
        yield None
        return
    try:
        with closing(sqlite3.connect(name, timeout=0, isolation_level=None)) as con:
            _begin(con, "EXCLUSIVE")
            yield con
    finally:
        name.unlink(missing_ok=True)


def _begin(con: sqlite3.Connection, how: str) -> None:
    try:
        con.execute(f"BEGIN {how}")
    except UNREADABLE as exc:  # no database: there is nothing to be locked
        if is_busy(exc):
            raise


def _is_hot(journal: Path) -> bool:
    """Return whether SQLite would play a journal that nobody holds: its first byte says so."""
    try:
        with journal.open("rb") as file:
            return file.read(1) > b"\0"
    except FileNotFoundError:
        return False


def _free_name(log: Path, what: str, when: dt.datetime) -> Path:
    name = Path(f"{log}.{what}-{when:%Y-%m-%dT%H%M%S}")
    while name.exists():
        name = Path(f"{name}-again")
    return name


def _named(log: Path, what: str) -> list[Path]:
    found = log.parent.glob(f"{glob.escape(log.name)}.{what}-*")
    return sorted(path for path in found if not path.name.endswith(("-journal", "-wal", "-shm")))


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
            return is_all and _has_all(con, table, rows)
        except UNREADABLE:
            is_all = False
    return False


def _has_all(con: sqlite3.Connection, table: str, rows: dict[str, Row]) -> bool:
    """Return whether an index says that no row is lacking: a damaged page may say that it is empty.

    An index may be the damaged part; that each is, says nothing of the table.
    """
    for index in (f"sqlite_autoindex_{table}_1", f"{table}_key"):
        with suppress(*UNREADABLE):
            found = con.execute(f"SELECT event_id FROM {table} INDEXED BY {index}").fetchall()
            if found or not rows:
                return all(event_id in rows for (event_id,) in found)
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
