"""The programme: exercises, their phases and doses, read from `data/programme.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..errors import ProgrammeError
from ..files import DATA
from ..words import shown
from . import toml_file
from .schema import (
    Mistake,
    Rule,
    choice,
    mistakes_in,
    number,
    table,
    tables,
    text,
    texts,
    whole,
)

MAX_CUE_WORDS = 6
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Phase:
    """One movement and the hold that follows it.

    Attributes
    ----------
    cue
        What is shown and spoken, at most six words.
    pose
        Name of the pose that is reached.
    side
        "right", "left" or "centre": of the limb or the bend that leads.
    move_s
        Seconds to get there slowly.
    hold_s
        Seconds to stay; 0 = straight on. Ignored if `until` is given.
    until
        "ready" for a hold that the person ends, else None.
    """

    cue: str
    pose: str
    side: str
    move_s: float
    hold_s: float = 0
    until: str | None = None


@dataclass(frozen=True)
class Step:
    """One sentence of the instructions, and the pose that pictures it."""

    text: str
    pose: str


@dataclass(frozen=True)
class Dose:
    """How many sets are due on which days, from the day `since` on (None = always).

    `days` are of "mon" to "sun"; empty for every day. `sets_per_day` 0 ends the goal from `since`.
    """

    sets_per_day: int
    time_of_day: str = ""
    since: dt.date | None = None
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One exercise, with all that is said about it and all that the timer runs.

    `enter` and `leave` are run once, before the first and after the last repetition;
    `phases` are run in every repetition. `get_ready_s` is the time to get into position.
    """

    id: str
    title: str
    position: str
    when: str
    place: str
    steps: tuple[Step, ...]
    getting_in: str
    getting_out: str
    cautions: tuple[str, ...]
    repetitions: int
    phases: tuple[Phase, ...]
    enter: tuple[Phase, ...] = ()
    leave: tuple[Phase, ...] = ()
    doses: tuple[Dose, ...] = ()
    right: str = "Right"
    left: str = "Left"
    get_ready_s: float = 10

    @property
    def name(self) -> str:
        """Its title up to the colon, where it is named in a sentence."""
        return self.title.split(":")[0]

    def dose_on(self, day: dt.date) -> Dose | None:
        """Give the dose in force on `day`, or None if the exercise has no goal then."""
        in_force = [d for d in self.doses if d.since is None or d.since <= day]
        return in_force[-1] if in_force else None

    def sets_due_on(self, day: dt.date) -> int | None:
        """Return how many sets are due on `day`: None without a goal, 0 on a day without sets."""
        dose = self.dose_on(day)
        if dose is None or dose.sets_per_day == 0:
            return None
        return dose.sets_per_day if not dose.days or _WEEKDAYS[day.weekday()] in dose.days else 0


@dataclass(frozen=True)
class Words:
    """The words of the timer that belong to no phase, and the language of all of them."""

    language: str = "en-GB"
    get_ready: str = "Get ready"
    hold: str = "Hold"
    hold_until_ready: str = "Hold, as long as is comfortable"
    half_way: str = "Half way."
    last_one: str = "Last one."
    paused: str = "Paused. Nothing is counted until you go on."
    finished: str = "Well done. Rest a moment."


@dataclass(frozen=True)
class Programme:
    """The exercises prescribed; `programme["lying-down"]` gives one of them."""

    title: str
    exercises: tuple[Exercise, ...]
    words: Words
    path: Path

    def __contains__(self, exercise_id: object) -> bool:
        return any(e.id == exercise_id for e in self.exercises)

    def __getitem__(self, exercise_id: str) -> Exercise:
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        known = ", ".join(f'"{e.id}"' for e in self.exercises)
        msg = f"There is no exercise {shown(exercise_id)}. The programme has {known}."
        raise ProgrammeError(msg)


AnyProgramme = Programme | str | Path

