"""A browser that lacks, refuses or breaks what the page uses: a session starts, and saves."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from faults import ROUNDS, kept, tried
from playwright.sync_api import expect

from .conftest import VIEWPORT
from .host import session_of
from .lab import until
from .session_page import SessionPage
from .test_past import past_cell
from .test_review import review_cell

REFUSE = """const refuse = (name = "SecurityError") => { throw new DOMException("refused", name); };
const rejected = () => Promise.reject(new DOMException("refused", "SecurityError"));
"""
# What is only there on a secure connection: http to another machine is none.
NOT_SECURE = """
for (const name of ["locks", "wakeLock"]) delete Navigator.prototype[name];
delete Crypto.prototype.randomUUID;
"""
LACKS = {
    "a secure connection": NOT_SECURE,
    "channels": "delete window.BroadcastChannel;",
    "anything to store in": "Object.defineProperty(window, 'localStorage', {value: null});",
    "leave to store": """
      Object.defineProperty(window, "localStorage", {get: () => refuse()});
      window.BroadcastChannel = class { constructor() { refuse(); } };
      LockManager.prototype.query = LockManager.prototype.request = rejected;
      WakeLock.prototype.request = rejected;
    """,
    "leave to read": "Storage.prototype.getItem = () => refuse();",
    "room": "Storage.prototype.setItem = () => refuse('QuotaExceededError');",
}
NOT_STORED = ("anything to store in", "leave to store", "leave to read", "room")


@pytest.mark.parametrize("what", LACKS)
def test_fault_45_without_what_a_browser_may_refuse_a_set_is_taken_up_and_saved(
    open_host, programmes, what
):
    cells = (session_of("long", programmes), past_cell, review_cell)
    host = open_host(*cells, clock=True, scripts=[REFUSE + LACKS[what]], viewport=VIEWPORT)
    host.run_all()
    session = SessionPage(host)
    past, review = host.cell(2).locator(".bc-past"), host.cell(3).locator(".bc-review")
    expect(past.get_by_text("Nothing is recorded.")).to_be_visible()
    expect(review.get_by_role("radio")).not_to_have_count(0)
    session.press("None of these applies to me", "Start", "Skip")
    host.page.clock.run_for(2500)
    host.run(1)
    session.expect_status("asleep")
    session.press("None of these applies to me", "Go on from here")
    host.be_busy()
    session.press("Stop")
    host.page.clock.run_for(4000)
    where = "kept only while this page is open" if what in NOT_STORED else "kept in this browser"
    expect(session.outbox).to_contain_text(where)
    host.be_free()
    session.expect_saved()
    kept([host.sent("add")[0]["entry"]["entry_id"]], [row["entry_id"] for row in session.rows()])
    assert len(session.rows()) == 1


def test_fault_45_storage_that_fills_up_in_the_middle_of_a_set_costs_no_part_of_it(open_session):
    session = open_session("long", clock=True)
    session.press("Start", "Skip")
    session.page.evaluate(f"() => {{ {REFUSE} Storage.prototype.setItem = () => refuse(); }}")
    session.page.clock.run_for(2500)
    session.book.run(1)
    session.expect_status("asleep")
    expect(session.timer).to_have_attribute("data-index", "2")  # the latest, not what was stored
    session.press("None of these applies to me", "Stop")
    session.expect_saved()
    assert session.page.evaluate("() => Object.keys(localStorage)") == ["backcare:times:long"]


@pytest.mark.parametrize("year", [1969, 2199])
def test_a_set_is_taken_up_and_saved_whatever_year_the_clock_shows(open_host, programmes, year):
    host = open_host(session_of("long", programmes), clock=True)
    host.page.clock.set_system_time(dt.datetime(year, 6, 1, 12))
    host.run(1)
    session = SessionPage(host)
    session.press("None of these applies to me", "Start", "Skip")
    host.page.clock.run_for(2500)
    host.run(1)
    session.expect_status("asleep")
    session.press("None of these applies to me", "Stop")
    session.expect_saved()
    [row] = session.rows()
    assert row["started_at"].year == year


# The kernel's answers ----------------------------------------------------------------------------

TALLY = {"goal": 3, "whole": 1, "stopped_for_pain": 0, "left": 2}
ODD = [True, "", "null", [], {}, [[]], {"tally": TALLY}]
# Answers the newest question of some kind in each of these ways; returns what was shown then.
ANSWER = """async ([widget, op, answers, shows, again]) => {
  const shown = [];
  for (const [fields, isAnswered] of answers) {
    const { id } = window.__sent.findLast((one) => one.op === op);
    window.__answer(widget, isAnswered ? { id, ...fields } : fields, []);
    await new Promise((done) => setTimeout(done));
    shown.push(document.querySelector(shows).textContent);
    [...document.querySelectorAll("button")].find((one) => one.textContent === again)?.click();
    await new Promise((done) => setTimeout(done));
  }
  return shown;
}"""


def odd_answers(right, number):
    """Return answers that are not quite right, each with whether it bears the id that was asked."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    rng = random.Random(seed)
    answers = [({}, True), ("garbage", False), (None, False), ({"id": 5}, False)]
    answers += [({"id": "another", **right}, False), ({"problem": 5}, True)]

    def spoiled(value):
        if isinstance(value, list) and value and rng.random() < 0.8:
            at = rng.randrange(len(value))
            return [*value[:at], spoiled(value[at]), *value[at + 1 :]]
        if isinstance(value, dict) and value and rng.random() < 0.8:
            name = rng.choice(list(value))
            rest = {key: each for key, each in value.items() if key != name}
            return rng.choice([rest, rest | {name: spoiled(value[name])}, value | {"more": 1}])
        return rng.choice([odd for odd in ODD if odd != value and type(odd) is not type(value)])

    while len(answers) < number:
        if isinstance(fields := spoiled(right), dict):
            answers.append((fields, True))
    return answers


def widget_of(host, cell):
    return f"widget {id(host.widget(cell))}"


def test_fault_42_whatever_the_kernel_answers_a_set_is_said_to_be_saved_only_if_it_is(
    open_session,
):
    session = open_session()
    host = session.book
    until(lambda: host.sent("today"), "the session does not open")
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("Set 1 of 3 today")
    host.be_busy()
    session.press("Start", "Stop: it hurts")
    answers = odd_answers({"tally": TALLY}, 30 + ROUNDS)
    how = [widget_of(host, 1), "add", answers, ".bc-outbox__line", "Try again"]
    shown = session.page.evaluate(ANSWER, how)
    assert [text for text in shown if "Saved" in text] == []
    assert len({"Saving…", *shown}) == 2, "either it waits, or it says what is wrong"
    assert "does not understand" in " ".join(shown)
    assert not host.log.exists()
    tried(len(answers))
    host.be_free()
    session.expect_saved()
    kept([host.sent("add")[0]["entry"]["entry_id"]], [row["entry_id"] for row in session.rows()])
