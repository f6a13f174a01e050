"""Anything that may happen to two copies of a log, in any order, beside a list of revisions."""

import datetime as dt
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from logs import NOW, SET, opened
from revisions import FIELDS, History, in_file, in_good_file, value_of_set

from backcare_widgets.errors import EntryError, LogError
from backcare_widgets.storage.backups import in_folder
from backcare_widgets.storage.copies import damaged_files

A_DAY = dt.timedelta(days=1)
ZONES = [dt.UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland"), ZoneInfo("Asia/Kolkata")]

which = st.integers(0, 1)
keys = st.sampled_from(["a", "b", "c", "=d", "'e;,", "😀"])
days = st.sampled_from([dt.date(2026, 2, 27), NOW.date(), dt.date(2026, 3, 29)])
marks = st.sampled_from(["rest", "flare-up", "pause", "resume", None])
pains = st.none() | st.integers(0, 10)
fields = {
    "exercise_id": st.sampled_from(["lying-down", "sitting-down", "-mine"]),
    "started_at": st.builds(
        lambda minutes, zone: (NOW + dt.timedelta(minutes=minutes)).astimezone(zone),
        st.integers(-60 * 24 * 40, 0),
        st.sampled_from(ZONES),
    ),
    "duration_s": st.none() | st.integers(0, 4 * 86_400).map(lambda quarters: quarters / 4),
    "repetitions_done": st.integers(0, 1000),
    "outcome": st.sampled_from(["done", "stopped", "stopped_for_pain"]),
    "pain_before": pains,
    "pain_after": pains,
    "note": st.text("=+-@'\"\n\r\t;, aé😀", max_size=6) | st.sampled_from(["007", "NA", "x" * 900]),
    "source": st.sampled_from(["timer", "manual"]),
}
given_sets = st.fixed_dictionaries(fields)
given_changes = st.fixed_dictionaries({}, optional=fields)
DEFAULTS = SET | {"pain_before": None, "pain_after": None, "note": "", "source": "timer"}


def killed(work, how, n):
    """Do `work` in a process that is killed meanwhile; return whether it got to the end.

    It is killed before its n-th step of Python, or where it first writes beyond n bytes of a
    file: that may be in the middle of a commit, with a hot journal.
    """
    with warnings.catch_warnings():  # of a fork beside other threads, which hold no lock of ours
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if how == "size":
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
                resource.setrlimit(resource.RLIMIT_FSIZE, (n, resource.RLIM_INFINITY))
            else:
                left = iter(range(n))
                sys.setprofile(lambda *_: next(left, None) is None and os.kill(os.getpid(), 9))
            work()
        except BaseException:
            sys.setprofile(None)
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


class Copy:
    """A log in a folder of its own, and what it should hold."""

    def __init__(self, folder, clock):
        folder.mkdir(exist_ok=True)
        self.folder, self.clock = folder, clock
        self.history = History()
        self.is_joined = False
        self.open_again()

    def open_again(self):
        self.log = opened(self.folder, clock=self.clock)

    @property
    def path(self):
        return self.log.path

    def backups(self):
        """Return the event ids in each good backup, by day."""
        return {path.stem: in_good_file(path) for path in in_folder(self.log._folder)}

    def in_backups(self):
        return set().union(*self.backups().values())

    def replace_by(self, content):
        """Do what a sync program does."""
        self.folder.joinpath("new").write_bytes(content)
        self.folder.joinpath("new").replace(self.path)


class TwoCopies(RuleBasedStateMachine):
    """Two copies of a log on two machines, of which anything may become.

    What was acknowledged is never lost: it is in the log, or `restore` finds it in a backup.
    """

    def __init__(self):
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory()
        self.now = NOW
        self.copies = [Copy(Path(self.scratch.name) / n, lambda: self.now) for n in "ab"]
        self.known = {}  # all revisions that ever were, by event id
        self.cut_short = []  # what was under way when a kernel was killed
        self.snapshots = []

    def teardown(self):
        try:
            self.joining_is_a_union()
            for copy in self.copies:
                self.undo_goes_all_the_way_and_back(copy)
        finally:
            self.scratch.cleanup()

    # What is done ----------------------------------------------------------------------------

    def write(self, copy, work, wanted):
        """Do what should append the revisions `wanted`, and see that it did just that."""
        backups_before, today = copy.backups(), str(self.now.date())
        result = work()
        assert copy.log.backup_problem is None
        self.appended(copy, wanted)
        if copy.path.exists():
            backups = copy.backups()
            if not backups_before.get(today) and today not in backups_before:
                assert backups[today] == set(copy.history.rows)
            thinned = set().union(*backups_before.values())
            assert thinned <= copy.in_backups() | set(copy.history.rows)
            newest_7 = sorted({*backups_before, today})[-7:]
            assert set(newest_7) <= set(backups)
        return result

    def appended(self, copy, wanted):
        if not wanted and not copy.path.exists():
            return
        rows, actions = in_file(copy.path)
        before = copy.history
        new = {i: row for i, row in rows.items() if i not in before.rows}
        assert {i: rows[i] for i in before.rows if i in rows} == before.rows
        assert {i: actions[i] for i in before.rows} == before.actions
        assert Counter(new.values()) == Counter(wanted)
        action = {actions[i] for i in new}
        assert len(action) <= 1
        # `undo` goes by these numbers; a setting is not undone.
        earlier = [a for i, a in before.actions.items() if before.rows[i].table != "setting"]
        assert min(action, default=1) > max(earlier, default=0) or not new
        self.holds(copy, rows, actions, is_joined=copy.is_joined)

    def holds(self, copy, rows, actions, *, is_joined=True):
        """Take over what a log holds, and see that every public reading of it says the same."""
        copy.is_joined = is_joined
        for i, row in rows.items():
            assert self.known.setdefault(i, row) == row
        copy.history = History(rows, actions)
        self.reads(copy)

    def reads(self, copy):
        log, history = copy.log, copy.history
        sets = history.in_force("event")
        assert shown(log) == sorted(map(as_shown, sets.items()), key=lambda s: (s[2], s[0]))
        assert log.marks() == {
            dt.date.fromisoformat(day): mark for day, mark in history.in_force("mark").items()
        }
        assert log.setting("pain question") == history.latest("setting", "pain question")
        for key in history.keys("event"):
            assert [row["event_id"] for row in log.revisions(key)] == history.chain("event", key)
        listed, has_earlier = log.days(since=dt.date(1900, 1, 1))
        assert not has_earlier
        by_day = {}
        for key in history.keys("event"):
            is_there, values = history.latest("event", key)
            by_day.setdefault(dict(zip(FIELDS, values, strict=True))["local_day"], {})[key] = (
                not is_there,
                len(history.chain("event", key)),
            )
        wanted = {day: by_day.get(day, {}) for day in {*by_day, *history.in_force("mark")}}
        assert [day["local_day"] for day in listed] == sorted(wanted, reverse=True)
        for day in listed:
            assert day["mark"] == history.in_force("mark").get(day["local_day"])
            found = {s["entry_id"]: (s["op"] == "delete", s["revisions"]) for s in day["sets"]}
            assert found == wanted[day["local_day"]]

    # Rules -----------------------------------------------------------------------------------

    @rule(days=st.integers(0, 3) | st.integers(4, 40))
    def days_pass(self, days):
        self.now += days * A_DAY

    @rule(n=which)
    def another_kernel(self, n):
        self.copies[n].open_again()

    @rule(n=which, key=keys, given=given_sets)
    def add(self, n, key, given):
        copy = self.copies[n]
        work, wanted = self.adding(copy, key, given)
        assert self.write(copy, work, wanted) == key

    def adding(self, copy, key, given):
        value = value_of_set(DEFAULTS | given)
        wanted = [] if copy.history.chain("event", key) else copy.history.put("event", key, value)
        return lambda: copy.log.add(**SET | given, entry_id=key), wanted

    @rule(n=which, key=keys, given=given_changes)
    def edit(self, n, key, given):
        copy = self.copies[n]
        is_there, values = copy.history.latest("event", key) or (False, ())
        if not is_there:
            self.refuses(copy, lambda: copy.log.edit(key, **given))
            return
        was = dict(zip(FIELDS, values, strict=True))
        new = dict(zip(FIELDS, value_of_set(DEFAULTS | given)[1], strict=True))
        changed = set(given) & set(FIELDS)
        if "started_at" in given:
            changed |= {"start_utc", "utc_offset_min", "tz", "local_day"}
        if "duration_s" in given:
            changed |= {"duration_ms"}
        value = True, tuple(new[f] if f in changed else was[f] for f in FIELDS)
        wanted = copy.history.put("event", key, value)
        self.write(copy, lambda: copy.log.edit(key, **given), wanted)

    @rule(n=which, key=keys, is_back=st.booleans())
    def delete_or_bring_back(self, n, key, is_back):
        copy = self.copies[n]
        work = copy.log.bring_back if is_back else copy.log.delete
        if not copy.history.chain("event", key):
            self.refuses(copy, lambda: work(key))
            return
        _, values = copy.history.latest("event", key)
        wanted = copy.history.put("event", key, (is_back, values))
        self.write(copy, lambda: work(key), wanted)

    @rule(n=which, field=st.sampled_from(["pain_before", "outcome", "exercise_id", "duration_s"]))
    def add_what_is_refused(self, n, field):
        copy = self.copies[n]
        self.refuses(copy, lambda: copy.log.add(**SET | {field: -1}))

    def refuses(self, copy, work):
        with pytest.raises(EntryError):
            work()
        self.appended(copy, [])

    @rule(n=which, day=days, mark=marks)
    def mark(self, n, day, mark):
        copy = self.copies[n]
        wanted = copy.history.put("mark", str(day), mark)
        self.write(copy, lambda: copy.log.mark(day, mark), wanted)

    @rule(n=which, value=st.sampled_from(["hidden", "shown"]))
    def setting(self, n, value):
        copy = self.copies[n]
        wanted = copy.history.put("setting", "pain question", value)
        self.write(copy, lambda: copy.log.set_setting("pain question", value), wanted)

    @rule(n=which, times=st.integers(1, 3), is_redo=st.booleans())
    def undo_or_redo(self, n, times, is_redo):
        copy = self.copies[n]
        for _ in range(times):
            wanted = copy.history.redo() if is_redo else copy.history.undo()
            said = self.write(copy, copy.log.redo if is_redo else copy.log.undo, wanted)
            assert (said is not None) == bool(wanted)

    @rule(n=which)
    def import_what_the_other_exports(self, n):
        copy, other = self.copies[n], self.copies[1 - n]
        work, wanted = self.importing(copy, other)
        dry = work(dry_run=True)
        self.appended(copy, [])
        done = self.write(copy, work, wanted)
        assert (dry.rows, dry.added) == (done.rows, len(wanted))
        again = self.write(copy, work, [])
        assert again.added == 0

    def importing(self, copy, other):
        file = other.log.export_csv(copy.folder / "export.csv")
        found = other.history.in_force("event"), other.history.in_force("mark")
        return lambda **how: copy.log.import_csv(file, **how), copy.history.imported(*found)

    @rule(n=which)
    def export_and_import_into_an_empty_log(self, n):
        copy = self.copies[n]
        with tempfile.TemporaryDirectory(dir=self.scratch.name) as name:
            empty = opened(Path(name))
            assert empty.import_csv(copy.log.export_csv(Path(name) / "log.csv")).refused == 0
            assert (shown(empty), empty.marks()) == (shown(copy.log), copy.log.marks())
            while empty.undo():
                pass
            assert (shown(empty), empty.marks()) == ([], {})
            document = json.loads(copy.log.export_json(Path(name) / "log.json").read_text("utf-8"))
            assert {s["entry_id"] for s in document["sets"]} == set(copy.history.in_force("event"))
            assert {m["local_day"]: m["mark"] for m in document["marks"]} == (
                copy.history.in_force("mark")
            )
            assert document["settings"] == copy.history.in_force("setting")

    @precondition(lambda self: all(copy.path.exists() for copy in self.copies))
    @rule(n=which)
    def merge(self, n):
        copy, other = self.copies[n], self.copies[1 - n]
        before, today = copy.history, str(self.now.date())
        has_more = copy.backups().get(today, set()) - before.rows.keys()  # then it stays
        copy.log.merge(other.path)
        assert before.rows.keys() <= copy.backups()[today] or has_more
        self.joined(copy, before, other.history)

    def joined(self, copy, before, theirs):
        rows, actions = in_file(copy.path)
        assert rows == before.rows | theirs.rows
        assert {i: actions[i] for i in before.rows} == before.actions
        new = sorted(rows.keys() - before.rows.keys(), key=lambda i: theirs.actions[i])
        renumbered = {(theirs.actions[i], actions[i]) for i in new}
        for n in (0, 1):  # in their order, each action still one
            assert len({pair[n] for pair in renumbered}) == len(renumbered)
        assert [after for _, after in sorted(renumbered)] == sorted(n for _, n in renumbered)
        own = [before.actions[i] for i in before.changes()]
        assert all(after > max(own, default=0) for _, after in renumbered)
        self.holds(copy, rows, actions)

    @precondition(lambda self: len(self.snapshots) < 4)
    @rule(n=which)
    def keep_a_copy(self, n):
        copy = self.copies[n]
        if copy.path.exists():
            self.snapshots.append((copy.path.read_bytes(), copy.history))

    @precondition(lambda self: self.snapshots)
    @rule(n=which, at=st.integers(0, 3))
    def a_sync_program_puts_another_copy_there(self, n, at):
        copy, (content, history) = self.copies[n], self.snapshots[at % len(self.snapshots)]
        copy.replace_by(content)
        self.holds(copy, history.rows, history.actions)

    @rule(n=which)
    def restore(self, n):
        copy = self.copies[n]
        had = copy.in_backups(), copy.history.rows.keys()
        copy.log.restore()
        self.restored(copy, *had)

    def restored(self, copy, in_backups, before=frozenset()):
        """See that all is back that a good backup has, and that nothing came from nowhere."""
        if not copy.path.exists():
            assert not in_backups
            copy.history = History()
            return
        rows, actions = in_file(copy.path)
        assert in_backups | before <= rows.keys()
        for i, row in rows.items():
            assert i in self.known or row in self.cut_short
        self.holds(copy, rows, actions)

    @rule(
        n=which,
        doing=st.sampled_from(["add", "mark", "undo", "import", "merge", "restore"]),
        key=keys,
        given=given_sets,
        how=st.sampled_from(["step", "size"]),
        at=st.integers(1, 100),
    )
    def a_kernel_is_killed(self, n, doing, key, given, how, at):
        self.is_killed(n, doing, key, given, how, at)

    @precondition(lambda self: self.snapshots)
    @rule(n=which, given=given_sets, at=st.integers(20, 60), replaced=st.integers(0, 3))
    def another_copy_is_put_beside_a_hot_journal(self, n, given, at, replaced):
        self.is_killed(n, "add", f"new {len(self.known)}", given, "size", at, replaced)

    def is_killed(self, n, doing, key, given, how, at, replaced=None):
        copy, other = self.copies[n], self.copies[1 - n]
        log, before, in_backups = copy.log, copy.history, copy.in_backups()
        if doing == "merge" and not other.path.exists():
            return
        work, wanted = {
            "add": lambda: self.adding(copy, key, given),
            "mark": lambda: (
                lambda: log.mark(NOW.date(), "rest"),
                before.put("mark", str(NOW.date()), "rest"),
            ),
            "undo": lambda: (log.undo, before.undo()),
            "import": lambda: self.importing(copy, other),
            "merge": lambda: (lambda: log.merge(other.path), []),
            "restore": lambda: (log.restore, []),
        }[doing]()
        is_done = killed(work, how, at * (20 if how == "step" else 900))
        self.cut_short += wanted
        copy.open_again()
        if replaced is not None and copy.path.exists():
            content, history = self.snapshots[replaced % len(self.snapshots)]
            copy.replace_by(content)
            copy.log.frame()  # where the journal is put aside
            assert in_file(copy.path)[0] == history.rows
            self.holds(copy, history.rows, history.actions)
            return
        copy.log.frame()  # what was cut short is undone
        if doing == "restore":
            self.restored(copy, in_backups if is_done else set(), before.rows.keys())
        elif doing == "merge":
            whole = before.rows | other.history.rows
            if is_done or in_file(copy.path)[0] == whole:
                self.joined(copy, before, other.history)
            else:
                self.appended(copy, [])
        elif copy.path.exists():
            is_there = is_done or in_file(copy.path)[0] != before.rows
            self.appended(copy, wanted if is_there else [])
        else:
            assert not is_done or not wanted

    @rule(
        n=which,
        how=st.sampled_from(["gone", "cut", "flip", "zeros", "other"]),
        at=st.integers(0, 10**6),
        killed_at=st.none() | st.integers(1, 200),
    )
    def the_file_is_spoilt_and_restored(self, n, how, at, killed_at):
        copy = self.copies[n]
        if not copy.path.exists():
            return
        before, in_backups = copy.history, copy.in_backups()
        whole = copy.path.read_bytes()
        asides = damaged_files(copy.path)
        content = spoilt(whole, how, at % len(whole))
        if content is None:
            copy.path.unlink()
        else:
            copy.path.write_bytes(content)
        is_noticed = False
        copy.open_again()
        try:
            copy.log.frame()
        except LogError:
            is_noticed = True
            assert content is None or copy.path.read_bytes() == content
        if killed_at:
            killed(self.restore_or_say_why(copy), "step", 20 * killed_at)
            copy.open_again()
        self.restore_or_say_why(copy)()
        copy.open_again()
        if how == "flip" or not is_noticed:
            # Some such damage cannot be seen, or only in part.
            if copy.path.exists() and in_good_file(copy.path) and is_noticed:
                assert in_backups <= in_file(copy.path)[0].keys()
            for aside in {*damaged_files(copy.path)} - {*asides}:
                aside.unlink()
            copy.path.write_bytes(whole)
            copy.open_again()
            copy.log.frame()
            self.holds(copy, before.rows, before.actions, is_joined=copy.is_joined)
        elif copy.path.exists() and copy.path.read_bytes() == content:
            assert not in_backups, "nothing could be read"
            copy.path.write_bytes(whole)
            copy.open_again()
        else:
            self.restored(copy, in_backups)

    def restore_or_say_why(self, copy):
        def restore():
            try:
                copy.log.restore()
            except LogError as error:
                assert "newer version" in str(error)  # noqa: PT017

        return restore

    @precondition(lambda self: any(copy.backups() for copy in self.copies))
    @rule(n=which)
    def the_newest_backup_is_spoilt(self, n):
        for path in in_folder(self.copies[n].log._folder)[:1]:
            os.truncate(path, path.stat().st_size // 2)

    # Laws ------------------------------------------------------------------------------------

    def joining_is_a_union(self):
        """Merged either way round, twice, or with a third in between, two logs show the same."""
        contents = [c.path.read_bytes() for c in self.copies if c.path.exists()]
        contents += [content for content, _ in self.snapshots[:1]]
        if len(contents) < 2:
            return
        first, second, *third = contents
        orders = [[first, second, *third], [second, first, first, *third], [*third, second, first]]
        found = []
        for n, order in enumerate(orders):
            folder = Path(self.scratch.name) / f"joined {n}"
            folder.mkdir()
            log = opened(folder, clock=lambda: self.now)
            log.path.write_bytes(order[0])
            for content in order[1:]:
                folder.joinpath("other").write_bytes(content)
                log.merge(folder / "other")
            found.append((shown(log), log.marks()))
        assert found[1:] == found[:-1]

    def undo_goes_all_the_way_and_back(self, copy):
        if not copy.path.exists():
            return
        log = copy.log
        before = shown(log), log.marks()
        n = 0
        while log.undo():
            n += 1
        assert (shown(log), log.marks()) == ([], {})
        for _ in range(n):
            assert log.redo()
        # Where two copies changed one thing, an undo may be what is in force beside a change.
        if not copy.is_joined or copy.history.shows_what_stands():
            assert (shown(log), log.marks()) == before


def spoilt(content, how, at):
    content = bytearray(content)
    match how:
        case "gone":
            return None
        case "cut":
            del content[at:]
        case "flip":
            content[at] ^= 1 << at % 8
        case "zeros":
            page = at // 4096 * 4096
            content[page : page + 4096] = bytes(4096)
        case "other":
            content[:] = b"not a log at all" * at
    return bytes(content)


def shown(log):
    """Return what `frame()` shows, a tuple a set."""
    frame = log.frame()
    rows = zip(*(frame[name].tolist() for name in frame), strict=True)
    return [tuple(None if pd.isna(value) else value for value in row) for row in rows]


def as_shown(pair):
    """Return a set as `shown` does."""
    entry_id, values = pair
    was = dict(zip(FIELDS, values, strict=True))
    start = dt.datetime.fromisoformat(was["start_utc"])
    wall = start + dt.timedelta(minutes=was["utc_offset_min"])
    ms = was["duration_ms"]
    return (
        entry_id,
        was["exercise_id"],
        start,
        dt.datetime.fromisoformat(was["local_day"]),
        wall.hour,
        None if ms is None else ms / 1000,
        *(was[f] for f in FIELDS[6:]),
    )


def test_two_copies_of_a_log_keep_all_that_was_acknowledged_whatever_becomes_of_them():
    # A history of many steps takes as long as many of the other subjects' examples.
    examples = settings().max_examples // 4
    run_state_machine_as_test(TwoCopies, settings=settings(max_examples=examples))
