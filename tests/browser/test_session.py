"""The main way: the check, Start, a set led to its end, saved once, and the pain around it."""

from __future__ import annotations

import datetime as dt
import time
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from faults import tried
from playwright.sync_api import expect

from backcare_widgets import Log, exercise, load_programme
from backcare_widgets.programme.timeline import expand

from .host import log_of, session_of
from .lab import until
from .session_page import SessionPage

PROGRAMME = load_programme()
SPOKEN = """(cue) => {
  window.__spoken = [];
  new MutationObserver(() => window.__spoken.push(cue.textContent))
    .observe(cue, {childList: true, characterData: true, subtree: true});
}"""
# The wall clock alone, as after sleep: the monotonic one stands still meanwhile.
AFTER_SLEEP = "Date.now() / 1000 + 2400"


def test_each_exercise_of_the_programme_leads_through_the_whole_set(open_host):
    """Minutes pass in seconds: every stretch in order, at its time, and one entry at the end."""

    def cell(exercise_id):
        return lambda host: exercise(exercise_id, log=log_of(host))

    book = open_host(*[cell(e.id) for e in PROGRAMME.exercises], clock=True)
    book.run_all()
    clock = book.page.clock
    for cell, led in enumerate(PROGRAMME.exercises, start=1):
        session = SessionPage(book, cell)
        expect(session.button("Start")).to_be_disabled()
        session.press("None of these applies to me")
        session.record()
        clock.pause_at(book.page.evaluate("Date.now() / 1000 + 1"))  # none flows by itself
        session.press("Start")
        stretches = expand(led, PROGRAMME.words)
        for _, timed in groupby(stretches, key=lambda s: s.duration_s is None):
            part = list(timed)
            if part[0].duration_s is None:
                clock.run_for(20_000)
                expect(session.timer).to_have_attribute("data-status", "running")
                session.press("I am ready: go on")
            else:
                clock.run_for(sum(s.duration_s for s in part) * 1000)
        session.expect_status("finished")
        clock.resume()
        shown = session.recorded()
        assert [s["index"] for s in shown] == [*range(len(stretches)), len(stretches) - 1]
        assert [s["cue"] for s in shown[:-1]] == [s.cue for s in stretches]
        sides = {"right": led.sides.right, "left": led.sides.left, "centre": ""}
        assert [s["side"] for s in shown[:-1]] == [sides[s.side] for s in stretches]
        for here, later, stretch in zip(shown, shown[1:], stretches, strict=False):
            if stretch.duration_s is not None:
                due = stretch.duration_s * 1000
                assert later["at"] - here["at"] == pytest.approx(due, abs=60)
        held = {s.side: 0 for s in stretches if s.kind == "hold"}
        assert set(held) == {"right", "left"}
        n = led.repetitions
        assert {s["repetition"] for s in shown if s["repetition"].startswith("Rep")} == {
            f"Repetition {k} of {n}" for k in range(1, n + 1)
        }
        assert shown[-1]["repetition"] == f"{n} of {n} repetitions done"
        session.expect_saved()
    rows = session.rows()
    assert [r["exercise_id"] for r in rows] == [e.id for e in PROGRAMME.exercises]
    assert {(r["outcome"], r["source"]) for r in rows} == {("done", "timer")}
    assert [r["repetitions_done"] for r in rows] == [e.repetitions for e in PROGRAMME.exercises]
    timed = [s.duration_s for s in expand(PROGRAMME.exercises[0])[1:]]
    assert rows[0]["duration_s"] == pytest.approx(sum(timed), abs=0.5)


def test_one_press_leads_through_a_set_with_open_holds_to_its_end(open_exercise):
    """Nobody touches the screen after Start; the person's own time ends each open hold."""
    session = open_exercise("standing-up", clock=True)
    session.timer.locator("summary").click()
    group = session.root.get_by_role("group", name="An open hold goes on after")
    expect(group).to_contain_text("30 s")
    session.press(*["An open hold goes on after: less"] * 2)
    expect(group).to_contain_text("28 s")
    session.record()
    session.press("Start")
    stretches = expand(PROGRAMME["standing-up"], PROGRAMME.words)
    session.page.clock.run_for(sum(s.duration_s or 28 for s in stretches) * 1000 + 600)
    session.expect_status("finished")
    shown = session.recorded()
    held = [
        later["at"] - here["at"]
        for here, later, stretch in zip(shown, shown[1:], stretches, strict=False)
        if stretch.duration_s is None
    ]
    assert held == pytest.approx([28_000, 28_000], abs=60)
    session.expect_saved()
    [row] = session.rows()
    assert (row["outcome"], row["repetitions_done"]) == ("done", 1)
    session.book.run(1)  # the time is remembered
    session.timer.locator("summary").click()
    expect(group).to_contain_text("28 s")


