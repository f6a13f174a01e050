"""The charts of a period that the person chooses, and the page for a physiotherapist."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

import traitlets
from pydantic import Field, TypeAdapter

from ..days import in_words, local_day
from ..log.log import AnyLog, Log
from ..programme.models import AnyProgramme, Programme, load_programme
from .bridge import Answer, Hello, Question, Screen

if TYPE_CHECKING:
    import pandas as pd

_STATIC = Path(__file__).parent / "static"
Period: TypeAlias = Literal["2 weeks", "8 weeks", "A year", "All"]
PERIODS: dict[Period, int | None] = {"2 weeks": 2, "8 weeks": 8, "A year": 52, "All": None}
NARROWEST, WIDEST = 4.2, 10.5  # inches: what the charts need, and what is still one look
PIXELS = 96  # of the page, to the inch
SHARPEST = 3.0  # dots to a pixel of the page; more would only take time


class Draw(Question):
    """Draw the charts: `width` in pixels of the page, `ratio` of the screen's to them."""

    op: Literal["draw"]
    period: Period
    width: float
    ratio: float


class Report(Question):
    """Make the page to hand on; `notes` are the ids of the sets whose notes it shows."""

    op: Literal["report"]
    period: Period
    kind: Literal["pdf", "html"]
    name: str
    notes: list[str]


_Kinds: TypeAlias = Hello | Draw | Report


def review(*, log: AnyLog | None = None, programme: AnyProgramme | None = None) -> Review:
    """Show the charts of 2 weeks, 8 weeks, a year or all of the log, as the person chooses.

    `log` and `programme` are one or its path; `Log.open(sample_if_empty=True)` and
    `load_programme()` if not given.

    Raises
    ------
    ProgrammeError
        If the programme has mistakes.
    """
    Log.open(log)  # anew for every picture; but what is no log is said at once
    return Review(log, load_programme(programme))


class Review(Screen):
    """Draw the charts for the page, and the report for a physiotherapist at a click.

    Both go to the page as bytes in answers, so that no picture of them is saved with the notebook.
    """

    _esm = _STATIC / "review.js"
    _css = _STATIC / "review.css"
    questions: ClassVar[TypeAdapter[Any]] = TypeAdapter(
        Annotated[_Kinds, Field(discriminator="op")]
    )

    periods: Any = traitlets.List(list(PERIODS), help="what can be chosen").tag(sync=True)

    def __init__(self, log: AnyLog | None, programme: Programme) -> None:
        self._log = log
        self._programme = programme
        self._drawing = threading.Lock()  # a chart at a time: matplotlib is made for one thread
        super().__init__()

    def __repr__(self) -> str:
        return "The charts are shown here when this cell is run in JupyterLab."

    def answer(self, question: Any) -> Answer:
        """Return the charts as PNG and in words, or the report as PDF or HTML."""
        # Anew each time: with the first set the sample makes way for the person's own log.
        log = Log.open(self._log, sample_if_empty=True)
        today = None if log.is_sample else local_day(question.now.when())
        with self._drawing:
            is_drawing = isinstance(question, Draw)
            return (self._charts if is_drawing else self._report)(question, log, today)

    def _charts(self, question: Draw, log: Log, today: dt.date | None) -> Answer:
        from .. import adherence, charts
        from ..adherence import sentences

        entries, weeks = log.frame(), PERIODS[question.period]
        last = today or entries.attrs["today"]
        since = last - dt.timedelta(weeks=weeks) if weeks else None
        daily = adherence.daily(entries, self._programme, log.marks(), last, since)
        width = min(max(question.width / PIXELS, NARROWEST), WIDEST)
        dots = PIXELS * min(max(question.ratio, 1.0), SHARPEST)
        png, said = charts.picture(daily, entries, width=width, dots_per_inch=dots)
        answer = {"said": said, "width": round(width * PIXELS), "is_sample": log.is_sample}
        return answer | {"notes": self._notes(sentences.begun(daily, entries))}, [png]

    def _notes(self, entries: pd.DataFrame) -> list[dict[str, str]]:
        """Return the notes that the person could show, the newest first."""
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

    def _report(self, question: Report, log: Log, today: dt.date | None) -> Answer:
        from ..handouts.content import gather
        from ..handouts.report import drawn

        facts = gather(
            log.frame(),
            self._programme,
            log.marks(),
            weeks=PERIODS[question.period],
            notes=question.notes,
            name=question.name,
            today=today,
        )
        content, _ = drawn(facts, question.kind)
        return {"file": f"report.{question.kind}"}, [content]
