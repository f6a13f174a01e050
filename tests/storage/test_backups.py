import datetime as dt
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET

from backcare_widgets import Log
from backcare_widgets.errors import LogError
from backcare_widgets.storage.backups import folder_for, kept, newest_good

DAY = dt.timedelta(days=1)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log(tmp_path, clock):
    return Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "backups", clock=clock)


@pytest.fixture
def folder(log, tmp_path):
    return folder_for(log.path, tmp_path / "backups")


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "restoring.lock")


def sets_in(path):
    with closing(sqlite3.connect(path)) as con:
        return con.execute("SELECT count(*) FROM event").fetchone()[0]


def test_the_first_write_of_a_day_makes_a_backup_with_that_write_in_it(log, folder, clock):
    log.add(**SET)
    log.add(**SET)
    clock.now += DAY
    log.mark(NOW.date(), "rest")
    assert names(folder) == ["2026-03-01.sqlite3", "2026-03-02.sqlite3"]
    assert [sets_in(folder / name) for name in names(folder)] == [1, 2]
    assert log.backup_problem is None


def test_a_backup_is_a_log_that_can_be_opened(log, folder):
    log.add(**SET, entry_id="a")
    copy = Log.open(folder / "2026-03-01.sqlite3", backups=folder)
    assert list(copy.frame()["entry_id"]) == ["a"]


def test_reading_makes_no_backup(log, folder):
    log.frame()
    log.undo()
    assert not folder.exists()


def test_a_backup_that_fails_is_told_and_the_set_is_saved(tmp_path, clock):
    (tmp_path / "file").touch()
    log = Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "file", clock=clock)
    log.add(**SET)
    assert len(log.frame()) == 1
    assert log.backup_problem.startswith("Today's backup could not be made in ")
    (tmp_path / "file").unlink()
    log.add(**SET)
    assert log.backup_problem is None


def test_two_logs_of_one_name_have_backups_of_their_own(tmp_path, clock):
    for name in ("a", "b"):
        path = tmp_path / name / "log.sqlite3"
        Log.open(path, backups=tmp_path / "backups", clock=clock).add(**SET)
    assert len(list((tmp_path / "backups").glob("log-*/2026-03-01.sqlite3"))) == 2


