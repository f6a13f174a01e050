"""The log of sets done and days marked: what is in it stays in it."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..files import DATA, AnyPath, log_path, other_file
from ..storage import rows, undo
from ..storage.backups import folder_for
from ..storage.entry import MARKS, Row, checked_choice, checked_day, checked_text, columns_of
from ..storage.file import Patience
from ..storage.rows import MergeReport
from ..storage.undo import Undone
from . import csv_import, export, pages
from .import_report import ImportReport
from .log_file import LogFile
from .sample import Sample

if TYPE_CHECKING:
    import pandas as pd

_PATIENCE = Patience()


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Log:
    """The log in one SQLite file; make one with `Log.open`.

    Methods may be called from any thread, beside other kernels on the same file. Nothing is
    overwritten: a change, a deletion and an undo add a revision. A method that returns has
    committed; one that raises has written nothing: `EntryError` names a value that the log
    refuses, `LogError` says why the file cannot be used now, and what to do.
    """

    def __init__(self, file: LogFile | Sample, clock: Callable[[], dt.datetime]) -> None:
        self._file = file
        self._clock = clock

    @property
    def path(self) -> Path:
        """The resolved file of the log, which the first write makes."""
        return self._file.path

    @property
    def id(self) -> str:
        """The id of this very log, 32 digits 0-9a-f; "sample" for the sample log.

        It outlives `restore` and `merge`; another file at the same path has another. A log not
        made yet has the id it will be made with, one that cannot be read the id last known.
        """
        return self._file.id

    @property
    def is_sample(self) -> bool:
        """Whether this is the sample log, which takes no changes."""
        return isinstance(self._file, Sample)

    @property
    def backup_problem(self) -> str | None:
        """Why the latest daily backup could not be made, or None; the log itself was saved."""
        return self._file.backup_problem

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
        """Return a log; nothing is made until something is written.

        Without `path` it is $BACKCARE_LOG, else data/log.sqlite3 of the workbook; `backups` is the
        folder of the daily copies, else $BACKCARE_BACKUPS, else the per-user folder. With
        `sample_if_empty` the read-only sample log stands in while the log has no set. `clock`
        returns the time now, aware; `patience` is how long another program's lock is waited for.
        """
        found, _ = log_path(path)
        file = LogFile(found, folder_for(found, backups), clock, patience)
        if sample_if_empty and not file.read(rows.has_sets):
            return cls(Sample(DATA / "sample_log.csv"), clock)
        return cls(file, clock)

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
        `duration_s` is 0 to 86400, None if nobody measured it; repetitions are 0 to 1000; a pain
        is 0 to 10, None if not given. An `exercise_id` has 1 to 100 characters, a note at most
        4000; what SQLite cannot store becomes U+FFFD. An `entry_id` that the log knows, even of
        a deleted set, stores nothing, so that a set may be sent again until it is answered.
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

        return self._file.write(work)

    def edit(self, entry_id: str, /, **changes: Any) -> None:
        """Change fields of a set, by the names of `add`; what changes nothing writes nothing.

        A new `started_at` also decides the day: give it in the zone of the set.
        """
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
        """Take back the last add, edit, delete, mark or import, then the one before it.

        Returns what was undone, shown as a sentence; None if nothing is left to undo.
        """
        return self._file.write(lambda con: undo.undo(con, self._clock()), makes=False)

    def redo(self) -> Undone | None:
        """Take back the last undo, then the one before it, until something else is changed.

        Returns what was done again, as `undo` does; None if there is no undo to take back.
        """
        return self._file.write(lambda con: undo.redo(con, self._clock()), makes=False)

    def marks(self) -> dict[dt.date, str]:
        """Return the mark in force of each marked day, by day."""
        found = self._file.read(rows.marks)
        return {dt.date.fromisoformat(row["local_day"]): row["mark"] for row in found}

    def sets_on(self, day: dt.date) -> list[Row]:
        """Return the sets of one day as plain dicts, by start; this does not load pandas."""
        return self._file.read(lambda con: rows.sets(con, day=str(day)))

    def days(
        self, *, before: dt.date | None = None, since: dt.date | None = None
    ) -> tuple[list[Row], bool]:
        """Return days with their sets as plain dicts, newest first; see `pages.days`."""
        return self._file.read(lambda con: pages.days(con, before=before, since=since))

    def revisions(self, entry_id: str) -> list[Row]:
        """Return all that a set ever was as plain dicts, the oldest first."""
        return self._file.read(lambda con: pages.revisions(con, entry_id))

    def setting(self, name: str) -> str | None:
        """Return what `set_setting` kept under a name, or None."""
        row = self._file.read(lambda con: rows.latest(con, "setting", name))
        return row["value"] if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep a choice of the person, such as a hidden question, in the log."""
        row = {"name": checked_text("name", name), "value": checked_text("value", value)}
        self._put("setting", row)

    def frame(self) -> pd.DataFrame:
        """Return one row a set, sorted by start; `frame.table_of` describes the columns.

        The sample log is marked: `attrs["sample"]` is True, `attrs["today"]` its last day.
        """
        from .frame import table_of

        frame = table_of(self._file.read(rows.columns_of_sets))
        if self.is_sample:
            frame.attrs |= {"sample": True, "today": frame["local_day"].max().date()}
        return frame

    def export_csv(self, path: AnyPath) -> Path:
        """Write all sets and marks for a spreadsheet, and return the file's path."""
        target = other_file(path, self.path)
        sets, marks, _ = self._file.read(rows.all_in_force)
        export.write_csv(target, sets, marks)
        return target

    def export_json(self, path: AnyPath) -> Path:
        """Write all sets, marks and settings for other programs, and return the file's path."""
        target = other_file(path, self.path)
        export.write_json(target, *self._file.read(rows.all_in_force), self._clock())
        return target

    def import_csv(self, path: AnyPath, *, dry_run: bool = False) -> ImportReport:
        """Add the sets and marks of a file that `export_csv` wrote, and return a report by line.

        Good rows go in, the others are refused with a reason; `undo` takes all out again. The log
        wins over the file, so twice is the same as once. A dry run writes nothing, and reports
        what would come.
        """
        found, now = csv_import.read(other_file(path, self.path)), self._clock()
        if dry_run:
            would = self._file.read(lambda con: csv_import.put_in_a_copy(con, found, now))
            return ImportReport(would, is_dry_run=True)
        return ImportReport(self._file.write(lambda con: csv_import.put_in(con, found, now)))

    def merge(self, path: AnyPath) -> MergeReport:
        """Add what another copy of this log has and this one lacks, such as a conflicted copy.

        The other file is only read; one that is not a whole log of this version is a `LogError`.
        Merging twice, or the other way round, gives the same log.
        """
        return self._file.merge(path)

    def restore(self) -> str:
        """Bring back what the backups have and the log lacks, and what a damaged log still gives.

        Nothing is deleted: a damaged file is kept beside the log under another name. Returns what
        was brought back, from which day, and what could not be. Where that cannot be done now,
        what was there is still there.
        """
        return self._file.restore()

    def notices(self) -> list[str]:
        """Return what is worth knowing of the log's file now, in short sentences.

        A file or folder that cannot be written to, a copy to merge, an older backup that has more,
        a backup that could not be made. What makes the log unusable is raised where it is used.
        """
        return self._file.notices()

    def _change(self, entry_id: str, columns: Row | None) -> None:
        self._file.write(
            lambda con: rows.change(con, entry_id, columns, self._clock()), makes=False
        )

    def _put(self, table: str, row: Row) -> None:
        self._file.write(lambda con: rows.put(con, table, row, self._clock()))
