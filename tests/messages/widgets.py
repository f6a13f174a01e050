"""What the screens are answered by the kernel, `today()`, and what stands in for a widget."""

from __future__ import annotations

import datetime as dt

from logs import NOW, SET, opened

from backcare_widgets import exercise, past, records, review, today

from .said import Row, Said, Told
from .storage import DAY, written

HERE = {"started_at": NOW.isoformat(), "utc_offset_min": 0, "tz": ""}
TOMORROW = HERE | {"started_at": (NOW + dt.timedelta(days=1)).isoformat()}
FIELDS = {
    "exercise_id": "lying-down", "repetitions_done": 5, "outcome": "done", "pain_before": None,
    "pain_after": None, "note": "", "minutes": None,
}  # fmt: skip
SENT = {name: value for name, value in SET.items() if name != "started_at"} | HERE


def answered(widget, op, **question):
    """Return what a screen would show of an answer."""
    answer, _ = widget.answer_to({"id": "1", "op": op, "now": HERE} | question)
    return answer.get("problem") or answer.get("said") or answer


def listed(op, *before, **question):
    """Return a row's way to ask the list, after other questions: names of ops, or with more."""

    def provoke(folder):
        widget = past(log=written(folder))
        for earlier in before:
            answered(widget, **earlier)
        return answered(widget, op, **question)

    return provoke


def marking(mark, day=str(DAY)):
    return {"op": "mark", "day": day, "mark": mark}


def editing(**fields):
    return {"op": "edit", "entry_id": "one", "fields": fields}


def adding(**entry):
    """Return a row's way to send a set from a session."""
    sent = SENT | {"entry_id": "a", "source": "timer"} | entry
    return lambda folder: answered(exercise("lying-down", log=opened(folder)), "add", entry=sent)


def broken(error):
    """Return a row's way to meet an error that nobody foresaw, in a session's answer."""

    def answer(self, question):
        raise error

    def provoke(folder):
        session = exercise("lying-down", log=opened(folder))
        session.__class__ = type("Broken", (session.__class__,), {"answer": answer})
        return answered(session, "today")

    return provoke


def due(day=DAY, *, add=(), mark=None):
    def provoke(folder):
        log = opened(folder)
        for exercise_id in add:
            log.add(**SET | {"exercise_id": exercise_id})
        if mark:
            log.mark(day, mark)
        return today(log=log, day=day)

    return provoke


DELETE = {"op": "delete", "entry_id": "one"}
NOTHING_CHANGED = "Nothing was changed"
ROWS = {
    "records outside JupyterLab": Row(
        lambda folder: repr(records(log=opened(folder))),
        Told("when this cell is run in JupyterLab"),
    ),
    "not understood": Row(
        listed("fly"),
        Said("does not understand", NOTHING_CHANGED, "run the cell again"),
    ),
    "interrupted": Row(
        broken(KeyboardInterrupt()),
        Said("was interrupted before it was done", "What is in the log is kept", "try again"),
    ),
    "something unforeseen": Row(
        broken(ZeroDivisionError()),
        Said("Something went wrong", "What is in the log is kept", "Run the cell again"),
    ),
    "a set without a start": Row(
        adding(started_at="?"),
        Said("without a readable start", "It was not saved", "write it down by hand"),
    ),
    "a set with a pain of 11": Row(
        adding(pain_before=11),
        Said("pain_before is 11", "Nothing was saved", "give another value"),
    ),
    "a set that nobody has": Row(
        listed("edit", entry_id="two", fields={}),
        Said("The log has no such set", NOTHING_CHANGED, "run the cell to see"),
    ),
    "a set deleted meanwhile": Row(
        listed("edit", DELETE, entry_id="one", fields={"note": "x"}),
        Said("was deleted meanwhile", "was not changed", "Put it back first, under “deleted”"),
    ),
    "a time that cannot be read": Row(
        listed(**editing(when="noon")),
        Said("That time cannot be read", NOTHING_CHANGED, "choose another"),
    ),
    "a time to come": Row(
        listed("add", entry_id="b", moment=TOMORROW, prescribed=5, fields=FIELDS),
        Said("That is in the future", NOTHING_CHANGED, "choose a time that has passed"),
    ),
    "a day to come": Row(
        listed(**marking("rest", "2026-03-09")),
        Said("That day is in the future", NOTHING_CHANGED, "mark it when it has come"),
    ),
    "rest where a pause begins": Row(
        listed("mark", marking("pause"), day=str(DAY), mark="rest"),
        Said("a pause begins", NOTHING_CHANGED, "nothing is due on it anyway"),
    ),
    "rest where a pause ends": Row(
        listed("mark", marking("resume"), day=str(DAY), mark="flare-up"),
        Said("a pause ends", NOTHING_CHANGED, "pause again if nothing should be due"),
    ),
    "deleted": Row(listed(**DELETE), Told("Deleted. Undo brings it back.")),
    "put back": Row(
        listed("bring_back", DELETE, entry_id="one"), Told("The set is in the log again.")
    ),
    "nothing to undo": Row(
        listed("undo", {"op": "undo"}), Told("There is nothing to undo.")
    ),
    "nothing to redo": Row(listed("redo"), Told("There is no undo to take back.")),
    "written down": Row(
        listed("add", entry_id="b", moment=HERE, prescribed=5, fields=FIELDS),
        Told("Written down for 1 March 2026."),
    ),
    "changed": Row(listed(**editing(note="x")), Told("What it was before is kept.")),
    "stopped for pain": Row(
        lambda folder: answered(past(log=written(folder, outcome="stopped_for_pain")), "days"),
        Told("5 of 5 repetitions, stopped for pain"),
    ),
    "paused": Row(listed(**marking("pause")), Told("Paused: nothing is due until you resume.")),
    "paused since": Row(
        lambda folder: [
            log := written(folder), log.mark(DAY, "pause"), answered(past(log=log), "days")
        ][-1],
        Told("Paused since 1 March 2026: nothing is due."),
    ),
    "resumed": Row(listed(**marking("resume")), Told("Resumed: sets are due again from 1 March")),
    "a rest day": Row(listed(**marking("rest")), Told("is marked as a rest day: nothing is due")),
    "a flare-up": Row(listed(**marking("flare-up")), Told("is marked as a flare-up: nothing is")),
    "a mark taken away": Row(
        listed("mark", marking("rest"), day=str(DAY), mark=None), Told("has no mark any more.")
    ),
    "a pause taken away": Row(
        listed("mark", marking("pause"), day=str(DAY), mark=None),
        Told("has no mark any more: no pause begins or ends on it."),
    ),
    "the list in text": Row(
        lambda folder: repr(past(log=written(folder))), Told("when this cell is run in JupyterLab")
    ),
    "the charts in text": Row(
        lambda folder: repr(review(log=written(folder))), Told("The charts are shown here when")
    ),
    "the session in text": Row(
        lambda folder: repr(exercise("lying-down", log=written(folder))),
        Told("To be led through it by the timer, run this cell in JupyterLab."),
    ),
    "today": Row(due(), Told("no daily goal; when it suits you")),
    "today, all done": Row(due(add=["sitting-down"]), Told("That is all for today")),
    "today at rest": Row(due(mark="rest"), Told("nothing due today")),
}  # fmt: skip
