"""Clocks that change, travel, and are wrong: a set stays on its day, whatever comes later."""

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from faults import kept, tried
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET

from backcare_widgets import Log, adherence, charts, load_programme

PROGRAMME = load_programme()
ZONES = sorted(available_timezones())
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def opened(folder, now=NOW):
    return Log.open(folder / "log.sqlite3", backups=folder / "backups", clock=lambda: now)


def add(log, start, **more):
    return log.add(**SET | {"started_at": start} | more)


def days_of(log, today):
    return adherence.daily(log.frame(), PROGRAMME, log.marks(), today)


@cache
def changes(zone):
    """Give the hours (UTC) from 2002 to 2037 in which a zone's offset changes."""
    tz, found = ZoneInfo(zone), []
    here = dt.datetime(2002, 1, 1, tzinfo=dt.UTC)
    while here.year < 2037:
        there = here + 7 * DAY
        if here.astimezone(tz).utcoffset() != there.astimezone(tz).utcoffset():
            hour = here
            while hour < there:
                if hour.astimezone(tz).utcoffset() != (hour + HOUR).astimezone(tz).utcoffset():
                    found.append(hour)
                hour += HOUR
        here = there
    return found


@given(data=st.data(), zone=st.sampled_from(ZONES))
def test_fault_24_in_every_zone_the_days_around_a_change_of_clocks_are_one_each(data, zone):
    """A set every few hours through the change: no day is missing, double or moved."""
    tz = ZoneInfo(zone)
    if not changes(zone):
        tried()
        return
    change = data.draw(st.sampled_from(changes(zone)), label="change")
    steps = data.draw(st.lists(st.integers(10, 600), min_size=4, max_size=14), label="minutes")
    moment, starts = change - dt.timedelta(minutes=sum(steps) // 2), []
    for step in steps:
        moment += dt.timedelta(minutes=step)
        starts.append(moment.astimezone(tz))
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name), starts[-1])
        ids = [add(log, start) for start in starts]
        frame = log.frame()
        kept(ids, list(frame["entry_id"]))
        expected = [(start.replace(tzinfo=None) - 4 * HOUR).date() for start in starts]
        assert [day.date() for day in frame["local_day"]] == expected
        # True durations: the wall clock may jump, the time between two sets does not.
        passed = frame["started_at"].diff().dropna().dt.total_seconds() / 60
        assert list(passed.round()) == steps[1:]
        table = days_of(log, max(expected))
        assert list(table.index.date) == [
            expected[0] + n * DAY for n in range((max(expected) - expected[0]).days + 1)
        ]
        recorded = table.index[table["sets"] > 0]
        assert set(recorded.date) == set(expected)


def test_fault_24_both_half_past_twos_of_an_autumn_night_are_of_the_evening_before(tmp_path):
    log, berlin = opened(tmp_path), ZoneInfo("Europe/Berlin")
    night = dt.datetime(2025, 10, 26, 2, 30, tzinfo=berlin)
    ids = [add(log, night.replace(fold=fold)) for fold in (0, 1)]
    frame = log.frame()
    kept(ids, list(frame["entry_id"]))
    assert (frame["started_at"].iloc[1] - frame["started_at"].iloc[0]) == HOUR
    assert {day.date() for day in frame["local_day"]} == {dt.date(2025, 10, 25)}
    # 04:30 after the spring change is 04:30, not 4 hours after midnight less an hour.
    spring = add(log, dt.datetime(2026, 3, 29, 4, 30, tzinfo=berlin))
    [row] = [r for r in log.sets_on(dt.date(2026, 3, 29)) if r["entry_id"] == spring]
    assert row["utc_offset_min"] == 120


JOURNEYS = {
    # place and wall time of one set, then of the next; the days in between without a set
    "over Apia's missing Friday": (
        ("Pacific/Apia", 2011, 12, 29, 20), ("Pacific/Apia", 2011, 12, 31, 9), 1,
    ),
    "west over the date line": (
        ("America/Los_Angeles", 2026, 2, 10, 20), ("Pacific/Auckland", 2026, 2, 12, 9), 1,
    ),
    "east over the date line": (
        ("Pacific/Auckland", 2026, 2, 12, 9), ("America/Los_Angeles", 2026, 2, 12, 9), 0,
    ),
    "west, and two sets on neighbouring days": (
        ("America/Los_Angeles", 2026, 2, 10, 20), ("Pacific/Auckland", 2026, 2, 11, 23), 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("journey", JOURNEYS)
def test_fault_25_a_date_skipped_by_travel_is_not_recorded_and_one_lived_twice_is_one(
    tmp_path, journey
):
    before, after, n_between = JOURNEYS[journey]
    starts = [dt.datetime(*wall, tzinfo=ZoneInfo(zone)) for zone, *wall in (before, after)]
    log = opened(tmp_path, starts[1])
    ids = [add(log, start) for start in starts]
    frame = log.frame()
    kept(ids, list(frame["entry_id"]))
    days = sorted({start.date() for start in starts})
    assert [day.date() for day in frame["local_day"].unique()] == days
    table = days_of(log, days[-1])
    assert (len(table), table.index.is_unique) == (len(days) + n_between, True)
    assert (table["state"] == adherence.NOT_RECORDED).sum() == n_between


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(23, 59, 1), (0, 1, 0), (3, 59, 0), (4, 0, 1), (4, 1, 1)]
)
def test_fault_26_a_set_belongs_whole_to_the_day_of_its_start(tmp_path, hour, minute, day):
    log = opened(tmp_path)
    start = dt.datetime(2026, 3, 1, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))
    entry_id = add(log, start, duration_s=120)
    table = days_of(log, dt.date(2026, 3, 3))
    assert table["sets"].sum() == 1
    assert table.loc[f"2026-0{3 if day else 2}-{1 if day else 28:02}", "sets"] == 1
    kept([entry_id], list(log.frame()["entry_id"]))


