"""Faults of the file, the disk and other programs; processes are real, time is not waited for."""

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults import ROUNDS, kept, tried
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET, child, ids, opened, output, start, whole

from backcare_widgets import Log
from backcare_widgets.errors import LogError
from backcare_widgets.storage import rows as history
from backcare_widgets.storage.file import Patience, Store


@pytest.mark.parametrize("n_kernels", [2, 8])
def test_fault_02_kernels_that_write_at_once_lose_nothing(tmp_path, n_kernels):
    """Without a pause, as no person does: they wait for the lock as long as it takes."""
    n_sets = 1000 if ROUNDS >= 60 else 8 * ROUNDS
    program = """
from backcare_widgets.storage.file import Patience
log = Log.open(folder / "log.sqlite3", backups=folder / "backups", patience=Patience(120))
for n in range(int(sys.argv[3])): log.add(**SET, entry_id=f'{sys.argv[2]}-{n}')
"""
    writers = [child(tmp_path, program, str(n), str(n_sets)) for n in range(n_kernels)]
    start(*writers)
    for writer in writers:
        writer.communicate(timeout=600)
    assert [writer.returncode for writer in writers] == [0] * n_kernels
    written = {f"{w}-{n}" for w in range(n_kernels) for n in range(n_sets)}
    log = opened(tmp_path)
    kept(written, ids(log))
    assert len(log.sets_on(NOW.date())) == len(written)
    assert whole(log.path)


@pytest.mark.parametrize("with_a_past", [False, True], ids=["new", "begun anew"])
def test_fault_03_kernels_that_make_the_log_at_once_make_one(tmp_path, with_a_past):
    """They stay alive, and are told a moment at which all of them begin, for one log after another.

    Where a backup of an older log exists, a log that looks empty is taken for a damaged one.
    """
    program = """
import time
for line in sys.stdin:
    moment, name = line.split()
    folder = folder.parent / name
    while time.time() < float(moment): pass
    try:
        print(opened().add(**SET, entry_id=sys.argv[2]), flush=True)
    except Exception as error:
        print(repr(error), flush=True)
"""
    n_kernels = 8
    kernels = [child(tmp_path / "0", program, str(n)) for n in range(n_kernels)]
    start(*kernels)
    for round_ in range(max(ROUNDS, 5)):
        name = str(round_)
        if with_a_past:
            opened(tmp_path / name).add(**SET, entry_id="old")
            (tmp_path / name / "log.sqlite3").unlink()
        # Real time is what this test is about: all of them must find no log yet.
        for kernel in kernels:
            kernel.stdin.write(f"{time.time() + 0.03} {name}\n")
        for kernel in kernels:
            kernel.stdin.flush()
        answers = [kernel.stdout.readline().strip() for kernel in kernels]
        assert answers == [str(n) for n in range(n_kernels)]
        log = opened(tmp_path / name)
        kept(set(answers), ids(log))
        assert len(log.sets_on(NOW.date())) == n_kernels
        assert whole(log.path)
        assert {path.name for path in log.path.parent.iterdir()} == {"log.sqlite3", "backups"}
    for kernel in kernels:
        kernel.communicate(timeout=60)


def test_fault_01_what_a_killed_kernel_had_acknowledged_is_there(tmp_path):
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
        now = {first, *(line.strip() for line in lines if line.endswith("\n"))}
        acknowledged |= now
        found = ids(opened(tmp_path))
        kept(now, found)
        assert acknowledged <= found
        assert whole(tmp_path / "log.sqlite3")
    assert len(acknowledged) >= ROUNDS


