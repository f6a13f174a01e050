"""A guided session of one exercise: warning signs, timer, figure, pain and log on one screen."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import traitlets
from pydantic import Field, TypeAdapter

from ..days import local_day
from ..errors import LogError
from ..log.log import AnyLog, Log
from ..programme import timeline
from ..programme.figure import scene
from ..programme.models import AnyProgramme, Exercise, Programme, load_programme
from ..programme.warning_signs import load_warning_signs
from .bridge import Answer, Hello, Moment, Question, Screen
from .today import tallies_of

_STATIC = Path(__file__).parent / "static"
_PAIN_SETTING = "pain question"
_HOW_TO_START = "To be led through it by the timer, run this cell in JupyterLab."


class Entry(Moment):
    """A set that was done, as the page has it; `Log.add` says what each field may be."""

    entry_id: str
    exercise_id: str
    duration_s: float | None
    repetitions_done: int
    repetitions_prescribed: int
    outcome: str
    source: str
    pain_before: int | None = None
    pain_after: int | None = None
    note: str = ""


class AskToday(Question):
    """How the person's day stands, and what is worth knowing of the log."""

    op: Literal["today"]


class Add(Question):
    """Store a set."""

    op: Literal["add"]
    entry: Entry


class Edit(Question):
    """Store the pain after a set."""

    op: Literal["edit"]
    entry_id: str
    pain_after: int | None


class HidePain(Question):
    """Remember whether the question about pain is hidden for good."""

    op: Literal["hide_pain"]
    hides_pain: bool


class Session(Screen):
    """The screen of one exercise; the page runs it, so that it needs no kernel once it is shown.

    Where no widget can be shown (on the web, printed, before the cell is run) the steps stand
    in its place, with a line that says how to start.
    """

    _esm = _STATIC / "session.js"
    _css = _STATIC / "session.css"
    questions: ClassVar[TypeAdapter[Any]] = TypeAdapter(
        Annotated[Hello | AskToday | Add | Edit | HidePain, Field(discriminator="op")],
        config={"defer_build": True},
    )

    about: Any = traitlets.Dict(
        help="log_id, exercise_id, title, repetitions, get_ready_s, hold_s and open_hold_s (None:"
        " no such hold), sides, getting_in, getting_out, words"
    ).tag(sync=True)
    stretches: Any = traitlets.List(help="`timeline.expand`, by the programme's own times").tag(
        sync=True
    )
    signs: Any = traitlets.Dict(help="the fields of `WarningSigns`").tag(sync=True)
    scene: Any = traitlets.Dict(
        allow_none=True, help="`figure.scene`; None: a pose that is not drawn"
    ).tag(sync=True)

    def __init__(self, exercise: Exercise, programme: Programme, log: Log) -> None:
        self.exercise = exercise
        self._programme = programme
        self._log = log
        stretches = timeline.expand(exercise, programme.words)
        super().__init__(
            about=_about(exercise, programme, log),
            stretches=[stretch.as_dict() for stretch in stretches],
            signs=asdict(load_warning_signs()),
            scene=scene(exercise, stretches) or None,
        )

    def answer(self, question: Any) -> Answer:
        """Do what the page asks, and return the tally of its day where a set was stored."""
        # Read before anything is stored: what is refused must not be in the log.
        day = local_day(question.now.when())
        match question:
            case AskToday():
                return self._today(day), []
            case Add(entry=entry):
                given = entry.model_dump(exclude=set(Moment.model_fields))
                self._log.add(started_at=entry.when(), **given)
            case Edit(entry_id=entry_id, pain_after=pain_after):
                self._log.edit(entry_id, pain_after=pain_after)
            case HidePain(hides_pain=hides_pain):
                self._log.set_setting(_PAIN_SETTING, "hidden" if hides_pain else "shown")
                return {}, []
        return {"tally": self._tally(day)}, []

    def _today(self, day: dt.date) -> dict[str, Any]:
        said = self._log.notices()
        tally, hides_pain = None, False
        try:
            tally = self._tally(day)
            hides_pain = self._log.setting(_PAIN_SETTING) == "hidden"
        except LogError as error:  # the person can exercise all the same; the set is kept
            said = [str(error), *said]
        return {"tally": tally, "notice": " ".join(said), "hides_pain": hides_pain}

    def _tally(self, day: dt.date) -> dict[str, Any]:
        tally = tallies_of(self._log, self._programme, day)[self.exercise.id]
        names = ("goal", "whole", "stopped_for_pain", "left")
        return {name: getattr(tally, name) for name in names}

    def __repr__(self) -> str:
        steps = "\n".join(f"  {n}. {s.text}" for n, s in enumerate(self.exercise.steps, start=1))
        return f"{self.exercise.title}\n{steps}\n{_HOW_TO_START}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        if data is None:
            return bundle
        steps = "".join(f"<li>{html.escape(s.text)}</li>" for s in self.exercise.steps)
        title = html.escape(self.exercise.title)
        markup = f"<p><strong>{title}</strong></p><ol>{steps}</ol><p>{_HOW_TO_START}</p>"
        return {**data, "text/plain": repr(self), "text/html": markup}, metadata


def _about(exercise: Exercise, programme: Programme, log: Log) -> dict[str, Any]:
    holds = [p.hold_s for p in exercise.phases if p.until is None and p.hold_s > 0]
    has_open_hold = any(p.until for p in exercise.phases)
    words = programme.words
    return {
        "log_id": log.id,
        "exercise_id": exercise.id,
        "title": exercise.title,
        "repetitions": exercise.repetitions,
        "get_ready_s": exercise.get_ready_s,
        "hold_s": max(holds, default=None),
        "open_hold_s": timeline.OPEN_HOLD_S if has_open_hold else None,
        "sides": asdict(exercise.sides),
        "getting_in": exercise.getting_in,
        "getting_out": exercise.getting_out,
        "words": {
            name: getattr(words, name) for name in ("language", "get_ready", "finished", "paused")
        },
    }


def exercise(
    exercise_id: str, *, programme: AnyProgramme | None = None, log: AnyLog | None = None
) -> Session:
    """Open the guided session of an exercise: "lying-down", or another one of the programme.

    `programme` and `log` are one or its path, `load_programme()` and `Log.open()` if not given.

    Raises
    ------
    ProgrammeError
        If the programme has mistakes, or no such exercise: then it names those it has.
    """
    programme = load_programme(programme)
    return Session(programme[exercise_id], programme, Log.open(log))
