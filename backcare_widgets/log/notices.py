"""What a person should know of the log's file, looked up cheaply."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..errors import LogError
from ..storage import backups
from ..storage.copies import conflicted_copies
from ..storage.file import Store, not_writable


def notices_of(store: Store, folder: Path) -> Iterator[str]:
    """Yield a sentence for each: it cannot be written to, a backup has more, there is a copy."""
    if closed := not_writable(store.path):
        yield closed
    with suppress(LogError):  # raised where the log is used
        if day := store.read(lambda con: backups.day_of_more(folder, con)):
            yield (
                f"The backup of {day} has what the log {store.path} lacks; perhaps the log was"
                " begun anew. Log.open().restore() adds it, and keeps all that the log has."
            )
    for copy in conflicted_copies(store.path):
        if not backups.is_covered(copy, store):
            yield (
                "A sync program left another copy of the log beside it."
                f" Log.open().merge({str(copy)!r}) adds what it has; nothing is deleted."
            )
