"""What is heard: the voice, the counts, and the tones where there is no voice or it fails."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from backcare_widgets import load_programme
from backcare_widgets.programme.timeline import expand

from .host import session_of
from .lab import until
from .session_page import SessionPage

PROGRAMME = load_programme()
LYING, STANDING = PROGRAMME["lying-down"], PROGRAMME["standing-up"]
READY = f"Get ready. {LYING.getting_in}"
# A browser's speech: it writes down what it is given, what it begins and what it cuts short, and
# when. `lasts` is how long it takes for a text that it is given for the nth time; `kind` is what is
# wrong with it.
SPEECH = """
window.__said = [];
window.__begun = [];
window.__cut = [];
window.__noted = [];
window.__speech = {kind: "works", lasts: () => 300, refuse: "", looks: 0};
const isKind = (...kinds) => kinds.includes(window.__speech.kind);
const no = () => { throw new DOMException("no", "SecurityError"); };
window.SpeechSynthesisUtterance = class {
  constructor(text) { isKind("makes no utterance") ? no() : this.text = text; }
};
{
  const queue = [];  // the first one is being spoken, once it has begun
  const given = new Map();
  let timer, cancelledAt = -Infinity;
  const voice = (name, lang, localService) => ({name, lang, localService, default: false});
  const voices = [
    voice("far", "en-GB", false), voice("anna", "de-DE", true), voice("brian", "en-GB", true),
  ];
  const many = Array.from({length: 5000}, (_, i) => voice(`voice ${i}`, "xx-XX", true));

  function next() {
    clearTimeout(timer);
    const isPaused = isKind("is paused") && window.__begun.length > 0;
    if (!queue.length || isPaused || isKind("never begins")) return;
    timer = setTimeout(begin, isKind("begins late") ? 1500 : 50);
  }
  function leave(utterance) {
    queue.splice(queue.indexOf(utterance), 1);
    next();
  }
  function begin() {
    const [utterance] = queue, {text} = utterance, {refuse, lasts} = window.__speech;
    if (refuse) {
      leave(utterance);
      return utterance.onerror?.({error: refuse});
    }
    if (isKind("is cancelled before it begins")) return cancelAll("canceled");
    if (isKind("ends what it never began")) {
      leave(utterance);
      return utterance.onend?.({});
    }
    window.__begun.push({text, at: performance.now()});
    utterance.onstart?.({});
    if (isKind("sticks", "never ends")) return;
    if (isKind("is cancelled while it speaks"))
      return void (timer = setTimeout(() => cancelAll("interrupted"), 200));
    const nth = given.get(text);
    timer = setTimeout(() => {
      leave(utterance);
      utterance.onend?.({});
    }, lasts(text, nth));
  }
  function cancelAll(error) {
    if (isKind("throws as it cancels")) no();
    cancelledAt = performance.now();
    if (isKind("sticks") || !queue.length) return;
    clearTimeout(timer);
    window.__cut.push(queue[0].text);
    for (const cut of queue.splice(0)) setTimeout(() => cut.onerror?.({error}));
  }
  const speech = {
    getVoices() {
      window.__speech.looks += 1;
      if (isKind("throws as it looks for voices")) no();
      const isWithout = isKind("loses its voices") && window.__begun.length > 0;
      if (isWithout || isKind("has no voices")) return [];
      return isKind("has thousands of voices") ? [...many, ...voices] : voices;
    },
    get speaking() { return isKind("throws as it is looked at") ? no() : queue.length > 0; },
    get pending() { return queue.length > 1; },
    speak(utterance) {
      const {text, rate, lang, volume, voice} = utterance;
      if (isKind("throws")) no();
      window.__said.push({text, rate, lang, volume, voice: voice.name, at: performance.now()});
      given.set(text, (given.get(text) ?? 0) + 1);
      const isAfterCancel = performance.now() - cancelledAt < 100;
      if (isKind("drops what comes right after a cancel") && isAfterCancel) return;
      queue.push(utterance);
      if (queue.length === 1) next();
    },
    cancel: () => cancelAll("interrupted"),
  };
  Object.defineProperty(window, "speechSynthesis", {configurable: true, get: () =>
    isKind("is out of reach") ? no() : isKind("is missing") ? undefined : speech});
}
"""
# Where the test moves the time, no sound waits for a real device that wakes up in real time.
AWAKE = """Object.defineProperty(BaseAudioContext.prototype, "state", {get: () => "running"})"""
NO_VOICE = (
    "This browser has no voice for it, so tones mark the changes. A voice can be added in the"
    " settings of your computer."
)
REFUSED = (
    "The browser refused the voice, so tones mark the changes. To try the voice again, change the"
    " volume."
)
LATE = "The voice did not begin in time, so a tone marked the change. You need do nothing."
CUT = "The voice was cut short, so a tone marked the change. You need do nothing."
# What is wrong with an engine, and what is said of it on the screen.
KINDS = {
    "works": "",
    "drops what comes right after a cancel": LATE,
    "refuses": REFUSED,
    "never ends": "",
    "sticks": LATE,
    "never begins": LATE,
    "throws": REFUSED,
    "has no voices": NO_VOICE,
    "is missing": NO_VOICE,
    "has thousands of voices": "",
    "is cancelled while it speaks": CUT,
    "is cancelled before it begins": LATE,
    "begins late": LATE,
    "ends what it never began": LATE,
    "is paused": LATE,
    "loses its voices": NO_VOICE,
    "throws as it looks for voices": NO_VOICE,
    "throws as it is looked at": LATE,
    "throws as it cancels": LATE,
    "is out of reach": NO_VOICE,
    "makes no utterance": REFUSED,
}
CENTRE, RIGHT, LEFT, END, PAUSED = 523, 659, 392, 784, 262
# What a set of the short programme says, and the tone of each.
CUES = [
    *[("Get ready", CENTRE), ("To the right", RIGHT), ("Hold", RIGHT), ("Back", CENTRE)],
    *[("To the left", LEFT), ("Hold", LEFT), ("And back", CENTRE)],
    ("Well done. Rest a moment. Get up.", END),
]
TONES = [hz for _, hz in CUES]
# Each time the page is looked at the timer ticks once more.
TICK_OFTEN = """() => setInterval(
  () => document.dispatchEvent(new Event("visibilitychange")), 100)"""
NOTED = """(note) => new MutationObserver(() => window.__noted.push(note.textContent))
  .observe(note, {childList: true, characterData: true, subtree: true})"""


def said(page):
    return [spoken["text"] for spoken in page.evaluate("window.__said")]


def tones(page):
    return [tone["hz"] for tone in page.evaluate("window.__tones")]


def set_lasts(page, rule):
    """Let the engine take so many milliseconds for a text, by a rule in JavaScript."""
    page.evaluate(f"() => {{ window.__speech.lasts = (text, nth) => {rule}; }}")


def set_kind(page, kind):
    """Let something be wrong with the engine."""
    page.evaluate("(kind) => { window.__speech.kind = kind; }", kind)
    if kind == "refuses":
        page.evaluate("() => { window.__speech.refuse = 'synthesis-failed'; }")


def note_of(session):
    return session.root.locator(".bc-cues [role=status]")


def choose(session, mode):
    session.root.get_by_role("radio", name=mode).check()


def run_set(session, seconds=10):
    """Let the time of a set pass."""
    session.page.clock.run_for(1000 * seconds)
    session.expect_status("finished")


def at_rest(session):
    """Let no time pass in a page but what the test lets pass; return its session."""
    clock = session.page.clock
    clock.pause_at(session.page.evaluate("Date.now()") / 1000 + 1)
    return session


@pytest.fixture
def open_speaking(open_session):
    """Give a function that opens a session with a voice, in a page whose time is moved."""

    def opened(name="short"):
        return at_rest(open_session(name, clock=True, scripts=[SPEECH, AWAKE]))

    return opened


@pytest.fixture
def open_exercise_aloud(open_exercise):
    """Give a function that opens an exercise of the programme with a voice and times of one's own.

    The page's time is moved by the test.
    """

    def opened(exercise, **times):
        key, kept = f"backcare:times:{exercise.id}", json.dumps(times)
        own = f"localStorage.setItem({json.dumps(key)}, {json.dumps(kept)})"
        return at_rest(open_exercise(exercise.id, clock=True, scripts=[SPEECH, AWAKE, own]))

    return opened


@pytest.fixture
def lying(open_exercise_aloud):
    return open_exercise_aloud(LYING)


def test_each_cue_of_a_set_is_spoken_once_with_counts_and_the_way_up(lying):
    stretches = expand(LYING, PROGRAMME.words)
    lying.press("Start")
    lying.page.clock.run_for(sum(s.duration_s for s in stretches) * 1000 + 600)
    lying.expect_status("finished")
    counts = {"prepare": ["3", "2", "1"], "hold": ["2", "1"], "move": []}
    wanted = []
    for stretch in stretches:
        wanted += [stretch.say, *counts[stretch.kind]]
    assert wanted[:4] == [READY, "3", "2", "1"]
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
    set_lasts(page, "text === 'Hold' ? 3200 : 300")
    lying.press("Start")
    first = expand(LYING)[:5]
    assert (first[-1].kind, first[-1].duration_s) == ("hold", 5)
    page.clock.run_for(sum(s.duration_s for s in first) * 1000 + 600)
    expect(lying.cue).to_have_text("Back to the centre")
    ready, *others = [s.say for s in first]
    assert said(page) == [ready, "3", "2", "1", *others, "1", "Back to the centre"]
    assert page.evaluate("window.__cut") == []
    lying.press("Stop")


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("text === 'Hold' && nth === 1 ? 3200 : 300", ["1"]),  # slow in the first repetition
        ("text === 'Hold' && nth === 6 ? 3200 : 300", ["2", "1"]),  # in a later one
    ],
)
def test_fault_48_the_counts_are_the_same_in_each_repetition(lying, rule, counts):
    page = lying.page
    set_lasts(page, rule)
    lying.press("Start")
    run_set(lying, sum(s.duration_s for s in expand(LYING)))
    spoken = said(page)
    holds = [n for n, text in enumerate(spoken) if text == "Hold"]
    assert len(holds) == 2 * LYING.repetitions
    for n in holds:
        assert spoken[n + 1 : n + 1 + len(counts)] == counts
        assert len(spoken[n + 1 + len(counts)]) > 1  # the next cue
    assert page.evaluate("window.__cut") == []


@pytest.mark.parametrize(
    ("exercise", "times", "start"),
    [
        (LYING, {}, [READY, "3", "2", "1"]),
        (STANDING, {}, [f"Get ready. {STANDING.getting_in}", "3", "2", "1"]),
        (LYING, {"get_ready_s": 8}, ["Get ready", "3", "2", "1"]),
        (STANDING, {"get_ready_s": 5}, ["Get ready", "3", "2", "1"]),
        (LYING, {"get_ready_s": 3}, ["Get ready"]),
    ],
)
def test_getting_ready_ends_with_a_count_of_three(open_exercise_aloud, exercise, times, start):
    """How to get into position is left out where the count would not be heard."""
    session = open_exercise_aloud(exercise, **times)
    set_lasts(session.page, "75 * text.length")
    session.press("Start")
    expect(session.cue).to_have_text("Get ready")
    expect(session.timer.locator(".bc-timer__detail")).to_have_text(exercise.getting_in)
    ready_s = times.get("get_ready_s", exercise.get_ready_s)
    session.page.clock.run_for(1000 * ready_s)
    first = expand(exercise)[1].say
    spoken = session.page.evaluate("window.__said")
    assert [one["text"] for one in spoken] == [*start, first]
    began = spoken[0]["at"]
    at_s = {one["text"]: round((one["at"] - began) / 1000, 1) for one in spoken[1:-1]}
    assert at_s == {count: ready_s - int(count) for count in start[1:]}
    begun = session.page.evaluate("window.__begun")
    assert [one["text"] for one in begun] == start  # and each began at once
    late = [b["at"] - s["at"] for b, s in zip(begun, spoken, strict=False)]
    assert max(late) < 100
    assert session.page.evaluate("window.__cut") == []


def test_what_is_left_of_getting_ready_after_a_pause_is_for_the_count(lying):
    lying.press("Start")
    lying.page.clock.run_for(16_000)
    lying.press("Pause", "Resume")
    lying.page.clock.run_for(9000)
    assert said(lying.page)[:5] == [READY, "Get ready", "3", "2", "1"]
    lying.press("Stop")


def test_pausing_and_stopping_silence_the_voice(open_speaking):
    session = open_speaking("long")
    page = session.page
    set_lasts(page, 60_000)
    session.press("Start", "Pause")
    assert (said(page), page.evaluate("window.__cut")) == (["Get ready"], ["Get ready"])
    session.press("Resume", "Skip")
    assert said(page) == ["Get ready", "Get ready", "To the right"]
    session.press("Stop")
    session.expect_status("stopped")
    assert page.evaluate("window.__cut") == said(page)
    assert page.evaluate("speechSynthesis.speaking") is False
    page.clock.run_for(3000)  # nor is a tone heard for what was cut short
    assert tones(page) == []
    expect(note_of(session)).to_have_text("")


def test_what_was_gone_to_while_paused_is_said_when_it_begins(open_speaking):
    session = open_speaking("long")
    session.press("Start", "Pause", "Skip")
    assert said(session.page) == ["Get ready"]
    session.press("Resume")
    assert said(session.page) == ["Get ready", "To the right"]
    session.press("Stop")


def test_a_cue_that_is_gone_back_to_is_said_again(open_speaking):
    session = open_speaking("long")
    session.press("Start", "Skip", "Skip")
    session.page.clock.run_for(3000)
    count = session.timer.get_by_role("timer")
    expect(count).to_have_text("297")  # of 300: later than what goes to the stretch before
    session.press("Back")
    assert said(session.page) == ["Get ready", "To the right", "Hold", "Hold"]
    session.press("Stop")


def test_a_programme_in_another_language_is_spoken_by_a_voice_of_it(
    open_host, programmes, tmp_path
):
    text = (programmes / "short.toml").read_text().replace('"short"', '"kurz"')
    german = '[words]\nlanguage = "de-DE"\nget_ready = "Gleich geht es los"\n[[exercise]]'
    (tmp_path / "kurz.toml").write_text(text.replace("[[exercise]]", german, 1))
    host = open_host(session_of("kurz", tmp_path), scripts=[SPEECH], clock=True)
    host.run(1)
    session = SessionPage(host)
    session.press("None of these applies to me", "Start")
    [first] = host.page.evaluate("window.__said")
    assert (first["text"], first["voice"], first["lang"]) == (
        *("Gleich geht es los. Lie down.", "anna", "de-DE"),
    )
    session.press("Stop")


def test_the_choice_of_sound_is_heard_at_once_and_remembered(open_session):
    session = open_session(scripts=[SPEECH])
    page = session.page
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


def test_silent_says_and_sounds_nothing(open_speaking):
    session = open_speaking()
    choose(session, "Silent")
    expect(session.root.get_by_role("group", name="Volume")).to_be_hidden()
    session.press("Start")
    run_set(session)
    assert (said(session.page), tones(session.page)) == ([], [])
    expect(note_of(session)).to_have_text("")
    session.book.run(1)
    expect(session.root.get_by_role("radio", name="Silent")).to_be_checked()


def test_fault_34_without_a_voice_tones_mark_the_changes_and_it_is_said_once(open_session):
    """A browser without voices, like this one, and its real sound."""
    session = open_session(clock=True)
    page = session.page
    assert page.evaluate("speechSynthesis.getVoices()") == []
    page.evaluate("() => { window.__noted = []; }")
    note_of(session).evaluate(NOTED)
    session.press("Start")
    until(lambda: tones(page) == [CENTRE], "the sound does not wake up")
    run_set(session)
    assert tones(page) == TONES
    assert page.evaluate("window.__noted") == [NO_VOICE]


def test_fault_48_a_voice_that_is_found_late_speaks_from_then_on(open_speaking):
    """A browser may have none yet as the set begins: then nothing is wrong any more."""
    session = open_speaking()
    page = session.page
    page.evaluate("() => { window.__speech.kind = 'has no voices'; }")
    session.press("Start")
    expect(note_of(session)).to_have_text(NO_VOICE)
    page.evaluate("() => { window.__speech.kind = 'works'; }")
    session.press("Skip")
    expect(note_of(session)).to_have_text("")
    assert said(page) == ["To the right"]
    session.press("Stop")


@pytest.mark.parametrize("error", ["not-allowed", "synthesis-failed"])
def test_fault_34_a_refused_voice_gives_way_to_tones_and_it_is_said_once(open_speaking, error):
    session = open_speaking()
    page = session.page
    note_of(session).evaluate(NOTED)
    page.evaluate("(error) => { window.__speech.refuse = error; }", error)
    session.press("Start")
    run_set(session)
    assert tones(page) == TONES
    assert said(page) == ["Get ready"]  # it is not asked again and again
    assert page.evaluate("window.__noted") == [REFUSED]
    choose(session, "Silent")
    expect(note_of(session)).to_have_text("")
    page.evaluate("() => { window.__speech.refuse = ''; }")
    choose(session, "Voice")  # a press of one's own: the voice is tried anew
    assert said(page) == ["Get ready", "Get ready"]


def not_heard(session, changes):
    """Return the cues that were heard neither as words nor as their tone, within a second."""
    begun, sounded = session.page.evaluate("[window.__begun, window.__tones]")
    ends = [*(change["at"] for change in changes[1:]), changes[-1]["at"] + 1000]
    lost = []
    for (text, hz), change, end in zip(CUES, changes, ends, strict=True):
        within = range(int(change["at"]) - 1, int(min(end, change["at"] + 1000)) + 1)
        words = any(b["text"] == text and int(b["at"]) in within for b in begun)
        tone = any(t["hz"] == hz and int(t["at"]) in within for t in sounded)
        if not (words or tone):
            lost.append(change["cue"])
    return lost


def misplaced(session, changes):
    """Return the words that were begun while the screen showed another cue."""
    wrong = []
    for begun in session.page.evaluate("window.__begun"):
        shown = sum(change["at"] <= begun["at"] for change in changes) - 1
        if begun["text"] != CUES[max(shown, 0)][0]:
            wrong.append(begun)
    return wrong


@pytest.mark.parametrize(("kind", "note"), KINDS.items())
def test_fault_48_each_cue_is_heard_as_words_or_as_its_tone(open_speaking, kind, note):
    """Long words, so that each cue cuts the one before it short: case P4 lost all of them."""
    session = open_speaking()
    page = session.page
    note_of(session).evaluate(NOTED)
    set_kind(page, kind)
    set_lasts(page, 60_000)
    session.record()
    session.press("Start")
    run_set(session)
    changes = session.recorded()
    assert [c["status"] for c in changes] == [*["running"] * 7, "finished"]
    assert not_heard(session, changes) == []
    assert misplaced(session, changes) == []
    assert page.evaluate("window.__noted") == ([note] if note else [])  # said once
    expect(note_of(session)).to_have_text(note)
    if not note:
        assert tones(page) == []  # nothing is heard twice
    if note == CUT:
        assert tones(page) == TONES


@pytest.mark.parametrize("kind", ["throws as it looks for voices", "is out of reach"])
def test_fault_48_an_engine_that_is_broken_from_the_first_keeps_no_session_from_opening(
    open_session, kind
):
    broken = f"window.__speech.kind = {kind!r};"
    session = at_rest(open_session(clock=True, scripts=[SPEECH + broken + AWAKE]))
    session.press("Start")
    run_set(session)
    assert tones(session.page) == TONES
    expect(note_of(session)).to_have_text(NO_VOICE)


# A device that the browser does not let sound before a test lets it, and does not let rest.
DEAF = """
window.__waiting = [];
Object.defineProperty(BaseAudioContext.prototype, "state",
  {get: () => window.__sounds ? "running" : "suspended"});
