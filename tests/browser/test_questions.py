"""What is asked before and beside a set: the warning signs, and a set done away from the screen."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from backcare_widgets.programme.warning_signs import load_warning_signs

SIGNS = load_warning_signs()


def visible_text(session):
    return " ".join(session.root.inner_text().split())


def test_a_sign_decides_what_can_be_started(open_session):
    session = open_session(check=False)
    start, go_on = session.button("Start"), "Go on with what I ticked"
    expect(start).to_be_disabled()
    session.timer.focus()
    session.page.keyboard.press("Space")
    session.expect_status("ready")  # Space is no way round the question

    tick = session.root.get_by_label
    tick(SIGNS.emergency[0]).check()
    tick(SIGNS.doctor[0]).check()
    session.press(go_on)
    expect(session.root.get_by_role("heading")).to_have_text("Get help now")
    assert SIGNS.emergency_numbers in visible_text(session)
    shown = session.root.get_by_role("button").all_inner_texts()
    assert [text for text in shown if text] == ["I ticked that by mistake"]
    parts = ("timer", "figure", "pain", "cues", "stage", "manual", "outbox")
    for part in parts:
        expect(session.root.locator(f".bc-{part}")).to_be_hidden()

    session.press("I ticked that by mistake")
    expect(session.timer).to_be_visible()
    expect(start).to_be_disabled()
    tick(SIGNS.not_yet[0]).check()
    session.press(go_on)
    expect(session.root.get_by_role("heading")).to_have_text("Leave these exercises for now")
    expect(session.timer).to_be_hidden()

    session.press("I ticked that by mistake")
    tick(SIGNS.doctor[0]).check()
    session.press(go_on)
    expect(session.root).to_contain_text("See a doctor first")
    expect(session.root).to_contain_text(SIGNS.urgent_numbers)
    expect(start).to_be_disabled()
    session.press("I understand: go on")
    expect(start).to_be_enabled()

    session.book.run(1)  # answers are not stored: a new session asks again
    expect(session.button("None of these applies to me")).to_be_visible()
    expect(session.root.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(start).to_be_disabled()


def test_an_emergency_during_a_set_ends_the_tones_and_the_counting(open_session):
    session = open_session(clock=True)
    session.press("Start", "Skip", "Show the list again")
    session.root.get_by_label(SIGNS.emergency[0]).check()
    session.press("Go on with what I ticked")
    expect(session.timer).to_be_hidden()
    tones = session.page.evaluate("window.__tones.length")
    index = session.timer.get_attribute("data-index")
    session.page.clock.run_for(2500)
    assert session.timer.get_attribute("data-index") == index
    assert session.page.evaluate("window.__tones.length") == tones


@pytest.mark.parametrize("minutes", ["4", ""])
def test_a_set_done_away_from_the_screen_is_written_down(open_session, minutes):
    session = open_session()
    manual = session.root.locator(".bc-manual")
    manual.locator("summary").click()
    when = manual.get_by_label("When did you start?")
    now = dt.datetime.now()
    when.fill(f"{now + dt.timedelta(days=1):%Y-%m-%dT%H:%M}")
    session.press("Save this set")
    said = manual.locator("p[role=status]")
    expect(said).to_have_text(
        "That is in the future. Nothing was saved yet; choose a time that has passed."
    )
    assert not session.book.log.exists()
    past = (now - dt.timedelta(days=2)).replace(hour=10, minute=30, second=0, microsecond=0)
    when.fill(f"{past:%Y-%m-%dT%H:%M}")
    manual.get_by_label("How many minutes").fill(minutes)
    manual.get_by_label("Pain before").select_option("5")
    manual.get_by_label("Note").fill("=1+1, in the garden 🌱")
    session.press("Save this set")
    expect(said).to_have_text("Written down. You can add another one.")
    session.expect_saved()
    [row] = session.rows()
    assert (row["source"], row["outcome"], row["exercise_id"]) == ("manual", "done", "short")
    assert row["started_at"].to_pydatetime() == past.astimezone(dt.UTC)
    assert row["local_day"].date() == past.date()
    assert row["note"] == "=1+1, in the garden 🌱"
    assert row["pain_before"] == 5
    assert minutes == "" or row["duration_s"] == 240
    # Notes and pain go by message and stay out of what the notebook saves.
    assert "garden" in str(session.book.sent("add"))
    assert "garden" not in str(session.book.widget(1).get_state())
