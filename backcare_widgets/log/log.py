"""The log of sets done and days marked: what is in it stays in it."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from ..files import (
    DATA,
    AnyPath,
    log_path,
    other_file,
)
from ..storage import backups as _backups
from ..storage import rows as history
from ..storage import undo
from ..storage.entry import (
    MARKS,
    checked_choice,
    checked_day,
    checked_text,
    columns_of,
)
from ..storage.file import Patience
from ..storage.undo import Undone
from . import csv_export as log_csv
from . import csv_import, pages
from . import json_export as log_json
from .import_report import ImportReport, report
from .sample import Sample
from .upkeep import Upkeep, store_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


_PATIENCE = Patience()


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Log(Upkeep):
    """The log in one SQLite file; make one with `Log.open`.

    Every method may be called from any thread, beside other kernels on the same file.
    A change, a deletion and an undo add a revision; nothing is overwritten. A method that
    returns has committed; one that raises has written nothing:
    `EntryError` names a value that the log refuses, `LogError` says why the file cannot be
    read or written now, and what to do.

    Attributes
    ----------
    path : Path
        The file, resolved. It need not exist: the first write makes it.
    id : str
        Names this very log; another file at the same path has another.
    is_sample : bool
        True for the sample log, which takes no changes.
    backup_problem : str or None
        Why the latest daily backup could not be made; the log itself was saved.
    """

    def __repr__(self) -> str:
        return f"<Log {self.path}>"

    @classmethod
    def open(
        cls,
        path: AnyPath | None = None,
        *,
        sample_if_empty: bool = False,
        backups: AnyPath | None = None,
        clock: Callable[[], dt.datetime] = _now,
        patience: Patience = _PATIENCE,
    ) -> Log:
        """Open a log; nothing is made until something is written.

        Parameters
        ----------
        path : path, optional
            Else $BACKCARE_LOG, else data/log.sqlite3 of the workbook.
        sample_if_empty : bool
            Return the read-only sample log while the log has no set.
        backups : path, optional
            Folder of the daily backups; else $BACKCARE_BACKUPS, else the per-user folder.
        clock : callable
            Returns the time now, aware.
        patience : Patience
            How long to wait for another program's lock.
        """
        file, _ = log_path(path)
        folder = _backups.folder_for(file, backups)
        log = cls(store_of(file, folder, patience), folder, clock, patience)
        if sample_if_empty and not log._store.read(history.has_sets):
            return cls(Sample(DATA / "sample_log.csv"), None, clock, patience)
        return log

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

        Parameters
        ----------
        exercise_id : str
            1 to 100 characters.
        started_at : datetime
            Aware, in the zone of the person: it decides the day (start less 4 hours).
        duration_s : float or None
            0 to 86400; None if nobody measured it.
        repetitions_done, repetitions_prescribed : int
            0 to 1000.
        outcome, source : str
            One of those above.
        pain_before, pain_after : int, optional
            Whole numbers 0 to 10; None is "not given".
        note : str
            At most 4000 characters; what SQLite cannot store becomes U+FFFD.
        entry_id : str, optional
            Made if not given. An id that the log knows, even of a deleted set, stores nothing,
            so that a set may be sent again until it is answered.
        """
        given = uuid.uuid4().hex if entry_id is None else checked_text("entry_id", entry_id)
        row = columns_of(
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
            if history.latest(con, "event", given) is None:
                history.append(con, "event", row | {"entry_id": given, "op": "add"}, self._clock())
            return given

        return self._write(work)

    def edit(self, entry_id: str, **changes: Any) -> None:
        """Change fields of a set, by the names of `add`; what changes nothing writes nothing.

        A new `started_at` also decides the day anew: give it in the zone of the set.
        """
        columns = columns_of(**changes)
        self._write(lambda con: history.change(con, entry_id, columns, self._clock()), makes=False)

    def delete(self, entry_id: str) -> None:
        """Take a set out of the log; `undo` brings it back. Twice is the same as once."""
        self._write(lambda con: history.change(con, entry_id, None, self._clock()), makes=False)

    def bring_back(self, entry_id: str) -> None:
        """Put a deleted set into the log again, as it was; one that is there stays as it is."""
        back = {"op": "restore"}
        self._write(lambda con: history.change(con, entry_id, back, self._clock()), makes=False)

    def mark(
        self, day: dt.date, mark: Literal["rest", "flare-up", "pause", "resume"] | None
    ) -> None:
        """Say of a day that it is for rest, a flare-up, or begins or ends a pause; None unsays."""
        row = {"local_day": checked_day("day", day), "mark": None}
        if mark is not None:
            row["mark"] = checked_choice("mark", mark, MARKS)
        self._write(lambda con: history.put(con, "mark", row, self._clock()))

    def undo(self) -> Undone | None:
        """Take back the last add, edit, delete, mark or import; again, the one before it.

        Returns
        -------
        Undone or None
            What was undone, shown as a sentence; None if nothing is left to undo.
        """
        return self._write(lambda con: undo.undo(con, self._clock()), makes=False)

    def redo(self) -> Undone | None:
        """Take back the last undo, and then the one before it, while nothing else was changed.

        Returns
        -------
        Undone or None
            What is done again, shown as a sentence; None if there is no undo to take back.
        """
        return self._write(lambda con: undo.redo(con, self._clock()), makes=False)

    def marks(self) -> dict[dt.date, str]:
        """Return the mark in force of each marked day, by day."""
        rows = self._store.read(history.marks)
        return {dt.date.fromisoformat(row["local_day"]): row["mark"] for row in rows}

    def sets_on(self, day: dt.date) -> list[dict[str, Any]]:
        """Return the sets of one day as plain dicts, by start, for what must not load pandas."""
        return self._store.read(lambda con: history.sets(con, day=str(day)))

    def days(self, **which: Any) -> tuple[list[dict[str, Any]], bool]:
        """Return some days with their sets as plain dicts, newest first; see `pages.days`."""
        return self._store.read(lambda con: pages.days(con, **which))

    def revisions(self, entry_id: str) -> list[dict[str, Any]]:
        """Return all that a set ever was as plain dicts, the oldest first."""
        return self._store.read(lambda con: pages.revisions(con, entry_id))

    def setting(self, name: str, default: str | None = None) -> str | None:
        """Return what `set_setting` kept under a name, or `default`."""
        row = self._store.read(lambda con: history.latest(con, "setting", name))
        return row["value"] if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice of the person, such as a hidden question, in the log."""
        row = {"name": checked_text("name", name), "value": checked_text("value", value)}
        self._write(lambda con: history.put(con, "setting", row, self._clock()))

    def frame(self) -> pd.DataFrame:
        """Return one row a set, sorted by start; the columns and types are in `table`.

        The sample log is marked: `attrs["sample"]` is True, `attrs["today"]` its last day.
        """
        from .frame import table_of

        frame = table_of(self._store.read(history.columns_of_sets))
        if self.is_sample:
            frame.attrs |= {"sample": True, "today": frame["local_day"].max().date()}
        return frame

    def export_csv(self, path: AnyPath) -> Path:
        """Write all sets and marks in force for a spreadsheet, and return the file's path.

        Text that a spreadsheet would run as a formula gets an apostrophe in front, which
        `import_csv` takes off again.
        """
        target = other_file(path, self.path)
        sets, marks, _ = self._store.read(history.all_in_force)
        log_csv.write(target, sets, marks)
        return target

    def export_json(self, path: AnyPath) -> Path:
        """Write all sets, marks and settings in force for other programs, and return the path.

        Names and units are those of `export_csv`; `log_json.write` tells the form.
        """
        target = other_file(path, self.path)
        log_json.write(target, *self._store.read(history.all_in_force), self._clock())
        return target

    def import_csv(self, path: AnyPath, *, dry_run: bool = False) -> ImportReport:
        """Add the sets and marks of a file that `export_csv` wrote; `undo` takes all out again.

        Good rows go in, the others are listed with line and reason, and written beside the file
        as `<name>.rejected.csv`. What the log already says differently is kept as the log has it,
        and listed too; so twice is the same as once. A dry run writes nothing and says line by
        line what would come.
        """
        source = other_file(path, self.path)
        reading = csv_import.read(source)

        def work(con: sqlite3.Connection) -> list[str]:
            return put_in(con, reading.records, self._clock())

        put_in = history.add_all_on_a_copy if dry_run else history.add_all
        fates = self._store.read(work) if dry_run else self._write(work)
        return report(source, reading, fates, is_dry_run=dry_run)
