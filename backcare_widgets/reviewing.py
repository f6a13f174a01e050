"""The charts of a period that the person chooses, and the page for a physiotherapist."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

import traitlets

from .asking import AskingWidget
from .day import in_words, local_day
from .log import Log
from .outbox import read_moment
from .page import files
from .programme import AnyProgramme, Programme, load_programme

if TYPE_CHECKING:
    import pandas as pd

PERIODS: dict[str, int | None] = {"2 weeks": 2, "8 weeks": 8, "A year": 52, "All": None}
NARROWEST, WIDEST = 4.2, 10.5  # inches: what the charts need, and what is still one look
PIXELS = 96  # of the page, to the inch
SHARPEST = 3.0  # dots to a pixel of the page; more would only take time


def review(*, log: Log | None = None, programme: AnyProgramme | None = None) -> Review:
    """Show the charts of 2 weeks, 8 weeks, a year or all of the log, as the person chooses.

    Parameters
    ----------
    log, programme
        Others than `Log.open(sample_if_empty=True)` and `load_programme()`, or a path of one.

    Raises
    ------
    ProgrammeError
        If the programme has mistakes.
    """
    return Review(log, load_programme(programme))


class Review(AskingWidget):
    """Draw the charts for the page, and the report for a physiotherapist at a click.

    Both go to the page as bytes in answers, so that no picture of them is saved with the notebook.
    """

    _esm = files("page.js", "asking.js", "review.js")
    _css = files("theme.css", "review.css")

    periods: Any = traitlets.List(list(PERIODS), help="what can be chosen").tag(sync=True)

    def __init__(self, log: Log | None, programme: Programme) -> None:
        self._log = log
        self._programme = programme
        self._drawing = threading.Lock()  # a chart at a time: matplotlib is made for one thread
        super().__init__()

    def __repr__(self) -> str:
        return "The charts are shown here when this cell is run in JupyterLab."

    def answer(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Give the charts as PNG ("draw"), or the report as PDF or HTML ("report").

        `period` is one of `PERIODS`, `now` the moment in the page. To draw: `width` in pixels of
        the page and `ratio` of the screen's to them. For a report: `kind`, `name`, and the
        entry ids of the `notes` to show.
        """
        asked, weeks = message["ask"], PERIODS[message["period"]]
        # Anew each time: with the first set the sample makes way for the person's own log.
        log = self._log or Log.open(sample_if_empty=True)
        today = None if log.is_sample else local_day(read_moment(message["now"]))
        with self._drawing:
            return {"draw": self._draw, "report": self._report}[asked](message, log, weeks, today)

    def _draw(
        self, message: dict[str, Any], log: Log, weeks: int | None, today: dt.date | None
    ) -> tuple[dict[str, Any], list[bytes]]:
        from . import adherence, charts, sentences

        entries = log.frame()
        last = today or entries.attrs["today"]
        since = last - dt.timedelta(weeks=weeks) if weeks else None
        daily = adherence.daily(entries, self._programme, log.marks(), last, since)
        width = min(max(message["width"] / PIXELS, NARROWEST), WIDEST)
        dots = PIXELS * min(max(message["ratio"], 1.0), SHARPEST)
        png, said = charts.picture(daily, entries, width=width, dots_per_inch=dots)
        answer = {"said": said, "width": round(width * PIXELS), "is_sample": log.is_sample}
        return answer | {"notes": self._notes(sentences.begun(daily, entries))}, [png]

    def _notes(self, entries: pd.DataFrame) -> list[dict[str, str]]:
        """Give the notes that the person could show, the newest first."""
        titles = {e.id: e.name for e in self._programme.exercises}
        noted = entries[entries["note"].str.strip().ne("")].iloc[::-1]
        return [
            {
                "entry_id": row.entry_id,
                "day": in_words(row.local_day),
                "exercise": titles.get(row.exercise_id, row.exercise_id),
                "note": row.note,
            }
            for row in noted.itertuples()
        ]

    def _report(
        self, message: dict[str, Any], log: Log, weeks: int | None, today: dt.date | None
    ) -> tuple[dict[str, Any], list[bytes]]:
        from .report_file import facts_of, render

        kind, notes, name = message["kind"], message["notes"], message["name"]
        facts = facts_of(log, self._programme, weeks=weeks, notes=notes, name=name, today=today)
        return {"file": f"report.{kind}"}, [render(facts, kind)]
