"""Notebook 7, which listens to keys before they reach a screen: a whole set, and its keys."""

from __future__ import annotations

import pytest
from faults import tried
from playwright.sync_api import expect

from . import lab
from .conftest import ONE_SECOND_READY, PATIENCE_MS, VIEWPORT, put_programmes, watch
from .keys import expect_no_key_to_do_anything
from .lab import until
from .session_page import SessionPage

NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"
# Each key that alone is a command of the notebook, as its own settings name them.
SINGLE_KEYS = """() => window.jupyterapp.commands.keyBindings
  .filter(({keys, selector}) => keys.every((key) => !/^(Ctrl|Accel|Meta|Cmd|Alt|Escape)/.test(key))
    && /Notebook/.test(selector))
  .map(({keys}) => keys)"""
# Said by Notebook itself about the settings of JupyterLab, with no screen of ours in the page.
NOTEBOOKS_OWN = "page error: Cannot read properties of undefined (reading 'schema')"
# As Playwright names keys.
NAMES = {"Arrow Up": "ArrowUp", "Arrow Down": "ArrowDown"}


@pytest.fixture(scope="module")
def notebook_server(tmp_path_factory):
    with lab.serving(tmp_path_factory.mktemp("notebook"), "notebook") as running:
        put_programmes(running.root)
        yield running


@pytest.fixture
def session(notebook_server, chromium, tmp_path):
    """Give a session of 1 s holds in Notebook 7."""
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    trouble = watch(page)
    folder = notebook_server.root / tmp_path.name
    book = lab.NotebookSeven(
        page,
        notebook_server,
        folder,
        ['exercise("short", programme=load_programme("../short.toml"))', "past()", "review()"],
    )
    page.evaluate(ONE_SECOND_READY, "backcare:times:short")
    book.run_all()
    opened = SessionPage(book)
    opened.press("None of these applies to me")
    yield opened
    context.close()
    notebook_server.end_kernels()
    assert [said for said in trouble if said != NOTEBOOKS_OWN] == []


def test_a_whole_set_is_led_to_its_end_and_saved(session):
    session.press("Start")
    session.expect_status("finished")
    session.expect_saved()
    expect(session.timer.locator(".bc-timer__sets")).to_have_text("1 of 3 sets today")
    assert [(r["outcome"], r["repetitions_done"]) for r in session.rows()] == [("done", 1)]


def test_what_was_done_is_listed_changed_and_charted(session):
    session.press("Start")
    session.expect_status("finished")
    session.expect_saved()
    page = session.page
    past, review = page.locator(".bc-past").first, page.locator(".bc-review").first
    expect(past.get_by_role("button", name="Delete")).to_have_count(1)
    past.get_by_role("button", name="Delete").click()
    expect(past).to_contain_text("Deleted. Undo brings it back.")
    assert session.rows() == []
    past.get_by_role("button", name="Undo").click()
    until(lambda: len(session.rows()) == 1, "the set is not back")
    expect(review.locator("img")).to_be_visible(timeout=4 * PATIENCE_MS)
    assert review.locator("img").evaluate("(img) => img.naturalWidth") > 300


def test_fault_50_no_key_of_the_notebook_does_anything_to_it_from_a_session(session):
    page, keyboard = session.page, session.page.keyboard
    bindings = page.evaluate(SINGLE_KEYS)
    assert ["D", "D"] in bindings
    assert ["M"] in bindings
    before = page.evaluate(f"JSON.stringify({NOTEBOOK}.model.toJSON().cells.map((c) => c.source))")
    session.root.locator(".bc-manual summary").click()
    session.press("Start", "Pause")
    for part in (session.button("Resume"), session.timer, session.root.get_by_label("Note")):
        for keys in bindings:
            part.focus()
            for key in keys:
                shifted = key.removeprefix("Shift ")
                name = NAMES.get(shifted, shifted if len(shifted) > 1 else shifted.lower())
                if name in ("Enter", "Space"):
                    continue  # which press the button, and that is meant
                keyboard.press(f"Shift+{name}" if key.startswith("Shift ") else name)
            assert page.evaluate(f"{NOTEBOOK}.widgets.length") == 4, keys
    presses = expect_no_key_to_do_anything(session.book)
    after = page.evaluate(f"JSON.stringify({NOTEBOOK}.model.toJSON().cells.map((c) => c.source))")
    assert after == before
    assert page.evaluate(f"{NOTEBOOK}.widgets.map((w) => w.model.type)") == ["code"] * 4
    session.expect_status("paused")
    session.timer.focus()
    keyboard.press("Escape")  # is the notebook's; then so are the keys
    session.book.cell(1).focus()
    keyboard.press("b")
    until(lambda: page.evaluate(f"{NOTEBOOK}.widgets.length") == 5, "Notebook has no keys at all")
    session.press("Stop")
    tried(len(bindings) + presses)