def test_fault_32_sleep_during_a_hold_is_asked_about_and_not_counted(open_exercise):
    session = open_exercise("lying-down", clock=True)
    session.press("Start")
    clock = session.page.clock
    clock.run_for((25 + 8 + 5 + 4 + 1) * 1000)
    expect(session.cue).to_have_text("Hold")
    clock.set_system_time(session.page.evaluate(AFTER_SLEEP))
    clock.run_for(1000)
    session.expect_status("asleep")
    expect(session.cue).to_have_text("The computer slept, about 40 minutes")
    expect(session.timer).to_have_attribute("data-index", "4")
    session.press("Go on from here")
    expect(session.cue).to_have_text("Hold")
    clock.fast_forward(2_400_000)  # both clocks
    session.expect_status("asleep")
    expect(session.cue).to_have_text("The page stood still, about 40 minutes")
    expect(session.timer).to_have_attribute("data-index", "4")
    session.press("Stop")
    assert [row["repetitions_done"] for row in session.rows()] in ([], [0])


def test_a_set_is_one_row_with_the_pain_around_it(open_lab_session):
    session = open_lab_session()
    pain = session.root.locator(".bc-pain")
    expect(pain.get_by_role("button", name="Hide this question for good")).to_be_visible()
    assert pain.locator(".bc-pain__scale").get_by_role("button").count() == 11
    session.press("4")
    expect(pain.get_by_role("status")).to_contain_text("smaller and slower")
    session.record()
    session.cue.evaluate(SPOKEN)
    session.press("Start")
    expect(pain).to_be_hidden()
    session.expect_status("finished")
    session.expect_saved()
    spoken = session.page.evaluate("window.__spoken")
    words = ["Get ready", "To the right", "Hold", "Back", "To the left", "Hold", "And back"]
    assert spoken == [*words, "Well done. Rest a moment."]  # once a phase, no seconds
    assert session.timer.locator("[aria-live=polite]").count() == 1
    assert session.timer.locator("[role=timer]").count() == 1
    tones = [t["hz"] for t in session.page.evaluate("window.__tones")]
    centre, right, left = 523, 659, 392
    assert tones[:7] == [centre, right, right, centre, left, left, centre]
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("1 of 3 sets today")
    [row] = session.rows()
    assert (row["pain_before"], row["outcome"], row["repetitions_done"]) == (4, "done", 1)
    assert row["duration_s"] == pytest.approx(6, abs=0.5)
    session.press("6")
    expect(pain.get_by_role("status")).to_contain_text("2 points or more")
    session.expect_saved()
    [after] = session.rows()
    assert (after["entry_id"], after["pain_before"], after["pain_after"]) == (row["entry_id"], 4, 6)
    session.press("Another set")
    expect(pain).to_contain_text("Pain in your back now")
    expect(pain.locator("[aria-pressed=true]")).to_have_count(0)


def test_a_question_hidden_for_good_stays_hidden_in_every_notebook(open_session):
    session = open_session()
    session.press("Hide this question for good")
    expect(session.root.locator(".bc-pain__scale")).to_be_hidden()
    log = Log.open(session.book.log)
    until(
        lambda: session.book.sent("hide_pain") and log.setting("pain question") == "hidden",
        "the choice did not reach the log",
    )
    other = open_session()  # in another browser, where nothing is remembered
    assert other.page.evaluate("localStorage.getItem('backcare:pain-hidden')") is None
    expect(other.root.locator(".bc-pain__scale")).to_be_hidden()
    other.root.locator(".bc-manual summary").click()
    expect(other.root.get_by_label("Note")).to_be_visible()
    expect(other.root.get_by_label("Pain before")).to_be_hidden()
    other.press("Show the question about pain again")
    expect(other.root.locator(".bc-pain__scale")).to_be_visible()


