"""What a person should know of the log's file, looked up cheaply."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..errors import DamagedLog, LogError
from ..storage import backups
from ..storage.copies import conflicted_copies
from ..storage.file import Store, not_writable
from ..storage.rows import NOT_AS_SAVED, Rows, in_words, unsettled
from ..words import listed


def notices_of(store: Store, folder: Path) -> Iterator[str]:
    """Yield a sentence for each thing that is not as it should be with the log and its backups."""
    if closed := not_writable(store.path):
        yield closed
    with suppress(LogError):  # raised where the log is used
        if day := store.read(lambda con: backups.day_of_more(folder, con)):
            yield (
                f"The backup of {day} has what the log {store.path} lacks; perhaps the log was"
                " begun anew. Log.open().restore() adds it, and keeps all that the log has."
            )
        try:
            changed = store.changed
            yield from _of_changed(store.read(lambda con: unsettled(con, changed)), folder)
        except DamagedLog as error:  # only in what is seldom read, so that the log can be used
            yield str(error)
    for copy in conflicted_copies(store.path):
        if not backups.is_covered(copy, store):
            yield (
                "A sync program left another copy of the log beside it."
                f" Log.open().merge({str(copy)!r}) adds what it has; nothing is deleted."
            )


def _of_changed(changed: Rows, folder: Path) -> Iterator[str]:
    if what := in_words(changed):
        saved = backups.saved_rows(backups.in_folder(folder), changed).values()
        remedy = "No backup has what was saved there."
        if days := sorted({day for day, _ in saved}):
            remedy = (
                "Log.open().restore() brings back what was saved from the backup of"
                f" {listed(days)}, and keeps this file under another name."
            )
        yield (
            f"{NOT_AS_SAVED}: {what}. {remedy} Look there in past(); to keep what you see, save the"
            " set or mark the day once more."
        )
