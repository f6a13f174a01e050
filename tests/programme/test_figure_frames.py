"""The figure's body in every frame: what a body can do, and what the words say it does."""

from __future__ import annotations

import itertools
import json
import math

import pytest
from node import call

from backcare_widgets import load_programme
from backcare_widgets.programme import figure
from backcare_widgets.programme.timeline import expand

PROGRAMME = load_programme()
FIGURE = json.loads(figure.FILE.read_text(encoding="utf-8"))
POSES, BODY, PARTS = FIGURE["poses"], FIGURE["body"], FIGURE["parts"]
FRAMES = 24

_IMPORTS = """
import {between, joints} from "./src/session/figure/skeleton.ts";
import {camera, flatten} from "./src/session/figure/mannequin.ts";
"""
_ALL_FRAMES = """({ways, body, parts, n}) => {
  const level = camera(0, 0);
  return ways.map((way) => Array.from({length: n + 1}, (_, i) => {
    const found = joints(between(way, i / n), body);
    // The lowest point of each part: in a level picture down is -z.
    const low = parts.map((part) => -Math.max(...flatten(part, found, level).flat()
      .map(({y, yy}) => y + Math.sqrt(yy))));
    return {...found.points, ...found.axes, low};
  }));
}"""


def drawn(ways, n):
    """Return the joints of `n` + 1 frames of each way through poses."""
    asked = {"ways": ways, "body": BODY, "parts": PARTS, "n": n}
    return call(_IMPORTS, _ALL_FRAMES, asked)


@pytest.fixture(scope="module")
def frames():
    """The frames of every movement of the programme, by the poses that it leads from and to."""
    scenes = [figure.scene(e, expand(e, PROGRAMME.words)) for e in PROGRAMME.exercises]
    ways = {(way[0], way[-1]): way for scene in scenes for way in scene["ways"] if len(way) > 1}
    moved = drawn([[POSES[name] for name in way] for way in ways.values()], FRAMES)
    return dict(zip(ways, moved, strict=True))


@pytest.fixture(scope="module")
def still():
    moved = drawn([[pose] for pose in POSES.values()], 1)
    return {name: frames[0] for name, frames in zip(POSES, moved, strict=True)}


def every(frames):
    for pair, moved in frames.items():
        for i, found in enumerate(moved):
            for side in "RL":
                yield f"{' > '.join(pair)} at {i}/{FRAMES}, {side}", found, side


def minus(a, b):
    return [x - y for x, y in zip(a, b, strict=True)]


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))


def flexion(found, first, hinge, last, side):
    """Return the degrees by which a joint is bent: 0 = straight."""
    one = minus(found[hinge + side], found[first + side])
    other = minus(found[last + side], found[hinge + side])
    return math.degrees(math.acos(max(-1, min(1, cosine(one, other)))))


def across(a, b):
    """Return what is left of `a` across `b`."""
    share = sum(x * y for x, y in zip(a, b, strict=True)) / sum(x * x for x in b)
    return [x - share * y for x, y in zip(a, b, strict=True)]


def test_all_three_exercises_are_looked_at(frames):
    assert len(frames) == 21


def test_bones_keep_their_length_in_every_frame(frames):
    for where, found, side in every(frames):
        bones = {
            BODY["upper_arm"]: ("shoulder", "elbow"),
            BODY["forearm"]: ("elbow", "wrist"),
            BODY["thigh"]: ("hip", "knee"),
        }
        for length, (one, other) in [*bones.items(), (BODY["shin"], ("knee", "ankle"))]:
            assert math.dist(found[one + side], found[other + side]) == pytest.approx(
                length, abs=1e-6
            ), where
        assert math.dist(found["pelvis"], found["waist"]) == pytest.approx(BODY["lower_trunk"])
        assert math.dist(found["waist"], found["neck"]) == pytest.approx(BODY["upper_trunk"])


def test_no_joint_is_bent_further_than_a_body_can(frames):
    for where, found, side in every(frames):
        assert flexion(found, "shoulder", "elbow", "wrist", side) <= 150, where
        assert flexion(found, "hip", "knee", "ankle", side) <= 150, where
        # The hip is measured against the pelvis, which gives some 20 degrees to the usual 125.
        spine = minus(found["waist"], found["pelvis"])
        thigh = minus(found["knee" + side], found["hip" + side])
        assert math.degrees(math.acos(-cosine(spine, thigh))) <= 145, where


