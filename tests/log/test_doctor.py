"""doctor() and the notices: what is said of the log's file, whatever its state."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from faults import tried
from logs import NOW, SET, ids, opened, output

from backcare_widgets import Log, doctor, exercise, today
from backcare_widgets.storage.file import Patience

AT_ONCE = Patience(seconds=0, sleep=lambda seconds: None)
COPIES = [
    "log (Ada's conflicted copy 2026-03-01).sqlite3",
    "log (conflicted copy 2026-03-01 120000).sqlite3",
    "log (Ada's MacBook's conflicted copy 2026-03-01 (1)).sqlite3",
    "log.sync-conflict-20260301-120000-ABCDEFG.sqlite3",
]


def files(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_doctor_says_in_a_dozen_lines_how_the_log_is(log, tmp_path):
    for n in range(3):
        log.add(**SET, entry_id=str(n))
    assert doctor(log).lines == [
        f"Log         {log.path} (as opened)",
        f"File        {log.path.stat().st_size / 1000:.0f} kB",
        "Holds       3 sets on 1 day, 2026-03-01 to 2026-03-01 (log version 1)",
        "Whole       yes, every page and index was checked",
        f"Versions    SQLite {sqlite3.sqlite_version}; log version 1 is written here",
        f"Backups     1 in {next((tmp_path / 'backups').iterdir())}",
        "Newest      2026-03-01, good, 1 set",
    ]


def test_doctor_makes_and_changes_nothing(log, tmp_path):
    assert "not there yet" in repr(doctor(log))
    assert list(tmp_path.iterdir()) == []
    log.add(**SET)
    before = files(tmp_path)
    doctor(log)
    assert files(tmp_path) == before


def test_doctor_names_what_named_the_log(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "x" / ".." / "here.sqlite3"))
    assert f"{tmp_path.resolve() / 'here.sqlite3'} (named by BACKCARE_LOG)" in repr(doctor())
    asked = doctor(tmp_path / "log.sqlite3")
    assert asked.lines[0] == f"Log         {tmp_path.resolve() / 'log.sqlite3'} (as asked for)"
    monkeypatch.delenv("BACKCARE_LOG")
    assert doctor().lines[0].endswith("log.sqlite3 (in the workbook's folder)")


def test_doctor_knows_the_sample(tmp_path):
    sample = Log.open(tmp_path / "log.sqlite3", backups=tmp_path, sample_if_empty=True)
    assert doctor(sample).lines == [
        f"Log         the sample log {sample.path}; Log.open() opens your own"
    ]
    assert sample.notices() == []


def folder_there(path):
    path.unlink()
    path.mkdir()


def wrong_index(path):
    with closing(sqlite3.connect(path)) as con:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'event_action'"
        root = con.execute(query).fetchone()[0]
        other = con.execute(query.replace("event_action", "mark_action")).fetchone()[0]
    content = bytearray(path.read_bytes())
    page = slice((other - 1) * 4096, other * 4096)
    content[(root - 1) * 4096 : root * 4096] = content[page]
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (folder_there, "that is a folder"),
        (lambda path: path.write_bytes(b"x" * 9999), "The newest good backup is of 2026-03-01"),
        (lambda path: os.truncate(path, 0), "is damaged, or is not a log"),
        (lambda path: os.truncate(path, 9000), "is damaged, or is not a log"),
        (wrong_index, "damaged"),
        (Path.unlink, "not there yet"),
        (lambda path: path.rename(f"{path}.damaged-2026-03-01T120000"), "restore() brings"),
    ],
)
def test_fault_09_doctor_tells_any_damage_and_raises_nothing(log, tmp_path, spoil, says):
    log.add(**SET)
    spoil(log.path)
    before = files(tmp_path)
    report = doctor(log)
    assert says in repr(report)
    assert "Newest      2026-03-01, good, 1 set" in report.lines
    assert files(tmp_path) == before
    tried()


def test_fault_04_doctor_says_that_another_program_holds_the_log(tmp_path):
    log = opened(tmp_path, patience=AT_ONCE)
    log.add(**SET)
    with closing(sqlite3.connect(log.path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert "is busy: another program" in repr(doctor(log))
    tried()


@pytest.mark.parametrize("path", ["a\0b", 3.5, "/dev/null", "~nobody-at-all/x"])
def test_fault_07_doctor_says_of_a_strange_path_what_is_wrong(path):
    said = repr(doctor(path))
    assert "\nWrong " in f"\n{said}" or "not there" in said
    tried()


def test_fault_06_doctor_reads_what_may_not_be_written_and_says_what_may_not_be_read():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened(folder).add(**SET, entry_id="a")
        folder.chmod(0o555)
        said = {}
        for mode in (0o444, 0o000):
            (folder / "log.sqlite3").chmod(mode)
            as_nobody = "if os.getuid() == 0: os.setuid(65534)"
            said[mode] = output(folder, f"{as_nobody}\nprint(doctor(opened()))")
        folder.chmod(0o755)
    assert "Holds       1 set on 1 day" in said[0o444]
    assert "Wrong       others can read it; run: chmod 600" in said[0o444]
    assert "cannot be read (unable to open database file)" in said[0o000]
    tried(2)


def test_doctor_shows_paths_as_text(tmp_path):
    folder = tmp_path / "<script>alert(1)<"
    assert "<script>" not in doctor(opened(folder))._repr_html_()
    assert "&lt;script&gt;" in doctor(opened(folder))._repr_html_()


@pytest.mark.parametrize("name", COPIES)
def test_fault_12_a_conflicted_copy_beside_the_log_is_noticed_until_it_is_merged(
    log, tmp_path, name
):
    log.add(**SET, entry_id="a")
    copy = tmp_path / name
    shutil.copy(log.path, copy)
    assert log.notices() == []
    Log.open(copy, backups=tmp_path / "other", clock=lambda: NOW).add(**SET, entry_id="b")
    (said,) = log.notices()
    assert said == (
        f"A sync program left another copy of the log beside it. Log.open().merge({str(copy)!r})"
        " adds what it has; nothing is deleted."
    )
    assert f"Notice      {said}" in doctor(log).lines
    log.merge(copy)
    assert ids(log) == {"a", "b"}
    assert log.notices() == []
    can_go = f"Copy        {name}: the log has all that it has; you may delete it"
    assert can_go in doctor(log).lines
    tried()


@pytest.mark.parametrize(
    "name", ["log.sqlite3", "log-2.sqlite3", "sample_log.csv", "other (conflicted copy).sqlite3"]
)
def test_other_files_beside_the_log_are_no_conflicted_copies(log, tmp_path, name):
    log.add(**SET)
    if name != "log.sqlite3":
        (tmp_path / name).write_bytes(b"x")
    assert log.notices() == []


def test_fault_11_a_log_begun_anew_is_saved_to_and_the_older_backup_is_noticed(tmp_path):
    opened(tmp_path).add(**SET, entry_id="old")
    (tmp_path / "log.sqlite3").unlink()
    log = opened(tmp_path)
    said = (
        f"The backup of 2026-03-01 has what the log {log.path} lacks; perhaps the log was begun"
        " anew. Log.open().restore() adds it, and keeps all that the log has."
    )
    assert log.notices() == [said]
    log.add(**SET, entry_id="new")
    assert ids(log) == {"new"}
    assert log.notices() == [said]
    assert f"Notice      {said}" in doctor(log).lines
    log.restore()
    assert ids(log) == {"old", "new"}
    assert log.notices() == []
    tried()


def test_a_backup_that_could_not_be_made_is_noticed(tmp_path):
    (tmp_path / "backups").touch()
    log = opened(tmp_path)
    log.add(**SET)
    assert log.notices() == [log.backup_problem]
    assert "could not be made" in log.backup_problem


def test_notices_of_a_damaged_log_raise_nothing(log):
    log.path.write_bytes(b"x" * 9999)
    assert log.notices() == []


def notice(session):
    """Return what the session is told of the log when it opens."""
    now = {"started_at": NOW.isoformat(), "utc_offset_min": 0, "tz": "UTC"}
    answer, _ = session.answer_to({"id": "1", "op": "today", "now": now})
    return answer["notice"]


def test_a_session_and_today_show_the_notices(log, tmp_path):
    log.add(**SET, entry_id="a")
    copy = tmp_path / COPIES[0]
    shutil.copy(log.path, copy)
    assert notice(exercise("lying-down", log=log)) == ""
    n_lines = len(today(log=log).lines)
    Log.open(copy, backups=tmp_path / "other", clock=lambda: NOW).add(**SET, entry_id="b")
    assert notice(exercise("lying-down", log=log)) == log.notices()[0]
    assert today(log=log).lines[n_lines:] == log.notices()
