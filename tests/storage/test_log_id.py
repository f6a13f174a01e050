"""The id of a log names its outbox in the browser: no unsaved set reaches another log."""

import os
import shutil
import signal
import sqlite3
import stat
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults import ROUNDS, kept, tried
from logs import NOW, SET, child, every_row, ids, opened, output, start, whole

from backcare_widgets import Log
from backcare_widgets.errors import LogError
from backcare_widgets.storage.backups import folder_for, in_folder
from backcare_widgets.storage.file import Patience

AS_NOBODY = "if os.getuid() == 0: os.setuid(65534)"


def without_id(log):
    """Make a log what it was before logs had an id."""
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("DELETE FROM setting WHERE name = 'log id'")
        con.commit()


def id_in(path):
    with closing(sqlite3.connect(path)) as con:
        row = con.execute("SELECT value FROM setting WHERE name = 'log id'").fetchone()
    return row and row[0]


def reserved(folder):
    return list((folder / "backups").rglob("id-of-next-log*"))


@pytest.mark.parametrize("asks_first", [True, False])
def test_fault_46_two_logs_at_one_path_have_two_ids(tmp_path, asks_first):
    """Both people have the same path, each on a disk of their own."""
    seen = []
    for person in "ab":
        log = opened(tmp_path)
        if asks_first:
            seen.append(log.id)
        log.add(**SET, entry_id=person)
        seen.append(log.id)
        log.path.rename(tmp_path / person)
    assert len(set(seen)) == 2
    for n, person in enumerate("ab"):
        (tmp_path / person).rename(log.path)
        assert opened(tmp_path).id == seen[n * len(seen) // 2]
        log.path.rename(tmp_path / person)
    tried()


def test_fault_46_a_log_that_is_not_made_yet_has_its_id_already(tmp_path):
    """The kernel may die before the first set is saved, and the set waits in the browser."""
    promised = opened(tmp_path).id
    assert len(promised) == 32
    assert set(promised) <= set("0123456789abcdef")
    assert {path.name for path in tmp_path.iterdir()} == {"backups"}, "asking makes no log"
    (file,) = reserved(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert output(tmp_path, "print(opened().id)") == f"{promised}\n"
    opened(tmp_path).undo()  # makes no log either
    assert opened(tmp_path).id == promised
    output(tmp_path, "opened().add(**SET)")
    assert id_in(tmp_path / "log.sqlite3") == promised == opened(tmp_path).id
    assert reserved(tmp_path) == []
    (backup,) = in_folder(file.parent)
    assert id_in(backup) == promised
    tried()


def test_fault_46_a_log_that_is_deleted_takes_its_id_with_it(tmp_path):
    first = opened(tmp_path).id
    opened(tmp_path).add(**SET)
    (tmp_path / "log.sqlite3").unlink()
    assert opened(tmp_path).id != first
    opened(tmp_path).add(**SET)
    assert id_in(tmp_path / "log.sqlite3") == opened(tmp_path).id != first
    tried()


def test_fault_46_kernels_that_ask_and_write_at_once_agree_on_one_id(tmp_path):
    program = """
import time
for line in sys.stdin:
    moment, name = line.split()
    folder = folder.parent / name
    log = opened()
    while time.time() < float(moment): pass
    try:
        if sys.argv[2] == "writes": log.add(**SET)
        print(log.id, flush=True)
    except Exception as error:
        print(repr(error), flush=True)
"""
    kernels = [child(tmp_path / "0", program, does) for does in ("asks", "writes") * 3]
    start(*kernels)
    for round_ in range(2 * max(ROUNDS, 5)):
        name = str(round_)
        # Real time is what this test is about: all of them must find no log yet.
        for kernel in kernels:
            kernel.stdin.write(f"{time.time() + 0.03} {name}\n")
        for kernel in kernels:
            kernel.stdin.flush()
        answers = {kernel.stdout.readline().strip() for kernel in kernels}
        assert answers == {id_in(tmp_path / name / "log.sqlite3")}
        opened(tmp_path / name).id  # noqa: B018  (an asker may have come last)
        assert reserved(tmp_path / name) == []
        tried()
    for kernel in kernels:
        kernel.communicate(timeout=60)


def test_fault_46_a_kernel_killed_while_it_makes_the_log_keeps_its_word(tmp_path):
    for round_ in range(ROUNDS):
        folder = tmp_path / str(round_)
        promised = opened(folder).id
        writer = child(folder, "opened().add(**SET, entry_id='a'); input()")
        start(writer)
        # Real time is what this test is about: the kill must fall anywhere within the making.
        time.sleep(0.02 * round_ / ROUNDS)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert opened(folder).id == promised
        opened(folder).add(**SET, entry_id="b")
        assert id_in(folder / "log.sqlite3") == opened(folder).id == promised
        assert "b" in ids(opened(folder))
        assert reserved(folder) == []
        tried()


@pytest.mark.parametrize("content", [b"", b"\xff", b"0" * 31, b"0" * 33])
def test_a_reserved_id_that_is_damaged_is_replaced_by_one_that_all_agree_on(tmp_path, content):
    opened(tmp_path).id  # noqa: B018
    reserved(tmp_path)[0].write_bytes(content)
    promised = opened(tmp_path).id
    assert opened(tmp_path).id == promised
    opened(tmp_path).add(**SET)
    assert id_in(tmp_path / "log.sqlite3") == promised
    assert reserved(tmp_path) == []


def test_fault_46_where_no_backups_can_be_written_the_id_is_one_of_log_and_person():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "backups").mkdir()
        (folder / "backups").chmod(0o555)
        out = output(
            folder,
            f"""
{AS_NOBODY}
for person in ("a", "b", "a"):
    os.environ["JUPYTERHUB_USER"] = person
    print(opened().id)
opened().add(**SET)
print(opened().id)
""",
        )
        first, other, again, made = out.splitlines()
        assert first == again == made != other
        assert len(first) == 32
        assert reserved(folder) == []
        tried()


def test_fault_46_a_log_without_an_id_gets_one_when_it_is_asked_for(tmp_path):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    without_id(log)
    before = every_row(log.path)
    kernels = [child(tmp_path, "print(opened().id)") for _ in range(2)]
    start(*kernels)
    answers = {kernel.communicate(timeout=60)[0].strip() for kernel in kernels}
    assert answers == {id_in(log.path)} == {opened(tmp_path).id}
    assert every_row(log.path) | {"setting": []} == before
    assert log.undo().changes[0].now == "gone", "the id is nothing that was done"
    assert log.undo() is None
    assert log.redo().changes[0].now == "back"
    kept({"a"}, ids(log))


def test_fault_46_a_log_that_cannot_be_written_has_the_id_that_it_gets_when_it_can_be():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = opened(folder)
        log.add(**SET)
        without_id(log)
        before = log.path.read_bytes()
        log.path.chmod(0o444)
        folder.chmod(0o555)
        said = output(folder, f"{AS_NOBODY}\nprint(opened().id)").strip()
        folder.chmod(0o700)
        assert log.path.read_bytes() == before
        log.add(**SET)
        assert id_in(log.path) == opened(folder).id == said
        tried()


def test_an_empty_file_is_a_log_to_be(tmp_path):
    (tmp_path / "log.sqlite3").touch()
    promised = opened(tmp_path).id
    assert (tmp_path / "log.sqlite3").stat().st_size == 0
    opened(tmp_path).add(**SET)
    assert id_in(tmp_path / "log.sqlite3") == promised


DAMAGE = {
    "put aside": lambda path: path.rename(f"{path}.damaged-2026-03-01T120000"),
    "cut": lambda path: os.truncate(path, 9000),
    "emptied": lambda path: os.truncate(path, 0),
    "overwritten": lambda path: path.write_bytes(b"x" * 9000),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_fault_46_a_damaged_log_has_the_id_that_it_comes_back_with(tmp_path, what):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a", note="x" * 4000)
    named = log.id
    DAMAGE[what](log.path)
    assert opened(tmp_path).id == log.id == named
    log.restore()
    assert id_in(log.path) == log.id == opened(tmp_path).id == named
    assert whole(log.path)
    kept({"a"}, ids(log))


def test_fault_46_a_log_that_vanished_comes_back_with_its_id(tmp_path):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    named = log.id
    log.path.unlink()
    assert log.id == named
    opened(tmp_path).restore()
    assert id_in(log.path) == named
    kept({"a"}, ids(opened(tmp_path)))


def test_fault_46_a_damaged_log_without_backup_keeps_its_id_too(tmp_path):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    named = log.id
    shutil.rmtree(tmp_path / "backups")
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("DROP INDEX event_key")
    with pytest.raises(LogError, match="is damaged"):
        opened(tmp_path).marks()
    assert opened(tmp_path).id == named
    opened(tmp_path).restore()
    assert id_in(log.path) == opened(tmp_path).id == named
    kept({"a"}, ids(opened(tmp_path)))


def test_fault_46_a_damaged_id_is_not_taken_for_the_logs(tmp_path):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    named = log.id
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("UPDATE setting SET value = 'f' || substr(value, 2)")
        con.execute("UPDATE setting SET value = '0' || substr(value, 2) WHERE value = event_id")
        con.execute("DROP INDEX event_key")
        con.commit()
    assert opened(tmp_path).id == named, "the backup's"
    log.restore()
    assert id_in(log.path) == log.id == named
    tried()


def test_fault_46_what_is_no_log_at_all_has_an_id_that_the_next_log_there_gets(tmp_path):
    log = opened(tmp_path)
    log.path.write_bytes(b"no database" * 999)
    named = log.id
    assert opened(tmp_path).id == named
    log.path.unlink()
    opened(tmp_path).add(**SET)
    assert id_in(log.path) == named
    tried()


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("has_id", [True, False])
def test_fault_46_a_log_that_another_program_holds_has_its_id(tmp_path, lock, has_id):
    log = opened(tmp_path)
    log.add(**SET)
    if not has_id:
        for file in (log.path, *in_folder(folder_for(log.path, tmp_path / "backups"))):
            with closing(sqlite3.connect(file)) as con:
                con.execute("DELETE FROM setting")
                con.commit()
    waits = []
    patience = Patience(monotonic=lambda: sum(waits), sleep=waits.append)
    with closing(sqlite3.connect(log.path, isolation_level=None)) as holder:
        holder.execute(f"BEGIN {lock}")
        named = opened(tmp_path, patience=patience).id
        assert sum(waits) < 5.03
    assert opened(tmp_path).id == id_in(log.path) == named
    tried()


def test_fault_46_merging_takes_over_no_id_and_says_nothing_of_it(tmp_path):
    log, other = opened(tmp_path / "a"), opened(tmp_path / "b")
    log.add(**SET, entry_id="a")
    other.add(**SET, entry_id="b")
    named = log.id, other.id
    copy = log.path.with_name("log (conflicted copy).sqlite3")
    shutil.copy(other.path, copy)
    assert "Added 1 set from" in repr(log.merge(copy))
    assert "already has all" in repr(log.merge(copy))
    other.merge(log.path)
    assert (log.id, other.id) == (id_in(log.path), id_in(other.path)) == named
    assert log.notices() == [], "the copy has nothing more"
    new = opened(tmp_path / "c")
    promised = new.id
    new.merge(log.path)
    assert id_in(new.path) == new.id == promised not in named
    kept({"a", "b"}, ids(log) & ids(other) & ids(new))


def test_fault_46_a_log_begun_anew_keeps_its_id_when_the_older_one_is_added(tmp_path):
    opened(tmp_path).add(**SET, entry_id="old")
    (tmp_path / "log.sqlite3").unlink()
    log = opened(tmp_path)
    log.add(**SET, entry_id="new")
    named = log.id
    assert "perhaps the log was begun anew" in log.notices()[0]
    log.restore()
    assert log.id == id_in(log.path) == named
    assert log.notices() == []
    assert "has all that its backups have" in repr(log.restore())
    kept({"old", "new"}, ids(log))


def test_asking_for_the_id_is_nothing_that_was_done(tmp_path):
    log = opened(tmp_path)
    log.id  # noqa: B018
    assert log.undo() is None
    log.mark(NOW.date(), "rest")
    before = every_row(log.path)
    log.id  # noqa: B018
    assert every_row(log.path) == before
    assert log.undo().changes[0].now == "unmarked"
    assert log.undo() is None
    assert '"settings": {}' in log.export_json(tmp_path / "out.json").read_text("utf-8")


def test_the_sample_log_has_a_fixed_id(tmp_path):
    log = Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "backups", sample_if_empty=True)
    assert log.id == "sample"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", ["file", "folder", "folder without a log", "folder above"])
def test_a_folder_that_cannot_be_written_is_told_when_the_session_opens(closed):
    """Root may write anywhere, so the child becomes nobody; pytest's own folder is closed to it."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name).resolve()
        folder = top / "deep" / "er" if closed == "folder above" else top
        path = folder / "log.sqlite3"
        if closed in ("file", "folder"):
            opened(folder).add(**SET)
            path.chmod(0o444 if closed == "file" else 0o666)
        top.chmod(0o777 if closed == "file" else 0o555)
        before = sorted(top.rglob("*"))
        program = f"{AS_NOBODY}\nprint(*opened().notices(), sep='\\n')"
        said = output(folder, program).splitlines()
        assert sorted(top.rglob("*")) == before
        top.chmod(0o777)
        if path.exists():
            path.chmod(0o666)
        assert len(said) == 1
        assert said[0].startswith(
            f"The log {path} cannot be written: there is no permission to write to"
            f" {path if closed == 'file' else top}. What is in the log is unchanged, and a set"
        )
        assert said[0].endswith("or set BACKCARE_LOG to another file.")
        assert output(folder, program).strip() == "", "and nothing where it can be written"
