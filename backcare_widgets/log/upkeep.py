"""How the file of the log is kept well: written with a backup, joined with a copy, brought back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from ..errors import LogError
from ..files import AnyPath, other_file
from ..storage import backups as _backups
from ..storage import rows as history
from ..storage.file import Patience, Store
from ..storage.log_id import ReservedId, id_by_content, log_id
from ..storage.rows import MergeReport, add_missing, rows_in
from . import notices
from .sample import Sample

T = TypeVar("T")


def store_of(file: Path, backups: Path, patience: Patience) -> Store:
    """Return the store of a log that has its backups in a folder."""
    reserved = ReservedId(file, backups)
    return Store(file, lambda: _backups.newest_good(backups), patience, reserved=reserved)


class Upkeep:
    """The half of `Log` that looks after its file."""

    def __init__(
        self,
        store: Store | Sample,
        backups: Path | None,
        clock: Callable[[], dt.datetime],
        patience: Patience,
    ) -> None:
        self.path = store.path
        self.is_sample = isinstance(store, Sample)
        self.backup_problem: str | None = None
        self._store = store
        self._backups = backups
        self._clock = clock
        self._patience = patience

    @property
    def id(self) -> str:
        """Return the name of this very log, of 32 digits 0-9a-f; "sample" for the sample log.

        It stays with the file through kernels, `restore` and `merge`, and another file at the same
        path has another. A log that is not made yet has the id with which the first write makes
        it. No fault of the file is raised: a log that cannot be read now has the id last known.
        """
        if not isinstance(self._store, Store) or self._backups is None:
            return "sample"
        reserved = ReservedId(self.path, self._backups)
        try:
            found, by_content = self._store.read(lambda con: (log_id(con), id_by_content(con)))
            if found:
                reserved.release()
                return found
            if by_content:
                with suppress(LogError):  # the next write makes it last
                    return self._store.write(log_id, makes=False) or by_content
                return by_content
            promised = reserved.take()
            # Another kernel may have made the log, and let go of its id, just before.
            return self._store.read(log_id) or promised
        except LogError:
            return _backups.last_known_id(reserved)

    def merge(self, path: AnyPath) -> MergeReport:
        """Add what another copy of this log has and this one lacks, such as a conflicted copy.

        Nothing is deleted and the other file is only read. The same copy merged twice changes
        nothing more, and it does not matter which of two copies is merged into the other.

        Raises
        ------
        LogError
            If the other file is not a whole log of this version; nothing is then merged.
        """
        other = other_file(path, self.path)
        rows = Store(other, lambda: None, self._patience, only_read=True).read(rows_in)
        self._back_up_afresh()
        return MergeReport(other, self._write(lambda con: add_missing(con, rows)))

    def restore(self) -> str:
        """Bring back what the backups have and the log lacks, and what a damaged log still gives.

        Nothing is deleted: a damaged file is kept beside the log under another name.

        Returns
        -------
        str
            What was brought back, from which day, and what could not be.

        Raises
        ------
        LogError
            If that cannot be done now. What was there is still there; it can be tried again.
        """
        if self._backups is None:
            return "This is the sample log, which needs no restoring."
        from ..storage.repair import restore

        said = restore(
            self.path, self._backups, self._patience, self._clock(), self._back_up_afresh
        )
        self._store = store_of(self.path, self._backups, self._patience)
        return said

    def notices(self) -> list[str]:
        """Return what is worth knowing of the log's file now, in short sentences.

        A file or folder that cannot be written to, a copy to merge, a newer version, an older
        backup that has more, a network disk, a backup that could not be made. What else makes the
        log unusable is raised where it is used instead.
        """
        if not isinstance(self._store, Store) or self._backups is None:
            return []
        said = [self.backup_problem] if self.backup_problem else []
        return said + notices.of(self._store, self._backups)

    def _back_up_afresh(self) -> None:
        """Back up just before much is changed at once; raise if the log takes no change."""
        self._store.write(history.has_sets, makes=False)
        self._back_up(afresh=True)

    def _write(self, work: Callable[[sqlite3.Connection], T], *, makes: bool = True) -> T:
        result = self._store.write(work, makes=makes)
        self._back_up()
        return result

    def _back_up(self, *, afresh: bool = False) -> None:
        if isinstance(self._store, Store) and self._backups and self.path.exists():
            day = self._clock().date()
            self.backup_problem = _backups.back_up(self._store, self._backups, day, afresh=afresh)
