"""Daily copies of the log outside the workbook, verified, and thinned out as they age."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from ..errors import LogError
from ..files import AnyPath, private_folder, private_part, reason_of, resolved
from ..workbook import own_folder
from .copies import damaged_files
from .database import COLUMNS, UNREADABLE, connect, is_as_saved
from .entry import Row
from .file import Patience, Store
from .log_id import ReservedId, id_by_content, log_id
from .rows import LOG_ID, Rows, changed_rows, rows_of

# Rows as they were saved, by table and id, each with the day of the backup that has it so.
Saved = dict[tuple[str, str], tuple[str, Row]]


def folder_for(log: Path, root: AnyPath | None = None) -> Path:
    """Return the folder of the backups of one log, by its resolved path; nothing is made.

    `root` is taken first, then $BACKCARE_BACKUPS, then the per-user data folder, so that
    deleting the workbook deletes no backup.
    """
    if root is None:
        root = os.environ.get("BACKCARE_BACKUPS") or None
    users = own_folder() / "backups"
    digest = hashlib.sha256(os.fsencode(log)).hexdigest()[:8]
    return (users if root is None else resolved(root)) / f"{log.stem}-{digest}"


def back_up(store: Store, folder: Path, day: dt.date, *, afresh: bool = False) -> str | None:
    """Make the backup of `day` if there is none; return None, or why it could not be made.

    With `afresh`, replace that of `day`, unless it holds rows that the log lacks; one that is
    damaged is kept under another name.
    """
    target = folder / f"{day}.sqlite3"
    try:
        if afresh and target.exists() and not _is_good(target):
            target.replace(target.with_name(f"{target.name}.damaged"))
        if not target.exists() or (afresh and _can_go(target, store)):
            private_folder(folder)
            _copy(store, target)
            stay = {str(kept_day) for kept_day in kept(_days(folder)) | {day}}
            for old in in_folder(folder):
                if old.stem not in stay and _can_go(old, store):
                    old.unlink(missing_ok=True)
    except (*UNREADABLE, OSError) as exc:  # LogError too
        why = reason_of(exc).removesuffix(".")
        return (
            f"Today's backup could not be made in {folder} ({why}). The log itself is saved, and"
            " the next change tries again; if that fails too, set BACKCARE_BACKUPS to"
            " another folder."
        )
    return None


def newest_good(folder: Path) -> Path | None:
    """Return the newest whole backup, or None."""
    return next(filter(_is_good, in_folder(folder)), None)


def good(folder: Path) -> list[Path]:
    """Return the whole backups, the newest first."""
    return list(filter(_is_good, in_folder(folder)))


def has_more(backup: Path, log: sqlite3.Connection, *, at_a_glance: bool = False) -> bool:
    """Return whether a backup has a row that the log lacks; at a glance only the last are asked.

    The id of another log is no such row: a log keeps its own.
    """
    limit = 1 if at_a_glance else -1  # which SQLite takes for "all"
    with closing(connect(backup, "ro")) as con:
        for table in COLUMNS:
            which = f"WHERE name <> '{LOG_ID}'" if table == "setting" else ""
            last = f"SELECT event_id FROM {table} {which} ORDER BY rowid DESC LIMIT {limit}"
            known = f"SELECT 1 FROM {table} WHERE event_id = ?"
            if any(log.execute(known, row).fetchone() is None for row in con.execute(last)):
                return True
    return False


def saved_rows(backups: Iterable[Path], changed: Rows) -> Saved:
    """Return, of the changed rows, those that a backup, whole or not, has as they were saved.

    Each is from the first of the backups that has it so.
    """
    ids = [(table, row["event_id"]) for table, rows in changed.items() for row in rows]
    found: Saved = {}
    for backup in backups if ids else ():
        with suppress(*UNREADABLE, OSError), closing(connect(backup, "ro")) as con:
            for table, event_id in ids:
                for row in rows_of(con, f"SELECT * FROM {table} WHERE event_id = ?", event_id):
                    if is_as_saved(table, row):
                        found.setdefault((table, event_id), (backup.stem, row))
    return found


def day_of_more(folder: Path, log: sqlite3.Connection) -> str | None:
    """Return the day of the newest backup that seems to have more than the log, or None."""
    for path in in_folder(folder):
        with suppress(*UNREADABLE, OSError):
            if has_more(path, log, at_a_glance=True):
                return path.stem
    return None


def last_known_id(reserved: ReservedId) -> str:
    """Return the id of a log that is damaged, gone or held by another program.

    `restore` gives the new file the same one, so that what waits in the browser reaches it.
    """
    log = reserved.log
    files = [log, *reversed(damaged_files(log)), *in_folder(reserved.folder)]
    for ask in (log_id, id_by_content):
        for file in files:
            with suppress(*UNREADABLE, OSError), closing(connect(file, "ro")) as con:
                if found := ask(con):
                    return found
    return reserved.take()


def is_covered(backup: Path, store: Store) -> bool:
    """Return whether the log has all that a backup has; one that cannot be read may have more."""
    try:
        return not store.read(lambda con: has_more(backup, con))
    except (*UNREADABLE, OSError):
        return False


def _can_go(backup: Path, store: Store) -> bool:
    """Return whether nothing is lost with a backup: neither a row nor what one was saved with."""
    with suppress(LogError):
        return is_covered(backup, store) and not saved_rows([backup], store.read(changed_rows))
    return False


def kept(days: Iterable[dt.date]) -> set[dt.date]:
    """Return the days to keep: the newest 7, and the last of 4 weeks and of 12 months."""
    oldest_first = sorted(days)
    weeks = {day.isocalendar()[:2]: day for day in oldest_first}  # the last of each stays
    months = {(day.year, day.month): day for day in oldest_first}
    return {*oldest_first[-7:], *list(weeks.values())[-4:], *list(months.values())[-12:]}


def in_folder(folder: Path) -> list[Path]:
    """Return the backups, good or not, the newest first."""
    return [folder / f"{day}.sqlite3" for day in sorted(_days(folder), reverse=True)]


def _days(folder: Path) -> set[dt.date]:
    days = set()
    with suppress(OSError):
        for path in folder.glob("????-??-??.sqlite3"):
            with suppress(ValueError):  # somebody else's file
                days.add(dt.date.fromisoformat(path.stem))
    return days


def _copy(store: Store, target: Path) -> None:
    """Copy through SQLite: reading the live file by other means would drop its locks."""
    with private_part(target) as part:
        with closing(sqlite3.connect(part)) as copy:
            store.read(lambda con: con.backup(copy))
        if not _is_good(part):
            msg = "the copy is damaged, so the log may be too: run doctor()"
            raise LogError(msg)
        part.replace(target)


def _is_good(backup: Path) -> bool:
    try:
        return Store(backup, patience=Patience(0), only_read=True).read(lambda _: True)
    except LogError:
        return False
