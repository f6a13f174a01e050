"""A write that was cut short, and what lies beside the log when SQLite would undo it."""

import os
import random
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults import ROUNDS, kept
from logs import SET, child, every_row, ids, opened, output, start, whole

from backcare_widgets import doctor
from backcare_widgets.errors import LogError
from backcare_widgets.storage.copies import files_cut_short, journal_of
from backcare_widgets.storage.file import Patience

# In the middle of a transaction of many pages, some of them in the file already.
HALF_WRITTEN = """
from backcare_widgets.storage.file import Patience, Store
def work(con):
    con.execute("PRAGMA cache_size = 1")
    for n in range(99):
        row = history.latest(con, "event", "old 0") | {"entry_id": f"half {n}"}
        history.append(con, "event", row, SET["started_at"])
    print("half written", flush=True)
    input()
Store(opened().path, lambda: None, Patience()).write(work)
"""


def is_hot(log):
    try:
        return journal_of(log.path).read_bytes()[:1] > b"\0"
    except FileNotFoundError:
        return False


def log_of(folder, n_sets):
    log = opened(folder)
    for n in range(n_sets):
        log.add(**SET, entry_id=f"old {n}", note="x" * 300)
    return log


def killed_while_adding(folder, delays):
    """Kill kernels inside `Log.add` until one leaves a hot journal; give what was acknowledged."""
    program = "for n in range(10**6): print(opened().add(**SET), flush=True)"
    acknowledged, log = set(), opened(folder)
    while not is_hot(log):
        writer = child(folder, program)
        start(writer)
        acknowledged.add(writer.stdout.readline().strip())
        while not is_hot(log):
            pass
        # Real time is what this test is about: the kill must fall anywhere within a write.
        time.sleep(delays.uniform(0, 0.001))
        writer.kill()
        rest, _ = writer.communicate()
        acknowledged |= {line.strip() for line in rest.splitlines(True) if line.endswith("\n")}
    return acknowledged


def killed_half_way(folder):
    writer = child(folder, HALF_WRITTEN)
    start(writer)
    assert writer.stdout.readline() == "half written\n"
    writer.kill()
    writer.communicate()
    assert is_hot(opened(folder))


def copied(log, folder):
    """Give a copy of a log as it is on another machine, with a journal if it has one."""
    folder.mkdir(parents=True)
    for path in (log.path, journal_of(log.path)):
        if path.exists():
            shutil.copy(path, folder)
    return opened(folder)


def test_fault_41_a_hot_journal_is_not_played_into_a_newer_copy_of_the_log(tmp_path):
    seed = random.randrange(10**6)
    print(f"{seed=}")
    delays, base = random.Random(seed), log_of(tmp_path / "base", 20)
    for round_ in range(ROUNDS):
        folder = tmp_path / str(round_)
        log = copied(base, folder)
        acknowledged = killed_while_adding(folder, delays)
        newer = copied(log, folder / "elsewhere")
        for n in range(15):
            newer.add(**SET, entry_id=f"newer {n}", note="y" * 300)
        states = acknowledged | ids(newer)
        content, journal = newer.path.read_bytes(), journal_of(log.path).read_bytes()
        newer.path.replace(log.path)
        log = opened(folder)
        assert ids(log) == ids_of_whole(content, tmp_path / f"whole {round_}")
        (aside,) = files_cut_short(log.path)
        assert (aside.read_bytes(), journal_of(aside).read_bytes()) == (content, journal)
        assert f"Kept        {aside.name}" in repr(doctor(log))
        log.restore()
        kept(states, ids(log))
        assert whole(log.path)


def ids_of_whole(content, folder):
    folder.mkdir()
    (folder / "log.sqlite3").write_bytes(content)
    return ids(opened(folder))


