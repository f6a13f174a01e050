"""The figure in the page: its body in every frame, and how it keeps in step with the timer."""

from __future__ import annotations

import itertools
import math

import pytest

from backcare_widgets import load_programme
from backcare_widgets.figure import Figure, scene
from backcare_widgets.mannequin import load_mannequin
from backcare_widgets.poses import load_poses
from backcare_widgets.timeline import expand

from .esm import Esm

PROGRAMME, POSES, MANNEQUIN = load_programme(), load_poses(), load_mannequin()
EXERCISE = PROGRAMME["lying-down"]
STRETCHES = expand(EXERCISE, PROGRAMME.words)
SCENE = scene(EXERCISE, STRETCHES)
FRAMES = 24

_ALL_FRAMES = """([ways, body, parts, n]) => {
  const {between, joints, flatten, camera} = window.__esm.figure;
  const level = camera(0, 0);
  return ways.map((way) => Array.from({length: n + 1}, (_, i) => {
    const found = joints(between(way, i / n), body);
    // The lowest point of each part: in a level picture down is -z.
    const low = parts.map((part) => -Math.max(...flatten(part, found, level).flat()
      .map(({y, yy}) => y + Math.sqrt(yy))));
    return {...found, low};
  }));
}"""
# A model as anywidget gives it, and time as the test sets it; frames are drawn when asked for.
_OPEN = """([state]) => {
  window.__state = state;
  window.__heard = {};
  window.__frames = [];
  window.__now = 0;
  performance.now = () => window.__now;
  window.requestAnimationFrame = (draw) => window.__frames.push(draw);
  const model = {get: (name) => window.__state[name], on: (name, f) => {window.__heard[name] = f}};
  document.body.replaceChildren();
  window.__close = window.__esm.figure.default.render({model, el: document.body});
}"""
_SET = """([state, now]) => {
  Object.assign(window.__state, state);
  window.__now = now;
  for (const name of Object.keys(state)) window.__heard[`change:${name}`]?.();
  window.__frames.splice(0).forEach((draw) => draw(now));
}"""
_SHAPE = """() => [...document.querySelectorAll(
  ".bc-figure > svg > g[data-tone] path:first-child")].map((p) => p.getAttribute("d")).join("")"""


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page(viewport={"width": 900, "height": 900})
    page.set_content(f"<!doctype html><html lang=en><style>{Figure._css}</style><body></body>")
    yield page
    page.close()


@pytest.fixture(scope="module")
def esm(page):
    return Esm(page, figure=Figure._esm)


def transitions():
    pairs = set()
    for exercise in PROGRAMME.exercises:
        poses = [s.pose for s in expand(exercise, PROGRAMME.words)]
        pairs |= {pair for pair in itertools.pairwise(poses) if pair[0] != pair[1]}
    return sorted(pairs)


@pytest.fixture(scope="module")
def frames(esm):
    ways = [[POSES.poses[name] for name in POSES.way(*pair)] for pair in transitions()]
    parts = list(MANNEQUIN.parts)
    moved = esm.page.evaluate(_ALL_FRAMES, [ways, dict(POSES.body), parts, FRAMES])
    return dict(zip(transitions(), moved, strict=True))


@pytest.fixture(scope="module")
def still(esm):
    ways = [[pose] for pose in POSES.poses.values()]
    parts = list(MANNEQUIN.parts)
    moved = esm.page.evaluate(_ALL_FRAMES, [ways, dict(POSES.body), parts, 1])
    return {name: frames[0] for name, frames in zip(POSES.poses, moved, strict=True)}


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
    """Degrees by which a joint is bent: 0 = straight."""
    one = minus(found[hinge + side], found[first + side])
    other = minus(found[last + side], found[hinge + side])
    return math.degrees(math.acos(max(-1, min(1, cosine(one, other)))))


def across(a, b):
    """Give what is left of `a` across `b`."""
    share = sum(x * y for x, y in zip(a, b, strict=True)) / sum(x * x for x in b)
    return [x - share * y for x, y in zip(a, b, strict=True)]


def test_all_three_exercises_are_looked_at(frames):
    assert len(frames) == 21


def test_bones_keep_their_length_in_every_frame(frames):
    body = POSES.body
    for where, found, side in every(frames):
        bones = {
            body["upper_arm"]: ("shoulder", "elbow"),
            body["forearm"]: ("elbow", "wrist"),
            body["thigh"]: ("hip", "knee"),
        }
        for length, (one, other) in [*bones.items(), (body["shin"], ("knee", "ankle"))]:
            assert math.dist(found[one + side], found[other + side]) == pytest.approx(
                length, abs=1e-6
            ), where
        assert math.dist(found["pelvis"], found["waist"]) == pytest.approx(body["lower_trunk"])
        assert math.dist(found["waist"], found["neck"]) == pytest.approx(body["upper_trunk"])


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


