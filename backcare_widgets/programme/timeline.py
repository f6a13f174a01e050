"""A set as the timer runs it: the programme's phases unrolled into timed stretches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import inf
from typing import Any

from .models import Exercise, Phase, Words

# A hold that nobody ends goes on by itself after this time; adjustable in the widget.
OPEN_HOLD_S = 30


@dataclass(frozen=True)
class Stretch:
    """One stretch of a set: one cue, one tone, one turn of the ring.

    Attributes
    ----------
    kind
        "prepare", "move" or "hold".
    cue
        What is shown and spoken while it lasts.
    pose
        The pose moved to, or held.
    side
        "right", "left" or "centre".
    duration_s
        Seconds, above 0; None for a hold that the person ends.
    repetition
        1 to the number of repetitions; 0 before the first and after the last.
    say
        What is spoken when it begins: the cue, and how to get into position, or where in the set
        one is.
    longest_s
        For a hold that the person ends: seconds after which it goes on by itself, else None.
    """

    kind: str
    cue: str
    pose: str
    side: str
    duration_s: float | None
    repetition: int
    say: str
    longest_s: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the plain form that the page reads."""
        return asdict(self)


@dataclass(frozen=True)
class _Times:
    """The person's own times, as in `expand`."""

    hold_s: float | None
    extra_move_s: float
    open_hold_s: float


def _stretches(
    phases: tuple[Phase, ...], repetition: int, words: Words, times: _Times, first_say: str = ""
) -> Iterator[Stretch]:
    for phase in phases:
        at: tuple[str, str] = (phase.pose, phase.side)
        say = f"{first_say} {phase.cue}".strip()
        first_say = ""
        yield Stretch("move", phase.cue, *at, phase.move_s + times.extra_move_s, repetition, say)
        if phase.until is not None:
            cue = words.hold_until_ready
            yield Stretch("hold", cue, *at, None, repetition, cue, times.open_hold_s)
        elif phase.hold_s > 0:
            hold_s = phase.hold_s if times.hold_s is None else times.hold_s
            yield Stretch("hold", words.hold, *at, hold_s, repetition, words.hold)


def _place(repetition: int, repetitions: int, words: Words) -> str:
    """Give what is said of the place in the set before a repetition, or ""."""
    if repetition == repetitions and repetitions > 1:
        return words.last_one
    return words.half_way if repetitions > 3 and repetition == repetitions // 2 + 1 else ""


def expand(
    exercise: Exercise,
    words: Words | None = None,
    *,
    get_ready_s: float | None = None,
    hold_s: float | None = None,
    extra_move_s: float = 0,
    open_hold_s: float = OPEN_HOLD_S,
) -> tuple[Stretch, ...]:
    """Unroll one set: get ready, enter, every repetition with both sides in full, leave.

    Parameters
    ----------
    exercise
        What to do.
    words
        The words that belong to no phase; English if None.
    get_ready_s
        Seconds before the first movement, above 0; None = as the programme says.
    hold_s
        Seconds for every timed hold, above 0; None = as the programme says. Holds that the
        person ends stay as they are.
    extra_move_s
        Seconds added to every movement, 0 or more.
    open_hold_s
        Seconds after which a hold that the person ends goes on by itself, above 0.

    Returns
    -------
    tuple of Stretch
        In order of execution; the page's `adjusted` gives the same for the same settings.

    Raises
    ------
    ValueError
        If a time is not finite and above 0, or `extra_move_s` is negative.
    """
    own = {"get_ready_s": get_ready_s, "hold_s": hold_s, "open_hold_s": open_hold_s}
    for name, seconds in own.items():
        if seconds is not None and not 0 < seconds < inf:
            msg = f"{name} is {seconds}: it must be a number above 0"
            raise ValueError(msg)
    if not 0 <= extra_move_s < inf:
        msg = f"extra_move_s is {extra_move_s}: it must be a number, 0 or more"
        raise ValueError(msg)
    words = words or Words()
    first = (exercise.enter or exercise.phases)[0]
    start_pose = exercise.steps[0].pose if exercise.steps else first.pose
    times = _Times(hold_s, extra_move_s, open_hold_s)
    ready_s = exercise.get_ready_s if get_ready_s is None else get_ready_s
    cue = words.get_ready
    say = f"{cue}. {exercise.getting_in}"
    stretches = [Stretch("prepare", cue, start_pose, "centre", ready_s, 0, say)]
    stretches += _stretches(exercise.enter, 0, words, times)
    for repetition in range(1, exercise.repetitions + 1):
        place = _place(repetition, exercise.repetitions, words)
        stretches += _stretches(exercise.phases, repetition, words, times, place)
    stretches += _stretches(exercise.leave, 0, words, times)
    return tuple(stretches)