def test_fault_41_restore_brings_the_state_that_the_journal_belongs_to_as_well(tmp_path):
    log = log_of(tmp_path, 30)
    other = copied(log, tmp_path / "elsewhere")
    here = {log.add(**SET, entry_id="not synced yet")}
    for n in range(60):
        other.add(**SET, entry_id=f"newer {n}", note="y" * 300)
    shutil.rmtree(tmp_path / "backups")
    killed_half_way(tmp_path)
    newer = ids(other)
    other.path.replace(log.path)
    log = opened(tmp_path)
    kept(newer, ids(log))
    assert "Added what it lacked: 1 set from log.sqlite3.cut-short-" in repr(log.restore())
    kept(newer | here, ids(log))
    assert repr(log.restore()).endswith("Nothing was changed.")


def test_fault_41_a_write_cut_short_is_undone_and_says_nothing(tmp_path):
    log = log_of(tmp_path, 30)
    before = every_row(log.path)
    for _ in range(5):
        killed_half_way(tmp_path)
        log = opened(tmp_path)
        kept({row[5] for row in before["event"]}, ids(log))
        assert every_row(log.path) == before
        assert log.notices() == []
        assert whole(log.path)
        assert not journal_of(log.path).exists()
    assert len(files_cut_short(log.path)) == 3, "they do not pile up"
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("log.sqlite3*")} == {0o600}


@pytest.mark.parametrize("ends", ["COMMIT", "kill"])
def test_fault_41_the_journal_of_a_write_under_way_is_left_alone(tmp_path, ends):
    log = log_of(tmp_path, 30)
    before = ids(log)
    writer = child(tmp_path, HALF_WRITTEN)
    start(writer)
    assert writer.stdout.readline() == "half written\n"
    names = {path.name for path in tmp_path.iterdir()}
    assert "log.sqlite3-journal" in names
    hasty = opened(tmp_path, patience=Patience(0))
    with pytest.raises(LogError, match="is busy"):
        hasty.add(**SET)
    assert {path.name for path in tmp_path.iterdir()} == names
    if ends == "kill":
        writer.kill()
    writer.communicate("\n", timeout=60)
    kept(before, ids(log))
    assert len(ids(log)) == len(before) + (99 if ends == "COMMIT" else 0)


def test_fault_41_a_damaged_log_comes_back_with_what_was_cut_short_beside_it(tmp_path):
    log = log_of(tmp_path, 30)
    killed_half_way(tmp_path)
    rows = ids(opened(tmp_path))
    os.truncate(log.path, 0)
    shutil.rmtree(tmp_path / "backups")
    opened(tmp_path).restore()
    kept(rows, ids(opened(tmp_path)))


def wal_of(log):
    return log.path.with_name(f"{log.path.name}-wal")


def left_by_another_program(log, folder):
    """Give a log as a killed program leaves it that had changed it over to a write-ahead log."""
    with closing(sqlite3.connect(log.path, isolation_level=None)) as con:
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("SELECT * FROM event").fetchall()  # as long as it is open, nothing is moved
        for n in range(5):
            log.add(**SET, entry_id=f"ahead {n}", note="z" * 300)
        left = copied(log, folder)
        shutil.copy(wal_of(log), folder)
    return left


def test_fault_41_a_write_ahead_log_of_another_file_is_not_played_into_this_one(tmp_path):
    log = log_of(tmp_path / "here", 10)
    left = left_by_another_program(copied(log, tmp_path / "other"), tmp_path / "left")
    newer = {log.add(**SET, entry_id=f"newer {n}", note="y" * 300) for n in range(9)} | ids(log)
    wal_of(left).replace(wal_of(log))
    log = opened(tmp_path / "here")
    kept(newer, ids(log))
    newer.add(log.add(**SET, entry_id="after"))
    assert not wal_of(log).exists()
    assert "from log.sqlite3.cut-short-" in repr(log.restore()), "what can still be read of it"
    kept(newer, ids(log))
    assert ids(log) - newer <= {f"ahead {n}" for n in range(5)}
    assert whole(log.path)


