"""A session within reach: of large fingers, of keys, of narrow windows, of large text, of ears."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .test_past import PastPage, fill, past_cell

TARGET_PX = 44  # WCAG 2.1, 2.5.5
# Radio buttons and boxes are pressed by their label, which holds them.
_SMALL = """([root, least]) => [...root.querySelectorAll(
  "button, summary, select, textarea, label.bc-check, [tabindex='0'], "
  + "input:not([type=radio], [type=checkbox])")]
  .filter((el) => el.checkVisibility())
  .map((el) => [el, el.getBoundingClientRect()])
  .filter(([, {width, height}]) => Math.min(width, height) < least - 0.01)
  .map(([el, {width, height}]) => `${el.outerHTML.slice(0, 80)} ${width} x ${height}`)"""
_LONELY = (
    """(root) => root.querySelectorAll(":is([type=radio], [type=checkbox]):not(label *)").length"""
)
_FOCUSED = """(root) => {
  const el = document.activeElement;
  if (!root.contains(el)) return null;
  const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(el);
  const name = el.getAttribute("aria-label") ?? el.textContent.trim();
  return {name: name || el.type, style: outlineStyle, px: parseFloat(outlineWidth),
    ground: getComputedStyle(el.parentElement).backgroundColor, colour: outlineColor};
}"""
# Where letters are, line by line, a little less high than the lines: of two lines set close the
# boxes overlap though no letter does.
_LETTERS = """(root) => {
  const found = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const el = node.parentElement;
    if (!node.data.trim() || !el.checkVisibility() || el.closest("svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const {left, right, top, bottom} of range.getClientRects()) {
      const less = (bottom - top) / 6;
      found.push({el, text: node.data, left, right, top: top + less, bottom: bottom - less});
    }
  }
  return found;
}"""
_OUTSIDE = (
    """(root) => {
  const edge = root.getBoundingClientRect();
  const letters = ("""
    + _LETTERS
    + """)(root);
  const beyond = [];
  for (const {el, text, left, right, top, bottom} of letters)
    for (let box = el; box && root.contains(box); box = box.parentElement) {
      const clips = box === root || getComputedStyle(box).overflowX !== "visible"
        || box.matches("button, .bc-ring__face");
      const b = box.getBoundingClientRect();
      if (clips && (left < b.left - 1 || right > b.right + 1 || top < b.top - 1
          || bottom > b.bottom + 1)) beyond.push(`${text} leaves ${box.className}`);
    }
  for (const el of root.querySelectorAll("*")) {
    const b = el.getBoundingClientRect();
    if (el.checkVisibility() && !el.closest("svg svg, svg *") && b.right > edge.right + 1)
      beyond.push(`${el.tagName} ${el.className} reaches ${b.right - edge.right} px too far`);
  }
  return beyond;
}"""
)
_OVERLAPS = (
    """(root) => {
  const letters = ("""
    + _LETTERS
    + """)(root);
  return letters.flatMap((a, i) => letters.slice(i + 1).filter((b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
    .map((b) => `${a.text} / ${b.text}`));
}"""
)
_SIDEWAYS = """(root) => {
  const wide = [];
  for (let el = root; el; el = el.parentElement)
    if (el.scrollWidth > el.clientWidth + 1) wide.push(`${el.className} ${el.scrollWidth}`);
  return wide;
}"""
# Each change of a live region once, under the name of the part of the session it is in.
_LISTEN = """(root) => {
  window.__announced = [];
  const live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], output";
  new MutationObserver((records) => {
    for (const {target} of records) {
      const el = target.nodeType === 1 ? target : target.parentElement;
      const region = el.closest(live);
      if (!region) continue;
      const part = region.closest(".bc").classList[1];
      window.__announced.push([part, region.textContent]);
    }
  }).observe(root, {subtree: true, childList: true, characterData: true});
}"""


def states(session):
    """Lead a session through what can be pressed, with everything unfolded; yield at each."""
    yield "asked"
    session.press("None of these applies to me")
    for summary in session.root.locator("summary").all():
        summary.click()
    yield "ready"
    session.press("Start", "Skip")
    expect(session.timer).to_have_attribute("data-index", "1")
    yield "running"
    session.press("Pause")
    session.expect_status("paused")
    yield "paused"
    session.press("Stop: it hurts")
    session.expect_status("stopped_for_pain")
    session.expect_saved()
    yield "stopped"


def test_all_that_is_pressed_is_large_enough_for_a_shaking_hand(open_exercise):
    session = open_exercise("standing-up", check=False)
    small = {}
    for state in states(session):
        found = session.root.evaluate("(root, least) => (" + _SMALL + ")([root, least])", TARGET_PX)
        small |= {state: found} if found else {}
        assert session.root.evaluate(_LONELY) == 0
    assert small == {}


def test_the_focus_is_seen_wherever_tab_leads(open_session):
    session = open_session("open")
    for summary in session.root.locator("summary").all():
        summary.click()
    session.press("Start")
    session.button("Show the list again").focus()
    session.page.keyboard.press("Shift+Tab")  # the focus of a mouse need not be seen
    session.page.keyboard.press("Tab")
    seen = []
    while focused := session.root.evaluate(_FOCUSED):
        seen.append(focused)
        assert len(seen) < 80, "Tab does not leave the session"
        session.page.keyboard.press("Tab")
    assert {"Pause", "Back", "Stop: it hurts", "Save this set", "Volume: less"} <= {
        f["name"] for f in seen
    }
    assert [f for f in seen if f["style"] != "solid" or f["px"] < 2] == []
    assert [f for f in seen if f["colour"] == f["ground"]] == []
    # Where the focus is put because what had it is gone, it is seen by who uses keys.
    session.press("Stop")
    session.button("Show the list again").focus()
    session.page.keyboard.press("Enter")
    moved = session.root.evaluate(_FOCUSED)
    assert (moved["style"], moved["name"]) == ("solid", "Warning signs")


@pytest.mark.parametrize("exercise_id", ["lying-down", "standing-up"])
def test_a_window_as_narrow_as_a_phone_needs_no_scrolling_sideways(open_exercise, exercise_id):
    """WCAG 2.1, 1.4.10: 320 px, of which JupyterLab's own margins leave 204."""
    narrow = {"width": 320, "height": 900}
    session = open_exercise(exercise_id, check=False, viewport=narrow)
    session.page.add_style_tag(content="main > div { margin: 8px 12px 8px 104px !important }")
    assert session.root.evaluate("(root) => root.clientWidth") == 204
    for state in states(session):
        assert (state, session.root.evaluate(_SIDEWAYS)) == (state, [])
        assert (state, session.root.evaluate(_OUTSIDE)) == (state, [])


# Of 1280 and 900 px JupyterLab leaves as much, its file browser beside it; and a phone.
@pytest.mark.parametrize("width", [954, 574, 400])
def test_text_twice_as_large_is_neither_clipped_nor_laid_over_other_text(open_exercise, width):
    """WCAG 2.1, 1.4.4; by the size of the root's text, as a browser's setting changes it."""
    viewport = {"width": width, "height": 1600}
    session = open_exercise("standing-up", check=False, viewport=viewport)
    before = session.cue.evaluate("(el) => parseFloat(getComputedStyle(el).fontSize)")
    session.page.evaluate("document.documentElement.style.fontSize = '200%'")
    for state in states(session):
        assert (state, session.root.evaluate(_OUTSIDE)) == (state, [])
        assert (state, session.timer.evaluate(_OVERLAPS)) == (state, [])
        size = session.cue.evaluate("(el) => parseFloat(getComputedStyle(el).fontSize)")
        assert size > before


def test_each_change_is_announced_once_and_by_one_voice(open_session):
    session = open_session("long", clock=True)
    session.root.get_by_role("radio", name="Silent").check()
    session.root.evaluate(_LISTEN)
    session.press("Start")
    session.press("Skip", "Skip")
    expect(session.cue).to_have_text("Hold")
    session.page.clock.run_for(3000)  # seconds pass, and nothing is said of them
    assert int(session.timer.get_by_role("timer").inner_text()) < 298
    session.press("Pause", "Resume", "Stop")
    session.expect_status("stopped")
    announced = session.page.evaluate("window.__announced")
    words = ["Get ready", "To the right", "Hold", "Paused", "Hold", "Stopped"]
    assert [text for part, text in announced if part == "bc-timer"] == words
    assert [a for a in announced if a[0] != "bc-timer"] == []


def test_the_list_fits_a_phone_with_text_twice_as_large(open_host, tmp_path):
    """Days out of sight are as wide as what stands for them."""
    log = fill(tmp_path)
    log.edit("0-0", note="x" * 900)
    host = open_host(past_cell, viewport={"width": 340, "height": 600})
    host.run(1)
    past = PastPage(host)
    past.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert past.root.evaluate(_SIDEWAYS) == []
    past.act("Edit", "0-0")
    past.press("Add a set")
    assert past.root.evaluate(_SIDEWAYS) == []


def test_what_is_said_twice_in_a_row_is_announced_twice(open_host, tmp_path):
    fill(tmp_path)
    host = open_host(past_cell)
    host.run(1)
    past = PastPage(host)
    past.root.evaluate(_LISTEN)
    for deleted, entry_id in enumerate(("0-0", "0-1"), start=1):
        past.page.evaluate("window.__announced = []")
        past.act("Delete", entry_id)
        expect(past.root.get_by_role("button", name=f"{deleted} deleted")).to_be_visible()
        past.expect_said("Deleted. Undo brings it back.")
        assert past.page.evaluate("window.__announced") != []
