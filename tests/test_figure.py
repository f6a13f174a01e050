"""The figure's data: every pose that is needed, mirror images, ways, and mistakes in the files."""

import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from backcare_widgets import load_programme
from backcare_widgets.errors import ProgrammeError
from backcare_widgets.figure import scene
from backcare_widgets.mannequin import load_mannequin
from backcare_widgets.poses import load_poses, mirrored
from backcare_widgets.programme import DATA
from backcare_widgets.timeline import expand

ROOT = Path(__file__).parent.parent
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


# Simulated as by Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def lab(colour, matrix):
    """Give CIE L*a*b* (D65) of a #rrggbb colour, as seen with a colour blindness."""
    srgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in srgb]
    r, g, b = (
        min(1, max(0, sum(m * v for m, v in zip(row, linear, strict=True)))) for row in matrix
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eyes", BLINDNESS)
def test_right_and_left_limbs_differ_for_every_eye_and_in_lightness_alone(eyes):
    css = (ROOT / "backcare_widgets" / "static" / "figure.css").read_text(encoding="utf-8")
    tone = dict(re.findall(r'\[data-tone\^?="(\w+)"\] \{ --a: #\w+; --b: (#\w+)', css))
    for right, left in (("R", "L"), ("Rh", "Lh")):
        one, other = lab(tone[right], BLINDNESS[eyes]), lab(tone[left], BLINDNESS[eyes])
        assert math.dist(one, other) > 30
        if eyes == "none":
            assert one[0] - other[0] > 10


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
