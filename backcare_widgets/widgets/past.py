"""What was recorded, day by day, and how it is put right: nothing is lost by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import traitlets
from pydantic import TypeAdapter

from ..adherence.rule import paused_since
from ..days import in_full, in_words, local_day
from ..errors import EntryError
from ..log.log import AnyLog, Log
from ..programme.models import AnyProgramme, Programme, load_programme
from ..storage.entry import started_at
from ..words import count
from .bridge import Answer, Moment, Screen
from .past_questions import (
    QUESTIONS,
    Add,
    Days,
    DeleteOrBringBack,
    Edit,
    MarkDay,
    Revisions,
    UndoOrRedo,
)

_STATIC = Path(__file__).parent / "static"
_OUTCOMES = {"done": "done", "stopped": "stopped", "stopped_for_pain": "stopped for pain"}
_OPS = {"add": "Written down", "edit": "Changed", "delete": "Deleted", "restore": "Put back"}
_MARKS = {"rest": "a rest day", "flare-up": "a flare-up"}
_TURNS = {  # what a pause does on such a day, and what of a mark that it leaves no room for
    "pause": ("begins", "nothing is due on it anyway"),
    "resume": ("ends", "pause again if nothing should be due on it"),
}
_FIELDS = ("exercise_id", "repetitions_done", "outcome", "pain_before", "pain_after", "note")


def past(*, log: AnyLog | None = None, programme: AnyProgramme | None = None) -> Past:
    """Show what was recorded, newest first, to be changed, deleted, undone or added to.

    `log` and `programme` are one or its path; `Log.open()` and `load_programme()` if not given.

    Raises
    ------
    ProgrammeError
        If the programme has mistakes.
    """
    return Past(Log.open(log), load_programme(programme))


class Past(Screen):
    """List the days of the log in the page, and change them there.

    Every change is an added revision; `undo` takes back the newest, whoever made it.
    """

    _esm = _STATIC / "past.js"
    _css = _STATIC / "past.css"
    questions: ClassVar[TypeAdapter[Any]] = QUESTIONS

    exercises: Any = traitlets.List(help="id, title, repetitions of each").tag(sync=True)

    def __init__(self, log: Log, programme: Programme) -> None:
        self._log = log
        self._names = {exercise.id: exercise.name for exercise in programme.exercises}
        self._repetitions = {e.id: e.repetitions for e in programme.exercises}
        about = [
            {"id": e.id, "title": e.name, "repetitions": e.repetitions} for e in programme.exercises
        ]
        super().__init__(exercises=about)

    def __repr__(self) -> str:
        return "What you recorded is listed here when this cell is run in JupyterLab."

    def answer(self, question: Any) -> Answer:
        """Do what is asked, and return the days that the page shows as they are now."""
        # Read before anything is changed: what is refused must not be done.
        today = local_day(question.now.when())
        match question:
            case Days():
                return self._shown(today, question.since, question.before), []
            case Revisions():
                rows = self._log.revisions(question.entry_id)
                undos = {row["event_id"] for row in rows if row["undoes"]}
                return {"revisions": [self._version(row, undos) for row in rows]}, []
            case Add():
                said = self._add(question)
            case Edit():
                said = self._edit(question)
            case DeleteOrBringBack(op="delete"):
                self._log.delete(question.entry_id)
                said = "Deleted. Undo brings it back."
            case DeleteOrBringBack():
                self._log.bring_back(question.entry_id)
                said = "The set is in the log again."
            case MarkDay():
                said = self._mark(question)
            case UndoOrRedo(op="undo"):
                undone = self._log.undo()
                said = undone.sentence(self._names) if undone else "There is nothing to undo."
            case UndoOrRedo():
                redone = self._log.redo()
                said = redone.sentence(self._names) if redone else "There is no undo to take back."
        return self._shown(today, question.since) | {"said": said}, []

    def _shown(
        self, today: dt.date, since: dt.date | None, before: dt.date | None = None
    ) -> dict[str, Any]:
        days, has_earlier = self._log.days(since=since, before=before)
        if before is None and str(today) not in (day["local_day"] for day in days):
            days.append({"local_day": str(today), "mark": None, "sets": []})
            days.sort(key=lambda day: str(day["local_day"]), reverse=True)
        pause = paused_since(self._log.marks(), today)
        return {
            "today": str(today),
            "days": [self._day(day) for day in days],
            "has_earlier": has_earlier,
            "paused": f"Paused since {in_words(pause)}: nothing is due." if pause else "",
            "hides_pain": self._log.setting("pain question") == "hidden",
        }

    def _day(self, day: Mapping[str, Any]) -> dict[str, Any]:
        title = in_full(dt.date.fromisoformat(day["local_day"]))
        sets = [self._set(row) for row in day["sets"]]
        return {"day": day["local_day"], "title": title, "mark": day["mark"], "sets": sets}

    def _set(self, row: Mapping[str, Any]) -> dict[str, Any]:
        start, ms = started_at(dict(row)), row["duration_ms"]
        fields = {name: row[name] for name in _FIELDS} | {
            "when": f"{start:%Y-%m-%dT%H:%M}",
            "minutes": None if ms is None else round(ms / 60_000, 1),
        }
        return {
            "entry_id": row["entry_id"],
            "time": f"{start:%H:%M}",
            "title": self._names.get(row["exercise_id"], row["exercise_id"]),
            "words": _words(row),
            "fields": fields,
            "is_deleted": row["op"] == "delete",
            "revisions": row.get("revisions", 1),
        }

    def _version(self, row: Mapping[str, Any], undos: Collection[str]) -> str:
        start = started_at(dict(row))
        at = dt.datetime.fromisoformat(row["recorded_utc"]).astimezone(start.tzinfo)
        op = "Undone" if row["undoes"] else _OPS[row["op"]]
        op = "Done again" if row["undoes"] in undos else op
        what = f"{self._set(row)['title']}, {_date(start)} at {start:%H:%M}"
        note = f", note: {row['note']}" if row["note"] else ""
        return f"{op} on {_date(at)} at {at:%H:%M}. {what}: {_words(row)}{note}"

    def _add(self, question: Add) -> str:
        start = question.moment.when()
        self._log.add(
            entry_id=question.entry_id,
            started_at=_in_the_past(start, question.now),
            duration_s=_seconds(question.fields.minutes),
            repetitions_prescribed=question.prescribed,
            source="manual",
            **question.fields.model_dump(exclude={"minutes"}),
        )
        return f"Written down for {_date(local_day(start))}."

    def _edit(self, question: Edit) -> str:
        rows = self._log.revisions(question.entry_id)
        if not rows:
            msg = "The log has no such set. Nothing was changed; run the cell to see what it has."
            raise EntryError(msg)
        row = rows[-1]
        if row["op"] == "delete":
            msg = (
                "This set was deleted meanwhile, so it was not changed. Put it back first, under"
                " “deleted” of its day."
            )
            raise EntryError(msg)
        before = self._set(row)["fields"]
        given = question.fields.model_dump(exclude_unset=True)
        # Only what the person changed: another tab may have put right the rest meanwhile.
        changed = {name: value for name, value in given.items() if value != before[name]}
        changes = {name: changed[name] for name in _FIELDS if name in changed}
        if changed.get("exercise_id") in self._repetitions:
            changes["repetitions_prescribed"] = self._repetitions[changed["exercise_id"]]
        if "minutes" in changed:
            changes["duration_s"] = _seconds(changed["minutes"])
        if "when" in changed:
            changes["started_at"] = _in_the_past(_at(changed["when"], row), question.now)
        self._log.edit(question.entry_id, **changes)
        return "Changed. What it was before is kept."

    def _mark(self, question: MarkDay) -> str:
        mark, today = question.mark, local_day(question.now.when())
        day = question.day or today
        if day > today:
            msg = "That day is in the future. Nothing was changed; mark it when it has come."
            raise EntryError(msg)
        turn = self._log.marks().get(day)
        if turn in _TURNS and mark in _MARKS:
            turns, instead = _TURNS[turn]
            msg = (
                f"On {_date(day)} a pause {turns}, and a day has one mark only. Nothing was changed"
            )
            raise EntryError(f"{msg}; {instead}.")
        self._log.mark(day, mark)
        if mark == "pause":
            return "Paused: nothing is due until you resume. Good that you feel better."
        if mark == "resume":
            return f"Resumed: sets are due again from {_date(day)}."
        if mark is None:
            ended = ": no pause begins or ends on it." if turn in _TURNS else "."
            return f"{_date(day)} has no mark any more{ended}"
        return f"{_date(day)} is marked as {_MARKS[mark]}: nothing is due on it."


def _date(day: dt.date | str) -> str:
    return in_words(dt.date.fromisoformat(day) if isinstance(day, str) else day)


def _words(row: Mapping[str, Any]) -> str:
    """Return in words how much of a set was done, how it ended, how long it took, and the pain."""
    done, prescribed = row["repetitions_done"], row["repetitions_prescribed"]
    said = [f"{done} of {prescribed} repetitions", _OUTCOMES[row["outcome"]]]
    if row["duration_ms"] is not None:
        said.append(count(row["duration_ms"] / 60_000, "minute"))
    pain = [(when, row[f"pain_{when}"]) for when in ("before", "after")]
    rated = [f"{rating} {when}" for when, rating in pain if rating is not None]
    return ", ".join([*said, *(["pain " + " and ".join(rated)] if rated else [])])


def _seconds(minutes: float | None) -> float | None:
    return None if minutes is None else round(60 * minutes, 3)


def _at(wall: str, row: Mapping[str, Any]) -> dt.datetime:
    """Return a wall time in the zone of a set, or at its offset if no zone is known.

    One that comes twice in a night is that with the offset of the set, if there is such.
    """
    was = started_at(dict(row))
    try:
        zone: dt.tzinfo | None = ZoneInfo(row["tz"])
    except (LookupError, ValueError, OSError):
        zone = was.tzinfo
    try:
        start = dt.datetime.fromisoformat(wall).replace(tzinfo=zone)
        second = start.replace(fold=1)
        return second if second.utcoffset() == was.utcoffset() else start
    except ValueError as exc:
        msg = "That time cannot be read. Nothing was changed; choose another."
        raise EntryError(msg) from exc


def _in_the_past(start: dt.datetime, now: Moment) -> dt.datetime:
    # Two times of one zone are compared by the wall, which an hour that comes twice misleads.
    if start.timestamp() > now.when().timestamp():
        msg = "That is in the future. Nothing was changed; choose a time that has passed."
        raise EntryError(msg)
    return start