@pytest.mark.parametrize("name", [n for n in POSES.poses if "clasped" in n])
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
    feet = [i for i, part in enumerate(MANNEQUIN.parts) if part["tone"] in ("Rh", "Lh")][1::2]
    for name in (n for n in POSES.poses if POSES.position[n] == "standing"):
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


def test_a_movement_starts_and_ends_at_rest_and_never_overshoots(esm):
    way = [{"x": [v]} for v in (0.0, 1.0, 1.0, 3.0)]
    values = [esm.call("figure", "between", way, i / 300)["x"][0] for i in range(301)]
    assert values == sorted(values)
    assert (values[0], values[100], values[200], values[300]) == pytest.approx((0, 1, 1, 3))
    assert values[1] < 0.001
    assert values[300] - values[299] < 0.001


MOVE = {"kind": "move", "duration_s": 4, "index": 3}


@pytest.mark.parametrize(
    ("status", "phase", "times", "now", "share"),
    [
        ("running", MOVE, {"began": 1000, "paused_at": None}, 2000, 0.25),
        ("running", MOVE, {"began": 1000, "paused_at": None}, 9000, 1),
        ("running", MOVE, {"began": 1000, "paused_at": None}, 0, 0),
        ("paused", MOVE, {"began": 1000, "paused_at": 3000}, 9000, 0.5),
        ("asleep", MOVE, {"began": 1000, "paused_at": 3000}, 90000, 0.5),
        ("running", {**MOVE, "kind": "hold"}, {"began": 1000, "paused_at": None}, 2000, 1),
        ("ready", {}, {}, 2000, 1),
    ],
)
def test_how_far_a_movement_is_comes_from_the_timers_clock_alone(
    esm, status, phase, times, now, share
):
    assert esm.call("figure", "progress", status, phase | times, now) == share


def test_before_and_after_a_set_the_figure_rests(esm):
    ways = [["a"], ["a", "b"], ["b"], ["b", "c"]]
    shown = {s: esm.call("figure", "wayNow", ways, s, {"index": 1}) for s in ("ready", "running")}
    assert shown == {"ready": ["a"], "running": ["a", "b"]}
    assert esm.call("figure", "wayNow", ways, "finished", {"index": 3}) == ["c"]
    assert esm.call("figure", "wayNow", ways, "stopped_for_pain", {"index": 1}) == ["a"]


@pytest.fixture
def figure(esm):
    """Open the widget on a model of the test's, at the first movement; give its page."""
    page = esm.page
    page.emulate_media(reduced_motion="no-preference")
    state = {"scene": SCENE, "status": "ready", "phase": {}, "gate": "open"}
    page.evaluate(_OPEN, [state])
    yield page
    page.evaluate("window.__close()")


def run(page, index, now, *, began=0, status="running", paused_at=None):
    phase = {"index": index, **STRETCHES[index].as_dict()}
    times = {"began": began, "paused_at": paused_at}
    page.evaluate(_SET, [{"status": status, "phase": phase | times}, now])
    return page.evaluate(_SHAPE)


def test_the_figure_moves_with_time_and_stands_still_while_paused(figure):
    shapes = [run(figure, 1, now) for now in (0, 2000, 4000)]
    assert len(set(shapes)) == 3
    paused = [run(figure, 1, now, status="paused", paused_at=2000) for now in (2500, 9000)]
    assert paused == [shapes[1]] * 2
    # Resumed after 5 s: the timer moves the beginning on by as much.
    assert run(figure, 1, 7000, began=5000) == shapes[1]


def test_a_still_figure_asks_for_no_frames(figure):
    waits = "() => new Promise((done) => setTimeout(() => done(window.__frames.length), 80))"
    figure.wait_for_timeout(50)  # the first look of the observer
    for index, status, waiting in ((1, "running", 1), (1, "paused", 0), (0, "running", 0)):
        run(figure, index, 1000, status=status, paused_at=1000)
        assert figure.evaluate(waits) == waiting, (index, status)


def test_with_reduced_motion_it_shows_the_pose_to_come_and_stays_still(figure):
    figure.emulate_media(reduced_motion="reduce")
    reached = run(figure, 2, 0)
    first, later = run(figure, 1, 100), run(figure, 1, 3000)
    assert first == later
    assert first != reached
    figure.emulate_media(reduced_motion="no-preference")


