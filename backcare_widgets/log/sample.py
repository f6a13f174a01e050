"""The sample log: a store that is read from a CSV, takes no changes and needs no disk."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..errors import LogError
from ..storage import rows as history
from ..storage.database import on_blank
from . import csv_import

T = TypeVar("T")

# No set of a sample is in the future, whenever it is read.
_LATER = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


class Sample:
    """Stands where a `Store` stands. A mistake in its file is a `LogError` at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        reading = csv_import.read(path)
        self._records, rejected = reading.records, reading.rejected
        if rejected or not self._records:
            why = "line {}: {}".format(*rejected[0]) if rejected else "it is empty"
            msg = f"The sample log {path} cannot be used ({why}). Your own log is not touched."
            raise LogError(msg)

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return `work(connection)` of the sample, put into memory for it."""

        def on_sample(con: sqlite3.Connection) -> T:
            history.add_all(con, self._records, _LATER)
            return work(con)

        return on_blank(on_sample)

    def write(self, work: Callable[[sqlite3.Connection], T], *, makes: bool = True) -> T:  # noqa: ARG002
        """Refuse."""
        msg = "This is the sample log, which takes no changes; Log.open() opens your own."
        raise LogError(msg)
