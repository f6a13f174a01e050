"""What a damaged or vanished log gives back; the bytes of a damaged file are kept."""

import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
import stat
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
from faults import ROUNDS, kept, tried
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET, child, every_row, ids, opened, start, whole

from backcare_widgets import Log
from backcare_widgets.errors import DamagedLog, LogError
from backcare_widgets.storage.backups import folder_for, in_folder

DAY = dt.timedelta(days=1)


def on(folder, day):
    """Open the log of a folder on a later day."""
    return Log.open(folder / "log.sqlite3", backups=folder / "backups", clock=lambda: NOW + day)


def ids_of_all_days(log):
    days, _ = log.days(since=dt.date.min)
    return {row["entry_id"] for day in days for row in day["sets"]}


def asides(folder):
    return sorted(folder.glob("log.sqlite3.damaged-*"))


def backups_of(folder):
    return in_folder(folder_for((folder / "log.sqlite3").resolve(), folder / "backups"))


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """A log of 40 sets that a backup has, and 15 sets, a mark and a setting since."""
    folder = tmp_path_factory.mktemp("past")
    log = opened(folder)
    for n in range(40):
        log.add(**SET, entry_id=f"old {n}", note="x" * 200)
    on(folder, DAY).add(**SET, entry_id="old 40")
    for n in range(15):
        on(folder, DAY).add(**SET, entry_id=f"new {n}", note="y" * 200)
    on(folder, DAY).mark(NOW.date(), "rest")
    on(folder, DAY).set_setting("pain question", "hidden")
    return folder


OLD = {f"old {n}" for n in range(41)}
NEW = {f"new {n}" for n in range(15)}


@pytest.fixture
def folder(past, tmp_path):
    copy_of(past, tmp_path)
    return tmp_path


def copy_of(past, folder):
    shutil.copy(past / "log.sqlite3", folder)
    theirs = folder_for((folder / "log.sqlite3").resolve(), folder / "backups")
    shutil.copytree(backups_of(past)[0].parent, theirs)


def spoil_an_index(path):
    """Blank the page that an index begins with: every row can still be read."""
    with closing(sqlite3.connect(path)) as con:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'event_key'"
        root = con.execute(query).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = bytes(4096)
    path.write_bytes(content)


def damaged(draw, content):
    """Cut a file short, turn a bit, blank a block, or put something else in its place."""
    content = bytearray(content)
    kind = draw(st.sampled_from(["cut", "bit", "zeros", "other"]), label="kind")
    end = draw(st.sampled_from([4096, len(content)]), label="end")
    at = draw(st.integers(0, end - 1), label="at")
    if kind == "cut":
        del content[at:]
    elif kind == "bit":
        content[at] ^= 1 << draw(st.integers(0, 7), label="bit")
    elif kind == "zeros":
        content[at : at + 4096] = bytes(len(content[at : at + 4096]))
    else:
        content[:] = draw(st.binary(max_size=200), label="other") * 30
    return bytes(content), kind


@given(data=st.data())
def test_fault_08_and_09_a_damaged_log_comes_back_with_all_that_its_backup_has(past, data):
    content, kind = damaged(data.draw, (past / "log.sqlite3").read_bytes())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of(past, folder)
        (folder / "log.sqlite3").write_bytes(content)
        log = on(folder, DAY)
        said = None
        try:
            log.frame()
        except DamagedLog as error:
            said = str(error)
            assert "nothing was overwritten. The newest good backup is of 2026-03-02" in said
        except LogError as error:
            assert kind == "bit" and "newer version" in str(error)  # noqa: PT017, PT018
        else:
            assert kind == "bit" or content == (past / "log.sqlite3").read_bytes()
        assert (folder / "log.sqlite3").read_bytes() == content
        try:
            log.restore()
        except LogError as error:  # a bit of the version number: left alone
            assert kind == "bit" and "newer version" in str(error)  # noqa: PT017, PT018
            assert log.path.read_bytes() == content
            return
        # A bit of a value, such as of a day, shows in nothing: the set is there all the same.
        kept(OLD, ids_of_all_days(log))
        assert ids(on(folder, DAY)) <= OLD | NEW or kind == "bit"
        assert whole(log.path)
        if said:
            assert [path.read_bytes() for path in asides(folder)] == [content]
            assert stat.S_IMODE(asides(folder)[0].stat().st_mode) == 0o600
        log.add(**SET, entry_id="after")
        assert "after" in ids(log)


