"""The log of sets done and days marked: what is in it stays in it."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..days import now_here, read_day
from ..errors import LogError, interruptible
from ..files import AnyPath, log_path, other_file
from ..storage import rows, undo
from ..storage.backups import back_up, folder_for, last_known_id, newest_good
from ..storage.database import T, Work
from ..storage.entry import MARKS, Row, checked_choice, checked_day, checked_text, columns_of
from ..storage.file import Patience, Store
from ..storage.log_id import ReservedId, id_by_content, log_id
from ..storage.undo import Undone
from . import csv_import, export, pages
from .notices import notices_of

if TYPE_CHECKING:
    import pandas as pd

    from ..storage.repair import RestoreReport

_PATIENCE = Patience()


class Log:
    """The log in one SQLite file, with its daily backups; make one with `Log.open`.

    Any thread may call its methods, beside other kernels on the same file. Nothing is overwritten:
    a change, a deletion and an undo add a revision. A method that returns has committed; one that
    raises has written nothing: `EntryError` names a value that the log refuses, `LogError` says
    why the file cannot be used now, and what to do.

    `backup_problem` says why the latest backup could not be made; the log was saved.
    """

    is_sample = False
    backup_problem: str | None = None

    def __init__(
        self, path: Path, folder: Path, clock: Callable[[], dt.datetime], patience: Patience
    ) -> None:
        self.path = path
        self._folder = folder
        self._patience = patience
        self._clock = clock
        self._reserved = ReservedId(path, folder)
        self._store = self._opened()

    def __repr__(self) -> str:
        return f"<Log {self.path}>"

    @classmethod
    def open(
        cls,
        path: Log | AnyPath | None = None,
        *,
        sample_if_empty: bool = False,
        backups: AnyPath | None = None,
        clock: Callable[[], dt.datetime] = now_here,
        patience: Patience = _PATIENCE,
    ) -> Log:
        """Return a log, or one that is given as it is; nothing is made until something is written.

        `path` is by default $BACKCARE_LOG, else `workbook.usual_log()`; `backups`, the folder of
        the daily copies, $BACKCARE_BACKUPS, else the per-user folder. With
        `sample_if_empty` the sample log stands in while the log has no set. `clock` returns the
        time now, aware; `patience` is how long another program's lock is waited for.
        """
        if isinstance(path, Log):
            return path
        found, _ = log_path(path)
        log = Log(found, folder_for(found, backups), clock, patience)
        if sample_if_empty and not log._read(rows.has_sets):
            from .sample import sample  # a kind of Log, which needs this file first

            return sample(clock)
        return log

    @property
    def id(self) -> str:
        """The id of this very log, 32 digits 0-9a-f; "sample" for the sample log.

        `restore` and `merge` keep it; another file at its path has another. A log not made yet has
        the one it will be made with, one that cannot be read the one last known.
        """
        try:
            found, by_content = self._read(lambda con: (log_id(con), id_by_content(con)))
            if found:
                self._reserved.release()
                return found
            if by_content:
                with suppress(LogError):  # the next write makes it last
                    return self._store.write(log_id, makes=False) or by_content
                return by_content
            promised = self._reserved.take()
            # Another kernel may have made the log, and let go of its id, just before.
            return self._read(log_id) or promised
        except LogError:
            return last_known_id(self._reserved)

    def add(
        self,
        *,
        exercise_id: str,
        started_at: dt.datetime,
        duration_s: float | None,
        repetitions_done: int,
        repetitions_prescribed: int,
        outcome: Literal["done", "stopped", "stopped_for_pain"],
        pain_before: int | None = None,
        pain_after: int | None = None,
        note: str = "",
        source: Literal["timer", "manual"] = "timer",
        entry_id: str | None = None,
    ) -> str:
        """Store a set, and return its id once it is committed.

        `started_at` is aware, in the person's zone: it decides the day (start less 4 hours).
        `duration_s` is 0 to 86400, None if nobody measured it; repetitions are 0 to 1000, pains 0
        to 10. An id has 1 to 100 characters, a note at most 4000; what cannot be stored becomes
        U+FFFD. A known `entry_id`, even of a deleted set, stores nothing: a set may be sent again.
        """
        given = uuid.uuid4().hex if entry_id is None else checked_text("entry_id", entry_id)
        columns = columns_of(
            exercise_id=exercise_id,
            started_at=started_at,
            duration_s=duration_s,
            repetitions_done=repetitions_done,
            repetitions_prescribed=repetitions_prescribed,
            outcome=outcome,
            pain_before=pain_before,
            pain_after=pain_after,
            note=note,
            source=source,
        )

        def work(con: sqlite3.Connection) -> str:
            if rows.latest(con, "event", given) is None:
                row = columns | {"entry_id": given, "op": "add"}
                rows.append(con, "event", row, self._clock())
            return given

        return self._write(work)

    def edit(self, entry_id: str, /, **changes: object) -> None:
        """Change fields of a set, by the names of `add`; a new `started_at` moves its day too."""
        self._change(entry_id, columns_of(**changes))

    def delete(self, entry_id: str) -> None:
        """Take a set out of the log; a deleted one stays deleted."""
        self._change(entry_id, None)

    def bring_back(self, entry_id: str) -> None:
        """Put a deleted set into the log again as it was; one that is there stays as it is."""
        self._change(entry_id, {"op": "restore"})

    def mark(
        self, day: dt.date, mark: Literal["rest", "flare-up", "pause", "resume"] | None
    ) -> None:
        """Mark a day as rest, flare-up, pause or resume; None removes the mark."""
        chosen = None if mark is None else checked_choice("mark", mark, MARKS)
        self._put("mark", {"local_day": checked_day("day", day), "mark": chosen})

    def undo(self) -> Undone | None:
        """Take back the last add, edit, delete, mark or import, and return what that changed.

        Called again, it goes on to the one before; None if nothing is left to undo.
        """
        return self._write(lambda con: undo.undo(con, self._clock()), makes=False)

    def redo(self) -> Undone | None:
        """Take back the last undo, as `undo` does; None once something else was changed."""
        return self._write(lambda con: undo.redo(con, self._clock()), makes=False)

    def marks(self) -> dict[dt.date, str]:
        """Return the mark in force of each marked day, by day."""
        return {dt.date.fromisoformat(r["local_day"]): r["mark"] for r in self._read(rows.marks)}

    def sets_on(self, day: dt.date | str) -> list[Row]:
        """Return the sets of one day as plain dicts, by start; this does not load pandas."""
        return self._read(lambda con: rows.sets(con, day=str(read_day("day", day))))

    def days(
        self, *, before: dt.date | None = None, since: dt.date | None = None
    ) -> tuple[list[Row], bool]:
        """Return days with their sets as plain dicts, newest first; see `pages.days`."""
        return self._read(lambda con: pages.days(con, before=before, since=since))

    def revisions(self, entry_id: str) -> list[Row]:
        """Return all that a set ever was as plain dicts, the oldest first."""
        return self._read(lambda con: pages.revisions(con, entry_id))

    def setting(self, name: str) -> str | None:
        """Return what `set_setting` kept under a name, or None."""
        row = self._read(lambda con: rows.latest(con, "setting", checked_text("name", name)))
        return row["value"] if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice of the person, such as a hidden question, in the log."""
        row = {"name": checked_text("name", name), "value": checked_text("value", value)}
        self._put("setting", row)

    def frame(self) -> pd.DataFrame:
        """Return one row a set, sorted by start; `frame.table_of` describes the columns."""
        from .frame import table_of

        return table_of(self._read(rows.columns_of_sets), self._clock())

    def export_csv(self, path: AnyPath) -> Path:
        """Write all sets and marks for a spreadsheet, and return the file's path."""
        target = other_file(path, self.path)
        sets, marks, _ = self._read(rows.all_in_force)
        export.write_csv(target, sets, marks)
        return target

    def export_json(self, path: AnyPath) -> Path:
        """Write all sets, marks and settings for other programs, and return the file's path."""
        target = other_file(path, self.path)
        export.write_json(target, *self._read(rows.all_in_force), self._clock())
        return target

    @interruptible()
    def import_csv(self, path: AnyPath, *, dry_run: bool = False) -> csv_import.ImportReport:
        """Add the sets and marks of a file that `export_csv` wrote, and return a report by line.

        Good rows go in, the others are refused with a reason; `undo` takes all out again. The log
        wins over the file, so twice is the same as once. A dry run reports what would come.
        """
        found, now = csv_import.read(other_file(path, self.path)), self._clock()
        if dry_run:
            return self._read(lambda con: csv_import.try_out(con, found, now))
        return self._write(lambda con: csv_import.put_in(con, found, now))

    def merge(self, path: AnyPath) -> rows.MergeReport:
        """Add what another copy of this log has and this one lacks, such as a conflicted copy.

        That file is only read, and must be whole. Twice, or the other way round, is the same.
        """
        other = other_file(path, self.path)
        theirs = Store(other, patience=self._patience, only_read=True).read(rows.rows_in)
        self._back_up_afresh()
        return rows.MergeReport(other, self._write(lambda con: rows.add_missing(con, theirs)))

    @interruptible()
    def restore(self) -> RestoreReport:
        """Bring back what the backups have and the log lacks, and what a damaged log still gives.

        Returns what came, and what may be lost; a damaged file is kept under another name.
        """
        from ..storage.repair import restore

        done = restore(self.path, self._folder, self._patience, self._clock(), self._back_up_afresh)
        self._store = self._opened()
        return done

    def notices(self) -> list[str]:
        """Return what is worth knowing of the log's file now, in short sentences; raise nothing."""
        problem = [self.backup_problem] if self.backup_problem else []
        return [*problem, *notices_of(self._store, self._folder)]

    def _opened(self) -> Store:
        newest = partial(newest_good, self._folder)
        return Store(self.path, newest, self._patience, reserved=self._reserved)

    def _read(self, work: Work[T]) -> T:
        return self._store.read(work)

    def _write(self, work: Work[T], *, makes: bool = True) -> T:
        result = self._store.write(work, makes=makes)
        self._back_up()
        return result

    def _change(self, entry_id: str, columns: Row | None) -> None:
        self._write(lambda con: rows.change(con, entry_id, columns, self._clock()), makes=False)

    def _put(self, table: str, row: Row) -> None:
        self._write(lambda con: rows.put(con, table, row, self._clock()))

    def _back_up_afresh(self) -> None:
        """Back up just before much is changed at once; raise if the log takes no change."""
        self._store.write(rows.has_sets, makes=False)
        self._back_up(afresh=True)

    def _back_up(self, *, afresh: bool = False) -> None:
        if self.path.exists():
            day = self._clock().date()
            self.backup_problem = back_up(self._store, self._folder, day, afresh=afresh)


AnyLog = Log | AnyPath
