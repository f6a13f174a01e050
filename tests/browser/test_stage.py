"""The screen: kept awake while a set runs, and filled with what is read from afar."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .lab import until

# Locks are written down; `slow` lets a test give them when it likes.
LOCKS = """(slow) => {
  window.__locks = [];
  window.__grant = [];
  Object.defineProperty(navigator, "wakeLock", {configurable: true, value: {
    request: async (kind) => {
      if (slow) await new Promise((granted) => window.__grant.push(granted));
      const lock = {kind, released: false, release: async () => { lock.released = true; }};
      window.__locks.push(lock);
      return lock;
    },
  }});
}"""
NONE = "() => Object.defineProperty(navigator, 'wakeLock', {configurable: true, value: undefined})"
REFUSES = """() => Object.defineProperty(navigator, "wakeLock", {configurable: true, value: {
  request: async () => { throw new DOMException("no", "NotAllowedError"); },
}})"""
HIDDEN = """(hidden) => {
  Object.defineProperty(document, "hidden", {configurable: true, value: hidden});
  for (const lock of hidden ? window.__locks : []) lock.released = true; // as browsers do
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# From three metres, on a common small laptop.
LAPTOP = {"width": 1366, "height": 768}


def locks(page):
    """Return whether each lock that was given is held still."""
    return page.evaluate("window.__locks.map(({released}) => !released)")


def test_the_screen_stays_awake_while_a_set_runs_and_no_longer(open_session):
    session = open_session("long")
    screen = session.page
    screen.evaluate(LOCKS)
    session.press("Start")
    until(lambda: locks(screen) == [True], "no lock at Start")
    assert screen.evaluate("window.__locks[0].kind") == "screen"
    session.press("Skip")
    screen.evaluate(HIDDEN, True)
    screen.evaluate(HIDDEN, False)
    until(lambda: locks(screen) == [False, True], "no lock on return")
    session.press("Pause")
    until(lambda: locks(screen) == [False, False], "a pause keeps the screen awake")
    session.press("Resume")
    until(lambda: locks(screen) == [False, False, True], "no lock on going on")
    session.press("Stop")
    until(lambda: locks(screen) == [False] * 3, "the lock is not given back")
    screen.evaluate(HIDDEN, True)
    screen.evaluate(HIDDEN, False)
    assert locks(screen) == [False] * 3


def test_fault_34_a_screen_lock_that_comes_late_or_twice_is_given_back_too(open_session):
    session = open_session("long")
    screen = session.page
    screen.evaluate(LOCKS, True)
    session.press("Start", "Pause", "Resume")
    assert screen.evaluate("window.__grant.length") == 2
    screen.evaluate("window.__grant.splice(0).forEach((granted) => granted())")
    until(lambda: sorted(locks(screen)) == [False, True], "not one lock of two")
    session.press("Pause", "Resume", "Stop")
    screen.evaluate("window.__grant.splice(0).forEach((granted) => granted())")
    until(lambda: locks(screen) == [False] * 3, "a lock outlives the set")


@pytest.mark.parametrize("lack", [NONE, REFUSES], ids=["none", "refused"])
def test_fault_34_where_the_screen_cannot_be_kept_awake_the_set_goes_on(open_session, lack):
    """The fixture fails the test for anything in the console."""
    session = open_session("short", clock=True)
    session.page.evaluate(lack)
    session.press("Start")
    session.page.clock.run_for(10_000)
    session.expect_status("finished")
    session.expect_saved()
    assert [r["outcome"] for r in session.rows()] == ["done"]


def box_of(locator):
    expect(locator).to_be_visible()
    return locator.bounding_box()


@pytest.mark.parametrize("exercise_id", ["lying-down", "standing-up"])
def test_the_full_screen_shows_cue_ring_figure_and_buttons_at_once(open_exercise, exercise_id):
    session = open_exercise(exercise_id, viewport=LAPTOP)
    screen = session.page
    session.press("Full screen, to read from afar")
    screen.wait_for_function("document.fullscreenElement?.classList.contains('bc-session')")
    session.press("Start", "Skip", "Skip")
    parts = {
        "cue": session.cue,
        "ring": session.timer.locator(".bc-ring"),
        "figure": session.root.locator(".bc-figure > svg"),
        "back": session.button("Back"),
        "skip": session.button("Skip"),
        "stop": session.button("Stop"),
        "hurts": session.button("Stop: it hurts"),
        "leave": session.button("Leave the full screen"),
        "primary": session.timer.locator(".bc-button--primary"),
    }
    outside = {}
    for name, locator in parts.items():
        box = box_of(locator)
        right, bottom = box["x"] + box["width"], box["y"] + box["height"]
        inside = box["x"] >= 0 and box["y"] >= 0
        if not (inside and right <= LAPTOP["width"] and bottom <= LAPTOP["height"]):
            outside[name] = box
    assert outside == {}
    high = LAPTOP["height"]
    size = float(session.cue.evaluate("(cue) => parseFloat(getComputedStyle(cue).fontSize)"))
    assert size >= high / 20
    assert box_of(parts["ring"])["height"] >= high / 4
    assert box_of(parts["figure"])["height"] >= high / 3
    session.press("Leave the full screen")
    screen.wait_for_function("document.fullscreenElement === null")
    expect(session.button("Full screen, to read from afar")).to_be_visible()
    session.press("Stop")


def test_a_refused_full_screen_is_said(open_session):
    session = open_session("short")
    whole = session.root
    whole.evaluate("(el) => { el.requestFullscreen = () => Promise.reject(new TypeError('no')) }")
    session.press("Full screen, to read from afar")
    said = session.root.locator(".bc-stage [role=status]")
    expect(said).to_have_text(
        "This browser does not allow full screen. The session goes on as it is; make the window"
        " larger instead."
    )
