"""The id of a log, which names its outbox in the browser, and the id of the log to be made next."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..files import private_folder, private_part, put_in_place, sync
from .database import COLUMNS
from .rows import LOG_ID, next_action

_ID = re.compile("[0-9a-f]{32}")


def log_id(con: sqlite3.Connection) -> str | None:
    """Return the id of the log, or None if it has none.

    Its row is named by the id too, which tells it from a damaged value.
    """
    query = (  # off the index, which may be damaged: the row is the first of its table
        "SELECT value FROM setting NOT INDEXED WHERE name = ? AND event_id = value"
        " ORDER BY rowid LIMIT 1"
    )
    row = con.execute(query, (LOG_ID,)).fetchone()
    return row and str(row[0])


def id_by_content(con: sqlite3.Connection) -> str | None:
    """Return the id that follows from the first row of a log, or None if it has no row.

    It is the same for all who ask, so that a log which cannot be written to has one as well.
    """
    for table in COLUMNS:
        for (first,) in con.execute(f"SELECT event_id FROM {table} ORDER BY rowid LIMIT 1"):
            return hashlib.sha256(f"{first}".encode()).hexdigest()[:32]
    return None


def write_id(con: sqlite3.Connection, new: str) -> None:
    """Insert the id of a log that has none, as a row that is the same after a `restore`."""
    con.execute(
        "INSERT INTO setting (event_id, rev, action, recorded_utc, name, value)"
        " VALUES (?, 1, ?, '', ?, ?)",
        (new, next_action(con), LOG_ID, new),
    )


@dataclass(frozen=True)
class ReservedId:
    """The id that a log will be made with: kept in a file, on which all kernels agree."""

    log: Path
    folder: Path  # of its backups

    def take(self) -> str:
        """Return the id, reserved now if none was; where no file can be, one of log and user."""
        with suppress(OSError, ValueError):
            if not self._file.exists():
                private_folder(self.folder)
                with private_part(self._file) as part:
                    part.write_text(uuid.uuid4().hex, encoding="ascii")
                    sync(part)
                    with suppress(FileExistsError):  # another kernel was quicker
                        put_in_place(part, self._file)
            kept = self._file.read_text(encoding="ascii")
            if _ID.fullmatch(kept):
                return kept
        # JupyterHub may run everybody under one user id, at one path of a disk of their own.
        user = os.getuid() if os.name == "posix" else os.environ.get("USERNAME")
        whose = f"{self.log} {user} {os.environ.get('JUPYTERHUB_USER')}"
        return hashlib.sha256(os.fsencode(whose)).hexdigest()[:32]

    def release(self) -> None:
        """Delete the file once a log has the id, so that a later one there gets another."""
        with suppress(OSError, ValueError):
            self._file.unlink()

    @property
    def _file(self) -> Path:
        return self.folder / "id-of-next-log"
