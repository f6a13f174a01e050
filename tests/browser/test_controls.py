"""The buttons and keys of the timer: what each does, and what the log then holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from backcare_widgets import Log

from .lab import until

FOCUSED = "document.activeElement?.textContent ?? ''"


def remaining(session):
    return int(session.timer.get_by_role("timer").inner_text())


def test_pause_back_and_skip_do_what_they_say(open_session):
    session = open_session("long")
    for control in ("Back", "Skip", "Stop", "Stop: it hurts"):
        expect(session.button(control)).to_be_hidden()
    session.press("Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-index", "2")
    until(lambda: remaining(session) <= 298, "the hold did not run")
    session.press("Pause")
    left = remaining(session)
    expect(session.cue).to_have_text("Paused")
    session.page.wait_for_function(
        "(since) => performance.now() - since > 1500",
        arg=session.page.evaluate("performance.now()"),
    )
    assert remaining(session) == left
    session.press("Resume")
    until(lambda: remaining(session) == left - 1, "it did not go on from where it was")
    session.press("Back")
    until(lambda: remaining(session) >= 299, "Back did not begin the hold anew")
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
    session = open_session("open")
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "2", timeout=10_000)
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
    session = open_session("open")
    for _ in range(3):
        session.press("Start")
        for index in ("2", "5"):
            expect(session.timer).to_have_attribute("data-index", index, timeout=10_000)
            session.press("I am ready: go on")
        session.expect_status("finished")
        session.press("Another set")
    expect(session.timer.locator(".bc-timer__sets")).to_contain_text("this is one more")
    session.press("Start", "Stop: it hurts")
    session.expect_status("stopped_for_pain")
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("3 of 3 sets today")
    session.expect_saved()
    session.book.run(1)
    expect(session.timer.locator(".bc-timer__sets")).to_contain_text("this is one more")


def test_own_times_change_the_set_and_are_remembered(open_session):
    session = open_session("short")
    settings = session.timer.locator(".bc-settings")
    settings.locator("summary").click()
    for _ in range(2):
        settings.get_by_role("button", name="Each hold: more").click()
    expect(settings.get_by_role("group", name="Each hold")).to_contain_text("3 s")
    session.record()
    session.press("Start", "Skip")
    expect(session.timer).to_have_attribute("data-index", "3", timeout=10_000)
    shown = session.recorded()
    assert shown[3]["at"] - shown[2]["at"] == pytest.approx(3000, abs=150)
    session.press("Stop")
    session.book.run(1)  # a new session in the same browser
    settings.locator("summary").click()
    expect(settings.get_by_role("group", name="Each hold")).to_contain_text("3 s")


def test_a_set_is_done_by_keyboard_alone(open_session):
    session = open_session("open", check=False)
    page, keyboard = session.page, session.page.keyboard
    session.button("None of these applies to me").focus()
    keyboard.press("Space")

    def tab_to(name):
        for _ in range(30):
            if page.evaluate(FOCUSED) == name:
                return
            keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {name!r}")

    tab_to("Start")
    keyboard.press("Space")
    expect(session.timer).to_have_attribute("data-index", "2", timeout=10_000)
    tab_to("I am ready: go on")
    keyboard.press("Enter")
    expect(session.timer).to_have_attribute("data-index", "5", timeout=10_000)
    before = page.evaluate("document.querySelector('.jp-Notebook').scrollTop")
    session.timer.focus()
    keyboard.press("Space")  # anywhere in the timer, not only on the button
    session.expect_status("finished")
    session.expect_saved()
    assert page.evaluate("document.querySelector('.jp-Notebook').scrollTop") == before
    assert session.rows()[0]["outcome"] == "done"


def test_keys_in_the_session_do_not_reach_the_notebook(open_session):
    """Else "x" or "d d" would delete the cell; JupyterLab listens where keys bubble to."""
    session = open_session("long")
    page, keyboard = session.page, session.page.keyboard
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
    keyboard.press("Escape")  # this one and chords are still JupyterLab's
    assert page.evaluate("window.__leaked") == ["Escape"]
    notebook = "window.jupyterapp.shell.currentWidget.content"
    assert page.evaluate(f"{notebook}.widgets.length") == 2
    session.book.cell(1).focus()
    keyboard.press("b")
    until(lambda: page.evaluate(f"{notebook}.widgets.length") == 3, "JupyterLab has no keys at all")
    session.expect_status("running")
    session.press("Stop")


def test_two_views_of_one_session_share_one_clock(open_cells):
    cell = 's = exercise("short", programme=load_programme("../short.toml")); s'
    book = open_cells(cell, "s")
    first, second = (book.cell(n).locator(".bc-session") for n in (1, 2))
    first.get_by_role("button", name="None of these applies to me").click()
    second.get_by_role("button", name="Start", exact=True).click()
    for view in (first, second):
        expect(view.locator(".bc-timer")).to_have_attribute("data-status", "running")
    first.get_by_role("button", name="Skip").click()
    for view in (first, second):
        expect(view.locator(".bc-timer")).to_have_attribute(
            "data-status", "finished", timeout=15_000
        )
        expect(view.locator(".bc-outbox")).to_contain_text("Saved in your log.")
    assert len(Log.open(book.log).frame()) == 1
