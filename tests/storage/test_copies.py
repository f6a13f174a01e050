"""A write that was cut short, and what lies beside the log when SQLite would undo it."""

import os
import random
import shutil
import time

import pytest
from faults import ROUNDS, kept
from logs import SET, child, every_row, ids, opened, start, whole

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
    folder.mkdir()
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
