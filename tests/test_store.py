"""Faults of the file, the disk and other programs; processes are real, time is not waited for."""

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults import ROUNDS, examples, kept, tried  # noqa: F401
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import NOW, SET, child, ids, opened, output, start, whole

from backcare_widgets import history
from backcare_widgets.database import connect
from backcare_widgets.errors import LogError
from backcare_widgets.log import Log
from backcare_widgets.store import Patience, Store


def test_kernels_that_make_the_log_and_write_at_once_lose_nothing(tmp_path):
    program = "log = opened()\nfor n in range(60): log.add(**SET, entry_id=f'{sys.argv[2]}-{n}')"
    for round_ in range(max(1, ROUNDS // 5)):
        folder = tmp_path / str(round_)
        writers = [child(folder, program, str(n)) for n in range(3)]
        start(*writers)
        assert [writer.wait(60) for writer in writers] == [0, 0, 0]
        assert ids(opened(folder)) == {f"{w}-{n}" for w in range(3) for n in range(60)}
        assert whole(folder / "log.sqlite3")


def test_what_a_killed_kernel_had_acknowledged_is_there(tmp_path):
    seed = random.randrange(10**6)
    print(f"{seed=}")
    delays = random.Random(seed)
    program = """
for n in range(10**6):
    print(opened().add(**SET, entry_id=f"{sys.argv[2]}-{n}"), flush=True)
"""
    acknowledged = set()
    for round_ in range(ROUNDS):
        writer = child(tmp_path, program, str(round_))
        start(writer)
        # Real time is what this test is about: the kill must fall anywhere within a write.
        first = writer.stdout.readline().strip()
        time.sleep(delays.uniform(0, 0.06))
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        lines = rest.splitlines(keepends=True)
        acknowledged |= {first, *(line.strip() for line in lines if line.endswith("\n"))}
        assert acknowledged <= ids(opened(tmp_path))
        assert whole(tmp_path / "log.sqlite3")
    assert len(acknowledged) >= ROUNDS


def test_a_lock_held_too_long_is_said_and_the_set_can_be_sent_again(tmp_path):
    waits = []
    patience = Patience(monotonic=lambda: sum(waits), sleep=waits.append)
    log = opened(tmp_path, patience=patience)
    log.add(**SET, entry_id="a")
    with closing(sqlite3.connect(log.path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        for use in (lambda: log.add(**SET, entry_id="b"), log.marks):
            waits.clear()
            with pytest.raises(LogError, match=r"is busy: .* for 5 seconds.*please try again"):
                use()
            assert 5 <= sum(waits) < 5.03
            assert 0.001 <= min(waits) < max(waits) <= 0.020
    log.add(**SET, entry_id="b")
    assert ids(log) == {"a", "b"}


def test_a_lock_that_goes_in_time_is_waited_for(tmp_path):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    with closing(sqlite3.connect(log.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        waits = []

        def sleep(seconds):
            waits.append(seconds)
            if len(waits) == 3:
                holder.execute("ROLLBACK")

        opened(tmp_path, patience=Patience(sleep=sleep)).add(**SET, entry_id="b")
    assert len(waits) == 3
    assert ids(log) == {"a", "b"}


def test_a_disk_that_is_full_at_commit_loses_nothing_that_was_there(tmp_path):
    out = output(
        tmp_path,
        """
import resource
log = opened()
log.add(**SET, entry_id="0")
resource.setrlimit(resource.RLIMIT_FSIZE, (log.path.stat().st_size + 9000, resource.RLIM_INFINITY))
saved = ["0"]
try:
    for n in range(1, 999):
        saved.append(log.add(**SET, entry_id=str(n), note="x" * 999))
except LogError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert set(saved) == {row["entry_id"] for row in log.sets_on(SET["started_at"].date())}, saved
print(log.add(**SET, entry_id="after"))
""",
    )
    message, after = out.splitlines()
    assert message.startswith("The disk is full or failing (disk I/O error): ")
    assert message.endswith("what was in the log is unchanged. Make some room, then try again.")
    assert after == "after"
    assert whole(tmp_path / "log.sqlite3")


def test_the_other_message_of_a_full_disk_is_understood_too(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)

    def fill(con):
        con.execute("PRAGMA max_page_count = 1")  # SQLite raises it to the size there is
        con.execute("CREATE TABLE more AS SELECT zeroblob(99999)")

    with pytest.raises(LogError, match=r"disk is full or failing \(database or disk is full\)"):
        Store(log.path, lambda: None, Patience()).write(fill)
    assert len(ids(log)) == 1


@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_a_log_that_cannot_be_written_can_still_be_read(read_only):
    """Root may write anywhere, so the child becomes nobody; pytest's own folder is closed to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened(folder).add(**SET, entry_id="a")
        (folder / "log.sqlite3").chmod(0o444 if read_only == "file" else 0o666)
        folder.chmod(0o555 if read_only == "folder" else 0o777)
        out = output(
            folder,
            """
if os.getuid() == 0: os.setuid(65534)
log = opened()
print(len(log.frame()))
try:
    log.add(**SET)
except LogError as error:
    print(error)
print(len(log.frame()))
""",
        )
        folder.chmod(0o755)
        before, message, after = out.splitlines()
        assert (before, after) == ("1", "1")
        assert message.startswith(f"The log {folder / 'log.sqlite3'} cannot be written (")
        assert "Nothing was saved now" in message
        assert "set BACKCARE_LOG to another file" in message
        assert {path.name for path in folder.iterdir()} == {"log.sqlite3", "backups"}


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    log = opened(tmp_path / "file")
    assert log.frame().empty
    with pytest.raises(LogError, match=r"cannot be written \(.*BACKCARE_LOG"):
        log.add(**SET)
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize(
    ("path", "message"),
    [(".", "that is a folder"), ("/dev/null", "not a file"), ("a\0b", "is not a path")],
)
def test_a_path_that_cannot_be_a_log_is_said_at_once(tmp_path, path, message):
    with pytest.raises(LogError, match=message):
        Log.open(path, backups=tmp_path)


def test_links_that_lead_in_a_circle_are_said(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(LogError, match=str(tmp_path)):
        Log.open(tmp_path / "a", backups=tmp_path).add(**SET)


@pytest.mark.parametrize("use", [Log.frame, Log.undo, lambda log: log.add(**SET)])
@pytest.mark.parametrize("first", [lambda log: None, lambda log: log.marks()])
def test_a_log_that_vanished_never_comes_back_empty(tmp_path, first, use):
    opened(tmp_path).add(**SET)
    log = opened(tmp_path)  # seeing it at opening is enough
    first(log)
    log.path.rename(tmp_path / "elsewhere")
    with pytest.raises(LogError, match=r"is no longer there.*Nothing was put in its place"):
        use(log)
    assert not log.path.exists()
    (tmp_path / "elsewhere").rename(log.path)
    assert len(ids(log)) == 1


class Meanwhile(type(Path())):
    """A path on which something happens once, just after somebody looked whether it is there."""

    happens = None

    def exists(self):
        there = super().exists()
        happens, Meanwhile.happens = Meanwhile.happens, None
        if happens:
            happens()
        return there


@pytest.mark.parametrize("operation", ["read", "write"])
def test_a_log_that_another_thread_makes_meanwhile_is_not_taken_for_vanished(tmp_path, operation):
    store = Store(Meanwhile(tmp_path / "log.sqlite3"), lambda: None, Patience())
    Meanwhile.happens = lambda: store.write(lambda con: None)
    getattr(store, operation)(lambda con: None)
    store.path.unlink()
    with pytest.raises(LogError, match="is no longer there"):
        store.read(lambda con: None)


def test_a_log_made_here_is_missed_when_it_goes(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    log.path.unlink()
    with pytest.raises(LogError, match="is no longer there"):
        log.add(**SET)


def make_newer(path, *changes):
    with closing(sqlite3.connect(path)) as con:
        for statement in ("PRAGMA user_version = 2", *changes):
            con.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE event ADD COLUMN mood INTEGER",
        "CREATE TABLE doses (x)",
        "DROP INDEX event_key",
    ],
)
def test_fault_13_a_log_of_a_newer_version_can_be_read_but_not_written(tmp_path, change):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    log.mark(NOW.date(), "rest")
    log.set_setting("x", "y")
    make_newer(log.path, change)
    shutil.rmtree(tmp_path / "backups")
    before = log.path.read_bytes()
    for newer in (log, opened(tmp_path)):
        assert list(newer.frame()["entry_id"]) == ["a"]
        assert (newer.marks(), newer.setting("x")) == ({NOW.date(): "rest"}, "y")
        assert newer.export_csv(tmp_path / "out.csv").exists()
        for use in (
            lambda log=newer: log.add(**SET),
            lambda log=newer: log.edit("a", note="x"),
            lambda log=newer: log.import_csv(tmp_path / "out.csv"),
            newer.undo,
            newer.redo,
            newer.restore,
        ):
            with pytest.raises(
                LogError, match=r"newer version .*\(log version 2, here 1\).*update"
            ):
                use()
            tried()
    assert log.path.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"log.sqlite3", "out.csv"}


def test_fault_13_a_newer_log_without_what_is_read_here_is_left_alone(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    make_newer(log.path, "ALTER TABLE event RENAME note TO remark")
    before = log.path.read_bytes()
    for use in (log.frame, log.marks, lambda: log.add(**SET)):
        with pytest.raises(LogError, match=r"newer version .*\(log version 2, here 1\).*update"):
            use()
        tried()
    assert log.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"record,entry_id\n"])
def test_a_file_that_is_no_database_is_not_overwritten(tmp_path, content):
    log = opened(tmp_path)
    log.path.write_bytes(content)
    for use in (log.frame, lambda: log.add(**SET)):
        with pytest.raises(LogError, match=r"nothing was overwritten\. There is no backup"):
            use()
    assert log.path.read_bytes() == content


def test_the_database_of_another_program_is_not_written_to(tmp_path):
    log = opened(tmp_path)
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("CREATE TABLE theirs (x)")
    before = log.path.read_bytes()
    with pytest.raises(LogError, match="is not a log of this workbook"):
        log.add(**SET)
    assert log.path.read_bytes() == before


@pytest.mark.parametrize("size", [1, 600, 4096])
def test_the_stump_of_a_log_is_damage_even_where_sqlite_calls_it_empty(tmp_path, size):
    log = opened(tmp_path)
    log.add(**SET)
    os.truncate(log.path, size)
    with pytest.raises(LogError, match="is damaged"):
        Log.open(log.path, backups=tmp_path / "none").frame()


@pytest.mark.parametrize(
    "change", ["ALTER TABLE event RENAME undoes TO undone", "PRAGMA application_id = 1"]
)
def test_tables_that_are_not_quite_ours_are_refused(tmp_path, change):
    log = opened(tmp_path)
    log.add(**SET)
    with closing(sqlite3.connect(log.path)) as con:
        con.execute(change)
    with pytest.raises(LogError, match="is not a log of this workbook"):
        opened(tmp_path).frame()


def test_a_connection_makes_no_file(tmp_path):
    """Should the log vanish between the look and the opening, it must not come back empty."""
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect(tmp_path / "log.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_log_cut_to_nothing_is_not_taken_for_a_new_one(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    os.truncate(log.path, 0)
    for opening in (log, opened(tmp_path)):
        for use in (opening.frame, lambda opening=opening: opening.add(**SET)):
            with pytest.raises(
                LogError, match=r"newest good backup is of 2026-03-01: Log\.open\(\)\.restore\(\)"
            ):
                use()
    assert log.path.stat().st_size == 0


def test_an_empty_file_without_a_past_is_a_new_log(tmp_path):
    (tmp_path / "log.sqlite3").touch()
    assert opened(tmp_path).frame().empty
    opened(tmp_path).add(**SET)
    assert len(opened(tmp_path).frame()) == 1


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    log = opened(tmp_path_factory.mktemp("good"))
    for n in range(30):
        log.add(**SET, note=f"note {n}" * 20, entry_id=str(n))
    log.mark(NOW.date(), "rest")
    return log.path


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_damage_is_told_plainly_and_never_made_worse(good, data):
    """Cut short, a bit turned, or a block of zeros: an answer or a LogError, nothing else."""
    content = bytearray(good.read_bytes())
    kind = data.draw(st.sampled_from(["cut", "bit", "zeros"]), label="kind")
    # The first page holds the header and the names of the tables: half of the trials go there.
    end = data.draw(st.sampled_from([4096, len(content)]), label="end")
    at = data.draw(st.integers(0, end - 1), label="at")
    if kind == "cut":
        del content[at:]
    elif kind == "bit":
        content[at] ^= 1 << data.draw(st.integers(0, 7), label="bit")
    else:
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name))
        log.path.write_bytes(content)
        said = []
        for use in (
            log.frame,
            log.marks,
            lambda: log.setting("x"),
            lambda: log.export_csv(Path(name) / "out.csv"),
            lambda: log.add(**SET, entry_id="new"),
        ):
            before = log.path.read_bytes()
            try:
                use()
            except LogError as error:
                said.append(str(error))
                assert log.path.read_bytes() == before
    if kind == "cut" and at > 0:  # cut to nothing it is a log about to begin
        assert len(said) == 5
    assert all(str(log.path) in sentence for sentence in said)


@pytest.mark.parametrize("with_journal", [True, False])
def test_a_copy_made_in_the_middle_of_a_write_loses_nothing_older(tmp_path, with_journal):
    """A sync client may take the file without its journal: then an answer or a refusal."""
    log = opened(tmp_path)
    before = {log.add(**SET, entry_id=str(n), note="x" * 999) for n in range(20)}
    (tmp_path / "copy").mkdir()

    def copy_half_written(con):
        con.execute("PRAGMA cache_size = 1")  # what does not fit goes to the file at once
        for n in range(99):
            row = history.latest(con, "event", "0") | {"entry_id": f"new {n}"}
            history.append(con, "event", row, NOW)
        for name in ["log.sqlite3"] + ["log.sqlite3-journal"] * with_journal:
            shutil.copy(tmp_path / name, tmp_path / "copy" / name)

    Store(log.path, lambda: None, Patience()).write(copy_half_written)
    assert b"new 50" in (tmp_path / "copy" / "log.sqlite3").read_bytes()
    try:
        found = ids(opened(tmp_path / "copy"))
    except LogError:
        assert not with_journal
    else:
        assert found >= before
        assert found == before or not with_journal


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


def test_at_rest_the_log_is_one_file_in_rollback_mode(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    assert {path.name for path in tmp_path.iterdir()} == {"log.sqlite3", "backups"}
    with closing(sqlite3.connect(log.path)) as con:
        assert con.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert con.execute("PRAGMA application_id").fetchone() == (0x62636172,)
