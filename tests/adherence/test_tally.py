"""The tally that a page gets of its own day, and the day that it is for the person."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from logs import SET, opened
from tables import LYING, PROGRAMME, with_doses

from backcare_widgets import Log, adherence, today
from backcare_widgets.adherence.tables import day_now
from backcare_widgets.days import local_day
from backcare_widgets.programme.models import Dose
from backcare_widgets.widgets.session import Session
from backcare_widgets.widgets.today import today_here

DAY = dt.date(2026, 3, 2)


def add(log, start, repetitions=5, outcome="done"):
    log.add(**SET | {"started_at": start, "repetitions_done": repetitions, "outcome": outcome})


def tally_at(log, moment, programme=PROGRAMME):
    """Return the tally that a page gets which asks at a moment, in that moment's zone."""
    session = Session(programme[LYING], programme, log)
    now = {
        "started_at": moment.astimezone(dt.UTC).isoformat(),
        "utc_offset_min": moment.utcoffset() / dt.timedelta(minutes=1),
        "tz": str(moment.tzinfo),
    }
    answer, _ = session.answer_to({"id": "1", "op": "today", "now": now})
    return answer["tally"]


def tally(goal, whole, stopped_for_pain, left):
    return {"goal": goal, "whole": whole, "stopped_for_pain": stopped_for_pain, "left": left}


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
def test_fault_27_a_page_gets_the_tally_of_its_own_day(tmp_path, zone, moment, day):
    """Each day has another number of sets, so that the tally tells which one it is of."""
    log, day = opened(tmp_path), dt.date.fromisoformat(day)
    for sets, days in {1: -1, 2: 0, 3: 1}.items():
        noon = dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)) + dt.timedelta(days=days)
        for _ in range(sets):
            add(log, noon)
    asked_at = dt.datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    assert local_day(asked_at) == day
    assert tally_at(log, asked_at) == tally(3, 2, 0, 1)


@pytest.mark.parametrize(
    ("sets", "goal", "told"),
    [
        ([], 3, tally(3, 0, 0, 3)),
        ([(5, "done")], 3, tally(3, 1, 0, 2)),
        ([(5, "done"), (2, "stopped")], 3, tally(3, 1, 0, 2)),
        ([(3, "stopped"), (2, "stopped")], 3, tally(3, 1, 0, 2)),  # two parts are a whole
        ([(5, "done")] * 3, 3, tally(3, 3, 0, 0)),
        ([(5, "done")] * 4, 3, tally(3, 4, 0, 0)),
        ([(5, "done")] * 3 + [(2, "stopped_for_pain")], 3, tally(3, 3, 1, 0)),  # case P2
        ([(5, "done"), (2, "stopped_for_pain")], 3, tally(3, 1, 1, 1)),
        ([(2, "stopped_for_pain")], 3, tally(3, 0, 1, 2)),
        ([(0, "stopped_for_pain")], 1, tally(1, 0, 1, 0)),
        ([(5, "done")], 0, tally(None, 1, 0, 0)),  # a dose of none ends the goal
    ],
)
def test_the_sets_of_a_day_are_whole_ones(tmp_path, sets, goal, told):
    log = opened(tmp_path)
    noon = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
    for repetitions, outcome in sets:
        add(log, noon, repetitions, outcome)
    assert tally_at(log, noon, with_doses(lying=[Dose(goal)])) == told


@pytest.mark.parametrize(
    ("marks", "goal"),
    [
        ({0: "rest"}, 0),
        ({0: "flare-up"}, 0),
        ({-3: "pause"}, 0),
        ({-3: "pause", -1: "resume"}, 3),
        ({-1: "rest", 1: "flare-up"}, 3),
    ],
)
def test_nothing_is_due_on_a_marked_day(tmp_path, marks, goal):
    log = opened(tmp_path)
    for days, mark in marks.items():
        log.mark(DAY + dt.timedelta(days=days), mark)
    noon = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
    add(log, noon)
    assert tally_at(log, noon) == tally(goal, 1, 0, 2 if goal else 0)


def test_an_exercise_without_a_dose_has_no_goal(tmp_path):
    log = opened(tmp_path)
    noon = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
    add(log, noon)
    assert tally_at(log, noon, with_doses()) == tally(None, 1, 0, 0)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
def test_fault_47_today_is_the_day_of_the_person_where_the_kernels_clock_is_on_utc(tmp_path, zone):
    """As in a container: the zone is the one that the browser named with the newest set."""
    log = opened(tmp_path)
    now = dt.datetime(2026, 3, 1, 21, 51, tzinfo=dt.UTC)
    assert today_here(log, now) == dt.date(2026, 3, 1)  # nothing better is known
    there = (now - dt.timedelta(hours=2)).astimezone(ZoneInfo(zone))
    add(log, there)
    assert today_here(log, now) == local_day(now.astimezone(ZoneInfo(zone)))
    assert "1 of" in today(log=log, day=today_here(log, now)).lines[0]
    elsewhere = now.astimezone(ZoneInfo("Europe/Berlin"))  # a kernel that has a zone of its own
    assert today_here(log, elsewhere) == dt.date(2026, 3, 1)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
@pytest.mark.parametrize("clock", ["UTC", "Nowhere"])  # as by TZ=Nowhere, which no machine knows
def test_fault_47_tables_and_report_are_of_the_persons_day_too(tmp_path, zone, clock):
    hour = 21 if zone == "Pacific/Auckland" else 9
    now = dt.datetime(2026, 3, 1, hour, 51, tzinfo=dt.timezone(dt.timedelta(), clock))
    log = Log.open(tmp_path / "log.sqlite3", clock=lambda: now)
    assert day_now(log.frame(), now) == dt.date(2026, 3, 1)
    there = now.astimezone(ZoneInfo(zone))
    for start in (there - dt.timedelta(hours=2), there + dt.timedelta(days=20000)):
        add(log, start)
    day = local_day(there)
    assert day != dt.date(2026, 3, 1)
    assert (today_here(log, now), day_now(log.frame(), now)) == (day, day)
    entries = log.frame()
    assert adherence.daily(entries, PROGRAMME).attrs["today"] == day_now(entries)
    at_home = now.astimezone(ZoneInfo("Europe/London"))  # GMT is a zone that people live in
    assert day_now(entries, at_home) == dt.date(2026, 3, 1)
