"""The sample log: read from a CSV, it takes no changes and needs no disk."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from ..errors import LogError
from ..storage.database import on_blank
from .csv_import import put_in, read
from .import_report import ImportedRow

T = TypeVar("T")

# No set of a sample is in the future, whenever it is read.
_LATER = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


class Sample:
    """Stands where a `LogFile` stands. A mistake in its file is a `LogError` at once."""

    id = "sample"
    backup_problem = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = read(path)
        wrong = [row for row in self._rows if isinstance(row, ImportedRow)]
        if wrong or not self._rows:
            why = f"line {wrong[0].line}: {wrong[0].reason}" if wrong else "it is empty"
            msg = f"The sample log {path} cannot be used ({why}). Your own log is not touched."
            raise LogError(msg)

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return `work(connection)` of the sample, put into memory for it."""

        def on_sample(con: sqlite3.Connection) -> T:
            put_in(con, self._rows, _LATER)
            return work(con)

        return on_blank(on_sample)

    def write(self, work: object, *, makes: bool = True) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        msg = "This is the sample log, which takes no changes; Log.open() opens your own."
        raise LogError(msg)

    merge = write

    def restore(self) -> str:
        """Return that there is nothing to restore."""
        return "This is the sample log, which needs no restoring."

    def notices(self) -> list[str]:
        """Return none."""
        return []
