"""The programme: exercises, their phases and doses, read from `data/programme.toml`.

The annotation of a field is the rule for what the file may say there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    with_config,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from ..errors import LogError, ProgrammeError
from ..files import resolved
from ..words import listed, shown
from ..workbook import data_file
from . import toml_file

# `mistakes` words what is allowed by the numbers here, or takes the description where there is one.
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Short = Annotated[Text, Field(max_length=60)]
Long = Annotated[Text, Field(max_length=400)]
Cue = Annotated[Short, Field(pattern=r"^\s*(\S+\s*){1,6}$", description="text of 1 to 6 words")]
Name = Annotated[
    str,
    Field(
        max_length=50,
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="small letters, figures and single hyphens, such as lying-down",
    ),
]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Day = Annotated[dt.date, Strict()]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS = get_args(Weekday)


def items(low: int, high: int, what: str = "texts") -> tuple[Any, ...]:
    """Return the rules for a list of `low` to `high` items.

    They are counted before any is looked at: pydantic by itself counts the good ones only, so that
    ten thousand wrong ones would be as many mistakes.
    """
    counted = TypeAdapter(Annotated[list[Any], Field(min_length=low, max_length=high)])
    allowed = Field(description=f"a list of {low} to {high} {what}")
    return BeforeValidator(counted.validate_python), allowed


def disagreement(problem: str) -> PydanticCustomError:
    """Return the error for values that do not go together, told as it stands."""
    return PydanticCustomError("disagreement", "{problem}", {"problem": problem})


def _one_end(until: str, info: ValidationInfo) -> str:
    """Refuse a hold that has its seconds as well; seconds that are wrong count as given."""
    if info.data.get("hold_s", True):
        raise disagreement("give `hold_s` or `until`, not both")
    return until


Until = Annotated[Literal["ready"], AfterValidator(_one_end)]


@dataclass(frozen=True)
class Phase:
    """One movement and the hold that follows it.

    `cue` is shown and spoken; `pose` is what is reached; `side` is that of the limb or the bend
    that leads. The movement takes `move_s` seconds, and the hold `hold_s` (0 = straight on), or
    with `until` "ready" as long as the person likes.
    """

    cue: Cue
    pose: Name
    side: Literal["right", "left", "centre"]
    move_s: Annotated[Number, Field(ge=1, le=120)]
    hold_s: Annotated[Number, Field(ge=0, le=600)] = 0
    until: Until | None = None


@dataclass(frozen=True)
class Step:
    """One sentence of the instructions, and the pose that pictures it."""

    text: Long
    pose: Name


@dataclass(frozen=True)
class Sides:
    """What a repetition to the right and one to the left are called."""

    right: Annotated[Text, Field(max_length=40)] = "Right"
    left: Annotated[Text, Field(max_length=40)] = "Left"


def _once_each(days: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(days)) < len(days):
        raise disagreement("each day may be named once")
    return days


@dataclass(frozen=True)
class Dose:
    """How many sets are due on which days, from the day `since` on (None = always).

    `days` are of "mon" to "sun"; empty for every day. `sets_per_day` 0 ends the goal from `since`.
    """

    sets_per_day: Annotated[Whole, Field(ge=0, le=24)]
    time_of_day: Short = ""
    since: Day | None = None
    days: Annotated[tuple[Weekday, ...], *items(1, 7, "days"), AfterValidator(_once_each)] = ()

    @property
    def weekdays(self) -> str:
        """Its days as they stand in a sentence: "Mon, Wed and Fri"; "" for every day."""
        names = [day.capitalize() for day in WEEKDAYS if day in self.days]
        return listed(names)


def _in_order(doses: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """Refuse a dose that does not begin after the one before it."""
    problem = "a later dose needs `since`, a day after that of the dose before it"
    late = [
        InitErrorDetails(type=disagreement(problem), loc=(n,), input=dose)
        for n, (before, dose) in enumerate(pairwise(doses), start=1)
        # A first dose without a day has always been in force; a later one needs its day.
        if dose.since is None or (before.since is not None and dose.since <= before.since)
    ]
    if late:
        raise ValidationError.from_exception_data("doses", late)
    return doses


def _one_of_its_name(name: str, info: ValidationInfo[set[str]]) -> str:
    """Refuse an id that an exercise before it has; `context` holds the ids met so far."""
    if name in info.context:
        raise disagreement(f"{shown(name)} is already the id of another exercise")
    info.context.add(name)
    return name


@dataclass(frozen=True)
class Exercise:
    """One exercise, with all that is said about it and all that the timer runs.

    `enter` and `leave` are run once, before the first and after the last repetition;
    `phases` are run in every repetition. `get_ready_s` is the time to get into position.
    """

    id: Annotated[Name, AfterValidator(_one_of_its_name)]
    title: Annotated[Text, Field(max_length=80)]
    position: Literal["lying", "sitting", "standing"]
    when: Annotated[Text, Field(max_length=300)]
    place: Annotated[Text, Field(max_length=300)]
    steps: Annotated[tuple[Step, ...], *items(1, 20, "steps")]
    getting_in: Long
    getting_out: Long
    cautions: Annotated[tuple[Long, ...], *items(0, 12)]
    repetitions: Annotated[Whole, Field(ge=1, le=100)]
    phases: Annotated[tuple[Phase, ...], *items(1, 40, "phases")]
    enter: Annotated[tuple[Phase, ...], *items(0, 10, "phases")] = ()
    leave: Annotated[tuple[Phase, ...], *items(0, 10, "phases")] = ()
    doses: Annotated[tuple[Dose, ...], *items(0, 100, "doses"), AfterValidator(_in_order)] = ()
    sides: Sides = Sides()
    get_ready_s: Annotated[Number, Field(ge=1, le=120)] = 10

    @property
    def name(self) -> str:
        """Its title up to the colon, where it is named in a sentence."""
        return self.title.split(":")[0]

    def dose_on(self, day: dt.date) -> Dose | None:
        """Return the dose in force on `day`, or None if the exercise has no goal then."""
        in_force = [d for d in self.doses if d.since is None or d.since <= day]
        return in_force[-1] if in_force else None

    def sets_due_on(self, day: dt.date) -> int | None:
        """Return how many sets are due on `day`: None without a goal, 0 on a day without sets."""
        dose = self.dose_on(day)
        if dose is None or dose.sets_per_day == 0:
            return None
        return dose.sets_per_day if not dose.days or WEEKDAYS[day.weekday()] in dose.days else 0


@dataclass(frozen=True)
class Words:
    """The words of the timer that belong to no phase, and the language of all of them."""

    language: Short = "en-GB"
    get_ready: Short = "Get ready"
    hold: Short = "Hold"
    hold_until_ready: Short = "Hold, as long as is comfortable"
    half_way: Short = "Half way."
    last_one: Short = "Last one."
    paused: Short = "Paused. Nothing is counted until you go on."
    finished: Short = "Well done. Rest a moment."


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class _File:
    title: Annotated[Text, Field(max_length=120)]
    exercise: Annotated[
        tuple[Exercise, ...], *items(1, 50, "exercises, each begun by [[exercise]]")
    ]
    words: Words = Words()


_RULES = TypeAdapter(_File)


@dataclass(frozen=True)
class Programme:
    """The exercises prescribed; `programme["lying-down"]` is one of them, by its title as well."""

    title: str
    exercises: tuple[Exercise, ...]
    words: Words
    path: Path

    def __contains__(self, exercise_id: object) -> bool:
        return any(e.id == exercise_id for e in self.exercises)

    def __getitem__(self, exercise_id: str) -> Exercise:
        if isinstance(exercise_id, str):
            for exercise in self.exercises:
                if exercise.id == exercise_id:
                    return exercise
            asked = _spoken(exercise_id)
            meant = [e for e in self.exercises if asked in map(_spoken, (e.id, e.name, e.title))]
            if len(meant) == 1:
                return meant[0]
        known = ", ".join(f'"{e.id}"' for e in self.exercises)
        msg = (
            f"There is no exercise {shown(exercise_id)}. Your log is not touched; give one of the"
            f" programme: {known}."
        )
        raise ProgrammeError(msg)


def _spoken(name: str) -> str:
    """Return the words of an id or a title, without what is hardly told apart when it is typed."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


AnyProgramme = Programme | str | Path


def load_programme(path: AnyProgramme | None = None) -> Programme:
    """Read `data/programme.toml`, or a file of that form; return a `Programme` as it is.

    Raises
    ------
    ProgrammeError
        If the file cannot be read, or has mistakes: all of them at once, each with its line,
        key path, value and what is allowed.
    """
    if isinstance(path, Programme):
        return path
    try:
        file = data_file("programme.toml") if path is None else resolved(path)
    except LogError as exc:
        raise ProgrammeError(str(exc)) from exc
    held = toml_file.load(_RULES, file)
    return Programme(held.title, held.exercise, held.words, file)