def test_fault_01_a_kernel_killed_while_it_makes_the_log_leaves_none_or_a_whole_one(tmp_path):
    seed = random.randrange(10**6)
    print(f"{seed=}")
    delays = random.Random(seed)
    for round_ in range(ROUNDS):
        folder = tmp_path / str(round_)
        writer = child(folder, "print(opened().add(**SET, entry_id='a'), flush=True); input()")
        start(writer)
        time.sleep(delays.uniform(0, 0.02))
        writer.send_signal(signal.SIGKILL)
        acknowledged = set(writer.communicate()[0].splitlines())
        log = opened(folder)
        kept(acknowledged, ids(log))
        log.add(**SET, entry_id="b")
        assert "b" in ids(log)
        assert whole(log.path)


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_fault_04_a_lock_held_too_long_is_said_and_the_set_is_stored_once_later(tmp_path, lock):
    waits = []
    patience = Patience(monotonic=lambda: sum(waits), sleep=waits.append)
    log = opened(tmp_path, patience=patience)
    log.add(**SET, entry_id="a")
    program = """
import sqlite3
con = sqlite3.connect(folder / "log.sqlite3", isolation_level=None)
con.execute("BEGIN " + sys.argv[2])
print("held", flush=True)
input()
"""
    holder = child(tmp_path, program, lock)
    start(holder)
    assert holder.stdout.readline() == "held\n"
    uses = [lambda: log.add(**SET, entry_id="b")]
    if lock == "EXCLUSIVE":
        uses.append(log.marks)
    else:
        assert ids(log) == {"a"}, "what is there can be read meanwhile"
    for use in uses:
        waits.clear()
        with pytest.raises(LogError, match=r"is busy: .* for 5 seconds.*please try again"):
            use()
        assert 5 <= sum(waits) < 5.03
        assert 0.001 <= min(waits) < max(waits) <= 0.020
    holder.communicate("\n", timeout=60)
    for _ in range(2):  # and sent again
        log.add(**SET, entry_id="b")
    kept({"a", "b"}, ids(log))
    assert len(log.sets_on(NOW.date())) == 2


def test_fault_04_a_lock_that_goes_in_time_is_waited_for(tmp_path):
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


def test_fault_05_a_size_limit_at_commit_loses_nothing_that_was_there(tmp_path):
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


# A disk of its own for the process and those that it starts; gone with them.
SMALL_DISK = [
    "unshare",
    "--mount",
    *([] if os.getuid() == 0 else ["--map-root-user"]),
    "sh",
    "-c",
    'mount -t tmpfs -o size=128k,mode=0700 small "$0" && exec "$@"',
]


def can_have_a_small_disk(folder):
    try:
        return subprocess.run([*SMALL_DISK, folder, "true"], capture_output=True).returncode == 0
    except OSError:
        return False


def test_fault_05_a_disk_that_is_full_keeps_what_was_there_and_saves_again_after_freeing(tmp_path):
    """On a real small disk where the machine allows one, else under a limit of the file's size."""
    has_disk = can_have_a_small_disk(tmp_path)
    program = """
import resource
limit = resource.RLIM_INFINITY if sys.argv[2] == "disk" else 100_000
def opened_here(): return Log.open(folder / "log.sqlite3", backups=folder.parent / "backups")
(folder / "filler").write_bytes(bytes(16_000))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
saved = []
try:
    for n in range(999):
        saved.append(opened_here().add(**SET, entry_id=str(n), note="x" * 999))
except LogError as error:
    print(error)
assert len(saved) > 3, saved
found = {row["entry_id"] for row in opened_here().sets_on(SET["started_at"].date())}
assert found == set(saved), saved
(folder / "filler").unlink()
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(opened_here().add(**SET, entry_id="after"))
print(*saved)
print(*(row["entry_id"] for row in opened_here().sets_on(SET["started_at"].date())))
import sqlite3
print(sqlite3.connect(folder / "log.sqlite3").execute("PRAGMA integrity_check").fetchone()[0])
"""
    folder = tmp_path / "small"
    folder.mkdir()
    prefix = [*SMALL_DISK, str(folder)] if has_disk else []
    process = child(folder, program, "disk" if has_disk else "limit", prefix=prefix)
    start(process)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    message, after, saved, found, check = out.splitlines()
    assert message.startswith("The disk is full or failing (")
    assert ("database or disk is full" in message) == has_disk
    assert message.endswith("what was in the log is unchanged. Make some room, then try again.")
    assert after == "after"
    kept({*saved.split(), "after"}, set(found.split()))
    assert check == "ok"


def test_fault_05_the_other_message_of_a_full_disk_is_understood_too(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)

    def fill(con):
        con.execute("PRAGMA max_page_count = 1")  # SQLite raises it to the size there is
        con.execute("CREATE TABLE more AS SELECT zeroblob(99999)")

    with pytest.raises(LogError, match=r"disk is full or failing \(database or disk is full\)"):
        Store(log.path, lambda: None, Patience()).write(fill)
    assert len(ids(log)) == 1


@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_fault_06_a_log_that_cannot_be_written_can_still_be_read(read_only):
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


