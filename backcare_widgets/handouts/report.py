"""The report as a file: what it says is gathered, drawn, and written for its owner only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ReportError, interruptible
from ..files import AnyPath, exporting, other_file
from ..log.log import AnyLog, Log
from ..programme.models import AnyProgramme, load_programme

if TYPE_CHECKING:
    from .content import Facts


@dataclass(frozen=True, repr=False)
class ReportMade:
    """Where the report is, and what it says; shown as sentences."""

    path: Path
    facts: Facts

    def __repr__(self) -> str:
        about = (self.facts.sample or self.facts.nothing).removesuffix(".")
        held = f"{len(self.facts.notes)} of the notes" if self.facts.notes else "none of the notes"
        return (
            f"{self.path} is written: one page, {self.facts.period}, with {held}. "
            f"{f'{about}. ' if about else ''}Only you can read it; it is sent nowhere."
        )


def drawn(facts: Facts, kind: str) -> tuple[bytes, Facts]:
    """Return the report as the bytes of a file, "pdf" or "html", and what has room in it."""
    from . import html, page

    pdf, fitted = page.draw(facts)
    return (pdf if kind == "pdf" else html.draw(fitted)), fitted


@interruptible()
def report(
    path: AnyPath = "report.pdf",
    *,
    log: AnyLog | None = None,
    programme: AnyProgramme | None = None,
    weeks: int | None = 8,
    since: dt.date | str | None = None,
    notes: Collection[str] | bool = (),
    name: str = "",
    today: dt.date | str | None = None,
) -> ReportMade:
    """Write one page for a physiotherapist, readable by its owner only.

    Parameters
    ----------
    path
        The file to write or replace; its ending is .pdf or .html.
    log, programme
        Either may be a path; `Log.open()` and `load_programme()` if not given.
    weeks
        How many whole weeks to show, besides the one still going on; None for all of the log.
    since
        The first day, instead of `weeks`.
    notes
        The ids of the entries whose notes are shown, or True for all in these days. The oldest
        are left out, and counted, where the page has no room.
    name
        Of the person; else there is a line to write it on.
    today
        The day still going on, if it is another.

    Raises
    ------
    ReportError
        If no report can be made as asked.
    LogError
        If the log cannot be read or the file not be written; an older file is then unchanged.
    """
    opened = Log.open(log)
    target = other_file(path, opened.path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in ("pdf", "html"):
        problem = f"{target.name} ends in neither .pdf nor .html"
        raise ReportError.of(problem, "choose a name such as report.pdf")
    from .content import gather

    found = gather(
        opened.frame(),
        load_programme(programme),
        opened.marks(),
        weeks=weeks,
        since=since,
        notes=notes,
        name=name,
        today=today,
    )
    content, fitted = drawn(found, kind)
    with exporting(target) as file:
        file.write(content)
    return ReportMade(target, fitted)
