"""The figure's data: every pose that is needed, mirror images, and ways without jumps."""

import json
import math
import runpy
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from backcare_widgets import load_programme
from backcare_widgets.programme import figure
from backcare_widgets.programme.figure import scene
from backcare_widgets.programme.timeline import expand
from backcare_widgets.workbook import shipped

ROOT = Path(__file__).parents[2]
PROGRAMME = load_programme()
FIGURE = json.loads(figure.FILE.read_text(encoding="utf-8"))
SOURCE = tomllib.loads((shipped() / "data" / "poses.toml").read_text(encoding="utf-8"))


def poses_named(exercise):
    parts = (exercise.steps, exercise.enter, exercise.phases, exercise.leave)
    return {item.pose for part in parts for item in part}


def test_the_compiled_figure_is_what_the_sources_give():
    """If this fails after a change to data/: python scripts/compile_figure.py."""
    compiled = runpy.run_path(str(ROOT / "scripts" / "compile_figure.py"))["compiled"]()
    assert figure.FILE.read_bytes() == compiled.encode()


def test_every_pose_of_the_programme_is_drawn_and_no_other():
    named = set().union(*map(poses_named, PROGRAMME.exercises))
    # A pose of one side is kept with its mirror image, even where a way needs only one of them.
    assert FIGURE["poses"].keys() == FIGURE["alt"].keys() == named.union(*FIGURE["ways"])


@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_an_exercise_is_drawn_in_one_position(exercise):
    raws = {raw["name"]: raw for raw in SOURCE["pose"]}
    drawn_as = [raws[raws[name].get("mirror_of", name)] for name in poses_named(exercise)]
    assert {raw["position"] for raw in drawn_as} == {exercise.position}


def test_a_mirrored_pose_is_seen_from_the_other_side_and_told_with_left_and_right_exchanged():
    azimuth, elevation, *_ = FIGURE["poses"]["standing-turned-left"]["camera"]
    assert FIGURE["poses"]["standing-turned-right"]["camera"][:2] == [-azimuth, elevation]
    assert FIGURE["alt"]["standing-turned-right"].endswith(
        "the left arm points forward, the right arm back."
    )


def test_rotations_have_length_one():
    for pose in FIGURE["poses"].values():
        for name in ("hips", "chest", "head"):
            assert math.hypot(*pose[name]) == pytest.approx(1)


def test_a_lean_forward_tips_the_spine_forward_and_a_turn_goes_to_the_left():
    """The convention of the file: lying on the back is a lean of -90 degrees."""
    assert FIGURE["poses"]["lying"]["hips"] == pytest.approx([math.sqrt(0.5), math.sqrt(0.5), 0, 0])
    w, x, y, z = FIGURE["poses"]["standing-turned-left"]["hips"]
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
    exercise = PROGRAMME["lying-down"]
    ways = scene(exercise, expand(exercise))["ways"]
    assert ways[-1][2:] == ["right-foot-down", "feet-down", "lying"]
    assert ways[1] == ["lying", "feet-down", "knees-to-chest"]


def test_an_exercise_with_an_unknown_pose_is_not_drawn(tmp_path):
    file = tmp_path / "programme.toml"
    text = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('pose = "standing"', 'pose = "on-one-leg"'), encoding="utf-8")
    programme = load_programme(file)
    drawn = [scene(e, expand(e)) for e in programme.exercises]
    assert [bool(each) for each in drawn] == [True, True, False]


def test_limbs_are_there_for_both_sides_and_marked_on_hand_and_shin():
    parts = FIGURE["parts"]
    tones = [part["tone"] for part in parts]
    assert (
        sorted(t for t in tones if t[0] in "RL") == ["L"] * 4 + ["Lh"] * 2 + ["R"] * 4 + ["Rh"] * 2
    )
    assert sorted(part["mark"] for part in parts if part["mark"]) == ["L", "L", "R", "R"]
    used = {egg["at"] for part in parts for hull in part["hulls"] for egg in hull}
    assert {"kneeR", "kneeL", "palmR", "palmL", "skull"} <= used


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
    assert all(FIGURE["alt"][step.pose] in described for step in exercise.steps)
    assert len(strip.findall(f"{svg}svg")) == len(exercise.steps)
