"""Where the log is: an argument, $BACKCARE_LOG, or the workbook's own folder `data`."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import LogError

AnyPath = str | os.PathLike[str]

DATA = Path(__file__).parent.parent / "data"


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
