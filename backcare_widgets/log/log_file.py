"""The file of the log with its backups: written, named, joined, brought back, and looked over."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..errors import LogError
from ..files import AnyPath, other_file
from ..storage import backups
from ..storage.copies import conflicted_copies
from ..storage.file import Patience, Store, not_writable
from ..storage.log_id import ReservedId, id_by_content, log_id
from ..storage.rows import MergeReport, add_missing, has_sets, rows_in

T = TypeVar("T")


class LogFile:
    """A log file whose first write of a day is followed by a backup in `folder`.

    `backup_problem` says why the latest backup could not be made, or is None.
    """

    def __init__(
        self, path: Path, folder: Path, clock: Callable[[], dt.datetime], patience: Patience
    ) -> None:
        self.path = path
        self.folder = folder
        self.patience = patience
        self.backup_problem: str | None = None
        self._clock = clock
        self._reserved = ReservedId(path, folder)
        self._store = self._opened()

    def _opened(self) -> Store:
        newest = partial(backups.newest_good, self.folder)
        return Store(self.path, newest, self.patience, reserved=self._reserved)

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return `work(connection)`, as `Store.read` does."""
        return self._store.read(work)

    def write(self, work: Callable[[sqlite3.Connection], T], *, makes: bool = True) -> T:
        """Return `work(connection)` once it is committed, as `Store.write` does, and back up."""
        result = self._store.write(work, makes=makes)
        self._back_up()
        return result

    @property
    def id(self) -> str:
        """The id of this very log; no fault of the file is raised."""
        try:
            found, by_content = self.read(lambda con: (log_id(con), id_by_content(con)))
            if found:
                self._reserved.release()
                return found
            if by_content:
                with suppress(LogError):  # the next write makes it last
                    return self._store.write(log_id, makes=False) or by_content
                return by_content
            promised = self._reserved.take()
            # Another kernel may have made the log, and let go of its id, just before.
            return self.read(log_id) or promised
        except LogError:
            return backups.last_known_id(self._reserved)

    def merge(self, path: AnyPath) -> MergeReport:
        """Add the rows of another copy of this log, and return how many there were."""
        other = other_file(path, self.path)
        theirs = Store(other, lambda: None, self.patience, only_read=True).read(rows_in)
        self._back_up_afresh()
        return MergeReport(other, self.write(lambda con: add_missing(con, theirs)))

    def restore(self) -> str:
        """Bring back what the backups or a damaged file have, and return what was done."""
        from ..storage.repair import restore

        said = restore(self.path, self.folder, self.patience, self._clock(), self._back_up_afresh)
        self._store = self._opened()
        return said

    def notices(self) -> list[str]:
        """Return what is worth knowing of the file now, looked up cheaply; nothing is raised."""
        said = [self.backup_problem] if self.backup_problem else []
        return [*said, *notices_of(self._store, self.folder)]

    def _back_up_afresh(self) -> None:
        """Back up just before much is changed at once; raise if the log takes no change."""
        self._store.write(has_sets, makes=False)
        self._back_up(afresh=True)

    def _back_up(self, *, afresh: bool = False) -> None:
        if self.path.exists():
            day = self._clock().date()
            self.backup_problem = backups.back_up(self._store, self.folder, day, afresh=afresh)


def notices_of(store: Store, folder: Path) -> Iterator[str]:
    """Yield what is worth knowing of a log with its backups in `folder`, a sentence each."""
    if closed := not_writable(store.path):
        yield closed
    with suppress(LogError):  # said where the log is used
        if day := store.read(lambda con: backups.day_of_more(folder, con)):
            yield (
                f"The backup of {day} has what the log {store.path} lacks; perhaps the log was"
                " begun anew. Log.open().restore() adds it, and keeps all that the log has."
            )
    for copy in conflicted_copies(store.path):
        if not backups.is_covered(copy, store):
            yield (
                "A sync program left another copy of the log beside it."
                f" Log.open().merge({str(copy)!r}) adds what it has; nothing is deleted."
            )
