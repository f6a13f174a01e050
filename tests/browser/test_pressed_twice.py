"""A button that writes, pressed twice by a shaking hand or held down: one change."""

from __future__ import annotations

from functools import partial

import pytest
from faults import tried
from playwright.sync_api import expect

from backcare_widgets import Log

from .lab import until

GAPS_MS = (0, 150, 400)


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
    *[way(by_key, key) for key in ("Enter", "Space")],
]


@pytest.fixture
def open_still(open_session):
    """Return a function that opens a session whose time passes only where the test lets it."""

    def opened(width):
        viewport = {"width": width, "height": 900}
        session = open_session("long", clock=True, viewport=viewport)
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
