"""The figure's data: every pose that is needed, mirror images, ways, and mistakes in the files."""

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from backcare_widgets import load_programme
from backcare_widgets.errors import ProgrammeError
from backcare_widgets.programme.figure import scene
from backcare_widgets.programme.mannequin import load_mannequin
from backcare_widgets.programme.models import DATA
from backcare_widgets.programme.poses import load_poses, mirrored
from backcare_widgets.programme.timeline import expand

ROOT = Path(__file__).parents[2]
PROGRAMME = load_programme()
POSES = load_poses()


def poses_named(exercise):
    parts = (exercise.steps, exercise.enter, exercise.phases, exercise.leave)
    return {item.pose for part in parts for item in part}


def test_every_pose_of_the_programme_is_drawn_and_no_other():
    named = set().union(*map(poses_named, PROGRAMME.exercises))
    passed = {name for through in POSES.ways.values() for name in through}
    shown = named | passed
    # A pose of one side is kept with its mirror image, even where a way needs only one of them.
    assert named <= POSES.poses.keys()
    assert set(POSES.poses) == shown


@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_an_exercise_is_drawn_in_one_position(exercise):
    assert {POSES.position[name] for name in poses_named(exercise)} == {exercise.position}


def test_left_poses_are_mirror_images_of_right_ones():
    pairs = [
        ("clasped-bent-right", "clasped-bent-left"),
        ("right-leg-out", "left-leg-out"),
        ("right-leg-lifted", "left-leg-lifted"),
        ("right-leg-over", "left-leg-over"),
        ("right-leg-over-turned-left", "left-leg-over-turned-right"),
        ("standing-turned-left", "standing-turned-right"),
    ]
    for one, other in pairs:
        assert mirrored(POSES.poses[one]) == POSES.poses[other]
        assert mirrored(mirrored(POSES.poses[one])) == POSES.poses[one]
    assert POSES.alt["standing-turned-right"].endswith(
        "the left arm points forward, the right arm back."
    )


def test_rotations_have_length_one():
    for pose in POSES.poses.values():
        for name in ("hips", "chest", "head"):
            assert math.hypot(*pose[name]) == pytest.approx(1)


def test_a_lean_forward_tips_the_spine_forward_and_a_turn_goes_to_the_left():
    """The convention of the file: lying on the back is a lean of -90 degrees."""
    assert POSES.poses["lying"]["hips"] == pytest.approx([math.sqrt(0.5), math.sqrt(0.5), 0, 0])
    w, x, y, z = POSES.poses["standing-turned-left"]["hips"]
    assert (x, y) == pytest.approx((0, 0))
    assert math.degrees(2 * math.atan2(z, w)) == pytest.approx(32)


@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_a_scene_leads_through_every_stretch_without_a_jump(exercise):
    stretches = expand(exercise, PROGRAMME.words)
    drawn = scene(exercise, stretches)
    assert [way[-1] for way in drawn["ways"]] == [s.pose for s in stretches]
    for before, way, stretch in zip(drawn["ways"], drawn["ways"][1:], stretches[1:], strict=False):
        assert way[0] == before[-1]
        assert (len(way) > 1) == (stretch.kind == "move")
    assert {name for way in drawn["ways"] for name in way} <= drawn["poses"].keys()
    assert [step["text"] for step in drawn["steps"]] == [step.text for step in exercise.steps]


def test_the_legs_are_lowered_one_after_the_other_and_lifted_with_bent_knees():
    assert POSES.way("knees-to-chest-clasped", "lying")[2:] == [
        "right-foot-down",
        "feet-down",
        "lying",
    ]
    assert POSES.way("lying", "knees-to-chest")[1] == "feet-down"


def test_an_exercise_with_an_unknown_pose_is_not_drawn(tmp_path):
    file = tmp_path / "programme.toml"
    text = (DATA / "programme.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('pose = "standing"', 'pose = "on-one-leg"'), encoding="utf-8")
    programme = load_programme(file)
    drawn = [scene(e, expand(e)) for e in programme.exercises]
    assert [bool(each) for each in drawn] == [True, True, False]


MISTAKES = {
    'mirror_of = "right-leg-out"': ('mirror_of = "right-leg-up"', "right-leg-up"),
    'name = "standing"': ('name = "lying"', "'lying' is there twice"),
    "half_hips = 0.095": ("half_hips = 95", "a number from 0.01 to 1"),
    '["lying", "feet-down", "knees-to-chest"]': (
        '["lying", "feet-up", "knees-to-chest"]',
        "there is no pose 'feet-up'",
    ),
    "elbow = [1, 0, 0]": ("elbow = [1, 0]", "a list of 3 numbers"),
    'position = "standing"\nground': ('position = "lying"\nground', "a view of its own"),
    "knee = [0, -1, 0.2]": ("kneee = [0, -1, 0.2]", "did you mean `knee`?"),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_in_the_poses_is_told_with_its_line(tmp_path, right):
    wrong, words = MISTAKES[right]
    text = (DATA / "poses.toml").read_text(encoding="utf-8")
    file = tmp_path / "poses.toml"
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        load_poses(file)
    assert words in str(caught.value)
    assert "line " in str(caught.value) or right.endswith("ground")


def test_limbs_are_there_for_both_sides_and_marked_on_hand_and_shin():
    parts = load_mannequin().parts
    tones = [part["tone"] for part in parts]
    assert (
        sorted(t for t in tones if t[0] in "RL") == ["L"] * 4 + ["Lh"] * 2 + ["R"] * 4 + ["Rh"] * 2
    )
    assert sorted(part["mark"] for part in parts if part["mark"]) == ["L", "L", "R", "R"]
    used = {egg["at"] for part in parts for hull in part["hulls"] for egg in hull}
    assert {"kneeR", "kneeL", "palmR", "palmL", "skull"} <= used


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('{ at = "elbow", r = 0.04 }', '{ at = "elbow" }', "give `r`"),
        ('at = "pelvis"', 'at = "pelivs"', "'pelivs' is not allowed"),
        ("marked = true", 'marked = "yes"', "true or false"),
    ],
)
def test_a_mistake_in_the_mannequin_is_told_with_its_line(tmp_path, right, wrong, words):
    text = (DATA / "mannequin.toml").read_text(encoding="utf-8")
    file = tmp_path / "mannequin.toml"
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ProgrammeError, match="line ") as caught:
        load_mannequin(file)
    assert words in str(caught.value)


@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_the_strip_of_an_exercise_has_its_steps_in_order(exercise):
    """If this fails after a change to the steps: python scripts/draw_steps.py."""
    strip = ET.parse(ROOT / "notebooks" / "figures" / f"{exercise.id}.svg").getroot()
    svg = "{http://www.w3.org/2000/svg}"
    captions = [
        " ".join(span.text for span in text) for text in strip.findall(f"{svg}text") if len(text)
    ]
    assert captions == [step.text for step in exercise.steps]
    assert strip.findtext(f"{svg}title") == exercise.title
    described = strip.findtext(f"{svg}desc")
    assert all(POSES.alt[step.pose] in described for step in exercise.steps)
    assert len(strip.findall(f"{svg}svg")) == len(exercise.steps)