def test_fault_41_the_write_ahead_log_of_this_very_file_is_played(tmp_path):
    left = left_by_another_program(log_of(tmp_path / "here", 10), tmp_path / "left")
    kept({f"ahead {n}" for n in range(5)}, ids(left))
    assert not files_cut_short(left.path)
    assert {path.name for path in left.path.parent.iterdir()} == {"log.sqlite3"}


BESIDE = {
    "nothing in it": lambda path: path.touch(),
    "zeros": lambda path: path.write_bytes(bytes(9000)),
    "no journal at all": lambda path: path.write_bytes(b"x" * 9000),
    "a link to nothing": lambda path: path.symlink_to(path.parent / "missing"),
    "a link to another file": lambda path: path.symlink_to(path.parent / "other"),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("end", ["-journal", "-wal"])
@pytest.mark.parametrize("what", BESIDE)
def test_fault_41_whatever_has_the_name_of_a_journal_costs_no_set(tmp_path, what, end):
    log = log_of(tmp_path, 5)
    (tmp_path / "other").write_bytes(b"another file" * 900)
    BESIDE[what](log.path.with_name(f"{log.path.name}{end}"))
    log, there = opened(tmp_path), {f"old {n}" for n in range(5)}
    try:
        there.add(log.add(**SET, entry_id="new"))
    except LogError:  # which says so
        log.path.with_name(f"{log.path.name}{end}").rename(tmp_path / "away")
    kept(there, ids(log))
    assert (tmp_path / "other").read_bytes() == b"another file" * 900


def test_fault_41_a_journal_of_several_files_is_kept_aside_as_any_other(tmp_path):
    """It ends with the name of a super-journal; where that is gone, SQLite deletes the journal."""
    log = log_of(tmp_path, 30)
    killed_half_way(tmp_path)
    name = os.fsencode(tmp_path / "gone-super-journal")
    ends = [len(name).to_bytes(4), sum(name).to_bytes(4), b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"]
    with journal_of(log.path).open("ab") as journal:
        journal.write(b"\xff" * 4 + name + b"".join(ends))
    content, played = log.path.read_bytes(), journal_of(log.path).read_bytes()
    log = opened(tmp_path)
    before = {f"old {n}" for n in range(30)}
    try:
        kept(before, ids(log))
    except LogError:
        log.restore()
        kept(before, ids(log))
    (aside,) = files_cut_short(log.path)
    assert (aside.read_bytes(), journal_of(aside).read_bytes()) == (content, played)


def test_fault_41_kernels_that_find_a_hot_journal_at_once_lose_nothing(tmp_path):
    program = """
for folder in sorted(folder.iterdir()):
    print(opened().add(**SET, entry_id=f"of {sys.argv[2]}"), flush=True)
"""
    log = log_of(tmp_path / "base" / "log", 30)
    there = ids(log)
    killed_half_way(log.path.parent)
    logs = [copied(log, tmp_path / "logs" / str(n)) for n in range(ROUNDS)]
    kernels = [child(tmp_path / "logs", program, f"{n}") for n in range(2)]
    start(*kernels)
    for n, kernel in enumerate(kernels):
        out, _ = kernel.communicate(timeout=60)
        assert out.count(f"of {n}\n") == ROUNDS
    for log in logs:
        kept(there | {"of 0", "of 1"}, ids(log))
        assert whole(log.path)


def test_fault_41_a_hot_journal_where_nothing_can_be_written_is_left_and_said():
    """Root may write anywhere, so the child becomes nobody; pytest's own folder is closed to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        log = log_of(folder, 30)
        killed_half_way(folder)
        before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        for path in before:
            path.chmod(0o644)
        folder.chmod(0o555)
        program = """
if os.getuid() == 0: os.setuid(65534)
try: opened().frame()
except LogError as error: print(error)
"""
        said = output(folder, program)
        folder.chmod(0o700)
        assert f"The log {log.path} cannot be read" in said
        assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
        kept({f"old {n}" for n in range(30)}, ids(opened(folder)))
