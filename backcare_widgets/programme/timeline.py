"""A set as the timer runs it: the programme's phases unrolled into timed stretches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from .models import Exercise, Phase, Words

# A hold that nobody ends goes on by itself after this time; adjustable in the widget.
OPEN_HOLD_S = 30

ENGLISH = Words()


@dataclass(frozen=True)
class Stretch:
    """One stretch of a set: one cue, one tone, one turn of the ring.

    `kind` is "prepare", "move" or "hold"; `repetition` 0 before the first and after the last; `say`
    is spoken as it begins. A hold that the person ends has no `duration_s`, and goes on by itself
    after `longest_s`.
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


def expand(exercise: Exercise, words: Words = ENGLISH) -> tuple[Stretch, ...]:
    """Unroll one set in order: get ready, enter, every repetition with both sides, leave."""
    first = (exercise.steps or exercise.enter or exercise.phases)[0]
    say = f"{words.get_ready}. {exercise.getting_in}"
    ready = Stretch("prepare", words.get_ready, first.pose, "centre", exercise.get_ready_s, 0, say)
    stretches = [ready, *_stretches(exercise.enter, 0, words)]
    n = exercise.repetitions
    places = {n // 2 + 1: words.half_way} if n > 3 else {}
    places |= {n: words.last_one} if n > 1 else {}
    for repetition in range(1, n + 1):
        place = places.get(repetition, "")
        stretches += _stretches(exercise.phases, repetition, words, place)
    return (*stretches, *_stretches(exercise.leave, 0, words))


def _stretches(
    phases: tuple[Phase, ...], repetition: int, words: Words, place: str = ""
) -> Iterator[Stretch]:
    """Yield the stretches of some phases; `place` is said before the first cue."""
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
