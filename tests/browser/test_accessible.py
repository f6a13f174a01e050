"""Nothing for axe-core to find: in both themes, in every state that a part can be in."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from backcare_widgets import load_programme
from backcare_widgets.warning_signs import load_warning_signs

from .conftest import SHORT, VIEWPORT
from .session_page import SessionPage
from .test_past import PastPage, filled
from .test_review import ReviewPage

SIGNS = load_warning_signs()
IDS = [exercise.id for exercise in load_programme().exercises]
THEMES = {"JupyterLab Light": "true", "JupyterLab Dark": "false"}
_CHANGE_THEME = """(theme) =>
  window.jupyterapp.commands.execute("apputils:change-theme", {theme}).then(() => null)"""
# JupyterLab's body is a few pixels high and clips what hangs out of it, which is all there is:
# axe then takes every text for hidden and compares no colours; likewise what has to be scrolled to.
# Hence the overflow and the tall window, and hence the two faint texts, at the first and the last
# place of a session: unless both are found, it was not looked at.
TALL = {"width": 1280, "height": 5000}
_AXE = """async (root) => {
  const session = document.querySelector(root);
  const plant = (where) => {
    const faint = document.createElement("p");
    faint.className = `planted-${where}`;
    faint.style = "color: #bbb; background: #fff";
    faint.textContent = "A text that is too faint to read.";
    session[where](faint);
    return faint;
  };
  const planted = ["prepend", "append"].map(plant);
  document.body.style.overflow = "visible";
  try {
    const {violations} = await axe.run(root, {resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => {
      const at = target.join(" ");
      return at.startsWith(".planted-") ? `${id} ${at}` : `${id} ${at} ${failureSummary}`;
    })).sort();
  } finally {
    document.body.style.overflow = "";
    planted.forEach((faint) => faint.remove());
  }
}"""
PLANTED = ["color-contrast .planted-append", "color-contrast .planted-prepend"]
# The short test programme in poses that have been drawn, so that the figure is there too.
POSES = {
    "right": "clasped-bent-right",
    "left": "clasped-bent-left",
    "centre": "knees-to-chest-clasped",
}
# Ten minutes on the wall clock that the monotonic clock has not seen, as after sleep.
_SLEPT = "window.__now = Date.now, (Date.now = () => window.__now.call(Date) + 600_000)"
_AWAKE = "window.__now && (Date.now = window.__now)"


@pytest.fixture
def axe(page):
    """Give a function that looks at the session in both themes, in the state it is in."""
    page.set_viewport_size(TALL)
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
        # JupyterLab covers all for a while when its theme changes.
        page.add_style_tag(content="#jupyterlab-splash { display: none !important }")

    def find_nothing(root=".bc-session"):
        theme = page.evaluate("document.body.dataset.jpThemeLight")
        for name, light in sorted(THEMES.items(), key=lambda item: item[1] != theme):
            change_theme(page, name, light)
            assert page.evaluate(_AXE, root) == PLANTED, name

    yield find_nothing
    change_theme(page, *next(iter(THEMES.items())))
    page.set_viewport_size(VIEWPORT)


def change_theme(page, name, light):
    page.evaluate(_CHANGE_THEME, name)
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{light}'")


@pytest.fixture
def open_drawn(open_cells, server):
    """Give a function that opens a session with its figure; `hold` as a programme has it."""

    def opened(hold, folder=None):
        text = SHORT.replace("HOLD", hold)
        for side, pose in POSES.items():
            text = text.replace(f'pose = "{side}"', f'pose = "{pose}"')
        (server.root / "drawn.toml").write_text(text)
        cell = 'exercise("short", programme=load_programme("../drawn.toml"))'
        session = SessionPage(open_cells(cell, folder=folder))
        expect(session.root.locator(".bc-figure > svg")).to_be_attached()
        return session

    return opened


@pytest.mark.parametrize("exercise_id", IDS)
def test_before_a_set_of_each_exercise(open_cells, axe, exercise_id):
    session = SessionPage(open_cells(f'exercise("{exercise_id}")'))
    expect(session.button("Start")).to_be_disabled()
    if exercise_id == IDS[0]:  # the question is the same for all
        axe()
    session.press("None of these applies to me")
    for summary in session.root.locator("summary").all():
        summary.click()
    session.press("5")  # of 10, which brings advice
    expect(session.button("Save this set")).to_be_visible()
    session.press("Save this set")
    axe()


def test_during_a_set(open_drawn, axe):
    session = open_drawn("hold_s = 300")
    session.press("None of these applies to me", "Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-kind", "hold")
    axe()
    session.press("Pause")
    session.expect_status("paused")
    axe()
    session.press("Resume")
    session.page.evaluate(_SLEPT)
    session.expect_status("asleep")
    session.page.evaluate(_AWAKE)
    axe()
    session.press("Stop")
    session.expect_status("stopped")
    axe()


def test_in_an_open_hold_and_after_pain(open_drawn, axe):
    session = open_drawn('until = "ready"')
    session.press("None of these applies to me", "Start", "Skip", "Skip")
    expect(session.button("I am ready: go on")).to_be_visible()
    axe()
    session.press("Stop: it hurts")
    session.expect_status("stopped_for_pain")
    session.expect_saved()
    axe()


@pytest.mark.usefixtures("without_kernel")
def test_after_a_set_that_is_saved_and_one_that_is_not(open_drawn, axe, server):
    session = open_drawn("hold_s = 1")
    session.press("None of these applies to me", "Start", "Skip")
    session.expect_status("finished")
    session.expect_saved()
    expect(session.root.locator(".bc-pain")).to_contain_text("after the set")
    axe()
    server.end_kernels()
    session.press("Another set", "Start", "Stop: it hurts")
    expect(session.outbox).to_contain_text("kept in this browser", timeout=10_000)
    axe()


def test_where_a_warning_sign_was_ticked(open_drawn, axe):
    session = open_drawn("hold_s = 1")
    signs = session.root.locator(".bc-signs")
    for group, back in {
        "emergency": "I ticked that by mistake",
        "not_yet": "I ticked that by mistake",
        "doctor": "Back to the list",
        "ask_first": "Back to the list",
    }.items():
        session.root.get_by_label(getattr(SIGNS, group)[0]).check()
        session.press("Go on with what I ticked")
        expect(signs).to_have_attribute("data-verdict", group)
        axe()
        session.press(back)


def test_where_the_log_cannot_be_read(open_drawn, axe, server, tmp_path):
    folder = server.root / tmp_path.name
    folder.mkdir()
    (folder / "log.sqlite3").write_bytes(b"not a database, but somebody's letter" * 100)
    session = open_drawn("hold_s = 1", folder)
    expect(session.outbox).to_contain_text("log.sqlite3")
    axe()


def test_what_was_recorded_and_each_way_to_put_it_right(open_cells, axe, server, tmp_path):
    folder, log = filled(server, tmp_path)
    log.delete("0-1")
    past = PastPage(open_cells("past()", folder=folder))
    past.root.get_by_text("1 deleted").click()
    past.set("0-1").get_by_role("button", name="1 earlier version").click()
    past.day_of("1-0").get_by_role("button", name="Flare-up").click()
    past.press("I feel better: pause the programme")
    expect(past.root).to_contain_text("Paused since")
    axe(".bc-past")
    past.press("Add a set")
    past.act("Edit", "1-0")
    axe(".bc-past")
    past.press("Mark a day")
    past.root.get_by_label("Which day?").fill("2200-01-01")
    past.press("Mark this day")
    past.expect_said("in the future")
    axe(".bc-past")


def test_the_charts_and_the_page_to_hand_on(open_cells, axe, server, tmp_path):
    folder, _ = filled(server, tmp_path)
    review = ReviewPage(open_cells("review()", folder=folder))
    review.open("The same in words", "A page for a physiotherapist")
    axe(".bc-review")