def test_a_frame_changes_attributes_and_nothing_else(figure):
    count = "() => document.querySelectorAll('.bc-figure > svg *').length"
    figure.evaluate("""() => {
      window.__changes = [];
      new MutationObserver((list) => window.__changes.push(...list.map((m) =>
        m.type + (m.addedNodes.length + m.removedNodes.length)))).observe(
        document.querySelector('.bc-figure > svg'),
        {subtree: true, childList: true, attributes: true, characterData: true});
    }""")
    before = figure.evaluate(count)
    run(figure, 1, 0)
    run(figure, 1, 3000)
    assert figure.evaluate(count) == before < 120
    assert set(figure.evaluate("window.__changes")) <= {"attributes0", "characterData0"}


def test_arrow_keys_and_dragging_turn_the_picture(figure):
    shapes = [run(figure, 1, 0)]
    svg = figure.locator(".bc-figure > svg")
    svg.focus()
    figure.evaluate("""() => { window.__scrolled = true;
      document.addEventListener('keydown', (e) => { window.__leaked = e.key; });
      document.querySelector('.bc-figure').addEventListener('keydown',
        (e) => { window.__scrolled = !e.defaultPrevented; }); }""")
    for key in ("ArrowRight", "ArrowUp"):
        figure.keyboard.press(key)
        shapes.append(run(figure, 1, 0))
    assert figure.evaluate("[window.__scrolled, window.__leaked ?? null]") == [False, None]
    box = svg.bounding_box()
    figure.mouse.move(box["x"] + 100, box["y"] + 100)
    figure.mouse.down()
    figure.mouse.move(box["x"] + 160, box["y"] + 100)
    figure.mouse.up()
    shapes.append(run(figure, 1, 0))
    assert len(set(shapes)) == 4
    for key in ("ArrowLeft", "ArrowDown"):
        figure.keyboard.press(key)
    assert len({*shapes, run(figure, 1, 0)}) == 5
    figure.keyboard.press("Home")  # back to where the movement reads best
    assert run(figure, 1, 0) == shapes[0]
    figure.keyboard.press("ArrowLeft")
    assert run(figure, 1, 0) != shapes[0]
    svg.dblclick()
    assert run(figure, 1, 0) == shapes[0]


def test_it_says_in_words_what_it_shows(figure):
    svg = figure.locator(".bc-figure > svg")
    assert svg.get_attribute("role") == "img"
    assert svg.get_attribute("aria-label") == POSES.alt["lying"]
    run(figure, 1, 0)
    assert svg.get_attribute("aria-label") == POSES.alt["knees-to-chest"]


def test_the_steps_are_pictured_before_the_start_and_gone_during_the_set(figure):
    steps = figure.locator(".bc-figure__steps")
    assert steps.is_visible()
    assert steps.locator("li").evaluate_all("(all) => all.map((li) => li.lastChild.data)") == [
        step.text for step in EXERCISE.steps
    ]
    labels = steps.locator("svg").evaluate_all("(all) => all.map((e) => e.ariaLabel)")
    assert labels == [POSES.alt[step.pose] for step in EXERCISE.steps]
    run(figure, 0, 0)
    assert not steps.is_visible()


def test_where_the_warning_signs_shut_the_gate_there_is_no_figure(figure):
    figure.evaluate(_SET, [{"gate": "shut"}, 0])
    assert not figure.locator(".bc-figure").is_visible()


def test_an_exercise_that_is_not_drawn_shows_nothing(esm):
    state = {"scene": {}, "status": "ready", "phase": {}, "gate": "open"}
    esm.page.evaluate(_OPEN, [state])
    assert esm.page.evaluate("document.body.children.length") == 0


def test_in_a_session_the_figure_follows_the_timer(open_cells):
    book = open_cells('exercise("standing-up")')
    root = book.cell(1).locator(".bc-session").first
    root.get_by_role("button", name="None of these applies to me", exact=True).click()
    svg = root.locator(".bc-figure > svg")
    assert svg.get_attribute("aria-label") == POSES.alt["standing"]
    shapes = "(svg) => [...svg.querySelectorAll('path')].map((p) => p.getAttribute('d')).join('')"
    still = svg.evaluate(shapes)
    root.get_by_role("button", name="Start", exact=True).click()
    root.get_by_role("button", name="Skip", exact=True).click()  # the time to get ready
    book.page.wait_for_function(
        "([svg, label]) => svg.getAttribute('aria-label') === label",
        arg=[svg.element_handle(), POSES.alt["standing-arms-out"]],
    )
    root.get_by_role("button", name="Pause", exact=True).click()
    moving = svg.evaluate(shapes)
    assert moving != still
    assert svg.evaluate(shapes) == moving
