"""Paths that a person gives, and the files that are written there."""

import json
import os
import socket
import stat
import tempfile
from pathlib import Path

import pytest
from logs import NOW, SET, child, opened, start
from public import parameters

from backcare_widgets import (
    Log,
    adherence,
    doctor,
    exercise,
    load_programme,
    past,
    records,
    reminders,
    report,
    review,
    today,
)
from backcare_widgets.errors import LogError, PlainError
from backcare_widgets.files import put_in_place, replacing

# What a path is given to. The new file that some of them write is beside the log.
CALLS = {
    "Log.open.path": lambda path, log: Log.open(path, backups=log.path.parent),
    "Log.open.backups": lambda path, log: Log.open(log.path, backups=path),
    "load_programme.path": lambda path, log: load_programme(path),
    "exercise.log": lambda path, log: exercise("lying-down", log=path),
    "exercise.programme": lambda path, log: exercise("lying-down", log=log, programme=path),
    "today.log": lambda path, log: today(log=path),
    "today.programme": lambda path, log: today(log=log, programme=path),
    "past.log": lambda path, log: past(log=path),
    "past.programme": lambda path, log: past(log=log, programme=path),
    "records.log": lambda path, log: records(log=path),
    "records.programme": lambda path, log: records(log=log, programme=path),
    "review.log": lambda path, log: review(log=path),
    "review.programme": lambda path, log: review(log=log, programme=path),
    "report.log": lambda path, log: report(log.path.with_name("new.html"), log=path),
    "report.programme": lambda path, log: report(
        log.path.with_name("new.html"), log=log, programme=path
    ),
    "reminders.programme": lambda path, log: reminders(
        log.path.with_name("new.ics"), now=NOW, programme=path
    ),
    "adherence.daily.programme": lambda path, log: adherence.daily(log.frame(), path),
    "adherence.by_exercise.programme": lambda path, log: adherence.by_exercise(log.frame(), path),
    "Log.export_csv.path": lambda path, log: log.export_csv(path),
    "Log.export_json.path": lambda path, log: log.export_json(path),
    "Log.import_csv.path": lambda path, log: log.import_csv(path),
    "Log.merge.path": lambda path, log: log.merge(path),
    "report.path": lambda path, log: report(path, log=log),
    "reminders.path": lambda path, log: reminders(path, now=NOW),
}
SAYS_ITSELF = {"doctor.log"}  # it raises nothing
NEEDS_ONE = [*CALLS][-6:]
WRITES = {"Log.export_csv.path", "Log.export_json.path", "report.path", "reminders.path"}
# The name of a file that a call would take, where there is one.
NAMES = {"log": "log.sqlite3", "Log.open.path": "log.sqlite3", "Log.merge.path": "log.sqlite3"}
NAMES |= {"programme": "programme.toml", "load_programme.path": "programme.toml"}
NAMES |= {"report.path": "new.pdf", "reminders.path": "new.ics"}


def name_for(call):
    return NAMES.get(call) or NAMES.get(call.rpartition(".")[2], "a.csv")


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
    "empty": ("", "it is empty"),
}


def pipe(path):
    os.mkfifo(path)


def bound_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def link_to_pipe(path):
    pipe(path.with_name("pipe"))
    path.symlink_to("pipe")


@pytest.fixture
def log(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    return log


def test_fault_44_every_parameter_that_takes_a_path_is_in_the_table():
    assert parameters("Path|Log|Programme") == CALLS.keys() | SAYS_ITSELF


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


@pytest.mark.parametrize("make", [pipe, bound_socket, link_to_pipe])
def test_fault_44_what_would_be_read_for_ever_or_replaced_is_refused(log, tmp_path, make):
    """As a device is: a test that is wrong must not put a file in the place of one."""
    path = tmp_path / "special.csv"
    make(path)
    before = {path: path.lstat().st_mode for path in tmp_path.rglob("*")}
    for call in CALLS.values():
        with pytest.raises(PlainError, match="it is neither a file nor a folder"):
            call(path, log)
    assert "it is neither a file nor a folder" in repr(doctor(path))
    assert {path: path.lstat().st_mode for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    "kind", ["a file in the middle", "a folder", "the folder above", "no folder", "a new line"]
)
def test_fault_44_where_no_file_can_be_is_said_and_nothing_is_left_there(
    log, tmp_path, kind, monkeypatch
):
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder")
    for call, use in CALLS.items():
        name = name_for(call)
        folder = tmp_path / "folder" / name
        folder.mkdir(exist_ok=True)
        path = {
            "a file in the middle": log.path / name,
            "a folder": folder,
            "the folder above": "..",
            "no folder": tmp_path / "nowhere" / name,
            "a new line": tmp_path / "no\nwhere" / f"a\n{name}",
        }[kind]
        before = sorted(tmp_path.rglob("*"))
        # A log that is not there yet is an empty one, and backups are made in a folder.
        is_folder = kind in ("a folder", "the folder above")
        taken = call.endswith(".log") or call == "Log.open.path"
        if call == "Log.open.backups" or (taken and not is_folder):
            use(path, log)
        else:
            with pytest.raises(PlainError):
                use(path, log)
        assert set(tmp_path.rglob("*")) <= {*before, tmp_path / "new.html"}, call


def test_fault_44_links_in_a_circle_are_said_by_every_call(log, tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    for call in CALLS.values():
        with pytest.raises(PlainError, match="is not a valid file path"):
            call(tmp_path / "a", log)


@pytest.mark.parametrize("call", NEEDS_ONE)
def test_fault_44_none_is_no_path_where_one_is_asked_for(log, call):
    with pytest.raises(LogError, match=r"None is not a valid file path \(it is not text\)"):
        CALLS[call](None, log)


@pytest.mark.parametrize("name", ["BACKCARE_LOG", "BACKCARE_BACKUPS"])
def test_fault_44_a_path_in_the_environment_is_looked_at_too(monkeypatch, tmp_path, name):
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "log.sqlite3"))
    monkeypatch.setenv(name, "~no-such-user/a")
    with pytest.raises(LogError, match="is not a valid file path"):
        Log.open()


