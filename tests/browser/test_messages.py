"""Ways through the screens on which each message of the page is met: see `messages/page.py`."""

from __future__ import annotations

import datetime as dt

import pytest
from messages.page import ROWS
from playwright.sync_api import expect

from .test_past import PastPage, fill, past_cell
from .test_review import ReviewPage, review_cell

NO_SOUND = "window.AudioContext = class { constructor() { throw new Error('none'); } }"


class Way:
    """A way: what it may open, and which messages it has met."""

    def __init__(self, open_session, open_host, folder):
        self.open_session, self.open_host, self.folder = open_session, open_host, folder
        self.met = set()

    def meet(self, book, *names):
        """Wait until the page shows each part of some messages."""
        for name in names:
            for part in vars(ROWS[name].said).values():
                shown = book.page.locator("main")
                expect(shown).to_contain_text(part, use_inner_text=True)
            self.met.add(name)


def signs(way):
    session = way.open_session(check=False)
    way.meet(session, "the signs", "a question first")
    for group, (names, answer) in enumerate(
        [
            (["an emergency", "an emergency, by hand"], "I ticked that by mistake"),
            (["not yet"], "I ticked that by mistake"),
            (["a doctor"], "Back to the list"),
            (["ask first"], "I understand: go on"),
        ]
    ):
        session.root.locator(".bc-signs fieldset").nth(group).locator("input").first.check()
        session.press("Go on with what I ticked")
        way.meet(session, *names)
        session.press(answer)
    way.meet(session, "gone on")
    session.press("Show the list again", "None of these applies to me")
    way.meet(session, "no sign")


def a_set(way):
    session = way.open_session()
    rate = session.root.locator(".bc-pain").get_by_role("button")
    way.meet(session, "ready", "pain?", "sounds")
    for rating in (6, 4):
        rate.get_by_text(str(rating), exact=True).click()
        way.meet(session, f"pain of {rating}")
    session.press("Start", "Stop: it hurts")
    way.meet(session, "it hurts", "pain after?")
    rate.get_by_text("7", exact=True).click()
    way.meet(session, "more pain")
    session.press("Another set", "Start", "Stop")
    way.meet(session, "stopped at once")
    session.press("Another set", "Start")
    for _ in range(7):
        session.press("Skip")
    way.meet(session, "all skipped")
    session.press("Another set", "Start")
    expect(session.timer).to_have_attribute("data-kind", "move")
    expect(session.timer).to_have_attribute("data-kind", "hold")
    session.press("Stop")
    way.meet(session, "stopped")


def open_hold(way):
    session = way.open_session("open")
    session.press("Start", "Skip", "Skip")
    way.meet(session, "an open hold")


def by_hand(way):
    session = way.open_session()
    session.root.get_by_text("Did a set away from the screen?").click()
    form = session.root.locator(".bc-manual form")
    start, minutes = form.locator("[name=when]"), form.locator("[name=minutes]")
    note, now = form.locator("[name=note]"), start.input_value()
    for field, value, good, name in (
        (start, "", now, "no time"),
        (start, f"{dt.date.today().year + 1}-01-01T12:00", now, "a time to come"),
        (minutes, "700", "", "minutes"),
        (note, "x" * 4001, "", "a long note"),
        (note, "a\0b", "", "a character"),
    ):
        field.evaluate("(field, value) => (field.value = value)", value)
        session.press("Save this set")
        way.meet(session, name)
        field.evaluate("(field, value) => (field.value = value)", good)
    session.press("Save this set")
    way.meet(session, "by hand")


def the_list(way):
    fill(way.folder, days=1)
    host = way.open_host(past_cell, clock=True)
    host.run(1)
    past = PastPage(host)
    way.meet(host, "an empty day")
    past.press("Mark a day")
    for value, name in (("", "no day"), (f"{dt.date.today().year + 1}-01-01", "a day to come")):
        past.root.get_by_label("Which day?").evaluate("(f, value) => (f.value = value)", value)
        past.press("Mark this day")
        way.meet(host, name)
    past.press("Cancel")
    host.be_busy()
    past.press("Undo")
    host.page.clock.fast_forward(3001)
    way.meet(host, "a busy list")
    host.lose_kernel()
    way.meet(host, "a list without a kernel")


def kernel(way):
    session = way.open_session(clock=True)
    session.book.be_busy()
    session.press("Start", "Stop: it hurts")
    session.page.clock.fast_forward(3001)
    way.meet(session, "a slow kernel")
    session.book.lose_kernel()
    way.meet(session, "a kernel gone with a set")


def kernel_lost(way):
    session = way.open_session()
    session.book.lose_kernel()
    way.meet(session, "a kernel gone")


def saved(way):
    session = way.open_session()
    session.press("Start", "Stop: it hurts")
    way.meet(session, "saved")
    session.book.lose_kernel()
    way.meet(session, "saved, and gone")


def broken_log(way):
    (way.folder / "file").touch()
    session = way.open_session(folder=way.folder / "file")
    session.press("Start", "Stop: it hurts")
    way.meet(session, "a log that fails")


def dropped(way):
    session = way.open_session()
    session.page.evaluate("localStorage.setItem('backcare:cues', '{')")
    session.book.load()
    session.book.run(1)
    session.press("None of these applies to me")
    way.meet(session, "something dropped")


def refused(way):
    session = way.open_session()
    session.book.be_busy()
    session.press("Start", "Stop: it hurts")
    session.page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((key) => key.startsWith("backcare:outbox:"));
          const item = JSON.parse(localStorage.getItem(key));
          item.entry.pain_before = 11;
          localStorage.setItem(key, JSON.stringify(item));
        }"""
    )
    session.book.load()
    session.book.be_free()
    session.book.run(1)
    session.press("None of these applies to me")
    way.meet(session, "a set refused")


def silent(way):
    session = way.open_session(scripts=[NO_SOUND])
    session.root.get_by_text("Tones", exact=True).click()
    way.meet(session, "no tones")


def charts(way):
    fill(way.folder, days=1)
    host = way.open_host(review_cell)
    host.run(1)
    review = ReviewPage(host)
    review.open("A page for a physiotherapist")
    way.meet(host, "the charts", "notes")
    review.download("Save as a web page")
    way.meet(host, "a report")


WAYS = {
    "signs": signs,
    "set": a_set,
    "open hold": open_hold,
    "by hand": by_hand,
    "list": the_list,
    "kernel": kernel,
    "kernel lost": kernel_lost,
    "saved": saved,
    "broken log": broken_log,
    "dropped": dropped,
    "refused": refused,
    "silent": silent,
    "charts": charts,
}


@pytest.mark.parametrize("name", WAYS)
def test_a_message_of_the_page_says_what_is_wrong_what_is_safe_and_what_to_do(
    open_session, open_host, tmp_path, name
):
    way = Way(open_session, open_host, tmp_path)
    WAYS[name](way)
    assert way.met == {row for row, shown in ROWS.items() if shown.where == name}
