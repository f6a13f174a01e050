"""A dozen lines on the log: where it is, whether it is whole, which backup is the newest."""

from __future__ import annotations

import html
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from ..errors import LogError
from ..files import AnyPath, log_path
from ..storage import backups
from ..storage.copies import conflicted_copies, damaged_files, files_cut_short
from ..storage.database import VERSION
from ..storage.file import Patience, Store
from ..storage.rows import sets
from ..words import count
from .log import Log
from .log_file import notices_of
from .sample import Sample


class Report:
    """What `doctor` found: `lines`, shown one below the other."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def doctor(log: Log | AnyPath | None = None) -> Report:
    """Look the log over, and return what was found; nothing is changed, nothing is made.

    `log` may be a path, and is else the one that `Log.open()` opens. Whatever is wrong with the
    file is in the lines; it is not raised.
    """
    lines: list[str] = []
    try:
        for line in _lines(log):
            lines.append(line)
    except (OSError, ValueError, sqlite3.Error) as exc:  # LogError too
        lines.append(f"Wrong       {exc}")
    return Report(lines)


def _lines(log: Log | AnyPath | None) -> Iterator[str]:
    if isinstance(log, Log):
        file, named_by = log._file, "as opened"
        if isinstance(file, Sample):
            yield f"Log         the sample log {file.path}; Log.open() opens your own"
            return
        path, folder, patience = file.path, file.folder, file.patience
    else:
        path, named_by = log_path(log)
        folder, patience = backups.folder_for(path), Patience()
    yield f"Log         {path} ({named_by})"
    yield from _about_file(path)
    store = None
    try:
        store = Store(path, lambda: backups.newest_good(folder), patience)
        if path.exists() or damaged_files(path):
            yield from store.read(_about_content)
        for sentence in notices_of(store, folder):
            yield f"Notice      {sentence}"
    except LogError as error:
        yield f"Wrong       {error}"
    yield f"Versions    SQLite {sqlite3.sqlite_version}; log version {VERSION} is written here"
    yield from _about_backups(folder)
    yield from _about_others(path, store)


def _about_file(path: Path) -> Iterator[str]:
    if not path.exists():
        yield "File        not there yet; the first set that is saved makes it"
        return
    about = path.stat()
    yield f"File        {about.st_size / 1000:.0f} kB"
    if os.name == "posix" and stat.S_IMODE(about.st_mode) & 0o077 and path.is_file():
        yield f"Wrong       others can read it; run: chmod 600 {str(path)!r}"


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
    return [f"Holds       {n_sets} on {n_days}{span} (log version {version})", whole]


def _about_backups(folder: Path) -> Iterator[str]:
    there, good = backups.in_folder(folder), backups.good(folder)
    yield f"Backups     {len(there)} in {folder}"
    if good:
        newest = Store(good[0], lambda: None, Patience(), only_read=True)
        yield f"Newest      {good[0].stem}, good, {count(len(newest.read(sets)), 'set')}"
    elif there:
        yield "Wrong       none of the backups is good"
    if bad := len(there) - len(good):
        yield f"Bad         {bad} of the backups cannot be used; the others are not touched"


def _about_others(path: Path, store: Store | None) -> Iterator[str]:
    for file in damaged_files(path):
        yield f"Damaged     kept as {file.name}"
    for file in files_cut_short(path):
        yield (
            f"Kept        {file.name}, from when a write was cut short; Log.open().restore() adds"
            " what the log lacks of it"
        )
    for copy in conflicted_copies(path):
        is_merged = store is not None and backups.is_covered(copy, store)
        can_go = ": the log has all that it has; you may delete it" if is_merged else ""
        yield f"Copy        {copy.name}{can_go}"
