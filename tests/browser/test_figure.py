"""The figure in the page: how it keeps in step with the timer, and what one can do with it."""

from __future__ import annotations

import json

import pytest
from node import bundle
from playwright.sync_api import expect

from backcare_widgets import load_programme
from backcare_widgets.programme.figure import FILE, scene
from backcare_widgets.programme.timeline import expand
from backcare_widgets.programme.warning_signs import load_warning_signs

from .esm import Esm

PROGRAMME = load_programme()
EXERCISE = PROGRAMME["lying-down"]
STRETCHES = expand(EXERCISE, PROGRAMME.words)
SCENE = scene(EXERCISE, STRETCHES)
ALT = json.loads(FILE.read_text(encoding="utf-8"))["alt"]

# Time is as the test sets it; frames are drawn when asked for.
_OPEN = """([scene, stretches]) => {
  window.__frames = [];
  window.__now = 0;
  performance.now = () => window.__now;
  window.requestAnimationFrame = (draw) => window.__frames.push(draw);
  window.__close = window.__esm.figure.open(scene, stretches);
}"""
_SET = """([change, now]) => {
  window.__now = now;
  window.__esm.figure.set(change);
  window.__frames.splice(0).forEach((draw) => draw(now));
}"""
_SHAPE = """() => [...document.querySelectorAll(
  ".bc-figure > svg > g[data-tone] path:first-child")].map((p) => p.getAttribute("d")).join("")"""


@pytest.fixture(scope="module")
def esm(chromium, tmp_path_factory):
    script, style = bundle("test/figure_page.tsx", tmp_path_factory.mktemp("figure"))
    page = chromium.new_page(viewport={"width": 900, "height": 900})
    page.set_content(f"<!doctype html><html lang=en><style>{style}</style><body></body>")
    yield Esm(page, figure=script)
    page.close()


@pytest.fixture
def figure(esm):
    """Open the figure before the start of a set; give its page."""
    page = esm.page
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate(_OPEN, [SCENE, [stretch.as_dict() for stretch in STRETCHES]])
    yield page
    page.evaluate("window.__close()")


def run(page, index, now, *, began=0, status="running", paused_at=None):
    timer = {"status": status, "index": index, "since": began, "pausedAt": paused_at}
    page.evaluate(_SET, [timer, now])
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
    assert svg.get_attribute("aria-label") == ALT["lying"]
    run(figure, 1, 0)
    assert svg.get_attribute("aria-label") == ALT["knees-to-chest"]


def test_the_steps_are_pictured_before_the_start_and_gone_during_the_set(figure):
    steps = figure.locator(".bc-figure__steps")
    assert steps.is_visible()
    assert steps.locator("li").evaluate_all("(all) => all.map((li) => li.lastChild.data)") == [
        step.text for step in EXERCISE.steps
    ]
    labels = steps.locator("svg").evaluate_all("(all) => all.map((e) => e.ariaLabel)")
    assert labels == [ALT[step.pose] for step in EXERCISE.steps]
    run(figure, 0, 0)
    assert not steps.is_visible()


def test_an_exercise_that_is_not_drawn_shows_nothing(open_session):
    session = open_session("short")
    expect(session.timer).to_be_visible()
    expect(session.root.locator(".bc-figure")).to_have_count(0)


def test_in_a_session_the_figure_follows_the_warning_signs_and_the_timer(open_cells):
    book = open_cells('exercise("standing-up")')
    root = book.cell(1).locator(".bc-session").first
    figure = root.locator(".bc-figure")
    expect(figure).to_be_visible()
    root.get_by_label(load_warning_signs().emergency[0]).check()
    root.get_by_role("button", name="Go on with what I ticked", exact=True).click()
    expect(figure).to_be_hidden()
    root.get_by_role("button", name="I ticked that by mistake", exact=True).click()
    expect(figure).to_be_visible()
    root.get_by_role("button", name="None of these applies to me", exact=True).click()
    svg = root.locator(".bc-figure > svg")
    assert svg.get_attribute("aria-label") == ALT["standing"]
    shapes = "(svg) => [...svg.querySelectorAll('path')].map((p) => p.getAttribute('d')).join('')"
    still = svg.evaluate(shapes)
    root.get_by_role("button", name="Start", exact=True).click()
    root.get_by_role("button", name="Skip", exact=True).click()  # the time to get ready
    book.page.wait_for_function(
        "([svg, label]) => svg.getAttribute('aria-label') === label",
        arg=[svg.element_handle(), ALT["standing-arms-out"]],
    )
    root.get_by_role("button", name="Pause", exact=True).click()
    moving = svg.evaluate(shapes)
    assert moving != still
    assert svg.evaluate(shapes) == moving
