"""Two copies of one log that went on apart, joined: nothing is lost, and the order is no matter."""

import datetime as dt
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from faults import kept, tried
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET, every_row, ids, opened

from backcare_widgets.errors import LogError
from backcare_widgets.storage.backups import folder_for, in_folder

DAYS = [NOW.date() - dt.timedelta(days=n) for n in range(3)]


def in_force(log):
    """Give all that a log says, without what only this file knows of its order."""
    sets = [
        {k: v for k, v in row.items() if k not in ("action", "event_id", "recorded_utc")}
        for row in log.sets_on(NOW.date())
    ]
    return sets, log.marks(), log.setting("a"), log.setting("b")


def said(log):
    """Give what the person sees: the sets with what is in them, and the marks."""
    names = ("entry_id", "pain_after", "note")
    return [[row[n] for n in names] for row in log.sets_on(NOW.date())], log.marks()


def apart(folder, shared, mine, theirs):
    """Make a log, copy it, and let both go on; give both."""
    log = opened(folder / "a")
    log.set_setting("made", "yes")
    for change in shared:
        change(log)
    (folder / "b").mkdir()
    shutil.copy(log.path, folder / "b")
    other = opened(folder / "b")
    for change in mine:
        change(log)
    for change in theirs:
        change(other)
    return log, other


def adding(*names):
    return [lambda log, n=name: log.add(**SET, entry_id=n) for name in names]


def test_fault_12_two_copies_of_60_and_65_sets_give_the_75_there_are(tmp_path):
    log, other = apart(
        tmp_path,
        adding(*map(str, range(50))),
        adding(*(f"a{n}" for n in range(10))),
        adding(*(f"b{n}" for n in range(15))),
    )
    mine, theirs = ids(log), ids(other)
    assert (len(mine), len(theirs)) == (60, 65)
    before = other.path.read_bytes()
    said = log.merge(other.path)
    kept(mine | theirs, ids(log))
    assert len(ids(log)) == 75
    assert other.path.read_bytes() == before
    assert repr(said).startswith(f"Added 15 sets from {other.path}; what the log had is all still")


