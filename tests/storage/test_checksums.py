"""Values that changed without a revision: noticed, brought back from a backup, or kept as said."""

import datetime as dt
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from faults import kept, tried
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET, every_row, ids, opened, whole

from backcare_widgets import Log, doctor
from backcare_widgets.errors import LogError
from backcare_widgets.storage.rows import changed_rows

DAY = dt.timedelta(days=1)
NOT_AS_SAVED = "Not as saved, because the file was damaged there or another program changed it: "
KEEP = "Look there in past(); to keep what you see, save the set or mark the day once more."


def pains(log):
    return {row["entry_id"]: row["pain_after"] for row in log.sets_on(NOW.date())}


def tampered(log, change="UPDATE event SET pain_after = 9 WHERE entry_id = 'a'"):
    with closing(sqlite3.connect(log.path)) as con:
        con.execute(change)
        con.commit()


def again(log, day=0 * DAY):
    """Open a log anew, as the next kernel does."""
    backups = log.path.parent / "backups"
    return Log.open(log.path, backups=backups, clock=lambda: NOW + day)


def revisions(log):
    """Return all rows, but for the id of the log, which is numbered anew."""
    return {
        table: [row for row in rows if "log id" not in row]
        for table, rows in every_row(log.path).items()
    }


@pytest.fixture
def log(tmp_path):
    """A log of two sets, the first of which is in the backup too."""
    log = opened(tmp_path)
    log.add(**SET, entry_id="a", pain_after=2)
    log.add(**SET, entry_id="b", pain_after=3)
    return log


