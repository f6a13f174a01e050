"""Undo and redo: which changes of the log still stand, and what a set or a day is without one.

An undo is a row whose `undoes` names the change; a redo is one whose `undoes` names the undo.
A change stands unless an undo that was not itself taken back names it. What a key is then is
the highest (rev, event_id) of its standing changes: so it needs neither clock nor file order,
and holds for two logs joined by union.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
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

    def __repr__(self) -> str:
        return self.sentence()

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
    newest = _newest(con, {table: _standing(table) for table in _TABLES})
    action, changes = next_action(con), []
    for table in _TABLES:
        for change in rows_of(con, f"{_standing(table)} AND action = ?", newest):
            before = _content(_of_key(con, table, change), without=change["event_id"])
            _put_back(con, table, change, before, now, action, change["event_id"])
            changes.append(_change(table, change, before, back_by="delete"))
    return Undone(tuple(changes)) if changes else None


def redo(con: sqlite3.Connection, now: dt.datetime) -> Undone | None:
    """Take back the newest undo, unless something was changed since; return as `undo` does."""
    newest = _newest(con, {table: _undos(table) for table in _TABLES})
    changed = _newest(con, {t: f"SELECT * FROM {t} WHERE undoes IS NULL" for t in _TABLES})
    if not newest or newest < changed:
        return None
    action, changes = next_action(con), []
    for table in _TABLES:
        which = f"SELECT undoes FROM {table} WHERE undoes IS NOT NULL AND action = ?"
        undone = f"SELECT * FROM {table} WHERE undoes IS NULL AND event_id IN ({which})"
        for change in rows_of(con, undone, newest):
            rows = _of_key(con, table, change)
            after = _content(rows, together_with=change["event_id"])
            # Two copies of a log, since joined, may both have undone it.
            for taken_back in _undos_in_force(rows):
                if taken_back["undoes"] == change["event_id"]:
                    _put_back(con, table, change, after, now, action, taken_back["event_id"])
            changes.append(_change(table, change, after, back_by="add"))
    return Undone(tuple(changes), is_redo=True) if changes else None


def _undos(table: str) -> str:
    """Return the query of the undos in force."""
    changes = f"SELECT event_id FROM {table} WHERE undoes IS NULL"
    taken_back = f"SELECT undoes FROM {table} WHERE undoes IS NOT NULL"
    return f"SELECT * FROM {table} WHERE undoes IN ({changes}) AND event_id NOT IN ({taken_back})"


def _standing(table: str) -> str:
    """Return the query of the changes that are not undone."""
    undone = f"SELECT undoes FROM ({_undos(table)})"
    return f"SELECT * FROM {table} WHERE undoes IS NULL AND event_id NOT IN ({undone})"


def _newest(con: sqlite3.Connection, queries: dict[str, str]) -> int:
    """Return the highest action number of what some queries find, or 0."""
    found = (con.execute(f"SELECT max(action) FROM ({query})") for query in queries.values())
    return max(cursor.fetchone()[0] or 0 for cursor in found)


def _of_key(con: sqlite3.Connection, table: str, change: Row) -> list[Row]:
    """Return all rows of the key of `change`, the one in force last."""
    key = KEY[table]
    query = f"SELECT * FROM {table} WHERE {key} = ? ORDER BY rev, event_id"
    return rows_of(con, query, change[key])


def _undos_in_force(rows: list[Row]) -> list[Row]:
    taken_back = {row["undoes"] for row in rows}
    return [row for row in rows if row["undoes"] and row["event_id"] not in taken_back]


def _content(rows: list[Row], *, without: str = "", together_with: str = "") -> Row | None:
    """Return what a key is by its standing changes, one of them left out or put in."""
    undone = {row["undoes"] for row in _undos_in_force(rows)} - {together_with} | {without}
    standing = [r for r in rows if r["undoes"] is None and r["event_id"] not in undone]
    return standing[-1] if standing else None


def _put_back(
    con: sqlite3.Connection,
    table: str,
    change: Row,
    content: Row | None,
    now: dt.datetime,
    action: int,
    undoes: str,
) -> None:
    if table == "event":
        op = {"op": "restore" if _is_there(content) else "delete"}
        row = (content or change) | op
    else:
        row = change | {"mark": content and content["mark"]}
    append(con, table, row, now, action=action, undoes=undoes)


def _is_there(content: Row | None) -> bool:
    return content is not None and content["op"] != "delete"


def _change(table: str, change: Row, content: Row | None, *, back_by: str) -> Change:
    day = dt.date.fromisoformat(change["local_day"])
    if table == "mark":
        mark = content["mark"] if content else None
        return Change("mark", day, "marked" if mark else "unmarked", mark)
    is_back = change["op"] == back_by
    return Change(
        kind="set",
        day=day,
        now="gone" if not _is_there(content) else "back" if is_back else "changed",
        entry_id=change["entry_id"],
        exercise_id=change["exercise_id"],
        started_at=started_at(change),
    )
