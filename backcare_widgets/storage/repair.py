"""Bringing a log back: from its backups, and from what can still be read of a damaged file.

The new file is whole before it gets the name of the log, and it gets that name only while
nothing else has it. A kill leaves the old log, the new one, or the damaged file put aside and
no log: then `Store` refuses to begin an empty one and asks for `restore` again.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from ..errors import DamagedLog, LogError
from ..files import private_folder, private_part, reason_of
from ..words import count, listed
from . import backups
from .copies import damaged_files, files_cut_short, make_log, put_aside, read_plainly
from .database import COLUMNS, UNREADABLE
from .entry import Row
from .file import Patience, Store
from .log_id import ReservedId, write_id
from .rows import (
    NOT_AS_SAVED,
    Joined,
    Rows,
    add_missing,
    changed_of,
    changed_rows,
    in_words,
    rows_in,
    sets,
    unsettled,
)


@dataclass(frozen=True, repr=False)
class RestoreReport:
    """What `Log.restore` brought back, and what it cannot know; shown as sentences.

    A log is `whole` if it was only added to, and `back` if it was made anew. `from_copies` is what
    came by where it came from, `from_damaged` what each damaged file still gave, and `mended` what
    that had otherwise than it was saved, and a backup of `mended_by` still had right. `unsure` is
    what no backup had right; `n_sets` are in force now, `newest` is the day of the newest backup.
    """

    path: Path
    outcome: Literal["whole", "back", "nothing", "unreadable"]
    newest: str | None = None
    from_copies: Mapping[str, Joined] = field(default_factory=dict)
    from_damaged: Sequence[Joined] = ()
    damaged: Sequence[str] = ()
    mended: Rows = field(default_factory=dict)
    mended_by: Sequence[str] = ()
    unsure: Rows = field(default_factory=dict)
    n_sets: int = 0

    @property
    def is_all(self) -> bool:
        """Whether each row of the damaged files could be read."""
        return all(joined.is_all for joined in self.from_damaged)

    def __repr__(self) -> str:
        if self.outcome == "nothing":
            return f"There is no log {self.path} yet and no backup of it. Nothing was changed."
        if self.outcome == "unreadable":
            return (
                f"Nothing can be read of {self.damaged[0]}, and there is no good backup of it."
                " Nothing was changed; to begin a new log, move that file away."
            )
        said = self._of_whole() if self.outcome == "whole" else self._of_back()
        if mended := in_words(self.mended):
            said += (
                f" As saved again, from the backup of {listed(self.mended_by)}: {mended}. If you"
                " had changed that yourself with another program, change it once more in past()."
            )
        if unsure := in_words(self.unsure):
            said += f" {NOT_AS_SAVED}: {unsure}. No backup has what was saved; look in past()."
        return said

    def _of_whole(self) -> str:
        if came := self._came():
            return (
                f"The log {self.path} is whole. Added what it lacked: {came}. All that it had is"
                " still there."
            )
        has = "has all that its backups have" if self.newest else "it has no backup yet"
        return f"The log {self.path} is whole, and {has}. Nothing was changed."

    def _of_back(self) -> str:
        read = [f"{joined} read from the damaged file" for joined in self.from_damaged if joined]
        said = f"The log {self.path} is back: {', and '.join(filter(None, [self._came(), *read]))}."
        kept = f"it is kept beside the log as {', '.join(self.damaged)}."
        if not self.damaged:
            return f"{said} What you saved, changed or deleted after that backup is not in it."
        if self.is_all:
            return f"{said} All of the damaged file could be read; {kept}"
        said += f" How much else the damaged file held is not known; {kept}"
        if self.n_sets:
            since = f" made since the backup of {self.newest}" if self.newest else ""
            said += (
                f" A change or deletion{since} may be lost with it: any of the"
                f" {count(self.n_sets, 'set')} now in the log may be as it was before, or one that"
                " you had deleted. Look through them in past()."
            )
        return said

    def _came(self) -> str:
        came = (f"{joined} from {where}" for where, joined in self.from_copies.items() if joined)
        return " and ".join(came)


def restore(
    path: Path,
    folder: Path,
    patience: Patience,
    now: dt.datetime,
    back_up: Callable[[], None],
) -> RestoreReport:
    """Bring back what the log lacks of its backups and of the files beside it, and say what came.

    A log with rows that a backup has otherwise, as they were saved, is made anew with those.
    `back_up` is called before a whole log is added to; it raises if that takes no change.
    """
    try:
        with _alone(folder, patience):
            there, good = backups.in_folder(folder), backups.good(folder)
            while True:
                with suppress(FileExistsError):  # a kernel began a new log just now: add to it
                    unsure = _unsure(path, good, patience) if path.exists() else None
                    if unsure is None or backups.saved_rows(there, unsure):
                        done = _build_anew(path, folder, good, patience, now)
                    else:
                        back_up()
                        done = _add_to_whole(path, folder, good, patience)
                    return replace(done, newest=good[0].stem if good else None)
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


def _unsure(path: Path, good: list[Path], patience: Patience) -> Rows | None:
    """Return the rows of a log that are not as saved; None if not every row can be read."""
    store = Store(path, lambda: next(iter(good), None), patience)
    try:
        return store.read(lambda con: unsettled(con, changed_rows(con)))
    except DamagedLog:
        return None


def _add_to_whole(path: Path, folder: Path, good: list[Path], patience: Patience) -> RestoreReport:
    return RestoreReport(
        path,
        "whole",
        from_copies=_add_copies(Store(path, patience=patience), path, folder, good),
        unsure=_unsure(path, good, patience) or {},
    )


def _build_anew(
    path: Path, folder: Path, good: list[Path], patience: Patience, now: dt.datetime
) -> RestoreReport:
    reserved = ReservedId(path, folder)
    private_folder(path.parent)
    with private_part(path) as part:
        new = Store(part, patience=patience)
        came = _add_copies(new, path, folder, good)
        reads: list[Joined] = []
        mended: backups.Saved = {}

        def read(file: Path) -> None:
            joined, saved = _add_readable(new, file, folder)
            reads.append(joined)
            mended.update(saved)

        is_there = path.exists()
        damaged = [path] if is_there else damaged_files(path)
        for file in damaged:
            read(file)
        if not any(came.values()) and not any(reads):
            if not damaged:
                return RestoreReport(path, "nothing")
            return RestoreReport(path, "unreadable", damaged=[str(damaged[0])])
        log_id = backups.last_known_id(reserved)
        new.write(lambda con: write_id(con, log_id))
        if is_there:
            damaged = [put_aside(path, patience.seconds, now)]
            read(damaged[0])  # what was saved while we read
        unsure = _unsure(part, [], patience)
        if unsure is None:
            msg = "the new file did not come out whole"
            raise OSError(msg)
        n_sets = new.read(lambda con: len(sets(con)))
        make_log(part, path)
        reserved.release()
    return RestoreReport(
        path,
        "back",
        from_copies=came,
        from_damaged=reads,
        damaged=[file.name for file in damaged],
        mended={
            table: [row for (its, _), (_, row) in mended.items() if its == table]
            for table in COLUMNS
        },
        mended_by=sorted({day for day, _ in mended.values()}),
        unsure=unsure,
        n_sets=n_sets,
    )


def _add_copies(store: Store, log: Path, folder: Path, good: list[Path]) -> dict[str, Joined]:
    """Add what `store` lacks of the backups, the newest first, and of what was cut short."""
    came = {}
    for backup in good:
        rows = Store(backup, patience=store.patience, only_read=True).read(rows_in)
        came[f"the backup of {backup.stem}"], _ = _add(store, rows, folder)
    for file in files_cut_short(log):
        came[file.name], _ = _add_readable(store, file, folder)
    return came


def _add_readable(store: Store, file: Path, folder: Path) -> tuple[Joined, backups.Saved]:
    """Do as `_add` does with what a file that may be damaged still gives."""
    rows, is_all = read_plainly(file)
    joined, saved = _add(store, rows, folder)
    return replace(joined, is_all=is_all and joined.is_all), saved


def _add(store: Store, rows: Rows, folder: Path) -> tuple[Joined, backups.Saved]:
    """Add what `store` lacks of some rows; return that, and what took the place of changed ones."""
    saved = backups.saved_rows(backups.in_folder(folder), changed_of(rows))

    def one(table: str, row: Row) -> Row:
        _, known = saved.get((table, row["event_id"]), ("", row))
        return known | {"action": row["action"]}

    as_saved = {table: [one(table, row) for row in rows[table]] for table in rows}
    return store.write(partial(add_missing, rows=as_saved)), saved