AudioContext.prototype.resume = () => new Promise((done) => window.__waiting.push(done));
AudioContext.prototype.suspend = AudioContext.prototype.close = () => Promise.reject(new Error());
"""


def test_fault_34_tones_that_could_not_sound_in_their_time_do_not_sound_later(open_session):
    session = at_rest(open_session(clock=True, scripts=[SPEECH, DEAF]))
    page = session.page
    choose(session, "Tones")
    session.press("Start")
    run_set(session)
    expect(note_of(session)).to_have_text(
        "No sound can be played here. Every cue is shown all the same: keep the screen in sight."
    )
    page.evaluate("() => { window.__sounds = true; window.__waiting.forEach((done) => done()); }")
    page.clock.run_for(3000)
    assert tones(page) == []
    session.press("Another set", "Start")
    run_set(session)
    page.clock.run_for(3000)
    assert tones(page) == TONES


def test_fault_48_nothing_is_cancelled_where_nothing_is_spoken(open_speaking):
    """So an engine that drops what comes right after a cancel drops nothing."""
    session = open_speaking()
    set_kind(session.page, "drops what comes right after a cancel")
    session.press("Start")
    run_set(session)
    begun = [one["text"] for one in session.page.evaluate("window.__begun")]
    assert begun == [text for text, _ in CUES]
    assert tones(session.page) == []
    expect(note_of(session)).to_have_text("")


def test_fault_48_a_voice_that_does_not_begin_is_not_waited_for_again_before_the_next_set(
    open_speaking,
):
    session = open_speaking()
    page = session.page
    set_kind(page, "never begins")
    session.press("Start")
    run_set(session)
    assert said(page) == ["Get ready", "To the right"]
    assert tones(page) == TONES
    start = page.evaluate("window.__said[0].at")
    at_ms = [round(tone["at"] - start) for tone in page.evaluate("window.__tones")]
    assert at_ms == [900, 1900, 2000, 3000, 4000, 5000, 6000, 7000]
    set_kind(page, "works")
    page.evaluate("speechSynthesis.cancel()")
    session.press("Another set", "Start")
    run_set(session)
    assert said(page)[2:] == [text for text, _ in CUES]
    assert tones(page) == TONES  # none was added


def test_fault_48_thousands_of_voices_cost_little(open_speaking):
    """The list is looked through once a cue; phases change within 20 ms."""
    session = open_speaking()
    page = session.page
    set_kind(page, "has thousands of voices")
    session.press("Start")
    page.evaluate("() => { window.__speech.looks = 0; }")
    run_set(session)
    heard = len(said(page)) - 1
    assert heard == len(CUES) - 1
    assert page.evaluate("window.__speech.looks") == heard


def pause_itself(session, move):
    """Go to a hold of 20 s, and let the clocks do in it what a test moves them to."""
    page = session.page
    session.press("Start", "Skip", "Skip", "Skip", "Skip")
    page.clock.run_for(3000)
    expect(session.cue).to_have_text("Hold")
    page.evaluate("() => { window.__said = []; window.__tones = []; }")
    move(page.clock, page.evaluate("Date.now()") / 1000)
    page.clock.run_for(1000)
    session.expect_status("asleep")


GAPS = {
    "The page stood still, 11 seconds": lambda clock, _: clock.fast_forward(11_000),
    "The page stood still, about 40 minutes": lambda clock, _: clock.fast_forward(2_400_000),
    "The computer's clock was moved": lambda clock, now: clock.set_system_time(now - 3600),
    "The computer slept, about 40 minutes": (lambda clock, now: clock.set_system_time(now + 2400)),
}


@pytest.mark.parametrize(("headline", "move"), GAPS.items(), ids=GAPS)
def test_fault_49_a_set_that_pauses_itself_says_so_aloud_with_a_tone(
    open_exercise_aloud, headline, move
):
    """Case P5: the person lies there, eyes shut, and holds on."""
    session = open_exercise_aloud(LYING, hold_s=20)
    pause_itself(session, move)
    expect(session.cue).to_have_text(headline)
    expect(session.timer).to_contain_text("Nothing was counted meanwhile.")
    session.page.clock.run_for(60_000)
    assert said(session.page) == [PROGRAMME.words.paused]  # once, and nothing after it
    assert tones(session.page) == [PAUSED]
    session.press("Go on from here")
    expect(session.cue).to_have_text("Hold")
    assert said(session.page)[1:] == ["Hold"]
    session.press("Stop")


@pytest.mark.parametrize(
    ("mode", "kind", "spoken", "sounded"),
    [
        ("Tones", "works", [], [PAUSED]),
        ("Silent", "works", [], []),
        ("Voice", "has no voices", [], [PAUSED]),
        ("Voice", "never begins", [PROGRAMME.words.paused], [PAUSED]),
    ],
)
def test_fault_49_the_pause_is_heard_in_the_way_that_was_chosen(
    open_exercise_aloud, mode, kind, spoken, sounded
):
    session = open_exercise_aloud(LYING, hold_s=20)
    choose(session, mode)

    def stand_still(clock, _):
        set_kind(session.page, kind)
        clock.fast_forward(11_000)

    pause_itself(session, stand_still)
    session.page.clock.run_for(3000)
    assert (said(session.page), tones(session.page)) == (spoken, sounded)