def test_fault_06_backups_that_cannot_be_written_keep_no_set_from_being_saved():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened(folder).add(**SET, entry_id="a")
        folder.chmod(0o777)
        (folder / "log.sqlite3").chmod(0o666)
        for path in sorted((folder / "backups").rglob("*"), key=Path.is_dir):  # files first
            path.unlink() if path.is_file() else path.chmod(0o555)
        out = output(
            folder,
            """
if os.getuid() == 0: os.setuid(65534)
log = opened()
print(log.add(**SET, entry_id="b"))
print(*log.notices())
print(*sorted(row["entry_id"] for row in log.sets_on(SET["started_at"].date())))
""",
        )
        saved, notice, found = out.splitlines()
        kept({"a", saved}, found.split())
        assert notice.startswith("Today's backup could not be made in ")
        assert [path for path in (folder / "backups").rglob("*") if path.is_file()] == []


def test_fault_06_a_folder_that_becomes_read_only_says_so_and_saves_again_after():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened(folder).add(**SET, entry_id="a")
        folder.chmod(0o777)
        (folder / "log.sqlite3").chmod(0o666)
        writer = child(
            folder,
            """
if os.getuid() == 0: os.setuid(65534)
log = opened()
for entry_id in ("b", "c", "d"):
    try: print("saved", log.add(**SET, entry_id=entry_id), flush=True)
    except LogError as error: print(error, flush=True)
    input()
""",
        )
        start(writer)
        answers = []
        for mode in (0o555, 0o777, 0o777):
            answers.append(writer.stdout.readline().strip())
            folder.chmod(mode)
            writer.stdin.write("\n")
            writer.stdin.flush()
        writer.communicate(timeout=60)
        assert answers[0] == "saved b"
        assert "cannot be written (" in answers[1]
        assert "what was in the log is unchanged" in answers[1]
        assert answers[2] == "saved d"
        kept({"a", "b", "d"}, ids(opened(folder)))


@pytest.mark.parametrize(
    "path",
    ["~/log.sqlite3", "~/a/../deep/er/log.sqlite3", "here/../log.sqlite3", "~/link/log.sqlite3"],
)
def test_fault_07_a_path_is_resolved_and_missing_folders_are_made_private(
    tmp_path, monkeypatch, path
):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir(mode=0o755)
    (tmp_path / "other").mkdir()
    (tmp_path / "home" / "link").symlink_to(tmp_path / "other")
    before = set(tmp_path.rglob("*"))
    log = Log.open(path, backups=tmp_path / "backups", clock=lambda: NOW)
    assert log.path.is_absolute()
    assert not {"~", ".."} & set(log.path.parts)
    assert str(log.path) in repr(log)
    assert set(tmp_path.rglob("*")) == before
    log.add(**SET, entry_id="a")
    kept({"a"}, ids(log))
    made = [p for p in set(tmp_path.rglob("*")) - before if p.is_dir()]
    assert {stat.S_IMODE(p.stat().st_mode) for p in made} == {0o700}
    assert (tmp_path / "home" / "link").is_symlink()


def test_fault_07_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    log = opened(tmp_path / "file")
    assert log.frame().empty
    with pytest.raises(LogError, match=r"cannot be written \(.*BACKCARE_LOG"):
        log.add(**SET)
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize(
    ("path", "message"), [(".", "that is a folder"), ("/dev/null", "neither a file nor a folder")]
)
def test_fault_07_a_path_that_cannot_be_a_log_is_said_at_once(tmp_path, path, message):
    with pytest.raises(LogError, match=message):
        Log.open(path, backups=tmp_path)


@pytest.mark.parametrize("use", [Log.frame, Log.undo, lambda log: log.add(**SET)])
@pytest.mark.parametrize("first", [lambda log: None, lambda log: log.marks()])
def test_fault_11_a_log_that_vanished_never_comes_back_empty(tmp_path, first, use):
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

    def stat(self, **options):
        happens, Meanwhile.happens = Meanwhile.happens, None
        try:
            return super().stat(**options)
        finally:
            if happens:
                happens()


@pytest.mark.parametrize("operation", ["read", "write"])
def test_a_log_that_another_thread_makes_meanwhile_is_not_taken_for_vanished(tmp_path, operation):
    store = Store(Meanwhile(tmp_path / "log.sqlite3"), lambda: None, Patience())
    Meanwhile.happens = lambda: store.write(lambda con: None)
    getattr(store, operation)(lambda con: None)
    store.path.unlink()
    with pytest.raises(LogError, match="is no longer there"):
        store.read(lambda con: None)


