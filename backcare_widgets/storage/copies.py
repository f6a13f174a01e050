"""The files beside a log: damaged ones put aside, writes cut short, copies of sync programs."""

from __future__ import annotations

import datetime as dt
import errno
import glob
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..files import put_in_place, replacing, sync
from .database import UNREADABLE, is_busy, is_whole

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
        when = dt.datetime.fromtimestamp(journal.stat().st_mtime)
        aside = _free_name(log, _CUT_SHORT, when)
        # To close the file ends the lock of this process on it, so it stays open to the end.
        with log.open("rb") as file:
            with replacing(aside) as copy:
                shutil.copyfileobj(file, copy)
            if goes_on_without:
                if os.name == "posix":  # Windows cannot
                    os.fsync(file.fileno())
                journal.rename(journal_of(aside))
            else:
                with journal.open("rb") as played, replacing(journal_of(aside)) as copy:
                    shutil.copyfileobj(played, copy)
            sync(log.parent)
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
    # The file stays open to the end, as above.
    with _locked(log), log.open("rb") as file:
        if not wal.exists():  # another kernel was quicker
            return
        aside = _free_name(log, _CUT_SHORT, dt.datetime.fromtimestamp(wal.stat().st_mtime))
        with replacing(aside) as copy:
            shutil.copyfileobj(file, copy)
        wal.rename(f"{aside}-wal")
        sync(log.parent)
    with suppress(*UNREADABLE), closing(sqlite3.connect(aside)) as con:
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
