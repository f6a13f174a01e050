"""The server hangs, or dies and comes back: the timer runs on, and the set is stored once."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from faults import kept, tried
from playwright.sync_api import expect

from . import lab
from .conftest import PATIENCE_MS, VIEWPORT, put_programmes
from .session_page import SessionPage
from .test_kernel import WAITING

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CELL = 'exercise("short", programme=load_programme("../short.toml"))'
ONE_SECOND_READY = "localStorage.setItem('backcare:times:short', JSON.stringify({get_ready_s: 1}))"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    with lab.serving(tmp_path_factory.mktemp("lab")) as running:
        put_programmes(running.root)
        yield running


@pytest.fixture
def own_page(own_server, chromium):
    """Give a page of the own server; what it says of a lost server is no trouble here."""
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    lab.load_lab(page, own_server)
    page.evaluate(ONE_SECOND_READY)
    yield page
    context.close()


def opened(page, server, folder):
    book = lab.Workbook(page, server, folder, [CELL])
    book.run_all()
    session = SessionPage(book)
    session.press("None of these applies to me")
    session.record()
    session.press("Start")
    expect(session.timer).to_have_attribute("data-index", "1")
    return session


def entry_ids(session):
    return [row["entry_id"] for row in session.rows()]


def test_fault_29_a_server_that_hangs_for_a_while_holds_up_nothing_but_the_saving(
    own_server, own_page, tmp_path
):
    session = opened(own_page, own_server, own_server.root / tmp_path.name)
    own_server.signal(signal.SIGSTOP)
    try:
        session.expect_status("finished")
        shown = session.recorded()
        expect(session.outbox).to_contain_text("kept in this browser", timeout=10_000)
        expect(session.outbox).not_to_contain_text("Saved")
        assert not session.book.log.exists()
    finally:
        own_server.signal(signal.SIGCONT)
    assert [s["index"] for s in shown] == [0, 1, 2, 3, 4, 5, 6, 6]
    session.expect_saved()
    assert len(entry_ids(session)) == 1
    kept([1], [row["repetitions_done"] for row in session.rows()])


def test_fault_29_a_server_that_died_and_came_back_gets_the_set_when_the_cell_is_run_again(
    own_server, own_page, tmp_path
):
    session = opened(own_page, own_server, own_server.root / tmp_path.name)
    kernels = [kernel["id"] for kernel in own_server.ask("kernels")]
    own_server.signal(signal.SIGKILL)
    session.expect_status("finished")
    expect(session.outbox).to_contain_text("kept in this browser", timeout=10_000)
    [item] = own_page.evaluate(WAITING)
    own_server.start()
    assert [k for k in own_server.ask("kernels") if k["id"] in kernels] == []
    lab.load_lab(own_page, own_server)
    session.book.open()
    session.book.run_all()
    session.expect_saved()
    kept([item["entry"]["entry_id"]], entry_ids(session))
    assert len(entry_ids(session)) == 1


def test_fault_35_a_notebook_opened_again_says_to_run_the_cell_and_works_when_it_is_run(
    own_server, own_page, tmp_path
):
    """As committed, and after a server that ran it is gone: with what was saved of it then."""
    folder = own_server.root / tmp_path.name
    folder.mkdir()
    shutil.copy(NOTEBOOKS / "01_lying_down.ipynb", folder)
    book = lab.Workbook(own_page, own_server, folder, file="01_lying_down.ipynb")
    session = SessionPage(book, 0)
    book.cell(0).get_by_text("To be led through it by the timer, run this cell").wait_for()
    book.run_everything()
    expect(session.timer).to_be_visible()
    own_page.evaluate("window.jupyterapp.commands.execute('docmanager:save').then(() => null)")
    own_server.signal(signal.SIGKILL)
    own_server.start()
    lab.load_lab(own_page, own_server)
    book.open()
    expect(session.timer).to_be_hidden()
    page_text = own_page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(page_text).to_contain_text("run the cell again")
    assert "Traceback" not in page_text.inner_text()
    book.run_everything()
    expect(session.timer).to_be_visible()
    tried(2)