class PutAside(type(Path())):
    """A path on which another file takes the place of the first, once a write to that has begun."""

    looks = None

    def stat(self, **options):
        if PutAside.looks is not None:
            PutAside.looks += 1
            if PutAside.looks == 2:
                PutAside.looks = None
                self.rename(f"{self}.damaged-then")
                shutil.copy(f"{self}.damaged-then", self)
        return super().stat(**options)


def test_fault_08_a_write_to_a_file_that_is_put_aside_goes_to_the_one_in_its_place(tmp_path):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    store = Store(PutAside(log.path), lambda: None, Patience())
    store._present = lambda: True  # its looks are not counted

    def add(con):
        history.append(con, "event", history.latest(con, "event", "a") | {"entry_id": "b"}, NOW)

    PutAside.looks = 0
    store.write(add)
    assert PutAside.looks is None
    kept({"a", "b"}, ids(opened(tmp_path)))
    with closing(sqlite3.connect(f"{log.path}.damaged-then")) as con:
        assert con.execute("SELECT entry_id FROM event").fetchall() == [("a",)]


def test_fault_11_a_log_made_here_is_missed_when_it_goes(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    log.path.unlink()
    with pytest.raises(LogError, match="is no longer there"):
        log.add(**SET)


def make_newer(path, *changes):
    with closing(sqlite3.connect(path)) as con:
        for statement in ("PRAGMA user_version = 2", *changes):
            con.execute(statement)


@pytest.mark.parametrize("change", ["ALTER TABLE event ADD COLUMN mood INTEGER", "SELECT 1"])
def test_fault_13_a_log_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path, change):
    log = opened(tmp_path)
    log.add(**SET, entry_id="a")
    csv = log.export_csv(tmp_path / "out.csv")
    make_newer(log.path, change)
    shutil.rmtree(tmp_path / "backups")
    before = log.path.read_bytes()
    for newer in (log, opened(tmp_path)):
        for use in (
            newer.frame,
            newer.marks,
            lambda log=newer: log.export_csv(tmp_path / "newer.csv"),
            lambda log=newer: log.add(**SET),
            lambda log=newer: log.edit("a", note="x"),
            lambda log=newer: log.import_csv(csv),
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
    assert {path.name for path in tmp_path.iterdir()} == {"log.sqlite3", "out.csv", "backups"}
    assert [p.name for p in tmp_path.rglob("backups/*/*")] == ["restoring.lock"], "no backup"


@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"record,entry_id\n"])
def test_fault_09_a_file_that_is_no_database_is_not_overwritten(tmp_path, content):
    log = opened(tmp_path)
    log.path.write_bytes(content)
    for use in (log.frame, lambda: log.add(**SET)):
        with pytest.raises(LogError, match=r"nothing was overwritten\. There is no backup"):
            use()
    assert log.path.read_bytes() == content


def test_fault_09_the_database_of_another_program_is_not_written_to(tmp_path):
    log = opened(tmp_path)
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("CREATE TABLE theirs (x)")
    before = log.path.read_bytes()
    with pytest.raises(LogError, match="is not a log of this workbook"):
        log.add(**SET)
    assert log.path.read_bytes() == before


def test_fault_09_a_log_that_another_program_has_analysed_is_whole(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("ANALYZE")  # makes a table of SQLite's own
    log = opened(tmp_path)
    log.add(**SET)
    assert len(log.frame()) == 2


@pytest.mark.parametrize("size", [1, 600, 4096])
def test_fault_08_the_stump_of_a_log_is_damage_even_where_sqlite_calls_it_empty(tmp_path, size):
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


def test_fault_08_a_log_cut_to_nothing_is_not_taken_for_a_new_one(tmp_path):
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


@given(data=st.data())
def test_fault_09_damage_is_told_plainly_and_never_made_worse(good, data):
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
    tried()


@pytest.mark.parametrize("with_journal", [True, False])
def test_fault_10_a_copy_made_in_the_middle_of_a_write_loses_nothing_older(tmp_path, with_journal):
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
        kept(before, found)
        assert found == before or not with_journal


def test_at_rest_the_log_is_one_file_in_rollback_mode(tmp_path):
    log = opened(tmp_path)
    log.add(**SET)
    assert {path.name for path in tmp_path.iterdir()} == {"log.sqlite3", "backups"}
    with closing(sqlite3.connect(log.path)) as con:
        assert con.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert con.execute("PRAGMA application_id").fetchone() == (0x62636172,)
