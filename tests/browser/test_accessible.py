"""Nothing for axe-core to find: in both themes, in every state that a part can be in."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from backcare_widgets import exercise, load_programme
from backcare_widgets.programme.warning_signs import load_warning_signs

from .conftest import SHORT, VIEWPORT
from .host import log_of
from .session_page import SessionPage
from .test_past import PastPage, fill, past_cell
from .test_review import ReviewPage, review_cell

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


@pytest.fixture
def lab_axe(page):
    """Return a function that looks at a part of a JupyterLab in both of its themes."""
    page.set_viewport_size(TALL)
    load_axe(page)
    # JupyterLab covers all for a while when its theme changes.
    page.add_style_tag(content="#jupyterlab-splash { display: none !important }")

    def find_nothing():
        theme = page.evaluate("document.body.dataset.jpThemeLight")
        for name, light in sorted(THEMES.items(), key=lambda item: item[1] != theme):
            change_theme(page, name, light)
            assert page.evaluate(_AXE, ".bc-session") == PLANTED, name

    yield find_nothing
    change_theme(page, *next(iter(THEMES.items())))
    page.set_viewport_size(VIEWPORT)


def change_theme(page, name, light):
    page.evaluate(_CHANGE_THEME, name)
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{light}'")


def axe(screen, root=".bc-session"):
    """Look at a screen in both themes, in the state it is in."""
    load_axe(screen.page)
    for theme in ("light", "dark"):
        screen.book.use_theme(theme)
        assert screen.page.evaluate(_AXE, root) == PLANTED, theme


def load_axe(page):
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)


@pytest.fixture
def open_drawn(open_host, tmp_path):
    """Return a function that opens a session with its figure; `hold` as a programme has it."""

    def opened(hold):
        text = SHORT.replace("HOLD", hold)
        for side, pose in POSES.items():
            text = text.replace(f'pose = "{side}"', f'pose = "{pose}"')
        (tmp_path / "drawn.toml").write_text(text)

        def drawn(host):
            return exercise("short", programme=tmp_path / "drawn.toml", log=log_of(host))

        book = open_host(drawn, clock=True, viewport=TALL)
        book.run(1)
        session = SessionPage(book)
        expect(session.root.locator(".bc-figure > svg")).to_be_attached()
        return session

    return opened


def test_a_session_in_jupyterlabs_own_themes(open_cells, lab_axe):
    session = SessionPage(open_cells(f'exercise("{IDS[0]}")'))
    expect(session.button("Start")).to_be_disabled()
    session.press("None of these applies to me")
    for summary in session.root.locator("summary").all():
        summary.click()
    session.press("Start", "Skip", "Pause")
    session.expect_status("paused")
    lab_axe()


@pytest.mark.parametrize("exercise_id", IDS)
def test_before_a_set_of_each_exercise(open_exercise, exercise_id):
    session = open_exercise(exercise_id, check=False, viewport=TALL)
    expect(session.button("Start")).to_be_disabled()
    if exercise_id == IDS[0]:  # the question is the same for all
        axe(session)
    session.press("None of these applies to me")
    for summary in session.root.locator("summary").all():
        summary.click()
    session.press("5")  # of 10, which brings advice
    expect(session.button("Save this set")).to_be_visible()
    session.press("Save this set")
    axe(session)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_the_host_has_no_theme_that_of_the_system_is_followed(open_exercise, scheme):
    options = {"theme": None, "color_scheme": scheme, "viewport": TALL}
    session = open_exercise(IDS[0], check=False, **options)
    load_axe(session.page)
    assert session.page.evaluate(_AXE, ".bc-session") == PLANTED
    session.press("None of these applies to me")
    for summary in session.root.locator("summary").all():
        summary.click()
    session.press("Start", "Skip", "Pause")
    session.expect_status("paused")
    assert session.page.evaluate(_AXE, ".bc-session") == PLANTED


def test_where_the_host_has_no_theme_the_list_and_the_charts_are_read_in_the_dark(
    open_host, tmp_path
):
    fill(tmp_path)
    book = open_host(past_cell, review_cell, theme=None, color_scheme="dark", viewport=TALL)
    book.run_all()
    load_axe(book.page)
    screens = PastPage(book), ReviewPage(book, 2)
    for screen, root in zip(screens, (".bc-past", ".bc-review"), strict=True):
        assert screen.page.evaluate(_AXE, root) == PLANTED


def test_during_a_set(open_drawn):
    session = open_drawn("hold_s = 300")
    session.press("None of these applies to me", "Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-kind", "hold")
    axe(session)
    session.press("Pause")
    session.expect_status("paused")
    axe(session)
    session.press("Resume")
    session.page.clock.fast_forward(600_000)
    session.expect_status("asleep")
    axe(session)
    session.press("Stop")
    session.expect_status("stopped")
    axe(session)


def test_in_an_open_hold_and_after_pain(open_drawn):
    session = open_drawn('until = "ready"')
    session.press("None of these applies to me", "Start", "Skip", "Skip")
    expect(session.button("I am ready: go on")).to_be_visible()
    axe(session)
    session.press("Stop: it hurts")
    session.expect_status("stopped_for_pain")
    session.expect_saved()
    axe(session)


def test_after_a_set_that_is_saved_and_one_that_is_not(open_drawn):
    session = open_drawn("hold_s = 1")
    session.press("None of these applies to me", "Start", "Skip")
    session.page.clock.run_for(10_000)
    session.expect_status("finished")
    session.expect_saved()
    expect(session.root.locator(".bc-pain")).to_contain_text("after the set")
    axe(session)
    session.book.lose_kernel()
    session.press("Another set", "Start", "Stop: it hurts")
    expect(session.outbox).to_contain_text("kept in this browser")
    axe(session)


def test_where_a_warning_sign_was_ticked(open_drawn):
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
        axe(session)
        session.press(back)


def test_where_the_log_cannot_be_read(open_drawn, tmp_path):
    (tmp_path / "log.sqlite3").write_bytes(b"not a database, but somebody's letter" * 100)
    session = open_drawn("hold_s = 1")
    expect(session.outbox).to_contain_text("log.sqlite3")
    axe(session)


def test_what_was_recorded_and_each_way_to_put_it_right(open_host, tmp_path):
    log = fill(tmp_path)
    log.delete("0-1")
    book = open_host(past_cell, viewport=TALL)
    book.run(1)
    past = PastPage(book)
    past.root.get_by_text("1 deleted").click()
    past.set("0-1").get_by_role("button", name="1 earlier version").click()
    past.day_of("1-0").get_by_role("button", name="Flare-up").click()
    past.press("I feel better: pause the programme")
    expect(past.root).to_contain_text("Paused since")
    axe(past, ".bc-past")
    past.press("Add a set")
    past.act("Edit", "1-0")
    axe(past, ".bc-past")
    past.press("Mark a day")
    past.root.get_by_label("Which day?").fill("2200-01-01")
    past.press("Mark this day")
    past.expect_said("in the future")
    axe(past, ".bc-past")


def test_the_charts_and_the_page_to_hand_on(open_host, tmp_path):
    fill(tmp_path)
    book = open_host(review_cell, viewport=TALL)
    book.run(1)
    review = ReviewPage(book)
    review.open("The same in words", "A page for a physiotherapist")
    axe(review, ".bc-review")
