"""A dozen lines on the log: where it is, whether it is whole, which backup is the newest."""

from __future__ import annotations

import html
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..errors import LogError
from ..files import log_path
from ..storage import backups
from ..storage.copies import conflicted_copies, damaged_files, files_cut_short
from ..storage.database import VERSION, connect
from ..storage.file import Patience, Store
from ..storage.rows import in_words, sets
from ..words import count
from .log import AnyLog, Log
from .notices import notices_of

Finding = tuple[str, str]  # its label, and what was found


@dataclass(frozen=True, repr=False)
class Report:
    """What `doctor` found, each with its label; shown as `lines`, one below the other."""

    findings: tuple[Finding, ...]

    @property
    def lines(self) -> list[str]:
        """The findings, one below the other."""
        return [f"{label:<12}{text}" for label, text in self.findings]

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def doctor(log: AnyLog | None = None) -> Report:
    """Look the log over, and return what was found; nothing is changed, nothing is made.

    `log` may be a path, and is else the one that `Log.open()` opens. Whatever is wrong with the
    file is in the lines; it is not raised.
    """
    found: list[Finding] = []
    try:
        for finding in _findings(log):
            found.append(finding)  # as far as it goes
    except (OSError, ValueError, sqlite3.Error) as exc:  # LogError too
        found.append(("Wrong", str(exc)))
    return Report(tuple(found))


def _findings(log: AnyLog | None) -> Iterator[Finding]:
    if not isinstance(log, Log):
        path, named_by = log_path(log)
        folder, patience = backups.folder_for(path), Patience()
    elif log.is_sample:
        yield "Log", f"the sample log {log.path}; Log.open() opens your own"
        return
    else:
        path, named_by, folder, patience = log.path, "as opened", log._folder, log._patience
    yield "Log", f"{path} ({named_by})"
    store = None
    try:
        store = Store(path, lambda: backups.newest_good(folder), patience)
        yield from _of_file(path)
        if path.exists() or damaged_files(path):
            yield "Holds", f"{store.read(_content)} (log version {VERSION})"
            changed = in_words(store.changed)  # all is read, so that what is no text shows
            yield "Whole", "yes, every page and index was checked"  # by the first read of a Store
            if changed:
                what = "with a version that is not as it was saved; look in past()"
                yield "Changed", f"{changed}, {what}"
        for sentence in notices_of(store, folder):
            yield "Notice", sentence
    except LogError as error:
        yield "Wrong", str(error)
    yield "Versions", f"SQLite {sqlite3.sqlite_version}; log version {VERSION} is written here"
    yield from _of_backups(folder)
    yield from _of_others(path, store)


def _of_file(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield "File", "not there yet; the first set that is saved makes it"
        return
    about = path.stat()
    yield "File", f"{about.st_size / 1000:.0f} kB"
    if os.name == "posix" and stat.S_IMODE(about.st_mode) & 0o077 and path.is_file():
        yield "Wrong", f"others can read it; run: chmod 600 {str(path)!r}"


def _content(con: sqlite3.Connection) -> str:
    rows = sets(con)
    days = sorted({row["local_day"] for row in rows})
    span = f", {days[0]} to {days[-1]}" if days else ""
    return f"{count(len(rows), 'set')} on {count(len(days), 'day')}{span}"


def _of_backups(folder: Path) -> Iterator[Finding]:
    there, good = backups.in_folder(folder), backups.good(folder)
    yield "Backups", f"{len(there)} in {folder}"
    if good:
        with closing(connect(good[0], "ro")) as con:
            yield "Newest", f"{good[0].stem}, good, {count(len(sets(con)), 'set')}"
        if bad := len(there) - len(good):
            yield "Bad", f"{bad} of the backups cannot be used; the good ones are used instead"
    elif there:
        remedy = "the log is not touched, and the next day with a set makes one"
        yield "Wrong", f"none of the backups is good; {remedy}"


def _of_others(path: Path, store: Store | None) -> Iterator[Finding]:
    for file in damaged_files(path):
        yield "Damaged", f"kept as {file.name}"
    for file in files_cut_short(path):
        can_come = "Log.open().restore() adds what the log lacks of it"
        yield "Kept", f"{file.name}, from when a write was cut short; {can_come}"
    for copy in conflicted_copies(path):
        is_merged = store is not None and backups.is_covered(copy, store)
        can_go = ": the log has all that it has; you may delete it" if is_merged else ""
        yield "Copy", f"{copy.name}{can_go}"
