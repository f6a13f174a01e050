"""The clock of the timer, as pure functions: time is read and never counted."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backcare_widgets import load_programme
from backcare_widgets.timeline import expand
from backcare_widgets.timer import Timer

from .esm import Esm

PROGRAMME = load_programme()
ABOUT = {"exercise_id": "lying-down", "repetitions": 2}


def stretch(kind, side, duration_s, repetition, longest_s=None):
    return {
        "kind": kind,
        "cue": f"{kind} {side}",
        "pose": side,
        "side": side,
        "duration_s": duration_s,
        "repetition": repetition,
        "longest_s": longest_s,
    }


# Ten seconds to get ready, then two repetitions of a movement and a hold, then out again.
SET = [
    stretch("prepare", "centre", 10, 0),
    stretch("move", "right", 4, 1),
    stretch("hold", "right", 5, 1),
    stretch("move", "left", 4, 2),
    stretch("hold", "left", 5, 2),
    stretch("move", "centre", 8, 0),
]
OPEN = [
    stretch("prepare", "centre", 1, 0),
    stretch("hold", "right", None, 1, longest_s=30),
    stretch("move", "centre", 5, 1),
]
START = {"type": "start", "id": "one"}


def ticks(*seconds):
    return [("tick", s * 1000) for s in seconds]


@pytest.fixture(scope="module")
def esm(chromium):
    page = chromium.new_page()
    yield Esm(page, timer=Timer._esm)
    page.close()


def test_a_set_runs_through_every_stretch_and_is_one_entry(esm):
    states = esm.walk(SET, [(START, 0), *ticks(*range(1, 37))])
    assert [s["index"] for s in states] == (
        [0] * 10 + [1] * 4 + [2] * 5 + [3] * 4 + [4] * 5 + [5] * 9
    )
    assert [s["status"] for s in states] == ["running"] * 36 + ["finished"]
    assert [s["whole"] for s in states] == [0] * 19 + [1] * 9 + [2] * 9
    entry = esm.call("timer", "entryOf", states[-1], ABOUT)
    assert entry["entry_id"] == "one"
    assert entry["outcome"] == "done"
    assert (entry["repetitions_done"], entry["repetitions_prescribed"]) == (2, 2)
    assert entry["duration_s"] == 26  # the time to get ready is no exercise
    assert entry["started_at"] == "1970-01-01T00:00:00.000Z"
    assert entry["source"] == "timer"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(gaps=st.lists(st.integers(1, 3900), min_size=8, max_size=60))
def test_fault_33_sparse_ticks_show_the_same_as_dense_ones(esm, gaps):
    """As long as no stretch goes by unseen, it does not matter when the page wakes up."""
    moments, now = [], 0
    for gap in gaps:
        now += gap
        moments.append(now)
    both = sorted({*moments, *range(250, now, 250)})
    sparse = esm.walk(SET, [(START, 0), *(("tick", m) for m in moments)])[1:]
    dense = esm.walk(SET, [(START, 0), *(("tick", m) for m in both)])[1:]
    for seen, at in zip(sparse, moments, strict=True):
        other = dense[both.index(at)]
        for key in ("status", "index", "whole", "done"):
            assert seen[key] == other[key]
        if seen["status"] == "running":
            ends_at = sum(s["duration_s"] for s in SET[: seen["index"] + 1]) * 1000
            assert seen["left"] == pytest.approx(ends_at - at)


@pytest.mark.parametrize("seed", range(3))
def test_fault_33_ten_minutes_of_uneven_ticks_do_not_drift(esm, seed):
    shaky = random.Random(seed)
    long = [stretch("move", "right", 7, n) for n in range(1, 90)]
    moments = [n * 1000 + shaky.uniform(0, 400) for n in range(1, 600)]
    last = esm.walk(long, [(START, 0), *(("tick", m) for m in moments), ("tick", 600_000)])[-1]
    assert (last["index"], last["left"]) == (600 // 7, pytest.approx(7000 - 600_000 % 7000))
    assert last["activeMs"] == pytest.approx(600_000)


def test_a_pause_keeps_what_is_left_however_long_it_lasts(esm):
    events = [
        (START, 0),
        *ticks(10, 12),
        ("pause", 12_500),
        *ticks(13, 5000),
        ("resume", 5_000_000),
    ]
    states = esm.walk(SET, [*events, ("tick", 5_001_000)])
    assert states[3]["status"] == "paused"
    assert [s["left"] for s in states[3:]] == [1500, 1500, 1500, 1500, 500]
    assert states[-1]["activeMs"] == 3500  # the pause is no exercise either


@pytest.mark.parametrize(
    ("mono", "wall", "why"),
    [
        (13_000, 13_000 + 2_400_000, "the monotonic clock stood still while the machine slept"),
        (13_000, 13_000 - 3_600_000, "the wall clock was set back"),
        (2_400_000, 2_400_000, "both clocks went on while nothing ran"),
        (22_001, 22_001, "nothing ran for more than ten seconds"),
    ],
)
def test_fault_32_what_was_not_seen_is_not_counted(esm, mono, wall, why):
    states = esm.walk(SET, [(START, 0), *ticks(9, 12), ("tick", mono, wall)])
    asleep = states[-1]
    assert (asleep["status"], asleep["index"], asleep["left"]) == ("asleep", 1, 2000), why
    assert asleep["activeMs"] == states[-2]["activeMs"]
    assert asleep["done"] == states[-2]["done"]


def test_fault_32_a_stretch_that_went_by_unseen_is_not_counted(esm):
    """Ten seconds may pass between two ticks, but not a whole stretch: here the hold did."""
    states = esm.walk(SET, [(START, 0), *ticks(10, 13.5, 19.5)])
    assert [s["status"] for s in states] == ["running"] * 3 + ["asleep"]
    assert (states[-1]["index"], states[-1]["left"]) == (1, 500)
    assert not any(states[-1]["done"][1:])


def test_clocks_two_seconds_apart_are_still_one_time(esm):
    states = esm.walk(SET, [(START, 0), ("tick", 1000, 3000), ("tick", 2000, 2000)])
    assert [s["status"] for s in states] == ["running"] * 3


def test_fault_32_after_sleep_the_person_goes_on_from_there_or_says_that_it_was_finished(esm):
    slept = [(START, 0), *ticks(9, 12, 900)]
    on = esm.walk(SET, [*slept, ("resume", 950_000)])[-1]
    assert (on["status"], on["index"], on["left"]) == ("running", 1, 2000)
    claimed = esm.walk(SET, [*slept, ("claim", 950_000)])[-1]
    assert (claimed["status"], claimed["whole"]) == ("finished", 2)
    assert esm.call("timer", "entryOf", claimed, ABOUT)["outcome"] == "done"
    left = esm.walk(SET, [*slept, ("stop", 950_000)])[-1]
    assert esm.call("timer", "entryOf", left, ABOUT) is None


def test_what_is_skipped_is_not_counted_and_back_takes_it_up_again(esm):
    to_hold = [(START, 0), *ticks(9, 13, 15)]
    skipped = esm.walk(SET, [*to_hold, ("skip", 16_000), *ticks(19, 23, 28, 36)])[-1]
    assert (skipped["status"], skipped["whole"]) == ("finished", 1)
    assert esm.call("timer", "entryOf", skipped, ABOUT)["repetitions_done"] == 1
    back = esm.walk(SET, [*to_hold, ("skip", 16_000), ("back", 16_500)])[-1]
    assert (back["index"], back["left"], back["done"][2]) == (2, 5000, False)
    again = esm.walk(SET, [*to_hold, ("back", 17_000)])[-1]
    assert (again["index"], again["left"]) == (2, 5000)  # after 2 s Back begins the same one anew
    first = esm.walk(SET, [(START, 0), ("back", 500)])[-1]
    assert (first["index"], first["left"]) == (0, 10_000)


def test_back_and_skip_while_paused_stay_paused(esm):
    states = esm.walk(SET, [(START, 0), ("pause", 1000), ("skip", 2000), ("skip", 3000)])
    states += esm.walk(SET, [(START, 0), ("pause", 1000), ("skip", 2000), ("back", 9000)])
    assert {s["status"] for s in states[1:4] + states[5:]} == {"paused"}
    assert [s["index"] for s in states[1:4] + states[5:]] == [0, 1, 2, 0, 1, 0]


def test_an_open_hold_ends_when_the_person_says_so(esm):
    held = [(START, 0), *ticks(*range(1, 30))]
    states = esm.walk(OPEN, [*held, ("next", 29_500), *ticks(30, 34.5)])
    assert {s["index"] for s in states[1:30]} == {1}
    assert states[29]["left"] == 2000
    assert (states[30]["index"], states[30]["done"]) == (2, [True, True, False])
    assert (states[-1]["status"], states[-1]["whole"]) == ("finished", 1)
    timed = esm.walk(SET, [(START, 0), ("next", 1000)])[-1]
    assert timed["index"] == 0  # "next" ends nothing that has its time


def test_an_open_hold_that_nobody_ends_goes_on_by_itself_and_is_done(esm):
    """Both hands are round the shins: no button is within reach."""
    states = esm.walk(OPEN, [(START, 0), *ticks(*range(1, 37))])
    assert [s["index"] for s in states] == [0] + [1] * 30 + [2] * 6
    assert (states[31]["done"], states[31]["left"]) == ([True, True, False], 5000)
    assert (states[-1]["status"], states[-1]["whole"]) == ("finished", 1)
    assert esm.call("timer", "entryOf", states[-1], ABOUT | {"repetitions": 1})["outcome"] == "done"
    waiting = [(START, 0), *ticks(1, 5), ("pause", 6000), ("resume", 96_000), ("tick", 97_000)]
    assert esm.walk(OPEN, waiting)[-1]["left"] == 24_000  # a pause takes nothing from it


@pytest.mark.parametrize(
    ("until", "end", "outcome", "done"),
    [
        (5, "stop", None, None),
        (13, "stop", None, None),
        (14, "stop", "stopped", 0),
        (19, "stop", "stopped", 1),
        (29, "stop", "done", 2),
        (5, "hurts", "stopped_for_pain", 0),
        (29, "hurts", "stopped_for_pain", 2),
    ],
)
def test_an_end_is_logged_as_what_it_was(esm, until, end, outcome, done):
    """Nothing done and nothing hurt is no entry; all repetitions done is a whole set."""
    events = [(START, 0), *ticks(*range(1, until + 1)), (end, until * 1000 + 500)]
    entry = esm.call("timer", "entryOf", esm.walk(SET, events)[-1], ABOUT)
    assert (entry and (entry["outcome"], entry["repetitions_done"])) == (
        outcome and (outcome, done)
    )


def test_a_set_of_which_all_was_skipped_is_no_entry(esm):
    skips = [("skip", t) for t in range(1000, 7000, 1000)]
    last = esm.walk(SET, [(START, 0), *skips])[-1]
    assert last["status"] == "finished"
    assert esm.call("timer", "entryOf", last, ABOUT) is None


def test_an_event_that_does_not_fit_changes_nothing(esm):
    for event in ("tick", "pause", "resume", "next", "skip", "back", "stop", "hurts", "claim"):
        ready = esm.walk(SET, [(event, 1000)])[-1]
        assert (ready["status"], ready["index"]) == ("ready", 0), event
        ended = esm.walk(SET, [(START, 0), ("hurts", 500), (event, 1000)])[-1]
        assert (ended["status"], ended["index"]) == ("stopped_for_pain", 0), event
    twice = esm.walk(SET, [(START, 0), ({"type": "start", "id": "two"}, 500)])[-1]
    assert (twice["id"], twice["since"]) == ("one", 0)
    again = esm.walk(SET, [(START, 0), ("hurts", 500), ("again", 900)])[-1]
    assert (again["status"], again["id"], any(again["done"])) == ("ready", None, False)


@settings(max_examples=20, deadline=None)
@given(
    get_ready_s=st.integers(3, 120),
    hold_s=st.none() | st.integers(1, 60),
    extra_move_s=st.integers(0, 60),
    open_hold_s=st.integers(5, 300),
)
@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_own_times_are_the_same_in_the_page_as_in_python(
    esm, exercise, get_ready_s, hold_s, extra_move_s, open_hold_s
):
    times = {
        **{"get_ready_s": get_ready_s, "hold_s": hold_s},
        **{"extra_move_s": extra_move_s, "open_hold_s": open_hold_s},
    }
    plain = [s.as_dict() for s in expand(exercise, PROGRAMME.words)]
    ours = [s.as_dict() for s in expand(exercise, PROGRAMME.words, **times)]
    assert esm.call("timer", "adjusted", plain, times) == ours
    assert esm.call("timer", "adjusted", plain, {}) == plain
