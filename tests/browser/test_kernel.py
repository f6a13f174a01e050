"""What the kernel does or fails to do: the timer runs on, and a set is stored exactly once."""

from __future__ import annotations

import datetime as dt
import os
import signal
from itertools import pairwise

import pytest
from faults import tried
from playwright.sync_api import expect

from . import lab
from .host import log_of

SAID = """(line) => {
  window.__said = [];
  new MutationObserver(() => window.__said.push(line.textContent))
    .observe(line, {childList: true, characterData: true, subtree: true});
}"""
WAITING = """() => Object.entries(localStorage)
  .filter(([key]) => key.startsWith("backcare:outbox:")).map(([, text]) => JSON.parse(text))"""


RESTART = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"


def seconds_pass(page, seconds):
    now = page.evaluate("performance.now()")
    past = f"(since) => performance.now() - since > {seconds * 1000}"
    page.wait_for_function(past, arg=now, timeout=30_000)


def test_fault_31_a_set_that_ends_while_the_kernel_works_is_saved_once(open_lab_session):
    session = open_lab_session("short", "import time; time.sleep(12)")
    page = session.page
    session.outbox.locator("p").evaluate(SAID)
    session.record()
    session.press("Start")
    session.book.run(2, wait=False)
    expect(session.book.cell(2).locator(".jp-InputPrompt")).to_contain_text("[*]")
    session.expect_status("finished")
    shown = session.recorded()
    for here, later in pairwise(shown[1:]):
        assert later["at"] - here["at"] == pytest.approx(1000, abs=150)
    session.expect_saved()
    # Saved at once where a subshell took the message, else when the cell has ended; never before.
    said = page.evaluate("window.__said.filter(Boolean)")
    assert (said[0], said.index("Saved in your log.")) == ("Saving…", len(said) - 1)
    assert "stopped or was restarted" not in " ".join(said), "a busy kernel is not called that"
    assert "Not connected" not in " ".join(said)
    assert len(session.rows()) == 1
    tried()


def test_fault_31_a_set_that_was_sent_again_to_a_busy_kernel_is_stored_once(open_session):
    session = open_session("short", clock=True)
    clock = session.page.clock
    session.outbox.locator("p").evaluate(SAID)
    session.press("Start")
    session.book.be_busy()
    clock.run_for(8000)
    session.expect_status("finished")
    clock.run_for(20_000)
    expect(session.outbox).to_contain_text("Not saved yet: the notebook is not answering.")
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("")
    sent = session.book.sent("add")
    assert len(sent) > 2
    assert len({message["entry"]["entry_id"] for message in sent}) == 1
    session.book.be_free()  # each of them is answered
    session.expect_saved()
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("1 of 3 sets today")
    said = session.page.evaluate("window.__said.filter(Boolean)")
    assert (said[0], said[-1]) == ("Saving…", "Saved in your log.")
    assert len(session.rows()) == 1
    tried()


@pytest.mark.parametrize("end", ["restarted", "restarted elsewhere", "killed"])
def test_fault_29_a_kernel_that_goes_during_a_set_is_told_at_once_and_loses_nothing(
    open_lab_session, without_kernel, end
):
    session = open_lab_session("short", "import os; os.getpid()")
    session.book.run(2)
    pid = int(session.book.cell(2).locator(".jp-OutputArea-output").inner_text())
    session.outbox.locator("p").evaluate(SAID)
    session.record()
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    if end == "killed":
        os.kill(pid, signal.SIGKILL)
    elif end == "restarted":
        session.page.evaluate(RESTART)
    else:
        session.book.server.ask(f"kernels/{session.book.kernel_id()}/restart", "POST")
    if end != "restarted elsewhere":  # of which the page need not hear before it has to save
        # In the middle of the set, though nothing waits to be saved yet.
        expect(session.outbox).to_contain_text("Not connected", timeout=5000)
        expect(session.outbox).to_contain_text("what you do is kept in this browser")
    session.expect_status("finished")
    shown = session.recorded()
    assert [s["index"] for s in shown] == [0, 1, 2, 3, 4, 5, 6, 6]
    for here, later in pairwise(shown[1:]):
        assert later["at"] - here["at"] == pytest.approx(1000, abs=250)
    expect(session.outbox).to_contain_text("1 entry is kept in this browser", timeout=8000)
    expect(session.outbox).to_contain_text("run the cell again")
    assert "Saved in your log." not in session.page.evaluate("window.__said")
    assert not session.book.log.exists()
    if end == "killed":  # JupyterLab says so in a dialog of its own
        session.page.get_by_role("dialog").get_by_role("button").last.click()
    session.book.wait_until_idle()
    session.book.run(0)
    session.book.run(1)
    session.expect_saved()
    [row] = session.rows()
    assert (row["outcome"], row["repetitions_done"]) == ("done", 1)
    tried()


def test_fault_09_a_log_that_is_no_database_keeps_the_set_until_there_is_one(
    open_session, tmp_path
):
    broken = tmp_path / "log.sqlite3"
    broken.write_bytes(b"not a database, but somebody's letter" * 100)
    before = broken.read_bytes()
    session = open_session("short", clock=True)
    line = session.outbox.locator("p")
    expect(line).to_contain_text(str(broken))  # said before the set already, not only after
    session.press("Start")
    session.page.clock.run_for(8000)
    session.expect_status("finished")
    expect(line).to_contain_text(f"kept in this browser. {broken} is damaged")
    assert "Traceback" not in session.root.inner_text()
    [item] = session.page.evaluate(WAITING)
    assert broken.read_bytes() == before
    broken.rename(tmp_path / "letter.txt")
    log_of(session.book).mark(dt.date(2026, 3, 1), "rest")
    session.press("Try again")
    session.expect_saved()
    assert [(r["entry_id"], r["outcome"]) for r in session.rows()] == [
        (item["entry"]["entry_id"], "done")
    ]
    assert session.page.evaluate(WAITING) == []
    tried()


def test_nothing_is_sent_to_the_kernel_between_two_changes(open_session):
    session = open_session("long", clock=True)
    clock = session.page.clock
    clock.run_for(2000)  # the greeting
    assert session.book.sent("hello", "today"), "the test does not see what is sent"
    session.press("Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-index", "2")
    everything = "window.__sent.length"
    before = session.page.evaluate(everything)
    count = session.timer.get_by_role("timer")
    first = int(count.inner_text())
    clock.run_for(10_000)
    assert first - int(count.inner_text()) in (9, 10, 11)  # it did tick
    assert session.page.evaluate(everything) == before
    session.press("Stop")


def test_a_notebook_closed_during_a_set_sounds_no_more(open_lab_session, page, without_kernel):
    session = open_lab_session("short")
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    lab.close_notebooks(page)
    tones = page.evaluate("window.__tones.length")
    seconds_pass(page, 3)
    assert page.evaluate("window.__tones.length") == tones


def test_fault_29_a_set_survives_in_the_browser_until_another_notebook_saves_it(
    open_lab_session, page, server, tmp_path, without_kernel
):
    """The kernel is gone, the page is loaded anew, and the set is still there."""
    folder = server.root / tmp_path.name
    session = open_lab_session("open", folder=folder)
    server.end_kernels()
    session.press("Start", "Stop: it hurts")
    expect(session.outbox).to_contain_text("kept in this browser", timeout=10_000)
    lab.load_lab(page, server)
    session = open_lab_session("open", folder=folder, check=False)
    session.expect_saved()
    assert [r["outcome"] for r in session.rows()] == ["stopped_for_pain"]
