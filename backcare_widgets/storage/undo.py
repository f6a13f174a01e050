"""Undo and redo: which changes of the log still stand, and what a set or a day is without one.

An undo is a row whose `undoes` names the change; a redo is one whose `undoes` names the undo.
A change stands unless an undo that was not itself taken back names it. What a key is then is
the highest (rev, event_id) of its standing changes: so it needs neither clock nor file order,
and holds for two logs joined by union.
"""

from __future__ import annotations

import datetime as dt
import sqlite3

from .entry import Row, started_at
from .rows import (
    KEY,
    append,
    next_action,
    rows_of,
)

_TABLES = ("event", "mark")


def undo(con: sqlite3.Connection, now: dt.datetime) -> str | None:
    """Take back the newest action that stands; return one sentence of it, None if there is none."""
    newest = _newest(con, {table: _standing(table) for table in _TABLES})
    action, sentences = next_action(con), []
    for table in _TABLES:
        for change in rows_of(con, f"{_standing(table)} AND action = ?", newest):
            before = _content(_of_key(con, table, change), without=change["event_id"])
            _put_back(con, table, change, before, now, action, change["event_id"])
            sentences.append("Undone: " + _what_is_now(table, change, before, "before"))
    return _summed(sentences, "Undone")


def redo(con: sqlite3.Connection, now: dt.datetime) -> str | None:
    """Take back the newest undo, unless something was changed since; return as `undo` does."""
    newest = _newest(con, {table: _undos(table) for table in _TABLES})
    changed = _newest(con, {t: f"SELECT * FROM {t} WHERE undoes IS NULL" for t in _TABLES})
    if newest < changed:
        return None
    action, sentences = next_action(con), []
    for table in _TABLES:
        which = f"SELECT undoes FROM {table} WHERE undoes IS NOT NULL AND action = ?"
        undone = f"SELECT * FROM {table} WHERE undoes IS NULL AND event_id IN ({which})"
        for change in rows_of(con, undone, newest) if newest else []:
            rows = _of_key(con, table, change)
            after = _content(rows, together_with=change["event_id"])
            # Two copies of a log, since joined, may both have undone it.
            for taken_back in _undos_in_force(rows):
                if taken_back["undoes"] == change["event_id"]:
                    _put_back(con, table, change, after, now, action, taken_back["event_id"])
            sentences.append("Done again: " + _what_is_now(table, change, after, "after"))
    return _summed(sentences, "Done again")


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


def _what_is_now(table: str, change: Row, content: Row | None, when: str) -> str:
    if table == "mark":
        mark = content and content["mark"]
        state = f"is marked {mark!r} again" if mark else "has no mark any more"
        return f"{change['local_day']} {state}."
    which = f"the set of {change['exercise_id']} on {started_at(change):%Y-%m-%d at %H:%M}"
    if not _is_there(content):
        return f"{which} is no longer in the log."
    comes_back = "delete" if when == "before" else "add"
    if change["op"] == comes_back:
        return f"{which} is back in the log."
    return f"{which} is as it was {when} it was changed."


def _summed(sentences: list[str], done: str) -> str | None:
    if len(sentences) > 1:
        return f"{done}: {len(sentences)} changes that were made together."
    return sentences[0] if sentences else None