@pytest.mark.parametrize("size", [0, 1, 99, 511, 512, 4095, 4096])
def test_fault_08_the_stump_of_a_log_is_put_aside_alone(folder, size):
    log = on(folder, DAY)
    os.truncate(log.path, size)
    content = log.path.read_bytes()
    log.restore()
    kept(OLD, ids(log))
    assert [path.read_bytes() for path in asides(folder)] == [content]
    assert {path.name for path in folder.iterdir()} == {
        "log.sqlite3",
        "backups",
        asides(folder)[0].name,
    }


@pytest.mark.parametrize("at", range(600, 700, 9))
def test_fault_09_a_damaged_name_that_is_no_text_any_more_is_told_plainly(folder, at):
    """SQLite quotes it in its message, which Python then cannot decode."""
    log = on(folder, DAY)
    content = bytearray(log.path.read_bytes())
    content[at] ^= 0x80
    log.path.write_bytes(content)
    with pytest.raises(DamagedLog):
        log.frame()
    log.restore()
    kept(OLD, ids(log))


def test_fault_08_what_a_cut_file_still_has_beyond_its_backup_comes_back_too(folder):
    log = on(folder, DAY)
    os.truncate(log.path, log.path.stat().st_size - 1)
    said = repr(log.restore())
    kept(OLD, ids(log))
    more = ids(log) - OLD
    assert len(more) == len(NEW) - 1
    assert log.marks() == {NOW.date(): "rest"}
    assert log.setting("pain question") == "hidden"
    assert said == (
        f"The log {log.path} is back: 41 sets from the backup of 2026-03-02, and {len(more)} sets,"
        " 1 mark of a day and 1 setting read from the damaged file. How much else the damaged file"
        f" held is not known; it is kept beside the log as {asides(folder)[0].name}. A change or"
        " deletion made since the backup of 2026-03-02 may be lost with it: any of the 55 sets now"
        " in the log may be as it was before, or one that you had deleted. Look through them in"
        " past()."
    )


def test_fault_09_a_page_of_zeros_costs_only_what_was_in_it(folder):
    shutil.rmtree(folder / "backups")
    log = on(folder, DAY)
    content = bytearray(log.path.read_bytes())
    pages = range(4096, len(content), 4096)
    lost = next(at for at in pages if content[at : at + 4096].count(b"x") > 1000)
    content[lost : lost + 4096] = bytes(4096)
    log.path.write_bytes(content)
    with pytest.raises(LogError, match="There is no backup of it"):
        log.frame()
    said = repr(log.restore())
    missing = len((OLD | NEW) - ids(log))
    assert 0 < missing < 20
    assert " read from the damaged file. How much else the damaged file held is not known" in said
    assert asides(folder)[0].read_bytes() == content
    tried()


def test_fault_09_a_turned_bit_that_only_reading_shows_is_mended_from_the_backup(folder):
    """It makes no text of a text: SQLite's own check passes, and so does the table of the sets."""
    log = on(folder, DAY)
    content = bytearray(log.path.read_bytes())
    recorded = log.revisions(min(OLD))[0]["recorded_utc"]
    content[content.index(recorded.encode())] |= 0x80
    log.path.write_bytes(content)
    assert whole(log.path)
    assert log.frame()["entry_id"].size
    with pytest.raises(DamagedLog, match=r"restore\(\) brings it back"):
        ids(log)
    log.restore()
    kept(OLD, ids(log))
    assert [path.read_bytes() for path in asides(folder)] == [bytes(content)]


def test_fault_08_without_backup_and_rows_nothing_is_changed(tmp_path):
    log = opened(tmp_path)
    log.path.write_bytes(b"rubbish" * 999)
    said = repr(log.restore())
    assert said.startswith(f"Nothing can be read of {log.path}, and there is no good backup of it.")
    assert log.path.read_bytes() == b"rubbish" * 999
    assert asides(tmp_path) == []
    tried()


