"""Paths that a person gives, and the files that are written there."""

import os
import stat
import tempfile
from pathlib import Path

import pytest
from logs import NOW, SET, opened, output

from backcare_widgets import Log, doctor, load_programme, reminders, report
from backcare_widgets.errors import LogError, PlainError
from backcare_widgets.files import put_in_place, replacing

CALLS = {
    "open": lambda path, log: Log.open(path, backups=log.path.parent),
    "backups": lambda path, log: Log.open(log.path, backups=path),
    "load_programme": lambda path, log: load_programme(path),
    "export_csv": lambda path, log: log.export_csv(path),
    "export_json": lambda path, log: log.export_json(path),
    "import_csv": lambda path, log: log.import_csv(path),
    "merge": lambda path, log: log.merge(path),
    "report": lambda path, log: report(path, log=log),
    "reminders": lambda path, log: reminders(path, now=NOW),
}
PATHS = {
    "too long": ("n" * 300, "File name too long"),
    "too long in all": ("n/" * 5000, "File name too long"),
    "NUL": ("a\0b", "a character of it is NUL"),
    "not UTF-8": (os.fsdecode(b"a\xff"), "it is not UTF-8 text"),
    "half an emoji": ("a\ud83d", "it is not UTF-8 text"),
    "unknown user": ("~no-such-user/a", "Could not determine home directory"),
    "a list": (["a"], "it is not text"),
    "bytes": (b"a", "it is not text"),
    "a number": (7, "it is not text"),
}


@pytest.fixture
def log(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    return log


@pytest.mark.parametrize("kind", PATHS)
def test_fault_44_what_cannot_be_a_path_is_said_by_every_call(log, tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    path, why = PATHS[kind]
    before = sorted(tmp_path.rglob("*"))
    for call in CALLS.values():
        with pytest.raises(PlainError, match=r" is not a valid file path \(.*\)\. Noth") as caught:
            call(path, log)
        said = str(caught.value)
        assert f"({why}" in said
        assert said.encode(), "it can be shown"
        assert len(said) < 500
    assert f" is not a valid file path ({why}" in repr(doctor(path))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("call", CALLS)
def test_fault_44_links_in_a_circle_are_said_by_every_call(log, tmp_path, call):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(PlainError, match="is not a valid file path"):
        CALLS[call](tmp_path / "a", log)


@pytest.mark.parametrize("call", [*CALLS][3:])
def test_fault_44_none_is_no_path_where_one_is_asked_for(log, call):
    with pytest.raises(LogError, match=r"None is not a valid file path \(it is not text\)"):
        CALLS[call](None, log)


@pytest.mark.parametrize("name", ["BACKCARE_LOG", "BACKCARE_BACKUPS"])
def test_fault_44_a_path_in_the_environment_is_looked_at_too(monkeypatch, tmp_path, name):
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "log.sqlite3"))
    monkeypatch.setenv(name, "~no-such-user/a")
    with pytest.raises(LogError, match="is not a valid file path"):
        Log.open()


def test_fault_44_a_locked_folder_is_said_by_every_call():
    """Root may look anywhere, so the child becomes nobody; pytest's own folder is closed to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        log = opened(folder)
        log.add(**SET)
        locked = folder / "locked"
        locked.mkdir()
        log.export_csv(locked / "a.csv")
        opened(locked).add(**SET)
        for path in (folder, log.path):
            path.chmod(0o777)
        locked.chmod(0)
        program = f"""
sys.path.insert(0, {str(Path(__file__).parent)!r})
import test_files
for made in ("report.pdf", "reminders.ics"):  # which imports what nobody may not
    test_files.CALLS[made.partition(".")[0]](folder / made, opened())
if os.getuid() == 0: os.setuid(65534)
names = {{"open": "log.sqlite3", "merge": "log.sqlite3", "reminders": "a.ics", "report": "a.pdf"}}
log = opened()
for call, use in test_files.CALLS.items():
    try:
        use(folder / "locked" / names.get(call, "a.csv"), log)
    except test_files.PlainError as error:
        print(call, error)
print("doctor", *doctor(folder / "locked" / "log.sqlite3").lines)
print(Log.open(log.path, backups=folder / "locked" / "b").add(**SET, entry_id="saved"))
"""
        said = output(folder, program).splitlines()
        locked.chmod(0o700)
    *refused, saved = said
    assert {line.split()[0] for line in refused} == {*CALLS, "doctor"} - {"backups"}
    for line in refused:
        assert str(folder / "locked") in line
        assert "ermission denied" in line or "cannot be" in line
    assert saved == "saved", "a log is kept even where no backup can be"


def test_a_file_is_replaced_in_one_step_or_not_at_all(tmp_path):
    path = tmp_path / "file"
    with replacing(path) as file:
        file.write(b"first")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(TypeError), replacing(path) as file:
        file.writelines([b"second", "no bytes"])
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_put_in_place_takes_no_name_that_is_taken(tmp_path):
    part, path = tmp_path / "part", tmp_path / "path"
    part.write_bytes(b"new")
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        put_in_place(part, path)
    assert path.read_bytes() == b"old"
    path.unlink()
    put_in_place(part, path)
    assert path.read_bytes() == b"new"
