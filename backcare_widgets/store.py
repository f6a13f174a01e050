"""The SQLite file of the log: made, locked, read and written; its faults in plain words."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from .errors import LogError
from .history import SCHEMA

APPLICATION_ID = 0x62636172  # "bcar"
VERSION = 1

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_ACCESS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How long another program's lock is waited for; the clock and the sleep are seams."""

    seconds: float = 5.0
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Store:
    """One log file. A connection lives for one operation, so any thread may ask for one.

    Parameters
    ----------
    path : Path
        Resolved; made by the first write, never by a read.
    newest_backup : callable
        Returns the newest good backup or None; asked only when the file is damaged.
    patience : Patience

    Notes
    -----
    `LogError` is the only error that a fault of the file raises; what the `work` of a
    caller raises passes through, and nothing is then written.
    """

    def __init__(
        self, path: Path, newest_backup: Callable[[], Path | None], patience: Patience
    ) -> None:
        self.path = path
        self._newest_backup = newest_backup
        self._patience = patience
        self._seen = False
        self._checked = False
        with self._plain_words("read"):
            self._present()

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return `work(connection)` of one state of the log; one not yet made is a blank one."""

        def attempt(con: sqlite3.Connection) -> T:
            con.execute("BEGIN")
            return work(con) if self._has_tables(con) else on_blank(work)

        with self._plain_words("read"):
            return self._patiently(attempt) if self._present() else on_blank(work)

    def write(self, work: Callable[[sqlite3.Connection], T], *, makes: bool = True) -> T:
        """Run `work(connection)` as one transaction, again if a lock cut it short.

        With `makes=False` a log that is not there yet is a blank one, and is not made.
        """

        def attempt(con: sqlite3.Connection) -> T:
            con.execute("BEGIN IMMEDIATE")
            if not self._has_tables(con, made_here=made_here):
                _set_up(con)
                con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                con.execute(f"PRAGMA user_version = {VERSION}")
            result = work(con)
            con.execute("COMMIT")
            return result

        with self._plain_words("write"):
            there = self._present()
            if not there and not makes:
                return on_blank(work)
            made_here = not there and self._create()
            result = self._patiently(attempt)
            self._seen = True
            return result

    def _present(self) -> bool:
        # Asked before the look: another thread may make the log just after it.
        seen = self._seen
        there = self.path.exists()
        if there and not self.path.is_file():
            what = "a folder" if self.path.is_dir() else "not a file"
            msg = (
                f"The log cannot be {self.path}, because that is {what}."
                " Give the path of a file, or set BACKCARE_LOG to one."
            )
            raise LogError(msg)
        if seen and not there:
            msg = (
                f"The log {self.path} is no longer there: it was moved or deleted while in use."
                " Nothing was put in its place; put it back, or restart the kernel to begin anew."
            )
            raise LogError(msg)
        self._seen = self._seen or there
        return there

    def _create(self) -> bool:
        private_folder(self.path.parent)
        try:
            # SQLite itself would make the file readable to others under the usual umask.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:  # another kernel was quicker
            return False
        return True

    def _patiently(self, attempt: Callable[[sqlite3.Connection], T]) -> T:
        """Run `attempt`, with random short waits: SQLite's own wait can starve one of many."""
        began = self._patience.monotonic()
        while True:
            try:
                with closing(connect(self.path)) as con:
                    return attempt(con)
            except sqlite3.OperationalError as exc:
                if _code(exc) not in _BUSY:
                    raise
                if self._patience.monotonic() - began >= self._patience.seconds:
                    msg = (
                        f"The log {self.path} is busy: another program has held it for"
                        f" {self._patience.seconds:g} seconds. What is in the log is kept, and"
                        " nothing was added now; please try again."
                    )
                    raise LogError(msg) from exc
            self._patience.sleep(random.uniform(0.001, 0.020))

    def _has_tables(self, con: sqlite3.Connection, *, made_here: bool = False) -> bool:
        """Return whether the log was set up; raise if it is not ours, newer or damaged."""
        made_by = con.execute("PRAGMA application_id").fetchone()[0]
        version = con.execute("PRAGMA user_version").fetchone()[0]
        if con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            # An empty file is a log about to begin, or all that is left of one; so is the
            # stump of one, which SQLite takes for empty.
            stump = self._checked or self.path.stat().st_size > 0
            if stump or (not made_here and self._newest_backup()):
                raise LogError(self._damaged())
            return False
        if made_by == APPLICATION_ID and version > VERSION:
            msg = (
                f"The log {self.path} was made by a newer version of this workbook"
                f" (log version {version}, here {VERSION}). It was left as it is;"
                " please update the workbook."
            )
            raise LogError(msg)
        if made_by != APPLICATION_ID or version != VERSION:
            raise LogError(self._damaged())
        if not self._checked:
            found = con.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            whole = con.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if {sql for (sql,) in found} != set(SCHEMA) or not whole:
                raise LogError(self._damaged())
            self._checked = True
        return True

    @contextmanager
    def _plain_words(self, doing: Literal["read", "write"]) -> Iterator[None]:
        try:
            yield
        except LogError:
            raise
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a mistake of ours, not a fault of the file
        except (sqlite3.Error, OSError, UnicodeDecodeError) as exc:
            # SQLite quotes a damaged name in its message, which Python then cannot decode.
            raise LogError(self._sentence(exc, doing)) from exc

    def _sentence(self, exc: Exception, doing: Literal["read", "write"]) -> str:
        unchanged = "Nothing was saved now, and what was in the log is unchanged."
        code = _code(exc)
        # A quota or a size limit shows itself as "disk I/O error", a full disk as "full".
        full = code == sqlite3.SQLITE_FULL or (doing == "write" and code == sqlite3.SQLITE_IOERR)
        if full or (isinstance(exc, OSError) and exc.errno in _FULL):
            return (
                f"The disk is full or failing ({exc}): {self.path} could not be written."
                f" {unchanged} Make some room, then try again."
            )
        if isinstance(exc, OSError) or code in _NO_ACCESS or code == sqlite3.SQLITE_IOERR:
            if self._seen and not self.path.exists():
                return f"The log {self.path} is no longer there. Nothing was put in its place."
            remedy = "Allow it for the file and its folder, or set BACKCARE_LOG to another file."
            if doing == "read":
                return f"The log {self.path} cannot be read ({exc}). {remedy}"
            return f"The log {self.path} cannot be written ({exc}). {unchanged} {remedy}"
        if isinstance(exc, sqlite3.IntegrityError):
            return f"The log {self.path} refused the values ({exc}). {unchanged}"
        return self._damaged()

    def _damaged(self) -> str:
        backup = self._newest_backup()
        remedy = (
            f"The newest good backup is {backup}: move the file away, and copy the backup to its"
            " place."
            if backup
            else "There is no backup of it; move the file away to begin a new log."
        )
        return (
            f"{self.path} is damaged, or is not a log of this workbook; nothing was overwritten."
            f" {remedy}"
        )


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing database with the settings of the log; to be closed by the caller."""
    # mode=rw: a log that vanished must not come back empty. SQLite reads without the right
    # to write all the same, and can roll back what a killed kernel left half written.
    con = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)
    try:
        for setting in (
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "synchronous = EXTRA",  # FULL may take the last commit back when the power fails
        ):
            con.execute(f"PRAGMA {setting}")
    except BaseException:
        con.close()
        raise
    return con


def _set_up(con: sqlite3.Connection) -> None:
    for statement in SCHEMA:  # executescript() would end the transaction
        con.execute(statement)


def on_blank(work: Callable[[sqlite3.Connection], T]) -> T:
    """Return `work(connection)` of a log with nothing in it, in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        _set_up(con)
        return work(con)


def private_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, for its owner only."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _code(exc: BaseException) -> int | None:
    """Return SQLite's primary result code, if the error came from SQLite."""
    code = getattr(exc, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
