"""What is said and written stays text, and stays out of the notebook file."""

from __future__ import annotations

import json

import pytest
from faults import kept, tried
from playwright.sync_api import expect

from .conftest import SHORT
from .lab import until
from .session_page import SessionPage

SAVE = """async () => {
  const { commands } = window.jupyterapp;
  await commands.execute("docmanager:save");
}"""
WIDGET_STATE = "@jupyter-widgets/jupyterlab-manager:saveWidgetState"
SENTINEL = "Zwölf-Uhr-Notiz 🌱 nobody-else"


@pytest.fixture
def widget_state_saved(page):
    """Let JupyterLab save the traits of widgets too, which a person may have chosen."""
    toggle = f"window.jupyterapp.commands.execute({WIDGET_STATE!r}).then(() => null)"
    page.evaluate(toggle)
    yield
    page.evaluate(toggle)


def test_a_saved_notebook_holds_nothing_of_a_persons_notes_or_pain(
    open_session, page, widget_state_saved
):
    session = open_session()
    manual = session.root.locator(".bc-manual")
    manual.locator("summary").click()
    manual.get_by_label("Note").fill(SENTINEL)
    manual.get_by_label("Pain before").select_option("7")
    session.press("Save this set")
    session.expect_saved()
    session.press("Start", "Stop: it hurts")
    until(lambda: len(session.rows()) == 2, "the set is not stored")
    page.evaluate(SAVE)
    file = session.server.root / session.book.path
    saved = json.loads(file.read_text(encoding="utf-8"))
    models = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    for model in models.values():
        model["state"].pop("_esm", None)  # our own code, which names the fields
    text = json.dumps(saved, ensure_ascii=False)
    assert "sets_due" in text, "the traits were not saved, so this test sees nothing"
    assert {row["note"] for row in session.rows()} == {"", SENTINEL}
    for private in ("nobody-else", "pain_before", "repetitions_done"):
        assert private not in text, private
    for row in session.rows():
        assert f"{row['started_at']:%Y-%m-%dT%H:%M:%S}" not in text


MARKUP = "<script>__pwned=1</script><img src=x onerror=__pwned=1>"
HOSTILE = SHORT.replace("HOLD", "hold_s = 1")
for old, new in {
    '"Short exercise"': f"'{MARKUP}'",
    '"To the right"': "'<img src=x onerror=__pwned=1> \u202egnihcaer'",
    '"Back"': f"'{'x' * 60}'",
    '"Lie down."': f"'{MARKUP} $\\frac{{1}}{{0}}$ %s'",
    '"Get up."': f"'{MARKUP}'",
    '"Gently."': f"'{MARKUP}'",
}.items():
    assert old in HOSTILE
    HOSTILE = HOSTILE.replace(old, new)
CELLS = (
    'exercise("short", programme=load_programme("hostile.toml"))',
    'today(programme=load_programme("hostile.toml"))',
)


def test_fault_39_markup_in_a_programme_or_a_note_is_shown_as_text(
    open_cells, page, server, tmp_path
):
    folder = server.root / tmp_path.name
    folder.mkdir()
    (folder / "hostile.toml").write_text(HOSTILE, encoding="utf-8")
    page.evaluate("localStorage.setItem('backcare:times:short', JSON.stringify({get_ready_s: 3}))")
    book = open_cells(*CELLS, folder=folder)
    session = SessionPage(book)
    session.press("None of these applies to me")
    expect(session.timer.locator("h3")).to_have_text(MARKUP)
    expect(book.cell(2)).to_contain_text("<script>")
    manual = session.root.locator(".bc-manual")
    manual.locator("summary").click()
    manual.get_by_label("Note").fill(MARKUP)
    session.press("Save this set")
    session.expect_saved()
    kept([MARKUP], [row["note"] for row in session.rows()])
    session.press("Start", "Skip")
    expect(session.cue).to_contain_text("<img src=x onerror=__pwned=1> \u202egnihcaer")
    session.press("Skip", "Skip", "Stop")
    expect(session.timer).to_contain_text(MARKUP)  # how to get up
    tried()
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.locator(".bc-session :is(script, img)").count() == 0
    assert book.cell(2).locator("script, img[src=x]").count() == 0