def test_no_knee_is_bent_backwards(frames):
    """A bent knee points to where the toes point, seen along the shin."""
    for where, found, side in every(frames):
        if flexion(found, "hip", "knee", "ankle", side) < 20:
            continue
        shin = minus(found["ankle" + side], found["knee" + side])
        knee = across(minus(found["knee" + side], found["hip" + side]), shin)
        toes = across(found["foot" + side][0], shin)
        if math.hypot(*toes) > 0.3:
            assert cosine(knee, toes) > -0.2, where


def test_the_trunk_turns_no_further_than_a_spine_can(frames):
    for where, found, _ in every(frames):
        assert math.degrees(math.acos(cosine(found["hips"][0], found["chest"][0]))) < 50, where
        assert math.degrees(math.acos(cosine(found["chest"][0], found["head"][0]))) < 60, where


def distance_to(point, start, end):
    line = minus(end, start)
    along = sum(x * y for x, y in zip(minus(point, start), line, strict=True))
    share = max(0, min(1, along / sum(x * x for x in line)))
    return math.dist(point, [s + share * v for s, v in zip(start, line, strict=True)])


def test_hands_do_not_go_through_the_trunk(frames):
    for where, found, side in every(frames):
        for start, end in (("pelvis", "waist"), ("waist", "neck")):
            assert distance_to(found["palm" + side], found[start], found[end]) > 0.11, where


def test_nothing_sinks_into_bed_mat_or_floor(frames):
    for pair, moved in frames.items():
        for found in moved:
            assert min(found["low"]) > -0.025, pair


@pytest.mark.parametrize("name", [n for n in POSES if "clasped" in n])
def test_clasping_hands_touch_and_lie_on_the_shins(still, name):
    found = still[name]
    assert math.dist(found["palmR"], found["palmL"]) < 0.04
    for side in "RL":
        gaps = [
            distance_to(found["palm" + side], found["knee" + s], found["ankle" + s]) for s in "RL"
        ]
        assert min(gaps) < 0.12


def test_hands_stay_clasped_during_the_bend(frames):
    for pair in itertools.permutations(("knees-to-chest-clasped", "clasped-bent-right"), 2):
        for found in frames[pair]:
            assert math.dist(found["palmR"], found["palmL"]) < 0.04


def test_standing_feet_are_on_the_floor_a_foot_apart(still):
    feet = [i for i, part in enumerate(PARTS) if part["tone"] in ("Rh", "Lh")][1::2]
    for name in (n for n in POSES if n.startswith("standing")):
        for i in feet:
            assert abs(still[name]["low"][i]) < 0.02, name
    ankles = still["standing-arms-out"]["ankleR"], still["standing-arms-out"]["ankleL"]
    assert math.dist(*ankles) == pytest.approx(0.30, abs=0.01)


def test_mirrored_poses_are_mirror_images(still):
    for right, left in (
        ("clasped-bent-right", "clasped-bent-left"),
        ("right-leg-over-turned-left", "left-leg-over-turned-right"),
        ("standing-turned-left", "standing-turned-right"),
    ):
        for joint in ("shoulder", "elbow", "wrist", "palm", "hip", "knee", "ankle"):
            x, y, z = still[right][joint + "R"]
            assert still[left][joint + "L"] == pytest.approx([-x, y, z])


def test_what_the_words_say_is_where_the_limbs_are(still):
    """The sides of the three exercises: a slip here would teach the wrong movement."""
    bent = still["clasped-bent-right"]
    assert min(bent["kneeR"][0], bent["kneeL"][0]) > 0  # x is the figure's right
    assert abs(bent["chest"][0][0]) > math.cos(math.radians(20))  # shoulders stay nearly down
    over = still["right-leg-over-turned-left"]
    assert over["ankleR"][0] < over["kneeL"][0]  # the right foot outside the left thigh
    assert over["palmR"][0] < over["hipL"][0]
    assert over["palmR"][2] < 0.12
    assert over["chest"][1][0] < -0.5  # the chest faces left
    turned = still["standing-turned-left"]
    assert turned["palmR"][1] > 0.6  # the right arm in front, the left behind
    assert turned["palmL"][1] < -0.6
    for side in "RL":
        assert abs(turned["palm" + side][2] - turned["shoulder" + side][2]) < 0.06
        assert flexion(turned, "shoulder", "elbow", "wrist", side) < 6


def test_stretched_arms_stay_stretched_while_they_move(frames):
    for pair in (("standing-arms-out", "standing-turned-left"), ("standing", "standing-arms-out")):
        for found in frames[pair]:
            for side in "RL":
                assert flexion(found, "shoulder", "elbow", "wrist", side) < 6
