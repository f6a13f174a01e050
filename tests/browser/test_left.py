"""A set under way when its page goes: it is taken up where it was last seen, and stored once."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from faults import kept, tried
from playwright.sync_api import expect

from . import lab
from .conftest import ONE_SECOND_READY
from .host import session_of
from .lab import until
from .session_page import SessionPage

SAVE = "window.jupyterapp.commands.execute('docmanager:save').then(() => null)"
KEPT = """() => Object.keys(localStorage).filter((key) => key.startsWith("backcare:set:"))
  .map((key) => JSON.parse(localStorage.getItem(key)))"""
LEFT = "This set was left unfinished"
AGE = """(hours) => {
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith("backcare:set:"))) {
    const kept = JSON.parse(localStorage.getItem(key));
    kept.seenWall -= hours * 3600000;
    localStorage.setItem(key, JSON.stringify(kept));
  }
}"""


def seconds_left(session):
    return int(session.timer.get_by_role("timer").inner_text())


def in_the_first_hold(session):
    """Begin a set of 300 s holds, and be some seconds into the first of them."""
    session.press("Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-index", "2")
    return session


def answer_the_signs(session):
    expect(session.button("Go on from here")).to_be_disabled()
    session.press("None of these applies to me")


def load_again(session):
    """Load the page anew and run the cell, as where JupyterLab kept no output."""
    session.book.load()
    session.book.run(1)


def test_fault_30_a_saved_notebook_loaded_again_takes_the_set_up_with_the_same_time_left(
    open_lab_session, page, server
):
    session = in_the_first_hold(open_lab_session("long"))
    until(lambda: seconds_left(session) <= 297, "the hold does not count")
    left = seconds_left(session)
    page.evaluate(SAVE)
    lab.load_lab(page, server)
    session.book.open()
    session.expect_status("asleep")
    expect(session.cue).to_contain_text(LEFT)
    assert session.timer.get_attribute("data-index") == "2"
    answer_the_signs(session)
    session.press("Go on from here")
    session.expect_status("running")
    assert left - seconds_left(session) in (-1, 0, 1, 2, 3)
    session.press("Stop")
    until(lambda: page.evaluate(KEPT) == [], "an ended set is still kept")
    session.expect_status("stopped")


@pytest.mark.parametrize("way", ["page loaded", "cell run"])
def test_fault_30_a_page_or_cell_begun_again_takes_the_set_up_with_the_same_time_left(
    open_session, way
):
    session = in_the_first_hold(open_session("long", clock=True))
    session.page.clock.run_for(4000)
    left = seconds_left(session)
    if way == "page loaded":
        load_again(session)
    else:
        session.book.run(1)
    session.expect_status("asleep")
    expect(session.cue).to_contain_text(LEFT)
    assert session.timer.get_attribute("data-index") == "2"
    tones = session.page.evaluate("window.__tones.length")
    answer_the_signs(session)
    assert session.page.evaluate("window.__tones.length") == tones
    session.press("Go on from here")
    session.expect_status("running")
    assert left - seconds_left(session) in (0, 1)
    [once] = session.page.evaluate(KEPT)
    session.page.clock.run_for(2000)
    [later] = session.page.evaluate(KEPT)
    assert later["seenWall"] > once["seenWall"], "it is not kept up"
    session.press("Stop")
    until(lambda: session.page.evaluate(KEPT) == [], "an ended set is still kept")
    session.expect_status("stopped")


def test_fault_30_what_was_done_before_and_after_the_reload_is_one_set(open_session):
    session = open_session("short", clock=True)
    pain = session.root.locator(".bc-pain")
    pain.get_by_role("button", name="5", exact=True).click()
    session.press("Start")
    session.page.clock.run_for(3500)
    expect(session.timer).to_have_attribute("data-index", "3")
    [before] = session.page.evaluate(KEPT)
    load_again(session)
    session.expect_status("asleep")
    answer_the_signs(session)
    session.press("Go on from here")
    session.page.clock.run_for(5000)
    session.expect_status("finished")
    session.expect_saved()
    [row] = session.rows()
    kept([before["id"]], [row["entry_id"]])
    assert (row["outcome"], row["repetitions_done"]) == ("done", 1)
    assert row["pain_before"] == 5
    assert session.page.evaluate(KEPT) == []


def test_fault_30_a_cell_run_again_leaves_nothing_that_goes_on_or_sounds_unseen(open_session):
    session = open_session("short", clock=True)
    page = session.page
    session.press("Start")
    page.clock.run_for(1500)
    expect(session.timer).to_have_attribute("data-index", "1")
    session.book.run(1)
    session.expect_status("asleep")
    tones, kept_before = page.evaluate("window.__tones.length"), page.evaluate(KEPT)
    page.clock.run_for(8000)  # longer than the whole set
    assert page.evaluate("window.__tones.length") == tones
    [after] = page.evaluate(KEPT)
    assert after["index"] == kept_before[0]["index"]
    session.expect_status("asleep")
    assert session.book.sent("add") == []
    assert not session.book.log.exists()
    tried()


def test_fault_30_a_set_left_for_hours_is_logged_as_what_it_was_and_not_offered(
    open_host, programmes
):
    """By the session of another exercise too, whichever is opened next."""
    host = open_host(*(session_of(name, programmes) for name in ("short", "open")), clock=True)
    host.page.evaluate(ONE_SECOND_READY, "backcare:times:short")
    host.run(1)
    session = SessionPage(host)
    session.press("None of these applies to me", "Start")
    host.page.clock.run_for(4500)
    expect(session.timer).to_have_attribute("data-index", "4")
    session.press("Pause")
    [before] = host.page.evaluate(KEPT)
    host.load()
    host.page.evaluate(AGE, 5)
    host.run(2)
    another = SessionPage(host, 2)
    another.expect_saved()
    another.expect_status("ready")
    [row] = another.rows()
    kept([before["id"]], [row["entry_id"]])
    assert (row["outcome"], row["repetitions_done"], row["exercise_id"]) == ("stopped", 0, "short")
    host.run(1)
    session.press("None of these applies to me")
    session.expect_status("ready")
    assert host.page.evaluate(KEPT) == []
    assert len(session.rows()) == 1


@contextmanager
def second_tab(page, server, session):
    """Open the notebook in another tab of the same browser."""
    page.evaluate(SAVE)
    tab = page.context.new_page()
    try:
        lab.load_lab(tab, server)
        tab.evaluate(lab.OPEN, session.book.path)
        tab.wait_for_function(lab.IDLE, arg=session.book.path)
        yield tab
    finally:
        tab.close()


def test_fault_17_a_set_that_runs_in_one_tab_is_not_taken_up_in_another(
    open_lab_session, page, server
):
    session = in_the_first_hold(open_lab_session("long"))
    with second_tab(page, server, session) as tab:
        there = tab.locator(".bc-timer")
        expect(there).to_have_attribute("data-status", "ready")
        until(lambda: tab.evaluate("navigator.locks.query().then((l) => l.held.length)"), "no lock")
        expect(there).to_have_attribute("data-status", "ready")
        expect(session.timer).to_have_attribute("data-status", "running")
    page.bring_to_front()
    session.press("Stop")


def test_fault_17_sets_ended_in_two_tabs_at_once_are_both_stored_once(
    open_lab_session, page, server
):
    session = open_lab_session("short")
    with second_tab(page, server, session) as tab:
        other = SessionPage(session.book)
        other.page, other.root = tab, tab.locator(".bc-session").first
        other.timer = other.root.locator(".bc-timer")
        answer = other.button("None of these applies to me")
        answer.or_(other.button("Show the list again")).first.wait_for()
        if answer.is_visible():
            answer.click()
        # A double click is one start.
        session.button("Start").dblclick()
        other.press("Start")
        session.expect_status("finished")
        other.expect_status("finished")
        until(lambda: len(session.rows()) == 2, "both sets are not stored")
    session.expect_saved()
    rows = session.rows()
    assert len({row["entry_id"] for row in rows}) == len(rows) == 2
    assert {row["outcome"] for row in rows} == {"done"}
