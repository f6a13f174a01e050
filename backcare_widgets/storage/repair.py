"""Bringing a log back: from its backups, and from what can still be read of a damaged file.

The new file is whole before it gets the name of the log, and it gets that name only while
nothing else has it. A kill leaves the old log, the new one, or the damaged file put aside and
no log: then `Store` refuses to begin an empty one and asks for `restore` again.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..errors import DamagedLog, LogError
from . import backups
from .beside import (
    ReservedId,
    damaged_files,
    new_file,
    private_folder,
    put_aside,
    put_in_place,
)
from .database import connect, write_id
from .file import Patience, Store
from .rows import COLUMNS
from .salvage import Salvage, read_damaged
from .union import Joined, add_missing, rows_in


def restore(
    path: Path,
    folder: Path,
    patience: Patience,
    now: dt.datetime,
    back_up: Callable[[], None],
) -> str:
    """Bring back all that the good backups in `folder` have and the log at `path` lacks.

    `back_up` is called before a whole log is added to; it raises if that takes no change.

    Returns
    -------
    str
        What came back, from where, and what did not.
    """
    try:
        with _alone(folder, patience):
            good = backups.good(folder)
            while True:
                with suppress(FileExistsError):  # a kernel began a new log just now: add to it
                    if _is_whole(path, good, patience):
                        back_up()
                        return _add_to_whole(path, good, patience)
                    return _build_anew(path, good, patience, now, ReservedId(path, folder))
    except LogError:
        raise
    except (OSError, sqlite3.Error, UnicodeDecodeError) as exc:
        msg = (
            f"The log {path} could not be restored now ({exc}). Nothing was deleted; once that is"
            " put right, run restore() again."
        )
        raise LogError(msg) from exc


@contextmanager
def _alone(folder: Path, patience: Patience) -> Iterator[None]:
    """Keep other kernels from restoring too; a killed one lets go by itself."""
    private_folder(folder)
    lock = folder / "restoring.lock"
    with suppress(FileExistsError):
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL, 0o600))
    con = sqlite3.connect(lock, timeout=patience.seconds, isolation_level=None)
    with closing(con):
        con.execute("BEGIN EXCLUSIVE")
        yield


def _is_whole(path: Path, good: list[Path], patience: Patience) -> bool:
    """Return whether there is a log with nothing wrong; a damaged or missing one is not."""
    if not path.exists():
        return False
    store = Store(path, lambda: good[0] if good else None, patience)
    try:
        return store.read(_passes_full_check)
    except DamagedLog:
        return False


def _passes_full_check(con: sqlite3.Connection) -> bool:
    for table in COLUMNS:  # SQLite does not look whether a text is one: reading it does
        for _ in con.execute(f"SELECT * FROM {table}"):
            pass
    return bool(con.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


def _add_to_whole(path: Path, good: list[Path], patience: Patience) -> str:
    joined = _add_backups(Store(path, lambda: None, patience), good, patience)
    if not good:
        return f"The log {path} is whole, and it has no backup yet. Nothing was changed."
    if not joined:
        return f"The log {path} is whole, and has all that its backups have. Nothing was changed."
    taken = _words(joined)
    return (
        f"The log {path} is whole. Added what it lacked: {taken}. All that it had is still there."
    )


def _build_anew(
    path: Path, good: list[Path], patience: Patience, now: dt.datetime, reserved: ReservedId
) -> str:
    with new_file(path) as part:
        new = Store(part, lambda: None, patience)
        joined = _add_backups(new, good, patience)
        is_there = path.exists()
        damaged = [path] if is_there else damaged_files(path)
        states = [_state(file) for file in damaged]
        salvages = [read_damaged(file) for file in damaged]
        read = [_add_salvage(new, found) for found in salvages]
        if not joined and not any(read):
            if not is_there and not damaged:
                return f"There is no log {path} yet and no backup of it. Nothing was changed."
            return (
                f"Nothing can be read of {damaged[0]}, and there is no good backup of it. Nothing"
                " was changed; to begin a new log, move that file away."
            )
        log_id = backups.last_known_id(reserved)
        new.write(lambda con: write_id(con, log_id))
        if is_there:
            with _drained(path, patience) as lock:
                # With the lock it is a journal of our own, which goes with the lock.
                has_journal = not lock.in_transaction
                if os.name == "nt":  # where an open file cannot be renamed
                    lock.close()
                damaged = [put_aside(path, now, with_journal=has_journal)]
            if _state(damaged[0]) != states[0]:  # saved while we read
                salvages = [read_damaged(damaged[0])]
                read.append(_add_salvage(new, salvages[0]))
        if not new.read(_passes_full_check):
            msg = "the new file did not come out whole"
            raise OSError(msg)
        put_in_place(part, path)
        reserved.release()
    came = [_words(joined)] if joined else []
    came += [f"{counts} read from the damaged file" for counts in read if counts]
    return f"The log {path} is back: {', and '.join(came)}. {_what_not(salvages, read, damaged)}"


def _add_backups(store: Store, good: list[Path], patience: Patience) -> dict[str, Joined]:
    """Add what each backup has and `store` lacks, the newest first; return it by day."""
    joined = {}
    for backup in good:
        if store.read(lambda con, b=backup: backups.has_more(b, con)):  # type: ignore[misc]
            rows = Store(backup, lambda: None, patience, only_read=True).read(rows_in)
            joined[backup.stem] = store.write(lambda con, r=rows: add_missing(con, r))  # type: ignore[misc]
    return joined


def _add_salvage(store: Store, found: Salvage) -> Joined:
    return store.write(lambda con: add_missing(con, found.rows, strictly=False))


@contextmanager
def _drained(damaged: Path, patience: Patience) -> Iterator[sqlite3.Connection]:
    """Hold the lock of a damaged file, so that nobody is in the middle of a write to it."""
    with closing(sqlite3.connect(":memory:")) as nobody:
        try:
            con = connect(damaged)
        except (sqlite3.Error, UnicodeDecodeError):  # then nobody can write to it
            con = nobody
        with closing(con):
            con.execute(f"PRAGMA busy_timeout = {round(patience.seconds * 1000)}")
            try:
                if con is not nobody:
                    con.execute("BEGIN IMMEDIATE")
            except (sqlite3.Error, UnicodeDecodeError) as exc:
                if getattr(exc, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                    raise
            yield con


def _state(file: Path) -> tuple[int, int]:
    return file.stat().st_size, file.stat().st_mtime_ns


def _words(joined: dict[str, Joined]) -> str:
    return " and ".join(f"{counts} from the backup of {day}" for day, counts in joined.items())


def _what_not(salvages: list[Salvage], read: list[Joined], damaged: list[Path]) -> str:
    if not damaged:
        return "What was saved after that backup is not in it."
    kept = f"it is kept beside the log as {', '.join(file.name for file in damaged)}."
    if any(found.unreadable is None for found in salvages):
        return f"How much else the damaged file held is not known; {kept}"
    lost = sum(found.unreadable or 0 for found in salvages) + sum(r.refused for r in read)
    if lost:
        rows = "row" if lost == 1 else "rows"
        return f"{lost} {rows} of the damaged file could not be read; {kept}"
    return f"All of the damaged file could be read; {kept}"
