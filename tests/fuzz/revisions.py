"""What a log should hold, as a list of revisions in plain Python, and what its file does hold."""

import datetime as dt
import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

KEYS = {"event": "entry_id", "mark": "local_day", "setting": "name"}
FIELDS = (
    "exercise_id", "start_utc", "utc_offset_min", "tz", "local_day", "duration_ms",
    "repetitions_done", "repetitions_prescribed", "outcome", "pain_before", "pain_after", "note",
    "source",
)  # fmt: skip


class Revision(NamedTuple):
    """What a set, a day or a setting became; `value` is None of a day that lost its mark.

    The value of a set is whether it is there, and its fields in the order of `FIELDS`.
    """

    table: str
    key: str
    rev: int
    value: Any
    undoes: str | None = None


def value_of_set(given, is_there=True):
    """Return the value of a set from the arguments of `Log.add`."""
    start, seconds = given["started_at"], given["duration_s"]
    fields = given | {
        "start_utc": f"{start.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        "utc_offset_min": start.utcoffset() // dt.timedelta(minutes=1),
        "tz": getattr(start.tzinfo, "key", ""),
        "local_day": str((start.replace(tzinfo=None) - dt.timedelta(hours=4)).date()),
        "duration_ms": None if seconds is None else int(1000 * seconds),
    }
    return is_there, tuple(fields[name] for name in FIELDS)


def in_file(path):
    """Return the revisions that a file holds, by event id, and the action of each."""
    rows, actions = {}, {}
    with closing(sqlite3.connect(path)) as con:
        con.row_factory = sqlite3.Row
        for table, key in KEYS.items():
            for row in con.execute(f"SELECT * FROM {table} WHERE {key} <> 'log id'"):
                value = row["mark" if table == "mark" else "value"] if table != "event" else None
                if table == "event":
                    value = row["op"] != "delete", tuple(row[name] for name in FIELDS)
                undoes = row["undoes"]
                rows[row["event_id"]] = Revision(table, row[key], row["rev"], value, undoes)
                actions[row["event_id"]] = row["action"]
    return rows, actions


def in_good_file(path):
    """Return the event ids of a whole file, or none."""
    try:
        with closing(sqlite3.connect(path)) as con:
            if con.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return set()
        return set(in_file(path)[0])
    except (sqlite3.Error, UnicodeDecodeError):
        return set()


class History:
    """The revisions of one log, in the order in which they were done in it."""

    def __init__(self, rows=(), actions=()):
        self.rows, self.actions = dict(rows), dict(actions)

    def chain(self, table, key):
        """Return the event ids of one key, the one in force last."""
        found = [i for i, row in self.rows.items() if (row.table, row.key) == (table, key)]
        return sorted(found, key=lambda i: (self.rows[i].rev, i))

    def keys(self, table):
        return sorted({row.key for row in self.rows.values() if row.table == table})

    def latest(self, table, key):
        chain = self.chain(table, key)
        return self.rows[chain[-1]].value if chain else None

    def in_force(self, table):
        """Return the value of each key that the log shows."""
        values = {key: self.latest(table, key) for key in self.keys(table)}
        if table == "event":
            return {key: fields for key, (is_there, fields) in values.items() if is_there}
        return {key: value for key, value in values.items() if value is not None}

    def next(self, table, key, value, undoes=None):
        """Return the revision that gives a key a value."""
        chain = self.chain(table, key)
        rev = self.rows[chain[-1]].rev + 1 if chain else 1
        return Revision(table, key, rev, value, undoes)

    def put(self, table, key, value):
        """Return what a change appends: nothing, if it changes nothing."""
        return [] if self.latest(table, key) == value else [self.next(table, key, value)]

    def changes(self):
        """Return what `undo` may take back: no setting, and no undo or redo."""
        return {i for i, r in self.rows.items() if r.table != "setting" and r.undoes is None}

    def undos(self):
        """Return the undos that no redo took back: each one's event id, and what it undid."""
        changes, taken_back = self.changes(), {row.undoes for row in self.rows.values()}
        return {
            i: row.undoes
            for i, row in self.rows.items()
            if row.undoes in changes and i not in taken_back
        }

    def standing(self):
        return self.changes() - set(self.undos().values())

    def shows_what_stands(self):
        """Return whether each set and mark in force is the newest change of it that stands."""
        standing = self.standing()
        for table in ("event", "mark"):
            for key in self.keys(table):
                left = [i for i in self.chain(table, key) if i in standing]
                value = self.rows[left[-1]].value if left else None
                now = self.latest(table, key)
                if table == "event":
                    value, now = value or (False,), now
                    if not (value[0] or now[0]):
                        continue
                if value != now:
                    return False
        return True

    def _newest(self, found):
        return max((self.actions[i] for i in found), default=0)

    def undo(self):
        """Return what `undo` appends: its changes stand no longer."""
        standing = self.standing()
        newest = self._newest(standing)
        targets = {i for i in standing if self.actions[i] == newest}
        return [self._without(i, standing - {i}, i) for i in targets]

    def redo(self):
        """Return what `redo` appends; nothing if something was changed since the undo."""
        undos = self.undos()
        newest = self._newest(undos)
        if newest < self._newest(self.changes()):
            return []
        targets = {undone for i, undone in undos.items() if self.actions[i] == newest}
        rows = []
        for target in targets:
            again = sorted(i for i, undone in undos.items() if undone == target)
            for n, i in enumerate(again):
                row = self._without(target, self.standing() | {target}, i)
                rows.append(row._replace(rev=row.rev + n))
        return rows

    def _without(self, change, standing, undoes):
        """Return the revision that makes a key what the changes that still stand say."""
        row = self.rows[change]
        left = [i for i in self.chain(row.table, row.key) if i in standing]
        value = self.rows[left[-1]].value if left else None
        if row.table == "event" and not left:
            value = False, row.value[1]
        return self.next(row.table, row.key, value, undoes)

    def imported(self, sets, marks):
        """Return what the import of sets and marks appends: the log wins over the file."""
        rows = [
            self.next("event", k, (True, v)) for k, v in sets.items() if not self.chain("event", k)
        ]
        return rows + [
            self.next("mark", day, mark)
            for day, mark in marks.items()
            if self.latest("mark", day) is None
        ]
