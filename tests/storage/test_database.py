"""A log of every version that was ever written can be read to the letter, and written to.

`released/version-N.sql` is never changed. A change of the tables needs a new version, a migration
with a backup before it, and a file of its own here; without, the test of the old one fails.
"""

import datetime as dt
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from faults import kept, tried
from logs import SET, opened, whole

from backcare_widgets import Log
from backcare_widgets.storage.database import VERSION, connect

RELEASED = sorted((Path(__file__).parent / "released").glob("version-*.sql"))
COLUMNS = (
    "entry_id",
    "exercise_id",
    "start_utc",
    "utc_offset_min",
    "tz",
    "local_day",
    "duration_ms",
    "repetitions_done",
    "repetitions_prescribed",
    "outcome",
    "pain_before",
    "pain_after",
    "note",
    "source",
    "clock_suspect",
)
# ruff: noqa: E501  (a set is one line)
# fmt: off
SETS = [  # as they were given to the log, in the order of the days
    ('date-line', 'lying-down', '2025-12-31T14:59:59.500Z', 780, 'Pacific/Apia', '2025-12-31', None, 5, 5, 'done', None, None, '=1+1', 'manual', 0),
    ('no-zone', 'lying-down', '2026-02-03T09:29:00.000Z', -570, '', '2026-02-02', 1000, 0, 1000, 'stopped', None, None, 'NA', 'timer', 0),
    ('spring-before', 'lying-down', '2026-03-29T00:30:00.000Z', 60, 'Europe/Berlin', '2026-03-28', 61250, 5, 5, 'done', 6, 4, 'before the clocks went on', 'timer', 0),
    ('spring-after', 'lying-down', '2026-03-29T02:30:00.000Z', 120, 'Europe/Berlin', '2026-03-29', 60000, 5, 5, 'done', None, None, '', 'timer', 0),
    ('half-hour', 'standing-up', '2026-04-04T14:45:00.000Z', 660, 'Australia/Lord_Howe', '2026-04-04', 30000, 2, 3, 'stopped_for_pain', 7, None, '007', 'timer', 0),
    ('odd-note', 'sitting-down', '2026-07-04T11:00:00.000Z', -420, 'America/Los_Angeles', '2026-07-04', 120000, 3, 3, 'done', 1, 1, 'two\nlines, a "quote", it\'s; ☀️ 🧘 שלום\ta tab', 'timer', 0),
    ('edited', 'lying-down', '2026-07-05T08:00:00.000Z', 0, 'UTC', '2026-07-05', 60000, 5, 5, 'done', None, 2, 'second', 'timer', 0),
    ('moved', 'lying-down', '2026-07-07T03:00:00.000Z', 0, 'UTC', '2026-07-06', 60000, 5, 5, 'done', None, None, '', 'timer', 0),
    ('back', 'lying-down', '2026-07-10T08:00:00.000Z', 0, 'UTC', '2026-07-10', 60000, 5, 5, 'done', None, None, '', 'timer', 0),
    ('again', 'lying-down', '2026-07-11T08:00:00.000Z', 0, 'UTC', '2026-07-11', 60000, 5, 5, 'done', None, None, '', 'timer', 0),
    ('autumn-first', 'sitting-down', '2026-10-25T00:30:00.000Z', 120, 'Europe/Berlin', '2026-10-24', 90500, 3, 3, 'done', 0, 10, '', 'timer', 0),
    ('autumn-second', 'sitting-down', '2026-10-25T01:30:00.000Z', 60, 'Europe/Berlin', '2026-10-24', 90500, 1, 3, 'stopped', None, None, '', 'timer', 0),
    ('clock-wrong', 'lying-down', '2099-01-01T08:00:00.000Z', 0, 'UTC', '2099-01-01', 60000, 5, 5, 'done', None, None, '', 'timer', 1),
]
# fmt: on
MARKS = {
    dt.date(2026, 7, 1): "rest",
    dt.date(2026, 7, 3): "pause",
    dt.date(2026, 7, 4): "resume",
}
LATER = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
DAYS = sorted({dt.date.fromisoformat(row[5]) for row in SETS})


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def log(request, tmp_path):
    path = tmp_path / "log.sqlite3"
    with closing(sqlite3.connect(path)) as con:
        con.executescript(request.param.read_text(encoding="utf-8"))
    return Log.open(path, backups=tmp_path / "backups", clock=lambda: LATER)


def sets_of(log):
    return [tuple(r[name] for name in COLUMNS) for day in DAYS for r in log.sets_on(day)]


def test_there_is_a_log_of_every_version():
    versions = [int(re.sub(r"\D", "", path.stem)) for path in RELEASED]
    assert versions == list(range(1, VERSION + 1))


def test_fault_14_every_set_day_mark_and_setting_reads_as_it_was_written(log):
    before = log.path.read_bytes()
    kept(SETS, sets_of(log))
    assert sets_of(log) == SETS
    assert list(log.frame()["entry_id"]) == [r[0] for r in sorted(SETS, key=lambda r: (r[2], r[0]))]
    assert log.frame().attrs == {"clock_suspect": ["clock-wrong"]}
    assert log.marks() == MARKS
    settings = {name: log.setting(name) for name in ("pain question", "odd", "never set")}
    assert settings == {"pain question": "hidden", "odd": "a 'b' \"c\"", "never set": None}
    assert log.path.read_bytes() == before


def test_fault_14_it_can_be_written_to_undone_and_copied(log, tmp_path):
    assert repr(log.undo()) == "Undone: 4 July 2026 has no mark any more."
    assert repr(log.redo()) == "Done again: 4 July 2026 is marked 'resume' again."
    log.edit("odd-note", note="new")
    assert log.undo().changes[0].now == "changed"
    log.add(**SET, entry_id="after")
    kept({row[0] for row in SETS} | {"after"}, set(log.frame()["entry_id"]))
    assert [row for row in sets_of(log) if row[0] != "after"] == SETS
    assert log.backup_problem is None
    assert whole(log.path)
    log.export_csv(tmp_path / "out.csv")
    again = Log.open(tmp_path / "again.sqlite3", backups=tmp_path / "b", clock=lambda: LATER)
    again.merge(log.path)
    assert sets_of(again) == sets_of(log)


def test_fault_14_it_comes_back_when_it_is_damaged(log):
    os.truncate(log.path, log.path.stat().st_size - 4096)
    log.restore()
    assert whole(log.path)
    assert len(sets_of(log)) > 0
    tried()


def test_a_connection_makes_no_file(tmp_path):
    """Should the log vanish between the look and the opening, it must not come back empty."""
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect(tmp_path / "log.sqlite3")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pain_before", 11),
        ("pain_before", -1),
        ("pain_after", 3.5),
        ("pain_after", "lots"),
        ("repetitions_done", 1001),
        ("repetitions_prescribed", None),
        ("duration_ms", 86_400_001),
        ("outcome", "finished"),
        ("source", "guess"),
        ("op", "replace"),
        ("exercise_id", ""),
        ("note", "x" * 4001),
        ("note", b"x"),
        ("local_day", "2026-02-30"),
        ("start_utc", "2026-03-01 12:00"),
        ("start_utc", "2026-03-01T25:00:00.000Z"),
        ("event_id", None),
        ("rev", 0),
    ],
)
def test_the_database_refuses_by_itself_what_python_would(tmp_path, column, value):
    log = opened(tmp_path)
    log.add(**SET)
    with closing(sqlite3.connect(log.path)) as con, pytest.raises(sqlite3.IntegrityError):
        con.execute(f"UPDATE event SET {column} = ?", (value,))
