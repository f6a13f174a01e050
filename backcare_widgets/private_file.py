"""Files made for the person, such as an export: for their owner only, and never half written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import LogError


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
