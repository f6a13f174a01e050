"""The log as a notebook uses it: what is written, changed, marked, undone and read back."""

import datetime as dt
import os
import shutil
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import logs
import pandas as pd
import pytest
from faults import tried
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from backcare_widgets import Log
from backcare_widgets.errors import EntryError, LogError
from backcare_widgets.log.frame import TYPES
from backcare_widgets.storage import rows as history

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
SET = logs.SET | {"started_at": NOW}
A_DAY = "1 March 2026"
A_SET = f"the set of lying-down on {A_DAY} at 12:00"


def test_reading_or_changing_a_log_that_is_not_there_makes_nothing(log, tmp_path):
    assert log.frame().empty
    assert log.marks() == {}
    assert log.undo() is None
    assert log.setting("pain question") is None
    with pytest.raises(EntryError, match="no set 'x'"):
        log.edit("x", note="y")
    with pytest.raises(EntryError, match="no set 'x'"):
        log.delete("x")
    assert list(tmp_path.iterdir()) == []


def test_a_set_comes_back_as_it_was_given_in_a_table_of_the_same_types_as_an_empty_one(log):
    empty = log.frame()
    given = SET | {"pain_before": 3, "note": "007, NA\n=1", "source": "manual"}
    entry_id = log.add(**given)
    frame = log.frame()
    assert [*empty.dtypes.astype(str).items()] == [*TYPES.items()]
    assert (empty.dtypes == frame.dtypes).all()
    assert frame.iloc[0].drop("pain_after").to_dict() == given | {
        "entry_id": entry_id,
        "local_day": pd.Timestamp("2026-03-01"),
        "local_hour": 12,
    }
    assert frame["pain_after"].item() is pd.NA


def test_sets_come_by_start_whatever_the_order_of_writing_all_or_of_one_day(log):
    for hour, entry_id in ((14, "c"), (3, "a"), (13, "b")):
        log.add(**SET | {"started_at": NOW.replace(hour=hour)}, entry_id=entry_id)
    assert dict(log.frame()["entry_id"]) == {0: "a", 1: "b", 2: "c"}
    assert [row["entry_id"] for row in log.sets_on(NOW.date())] == ["b", "c"]


def test_a_set_sent_twice_is_stored_once_and_stays_deleted_once_deleted(log):
    assert log.add(**SET, entry_id="a") == "a"
    assert log.add(**SET | {"repetitions_done": 1}, entry_id="a") == "a"
    assert list(log.frame()["repetitions_done"]) == [5]
    log.delete("a")
    log.add(**SET, entry_id="a")
    assert log.frame().empty


@pytest.mark.parametrize("entry_id", ["", 7, "x" * 101])
def test_an_id_that_is_no_short_text_is_refused_and_nothing_is_written(log, entry_id):
    with pytest.raises(EntryError, match="entry_id"):
        log.add(**SET, entry_id=entry_id)
    assert not log.path.exists()


def test_an_edit_that_is_sent_again_writes_no_second_revision(log):
    log.add(**SET, entry_id="a")
    for _ in range(3):
        log.edit("a", pain_after=2, note="better")
    assert [row["rev"] for row in log.revisions("a")] == [1, 2]
    assert str(log.undo()) == f"Undone: {A_SET} is as it was before it was changed."
    assert log.frame()["note"].item() == ""


def test_a_refused_edit_leaves_the_set_as_it_was(log):
    log.add(**SET, entry_id="a")
    with pytest.raises(EntryError, match="pain_after is 11"):
        log.edit("a", note="x", pain_after=11)
    for field in ("entry", "entry_id", "self"):
        with pytest.raises(EntryError, match=f"'{field}' is not a field"):
            log.edit("a", **{field: 1})
    assert log.frame()["note"].item() == ""


def test_moving_a_set_moves_its_day(log):
    log.add(**SET, entry_id="a")
    log.edit("a", started_at=NOW - dt.timedelta(days=2))
    assert log.frame()["local_day"].item() == pd.Timestamp("2026-02-27")


def test_a_deleted_set_is_not_edited_but_may_be_deleted_again(log):
    log.add(**SET, entry_id="a")
    log.delete("a")
    log.delete("a")
    with pytest.raises(EntryError, match="was deleted"):
        log.edit("a", note="x")
    assert str(log.undo()) == f"Undone: {A_SET} is back in the log."
    assert len(log.frame()) == 1