def test_an_unknown_exercise_is_one_sentence_with_the_known_ids(open_cells):
    book = open_cells('exercise("swimming")')
    said = book.cell(1).locator(".jp-OutputArea-output").inner_text()
    assert said == (
        "There is no exercise 'swimming'. "
        "Your log is not touched; give one of the programme: "
        '"lying-down", "sitting-down", "standing-up".'
    )


def test_fault_27_a_notebook_left_open_overnight_counts_on_the_new_day(open_exercise):
    """No cell is run and the page is not loaded anew; a day ends at 04:00 of the browser."""
    session = open_exercise("lying-down", clock=True)
    clock = session.page.clock
    sets = session.timer.locator(".bc-timer__sets")
    session.press("Start")
    clock.run_for(sum(s.duration_s for s in expand(PROGRAMME["lying-down"])) * 1000 + 600)
    session.expect_status("finished")
    expect(sets).to_have_text("1 of 3 sets today")
    session.expect_saved()
    until_4 = """() => {
      const next = new Date();
      if (next.getHours() >= 4) next.setDate(next.getDate() + 1);
      return next.setHours(4, 0, 0, 0) - Date.now();
    }"""
    clock.fast_forward(session.page.evaluate(until_4) - 60_000)
    expect(sets).to_have_text("1 of 3 sets today")
    clock.run_for(11 * 60_000)
    expect(sets).to_have_text("0 of 3 sets today")
    session.press("Another set")
    expect(sets).to_have_text("Set 1 of 3 today")
    tried()


def test_fault_27_after_a_night_asleep_the_first_press_counts_on_the_new_day(open_session):
    """The timers of a page stand still while the machine sleeps, and none comes at once then."""
    session = open_session(clock=True)
    clock = session.page.clock
    sets = session.timer.locator(".bc-timer__sets")
    session.press("Start", "Stop: it hurts")
    session.expect_saved()
    expect(sets).to_have_text("0 of 3 sets today, 1 stopped for pain. 2 left, if you feel like it")
    for press in ("Another set", "Start"):
        clock.set_system_time(session.page.evaluate("Date.now() / 1000 + 30 * 3600"))
        session.press(press)
        expect(sets).to_have_text("Set 1 of 3 today")
    tried()


@pytest.fixture
def kernel_zone(monkeypatch):
    """Return a function that moves the kernel, which is this process, into a time zone."""

    def move(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("kernel", "browser", "at", "day"),
    [
        ("UTC", "Pacific/Auckland", "2026-03-10T21:51:00Z", "2026-03-11"),
        ("Pacific/Auckland", "America/Los_Angeles", "2026-03-10T21:51:00Z", "2026-03-10"),
        ("America/New_York", "Europe/Berlin", "2026-03-10T03:30:00Z", "2026-03-10"),  # 04:30
        ("Europe/Berlin", "America/New_York", "2026-03-10T03:30:00Z", "2026-03-09"),  # 23:30
    ],
)
def test_fault_47_what_is_due_is_that_of_the_persons_day_not_of_the_kernels(
    open_host, programmes, tmp_path, kernel_zone, kernel, browser, at, day
):
    """Three sets are logged on the kernel's day, which is another one than the browser's."""
    kernel_zone(kernel)
    now = dt.datetime.fromisoformat(at)
    log = Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "backups")
    for n in range(3):
        log.add(
            exercise_id="short",
            started_at=now.astimezone().replace(hour=4, minute=5 + n),
            duration_s=6,
            repetitions_done=1,
            repetitions_prescribed=1,
            outcome="done",
        )
    book = open_host(session_of("short", programmes), clock=True, timezone_id=browser)
    clock = book.page.clock
    clock.set_system_time(now)
    book.run(1)
    session = SessionPage(book)
    sets = session.timer.locator(".bc-timer__sets")
    expect(sets).to_have_text("Set 1 of 3 today")
    session.press("None of these applies to me", "Start")
    clock.run_for(20_000)
    session.expect_status("finished")
    session.expect_saved()
    expect(sets).to_have_text("1 of 3 sets today")
    *_, row = session.rows()
    assert row["local_day"].date().isoformat() == day
    assert int(row["local_hour"]) == now.astimezone(ZoneInfo(browser)).hour
    tried()
