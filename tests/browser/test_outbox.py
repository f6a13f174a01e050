"""What waits in the browser: it reaches the log that it was made for, once, whatever is refused."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing

from faults import kept, tried
from playwright.sync_api import expect

from backcare_widgets import Log, exercise, load_programme
from backcare_widgets.storage.file import Patience

from .host import log_of
from .lab import until
from .session_page import SessionPage

OUTBOX = """() => Object.entries(localStorage)
  .filter(([key]) => key.startsWith("backcare:outbox:"))
  .map(([, text]) => JSON.parse(text)).sort((a, b) => a.at - b.at)"""
UNDER_WAY = "Object.keys(localStorage).filter((key) => key.startsWith('backcare:set:')).length"


def waiting(session):
    """Give the ids of the sets that wait in the browser, the oldest first."""
    return [item["entry"]["entry_id"] for item in session.page.evaluate(OUTBOX)]


def do_sets(session, number):
    """Begin and stop sets, and give their ids."""
    before = set(waiting(session))
    session.page.bring_to_front()
    for _ in range(number):
        if session.button("Another set").is_visible():
            session.press("Another set")
        session.press("Start", "Stop: it hurts")
        session.expect_status("stopped_for_pain")
    return [entry_id for entry_id in waiting(session) if entry_id not in before]


def stored(session):
    return [row["entry_id"] for row in session.rows()]


def test_fault_17_two_tabs_overwrite_nothing_of_each_other(open_session):
    one = open_session()
    two = open_session(beside=one.book)
    for session in (one, two):
        session.book.be_busy()
    done = [
        entry_id for _ in range(2) for session in (one, two) for entry_id in do_sets(session, 2)
    ]
    assert len(set(done)) == 8
    kept(done, waiting(one))
    for session in (one, two):  # each of them sends all that there is
        session.book.be_free()
    one.expect_saved()
    two.expect_saved()
    assert waiting(one) == []
    kept(done, stored(one))
    assert len(stored(one)) == 8


def test_fault_17_a_tab_opened_later_saves_what_waits_in_another(open_session):
    one = open_session()
    one.book.be_busy()
    done = do_sets(one, 3)
    two = open_session(beside=one.book)
    two.expect_saved()
    kept(done, stored(two))
    one.book.be_free()
    one.expect_saved()
    assert len(stored(one)) == 3


def test_fault_17_a_set_that_was_cleared_from_the_browser_while_it_waited_is_saved(open_session):
    session = open_session()
    session.book.be_busy()
    done = do_sets(session, 2)
    session.page.evaluate("localStorage.clear()")
    session.book.be_free()
    session.expect_saved()
    kept(done, stored(session))
    assert waiting(session) == []


def test_fault_04_an_unanswered_entry_is_sent_again_ever_less_often(open_session):
    session = open_session(clock=True)
    session.book.be_busy()
    [entry_id] = do_sets(session, 1)
    session.page.clock.run_for(60_000)
    sent = session.book.sent("add")
    assert 4 <= len(sent) <= 6  # at 0, 2, 6, 14, 30 and 60 s
    assert {message["entry"]["entry_id"] for message in sent} == {entry_id}
    kept([entry_id], waiting(session))
    expect(session.outbox).to_contain_text("the notebook is not answering")
    session.book.be_free()
    session.expect_saved()
    assert waiting(session) == []
    assert stored(session) == [entry_id]


def held(log):
    """Hold a log as another program does; closed, it lets go."""
    holder = sqlite3.connect(log, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    return closing(holder)


def impatient(programmes):
    """Give a cell that opens the short session on a log which waits 0.1 s for other programs."""
    programme = load_programme(programmes / "short.toml")

    def made(host):
        patience = Patience(seconds=0.1)
        log = Log.open(host.log, backups=host.folder / "backups", patience=patience)
        return exercise("short", programme=programme, log=log)

    return made


def test_fault_04_a_log_held_by_another_program_keeps_the_sets_until_it_is_let_go(
    open_host, programmes
):
    host = open_host(impatient(programmes), clock=True)
    host.run(1)
    session = SessionPage(host)
    session.press("None of these applies to me")
    do_sets(session, 1)
    session.expect_saved()
    [first] = stored(session)
    before = len(host.sent("add"))
    with held(host.log):
        done = do_sets(session, 3)
        expect(session.outbox).to_contain_text("Not saved yet: 3 entries are kept in this browser")
        expect(session.outbox).to_contain_text("is busy: another program")
        expect(session.button("Try again")).to_be_visible()
        host.page.clock.run_for(20_000)
        kept(done, waiting(session))
        # A log that is held costs the kernel one wait at a time, and not one for each set.
        tries = [message["entry"]["entry_id"] for message in host.sent("add")[before:]]
        assert set(tries) == {done[0]}
        assert len(tries) <= 8
    session.page.clock.run_for(30_000)
    session.expect_saved()  # by itself, if nobody presses
    assert waiting(session) == []
    assert stored(session) == [first, *done]


def test_a_log_that_cannot_be_written_is_told_before_the_person_lies_down(open_session, tmp_path):
    """Root may write into any folder; into a file that stands for one nobody may."""
    folder = tmp_path / "no folder"
    folder.touch()
    session = open_session(folder=folder, check=False)
    line = session.outbox.locator("p")
    expect(line).to_contain_text(f"The log {folder / 'log.sqlite3'} cannot be written")
    expect(line).to_contain_text("a set done in a session waits in the browser until it can be")
    assert session.outbox.get_attribute("data-tone") == "warn"
    session.press("None of these applies to me")
    done = do_sets(session, 1)
    expect(line).to_contain_text("Not saved yet: 1 entry is kept")
    kept(done, waiting(session))
    folder.unlink()
    session.press("Try again")
    session.expect_saved()
    assert stored(session) == done


# An entry that is refused for good ---------------------------------------------------------------


def test_fault_42_the_pain_after_a_set_that_was_deleted_is_refused_once_and_put_away(open_session):
    session = open_session()
    do_sets(session, 1)
    session.expect_saved()
    [entry_id] = stored(session)
    log_of(session.book).delete(entry_id)
    refused = session.root.locator(".bc-refused")
    expect(refused).to_have_count(0)
    pain = session.root.locator(".bc-pain")
    pain.get_by_role("button", name="3", exact=True).click()
    expect(refused).to_have_count(1)
    expect(refused.get_by_role("alert")).to_have_text(
        f"The pain after a set was not saved: The set {entry_id!r} was deleted, so it was not"
        " changed. Put it back first, with past() or bring_back(). This stays here until you put it"
        " away."
    )
    expect(session.outbox).not_to_contain_text("Not saved")
    expect(session.outbox).not_to_contain_text("Saved in your log.")
    do_sets(session, 1)
    session.expect_saved()
    [further] = stored(session)
    assert further != entry_id
    expect(refused).to_have_count(1)
    assert len(session.book.sent("edit")) == 1, "what is final is not asked again"
    again = reopened(session)
    expect(again.root.locator(".bc-refused")).to_have_count(1)
    again.press("Put away")
    expect(again.root.locator(".bc-refused")).to_have_count(0)
    assert again.page.evaluate(OUTBOX) == []
    once_more = reopened(again)
    expect(once_more.timer).to_be_visible()
    expect(once_more.root.locator(".bc-refused")).to_have_count(0)
    assert once_more.book.sent("edit") == []
    kept([further], stored(session))


def test_fault_42_a_set_with_a_value_that_the_log_refuses_is_named_and_holds_nothing_up(
    open_session,
):
    session = open_session()
    session.book.lose_kernel()
    do_sets(session, 2)
    spoiled, good = waiting(session)
    session.page.evaluate(
        """(id) => {
          for (const [key, text] of Object.entries(localStorage)) {
            const item = key.startsWith("backcare:outbox:") && JSON.parse(text);
            if (item?.entry?.entry_id !== id) continue;
            item.entry.pain_before = 11;
            localStorage.setItem(key, JSON.stringify(item));
          }
        }""",
        spoiled,
    )
    session = reopened(session)
    session.expect_saved()
    alert = session.root.locator(".bc-refused").get_by_role("alert")
    expect(alert).to_contain_text("The set of ")
    expect(alert).to_contain_text(
        "(0 of 1 repetitions) was not saved: pain_before is 11, but must be a whole number from 0"
        " to 10, or None."
    )
    assert stored(session) == [good]
    session.press("Put away")
    expect(session.root.locator(".bc-refused")).to_have_count(0)
    assert session.page.evaluate(OUTBOX) == []
    tried()


def test_fault_42_two_refused_at_once_are_put_away_by_keyboard_and_then_space_starts(open_session):
    session = open_session()
    session.book.lose_kernel()
    do_sets(session, 2)
    session.page.evaluate(
        """() => {
          for (const [key, text] of Object.entries(localStorage)) {
            if (!key.startsWith("backcare:outbox:")) continue;
            localStorage.setItem(key, JSON.stringify({ ...JSON.parse(text), refused: "No." }));
          }
        }"""
    )
    session = reopened(session)
    refused, keyboard = session.root.locator(".bc-refused"), session.page.keyboard
    expect(refused).to_have_count(2)
    session.button("Put away").first.focus()
    keyboard.press("Enter")
    expect(refused).to_have_count(1)
    expect(session.button("Put away")).to_be_focused()
    keyboard.press("Enter")
    expect(refused).to_have_count(0)
    keyboard.press("Space")
    session.expect_status("running")
    tried(2)


def reopened(session):
    """Load the page anew, run the cell, and answer the question about warning signs."""
    session.book.load()
    session.book.be_free()
    session.book.run(1)
    again = SessionPage(session.book)
    again.press("None of these applies to me")
    return again


# Two people, one browser -------------------------------------------------------------------------


def test_fault_46_what_waits_for_one_log_does_not_reach_another_at_its_path(open_session, tmp_path):
    """Of two people at one JupyterHub both have their log at the same path."""
    home = tmp_path / "home"
    home.mkdir()
    a = open_session("short", folder=home)
    do_sets(a, 1)
    a.expect_saved()
    [saved] = stored(a)
    a.book.be_busy()
    unsaved = do_sets(a, 1)
    a.press("Another set", "Start", "Skip")
    expect(a.timer).to_have_attribute("data-index", "1")
    a.press("Pause")

    home.rename(tmp_path / "a")
    home.mkdir()
    b = reopened(a)
    b.expect_status("ready")
    until(lambda: b.book.sent("today"), "the session does not open")
    expect(b.timer.locator(".bc-timer__sets")).to_have_text("Set 1 of 3 today")
    expect(b.outbox).to_be_hidden()
    expect(b.root.locator(".bc-refused")).to_have_count(0)
    assert b.book.sent("add", "edit") == []
    assert not b.book.log.exists()
    do_sets(b, 1)
    b.expect_saved()
    [of_b] = stored(b)
    assert of_b not in (saved, *unsaved)
    kept(unsaved, waiting(b))
    assert b.page.evaluate(UNDER_WAY) == 1

    home.rename(tmp_path / "b")
    (tmp_path / "a").rename(home)
    back = reopened(b)
    back.expect_saved()
    kept([saved, *unsaved], stored(back))
    assert of_b not in stored(back)
    back.expect_status("asleep")
    expect(back.cue).to_have_text("This set was left unfinished")
    back.press("Stop: it hurts")
    until(lambda: len(stored(back)) == 3, "the set under way is not stored")
    assert back.page.evaluate(UNDER_WAY) == 0
    assert Log.open(tmp_path / "b" / "log.sqlite3").frame()["entry_id"].tolist() == [of_b]


def test_what_was_wrong_with_the_log_is_looked_at_again_by_one_press(open_session, tmp_path):
    """Nothing waits to be saved yet; what was said of the log is gone once it is mended."""
    log = tmp_path / "log.sqlite3"
    log.write_bytes(b"a letter and no log " * 200)
    session = open_session()
    expect(session.outbox).to_contain_text("is damaged, or is not a log")
    log.rename(tmp_path / "letter.txt")
    log_of(session.book).mark(dt.date(2026, 3, 1), "rest")
    session.button("Try again").focus()
    session.page.keyboard.press("Enter")
    expect(session.outbox).to_be_hidden()
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("Set 1 of 3 today")
    expect(session.timer).to_be_focused()  # and Space starts
