"""Paths that a person named, and files made for their owner only, never half written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import LogError

AnyPath = str | os.PathLike[str]

DATA = Path(__file__).resolve().parent.parent / "data"


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file (0600) to fill, which takes the place of `path` when the block ends well.

    Until then, and after any failure, what stood at `path` is there unchanged.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)  # 0600
    part = Path(name)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  (a descriptor)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def exporting(path: Path) -> Iterator[IO[bytes]]:
    """Do as `replacing` does, and say what to do when the file cannot be written.

    Raises
    ------
    LogError
        If the file cannot be written; a file that was there is then unchanged.
    """
    try:
        with replacing(path) as file:
            yield file
    except OSError as exc:
        msg = (
            f"{path} cannot be written ({exc}). The log is unchanged; close the file in other"
            " programs, or choose another folder."
        )
        raise LogError(msg) from exc


def log_path(path: AnyPath | None = None) -> tuple[Path, str]:
    """Return the resolved path of the log, and what named it."""
    if path:
        return resolved(path), "as asked for"
    if named := os.environ.get("BACKCARE_LOG"):
        return resolved(named), "named by BACKCARE_LOG"
    return resolved(DATA / "log.sqlite3"), "in the workbook's folder"


def resolved(path: AnyPath) -> Path:
    """Return `path` as an absolute one without `~`, `..` and links.

    Raises
    ------
    LogError
        If it cannot be a path of a file.
    """
    try:
        return Path(path).expanduser().resolve()
    except (OSError, RuntimeError, ValueError, TypeError) as exc:  # a loop of links, a NUL
        msg = f"{path!r} is not a path of a file ({exc})."
        raise LogError(msg) from exc


def other_file(path: AnyPath, log: Path) -> Path:
    """Resolve `path`, and refuse the log itself: another file over it would destroy it."""
    other = resolved(path)
    both_there = other.exists() and log.exists()
    if other == log or (both_there and other.samefile(log)):
        msg = f"{other} is the log itself; choose another file."
        raise LogError(msg)
    return other
