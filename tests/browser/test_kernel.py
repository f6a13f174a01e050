"""What the kernel does or fails to do: the timer runs on, and a set is stored exactly once."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from backcare_widgets import Log

from . import lab
from .lab import until

SAID = """(line) => {
  window.__said = [];
  new MutationObserver(() => window.__said.push(line.textContent))
    .observe(line, {childList: true, characterData: true, subtree: true});
}"""


def seconds_pass(page, seconds):
    now = page.evaluate("performance.now()")
    past = f"(since) => performance.now() - since > {seconds * 1000}"
    page.wait_for_function(past, arg=now, timeout=30_000)


def test_a_set_that_ends_while_the_kernel_works_is_saved_once(open_session):
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


def test_a_kernel_restarted_during_a_set_loses_nothing(open_session, without_kernel):
    session = open_session("short")
    session.outbox.locator("p").evaluate(SAID)
    session.record()
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    session.server.ask(f"kernels/{session.book.kernel_id()}/restart", "POST")
    session.expect_status("finished")
    shown = session.recorded()
    assert [s["index"] for s in shown] == [0, 1, 2, 3, 4, 5, 6, 6]
    expect(session.outbox).to_contain_text("1 entry is kept in this browser", timeout=8000)
    expect(session.outbox).to_contain_text("run the cell again")
    assert "Saved in your log." not in session.page.evaluate("window.__said")
    assert not session.book.log.exists()
    session.book.run(0)
    session.book.run(1)
    session.expect_saved()
    [row] = session.rows()
    assert (row["outcome"], row["repetitions_done"]) == ("done", 1)


def test_a_log_that_is_no_database_keeps_the_set_until_there_is_one(open_session, server, tmp_path):
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


def test_a_cell_run_again_during_a_set_leaves_no_set_that_goes_on_unseen(open_session, page):
    session = open_session("short")
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    session.book.run(1)
    session.expect_status("ready")
    tones = page.evaluate("window.__tones.length")
    seconds_pass(page, 7)
    logged = [r["outcome"] for r in session.rows()] if session.book.log.exists() else []
    assert logged in ([], ["stopped"])
    assert page.evaluate("window.__tones.length") == tones


def test_a_notebook_closed_during_a_set_sounds_no_more(open_session, page, without_kernel):
    session = open_session("short")
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    lab.close_notebooks(page)
    tones = page.evaluate("window.__tones.length")
    seconds_pass(page, 3)
    assert page.evaluate("window.__tones.length") == tones


def test_a_set_survives_in_the_browser_until_another_notebook_saves_it(
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
