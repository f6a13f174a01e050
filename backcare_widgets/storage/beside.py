"""Files around the log: new ones put in place, damaged ones put aside, the id of the next log."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# How Dropbox, Nextcloud and Syncthing name the loser when two machines changed one file.
_CONFLICTED = re.compile(r"\(.*conflicted copy.*\)|\.sync-conflict-\d", re.IGNORECASE)
_ID = re.compile("[0-9a-f]{32}")


def private_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, for its owner only."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give an empty file (0600) in the folder of `target`, which is gone afterwards."""
    private_folder(target.parent)
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.new-", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def put_in_place(part: Path, target: Path) -> None:
    """Give a whole file the name of `target`, for good; FileExistsError if that name is taken."""
    journal = Path(f"{target}-journal")
    # SQLite would play the journal of a file that is gone back into the new one.
    if journal.exists() and not target.exists():
        journal.rename(Path(f"{target}-journal.old-{os.urandom(4).hex()}"))
    try:
        os.link(part, target)  # takes no name that is taken; a rename would
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(target)
    _sync(target.parent)


def put_aside(damaged: Path, now: dt.datetime, *, with_journal: bool) -> Path:
    """Rename a damaged file, with its journal or not; return its new path. No byte is changed."""
    aside = Path(f"{damaged}.damaged-{now:%Y-%m-%dT%H%M%S}")
    while aside.exists():
        aside = Path(f"{aside}-again")
    if with_journal:
        with suppress(FileNotFoundError):
            Path(f"{damaged}-journal").rename(f"{aside}-journal")
    damaged.chmod(0o600)
    damaged.rename(aside)
    _sync(aside.parent)
    return aside


def damaged_files(log: Path) -> list[Path]:
    """Return the damaged files put aside, the oldest first."""
    return sorted(
        path
        for path in _in_folder_of(log)
        if path.name.startswith(f"{log.name}.damaged-") and not path.name.endswith("-journal")
    )


def conflicted_copies(log: Path) -> list[Path]:
    """Return the copies of the log that a sync program has left beside it."""
    return sorted(
        path
        for path in _in_folder_of(log)
        if path.name.startswith(log.stem)
        and path.suffix == log.suffix
        and _CONFLICTED.search(path.name, len(log.stem))
    )


@dataclass(frozen=True)
class ReservedId:
    """The id of a log that is not made yet: kept in a file, on which all kernels agree.

    Parameters
    ----------
    log : Path
    folder : Path
        The folder of its backups, which is made if need be.
    """

    log: Path
    folder: Path

    def take(self) -> str:
        """Return the id, reserved now if none was; where no file can be, one of log and user."""
        with suppress(OSError, ValueError):
            if not self._file.exists():
                with new_file(self._file) as part:
                    part.write_text(uuid.uuid4().hex, encoding="ascii")
                    _sync(part)
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


def _in_folder_of(log: Path) -> list[Path]:
    try:
        return list(log.parent.iterdir())
    except OSError:
        return []


def _sync(folder: Path) -> None:
    """Let the names in a folder outlast a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
