"""The sample log: read from a CSV, it takes no changes and needs no disk."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..errors import LogError
from ..files import AnyPath
from ..storage.database import T, Work, on_blank
from ..workbook import shipped
from .csv_import import ImportedRow, put_in, read
from .log import Log

if TYPE_CHECKING:
    import pandas as pd

# No set of a sample is in the future, whenever it is read.
_LATER = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


class SampleLog(Log):
    """The log that a file of `export_csv` holds; a mistake in the file is a `LogError` at once."""

    is_sample = True
    id = "sample"

    def __init__(self, path: Path, clock: Callable[[], dt.datetime]) -> None:
        self.path = path
        self._clock = clock
        self._rows = read(path)
        wrong = [row for row in self._rows if isinstance(row, ImportedRow)]
        if wrong or not self._rows:
            why = f"line {wrong[0].line}: {wrong[0].reason}" if wrong else "it is empty"
            msg = (
                f"The sample log {path} cannot be used ({why.removesuffix('.')}). Your own"
                " log is not touched; put that file back as it came with the workbook."
            )
            raise LogError(msg)

    def frame(self) -> pd.DataFrame:
        """Return one row a set; `attrs["sample"]` is True, and `attrs["today"]` its last day."""
        frame = super().frame()
        frame.attrs = {"sample": True, "today": frame["local_day"].max().date()}
        return frame

    def merge(self, path: AnyPath) -> NoReturn:
        """Refuse."""
        self._write(path)

    def restore(self) -> NoReturn:
        """Refuse."""
        self._write(None)

    def notices(self) -> list[str]:
        """Return none."""
        return []

    def _read(self, work: Work[T]) -> T:
        def on_sample(con: sqlite3.Connection) -> T:
            put_in(con, self._rows, _LATER)
            return work(con)

        return on_blank(on_sample)

    def _write(self, work: object, *, makes: bool = True) -> NoReturn:  # noqa: ARG002
        msg = (
            "This is the sample log, which takes no changes. Nothing was saved; Log.open() opens"
            " your own."
        )
        raise LogError(msg)


def sample(clock: Callable[[], dt.datetime]) -> SampleLog:
    """Return the sample log that comes with the workbook."""
    return SampleLog(shipped() / "data" / "sample_log.csv", clock)
