"""A guided session: the warning signs, the timer, pain and log put together for one exercise."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import time
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ipywidgets

from . import timeline
from .day import SetDone, Tally, due_today, in_words, local_day, mark_in_force, share_of_set
from .errors import LogError
from .figure import Figure, scene
from .log import Log
from .outbox import Outbox
from .page import PageWidget
from .programme import AnyProgramme, Exercise, Programme, load_programme
from .questions import ManualEntry, PainRating, WarningCheck
from .timer import Cues, Stage, Timer
from .warning_signs import load_warning_signs

_PAIN_SETTING = "pain question"


def _tallies(log: Log, programme: Programme, day: dt.date) -> dict[str, Tally]:
    sets = [
        SetDone(
            row["exercise_id"],
            share_of_set(row["repetitions_done"], row["repetitions_prescribed"]),
            row["outcome"] == "stopped_for_pain",
        )
        for row in log.sets_on(day)
    ]
    return due_today(sets, programme, day, mark_in_force(log.marks(), day))


class Session(ipywidgets.VBox):
    """The widgets of one exercise, tied together in the page so that no kernel is needed.

    Where no widget can be shown (on the web, printed, before the cell is run) the steps stand
    in its place, with a line that says how to start.
    """

    def __init__(self, exercise: Exercise, programme: Programme, log: Log) -> None:
        self.exercise = exercise
        self._log = log
        day = today_here()
        dose = exercise.dose_on(day)
        notice, done, due, hidden = "", 0.0, float(dose.sets_per_day if dose else 0), False
        try:
            tally = _tallies(log, programme, day)[exercise.id]
            done, due = tally.sets, tally.due
            hidden = log.setting(_PAIN_SETTING) == "hidden"
        except LogError as error:  # the person can exercise all the same; the set is kept
            notice = str(error)
        notice = " ".join(filter(None, [notice, *log.notices()]))
        holds = [p.hold_s for p in exercise.phases if p.until is None and p.hold_s > 0]
        about = {
            "workbook": hashlib.sha256(str(Path(log.path).resolve()).encode()).hexdigest()[:12],
            "exercise_id": exercise.id,
            "title": exercise.title,
            "repetitions": exercise.repetitions,
            "get_ready_s": exercise.get_ready_s,
            "hold_s": max(holds, default=None),
            "open_hold_s": timeline.OPEN_HOLD_S if any(p.until for p in exercise.phases) else None,
            "times": f"{exercise.get_ready_s:g} {max(holds, default=0):g}",
            "sides": {"right": exercise.right, "left": exercise.left},
            "finished": programme.words.finished,
            "getting_out": exercise.getting_out,
            "sets_done": done,
            "sets_due": due or None,
            "counted_at": time.time() * 1000,
            "dose": dose.sets_per_day if dose and dose.sets_per_day else None,
        }
        # One layout for all: each would otherwise send an empty one of its own to the page.
        name = {"session": uuid.uuid4().hex, "layout": ipywidgets.Layout()}
        stretches = timeline.expand(exercise, programme.words)
        self.check = WarningCheck(signs=asdict(load_warning_signs()), **name)
        self.timer = Timer(about=about, stretches=[s.as_dict() for s in stretches], **name)
        words = programme.words
        self.cues = Cues(
            words={
                "language": words.language,
                "sample": words.get_ready,
                "finished": f"{words.finished} {exercise.getting_out}",
            },
            **name,
        )
        self.stage = Stage(**name)
        self.figure = Figure(scene=scene(exercise, stretches), **name)
        self.pain = PainRating(hidden=hidden, **name)
        workbook = about["workbook"]
        self.outbox = Outbox(self._store, workbook=workbook, notice=notice, **name)
        self.manual = ManualEntry(about=about, pain_hidden=hidden, **name)
        parts: list[PageWidget] = [
            self.check,
            self.timer,
            self.figure,
            self.outbox,
            self.pain,
            self.cues,
            self.stage,
            self.manual,
        ]
        self.links = [
            *(
                ipywidgets.jsdlink((self.check, "gate"), (part, "gate"))
                for part in parts[1:]
                if part is not self.outbox
            ),
            *(
                ipywidgets.jsdlink((self.timer, "status"), (part, "status"))
                for part in (self.cues, self.figure, self.pain, self.stage)
            ),
            ipywidgets.jsdlink((self.timer, "phase"), (self.cues, "phase")),
            ipywidgets.jsdlink((self.timer, "phase"), (self.figure, "phase")),
            ipywidgets.jsdlink((self.pain, "hidden"), (self.manual, "pain_hidden")),
        ]
        self.pain.observe(self._remember_pain, "hidden")
        super().__init__(children=parts)
        self.add_class("bc-session")

    def _store(self, op: str, entry: dict[str, Any]) -> None:
        if op == "edit":
            self._log.edit(entry.pop("entry_id"), **entry)
        elif op == "add":
            self._log.add(**entry)
        else:
            msg = f"{op!r} is nothing that a session can ask of the log"
            raise ValueError(msg)

    def _remember_pain(self, change: Any) -> None:
        try:
            self._log.set_setting(_PAIN_SETTING, "hidden" if change["new"] else "shown")
        except LogError as error:
            self.outbox.notice = str(error)

    def __repr__(self) -> str:
        steps = "\n".join(f"  {n}. {s.text}" for n, s in enumerate(self.exercise.steps, start=1))
        return (
            f"{self.exercise.title}\n{steps}\n"
            "To be led through it by the timer, run this cell in JupyterLab."
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        if data is None:
            return bundle
        steps = "".join(f"<li>{html.escape(s.text)}</li>" for s in self.exercise.steps)
        markup = (
            f"<p><strong>{html.escape(self.exercise.title)}</strong></p><ol>{steps}</ol>"
            "<p>To be led through it by the timer, run this cell in JupyterLab.</p>"
        )
        return {**data, "text/plain": repr(self), "text/html": markup}, metadata


class Today:
    """What is due on a day and what is done, one line for each exercise.

    The day is named, since what a notebook shows may be of an earlier one.
    """

    def __init__(self, day: dt.date, lines: list[str]) -> None:
        self.day = day
        self.lines = lines

    def __repr__(self) -> str:
        return "\n".join([_date(self.day), *self.lines])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.lines)
        return f"<p>{_date(self.day)}</p><ul>{items}</ul>"


def today_here(now: dt.datetime | None = None) -> dt.date:
    """Give the day that it is now in the kernel's zone; a day ends at 04:00."""
    return local_day(now or dt.datetime.now().astimezone())