SHOW = """
import sys, datetime
from backcare_widgets import Log, adherence, load_programme
log = Log.open(sys.argv[1], backups=sys.argv[2])
frame = log.frame()
daily = adherence.daily(frame, load_programme(), log.marks(), datetime.date(2026, 3, 3))
tables = (table.to_json(date_format="iso") for table in (frame, daily))
print(*tables, sorted(map(str, log.marks())))
"""
ELSEWHERE = ["UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "America/St_Johns",
             "Australia/Lord_Howe"]  # fmt: skip


def test_fault_28_another_zone_chosen_later_changes_no_day_of_the_past(tmp_path):
    log = opened(tmp_path)
    for zone in ELSEWHERE:
        for hour in (0, 3, 5, 23):
            add(log, dt.datetime(2026, 2, 27, hour, 30, tzinfo=ZoneInfo(zone)))
    log.mark(dt.date(2026, 2, 28), "rest")
    said = {
        subprocess.run(
            [sys.executable, "-c", SHOW, str(log.path), str(tmp_path / "backups")],
            env=os.environ | {"TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ELSEWHERE
    }
    assert len(said) == 1
    assert len(json.loads(said.pop().split("}} ")[0] + "}}")["entry_id"]) == 24
    tried(len(ELSEWHERE))


def test_fault_28_a_day_that_ended_at_another_hour_stays_as_it_was_written(tmp_path):
    log = opened(tmp_path)
    entry_id = add(log, dt.datetime(2026, 2, 28, 2, tzinfo=dt.UTC))
    with closing(sqlite3.connect(log.path)) as con, con:
        con.execute("UPDATE event SET rollover_h = 0, local_day = '2026-02-28'")
    log.edit(entry_id, note="written later")
    [row] = log.sets_on(dt.date(2026, 2, 28))
    assert (row["rollover_h"], row["note"]) == (0, "written later")
    assert days_of(log, dt.date(2026, 3, 1)).index[0].date() == dt.date(2026, 2, 28)
    tried()


@pytest.mark.parametrize("year", [1970, 2026, 2099])
def test_fault_23_a_set_of_a_wrong_clock_is_saved_said_and_can_be_put_right(tmp_path, year):
    """Set back an hour it is nothing to notice; by decades, it must not stretch the charts."""
    log = opened(tmp_path)
    right = [add(log, NOW - n * DAY) for n in range(3)]
    wrong = add(log, (NOW - HOUR).replace(year=year))
    frame = log.frame()
    kept([*right, wrong], list(frame["entry_id"]))
    is_far = year != 2026
    assert frame.attrs.get("clock_suspect", []) == ([wrong] if is_far else [])
    table = days_of(log, NOW.date())
    assert len(table) == 3
    said = charts.summary(table, frame)
    assert ("Left out: 1 set with a day that looks wrong." in said) == is_far
    assert len(charts.calendar(table).figure.axes) == 1
    log.edit(wrong, started_at=NOW - 2 * HOUR)
    table = days_of(log, NOW.date())
    assert (table["sets"].sum(), table.attrs["undated"]) == (4, 0)
    assert "looks wrong" not in charts.summary(table, log.frame())


def test_fault_23_what_was_changed_last_holds_though_the_clock_went_back(tmp_path):
    hours = iter([NOW, NOW - HOUR, NOW - 2 * HOUR, NOW.replace(year=1970)])
    log = Log.open(tmp_path / "log", backups=tmp_path / "b", clock=lambda: next(hours, NOW))
    entry_id = add(log, NOW - 3 * HOUR)
    for n in range(4):
        log.edit(entry_id, note=f"{n}")
    assert list(log.frame()["note"]) == ["3"]
    assert log.undo()
    assert list(log.frame()["note"]) == ["2"]
    tried()