change = st.one_of(
    st.tuples(st.just("add"), st.sampled_from("abcd")),
    st.tuples(st.just("edit"), st.sampled_from("abcd"), st.integers(0, 10)),
    st.tuples(st.just("delete"), st.sampled_from("abcd")),
    st.tuples(st.just("mark"), st.sampled_from(DAYS), st.sampled_from(["rest", "pause", None])),
    st.tuples(st.just("set_setting"), st.sampled_from("ab"), st.sampled_from("xyz")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def done(log, name, *arguments):
    if name == "add":
        log.add(**SET, entry_id=arguments[0])
    elif name in ("edit", "delete"):
        if arguments[0] in ids(log):
            log.edit(arguments[0], pain_after=arguments[1]) if name == "edit" else log.delete(
                arguments[0]
            )
    else:
        getattr(log, name)(*arguments)


def as_changes(drawn):
    return [lambda log, d=one: done(log, *d) for one in drawn]


@given(*[st.lists(change, max_size=8)] * 3)
def test_fault_12_it_is_no_matter_which_is_merged_into_which_nor_how_often(shared, mine, theirs):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log, other = apart(folder, *map(as_changes, (shared, mine, theirs)))
        shutil.copytree(folder / "a", folder / "as it was")
        rows = {
            row[0]
            for copy in (log, other)
            for table in every_row(copy.path).values()
            for row in table
        }
        log.merge(other.path)
        once = every_row(log.path)
        log.merge(other.path)
        assert every_row(log.path) == once
        other.merge(folder / "as it was" / "log.sqlite3")
        assert in_force(log) == in_force(other)
        for copy in (log, other):
            kept(rows, {row[0] for table in every_row(copy.path).values() for row in table})


@given(*[st.lists(change, max_size=8)] * 3)
def test_fault_12_undo_and_redo_go_to_and_fro_over_what_was_merged(shared, mine, theirs):
    """The first time settles what both copies undid or deleted; from then on it is exact."""
    with tempfile.TemporaryDirectory() as name:
        log, other = apart(Path(name), *map(as_changes, (shared, mine, theirs)))
        log.merge(other.path)
        rows = {row[0] for table in every_row(log.path).values() for row in table}

        def all_the_way(step):
            seen = [said(log)]
            while step():
                seen.append(said(log))
                assert len(seen) < 99
            return seen

        all_the_way(log.undo)
        all_the_way(log.redo)
        back = all_the_way(log.undo)
        assert all_the_way(log.redo) == back[::-1]
        assert all_the_way(log.undo) == back
        kept(rows, {row[0] for table in every_row(log.path).values() for row in table})


def test_fault_12_undo_walks_back_over_what_was_merged_one_at_a_time(tmp_path):
    log, other = apart(tmp_path, adding("s"), adding("a"), adding("b1", "b2"))
    log.merge(other.path)
    seen = []
    for _ in range(3):
        log.undo()
        seen.append(ids(log))
    assert seen == [{"s", "a", "b1"}, {"s", "a"}, {"s"}]
    tried()


def test_fault_12_an_edit_of_one_set_in_both_copies_stays_in_its_history(tmp_path):
    log, other = apart(
        tmp_path,
        adding("s"),
        [lambda log: log.edit("s", note="mine")],
        [lambda log: log.edit("s", note="theirs")],
    )
    log.merge(other.path)
    other.merge(log.path)
    (now,), (there,) = log.sets_on(NOW.date()), other.sets_on(NOW.date())
    assert now["note"] == there["note"]
    log.undo()
    (one_back,) = log.sets_on(NOW.date())
    assert {now["note"], one_back["note"]} <= {"mine", "theirs"}
    assert len(every_row(log.path)["event"]) == 4
    tried()


def test_both_undid_one_change_and_one_redo_brings_it_back(tmp_path):
    log, other = apart(tmp_path, adding("s"), [lambda log: log.undo()], [lambda log: log.undo()])
    log.merge(other.path)
    assert ids(log) == set()
    assert log.redo().changes[0].now == "back"
    assert ids(log) == {"s"}


def test_merging_makes_todays_backup_anew_before(tmp_path):
    log, other = apart(tmp_path, adding("s"), adding("a"), adding("b"))
    log.merge(other.path)
    (backup,) = in_folder(folder_for(log.path, tmp_path / "a" / "backups"))
    with closing(sqlite3.connect(backup)) as con:
        found = {row[0] for row in con.execute("SELECT entry_id FROM event")}
    assert found == {"s", "a"}
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_copy_can_be_merged_where_no_log_is_yet(tmp_path):
    _, other = apart(tmp_path, adding("s"), [], [])
    log = opened(tmp_path / "new")
    assert "Added 1 set and 1 setting from" in repr(log.merge(other.path))
    assert ids(log) == {"s"}
    assert "you may delete that file" in repr(log.merge(other.path))


def spoil(path, how):
    if how == "newer":
        with closing(sqlite3.connect(path)) as con:
            con.execute("PRAGMA user_version = 2")
    elif how == "gone":
        path.unlink()
    else:
        path.write_bytes({"cut": path.read_bytes()[:9000], "empty": b"", "other": b"x" * 9999}[how])


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("cut", "is damaged, or is not a log of this workbook; nothing was changed"),
        ("other", "is damaged, or is not a log of this workbook; nothing was changed"),
        ("empty", "is damaged, or is not a log of this workbook; nothing was changed"),
        ("newer", "newer version"),
        ("gone", "There is no file"),
    ],
)
def test_fault_12_a_copy_that_is_no_whole_log_is_refused(tmp_path, how, says):
    log, other = apart(tmp_path, adding("s"), adding("a"), adding("b"))
    spoil(other.path, how)
    before = every_row(log.path)
    content = other.path.exists() and other.path.read_bytes()
    with pytest.raises(LogError, match=says):
        log.merge(other.path)
    assert every_row(log.path) == before
    assert content == (other.path.exists() and other.path.read_bytes())


def test_the_log_is_not_merged_with_itself(tmp_path):
    log, _ = apart(tmp_path, adding("s"), [], [])
    (tmp_path / "link").symlink_to(log.path)
    for path in (log.path, tmp_path / "link"):
        with pytest.raises(LogError, match="is the log itself"):
            log.merge(path)


def test_the_table_of_all_sets_has_of_each_what_its_day_has(tmp_path):
    """Of sets that were changed, deleted, brought back, or changed in both copies at once."""
    shared = [*adding(*"abcde"), lambda log: log.edit("b", note="b"), lambda log: log.delete("c")]
    shared += [lambda log: log.delete("d"), lambda log: log.bring_back("d")]
    mine = [lambda log: log.edit("a", note="mine"), *adding("f"), lambda log: log.delete("e")]
    theirs = [lambda log: log.edit("a", note="theirs"), *adding("f")]
    log, other = apart(tmp_path, shared, mine, theirs)
    log.merge(other.path)
    names = ["entry_id", "note"]
    table = log.frame()[names].to_numpy().tolist()
    assert table == [[row[name] for name in names] for row in log.sets_on(NOW.date())]
    assert [entry_id for entry_id, _ in table] == ["a", "b", "d", "f"]
