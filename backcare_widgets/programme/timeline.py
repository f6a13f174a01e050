"""A set as the timer runs it: the programme's phases unrolled into timed stretches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
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
        What is shown while it lasts.
    pose, side
        The pose moved to or held, and "right", "left" or "centre".
    duration_s
        Seconds, above 0; None for a hold that the person ends.
    repetition
        1 to the number of repetitions; 0 before the first and after the last.
    say
        What is spoken as it begins: the cue, and how to get into position, or how far one is.
    longest_s
        Seconds after which a hold that the person ends goes on by itself, else None.
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
        """Return the plain form that the page reads."""
        return asdict(self)


def expand(exercise: Exercise, words: Words | None = None) -> tuple[Stretch, ...]:
    """Unroll one set: get ready, enter, every repetition with both sides in full, leave.

    Parameters
    ----------
    exercise
        What to do.
    words
        The words that belong to no phase; English if None.

    Returns
    -------
    tuple of Stretch
        In order of execution, by the programme's own times; the page puts the person's in.
    """
    words = words or Words()
    first = (exercise.enter or exercise.phases)[0]
    start_pose = exercise.steps[0].pose if exercise.steps else first.pose
    say = f"{words.get_ready}. {exercise.getting_in}"
    ready = Stretch("prepare", words.get_ready, start_pose, "centre", exercise.get_ready_s, 0, say)
    stretches = [ready, *_stretches(exercise.enter, 0, words)]
    for repetition in range(1, exercise.repetitions + 1):
        place = _place(repetition, exercise.repetitions, words)
        stretches += _stretches(exercise.phases, repetition, words, place)
    return (*stretches, *_stretches(exercise.leave, 0, words))


def _stretches(
    phases: tuple[Phase, ...], repetition: int, words: Words, place: str = ""
) -> Iterator[Stretch]:
    for phase in phases:
        at = (phase.pose, phase.side)
        say = f"{place} {phase.cue}".strip()
        place = ""
        yield Stretch("move", phase.cue, *at, phase.move_s, repetition, say)
        if phase.until is not None:
            cue = words.hold_until_ready
            yield Stretch("hold", cue, *at, None, repetition, cue, OPEN_HOLD_S)
        elif phase.hold_s > 0:
            yield Stretch("hold", words.hold, *at, phase.hold_s, repetition, words.hold)


def _place(repetition: int, repetitions: int, words: Words) -> str:
    """Return what is said of the place in the set before a repetition, or ""."""
    if repetition == repetitions and repetitions > 1:
        return words.last_one
    return words.half_way if repetitions > 3 and repetition == repetitions // 2 + 1 else ""
