"""A button that writes, pressed twice by a shaking hand or held down: one change."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from faults import tried
from playwright.sync_api import expect

from backcare_widgets import Log

from .host import log_of
from .lab import until
from .session_page import SessionPage

GAPS_MS = (0, 150, 400)
SOURCES = Path(__file__).parents[2] / "frontend" / "src"
# Every button of the page, as its file words it: those that change the log are pressed twice here,
# and in test_past and test_review; the others show, choose or lead, and change nothing in it.
WRITING = {
    "past/DayItem.tsx": {"{text}"},
    "past/Form.tsx": {"{save}"},
    "past/Past.tsx": {"{isPaused ? … : …}", "Undo", "Redo"},
    "past/SetItem.tsx": {"Put back", "Delete"},
    "records/ImportForm.tsx": {"Look through it", "Bring these sets in"},
    "records/Records.tsx": {
        *("Save as a spreadsheet", "Save for other programs"),
        *("Look the log over", "Bring back what is missing"),
    },
    "records/ReminderForm.tsx": {"Save the reminders"},
    "review/ReportForm.tsx": {"Save as PDF", "Save as a web page"},
    "session/outbox/Saved.tsx": {"Try again", "Put away"},
    "session/questions/ByHand.tsx": {"Save this set"},
    "session/questions/Pain.tsx": {
        *("{rating}", "Hide this question for good", "Show the question about pain again"),
    },
    "session/timer/Timer.tsx": {"I finished the set", "Stop", "Stop: it hurts"},
}
OTHER = {
    "past/DayItem.tsx": {"{`${gone.length} deleted`}"},
    "past/Form.tsx": {"Cancel"},
    "past/Past.tsx": {"Add a set", "Mark a day", "Show earlier days"},
    "past/SetItem.tsx": {"Edit", "{text}"},
    "session/FullScreen.tsx": {"{isFull.value ? … : …}"},
    "session/questions/Signs.tsx": {
        *("{ticked.value.size ? … : …}", "{BACK[next]}", "I understand: go on"),
    },
    # The timer leads on; where it ends a set, a second press begins another, which is not logged.
    "session/timer/Timer.tsx": {"{words.primary}", "Back", "Skip"},
    "shared/fields.tsx": {"{props.children}", "−", "+"},
}


def by_script(session, name, gap_ms):
    """Press twice, as assistive technology does: without a pointer."""
    button = session.button(name).element_handle()
    if gap_ms:
        button.evaluate("(el) => el.click()")
        session.page.clock.run_for(gap_ms)
        button.evaluate("(el) => el.click()")
    else:
        button.evaluate("(el) => { el.click(); el.click(); }")


def by_mouse(session, name, gap_ms):
    """Click twice at one place, whatever is there the second time."""
    mouse = session.page.mouse
    session.button(name).scroll_into_view_if_needed()
    box = session.button(name).bounding_box()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for count in (1, 2):
        mouse.down(click_count=count)
        mouse.up(click_count=count)
        session.page.clock.run_for(gap_ms)


def by_touch(session, name, gap_ms):
    """Tap twice at one place, whatever is there the second time."""
    button = session.button(name)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    for _ in range(2):
        session.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        session.page.clock.run_for(gap_ms)


def by_key(session, name, key):
    """Hold a key down: it repeats after two thirds of a second, then thirty times a second."""
    session.button(name).focus()
    hold(session.page, key)


def in_a_field(session, _, key):
    """Hold a key down in the field that has the focus."""
    hold(session.page, key)


def hold(page, key):
    for delay_ms in (660, 33, 33, 33):
        page.keyboard.down(key)
        page.clock.run_for(delay_ms)
    page.keyboard.up(key)


def way(press, how, width=1280):
    return pytest.param(press, how, width, id=f"{press.__name__}-{how}-{width}")


WAYS = [
    *[way(by_script, gap_ms) for gap_ms in GAPS_MS],
    *[way(by_mouse, gap_ms) for gap_ms in GAPS_MS],
    # Where there is little room, another button comes to lie where this one was.
    *[way(by_mouse, gap_ms, 320) for gap_ms in GAPS_MS],
    way(by_touch, 150, 320),
    *[way(by_key, key) for key in ("Enter", "Space")],
]


@pytest.fixture
def open_still(open_session):
    """Return a function that opens a session whose time passes only where the test lets it."""

    def opened(width):
        viewport = {"width": width, "height": 900}
        session = open_session("long", clock=True, viewport=viewport, has_touch=True)
        session.page.clock.pause_at(session.page.evaluate("Date.now() / 1000 + 1"))
        return session

    return opened


def let_pass(session, condition, why):
    """Let time pass until the kernel has answered and every button is free again."""

    def is_so():
        session.page.clock.run_for(100)
        return condition()

    until(is_so, why)
    session.page.clock.run_for(1000)


def settle(session, n=1):
    let_pass(session, lambda: "Saved" in session.outbox.inner_text(), "it was not saved")
    session.expect_saved()
    assert len(session.rows()) == n


def test_fault_43_every_button_of_the_page_is_known_to_write_or_not():
    """A new one is in no list, until it was asked what a second press of it does."""
    found = {}
    for file in SOURCES.rglob("*.tsx"):
        buttons = re.findall(r"<(\w*[Bb]utton)\b(.*?)</\1>", file.read_text("utf-8"), re.DOTALL)
        words = {" ".join(body.rsplit(">", 1)[1].split()) for _, body in buttons}
        if words:
            either = {re.sub(r'\? ".*" : ".*"', "? … : …", text) for text in words}
            found[file.relative_to(SOURCES).as_posix()] = either
    known = {name: WRITING.get(name, set()) | OTHER.get(name, set()) for name in WRITING | OTHER}
    assert found == known


@pytest.mark.parametrize(("press", "how", "width"), WAYS)
def test_fault_43_a_set_is_ended_once(open_still, press, how, width):
    session = open_still(width)
    for n, (name, status, outcome) in enumerate(
        [
            ("Stop", "stopped", "stopped"),
            ("Stop: it hurts", "stopped_for_pain", "stopped_for_pain"),
            ("I finished the set", "finished", "done"),
        ],
        start=1,
    ):
        session.press("Start", "Skip")
        session.page.clock.run_for(2500)
        if status == "finished":
            session.page.clock.fast_forward(600_000)
            session.expect_status("asleep")
        press(session, name, how)
        settle(session, n)
        session.expect_status(status)
        assert session.rows()[-1]["outcome"] == outcome
        if press is by_key:
            expect(session.button("Another set")).to_be_focused()
        sent = [one["op"] for one in session.book.sent() if one["op"] != "today"]
        assert sent == ["add"] * n
        tried()
        session.press("Another set")


@pytest.mark.parametrize(("press", "how", "width"), WAYS)
def test_fault_43_a_pain_rating_is_given_once(open_still, press, how, width):
    session = open_still(width)
    ratings = [str(n) for n in range(11)]
    for rating in ratings:
        press(session, rating, how)
        session.page.clock.run_for(1000)
        expect(session.button(rating)).to_have_attribute("aria-pressed", "true")
        tried()
    session.press("Start", "Stop: it hurts")
    settle(session)
    assert session.rows()[0]["pain_before"] == 10
    for n, rating in enumerate(ratings, start=1):
        press(session, rating, how)
        settle(session)
        assert session.rows()[0]["pain_after"] == int(rating)
        assert len(session.book.sent("edit")) == n
        tried()


def has(log, setting):
    return log.setting("pain question") == setting


@pytest.mark.parametrize(("press", "how", "width"), WAYS)
def test_fault_43_the_question_is_hidden_and_shown_once(open_still, press, how, width):
    session = open_still(width)
    log = Log.open(session.book.log)
    scale = session.root.locator(".bc-pain__scale")
    names = ["Hide this question for good", "Show the question about pain again"]
    for n, (name, is_shown) in enumerate(zip(names, (False, True), strict=True), start=1):
        press(session, name, how)
        setting = "shown" if is_shown else "hidden"
        let_pass(session, partial(has, log, setting), "the choice is not in the log")
        expect(scale).to_be_visible(visible=is_shown)
        assert len(session.book.sent("hide_pain")) == n
        if press is by_key:
            expect(session.root.locator(":focus")).to_have_text(names[n % 2])
        tried()


@pytest.mark.parametrize(("press", "how", "width"), [*WAYS, way(in_a_field, "Enter")])
def test_fault_43_a_set_written_down_is_saved_once(open_still, press, how, width):
    session = open_still(width)
    manual = session.root.locator(".bc-manual")
    manual.locator("summary").click()
    session.press("Save this set")
    settle(session)
    manual.get_by_label("Note").fill("the second")
    manual.get_by_label("How many minutes").fill("4")
    press(session, "Save this set", how)
    settle(session, 2)
    assert sorted(row["note"] for row in session.rows()) == ["", "the second"]
    assert len(session.book.sent("add")) == 2
    expect(manual.get_by_label("Note")).to_have_value("")
    if press in (by_key, in_a_field):
        expect(session.button("Save this set")).to_be_focused()
    tried()


# One of each way.
FEW = [WAYS[1], WAYS[4], *WAYS[7:]]
# Two ratings that the log has refused.
REFUSED = """(prefix) => {
  for (const id of ["a", "b"]) {
    const entry = { entry_id: id, pain_after: 1 };
    const item = { id, at: 1, op: "edit", entry, refused: "It was deleted." };
    localStorage.setItem(prefix + id, JSON.stringify(item));
  }
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.parametrize(("press", "how", "width"), FEW)
def test_fault_43_what_waits_is_stored_once_and_what_was_refused_put_away_one_by_one(
    open_still, press, how, width
):
    session = open_still(width)
    log = session.book.log
    log.mkdir()  # it stands in the way of the log
    session.press("Start", "Stop: it hurts")
    let_pass(session, session.button("Try again").is_visible, "nothing is said")
    log.rmdir()
    press(session, "Try again", how)
    settle(session)
    session.page.evaluate(REFUSED, f"backcare:outbox:{log_of(session.book).id}:")
    refused = session.root.locator(".bc-refused")
    expect(refused).to_have_count(2)
    session.button = lambda name: SessionPage.button(session, name).first
    press(session, "Put away", how)
    session.page.clock.run_for(1000)
    expect(refused).to_have_count(1)
    assert session.book.sent("edit") == []
    tried(2)