def test_fault_11_a_log_that_is_gone_comes_back_from_its_backups(folder):
    (folder / "log.sqlite3").unlink()
    log = on(folder, DAY)
    assert repr(log.restore()) == (
        f"The log {log.path} is back: 41 sets from the backup of 2026-03-02."
        " What you saved, changed or deleted after that backup is not in it."
    )
    kept(OLD, ids(log))
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_fault_11_a_log_begun_anew_gets_the_old_one_and_keeps_what_it_has(folder):
    (folder / "log.sqlite3").unlink()
    log = on(folder, 3 * DAY)
    log.add(**SET, entry_id="begun anew")
    said = repr(on(folder, 9 * DAY).restore())
    assert "is whole. Added what it lacked: 41 sets from the backup of 2026-03-02." in said
    kept(OLD | {"begun anew"}, ids(log))
    assert repr(on(folder, 9 * DAY).restore()).endswith("Nothing was changed.")


def test_a_log_that_never_was_is_not_made_by_restoring(tmp_path):
    log = opened(tmp_path)
    assert repr(log.restore()).endswith("no backup of it. Nothing was changed.")
    assert not log.path.exists()
    log.add(**SET)
    assert "is whole" in repr(log.restore())


def test_restoring_brings_every_row_back_as_it_was_and_undo_goes_on(folder):
    log = on(folder, DAY)
    log.undo()
    before = every_row(log.path)
    spoil_an_index(log.path)
    log.restore()
    action = 2  # numbered anew, in the same order
    for table, rows in every_row(log.path).items():
        assert {(*row[:action], *row[action + 1 :]) for row in rows} == {
            (*row[:action], *row[action + 1 :]) for row in before[table]
        }
    assert [step().changes[0].now for step in (log.redo, log.undo, log.undo)] == [
        "marked",
        "unmarked",
        "gone",
    ]
    assert ids(log) == (OLD | NEW) - {"new 14"}


def test_a_restore_cut_short_after_the_damaged_file_was_put_aside_is_asked_for_again(folder):
    log = on(folder, DAY)
    os.truncate(log.path, 20_000)
    log.path.rename(folder / "log.sqlite3.damaged-2026-03-02T120000")
    for use in (log.frame, on(folder, DAY).marks, lambda: on(folder, DAY).add(**SET)):
        with pytest.raises(LogError, match=r"put aside as log.sqlite3.damaged-.*restore\(\)"):
            use()
    assert not log.path.exists()
    on(folder, DAY).restore()
    kept(OLD, ids(on(folder, DAY)))
    assert len(asides(folder)) == 1


def test_a_link_to_a_restored_log_stays_a_link(folder):
    real = folder / "real"
    real.mkdir()
    (folder / "log.sqlite3").rename(real / "log.sqlite3")
    (folder / "log.sqlite3").symlink_to(real / "log.sqlite3")
    log = on(folder, DAY)
    log.add(**SET)  # its backup
    os.truncate(log.path, 100)
    on(folder, DAY).restore()
    assert (folder / "log.sqlite3").is_symlink()
    assert len(asides(real)) == 1
    assert len(ids(on(folder, DAY))) == 57


def test_a_stray_journal_is_not_played_into_the_restored_log(folder):
    log = on(folder, DAY)
    log.path.unlink()
    journal = Path(f"{log.path}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(2000))
    log = on(folder, DAY)
    log.restore()
    assert not journal.exists()
    assert ids(log) == OLD


def test_a_disk_that_is_full_while_restoring_is_said_and_leaves_the_damaged_file(folder):
    log = on(folder, DAY)
    os.truncate(log.path, 20_000)
    content = log.path.read_bytes()
    program = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, resource.RLIM_INFINITY))
try:
    opened().restore()
except LogError as error:
    print(error)
"""
    process = child(folder, program)
    start(process)
    said, _ = process.communicate(timeout=60)
    assert "disk is full or failing" in said
    assert log.path.read_bytes() == content
    assert asides(folder) == []


def test_fault_03_kernels_that_restore_at_once_do_it_once(folder):
    spoil_an_index(folder / "log.sqlite3")
    processes = [child(folder, "print(opened().restore())") for _ in range(3)]
    start(*processes)
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert sum(" is back: " in sentence for sentence in said) == 1
    assert sum(" is whole" in sentence for sentence in said) == 2
    kept(OLD | NEW, ids(on(folder, DAY)))
    assert len(asides(folder)) == 1


def test_fault_08_what_is_saved_while_the_damaged_file_is_read_comes_along(folder):
    """Another kernel is in the middle of a write that does not touch what is damaged."""
    log = on(folder, DAY)
    spoil_an_index(log.path)
    program = """