def test_the_folder_is_the_argument_then_the_environment_then_the_users(tmp_path, monkeypatch):
    log = tmp_path / "log.sqlite3"
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "set"))
    assert folder_for(log, tmp_path / "given").parent == tmp_path / "given"
    assert folder_for(log).parent == tmp_path / "set"
    monkeypatch.delenv("BACKCARE_BACKUPS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "share"))
    assert folder_for(log).parent.parts[-2:] == ("backcare", "backups")
    assert list(tmp_path.iterdir()) == []


def test_old_backups_are_thinned_out_and_strange_files_left_alone(log, folder, clock):
    log.add(**SET)
    (folder / "2026-02-30.sqlite3").touch()
    (folder / "my notes.txt").touch()
    (folder / "2024-01-01.sqlite3").touch()
    for _ in range(40):
        clock.now += DAY
        log.add(**SET)
    days = {NOW.date() + n * DAY for n in range(41)} | {dt.date(2024, 1, 1)}
    strange = {"2026-02-30.sqlite3", "my notes.txt"}
    assert set(names(folder)) == {f"{day}.sqlite3" for day in kept(days)} | strange


def test_thinning_out_spares_a_backup_that_has_more_than_the_log(log, folder, clock):
    log.add(**SET, entry_id="old")
    log.path.unlink()
    anew = Log.open(log.path, backups=folder.parent, clock=clock)
    for _ in range(60):
        clock.now += DAY
        anew.add(**SET)
    assert "2026-03-01.sqlite3" in names(folder)
    assert "2026-03-02.sqlite3" not in names(folder)
    anew.restore()
    assert "old" in set(anew.frame()["entry_id"])
    clock.now += DAY
    anew.add(**SET)
    assert "2026-03-01.sqlite3" not in names(folder)


def test_a_backup_made_afresh_never_takes_the_place_of_one_that_has_more(log, folder, clock):
    log.add(**SET, entry_id="old")
    log.path.unlink()
    anew = Log.open(log.path, backups=folder.parent, clock=clock)
    anew.add(**SET, entry_id="new")
    other = Log.open(folder.parent / "other.sqlite3", backups=folder.parent / "b", clock=clock)
    other.add(**SET, entry_id="other")
    anew.merge(other.path)
    with closing(sqlite3.connect(folder / "2026-03-01.sqlite3")) as con:
        assert con.execute("SELECT entry_id FROM event").fetchall() == [("old",)]


def test_a_damaged_backup_of_today_is_kept_aside_before_much_is_changed_at_once(log, folder, clock):
    log.add(**SET, entry_id="old")
    spoilt = folder / "2026-03-01.sqlite3"
    spoilt.write_bytes(b"spoilt" * 1000)
    other = Log.open(folder.parent / "other.sqlite3", backups=folder.parent / "b", clock=clock)
    other.add(**SET, entry_id="other")
    log.merge(other.path)
    assert sets_in(spoilt) == 1, "made anew, before the other set came in"
    assert (folder / "2026-03-01.sqlite3.damaged").read_bytes() == b"spoilt" * 1000


def test_the_backup_just_made_stays_when_the_clock_was_set_back(log, folder, clock):
    for months in range(14):
        clock.now = NOW + 31 * months * DAY
        log.add(**SET)
    clock.now = NOW.replace(year=1970)
    log.add(**SET)
    assert sets_in(folder / "1970-03-01.sqlite3") == 15


def test_a_year_and_more_of_days_leaves_7_days_4_weeks_and_12_months():
    last = dt.date(2026, 11, 22)  # a Sunday
    sundays = [last - 7 * n * DAY for n in range(4)]
    ends = [dt.date(2026, month, 1) - DAY for month in range(2, 12)] + [dt.date(2025, 12, 31)]
    expected = {last - n * DAY for n in range(7)} | set(sundays) | set(ends)
    assert kept(last - n * DAY for n in range(500)) == expected


@given(st.sets(st.dates(dt.date(2024, 1, 1), dt.date(2026, 1, 1)), max_size=60))
def test_thinning_out_every_day_keeps_what_thinning_out_once_would(days):
    daily = set()
    for day in sorted(days):
        daily = kept(daily | {day})
    assert daily == kept(days)
    assert daily >= set(sorted(days)[-7:])
    assert len(daily) <= 7 + 4 + 12


def test_the_newest_good_backup_is_named_and_a_bad_newer_one_is_not(log, folder, clock):
    for _ in range(3):
        log.add(**SET)
        clock.now += DAY
    (folder / "2026-03-03.sqlite3").write_bytes(b"rubbish" * 999)
    (folder / "2026-03-04.sqlite3").touch()
    assert newest_good(folder) == folder / "2026-03-02.sqlite3"
    log.path.write_bytes(b"rubbish" * 999)
    with pytest.raises(
        LogError, match=r"newest good backup is of 2026-03-02: Log\.open\(\)\.restore\(\)"
    ):
        log.frame()


def lose_a_page_of_notes(path):
    """Blank one page that the header, the indexes and the marks do not need."""
    content = bytearray(path.read_bytes())
    pages = range(4096, len(content), 4096)
    lost = next(at for at in pages if content[at : at + 4096].count(b"x") > 1000)
    content[lost : lost + 4096] = bytes(4096)
    path.write_bytes(content)


def test_a_log_damaged_while_in_use_makes_no_backup(log, folder, clock):
    """It was whole when this kernel first looked; a mark does not read the lost page."""
    for _ in range(30):
        log.add(**SET, note="x" * 3000)
    lose_a_page_of_notes(log.path)
    clock.now += DAY
    log.mark(NOW.date(), "rest")
    assert "the copy is damaged" in log.backup_problem
    assert names(folder) == ["2026-03-01.sqlite3"]


def test_a_backup_that_lost_a_page_is_no_good_one(log, folder, clock):
    log.add(**SET)
    clock.now += DAY
    for _ in range(30):
        log.add(**SET, note="x" * 3000)
    clock.now += DAY
    log.add(**SET)
    lose_a_page_of_notes(folder / "2026-03-03.sqlite3")
    assert newest_good(folder) == folder / "2026-03-02.sqlite3"