def _date(day: dt.date) -> str:
    return f"{day:%A} {in_words(day)}"


def _line(exercise: Exercise, tally: Tally, day: dt.date) -> str:
    dose = exercise.dose_on(day)
    done = f"{tally.sets:.3g}"
    of_due = f"{done} of {tally.due:.3g} {'set' if tally.due == 1 else 'sets'} done"
    if dose is None or dose.sets_per_day == 0:
        words = "no daily goal" + (f"; {done} done" if tally.sets else "; when it suits you")
    elif tally.due == 0:
        words = "nothing due today" + (f"; {done} done" if tally.sets else "")
    elif tally.done >= tally.due:
        words = f"{of_due}. That is all for today"
    else:
        when = f", {dose.time_of_day}" if dose.time_of_day else ""
        words = f"{of_due}{when}"
    return f"{exercise.name}: {words}."


def today(
    *, programme: AnyProgramme | None = None, log: Log | None = None, day: dt.date | None = None
) -> Today:
    """Tell what is due today and what is done, one line for each exercise.

    Parameters
    ----------
    programme, log, day
        Others than `load_programme()`, or the path of another, `Log.open()` and the day that it
        is now.

    Raises
    ------
    ProgrammeError, LogError
        If the programme has mistakes, or the log cannot be read.
    """
    programme = load_programme(programme)
    log = log or Log.open()
    day = day or today_here()
    tallies = _tallies(log, programme, day)
    lines = [_line(e, tallies[e.id], day) for e in programme.exercises]
    return Today(day, [*lines, *log.notices()])


def exercise(
    exercise_id: str, *, programme: AnyProgramme | None = None, log: Log | None = None
) -> Session:
    """Open the guided session of an exercise.

    Parameters
    ----------
    exercise_id
        "lying-down", "sitting-down", "standing-up", or another one of the programme.
    programme, log
        Others than `load_programme()`, or the path of another, and `Log.open()`.

    Raises
    ------
    ProgrammeError
        If the programme has mistakes, or no such exercise: then it names those it has.
    """
    programme = load_programme(programme)
    return Session(programme[exercise_id], programme, log or Log.open())
