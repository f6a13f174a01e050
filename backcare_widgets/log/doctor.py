"""A dozen lines on the log: where it is, whether it is whole, which backup is the newest."""

from __future__ import annotations

import html
import os
import sqlite3
import stat
from pathlib import Path

from ..errors import LogError
from ..files import AnyPath, log_path
from ..storage import backups
from ..storage.copies import conflicted_copies, damaged_files, files_cut_short
from ..storage.database import VERSION
from ..storage.file import Patience, Store
from ..storage.rows import sets
from ..words import count
from . import notices
from .log import Log


class Report:
    """What `doctor` found: `lines`, shown one below the other."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def doctor(
    log: Log | AnyPath | None = None,
    *,
    backups: AnyPath | None = None,
    patience: Patience | None = None,
) -> Report:
    """Look the log over, and tell what was found; nothing is changed, nothing is made.

    Parameters
    ----------
    log : Log or path, optional
        Else the one that `Log.open()` opens.
    backups : path, optional
        Another folder of backups than that of `Log.open`.
    patience : Patience, optional
        How long to wait for another program's lock.

    Returns
    -------
    Report
        Whatever is wrong with the file is in its lines; it is not raised.
    """
    lines: list[str] = []
    try:
        lines += _lines(log, backups, patience or Patience())
    except (OSError, ValueError, sqlite3.Error) as exc:  # LogError too
        lines.append(f"Wrong       {exc}")
    return Report(lines)


def _lines(log: Log | AnyPath | None, root: AnyPath | None, patience: Patience) -> list[str]:
    if isinstance(log, Log) and log.is_sample:
        return [f"Log         the sample log {log.path}; Log.open() opens your own"]
    path, named_by = (log.path, "as opened") if isinstance(log, Log) else log_path(log)
    folder = backups.folder_for(path, root)
    lines = [f"Log         {path} ({named_by})", *_about_file(path)]
    store = None
    try:
        store = Store(path, lambda: backups.newest_good(folder), patience)
        lines += store.read(_about_content) if path.exists() or damaged_files(path) else []
        lines += [f"Notice      {sentence}" for sentence in notices.of(store, folder)]
    except LogError as error:
        lines.append(f"Wrong       {error}")
    lines.append(
        f"Versions    SQLite {sqlite3.sqlite_version}; log version {VERSION} is written here"
    )
    return lines + _about_backups(folder) + _about_others(path, store)


def _about_file(path: Path) -> list[str]:
    if not path.exists():
        return ["File        not there yet; the first set that is saved makes it"]
    about = path.stat()
    lines = [f"File        {about.st_size / 1000:.0f} kB"]
    if os.name == "posix" and stat.S_IMODE(about.st_mode) & 0o077 and path.is_file():
        lines.append(f"Wrong       others can read it; run: chmod 600 {str(path)!r}")
    return lines


def _about_content(con: sqlite3.Connection) -> list[str]:
    rows = sets(con)
    days = sorted({row["local_day"] for row in rows})
    span = f", {days[0]} to {days[-1]}" if days else ""
    n_sets, n_days = count(len(rows), "set"), count(len(days), "day")
    version = con.execute("PRAGMA user_version").fetchone()[0]
    found = con.execute("PRAGMA integrity_check(1)").fetchone()[0]
    whole = (
        "Whole       yes, every page and index was checked"
        if found == "ok"
        else f"Wrong       damaged ({found}): Log.open().restore() makes it whole"
    )
    return [
        f"Holds       {n_sets} on {n_days}{span} (log version {version})",
        whole,
    ]


def _about_backups(folder: Path) -> list[str]:
    there, good = backups.in_folder(folder), backups.good(folder)
    lines = [f"Backups     {len(there)} in {folder}"]
    if good:
        newest = Store(good[0], lambda: None, Patience(), only_read=True)
        lines.append(f"Newest      {good[0].stem}, good, {count(len(newest.read(sets)), 'set')}")
    elif there:
        lines.append("Wrong       none of the backups is good")
    if bad := len(there) - len(good):
        lines.append(f"Bad         {bad} of the backups cannot be used; the others are not touched")
    return lines


def _about_others(path: Path, store: Store | None) -> list[str]:
    lines = [f"Damaged     kept as {file.name}" for file in damaged_files(path)]
    lines += [
        f"Kept        {file.name}, from when a write was cut short; Log.open().restore() adds what"
        " the log lacks of it"
        for file in files_cut_short(path)
    ]
    for copy in conflicted_copies(path):
        is_merged = store is not None and backups.is_covered(copy, store)
        lines.append(
            f"Copy        {copy.name}"
            + (": the log has all that it has; you may delete it" if is_merged else "")
        )
    return lines