def test_undo_walks_back_over_sets_and_marks_until_nothing_is_left(log):
    log.add(**SET, entry_id="a")
    log.mark(NOW.date(), "rest")
    log.mark(NOW.date(), "flare-up")
    log.delete("a")
    assert [str(log.undo()) for _ in range(5)] == [
        f"Undone: {A_SET} is back in the log.",
        f"Undone: {A_DAY} is marked 'rest' again.",
        f"Undone: {A_DAY} has no mark any more.",
        f"Undone: {A_SET} is no longer in the log.",
        "None",
    ]
    assert log.frame().empty
    assert log.marks() == {}


def test_fault_16_redo_walks_forward_again_until_something_else_is_changed(log):
    log.add(**SET, entry_id="a")
    log.edit("a", note="x")
    log.mark(NOW.date(), "rest")
    log.delete("a")
    assert log.redo() is None
    for _ in range(4):
        log.undo()
    assert [str(log.redo()) for _ in range(5)] == [
        f"Done again: {A_SET} is back in the log.",
        f"Done again: {A_SET} is as it was after it was changed.",
        f"Done again: {A_DAY} is marked 'rest' again.",
        f"Done again: {A_SET} is no longer in the log.",
        "None",
    ]
    log.undo()
    log.mark(NOW.date(), "flare-up")
    assert log.redo() is None
    assert log.marks() == {NOW.date(): "flare-up"}
    assert list(log.frame()["note"]) == ["x"]


def test_fault_16_undo_needs_no_luck_with_the_clock(tmp_path):
    times = iter([NOW, NOW, NOW - dt.timedelta(days=9999)] + [NOW] * 99)
    log = logs.opened(tmp_path, clock=lambda: next(times))
    log.add(**SET, entry_id="a")
    log.edit("a", note="later")
    log.undo()
    assert log.frame()["note"].item() == ""


@pytest.mark.parametrize("day", [NOW, "2026-03-01", None, dt.date(1, 1, 1)])
def test_only_a_date_can_be_marked_and_only_with_a_known_mark(log, day):
    with pytest.raises(EntryError, match=r"^day is .* a date"):
        log.mark(day, "rest")
    with pytest.raises(EntryError, match=r"mark is 'holiday', but must be one of 'rest'"):
        log.mark(NOW.date(), "holiday")


def test_marks_give_the_one_in_force_and_none_unsays(log):
    log.mark(dt.date(2026, 3, 2), "pause")
    log.mark(dt.date(2026, 3, 1), "rest")
    log.mark(dt.date(2026, 3, 1), "rest")
    log.mark(dt.date(2026, 3, 2), None)
    log.mark(dt.date(2026, 3, 3), None)
    assert log.marks() == {dt.date(2026, 3, 1): "rest"}
    assert len(logs.every_row(log.path)["mark"]) == 3


def test_a_setting_is_remembered_and_undo_leaves_it_alone(log):
    log.add(**SET)
    log.set_setting("pain question", "hidden")
    log.set_setting("pain question", "shown")
    log.set_setting("pain question", "hidden")
    log.undo()
    assert Log.open(log.path).setting("pain question") == "hidden"
    with pytest.raises(EntryError, match="value is True"):
        log.set_setting("pain question", True)


