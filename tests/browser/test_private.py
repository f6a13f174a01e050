"""What is said and written stays text, and stays out of the notebook file."""

from __future__ import annotations

import json

import pytest
from faults import kept, tried
from playwright.sync_api import expect

from backcare_widgets import exercise, load_programme, today

from .conftest import SHORT
from .host import log_of
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
    open_lab_session, page, widget_state_saved
):
    session = open_lab_session()
    manual = session.root.locator(".bc-manual")
    manual.locator("summary").click()
    manual.get_by_label("Note").fill(SENTINEL)
    manual.get_by_label("Pain before").select_option("7")
    session.press("Save this set")
    session.expect_saved()
    session.press("Start", "Stop: it hurts")
    until(lambda: len(session.rows()) == 2, "the set is not stored")
    page.evaluate(SAVE)
    file = session.book.server.root / session.book.path
    saved = json.loads(file.read_text(encoding="utf-8"))
    models = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    for model in models.values():
        model["state"].pop("_esm", None)  # our own code, which names the fields
    text = json.dumps(saved, ensure_ascii=False)
    assert "getting_out" in text, "the traits were not saved, so this test sees nothing"
    assert {row["note"] for row in session.rows()} == {"", SENTINEL}
    for private in ("nobody-else", "pain_before", "repetitions_done"):
        assert private not in text, private
    for row in session.rows():
        assert f"{row['started_at']:%Y-%m-%dT%H:%M:%S}" not in text


MARKUP = "<script>__pwned=1</script><img src=x onerror=__pwned=1>"
LIE_DOWN = f"{MARKUP} $\\frac{{1}}{{0}}$ %s"
HOSTILE = SHORT.replace("HOLD", "hold_s = 1")
for old, new in {
    '"Short exercise"': f"'{MARKUP}'",
    '"To the right"': "'<img src=x onerror=__pwned=1> \u202egnihcaer'",
    '"Back"': f"'{'x' * 60}'",
    '"Lie down."': f"'{LIE_DOWN}'",
    '"Get up."': f"'{MARKUP}'",
    '"Gently."': f"'{MARKUP}'",
}.items():
    assert old in HOSTILE
    HOSTILE = HOSTILE.replace(old, new)


def test_fault_39_markup_in_a_programme_or_a_note_is_shown_as_text(open_host, tmp_path):
    file = tmp_path / "hostile.toml"
    file.write_text(HOSTILE, encoding="utf-8")
    programme = load_programme(file)
    host = open_host(
        lambda host: exercise("short", programme=programme, log=log_of(host)), clock=True
    )
    page = host.page
    host.run(1)
    session = SessionPage(host)
    session.press("None of these applies to me")
    expect(session.timer.locator("h3")).to_have_text(MARKUP)
    manual = session.root.locator(".bc-manual")
    manual.locator("summary").click()
    manual.get_by_label("Note").fill(MARKUP)
    session.press("Save this set")
    session.expect_saved()
    kept([MARKUP], [row["note"] for row in session.rows()])
    session.press("Start")
    expect(session.timer.locator(".bc-timer__detail")).to_have_text(LIE_DOWN)
    session.press("Skip")
    expect(session.cue).to_contain_text("<img src=x onerror=__pwned=1> \u202egnihcaer")
    session.press("Skip", "Skip", "Stop")
    expect(session.timer).to_contain_text(MARKUP)  # how to get up
    shown = today(programme=programme, log=log_of(host))._repr_html_()
    page.evaluate(
        "(shown) => { document.body.append(document.createElement('aside'));"
        " document.querySelector('aside').innerHTML = shown; }",
        shown,
    )
    expect(page.locator("aside")).to_contain_text("<script>")
    assert page.locator("aside :is(script, img)").count() == 0
    page.clock.run_for(1000)
    tried()
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.locator(".bc-session :is(script, img)").count() == 0
