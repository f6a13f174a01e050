"""The SQLite file of the log: made, locked, read and written; its faults in plain words."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from ..errors import DamagedLog, LogError
from ..files import private_folder, private_part, reason_of
from . import database
from .copies import damaged_files, keep_hot_journal, keep_stale_wal, make_log
from .database import T, Work
from .log_id import ReservedId, id_by_content, log_id, write_id
from .rows import Rows, changed_rows

_NO_ACCESS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_ALLOW = "Allow reading and writing there, or set BACKCARE_LOG to another file."
_UNCHANGED = "Nothing was saved now, and what was in the log is unchanged."
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Doing = Literal["read", "write"]


@dataclass(frozen=True)
class Patience:
    """How long another program's lock is waited for; the clock and the sleep are seams."""

    seconds: float = 5.0
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(eq=False)
class Store:
    """One log file. A connection lives for one operation, so any thread may ask for one.

    The file is made by the first write, never by a read. `newest_backup` is asked only when it is
    damaged. With `only_read` it is a copy or a backup: it must be there, and is never written to.
    A new log gets its id from `reserved`; without, none.

    A fault of the file is always a `LogError`. What `work` raises passes through, and nothing is
    then written.
    """

    path: Path
    newest_backup: Callable[[], Path | None] = lambda: None
    patience: Patience = Patience()
    only_read: bool = False
    reserved: ReservedId | None = None

    def __post_init__(self) -> None:
        self._checked = self._seen = False
        with self._plain_words("read"):
            self._seen = self._is_file()

    def read(self, work: Work[T]) -> T:
        """Return `work(connection)` of one state of the log; one not yet made is a blank one."""

        def attempt(con: sqlite3.Connection) -> T:
            return work(con) if self._has_tables(con) else database.on_blank(work)

        with self._plain_words("read"):
            return self._patiently("read", attempt) if self._present() else database.on_blank(work)

    def write(self, work: Work[T], *, makes: bool = True) -> T:
        """Run `work(connection)` as one transaction, again if a lock cut it short.

        With `makes=False` a log that is not there yet is a blank one, and is not made.
        """

        def attempt(con: sqlite3.Connection) -> T:
            if not self._has_tables(con):
                database.set_up(con)
            reserved = self.reserved if log_id(con) is None else None
            if reserved:
                write_id(con, id_by_content(con) or reserved.take())
            result = work(con)
            con.execute("COMMIT")
            if reserved:
                reserved.release()
            return result

        with self._plain_words("write"):
            if not self._present():
                if not makes:
                    return database.on_blank(work)
                self._make()
            result = self._patiently("write", attempt)
            self._seen = True
            return result

    @cached_property
    def changed(self) -> Rows:
        """The rows that did not say what they were saved with when this was first asked.

        Once, because all rows are read: about 5 ms a year of sets.
        """
        return self.read(changed_rows)

    def _is_file(self) -> bool:
        try:
            mode = self.path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "not a file"
            msg = (
                f"The log cannot be {self.path}, because that is {what}. Nothing was changed; give"
                " the path of a file, or set BACKCARE_LOG to one."
            )
            raise LogError(msg)
        return True

    def _present(self) -> bool:
        # Asked before the look: another thread may make the log just after it.
        seen = self._seen
        there = self._is_file()
        if not there and self.only_read:
            msg = f"There is no file {self.path}. Nothing was changed; check the path."
            raise LogError(msg)
        if not there and (seen or damaged_files(self.path)):
            raise LogError(self._gone())
        self._seen = self._seen or there
        return there

    def _make(self) -> None:
        """Make a log with nothing in it, in one step: nobody ever sees half of one."""
        private_folder(self.path.parent)
        with private_part(self.path) as part:
            with closing(database.connect(part)) as con:
                con.execute("BEGIN")
                database.set_up(con)
                con.execute("COMMIT")
            with suppress(FileExistsError):  # another kernel was quicker
                make_log(part, self.path)

    def _patiently(self, doing: Doing, attempt: Work[T]) -> T:
        """Run `attempt`, with random short waits: SQLite's own wait can starve one of many."""
        began = self.patience.monotonic()
        while True:
            try:
                if not self.only_read:  # then SQLite plays nothing into the file
                    keep_stale_wal(self.path)
                    self._keep_hot_journal(doing)
                inode = self.path.stat().st_ino
                with closing(database.connect(self.path, "ro" if self.only_read else "rw")) as con:
                    con.execute("BEGIN IMMEDIATE" if doing == "write" else "BEGIN")
                    # Restored between the two, it would be the damaged file that is written to.
                    if self.path.stat().st_ino == inode:
                        return attempt(con)
            except sqlite3.OperationalError as exc:
                if not database.is_busy(exc):
                    raise
                if self.patience.monotonic() - began >= self.patience.seconds:
                    msg = (
                        f"The log {self.path} is busy: another program has held it for"
                        f" {self.patience.seconds:g} seconds. What is in the log is kept, and"
                        " nothing was added now; please try again."
                    )
                    raise LogError(msg) from exc
            self.patience.sleep(random.uniform(0.001, 0.020))

    def _keep_hot_journal(self, doing: Doing) -> None:
        try:
            keep_hot_journal(self.path)
        except sqlite3.OperationalError as exc:
            # What is there can be read while another kernel writes.
            if doing == "write" or not database.is_busy(exc):
                raise

    def _has_tables(self, con: sqlite3.Connection) -> bool:
        """Return whether the log was set up; raise if it is newer, not ours or damaged."""
        made_by = con.execute("PRAGMA application_id").fetchone()[0]
        version = con.execute("PRAGMA user_version").fetchone()[0]
        if con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            # An empty file is a log about to begin, or all that is left of one; so is the
            # stump of one, which SQLite takes for empty.
            stump = self._checked or self.only_read or self.path.stat().st_size > 0
            if stump or self.newest_backup():
                raise self._damaged()
            return False
        if made_by == database.APPLICATION_ID and version > database.VERSION:
            msg = (
                f"The log {self.path} was made by a newer version of this workbook (log version"
                f" {version}, here {database.VERSION}). It was left as it is, and nothing was"
                " saved; please update the workbook."
            )
            raise LogError(msg)
        is_ours = made_by == database.APPLICATION_ID and version == database.VERSION
        if not is_ours or not (self._checked or database.is_whole(con)):
            raise self._damaged()
        self._checked = True
        return True

    @contextmanager
    def _plain_words(self, doing: Doing) -> Iterator[None]:
        try:
            yield
        except (LogError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # said already, or a mistake of ours
        except (*database.UNREADABLE, OSError) as exc:
            if problem := self._problem(exc, doing):
                raise LogError(problem) from exc
            raise self._damaged() from exc

    def _problem(self, exc: Exception, doing: Doing) -> str:
        """Return what is wrong in a sentence, or "" where it is damage."""
        code = database.code_of(exc)
        is_io = code == sqlite3.SQLITE_IOERR
        # A quota or a size limit shows itself as "disk I/O error", a full disk as "full".
        full = code == sqlite3.SQLITE_FULL or (doing == "write" and is_io)
        if full or (isinstance(exc, OSError) and exc.errno in _FULL):
            return (
                f"The disk is full or failing ({reason_of(exc)}): {self.path} could not be written."
                f" {_UNCHANGED} Make some room, then try again."
            )
        if isinstance(exc, OSError) or code in _NO_ACCESS or is_io:
            with suppress(OSError):  # it cannot be looked at: then it may be there
                if self._seen and not self._is_file():
                    return self._gone()
            what = "read" if doing == "read" else "written"
            kept = "Nothing in it was changed." if doing == "read" else _UNCHANGED
            return f"The log {self.path} cannot be {what} ({reason_of(exc)}). {kept} {_ALLOW}"
        if isinstance(exc, sqlite3.IntegrityError):
            return f"The log {self.path} refused the values ({exc}). {_UNCHANGED} Give others."
        return ""

    def _gone(self) -> str:
        if aside := damaged_files(self.path):
            return (
                f"The log {self.path} was damaged and put aside as {aside[-1].name}; nothing is in"
                " its place yet. Nothing was saved now; Log.open().restore() brings the log back."
            )
        return (
            f"The log {self.path} is no longer there: it was moved or deleted while in use."
            " Nothing was put in its place; put it back, or restart the kernel to begin anew."
        )

    def _damaged(self) -> DamagedLog:
        what = f"{self.path} is damaged, or is not a log of this workbook; nothing was"
        if self.only_read:
            return DamagedLog(f"{what} changed. Give another file.")
        backup = self.newest_backup()
        remedy = (
            f"The newest good backup is of {backup.stem}: Log.open().restore() brings it back"
            if backup
            else "There is no backup of it: Log.open().restore() brings back what can still be read"
        )
        return DamagedLog(f"{what} overwritten. {remedy} and keeps the damaged file.")


def not_writable(path: Path) -> str | None:
    """Return the sentence that says that a log cannot be written to, or None; nothing is tried."""
    # SQLite needs the folder too, for its journal; one that is missing is made in that above it.
    folder = next((p for p in path.parents if os.access(p, os.F_OK)), path.parent)
    if os.access(path, os.F_OK) and not os.access(path, os.W_OK):
        closed = path
    elif not os.access(folder, os.W_OK | os.X_OK):
        closed = folder
    else:
        return None
    return (
        f"The log {path} cannot be written: there is no permission to write to {closed}. What is"
        " in the log is unchanged, and a set done in a session waits in the browser until it can"
        f" be saved. {_ALLOW}"
    )
