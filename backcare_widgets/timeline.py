"""A set as the timer runs it: the programme's phases unrolled into timed stretches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import inf
from typing import Any

from .programme import Exercise, Phase, Words

# Time to put the mouse down and get into position; adjustable in the widget.
GET_READY_S = 10


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
    """

    kind: str
    cue: str
    pose: str
    side: str
    duration_s: float | None
    repetition: int

    def as_dict(self) -> dict[str, Any]:
        """Give the plain form that the page reads."""
        return asdict(self)


def _stretches(
    phases: tuple[Phase, ...], repetition: int, words: Words, hold_s: float | None, extra_s: float
) -> Iterator[Stretch]:
    for phase in phases:
        move_s = phase.move_s + extra_s
        yield Stretch("move", phase.cue, phase.pose, phase.side, move_s, repetition)
        if phase.until is not None:
            cue = words.hold_until_ready
            yield Stretch("hold", cue, phase.pose, phase.side, None, repetition)
        elif phase.hold_s > 0:
            duration_s = phase.hold_s if hold_s is None else hold_s
            yield Stretch("hold", words.hold, phase.pose, phase.side, duration_s, repetition)


def expand(
    exercise: Exercise,
    words: Words | None = None,
    *,
    get_ready_s: float = GET_READY_S,
    hold_s: float | None = None,
    extra_move_s: float = 0,
) -> tuple[Stretch, ...]:
    """Unroll one set: get ready, enter, every repetition with both sides in full, leave.

    Parameters
    ----------
    exercise
        What to do.
    words
        The words that belong to no phase; English if None.
    get_ready_s
        Seconds before the first movement, above 0.
    hold_s
        Seconds for every timed hold, above 0; None = as the programme says. Holds that the
        person ends stay as they are.
    extra_move_s
        Seconds added to every movement, 0 or more.

    Returns
    -------
    tuple of Stretch
        In order of execution; the page's `adjusted` gives the same for the same settings.

    Raises
    ------
    ValueError
        If a time is not finite and above 0, or `extra_move_s` is negative.
    """
    for name, seconds in (("get_ready_s", get_ready_s), ("hold_s", hold_s)):
        if seconds is not None and not 0 < seconds < inf:
            msg = f"{name} is {seconds}: it must be a number above 0"
            raise ValueError(msg)
    if not 0 <= extra_move_s < inf:
        msg = f"extra_move_s is {extra_move_s}: it must be a number, 0 or more"
        raise ValueError(msg)
    words = words or Words()
    first = (exercise.enter or exercise.phases)[0]
    start_pose = exercise.steps[0].pose if exercise.steps else first.pose
    stretches = [Stretch("prepare", words.get_ready, start_pose, "centre", get_ready_s, 0)]
    stretches += _stretches(exercise.enter, 0, words, hold_s, extra_move_s)
    for repetition in range(1, exercise.repetitions + 1):
        stretches += _stretches(exercise.phases, repetition, words, hold_s, extra_move_s)
    stretches += _stretches(exercise.leave, 0, words, hold_s, extra_move_s)
    return tuple(stretches)