def test_a_set_with_a_strange_clock_is_saved_and_named(log):
    log.add(**SET, entry_id="now")
    offset = {"utc_offset_min": 60}
    assert log.frame().attrs == offset
    log.add(**SET | {"started_at": NOW.replace(year=2099)}, entry_id="later")
    assert log.frame().attrs == {"clock_suspect": ["later"]} | offset
    log.edit("later", started_at=NOW)
    assert log.frame().attrs == offset


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_fault_15_all_that_is_made_is_for_its_owner_only(tmp_path, umask):
    before = os.umask(umask)
    folder = tmp_path / "new" / "deep"
    during = []

    def look(con):
        con.execute("PRAGMA cache_size = 1")
        history.put(con, "setting", {"name": "a", "value": "b"}, NOW)
        during.extend(stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir() if p.is_file())

    try:
        log = Log.open(folder / "log.sqlite3", backups=tmp_path / "backups", clock=lambda: NOW)
        log.add(**SET, entry_id="a")
        log._write(look)
        log.export_csv(tmp_path / "export.csv")
        log.export_csv(tmp_path / "export.csv")
        copy = Path(shutil.copy(log.path, folder / "log (conflicted copy).sqlite3"))
        copy.chmod(0o600)
        log.delete("a")
        log.merge(copy)
        os.truncate(log.path, 9000)
        log.path.chmod(0o644)  # as a sync program may leave it
        log.restore()
        log.add(**SET)
    finally:
        os.umask(before)
    assert during == [0o600, 0o600], "the log and its journal"
    made = sorted(tmp_path.rglob("*"))
    assert [path.name for path in made if path.is_file()] == [
        "2026-03-01.sqlite3",
        "restoring.lock",
        "export.csv",
        "log (conflicted copy).sqlite3",
        "log.sqlite3",
        "log.sqlite3.damaged-2026-03-01T120000",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()} == {0o700}
    tried()


def test_a_thread_of_its_own_for_each_set_loses_none(log):
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda n: log.add(**SET, entry_id=str(n)), range(40)))
    assert sorted(log.frame()["entry_id"]) == sorted(ids)
    assert log.backup_problem is None


def test_the_environment_names_the_log_and_an_argument_goes_before_it(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "here.sqlite3"))
    assert Log.open().path == (tmp_path / "here.sqlite3").resolve()
    assert Log.open(tmp_path / "there.sqlite3").path == (tmp_path / "there.sqlite3").resolve()
    monkeypatch.setenv("BACKCARE_LOG", "")
    assert Log.open().path.parts[-2:] == ("data", "log.sqlite3")


def test_fault_07_a_link_to_the_log_stays_a_link(tmp_path):
    link = tmp_path / "link.sqlite3"
    link.symlink_to(tmp_path / "real # ?.sqlite3")
    Log.open(link, backups=tmp_path / "b").add(**SET)
    assert link.is_symlink()
    assert (tmp_path / "real # ?.sqlite3").stat().st_size > 0


def test_the_sample_stands_in_only_while_the_log_has_no_set(log, tmp_path):
    sample = logs.opened(tmp_path, sample_if_empty=True)
    frame = sample.frame()
    assert sample.is_sample
    assert sample.id == "sample"
    assert dict(frame.dtypes.astype(str)) == TYPES
    assert frame.attrs == {"sample": True, "today": frame["local_day"].iloc[-1].date()}
    assert len(frame) > 50
    assert set(sample.marks().values()) <= {"rest", "flare-up", "pause", "resume"}
    assert sample.setting("pain question") is None
    exported = sample.export_csv(tmp_path / "sample.csv")
    assert sample.import_csv(exported, dry_run=True).already_there > 50
    log.add(**SET)
    own = logs.opened(tmp_path, sample_if_empty=True)
    assert not own.is_sample
    assert "sample" not in own.frame().attrs


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.add(**SET),
        lambda log: log.edit("sample-0001", note="x"),
        lambda log: log.delete("sample-0001"),
        lambda log: log.mark(NOW.date(), "rest"),
        lambda log: log.undo(),
        lambda log: log.set_setting("a", "b"),
        lambda log: log.merge("another.sqlite3"),
        lambda log: log.restore(),
    ],
)
def test_the_sample_takes_no_changes(tmp_path, change):
    """No folder could be made there, so this also shows that it needs no disk."""
    (tmp_path / "file").touch()
    nowhere = tmp_path / "file" / "log.sqlite3"
    sample = Log.open(nowhere, backups=nowhere, sample_if_empty=True)
    before = sample.frame()
    with pytest.raises(LogError, match="sample log, which takes no changes"):
        change(sample)
    pd.testing.assert_frame_equal(sample.frame(), before)


ids = st.sampled_from("abcd")
days = st.sampled_from([dt.date(2026, 3, day) for day in (1, 2, 3)])
marks = st.sampled_from(["rest", "flare-up", "pause", "resume", None])
pains = st.none() | st.integers(0, 10)
# The fields that the model keeps.
changes = st.fixed_dictionaries(
    {},
    optional={
        "pain_after": pains,
        "note": st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
        "repetitions_done": st.integers(0, 1000),
    },
)


