"""A set as the timer runs it: nothing of the programme is lost, added or put out of order."""

import json
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from node import call

from backcare_widgets.programme.models import Exercise, Phase, Step, Words, load_programme
from backcare_widgets.programme.timeline import OPEN_HOLD_S, Stretch, expand

PROGRAMME = load_programme()

# Quarters of a second add up exactly.
QUARTERS = st.integers(4, 480).map(lambda n: n / 4)
SIDES = st.sampled_from(["right", "left", "centre"])
HOLDS = st.one_of(
    st.just({}),
    QUARTERS.map(lambda s: {"hold_s": s}),
    st.just({"until": "ready"}),
)
PHASES = st.builds(
    lambda cue, pose, side, move_s, hold: Phase(cue, pose, side, move_s, **hold),
    st.sampled_from(["Bend", "Turn", "Back"]),
    st.sampled_from(["bent", "turned", "straight"]),
    SIDES,
    QUARTERS,
    HOLDS,
)


STEPS = (Step("Lie.", "lying"),)


def an_exercise(enter=(), phases=(), leave=(), repetitions=1, steps=STEPS, get_ready_s=10):
    return Exercise(
        id="one",
        title="One",
        position="lying",
        when="Now",
        place="Here",
        steps=tuple(steps),
        getting_in="In",
        getting_out="Out",
        cautions=(),
        repetitions=repetitions,
        phases=tuple(phases),
        enter=tuple(enter),
        leave=tuple(leave),
        get_ready_s=get_ready_s,
    )


EXERCISES = st.builds(
    an_exercise,
    enter=st.lists(PHASES, max_size=3),
    phases=st.lists(PHASES, min_size=1, max_size=5),
    leave=st.lists(PHASES, max_size=3),
    repetitions=st.integers(1, 6),
    get_ready_s=QUARTERS,
)


def executed(exercise):
    """Yield (repetition, phase) in the order of execution, worked out from the programme alone."""
    yield from ((0, phase) for phase in exercise.enter)
    for repetition in range(exercise.repetitions):
        yield from ((repetition + 1, phase) for phase in exercise.phases)
    yield from ((0, phase) for phase in exercise.leave)


@given(EXERCISES)
def test_every_phase_is_moved_to_and_then_held_in_the_order_of_the_programme(exercise):
    words = Words(get_ready="Bereit?", hold="Halten", hold_until_ready="Bleiben")
    wanted = [("prepare", "Bereit?", "lying", "centre", exercise.get_ready_s, 0, None)]
    for repetition, phase in executed(exercise):
        at = (phase.pose, phase.side)
        wanted.append(("move", phase.cue, *at, phase.move_s, repetition, None))
        if phase.until:
            wanted.append(("hold", "Bleiben", *at, None, repetition, OPEN_HOLD_S))
        elif phase.hold_s:
            wanted.append(("hold", "Halten", *at, phase.hold_s, repetition, None))
    names = attrgetter("kind", "cue", "pose", "side", "duration_s", "repetition", "longest_s")
    assert [names(stretch) for stretch in expand(exercise, words)] == wanted


@given(EXERCISES)
def test_what_the_page_reads_is_plain_and_whole(exercise):
    stretches = expand(exercise)
    plain = json.loads(json.dumps([s.as_dict() for s in stretches], allow_nan=False))
    assert tuple(Stretch(**stretch) for stretch in plain) == stretches


def test_lying_down_is_run_as_the_article_says():
    stretches = expand(PROGRAMME["lying-down"], PROGRAMME.words)
    first = [(s.kind, s.side, s.duration_s) for s in stretches if s.repetition == 1]
    assert first == [
        ("move", "right", 4),
        ("hold", "right", 5),
        ("move", "centre", 4),
        ("move", "left", 4),
        ("hold", "left", 5),
        ("move", "centre", 4),
    ]
    assert [s.duration_s for s in stretches if s.kind == "hold"] == [5] * 10


def test_standing_up_waits_for_the_person_on_both_sides():
    stretches = expand(PROGRAMME["standing-up"], PROGRAMME.words)
    holds = [(s.side, s.duration_s, s.longest_s) for s in stretches if s.kind == "hold"]
    assert holds == [("right", None, 30), ("left", None, 30)]


@pytest.mark.parametrize(
    ("exercise_id", "pose", "seconds"),
    [
        ("lying-down", "lying", 25),
        ("sitting-down", "cross-legged", 20),
        ("standing-up", "standing", 15),
    ],
)
def test_a_set_begins_with_time_to_get_into_the_first_position(exercise_id, pose, seconds):
    """Getting down onto a mat with a sore back takes longer than to stand up from a chair."""
    exercise = PROGRAMME[exercise_id]
    say = f"Get ready. {exercise.getting_in}"
    wanted = Stretch("prepare", "Get ready", pose, "centre", seconds, 0, say)
    assert expand(exercise)[0] == wanted


@given(EXERCISES)
def test_what_is_said_is_the_cue_and_the_place_in_the_set_once(exercise):
    """Before the last repetition "Last one."; before the middle of four or more "Half way."."""
    words = Words(get_ready="Bereit", half_way="Halbzeit.", last_one="Noch eine.")
    stretches = expand(exercise, words)
    assert stretches[0].say == "Bereit. In"
    said = {}
    for here, stretch in enumerate(stretches[1:], start=1):
        assert stretch.say.endswith(stretch.cue)
        place = stretch.say.removesuffix(stretch.cue).strip()
        if place:
            assert stretches[here - 1].repetition != stretch.repetition  # it begins one
            said[stretch.repetition] = place
    n = exercise.repetitions
    wanted = {n // 2 + 1: "Halbzeit."} if n > 3 else {}
    assert said == wanted | ({n: "Noch eine."} if n > 1 else {})


def test_the_third_of_five_is_said_to_be_half_way_and_the_fifth_the_last():
    _, *stretches = expand(PROGRAMME["lying-down"])
    assert [(s.repetition, s.say) for s in stretches if s.say != s.cue] == [
        (3, "Half way. Bend slowly to the right"),
        (5, "Last one. Bend slowly to the right"),
    ]


def test_without_steps_getting_ready_shows_the_first_movement():
    turn, nod = Phase("Turn", "turned", "left", 3), Phase("Nod", "nodding", "centre", 3)
    assert expand(an_exercise(phases=[turn], steps=[]))[0].pose == "turned"
    assert expand(an_exercise(enter=[nod], phases=[turn], steps=[]))[0].pose == "nodding"


def test_there_is_time_to_say_how_to_get_into_position():
    """The page leaves it out where the count of three at the end would not be heard."""
    starts = [expand(exercise, PROGRAMME.words)[0] for exercise in PROGRAMME.exercises]
    imports = 'import { sayingOf } from "./src/session/sound/counts.ts";'
    function = "(all) => all.map((start) => sayingOf(start, 1000 * start.duration_s))"
    said = call(imports, function, [start.as_dict() for start in starts])
    assert said == [f"Get ready. {exercise.getting_in}" for exercise in PROGRAMME.exercises]
