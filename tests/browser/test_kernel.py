"""What the kernel does or fails to do: the timer runs on, and a set is stored exactly once."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
from contextlib import closing
from itertools import pairwise

import pytest
from faults import tried
from playwright.sync_api import expect

from backcare_widgets import Log

from . import lab
from .lab import until

SAID = """(line) => {
  window.__said = [];
  new MutationObserver(() => window.__said.push(line.textContent))
    .observe(line, {childList: true, characterData: true, subtree: true});
}"""


RESTART = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"


def seconds_pass(page, seconds):
    now = page.evaluate("performance.now()")
    past = f"(since) => performance.now() - since > {seconds * 1000}"
    page.wait_for_function(past, arg=now, timeout=30_000)


def test_fault_31_a_set_that_ends_while_the_kernel_works_is_saved_once(open_session):
    session = open_session("short", "import time; time.sleep(12)")
    page = session.page
    page.evaluate(
        "addEventListener('backcare:entry', (e) => { window.__entry = e.detail }, {capture: true})"
    )
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
    assert len(session.rows()) == 1
    # The same set delivered again, as after an answer that was lost, stores nothing new.
    page.evaluate(
        """document.dispatchEvent(new CustomEvent("backcare:entry",
        {cancelable: true, detail: window.__entry}))"""
    )
    saved = "window.__said.filter((text) => text === 'Saved in your log.').length"
    until(lambda: page.evaluate(saved) == 2, "no second answer")
    assert len(session.rows()) == 1


@pytest.mark.parametrize("end", ["restarted", "restarted elsewhere", "killed"])
def test_fault_29_a_kernel_that_goes_during_a_set_is_told_at_once_and_loses_nothing(
    open_session, without_kernel, end
):
    session = open_session("short", "import os; os.getpid()")
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
        session.server.ask(f"kernels/{session.book.kernel_id()}/restart", "POST")
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


def test_fault_31_a_busy_kernel_is_not_called_restarted(open_session):
    session = open_session("short", "import time; time.sleep(9)")
    session.outbox.locator("p").evaluate(SAID)
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "3")
    session.book.run(2, wait=False)
    session.expect_status("finished")
    session.expect_saved()
    said = " ".join(session.page.evaluate("window.__said"))
    assert "stopped or was restarted" not in said
    assert "Not connected" not in said
    tried()


def test_fault_04_a_log_held_by_another_program_keeps_the_set_until_it_is_let_go(open_session):
    session = open_session("short", "6 * 7")
    Log.open(session.book.log, backups=session.book.folder / "backups").mark(
        dt.date(2026, 3, 1), "rest"
    )
    with closing(sqlite3.connect(session.book.log, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        session.press("Start", "Stop: it hurts")
        expect(session.outbox).to_contain_text("is busy: another program", timeout=20_000)
        expect(session.outbox).to_contain_text("Not saved")
        waiting = "Object.keys(localStorage).filter((k) => k.startsWith('backcare:outbox:')).length"
        assert session.page.evaluate(waiting) == 1
        expect(session.button("Try again")).to_be_visible()
        holder.execute("ROLLBACK")
    # The notebook is not kept busy by what piled up meanwhile.
    session.book.run(2)
    expect(session.book.cell(2)).to_contain_text("42")
    session.expect_saved()  # by itself, if nobody presses
    assert session.page.evaluate(waiting) == 0
    assert [r["outcome"] for r in session.rows()] == ["stopped_for_pain"]
    tried()


def test_fault_09_a_log_that_is_no_database_keeps_the_set_until_there_is_one(
    open_session, server, tmp_path
):
    folder = server.root / tmp_path.name
    folder.mkdir()
    broken = folder / "log.sqlite3"
    broken.write_bytes(b"not a database, but somebody's letter" * 100)
    before = broken.read_bytes()
    session = open_session("short", folder=folder)
    early = session.outbox.inner_text()
    session.press("Start")
    session.expect_status("finished")
    line = session.outbox.locator("p")
    expect(line).to_contain_text(str(broken))
    expect(line).to_contain_text("ot saved")
    assert "Traceback" not in session.root.inner_text()
    assert broken.read_bytes() == before
    broken.rename(folder / "letter.txt")
    Log.open(folder / "good.sqlite3").mark(dt.date(2026, 3, 1), "rest")
    (folder / "good.sqlite3").rename(broken)
    session.press("Try again")
    session.expect_saved()
    assert [r["outcome"] for r in session.rows()] == ["done"]
    assert str(broken) in early  # it was said before the set already, not only after


def test_nothing_is_sent_to_the_kernel_between_two_changes(open_session, page):
    sent = []

    def listen(socket):
        if "/api/kernels/" in socket.url:
            socket.on("framesent", lambda payload: sent.append(payload))

    page.on("websocket", listen)
    session = open_session("long")
    session.press("Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-index", "2")
    assert sent, "the test does not see what is sent"
    seconds_pass(page, 1)  # what the change itself sent
    sent.clear()
    count = session.timer.get_by_role("timer")
    first = int(count.inner_text())
    seconds_pass(page, 10)
    assert first - int(count.inner_text()) in (9, 10, 11)  # it did tick
    assert sent == []
    page.remove_listener("websocket", listen)
    session.press("Stop")


def test_a_notebook_closed_during_a_set_sounds_no_more(open_session, page, without_kernel):
    session = open_session("short")
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    lab.close_notebooks(page)
    tones = page.evaluate("window.__tones.length")
    seconds_pass(page, 3)
    assert page.evaluate("window.__tones.length") == tones


def test_fault_29_a_set_survives_in_the_browser_until_another_notebook_saves_it(
    open_session, page, server, tmp_path, without_kernel
):
    """The kernel is gone, the page is loaded anew, and the set is still there."""
    folder = server.root / tmp_path.name
    session = open_session("open", folder=folder)
    server.end_kernels()
    session.press("Start", "Stop: it hurts")
    expect(session.outbox).to_contain_text("kept in this browser", timeout=10_000)
    lab.load_lab(page, server)
    session = open_session("open", folder=folder, check=False)
    session.expect_saved()
    assert [r["outcome"] for r in session.rows()] == ["stopped_for_pain"]
