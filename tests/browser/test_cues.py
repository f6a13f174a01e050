"""What is heard: the voice, the counts, and the tones where there is no voice or it is refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from backcare_widgets import load_programme
from backcare_widgets.timeline import expand

from .lab import Workbook, until
from .session_page import SessionPage

PROGRAMME = load_programme()
LYING = PROGRAMME["lying-down"]
# A browser's speech: it writes down what is said and what was cut short, and takes its time.
SPEECH = """
window.__said = [];
window.__cut = [];
window.__speech = {lasts_ms: 300, slow: "", refuse: ""};
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
{
  let now = null, timer;
  const voice = (name, lang, localService) => ({name, lang, localService, default: false});
  const voices = [
    voice("far", "en-GB", false), voice("anna", "de-DE", true), voice("brian", "en-GB", true),
  ];
  const speech = {
    getVoices: () => voices,
    get speaking() { return now !== null; },
    speak(utterance) {
      const {text, rate, lang, volume, voice} = utterance;
      window.__said.push({text, rate, lang, volume, voice: voice.name});
      now = utterance;
      const {lasts_ms, slow, refuse} = window.__speech;
      timer = setTimeout(() => {
        now = null;
        if (refuse) utterance.onerror?.({error: refuse});
        else utterance.onend?.({});
      }, refuse ? 0 : text === slow ? 3200 : lasts_ms);
    },
    cancel() {
      if (!now) return;
      const cut = now;
      now = null;
      clearTimeout(timer);
      window.__cut.push(cut.text);
      setTimeout(() => cut.onerror?.({error: "interrupted"}));
    },
  };
  window.__real ??= Object.getOwnPropertyDescriptor(window, "speechSynthesis");
  Object.defineProperty(window, "speechSynthesis", {configurable: true, value: speech});
}
"""
REAL = "Object.defineProperty(window, 'speechSynthesis', window.__real)"
NO_VOICE = "This browser has no voice for it, so tones mark the changes."
REFUSED = "The voice was refused by the browser, so tones mark the changes."
# Each time the page is looked at the timer ticks once more.
TICK_OFTEN = """() => setInterval(
  () => document.dispatchEvent(new Event("visibilitychange")), 100)"""
NOTED = """(note) => {
  window.__noted = [];
  new MutationObserver(() => window.__noted.push(note.textContent))
    .observe(note, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture
def speech(page):
    """Give the shared page a voice for one test."""
    page.evaluate(SPEECH)
    yield
    page.evaluate(REAL)


def said(page):
    return [spoken["text"] for spoken in page.evaluate("window.__said")]


def tones(page):
    return [tone["hz"] for tone in page.evaluate("window.__tones")]


def note_of(session):
    return session.root.locator(".bc-cues [role=status]")


def choose(session, mode):
    session.root.get_by_role("radio", name=mode).check()


@pytest.fixture
def lying(clock_page, server, tmp_path):
    """Give a session of the shipped programme with a voice, in a page whose time is moved."""
    clock_page.add_init_script(SPEECH)
    folder = server.root / tmp_path.name
    book = Workbook(clock_page, server, folder, ['exercise("lying-down")'])
    book.run_all()
    session = SessionPage(book)
    session.press("None of these applies to me")
    return session


def test_each_cue_of_a_set_is_spoken_once_with_counts_and_the_way_up(lying):
    stretches = expand(LYING, PROGRAMME.words)
    lying.press("Start")
    lying.page.clock.run_for(sum(s.duration_s for s in stretches) * 1000 + 600)
    lying.expect_status("finished")
    wanted = []
    for stretch in stretches:
        wanted += [stretch.say, "2", "1"] if stretch.kind == "hold" else [stretch.say]
    assert said(lying.page) == [*wanted, f"{PROGRAMME.words.finished} {LYING.getting_out}"]
    assert sum(text.startswith("Half way. ") for text in wanted) == 1
    assert sum(text.startswith("Last one. ") for text in wanted) == 1
    heard = lying.page.evaluate("window.__said")
    assert {(s["voice"], s["lang"], s["rate"], s["volume"]) for s in heard} == {
        ("brian", "en-GB", 0.85, 0.6)
    }
    assert lying.page.evaluate("window.__cut") == []
    expect(note_of(lying)).to_have_text("")


def test_a_count_neither_cuts_a_cue_short_nor_comes_twice(lying):
    """A slow voice says "Hold" for 3.2 s of 5, so "2" is left out, and said late by no tick."""
    page = lying.page
    page.evaluate(TICK_OFTEN)
    page.evaluate("window.__speech.slow = 'Hold'")
    lying.press("Start")
    first = expand(LYING)[:5]
    assert (first[-1].kind, first[-1].duration_s) == ("hold", 5)
    page.clock.run_for(sum(s.duration_s for s in first) * 1000 + 600)
    expect(lying.cue).to_have_text("Back to the centre")
    assert said(page) == [*(s.say for s in first), "1", "Back to the centre"]
    assert page.evaluate("window.__cut") == []
    lying.press("Stop")


def test_pausing_and_stopping_silence_the_voice(open_session, page, speech):
    session = open_session("long")
    page.evaluate("window.__speech.lasts_ms = 60000")
    session.press("Start", "Pause")
    assert (said(page), page.evaluate("window.__cut")) == (["Get ready"], ["Get ready"])
    session.press("Resume", "Skip")
    assert said(page) == ["Get ready", "Get ready", "To the right"]
    session.press("Stop")
    session.expect_status("stopped")
    assert page.evaluate("window.__cut") == said(page)
    assert page.evaluate("speechSynthesis.speaking") is False
    assert tones(page) == []


def test_what_was_gone_to_while_paused_is_said_when_it_begins(open_session, page, speech):
    session = open_session("long")
    session.press("Start", "Pause", "Skip")
    assert said(page) == ["Get ready"]
    session.press("Resume")
    assert said(page) == ["Get ready", "To the right"]
    session.press("Stop")


def test_a_cue_that_is_gone_back_to_is_said_again(open_session, page, speech):
    session = open_session("long")
    session.press("Start", "Skip", "Skip")
    count = session.timer.get_by_role("timer")
    expect(count).to_have_text("297")  # of 300: later than what goes to the stretch before
    session.press("Back")
    assert said(page) == ["Get ready", "To the right", "Hold", "Hold"]
    session.press("Stop")


def test_a_programme_in_another_language_is_spoken_by_a_voice_of_it(
    open_session, page, speech, server
):
    text = (server.root / "short.toml").read_text().replace('"short"', '"kurz"')
    german = '[words]\nlanguage = "de-DE"\nget_ready = "Gleich geht es los"\n[[exercise]]'
    (server.root / "kurz.toml").write_text(text.replace("[[exercise]]", german))
    session = open_session("kurz")
    session.press("Start")
    [first] = page.evaluate("window.__said")
    assert (first["text"], first["voice"], first["lang"]) == (
        *("Gleich geht es los", "anna", "de-DE"),
    )
    session.press("Stop")


def test_the_choice_of_sound_is_heard_at_once_and_remembered(open_session, page, speech):
    session = open_session()
    volume = session.root.get_by_role("group", name="Volume")
    expect(session.root.get_by_role("radio", name="Voice")).to_be_checked()
    session.press("Volume: less")
    expect(volume).to_contain_text("50 %")
    [sample] = page.evaluate("window.__said")
    assert (sample["text"], sample["volume"]) == ("Get ready", 0.5)
    choose(session, "Tones")
    until(lambda: len(tones(page)) == 1, "no tone to try")
    session.press("Start", "Skip")
    until(lambda: len(tones(page)) >= 3, "the tones do not sound")
    session.press("Stop")
    assert len(page.evaluate("window.__said")) == 1
    session.book.run(1)  # a new session in the same browser
    expect(session.root.get_by_role("radio", name="Tones")).to_be_checked()
    expect(volume).to_contain_text("50 %")


def test_silent_says_and_sounds_nothing(open_session, page, speech):
    session = open_session()
    choose(session, "Silent")
    expect(session.root.get_by_role("group", name="Volume")).to_be_hidden()
    session.press("Start")
    session.expect_status("finished")
    assert (said(page), tones(page)) == ([], [])
    expect(note_of(session)).to_have_text("")
    session.book.run(1)
    expect(session.root.get_by_role("radio", name="Silent")).to_be_checked()


def test_fault_34_without_a_voice_tones_mark_the_changes_and_it_is_said_once(open_session, page):
    """A browser without voices, like this one."""
    assert page.evaluate("speechSynthesis.getVoices()") == []
    session = open_session()
    note_of(session).evaluate(NOTED)
    session.press("Start")
    session.expect_status("finished")
    centre, right, left, end = 523, 659, 392, 784
    assert tones(page) == [centre, right, right, centre, left, left, centre, end]
    assert page.evaluate("window.__noted") == [NO_VOICE]


@pytest.mark.parametrize("error", ["not-allowed", "synthesis-failed"])
def test_fault_34_a_refused_voice_gives_way_to_tones_and_it_is_said_once(
    open_session, page, speech, error
):
    session = open_session()
    note_of(session).evaluate(NOTED)
    page.evaluate("(error) => {window.__speech.refuse = error}", error)
    session.press("Start")
    session.expect_status("finished")
    centre, right, left, end = 523, 659, 392, 784
    assert tones(page) == [centre, right, right, centre, left, left, centre, end]
    assert said(page) == ["Get ready"]  # it is not asked again and again
    assert page.evaluate("window.__noted") == [REFUSED]
    choose(session, "Silent")
    expect(note_of(session)).to_have_text("")
    page.evaluate("window.__speech.refuse = ''")
    choose(session, "Voice")  # a press of one's own: the voice is tried anew
    assert said(page) == ["Get ready", "Get ready"]
