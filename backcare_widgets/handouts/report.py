"""The report as a file: one call gathers what it says, draws it, and writes it for its owner.

What it needs for that is loaded only then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ReportError
from ..files import AnyPath, exporting, other_file
from ..log.log import Log
from ..programme.models import AnyProgramme, load_programme

if TYPE_CHECKING:
    from .content import Facts

KINDS = ("pdf", "html")


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


def facts_of(log: Log, programme: AnyProgramme | None = None, **asked: Any) -> Facts:
    """Gather what the report says, and what of the notes has room; `asked` as in `report`."""
    from . import content as report_facts
    from . import pdf as report_pdf

    chosen = load_programme(programme)
    return report_pdf.fitted(report_facts.gather(log.frame(), chosen, log.marks(), **asked))


def render(facts: Facts, kind: str) -> bytes:
    """Give the report as the bytes of a file, for a button that downloads it.

    Parameters
    ----------
    facts
        From `facts_of`.
    kind
        "pdf" or "html".
    """
    from . import html as report_html
    from . import pdf as report_pdf

    if kind not in KINDS:
        msg = f"A report is a .pdf or a .html file, not {kind!r}. Nothing was written."
        raise ReportError(msg)
    return report_pdf.render(facts) if kind == "pdf" else report_html.render(facts)


def report(
    path: AnyPath = "report.pdf",
    *,
    log: Log | None = None,
    programme: AnyProgramme | None = None,
    weeks: int | None = 8,
    since: dt.date | None = None,
    notes: Collection[str] | bool = (),
    name: str = "",
    today: dt.date | None = None,
) -> ReportMade:
    """Write one page for a physiotherapist, readable by its owner only.

    Parameters
    ----------
    path
        The file to write, or to write anew; its ending, .pdf or .html, says which it is.
    log
        Else the one that `Log.open()` opens.
    programme : Programme or path, optional
        Else `load_programme()`.
    weeks : int, optional
        So many whole weeks, and the one still going on: 8 if not given. None is all of the log.
    since : date, optional
        The first day, instead of `weeks`.
    notes : ids of entries, or True
        Of which sets the notes are shown: of none if not given, of all in these days if True.
        The oldest are left out, and counted, where the page has no room.
    name : str
        Of the person; else there is a line to write it on.
    today : date, optional
        The day still going on, if it is not now.

    Raises
    ------
    ReportError
        If it is asked for in a way that makes no report.
    LogError
        If the log cannot be read or the file not be written; an older file is then unchanged.
    """
    log = log or Log.open()
    target = other_file(path, log.path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        msg = (
            f"{target.name} ends in neither .pdf nor .html, so it is not known which to write."
            " Nothing was written."
        )
        raise ReportError(msg)
    facts = facts_of(log, programme, weeks=weeks, since=since, notes=notes, name=name, today=today)
    content = render(facts, kind)
    with exporting(target) as file:
        file.write(content)
    return ReportMade(target, facts)
