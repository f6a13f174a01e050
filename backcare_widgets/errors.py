"""Errors whose message is meant for the person, shown in a notebook without a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self


class PlainError(Exception):
    """An error that says in one or two plain sentences what is wrong, what is safe and what to do.

    Code catches it like any exception; a notebook prints only its message, because IPython
    asks an exception for `_render_traceback_` before it draws a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class ProgrammeError(PlainError, ValueError):
    """A programme that cannot be used: the file is unreadable, or its text has mistakes."""


class EntryError(PlainError, ValueError):
    """A value that the log refuses, such as a pain rating of 11. Nothing was written.

    `field` names it, and `allowed` says what it may be, where the error is of one value.
    """

    def __init__(self, message: str, field: str = "", allowed: str = "") -> None:
        super().__init__(message)
        self.field, self.allowed = field, allowed


class DayError(PlainError, ValueError):
    """A value that is no day."""


class CallError(PlainError, ValueError):
    """A value that a function of `adherence` or `charts` cannot use."""


class HandoutError(PlainError, ValueError):
    """A file that cannot be made as asked. Nothing was written."""

    @classmethod
    def of(cls, problem: str, advice: str) -> Self:
        """Return the error that says what is wrong and what to do instead."""
        return cls(f"{problem}. Nothing was written; {advice}.")


class ReportError(HandoutError):
    """A report that cannot be made as asked. Nothing was written."""


class ReminderError(HandoutError):
    """Reminders that cannot be made as asked. Nothing was written."""


class LogError(PlainError, OSError):
    """The log cannot be read or written now. What was asked to be saved is not saved."""

    def __str__(self) -> str:
        # OSError would drop a single argument into `errno`-less form; keep the sentence as given.
        return str(self.args[0]) if self.args else ""


class DamagedLog(LogError):  # noqa: N818
    """The file is damaged or is no log. It was left as it is; `Log.restore` can help."""


class Interrupted(KeyboardInterrupt):
    """A call that may be long was stopped by the person; to call it again does nothing twice."""

    _render_traceback_ = PlainError._render_traceback_


@contextmanager
def interruptible() -> Iterator[None]:
    """Say in a sentence that a call, which this decorates, was interrupted."""
    try:
        yield
    except KeyboardInterrupt as exc:
        msg = (
            "This was interrupted before it was done. What is in the log is kept; run the cell"
            " again to do it: nothing is done twice."
        )
        raise Interrupted(msg) from exc


class FolderError(PlainError, ValueError):
    """A folder that cannot be the workbook's. Nothing was written over."""


class TextChanged(UserWarning):
    """Text was stored, but not to the letter."""
