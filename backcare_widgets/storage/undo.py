"""Undo and redo: which changes of the log still stand, and what a set or a day is without one.

An undo is a row whose `undoes` names the change; a redo is one whose `undoes` names the undo.
A change stands unless an undo that was not itself taken back names it. What a key is then is
the highest (rev, event_id) of its standing changes: so it needs neither clock nor file order,
and holds for two logs joined by union.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ..days import in_words
from .database import KEY
from .entry import Row, started_at
from .rows import append, next_action, rows_of

_TABLES = ("event", "mark")

_IS_NOW = {
    "gone": "is no longer in the log",
    "back": "is back in the log",
    "unmarked": "has no mark any more",
}


@dataclass(frozen=True)
class Change:
    """A set or a mark of a day that an undo or redo changed.

    `day` is its day; `now` says what is now of it, and of a mark also `mark`. The fields of a set,
    as it was before the undo, are None of a mark.
    """

    kind: Literal["set", "mark"]
    day: dt.date
    now: Literal["gone", "back", "changed", "marked", "unmarked"]
    mark: str | None = None
    entry_id: str | None = None
    exercise_id: str | None = None
    started_at: dt.datetime | None = None


@dataclass(frozen=True, repr=False)
class Undone:
    """What one undo or redo changed; shown as a sentence."""

    changes: tuple[Change, ...]
    is_redo: bool = False

    def sentence(self, titles: Mapping[str, str] = MappingProxyType({})) -> str:
        """Return the change in words, exercises named by `titles` (name by id) where it has one."""
        done = "Done again" if self.is_redo else "Undone"
        if len(self.changes) > 1:
            return f"{done}: {len(self.changes)} changes that were made together."
        return f"{done}: {self._in_words(self.changes[0], titles)}."

    __repr__ = sentence

    def _in_words(self, change: Change, titles: Mapping[str, str]) -> str:
        what, start = in_words(change.day), change.started_at
        if start and change.exercise_id:
            title = titles.get(change.exercise_id, change.exercise_id)
            what = f"the set of {title} on {in_words(start)} at {start:%H:%M}"
        if change.now == "changed":
            return f"{what} is as it was {'after' if self.is_redo else 'before'} it was changed"
        return f"{what} {_IS_NOW.get(change.now, f'is marked {change.mark!r} again')}"


def undo(con: sqlite3.Connection, now: dt.datetime) -> Undone | None:
    """Take back the newest action that stands, and return it; None if there is none."""
    targets = {table: f"{_standing(table)} AND action = ?" for table in _TABLES}
    return _flip(con, targets, _newest(con, _standing), now, is_redo=False)


def redo(con: sqlite3.Connection, now: dt.datetime) -> Undone | None:
    """Take back the newest undo, unless something was changed since; return as `undo` does."""
    newest = _newest(con, _undos)
    if newest < _newest(con, _changes):
        return None
    undone = "SELECT undoes FROM {} WHERE undoes IS NOT NULL AND action = ?"
    targets = {t: f"{_changes(t)} AND event_id IN ({undone.format(t)})" for t in _TABLES}
    return _flip(con, targets, newest, now, is_redo=True)


def _changes(table: str) -> str:
    """Return the query of all changes, undone or not."""
    return f"SELECT * FROM {table} WHERE undoes IS NULL"


def _undos(table: str) -> str:
    """Return the query of the undos in force."""
    changes = f"SELECT event_id FROM {table} WHERE undoes IS NULL"
    taken_back = f"SELECT undoes FROM {table} WHERE undoes IS NOT NULL"
    return f"SELECT * FROM {table} WHERE undoes IN ({changes}) AND event_id NOT IN ({taken_back})"


def _standing(table: str) -> str:
    """Return the query of the changes that are not undone."""
    return f"{_changes(table)} AND event_id NOT IN (SELECT undoes FROM ({_undos(table)}))"


def _newest(con: sqlite3.Connection, query: Callable[[str], str]) -> int:
    """Return the highest action number of what a query finds in the tables, or 0."""
    found = (con.execute(f"SELECT max(action) FROM ({query(table)})") for table in _TABLES)
    return max(cursor.fetchone()[0] or 0 for cursor in found)


def _flip(
    con: sqlite3.Connection, targets: dict[str, str], newest: int, now: dt.datetime, is_redo: bool
) -> Undone | None:
    """Let the changes found by `targets`, one query a table, stand no longer, or again."""
    action, changes = next_action(con), []
    for table, query in targets.items():
        of_key = f"SELECT * FROM {table} WHERE {KEY[table]} = ? ORDER BY rev, event_id"
        for change in rows_of(con, query, newest):
            this, rows = change["event_id"], rows_of(con, of_key, change[KEY[table]])
            taken_back = {row["undoes"] for row in rows}
            undos = [r for r in rows if r["undoes"] and r["event_id"] not in taken_back]
            undone = {r["undoes"] for r in undos}
            undone = undone - {this} if is_redo else undone | {this}
            standing = [r for r in rows if not r["undoes"] and r["event_id"] not in undone]
            row, said = _as_it_is(table, change, standing[-1] if standing else None, is_redo)
            # Two copies of a log, since joined, may both have undone it.
            again = [r["event_id"] for r in undos if r["undoes"] == this]
            for event_id in again if is_redo else [this]:
                append(con, table, row, now, action=action, undoes=event_id)
            changes.append(said)
    return Undone(tuple(changes), is_redo) if changes else None


def _as_it_is(table: str, change: Row, content: Row | None, is_redo: bool) -> tuple[Row, Change]:
    """Return the row that makes a set or a day what `content` says, and what that changed."""
    day = dt.date.fromisoformat(change["local_day"])
    if table == "mark":
        mark = content["mark"] if content else None
        said = Change("mark", day, "marked" if mark else "unmarked", mark)
        return change | {"mark": mark}, said
    is_there = content is not None and content["op"] != "delete"
    is_back = change["op"] == ("add" if is_redo else "delete")
    said = Change(
        kind="set",
        day=day,
        now="gone" if not is_there else "back" if is_back else "changed",
        entry_id=change["entry_id"],
        exercise_id=change["exercise_id"],
        started_at=started_at(change),
    )
    return (content or change) | {"op": "restore" if is_there else "delete"}, said