_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _is_kebab(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 50 and _KEBAB.fullmatch(value) is not None


def _name() -> Rule:
    return Rule("small letters, figures and single hyphens, such as lying-down", _is_kebab)


def _cue() -> Rule:
    one = text(60)
    return Rule(
        f"text of 1 to {MAX_CUE_WORDS} words",
        lambda v: one.accepts(v) and len(v.split()) <= MAX_CUE_WORDS,
    )


def _day() -> Rule:
    return Rule("a date such as 2026-05-01", lambda v: type(v) is dt.date, required=False)


_PHASE: Mapping[str, Rule] = {
    "cue": _cue(),
    "pose": _name(),
    "side": choice("right", "left", "centre"),
    "move_s": number(1, 120),
    "hold_s": number(0, 600, required=False),
    "until": choice("ready", required=False),
}
_EXERCISE: Mapping[str, Rule] = {
    "id": _name(),
    "title": text(80),
    "position": choice("lying", "sitting", "standing"),
    "when": text(300),
    "place": text(300),
    "sides": table({"right": text(40), "left": text(40)}, required=False),
    "steps": tables({"text": text(400), "pose": _name()}, 1, 20, "steps"),
    "getting_in": text(400),
    "getting_out": text(400),
    "cautions": texts(0, 12, 400),
    "repetitions": whole(1, 100),
    "get_ready_s": number(1, 120, required=False),
    "doses": tables(
        {
            "sets_per_day": whole(0, 24),
            "time_of_day": text(60, required=False),
            "since": _day(),
        },
        0,
        100,
        "doses",
        required=False,
    ),
    "enter": tables(_PHASE, 0, 10, "phases", required=False),
    "phases": tables(_PHASE, 1, 40, "phases"),
    "leave": tables(_PHASE, 0, 10, "phases", required=False),
}
_PROGRAMME: Mapping[str, Rule] = {
    "title": text(120),
    "words": table(
        {key: text(60, required=False) for key in Words.__annotations__}, required=False
    ),
    "exercise": tables(_EXERCISE, 1, 50, "exercises, each begun by [[exercise]]"),
}


def _tables(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Give the tables under `key`; none where the file has something else there."""
    value = raw.get(key, [])
    return [t for t in value if isinstance(t, dict)] if isinstance(value, list) else []


def _disagreements(data: Mapping[str, Any]) -> list[Mistake]:
    """List what no single value shows: double ids, two ends of a hold, doses out of order."""
    found = []
    ids: set[str] = set()
    for i, exercise in enumerate(_tables(data, "exercise")):
        path = ("exercise", i)
        name = exercise.get("id")
        if isinstance(name, str) and name in ids:
            problem = f"{shown(name)} is already the id of another exercise"
            found.append(Mistake((*path, "id"), problem))
        ids |= {name} if isinstance(name, str) else set()
        for part in ("enter", "phases", "leave"):
            found += [
                Mistake((*path, part, j), "give `hold_s` or `until`, not both")
                for j, phase in enumerate(_tables(exercise, part))
                if "until" in phase and "hold_s" in phase
            ]
        since = [dose.get("since") for dose in _tables(exercise, "doses")]
        for j, (before, day) in enumerate(pairwise(since), start=1):
            # A first dose without a day has always been in force; a later one needs its day.
            if type(day) is not dt.date or (type(before) is dt.date and day <= before):
                problem = "a later dose needs `since`, a day after that of the dose before it"
                found.append(Mistake((*path, "doses", j), problem))
    return found


def _phases(raw: Mapping[str, Any], key: str) -> tuple[Phase, ...]:
    return tuple(Phase(**phase) for phase in raw.get(key, ()))


def _exercise(raw: Mapping[str, Any]) -> Exercise:
    plain = ("id", "title", "position", "when", "place", "getting_in", "getting_out", "repetitions")
    return Exercise(
        **{key: raw[key] for key in plain},
        **raw.get("sides", {}),
        **{key: raw[key] for key in ("get_ready_s",) if key in raw},
        steps=tuple(Step(**step) for step in raw["steps"]),
        cautions=tuple(raw["cautions"]),
        doses=tuple(Dose(**dose) for dose in raw.get("doses", ())),
        enter=_phases(raw, "enter"),
        phases=_phases(raw, "phases"),
        leave=_phases(raw, "leave"),
    )


def load_programme(path: AnyProgramme | None = None) -> Programme:
    """Read the programme.

    Parameters
    ----------
    path
        A TOML file in the form of `data/programme.toml`, which is read if None; a `Programme`
        is given back as it is.

    Raises
    ------
    ProgrammeError
        If the file cannot be read, or has mistakes: all of them at once, each with its line,
        key path, value and what is allowed.
    """
    if isinstance(path, Programme):
        return path
    file = DATA / "programme.toml" if path is None else toml_file.as_path(path)
    data, source = toml_file.read(file)
    if mistakes := mistakes_in(data, _PROGRAMME) + _disagreements(data):
        raise toml_file.refusal(file, source, mistakes)
    return Programme(
        title=data["title"],
        exercises=tuple(_exercise(raw) for raw in data["exercise"]),
        words=Words(**data.get("words", {})),
        path=file,
    )