class LogBesideAList(RuleBasedStateMachine):
    """Two logs on one file against a list of states, along which undo and redo go."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.logs = [logs.opened(Path(self.folder.name)) for _ in "ab"]
        self.states = [({}, {})]
        self.undone = []
        self.known = set()
        self.gone = {}  # what each set was when it left the log
        self.rows = {"event": [], "mark": []}

    def teardown(self):
        self.folder.cleanup()

    def became(self, sets=None, marks=None):
        was_sets, was_marks = self.states[-1]
        state = (was_sets if sets is None else sets, was_marks if marks is None else marks)
        if state != self.states[-1]:
            self.left(self.states[-1], state)
            self.states.append(state)
            self.undone = []

    def left(self, before, after):
        self.gone |= {k: v for k, v in before[0].items() if k not in after[0]}

    @property
    def log(self):
        """The log of the kernel whose turn it is; the other one has to see the same."""
        self.logs.reverse()
        return self.logs[0]

    @rule()
    def the_other_kernel_goes_on(self):
        self.logs.reverse()

    @rule(entry_id=ids, given=changes)
    def add(self, entry_id, given):
        self.log.add(**SET | given, entry_id=entry_id)
        if entry_id not in self.known:
            self.known.add(entry_id)
            plain = {"pain_after": None, "note": "", "repetitions_done": 5}
            self.became(sets=self.states[-1][0] | {entry_id: plain | given})

    @rule(entry_id=ids, given=changes)
    def edit(self, entry_id, given):
        sets = self.states[-1][0]
        if entry_id not in sets:
            with pytest.raises(EntryError):
                self.log.edit(entry_id, **given)
            return
        self.log.edit(entry_id, **given)
        self.became(sets=sets | {entry_id: sets[entry_id] | given})

    @rule(entry_id=ids)
    def delete(self, entry_id):
        if entry_id not in self.known:
            with pytest.raises(EntryError):
                self.log.delete(entry_id)
            return
        self.log.delete(entry_id)
        self.became(sets={k: v for k, v in self.states[-1][0].items() if k != entry_id})

    @rule(entry_id=ids)
    def bring_back(self, entry_id):
        if entry_id not in self.known:
            with pytest.raises(EntryError):
                self.log.bring_back(entry_id)
            return
        self.log.bring_back(entry_id)
        sets = self.states[-1][0]
        self.became(sets=sets if entry_id in sets else sets | {entry_id: self.gone[entry_id]})

    @rule(day=days, mark=marks)
    def mark(self, day, mark):
        self.log.mark(day, mark)
        others = {k: v for k, v in self.states[-1][1].items() if k != day}
        self.became(marks=others | ({day: mark} if mark else {}))

    @rule()
    def undo(self):
        said = self.log.undo()
        assert (said is None) == (len(self.states) == 1)
        if said is not None:
            self.undone.append(self.states.pop())
            self.left(self.undone[-1], self.states[-1])

    @rule()
    def redo(self):
        said = self.log.redo()
        assert (said is None) == (not self.undone)
        if said is not None:
            self.left(self.states[-1], self.undone[-1])
            self.states.append(self.undone.pop())

    @rule()
    def open_again(self):
        self.logs[1] = logs.opened(Path(self.folder.name))

    @invariant()
    def reads_as_the_list_says(self):
        assert [self.read(log) for log in self.logs] == [self.states[-1]] * 2

    def read(self, log):
        fields = ("pain_after", "note", "repetitions_done")
        rows = {row["entry_id"]: {f: row[f] for f in fields} for row in log.sets_on(NOW.date())}
        return rows, log.marks()

    @invariant()
    def rows_are_only_ever_inserted(self):
        if self.logs[0].path.exists():
            rows = logs.every_row(self.logs[0].path)
            for table, before in self.rows.items():
                assert rows[table][: len(before)] == before
            self.rows = rows


def test_fault_16_edit_undo_and_redo_in_two_kernels_against_a_list_of_states():
    run_state_machine_as_test(LogBesideAList, settings=settings(stateful_step_count=20))
    tried(settings().max_examples)
