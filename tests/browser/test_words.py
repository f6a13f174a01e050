"""What the page says, as pure functions: the timer, the check, the pain rating, the outbox."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from backcare_widgets.adherence import local_day
from backcare_widgets.outbox import Outbox
from backcare_widgets.questions import ManualEntry, PainRating, WarningCheck
from backcare_widgets.timer import Cues, Timer

from .esm import Esm

ABOUT = {"finished": "Well done.", "getting_out": "Roll onto one side."}
STRETCHES = [
    {"cue": "Bend", "side": "right", "duration_s": 4, "repetition": 1},
    {"cue": "Hold", "side": "right", "duration_s": None, "repetition": 1},
]
QUIET = {
    "waiting": 0,
    "refused": "",
    "notice": "",
    "since": 0,
    "saved": False,
    "durable": True,
    "dead": False,
}


@pytest.fixture(scope="module")
def esm(chromium):
    page = chromium.new_page()
    widgets = {"timer": Timer, "outbox": Outbox, "check": WarningCheck, "pain": PainRating}
    texts = {name: widget._esm for name, widget in widgets.items()}
    yield Esm(page, **texts, manual=ManualEntry._esm, cues=Cues._esm)
    page.close()


@pytest.mark.parametrize(
    ("status", "index", "headline", "primary"),
    [
        ("ready", 0, "Ready when you are", "Start"),
        ("running", 0, "Bend", "Pause"),
        ("running", 1, "Hold", "I am ready: go on"),
        ("paused", 0, "Paused", "Resume"),
        ("asleep", 0, "The computer slept, about 40 minutes", "Go on from here"),
        ("finished", 1, "Well done.", "Another set"),
        ("stopped", 0, "Stopped", "Another set"),
        ("stopped_for_pain", 0, "Stopped because it hurt", "Another set"),
    ],
)
def test_every_status_has_its_words_and_one_main_button(esm, status, index, headline, primary):
    state = {"status": status, "index": index, "stretches": STRETCHES, "gapMs": 2_400_000}
    state["done"] = [True, index > 0]
    words = esm.call("timer", "wording", state, ABOUT)
    assert (words["headline"], words["primary"]) == (headline, primary)
    assert words["next"] == ("Next: Hold" if (status, index) == ("running", 0) else "")
    ended = status in ("finished", "stopped")
    assert ("Roll onto one side." in words["detail"]) == ended


@pytest.mark.parametrize(
    ("done", "due", "ended", "line"),
    [
        (0, 3, False, "Set 1 of 3 today"),
        (1.4, 3, False, "Set 2 of 3 today"),
        (1.4, 3, True, "1.4 of 3 sets today"),
        (3, 3, True, "3 of 3 sets today"),
        (3.4, 3, True, "3 of 3 sets today"),
        (3, 3, False, "Today's sets are done; this is one more"),
        (2, None, False, "No daily goal"),
        (1.4, 2.4, True, "1.4 of 2.4 sets today"),
    ],
)
def test_the_sets_of_the_day_are_worded_without_blame(esm, done, due, ended, line):
    assert esm.call("timer", "setsLine", done, due, ended) == line


@pytest.mark.parametrize(
    ("change", "after", "tone", "says"),
    [
        ({}, 0, "", ""),
        ({"saved": True}, 0, "good", "Saved in your log."),
        ({"waiting": 1}, -1, "", "Saving…"),
        ({"waiting": 1, "saved": True}, -1, "", "Saving…"),
        ({"waiting": 1}, 0, "warn", "1 entry is kept in this browser"),
        ({"waiting": 2, "durable": False}, 9, "warn", "2 entries are kept only while this page"),
        ({"waiting": 1, "refused": "the disk is full."}, 0, "warn", "Not saved: the disk is full."),
    ],
)
def test_saved_is_said_only_when_nothing_waits(esm, change, after, tone, says):
    now = esm.page.evaluate("window.__esm.outbox.PATIENCE_MS") + after
    line = esm.call("outbox", "statusText", QUIET | change, now)
    assert line["tone"] == tone
    assert line["text"].startswith(says) or says in line["text"]
    assert (line["text"] == "Saved in your log.") == (change == {"saved": True})


@pytest.mark.parametrize(
    ("ticked", "found"),
    [
        ([], "none"),
        (["ask_first"], "ask_first"),
        (["doctor", "ask_first"], "doctor"),
        (["not_yet", "doctor", "ask_first"], "not_yet"),
        (["ask_first", "not_yet", "doctor", "emergency"], "emergency"),
    ],
)
def test_the_gravest_sign_decides(esm, ticked, found):
    script = "(ticked) => window.__esm.check.verdict(new Set(ticked))"
    assert esm.page.evaluate(script, ticked) == found


@pytest.mark.parametrize(
    ("moment", "value", "before", "begins"),
    [
        ("before", None, None, ""),
        ("before", 0, None, ""),
        ("before", 3, None, ""),
        ("before", 4, None, "4 or 5"),
        ("before", 6, None, "6 or more"),
        ("after", 5, 4, ""),
        ("after", 6, 4, "2 points or more"),
        ("after", 9, None, ""),
        ("after", 1, 6, ""),
    ],
)
def test_a_change_below_two_points_is_no_change(esm, moment, value, before, begins):
    said = esm.call("pain", "advice", moment, value, before)
    assert said.startswith(begins)
    assert bool(said) == bool(begins)


@pytest.mark.parametrize(
    ("wall_ms", "minutes", "note", "says"),
    [
        (float("nan"), None, "", "Choose the day"),
        (1001, None, "", "That is in the future"),
        (1000, None, "", ""),
        (0, 0, "", ""),
        (0, 600, "", ""),
        (0, -1, "", "The minutes must be from 0 to 600"),
        (
            0,
            float("nan"),
            "",
            "The minutes must be from 0 to 600",
        ),  # no number, as the field has it
        (0, 600.5, "", "The minutes must be from 0 to 600"),
        (-62e12, None, "", "Choose the day"),  # the year 5, of a year half typed
        (0, None, "x" * 4000, ""),
        (0, None, "😀" * 4000, ""),
        (0, None, "x" * 4001, "The note has 4001 characters"),
        (0, None, "half an emoji \ud83d", "The note has a character that cannot be stored"),
        (0, None, "nothing \0 here", "The note has a character that cannot be stored"),
        (0, None, "a whole one 😀", ""),
    ],
)
def test_fault_20_a_manual_entry_is_refused_in_a_sentence(esm, wall_ms, minutes, note, says):
    form = {"wallMs": wall_ms, "minutes": minutes, "note": note}
    said = esm.call("manual", "problemOf", form, 1000)
    assert said.startswith(says)
    assert bool(said) == bool(says)


@pytest.mark.parametrize(
    ("zone", "offset_min", "field"),
    [
        ("Pacific/Kiritimati", 840, "2026-03-29T14:30"),
        ("Pacific/Honolulu", -600, "2026-03-28T14:30"),
        ("Australia/Adelaide", 630, "2026-03-29T11:00"),
    ],
)
def test_a_moment_is_written_in_the_zone_of_the_browser(chromium, zone, offset_min, field):
    context = chromium.new_context(timezone_id=zone)
    esm = Esm(context.new_page(), manual=ManualEntry._esm)
    assert esm.call("manual", "moment", 1_774_744_200_000) == {
        "started_at": "2026-03-29T00:30:00.000Z",
        "utc_offset_min": offset_min,
        "tz": zone,
    }
    assert esm.call("manual", "fieldValue", 1_774_744_200_000) == field
    context.close()


def test_each_side_has_a_tone_of_its_own(esm):
    tones = esm.page.evaluate("window.__esm.cues.TONES")
    assert len({t["hz"] for t in tones.values()}) == len(tones)
    assert tones["right"]["hz"] > tones["centre"]["hz"] > tones["left"]["hz"]
    assert tones["right"]["pan"] > tones["centre"]["pan"] > tones["left"]["pan"]


def voice(name, lang, local=True):
    return {"name": name, "lang": lang, "localService": local}


@pytest.mark.parametrize(
    ("language", "voices", "chosen"),
    [
        ("en-GB", [voice("Amy", "en-US"), voice("Brian", "en-GB")], "Brian"),
        ("en-GB", [voice("Amy", "en-US"), voice("Brian", "en_GB")], "Brian"),
        ("en-GB", [voice("Anna", "de-DE"), voice("Amy", "en-US")], "Amy"),
        ("en-GB", [voice("Cloud", "en-GB", local=False), voice("Amy", "en-US")], "Amy"),
        ("en-GB", [voice("Cloud", "en-GB", local=False)], None),
        ("en-GB", [voice("Anna", "de-DE")], None),
        ("de-DE", [voice("Amy", "en-US"), voice("Anna", "de-AT")], "Anna"),
        ("fi-FI", [voice("Rosa", "fil-PH")], None),
        ("en", [voice("Anna", "de-DE"), voice("Brian", "en-GB")], "Brian"),
        ("en-GB", [], None),
    ],
)
def test_the_voice_is_of_the_language_and_of_this_machine(esm, language, voices, chosen):
    """A network voice would send what is said away; then tones it is."""
    found = esm.call("cues", "chooseVoice", voices, language)
    assert (found and found["name"]) == chosen


@pytest.mark.parametrize(
    ("kind", "duration_s", "counted"),
    [
        ("hold", 5, {2: "2", 1: "1"}),
        ("hold", 4, {2: "2", 1: "1"}),
        ("hold", 3.5, {}),
        ("hold", None, {}),
        ("move", 9, {}),
        ("prepare", 25, {}),
    ],
)
def test_only_the_last_two_seconds_of_a_long_hold_are_counted(esm, kind, duration_s, counted):
    stretch = {"kind": kind, "duration_s": duration_s}
    said = {left: esm.call("cues", "countAloud", stretch, left) for left in range(10)}
    assert {left: count for left, count in said.items() if count} == counted


def test_fault_35_what_the_browser_cannot_store_lasts_as_long_as_the_page(esm):
    """A blank page has no localStorage, like a private window that refuses it."""
    script = "([key, value]) => window.__esm.outbox.remembered.set(key, value)"
    assert esm.page.evaluate(script, ["a", {"b": [1]}]) is False
    read = "([key]) => window.__esm.timer.remembered.get(key, null)"
    assert esm.page.evaluate(read, ["a"]) == {"b": [1]}


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Europe/Berlin", "2026-03-02T02:59:59Z", "2026-03-01"),
        ("Europe/Berlin", "2026-03-02T03:00:00Z", "2026-03-02"),
        ("Europe/Berlin", "2026-03-29T02:30:00Z", "2026-03-29"),  # 04:30, an hour after 01:59
        ("Pacific/Auckland", "2026-03-01T15:00:00Z", "2026-03-02"),
        ("America/Los_Angeles", "2026-03-02T11:59:00Z", "2026-03-01"),
        ("Australia/Lord_Howe", "2026-04-04T17:29:00Z", "2026-04-04"),
    ],
)
def test_fault_27_the_page_knows_the_day_as_the_log_does(chromium, zone, moment, day):
    context = chromium.new_context(timezone_id=zone)
    esm = Esm(context.new_page(), timer=Timer._esm)
    assert esm.call("timer", "dayOf", esm.page.evaluate("Date.parse", moment)) == day
    start = dt.datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    assert local_day(start).isoformat() == day
    context.close()