def test_fault_44_a_folder_that_is_closed_to_the_person_is_said_by_every_call():
    """Root may look anywhere, so the child becomes nobody; pytest's own folder is closed to it."""
    modes = {"locked": 0, "not to be searched": 0o666, "read-only": 0o555}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        log = opened(folder)
        log.add(**SET)
        for closed in modes:
            opened(folder / closed).add(**SET)
            log.export_csv(folder / closed / "a.csv")
            (folder / closed / "programme.toml").write_bytes(load_programme().path.read_bytes())
            for path in (folder / closed).rglob("*"):
                path.chmod(0o777)
        (folder / "linked").symlink_to(folder / "locked")
        for path in (folder, log.path):
            path.chmod(0o777)
        for closed, mode in modes.items():
            (folder / closed).chmod(mode)
        program = f"""
sys.path.insert(0, {str(Path(__file__).parent)!r})
import json, test_files
for made in ("report.pdf", "reminders.ics"):  # which imports what nobody may not
    test_files.CALLS[made.partition(".")[0] + ".path"](folder / made, opened())
if os.getuid() == 0: os.setuid(65534)
log = opened()
for closed in {[*modes, "linked"]}:
    for call, use in test_files.CALLS.items():
        try:
            use(folder / closed / test_files.name_for(call), log)
        except test_files.PlainError as error:
            print(json.dumps([closed, call, str(error)]))
    print(json.dumps([closed, "doctor", repr(doctor(folder / closed / "log.sqlite3"))]))
backups = folder / "locked" / "b"
print(Log.open(log.path, backups=backups).add(**SET, entry_id="saved"))
"""
        kernel = child(folder, program)
        start(kernel)
        *lines, saved = kernel.communicate(timeout=60)[0].splitlines()
        for closed in modes:
            (folder / closed).chmod(0o700)
        left = {path.name for closed in modes for path in (folder / closed).iterdir()}
    assert kernel.returncode == 0
    assert saved == "saved", "a log is kept even where no backup can be"
    said = {(closed, call): words for closed, call, words in map(json.loads, lines)}
    reads_nothing = {"Log.open.backups"}
    for closed in (*modes, "linked"):
        refused = {call for where, call in said if where == closed} - {"doctor"}
        expected = WRITES if closed == "read-only" else CALLS.keys() - reads_nothing
        assert refused == expected, closed
    for (closed, call), words in said.items():
        assert str(folder / closed.replace("linked", "locked")) in words
        assert closed == "read-only" or "ermission denied" in words or "cannot be" in words, call
        assert "Errno" not in words or "Allow it" in words or "Nothing was" in words, call
    assert left == {"log.sqlite3", "a.csv", "programme.toml", "backups"}


@pytest.mark.parametrize("home", ["missing", "n" * 300, "log.sqlite3"])
def test_fault_44_a_log_is_kept_whatever_the_home_is_and_from_a_folder_that_is_gone(
    tmp_path, monkeypatch, home
):
    """Where its backups would be, that is; a path without its folder is no path there."""
    monkeypatch.delenv("BACKCARE_BACKUPS", raising=False)
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / home))
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    log = Log.open(tmp_path / "log.sqlite3")
    assert log.add(**SET, entry_id="saved") == "saved"
    assert (log.backup_problem is None) == (home == "missing")
    assert log.id
    assert "1 set on 1 day" in repr(doctor(log))
    for call in CALLS.values():
        with pytest.raises(PlainError, match="No such file or directory"):
            call("a", log)


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
