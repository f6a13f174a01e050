"""What the page asks of the list of the log: the days, and each change that it can make there."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, TypeAdapter

from .bridge import Hello, Message, Moment, Question


def _read_day(value: object) -> object:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


Day: TypeAlias = Annotated[dt.date, BeforeValidator(_read_day)]
Outcome: TypeAlias = Literal["done", "stopped", "stopped_for_pain"]
Mark: TypeAlias = Literal["rest", "flare-up", "pause", "resume"]


class Days(Question):
    """Which days there are: since one, before one, or the newest."""

    op: Literal["days"]
    since: Day | None = None
    before: Day | None = None


class Revisions(Question):
    """What a set was before."""

    op: Literal["revisions"]
    entry_id: str


class Change(Question):
    """A change of the log, answered with the days since the oldest that the page shows."""

    since: Day | None = None


class Given(Message):
    """A set as the fields of a form hold it."""

    exercise_id: str
    repetitions_done: int
    outcome: Outcome
    pain_before: int | None
    pain_after: int | None
    note: str
    minutes: float | None


class Add(Change):
    """Add a set that was forgotten."""

    op: Literal["add"]
    entry_id: str
    moment: Moment
    prescribed: int
    fields: Given


class Changes(Message):
    """What was changed in the fields of a set; `when` in the zone of the set."""

    exercise_id: str = ""
    repetitions_done: int = 0
    outcome: Outcome = "done"
    pain_before: int | None = None
    pain_after: int | None = None
    note: str = ""
    minutes: float | None = None
    when: str = ""


class Edit(Change):
    """Put a set right."""

    op: Literal["edit"]
    entry_id: str
    fields: Changes


class DeleteOrBringBack(Change):
    """Delete a set, or put a deleted one into the log again."""

    op: Literal["delete", "bring_back"]
    entry_id: str


class MarkDay(Change):
    """Mark a day, or today if none is named; a mark of None takes the mark away."""

    op: Literal["mark"]
    day: Day | None
    mark: Mark | None


class UndoOrRedo(Change):
    """Undo the newest change, or redo what was undone last."""

    op: Literal["undo", "redo"]


_Kinds: TypeAlias = Hello | Days | Revisions | Add | Edit | DeleteOrBringBack | MarkDay | UndoOrRedo
QUESTIONS: TypeAdapter[Any] = TypeAdapter(Annotated[_Kinds, Field(discriminator="op")])
