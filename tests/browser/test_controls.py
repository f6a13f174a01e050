"""The buttons and keys of the timer: what each does, and what the log then holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from backcare_widgets.programme.warning_signs import load_warning_signs

from .host import session_of
from .keys import expect_no_key_to_do_anything
from .lab import until
from .session_page import SessionPage

SIGNS = load_warning_signs()
FOCUSED = "document.activeElement?.textContent ?? ''"


def remaining(session):
    return int(session.timer.get_by_role("timer").inner_text())


def test_pause_back_and_skip_do_what_they_say(open_session):
    session = open_session("long", clock=True)
    clock = session.page.clock
    for control in ("Back", "Skip", "Stop", "Stop: it hurts"):
        expect(session.button(control)).to_be_hidden()
    clock.pause_at(session.page.evaluate("Date.now() / 1000 + 1"))
    session.press("Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-index", "2")
    clock.run_for(2500)
    assert remaining(session) == 298
    session.press("Pause")
    expect(session.cue).to_have_text("Paused")
    clock.run_for(1500)
    assert remaining(session) == 298
    session.press("Resume")
    clock.run_for(1000)
    assert remaining(session) == 297  # on from where it was
    session.press("Back")
    assert remaining(session) == 300  # the hold anew
    expect(session.timer).to_have_attribute("data-index", "2")
    session.press("Back")
    expect(session.timer).to_have_attribute("data-index", "1")
    for _ in range(6):
        session.press("Skip")
    session.expect_status("finished")
    expect(session.timer.locator(".bc-timer__repetition")).to_have_text("0 of 1 repetitions done")
    expect(session.outbox).to_be_hidden()  # nothing was done, so nothing is saved
    assert not session.book.log.exists()


@pytest.mark.parametrize(
    ("button", "outcome", "words"),
    [
        ("Stop", "stopped", "What you did is counted."),
        ("Stop: it hurts", "stopped_for_pain", "That was the right thing to do"),
    ],
)
def test_what_was_stopped_is_logged_as_what_it_was(open_session, button, outcome, words):
    session = open_session("open", clock=True)
    session.press("Start")
    session.page.clock.run_for(2500)
    expect(session.timer).to_have_attribute("data-index", "2")
    session.press("I am ready: go on", button)
    session.expect_status(outcome)
    expect(session.timer.locator(".bc-timer__detail")).to_contain_text(words)
    session.expect_saved()
    [row] = session.rows()
    assert (row["outcome"], row["repetitions_done"], row["repetitions_prescribed"]) == (
        outcome,
        0,
        1,
    )


def test_a_set_stopped_for_pain_after_all_that_was_due_leaves_the_day_done(open_session):
    """Three sets of three done, then a fourth stopped for pain: 3 of 3, as Python says."""
    session = open_session("short", clock=True)
    sets = session.timer.locator(".bc-timer__sets")
    for _ in range(3):
        session.press("Start")
        session.page.clock.run_for(10_000)
        session.expect_status("finished")
        session.press("Another set")
    expect(sets).to_have_text("Today's sets are done; this is one more")
    session.press("Start", "Stop: it hurts")
    session.expect_status("stopped_for_pain")
    expect(sets).to_have_text("3 of 3 sets today, 1 stopped for pain")
    session.expect_saved()
    session.book.run(1)
    expect(sets).to_have_text("Today's sets are done; this is one more")


def test_own_times_change_the_set_and_are_remembered(open_session):
    session = open_session("short", clock=True)
    settings = session.timer.locator(".bc-settings")
    settings.locator("summary").click()
    for _ in range(2):
        settings.get_by_role("button", name="Each hold: more").click()
    expect(settings.get_by_role("group", name="Each hold")).to_contain_text("3 s")
    session.record()
    session.press("Start", "Skip")
    session.page.clock.run_for(4500)
    expect(session.timer).to_have_attribute("data-index", "3")
    shown = session.recorded()
    assert shown[3]["at"] - shown[2]["at"] == pytest.approx(3000, abs=150)
    session.press("Stop")
    session.book.run(1)  # a new session in the same browser
    settings.locator("summary").click()
    expect(settings.get_by_role("group", name="Each hold")).to_contain_text("3 s")


def tab_to(session, name):
    for _ in range(30):
        if session.page.evaluate(FOCUSED) == name:
            return
        session.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {name!r}")


def test_a_time_at_its_limit_keeps_the_keys(open_session):
    session = open_session()
    session.timer.locator("summary").click()
    ends = [session.button(f"Extra time for each movement: {end}") for end in ("less", "more")]
    ends[1].focus()
    session.page.keyboard.press("Enter")
    ends[0].focus()
    for _ in range(2):
        session.page.keyboard.press("Enter")
        expect(session.timer.locator("output").last).to_have_text("none")
        expect(ends[0]).to_be_disabled()
        expect(ends[0]).to_be_focused()


def test_a_set_is_done_by_keyboard_alone(open_session):
    low = {"width": 1280, "height": 600}  # so that Space could scroll
    session = open_session("open", check=False, clock=True, viewport=low)
    page, keyboard = session.page, session.page.keyboard
    session.button("None of these applies to me").focus()
    keyboard.press("Space")
    tab_to(session, "Start")
    keyboard.press("Space")
    page.clock.run_for(2500)
    expect(session.timer).to_have_attribute("data-index", "2")
    tab_to(session, "I am ready: go on")
    keyboard.press("Enter")
    page.clock.run_for(2500)
    expect(session.timer).to_have_attribute("data-index", "5")
    session.timer.focus()
    before = page.evaluate("scrollY")
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight - scrollY") > 100
    keyboard.press("Space")  # anywhere in the timer, not only on the button
    expect(session.timer).to_have_attribute("data-index", "6")
    assert page.evaluate("scrollY") == before
    page.clock.run_for(1500)
    session.expect_status("finished")
    session.expect_saved()
    assert session.rows()[0]["outcome"] == "done"


@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
@pytest.mark.parametrize("answer", ["none", "doctor"])
def test_after_the_answer_to_the_warning_signs_space_starts(open_session, answer, way):
    session = open_session("long", check=False)

    def press(name):
        if way == "click":
            session.press(name)
        else:
            session.button(name).focus()
            session.page.keyboard.press(way)

    if answer == "none":
        press("None of these applies to me")
    else:
        session.root.get_by_label(SIGNS.doctor[0]).check()
        press("Go on with what I ticked")
        expect(session.button("Start")).to_be_disabled()
        press("I understand: go on")
    expect(session.button("Start")).to_be_focused()
    session.expect_status("ready")
    session.page.keyboard.press("Space")
    session.expect_status("running")


def test_fault_50_keys_in_a_screen_do_not_reach_the_notebook(open_lab_session):
    """Else "x" or "d d" would delete the cell; JupyterLab listens where keys bubble to."""
    session = open_lab_session("long", "past()", "review()")
    page, keyboard = session.page, session.page.keyboard
    for cell in (2, 3):
        session.book.run(cell)
    page.evaluate(
        "document.addEventListener('keydown', (e) => (window.__leaked ??= []).push(e.key))"
    )
    session.root.locator(".bc-manual summary").click()
    session.press("Start")
    keys = ["x", "d", "d", "a", "b", "m", "y", "z", "ArrowUp", "ArrowDown"]
    for part in (
        session.button("Pause"),
        session.timer,
        session.timer.locator("summary"),
        session.button("Show the list again"),
        session.root.get_by_role("radio", name="Tones"),
        session.button("Full screen, to read from afar"),
        session.root.get_by_label("Note"),
        session.button("Save this set"),
    ):
        part.focus()
        for key in keys:
            keyboard.press(key)
    assert page.evaluate("window.__leaked") is None
    expect_no_key_to_do_anything(session.book)
    page.evaluate("delete window.__leaked")
    session.timer.focus()
    keyboard.press("Escape")  # this one and chords are still JupyterLab's
    assert page.evaluate("window.__leaked") == ["Escape"]
    notebook = "window.jupyterapp.shell.currentWidget.content"
    assert page.evaluate(f"{notebook}.widgets.length") == 4
    session.book.cell(1).focus()
    keyboard.press("b")
    until(lambda: page.evaluate(f"{notebook}.widgets.length") == 5, "JupyterLab has no keys at all")
    session.expect_status("running")
    session.press("Stop")


def test_two_views_of_one_session_share_one_clock(open_host, programmes):
    def same(host):
        return host.widget(1)

    book = open_host(session_of("short", programmes), same, clock=True)
    book.run_all()
    first, second = SessionPage(book, 1), SessionPage(book, 2)
    first.press("None of these applies to me")
    second.press("Start")
    for view in (first, second):
        view.expect_status("running")
    first.press("Skip")
    book.page.clock.run_for(10_000)
    for view in (first, second):
        view.expect_status("finished")
        expect(view.outbox).to_contain_text("Saved in your log.")
    assert len(first.rows()) == 1
