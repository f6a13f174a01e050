"""The shipped programme keeps the facts of the article; one with mistakes is explained."""

import datetime as dt
import re
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backcare_widgets.errors import ProgrammeError
from backcare_widgets.programme.models import Dose, Phase, load_programme
from backcare_widgets.workbook import shipped

SHIPPED = shipped() / "data" / "programme.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
PROGRAMME = load_programme()
LYING, SITTING, STANDING = PROGRAMME.exercises


def every_phase():
    return [p for e in PROGRAMME.exercises for p in (*e.enter, *e.phases, *e.leave)]


def words_of(exercise):
    """Return all that is said about an exercise, in small letters."""
    cues = [p.cue for p in (*exercise.enter, *exercise.phases, *exercise.leave)]
    steps = [step.text for step in exercise.steps]
    said = [exercise.title, exercise.when, exercise.place, *steps, *exercise.cautions, *cues]
    return " ".join(said).lower()


def changed(old, new):
    """Return the shipped programme with the first occurrence of `old` put as `new`."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "mine.toml"


# The article's facts -------------------------------------------------------------------------


def test_the_three_exercises_stand_in_the_order_of_the_article():
    assert [(e.id, e.position) for e in PROGRAMME.exercises] == [
        ("lying-down", "lying"),
        ("sitting-down", "sitting"),
        ("standing-up", "standing"),
    ]
    assert PROGRAMME.path == SHIPPED


@pytest.mark.parametrize(
    ("exercise", "hold", "repetitions", "doses"),
    [
        (LYING, 5, 5, (Dose(3, "spread over the day"),)),
        (SITTING, 5, 3, (Dose(1, "in the morning"),)),
        (STANDING, "ready", 1, ()),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_holds_repetitions_and_doses_are_those_of_the_article(exercise, hold, repetitions, doses):
    holds = [(p.side, p.until or p.hold_s) for p in exercise.phases if p.until or p.hold_s]
    assert holds == [("right", hold), ("left", hold)]
    assert (exercise.repetitions, exercise.doses) == (repetitions, doses)


@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_a_repetition_goes_right_centre_left_centre_with_the_same_time_for_both(exercise):
    sides = [p.side for p in exercise.phases]
    turns = [side for before, side in pairwise(["", *sides]) if side != before]
    assert turns == ["right", "centre", "left", "centre"]
    half = len(exercise.phases) // 2
    right, left = exercise.phases[:half], exercise.phases[half:]
    times = [[(p.move_s, p.hold_s, p.until) for p in part] for part in (right, left)]
    assert times[0] == times[1]


@pytest.mark.parametrize(
    ("exercise", "facts"),
    [
        (
            LYING,
            "bed|straight|hands at your sides|palms facing down|toes pointing to the ceiling"
            "|legs together|slowly fold|knees come to your chest|clasp your hands around your legs"
            "|bend to the right|lower back|bend to the left|about 5 seconds|back to the centre"
            "|sitting up or standing hurts",
        ),
        (
            SITTING,
            "pop|upright|legs crossed|very slowly|right leg out|right thigh|lift it, fold it"
            "|over your left thigh|right hand on the ground near your left thigh|turn to the left"
            "|about 5 seconds|same with the left leg|in the morning when you wake up|spasm",
        ),
        (
            STANDING,
            "stand up straight|about a foot|30 cm|arms out to your sides|hips"
            "|right arm is stretched out in front|left hand is behind your back"
            "|stretch in your back|back to the front|other side"
            "|left arm in front, right hand behind",
        ),
    ],
    ids=["lying-down", "sitting-down", "standing-up"],
)
def test_the_steps_keep_the_facts_of_the_article(exercise, facts):
    said = words_of(exercise)
    assert [fact for fact in facts.split("|") if fact not in said] == []


def test_the_strain_of_the_article_is_not_asked_for():
    """The article says to hold until one feels the strain; a gentle stretch is meant."""
    assert "until you feel a gentle stretch" in words_of(STANDING)
    assert "feel the strain" not in words_of(STANDING)


def test_every_movement_is_given_time_to_be_slow():
    assert min(p.move_s for p in every_phase()) >= 3


def test_every_exercise_says_how_to_get_in_and_out_and_when_to_stop():
    for exercise in PROGRAMME.exercises:
        assert exercise.getting_in
        assert exercise.getting_out
        assert exercise.cautions[-1].endswith(": stop.")


def test_the_programme_promises_nothing_and_blames_nobody():
    said = " ".join(words_of(e) for e in PROGRAMME.exercises)
    claims = r"\b(?:treat|cure|heal|safe|missed|fail|streak|guarantee|must)\w*"
    assert re.findall(claims, said) == []


def test_where_a_set_ends_is_where_the_next_one_can_begin():
    """Nobody is left in a position without being told how to leave it."""
    last_poses = [(*e.phases, *e.leave)[-1].pose for e in PROGRAMME.exercises]
    assert last_poses == [e.steps[0].pose for e in PROGRAMME.exercises]


# Asking it -----------------------------------------------------------------------------------


def test_an_exercise_is_found_by_its_id():
    assert PROGRAMME["sitting-down"] is SITTING
    assert "sitting-down" in PROGRAMME
    assert "Sitting-Down" not in PROGRAMME
    assert None not in PROGRAMME


@pytest.mark.parametrize("wanted", ["nope", "", None, 3, "x" * 10_000])
def test_an_unknown_exercise_names_the_known_ones(wanted):
    with pytest.raises(ProgrammeError, match="There is no exercise ") as caught:
        PROGRAMME[wanted]
    known = 'give one of the programme: "lying-down", "sitting-down", "standing-up".'
    assert str(caught.value).endswith(known)
    assert len(str(caught.value)) < 200


def with_doses(*doses):
    return replace(LYING, doses=doses)


def test_changing_a_dose_does_not_rewrite_the_past(file):
    old = 'doses = [{ sets_per_day = 3, time_of_day = "spread over the day" }]'
    new = "doses = [\n  { sets_per_day = 3 },\n  { since = 2026-05-01, sets_per_day = 2 },\n]"
    file.write_text(changed(old, new), encoding="utf-8")
    exercise = load_programme(file)["lying-down"]
    before, after = dt.date(2026, 4, 30), dt.date(2026, 5, 1)
    assert exercise.dose_on(before) == Dose(3)
    assert exercise.dose_on(after) == Dose(2, since=after)
    assert exercise.dose_on(dt.date.max) == Dose(2, since=after)


@given(
    days=st.lists(st.dates(), min_size=1, max_size=6, unique=True).map(sorted),
    is_first_open=st.booleans(),
    asked=st.dates(),
    later=st.dates(),
)
def test_a_later_dose_changes_no_day_before_it(days, is_first_open, asked, later):
    since = [None if is_first_open and i == 0 else day for i, day in enumerate(days)]
    doses = [Dose(i, since=day) for i, day in enumerate(since)]
    in_force = with_doses(*doses).dose_on(asked)
    started = [dose for dose in doses if dose.since is None or dose.since <= asked]
    assert in_force == (started[-1] if started else None)
    if later > max(asked, days[-1]):
        assert with_doses(*doses, Dose(9, since=later)).dose_on(asked) == in_force


def test_no_sets_are_asked_for_without_a_goal_and_on_each_day_without_days():
    day = dt.date(2026, 8, 31)
    assert LYING.sets_due_on(day) == 3
    assert STANDING.sets_due_on(day) is None
    assert with_doses(Dose(0, days=("mon",))).sets_due_on(day) is None
    assert with_doses(Dose(2, days=("tue",))).sets_due_on(day) == 0
    assert with_doses(Dose(2, since=day)).sets_due_on(day - dt.timedelta(days=1)) is None


# Writing one's own ---------------------------------------------------------------------------

OWN = """
title = "Mine"
[[exercise]]
id = "neck"
title = "Neck"
position = "sitting"
when = "When it suits me."
place = "A chair."
steps = [{ text = "Sit.", pose = "sitting" }]
getting_in = "Sit down."
getting_out = "Stand up."
cautions = []
repetitions = 2
phases = [{ cue = "Nod", pose = "nodding", side = "centre", move_s = 1.5 }]
"""


def test_an_exercise_needs_no_dose_no_sides_no_words_and_no_python(file):
    file.write_text(OWN, encoding="utf-8")
    programme = load_programme(str(file))
    [neck] = programme.exercises
    assert (neck.id, neck.repetitions) == ("neck", 2)
    assert neck.doses == neck.enter == neck.leave == ()
    assert neck.phases == (Phase("Nod", "nodding", "centre", 1.5, 0, None),)
    assert (neck.sides.right, neck.sides.left) == ("Right", "Left")
    assert neck.get_ready_s == 10
    assert programme.words == PROGRAMME.words
    assert programme.path == file


def test_the_words_of_a_set_and_the_time_to_get_ready_are_the_file_s_own(file):
    """Another language is another file: all that is spoken stands in it, and which voice."""
    spoken = {
        **{"language": "de-DE", "get_ready": "Los", "hold": "Halten", "finished": "Gut."},
        **{"hold_until_ready": "Bleiben", "half_way": "Halbzeit.", "last_one": "Noch eine."},
        "paused": "Pause.",
    }
    lines = "\n".join(f'{key} = "{said}"' for key, said in spoken.items())
    own = OWN.replace("[[exercise]]", f"[words]\n{lines}\n[[exercise]]")
    file.write_text(own.replace("repetitions = 2", "repetitions = 2\nget_ready_s = 45"))
    programme = load_programme(file)
    assert asdict(programme.words) == spoken
    assert programme["neck"].get_ready_s == 45


def test_a_path_may_begin_at_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    assert load_programme("~/mine.toml").path == Path(tmp_path, "mine.toml")


def test_a_programme_cannot_be_changed_by_accident():
    with pytest.raises(AttributeError):
        LYING.repetitions = 6