import sqlite3
con = sqlite3.connect(folder / "log.sqlite3", isolation_level=None)
con.execute("BEGIN IMMEDIATE")
history.put(con, "setting", {"name": "late", "value": "saved"}, SET["started_at"])
print("held", flush=True)
input()
con.execute("COMMIT")
"""
    writer = child(folder, program)
    start(writer)
    assert writer.stdout.readline() == "held\n"
    with ThreadPoolExecutor(1) as threads:
        restoring = threads.submit(log.restore)
        time.sleep(0.5)  # real time: it reads the file, then waits for the writer
        writer.communicate("\n", timeout=60)
        restoring.result(timeout=60)
    assert log.setting("late") == "saved"
    kept(OLD | NEW, ids(log))


def test_fault_01_a_kernel_killed_while_it_restores_or_merges_loses_nothing(past):
    seed = random.randrange(10**6)
    print(f"{seed=}")
    delays = random.Random(seed)
    for round_ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            copy_of(past, folder)
            other = folder / "log (conflicted copy).sqlite3"
            shutil.copy(folder / "log.sqlite3", other)
            if merging := round_ % 2:
                log = opened(folder / "fresh")
                log.add(**SET, entry_id="here")
                log.path.replace(folder / "log.sqlite3")
                program = "print('begun', flush=True); opened().merge(sys.argv[2])"
            else:
                os.truncate(folder / "log.sqlite3", 150_000 // (1 + round_ % 4))
                program = "print('begun', flush=True); opened().restore()"
            process = child(folder, program, str(other))
            start(process)
            process.stdout.readline()
            # Real time is what this test is about: the kill may fall anywhere.
            time.sleep(delays.uniform(0, 0.04))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            log = on(folder, DAY)
            if merging:
                kept({"here"}, ids(log))
                assert ids(log) in ({"here"}, {"here"} | OLD | NEW)
                log.merge(other)
                kept({"here"} | OLD | NEW, ids(log))
            else:
                with suppress(LogError):  # never an empty log
                    assert ids(log) >= OLD
                log.restore()
                kept(OLD, ids(log))
            assert whole(log.path)


def test_fault_09_a_log_with_a_damaged_index_loses_nothing(folder):
    log = on(folder, DAY)
    spoil_an_index(log.path)
    assert "All of the damaged file could be read" in repr(log.restore())
    kept(OLD | NEW, ids(log))


def first_leaf(content, table, path):
    """Return where the first page of rows of a table begins."""
    with closing(sqlite3.connect(path)) as con:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        at = (con.execute(query, (table,)).fetchone()[0] - 1) * 4096
    while content[at] == 5:  # an inner page, whose first cell names the page below
        cell = int.from_bytes(content[at + 12 : at + 14], "big")
        at = (int.from_bytes(content[at + cell : at + cell + 4], "big") - 1) * 4096
    return at


def test_fault_09_rows_that_a_damaged_page_no_longer_counts_are_not_taken_for_all(folder):
    """It reads as a page with one row in it, and without an error."""
    log = on(folder, DAY)
    content = bytearray(log.path.read_bytes())
    at = first_leaf(content, "event", log.path)
    content[at + 3 : at + 5] = (1).to_bytes(2, "big")
    log.path.write_bytes(content)
    said = log.restore()
    kept(OLD, ids(log))
    assert not said.is_all


def test_fault_08_what_was_deleted_may_come_back_without_a_backup_and_that_is_said(tmp_path):
    log = opened(tmp_path)
    for n in range(60):
        log.add(**SET, entry_id=f"{n}", note="x" * 200)
    log.delete("0")
    shutil.rmtree(tmp_path / "backups")
    content = bytearray(log.path.read_bytes())
    deletion = log.revisions("0")[-1]["event_id"].encode()
    leaves = (at for at in range(0, len(content), 4096) if content[at] == 13)
    lost = next(at for at in leaves if deletion in content[at : at + 4096])
    content[lost : lost + 4096] = bytes(4096)
    log.path.write_bytes(content)
    said = log.restore()
    assert "0" in ids(log)
    assert (said.newest, said.n_sets, said.is_all) == (None, len(ids(log)), False)
    assert repr(said).endswith(
        f" A change or deletion may be lost with it: any of the {said.n_sets} sets now in the log"
        " may be as it was before, or one that you had deleted. Look through them in past()."
    )
    tried()
