"""Paths that a person named, and files made for their owner only, never half written."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .errors import LogError
from .words import shown
from .workbook import usual_log

AnyPath = str | os.PathLike[str]


def resolved(path: AnyPath) -> Path:
    """Return `path` as an absolute one without `~`, `..` and links; nothing need be there.

    A `LogError` says why no file can be named so: empty, too long, not UTF-8, a circle of links,
    a device or a pipe, which would be read for ever or replaced by a file.
    """
    try:
        if isinstance(path, str) and not path:
            raise OSError("it is empty")
        found = Path(path).expanduser().resolve()
        str(found).encode()  # what is not UTF-8 could be opened, but neither shown nor exported
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            mode = found.stat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise OSError("it is neither a file nor a folder")
    except (OSError, RuntimeError, ValueError, TypeError) as exc:
        named = str(path) if isinstance(path, os.PathLike) else path
        msg = (
            f"{shown(named)} is not a valid file path ({reason_of(exc)}). Nothing was read or"
            " written; give another."
        )
        raise LogError(msg) from exc
    return found


def reason_of(exc: Exception) -> str:
    """Return why something failed, without the number and the path that the system adds."""
    if isinstance(exc, UnicodeError):
        return "it is not UTF-8 text"
    if isinstance(exc, TypeError):
        return "it is not text"
    if isinstance(exc, ValueError):  # each Python and each call has other words for it
        return "a character of it is NUL"
    return getattr(exc, "strerror", None) or str(exc)


def other_file(path: AnyPath, log: Path) -> Path:
    """Resolve `path`, and refuse the log itself: another file over it would destroy it."""
    other = resolved(path)
    is_log = other == log
    with suppress(OSError):  # one of the two is not there, or cannot be looked at
        is_log = is_log or other.samefile(log)
    if is_log:
        msg = f"{other} is the log itself. Nothing was read or written; choose another file."
        raise LogError(msg)
    return other


def log_path(path: AnyPath | None = None) -> tuple[Path, str]:
    """Return the resolved path of the log, and what named it."""
    if path is not None:
        return resolved(path), "as asked for"
    if named := os.environ.get("BACKCARE_LOG"):
        return resolved(named), "named by BACKCARE_LOG"
    usual, where = usual_log()
    return resolved(usual), where


def private_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, for its owner only."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def private_part(target: Path) -> Iterator[Path]:
    """Make an empty file (0600) beside `target` to be filled; it is gone when the block ends."""
    handle, name = tempfile.mkstemp(prefix=".", dir=target.parent)  # short, and 0600
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file (0600) to fill, which takes the place of `path` when the block ends well.

    Until then, and after any failure, what stood at `path` is there unchanged.
    """
    with private_part(path) as part:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


@contextmanager
def exporting(path: Path) -> Iterator[IO[bytes]]:
    """Do as `replacing` does; if the file cannot be written, a `LogError` says what to do."""
    try:
        with replacing(path) as file:
            yield file
    except OSError as exc:
        msg = (
            f"{path} cannot be written ({reason_of(exc)}). The log is unchanged; close the file in"
            " other programs, or choose another folder."
        )
        raise LogError(msg) from exc


def put_in_place(part: Path, target: Path) -> None:
    """Rename a whole file to `target`, for good; FileExistsError if that name is taken."""
    try:
        os.link(part, target)  # takes no name that is taken; a rename would
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a disk, or a system in the browser, without hard links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Let a file, or the names in a folder, outlast a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