def people_see(log):
    """Return all that the screens can show of a log."""
    days, _ = log.days(since=dt.date.min)
    sets = [row for day in days for row in day["sets"]]
    versions = {row["entry_id"]: log.revisions(row["entry_id"]) for row in sets}
    settings = [log.setting(name) for name in ("pain question", "other")]
    table = log.frame().to_csv()
    return repr((days, versions, log.marks(), settings, table, log.sets_on(NOW.date())))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A log of few rows of each kind, without a backup, and what people see of it."""
    log = opened(tmp_path_factory.mktemp("small"))
    for n in range(6):
        log.add(**SET, entry_id=f"set {n}", pain_after=n, note="sore é" * n)
    log.edit("set 1", note="better")
    log.delete("set 2")
    log.undo()
    log.mark(NOW.date(), "rest")
    log.mark(NOW.date(), "flare-up")
    log.set_setting("pain question", "hidden")
    return log.path.read_bytes(), people_see(log)


@given(data=st.data())
def test_fault_09_no_damaged_byte_changes_what_a_person_sees_unsaid(small, data):
    content, before = bytearray(small[0]), small[1]
    pages = [at for at in range(4096, len(content), 4096) if content[at] == 13]  # leaves of tables
    in_rows = [at for page in pages for at in range(page, page + 4096) if content[at]]
    for _ in range(4):
        at = data.draw(
            st.sampled_from(in_rows) | st.sampled_from(in_rows) | st.integers(0, len(content) - 1),
            label="at",
        )
        content[at] ^= data.draw(st.integers(1, 255), label="turned")
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "log.sqlite3"
            path.touch(0o600)  # else that is wrong with it
            path.write_bytes(content)
            log = Log.open(path, backups=Path(name) / "backups", clock=lambda: NOW)
            said = repr(doctor(log))
            is_told = "\nWrong " in said or "\nChanged " in said
            try:
                is_same = people_see(log) == before
            except LogError:
                is_same = False
            assert is_same or is_told, said
        content[:] = small[0]
        tried()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE event SET pain_after = 9 WHERE entry_id = 'a'", "1 set (2026-03-01)"),
        ("UPDATE event SET note = 'x'", "2 sets (2026-03-01)"),
        ("UPDATE event SET local_day = '2026-02-28' WHERE entry_id = 'a'", "1 set (2026-02-28)"),
        (
            "UPDATE mark SET mark = 'pause' WHERE local_day = '2026-03-02'",
            "1 mark of a day (2026-03-02)",
        ),
        ("UPDATE setting SET value = 'shown' WHERE name = 'pain question'", "1 setting"),
    ],
)
def test_fault_09_values_changed_without_a_revision_are_noticed_and_brought_back(log, change, what):
    log.mark(NOW.date() + DAY, "rest")
    log.set_setting("pain question", "hidden")
    again(log, DAY).mark(NOW.date() - DAY, "rest")  # today's backup has all but this
    before, seen = revisions(log), people_see(log)
    tampered(log, change)
    changed = log.path.read_bytes()
    log = again(log, DAY)
    (said,) = log.notices()
    assert said == (
        f"{NOT_AS_SAVED}{what}. Log.open().restore() brings back what was saved from the backup of"
        f" 2026-03-02, and keeps this file under another name. {KEEP}"
    )
    assert f"Notice      {said}" in doctor(log).lines
    told = f"Changed     {what}, with a version that is not as it was saved; look in past()"
    assert told in doctor(log).lines
    log.restore()
    assert revisions(log) == before
    assert people_see(log) == seen
    assert log.notices() == []
    (aside,) = log.path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == changed
    assert repr(log.restore()).endswith("has all that its backups have. Nothing was changed.")
    tried()


def test_what_was_brought_back_is_said_with_its_day(log):
    tampered(log)
    said = again(log, DAY).restore()
    assert pains(again(log)) == {"a": 2, "b": 3}
    assert (said.outcome, said.is_all, said.mended_by) == ("back", True, ["2026-03-01"])
    assert repr(said).endswith(
        " As saved again, from the backup of 2026-03-01: 1 set (2026-03-01). If you had changed"
        " that yourself with another program, change it once more in past()."
    )


def test_fault_09_a_changed_row_that_no_backup_has_right_stays_as_it_reads_and_is_said(log):
    tampered(log, "UPDATE event SET pain_after = 9 WHERE entry_id = 'b'")
    log = again(log)
    assert log.notices() == [
        f"{NOT_AS_SAVED}1 set (2026-03-01). No backup has what was saved there. {KEEP}"
    ]
    said = log.restore()
    assert said.outcome == "whole"
    assert repr(said).endswith(
        f" {NOT_AS_SAVED}1 set (2026-03-01). No backup has what was saved; look in past()."
    )
    kept({"a", "b"}, ids(log))
    assert pains(log) == {"a": 2, "b": 9}
    log.add(**SET, entry_id="c")
    assert log.backup_problem is None


@pytest.mark.parametrize(
    ("change", "keep"),
    [
        ("UPDATE event SET pain_after = 9 WHERE entry_id = 'a'", lambda log: log.edit("a")),
        ("UPDATE event SET pain_after = 9 WHERE entry_id = 'a'", lambda log: log.delete("a")),
        (
            "UPDATE mark SET mark = 'pause' WHERE local_day = '2026-03-01'",
            lambda log: log.mark(NOW.date(), "pause"),
        ),
        ("UPDATE setting SET value = '9' WHERE name = 'n'", lambda log: log.set_setting("n", "9")),
    ],
)
def test_what_a_person_saves_again_is_kept_and_no_longer_noticed(log, change, keep):
    log.mark(NOW.date(), "rest")
    log.set_setting("n", "1")
    again(log, DAY).mark(NOW.date() - DAY, "rest")
    tampered(log, change)
    log = again(log, DAY)
    assert len(log.notices()) == 1
    keep(log)
    assert log.notices() == again(log).notices() == []
    before = people_see(log)
    assert log.restore().outcome == "whole"
    assert people_see(log) == before
    assert "\nChanged " in repr(doctor(log)), "an older version still is not as saved"


def test_an_undo_that_brings_a_changed_value_back_is_noticed(log):
    log.edit("a", pain_after=5)
    tampered(log, "UPDATE event SET pain_after = 9 WHERE entry_id = 'a' AND rev = 1")
    assert again(log).notices() == []
    log.undo()
    assert pains(log) == {"a": 9, "b": 3}
    assert len(again(log).notices()) == 1


def test_undo_goes_on_in_order_after_a_changed_row_was_brought_back(log):
    again(log, DAY).add(**SET, entry_id="c")
    tampered(log)
    again(log, 2 * DAY).add(**SET, entry_id="d")  # its backup has the changed row
    log = again(log, 2 * DAY)
    log.restore()
    assert pains(log) == {"a": 2, "b": 3, "c": None, "d": None}
    assert [log.undo().changes[0].entry_id for _ in "dcba"] == list("dcba")


def test_fault_10_the_last_backup_with_what_was_saved_is_not_thinned_out(log):
    tampered(log)
    for n in range(7, 70, 7):
        again(log, n * DAY).mark(NOW.date() + n * DAY, "rest")
    log = again(log, 70 * DAY)
    log.restore()
    assert pains(log)["a"] == 2
    tried()


def test_fault_12_merging_says_what_of_the_other_file_is_not_as_saved(log, tmp_path):
    other = tmp_path / "other.sqlite3"
    shutil.copy(log.path, other)
    log.path.unlink()
    mine = again(log, DAY)
    mine.add(**SET, entry_id="mine")
    tampered(again(Log.open(other, backups=tmp_path / "b")))
    said = mine.merge(other)
    kept({"a", "b", "mine"}, ids(mine))
    assert f"still there. {NOT_AS_SAVED}1 set (2026-03-01). Look there in past(), and" in repr(said)
    assert len(again(log).notices()) >= 1


def test_rows_saved_before_there_were_checksums_are_as_they_are(log):
    shutil.rmtree(log.path.parent / "backups")
    tampered(log, "UPDATE event SET event_id = substr(event_id, 1, 32), note = 'x'")
    assert again(log).notices() == []
    assert whole(log.path)
    log = again(log)
    log.edit("a", note="y")
    with closing(sqlite3.connect(log.path)) as con:
        assert not any(changed_rows(con).values())
