"""What is worth knowing of the log's file, in a sentence each; looked up cheaply, never raising."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import LogError
from ..storage import backups
from ..storage.copies import conflicted_copies
from ..storage.file import Store, not_writable

# The kinds of disk on which another computer's lock may not be seen.
_NETWORK = ("nfs", "cifs", "smb", "afp", "9p", "afs", "ceph", "gluster", "webdav", "davfs", "ncp")


def of(store: Store, folder: Path) -> list[str]:
    """Return the notices of one log with its backups in `folder`."""
    ways: list[Callable[[], str | None]] = [
        lambda: not_writable(store.path),
        lambda: _begun_anew(store, folder),
        lambda: network_disk(store.path),
    ]
    ways += [lambda c=copy: _conflicted(store, c) for copy in conflicted_copies(store.path)]  # type: ignore[misc]
    said = []
    for way in ways:
        with suppress(LogError):  # said where the log is used
            said.append(way())
    return [sentence for sentence in said if sentence]


def network_disk(path: Path, partitions: Iterable[Any] | None = None) -> str | None:
    """Return a warning if `path` is on a disk of another computer, else None.

    `partitions` has `mountpoint`, `fstype` and `opts`, as `psutil.disk_partitions` gives them.
    """
    kind = "a network path" if str(path).startswith(("\\\\", "//")) else ""
    if not kind:
        if partitions is None:
            import psutil

            try:
                partitions = psutil.disk_partitions(all=True)
            except (OSError, RuntimeError):  # not told on this machine
                partitions = []
        here = [p for p in partitions if path.is_relative_to(p.mountpoint)]
        disk = max(here, key=lambda p: len(p.mountpoint), default=None)
        if disk is None:
            return None
        fstype = disk.fstype.lower().removeprefix("fuse.")
        if not (fstype.startswith((*_NETWORK, "sshfs", "rclone")) or "remote" in disk.opts):
            return None
        kind = f"a network disk ({disk.fstype})"
    return (
        f"The log {path} is on {kind}, where two computers can damage it by writing at once."
        " Set BACKCARE_LOG to a file on a disk of this computer."
    )


def _begun_anew(store: Store, folder: Path) -> str | None:
    day = store.read(lambda con: backups.day_of_more(folder, con))
    if day is None:
        return None
    return (
        f"The backup of {day} has what the log {store.path} lacks; perhaps the log was begun anew."
        " Log.open().restore() adds it, and keeps all that the log has."
    )


def _conflicted(store: Store, copy: Path) -> str | None:
    if backups.is_covered(copy, store):
        return None
    return (
        f"A sync program left another copy of the log beside it. Log.open().merge({str(copy)!r})"
        " adds what it has; nothing is deleted."
    )
