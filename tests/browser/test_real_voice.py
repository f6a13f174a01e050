"""What is really heard: a speech engine speaks in a browser, and the recording is measured."""

from __future__ import annotations

import os
import shutil
import wave
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import expect

from . import real_voice
from .conftest import SHORT
from .lab import Workbook
from .session_page import SessionPage

PHRASES = ["Bend slowly to the right", "Back to the centre", "Hold"]
# Each phrase is spoken at its own moment, three seconds apart.
SPEAK = """(phrases) => {
  window.__spoken = [];
  phrases.forEach((text, n) => setTimeout(() => {
    const spoken = {text, at: performance.now()};
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, {lang: "en-GB", rate: 0.85});
    utterance.onend = () => window.__spoken.push({...spoken, ended: performance.now()});
    speechSynthesis.speak(utterance);
  }, 3000 * n));
}"""


@pytest.fixture(scope="module")
def voice(chromium, tmp_path_factory):
    """Give a browser with a real voice, beside the one without that all other tests use."""
    if lacking := real_voice.missing():
        pytest.skip(f"no speech engine to listen to: apt install {' '.join(lacking)}")
    path = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    folder = tmp_path_factory.mktemp("voice")
    with real_voice.speaking(chromium.browser_type, path, folder) as running:
        yield running


@pytest.fixture
def voice_page(voice):
    context = voice.browser.new_context()
    yield context.new_page()
    context.close()


def test_stretches_of_sound_are_found_where_they_are(tmp_path):
    samples = np.zeros(3 * real_voice.SAMPLE_HZ)
    for start_s, end_s in [(0.5, 1), (1.2, 1.5), (2, 2.5)]:  # the first two are one
        part = slice(int(start_s * real_voice.SAMPLE_HZ), int(end_s * real_voice.SAMPLE_HZ))
        samples[part] = 0.1 * np.sin(np.arange(part.stop - part.start) / 5)
    with wave.open(str(tmp_path / "tones.wav"), "wb") as sound:
        sound.setparams((1, 2, real_voice.SAMPLE_HZ, 0, "NONE", ""))
        sound.writeframes((samples * 32767).astype(np.int16).tobytes())
    intervals = real_voice.loud_intervals(tmp_path / "tones.wav", 100)
    assert intervals == [pytest.approx((100.5, 101.5)), pytest.approx((102, 102.5))]
    heard = real_voice.Heard(tmp_path / "tones.wav", intervals)
    assert heard.heard_after(100.4)
    assert not heard.heard_after(100.6, 1.2)
    assert heard.silent(101.5, 102)
    assert not heard.silent(101.5, 102.2)


def test_the_engine_is_heard_when_it_speaks_and_only_then(voice, voice_page, tmp_path):
    real_voice.wait_for_voices(voice_page)
    voice_page.evaluate(SPEAK, PHRASES)
    voice_page.wait_for_function("window.__spoken.length === 3", timeout=20_000)
    spoken = voice_page.evaluate("window.__spoken")
    heard = voice.recorder.save(tmp_path / "phrases.wav")
    assert [s["text"] for s in spoken] == PHRASES
    at_s = [real_voice.wall_s(voice_page, s["at"]) for s in spoken]
    ended_s = [real_voice.wall_s(voice_page, s["ended"]) for s in spoken]
    assert [heard.heard_after(at) for at in at_s] == [True] * 3, heard
    between = [heard.silent(ended_s[n], at_s[n + 1]) for n in range(2)]
    assert between == [True] * 2, heard


def test_each_cue_of_a_set_is_heard(voice, voice_page, server, tmp_path):
    """Phases of three seconds: each cue ends before the next one begins."""
    slow = SHORT.replace("move_s = 1", "move_s = 3").replace("HOLD", "hold_s = 3")
    (server.root / "slow.toml").write_text(slow)
    cell = 'exercise("short", programme=load_programme("../slow.toml"))'
    book = Workbook(voice_page, server, server.root / tmp_path.name, [cell])
    voice_page.evaluate(
        "localStorage.setItem('backcare:times:short', JSON.stringify({get_ready_s: 3}))"
    )
    book.run_all()
    session = SessionPage(book)
    session.press("None of these applies to me")
    real_voice.wait_for_voices(voice_page)
    session.record()
    session.press("Start")
    session.expect_status("finished", 40_000)
    voice_page.wait_for_function("!speechSynthesis.speaking")
    heard = voice.recorder.save(tmp_path / "set.wav")
    changes = [c for c in session.recorded() if c["status"] in ("running", "finished")]
    at_s = [real_voice.wall_s(voice_page, change["at"]) for change in changes]
    cues = [change["cue"] for change in changes]
    assert len(cues) == 8
    assert [cue for cue, at in zip(cues, at_s, strict=True) if not heard.heard_after(at)] == []
    assert all(heard.silent(end - 0.5, end) for _, end in pairwise(at_s)), heard
    expect(session.root.locator(".bc-cues [role=status]")).to_have_text("")
