"""Plausible mistakes in a cell: taken where they can be meant, else told in a sentence."""

import datetime as dt
import enum
import inspect
import warnings
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from logs import NOW, SET, opened
from public import functions, parameters
from tables import PROGRAMME, days, done
from tables import log as table_of

from backcare_widgets import (
    Log,
    adherence,
    charts,
    doctor,
    exercise,
    past,
    records,
    reminders,
    report,
    review,
    today,
)
from backcare_widgets.errors import PlainError, ProgrammeError, TextChanged

mpl.use("Agg")

from matplotlib import pyplot as plt

DAY = NOW.date()
LYING = PROGRAMME.exercises[0]
FRAME, DAILY = table_of(done(4)), days(done(4))


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    log = opened(tmp_path)
    log.add(**SET, entry_id="one", note="stiff")
    return log


def test_fault_54_a_path_is_taken_wherever_a_log_is(log, tmp_path):
    for given in (log, log.path, str(log.path)):
        assert "1 of 3 sets done" in repr(today(log=given, day=DAY))
        assert exercise("lying-down", log=given).about["log_id"] == log.id
        moment = {"started_at": NOW.isoformat(), "utc_offset_min": 0}
        answer, _ = past(log=given).answer_to({"id": "1", "op": "days", "now": moment})
        assert [len(day["sets"]) for day in answer["days"]] == [1]
        asked = {"period": "All", "width": 500, "ratio": 1}
        answer, _ = review(log=given).answer_to({"id": "1", "op": "draw", "now": moment} | asked)
        assert answer["is_sample"] is False
        made = report(tmp_path / "r.html", log=given, today=DAY)
        assert made.facts.counts is None
        assert "1 set on 1 day" in repr(doctor(given))
        assert Log.open(given).path == log.path


def test_fault_54_the_text_of_a_day_is_taken_wherever_a_day_is_read(log, tmp_path):
    assert repr(today(log=log, day="2026-03-01")) == repr(today(log=log, day=DAY))
    made = [report(tmp_path / "r.html", log=log, since=d, today=d) for d in (DAY, "2026-03-01")]
    assert made[0].facts == made[1].facts


def test_fault_54_an_exercise_is_found_by_its_title_or_by_what_was_nearly_its_id(log):
    for named in ("lying-down", "Lying-Down", " lying_down ", "Lying down", LYING.title):
        assert exercise(named, log=log).exercise == LYING
    clash = replace(PROGRAMME, exercises=(LYING, replace(LYING, id="lying")))
    assert clash["lying"].id == "lying"
    with pytest.raises(ProgrammeError, match="There is no exercise 'Lying down'"):
        clash["Lying down"]


def test_fault_54_what_pandas_and_numpy_hold_is_taken_for_what_it_is(log, tmp_path):
    day = log.frame()["local_day"].iloc[0]
    assert repr(today(log=log, day=day)) == repr(today(log=log, day=DAY))
    log.mark(day, "rest")
    assert log.marks() == {DAY: "rest"}
    assert log.sets_on(day) == log.sets_on("2026-03-01") == log.sets_on(DAY) != []
    ids = log.frame()["entry_id"]
    how = {"log": log, "today": day, "weeks": np.int64(1), "notes": ids}
    assert report(tmp_path / "r.html", **how).facts.notes
    now = pd.Timestamp("2026-03-01 12:00", tz="UTC")
    assert log.add(**SET | {"started_at": now, "repetitions_done": np.int64(3)})
    made = [reminders(tmp_path / "r.ics", now=each).lines for each in (now, NOW)]
    assert made[0] == made[1]
    marks = {day: "rest"}
    tables = [
        adherence.daily(log.frame(), PROGRAMME, marks, today, today)
        for today in (day, "2026-03-01", DAY)
    ]
    assert all(table.equals(tables[0]) for table in tables)
    assert adherence.period(tables[0], np.int64(7)) == adherence.period(tables[0], 7)


NOTHING = object()
VALUES = {
    "none": None,
    "a list": ["a"],
    "a number": 7,
    "a part": 2.5,
    "not a number": float("nan"),
    "too much": 10**400,
    "a truth": True,
    "a text": "abc",
    "no text": "",
    "half an emoji": "\ud83d",
    "a long text": "x" * 5000,
    "bytes": b"a",
    "a day": DAY,
    "the last day": dt.date.max,
    "a time": dt.datetime(2026, 3, 1, 12),
    "a span": dt.timedelta(1),
    "of numpy": np.float64(2.5),
    "a day of numpy": np.datetime64("2026-03-01"),
    "an array": np.array([1, 2]),
    "a time of pandas": pd.Timestamp("2026-03-01 12:00"),
    "the last time of pandas": pd.Timestamp.max,
    "not available": pd.NA,
    "not a time": pd.NaT,
    "a column": pd.Series([1, 2]),
    "no table": pd.DataFrame(),
    "another table": pd.DataFrame({"done": ["a"]}),
    "a path": Path("a"),
    "a decimal": Decimal(3),
    "a choice": enum.Enum("Choice", "rest").rest,
    "a function": print,
    "nothing that is known": NOTHING,
}
# What a call needs besides, and is given where another parameter is tried.
GIVEN = {
    "exercise": {"exercise_id": "lying-down"},
    "Log.add": SET,
    "Log.edit": {"entry_id": "one"},
    "Log.mark": {"day": DAY, "mark": "rest"},
    "Log.set_setting": {"name": "a", "value": "b"},
    "reminders": {"now": NOW},
}
NEEDED = {"entries": FRAME, "daily": DAILY, "programme": PROGRAMME}
# The seams of tests and the switches, which are true or not.
NOT_TRIED = {
    *("Log.open.clock", "Log.open.patience"),
    *("Log.open.sample_if_empty", "Log.import_csv.dry_run"),
}


@pytest.mark.parametrize("parameter", sorted(parameters() - NOT_TRIED))
def test_fault_54_whatever_a_parameter_is_given_is_taken_or_told_in_a_sentence(
    parameter, log, tmp_path, monkeypatch
):
    """No list of calls: each parameter of each public function is tried with each value."""
    monkeypatch.setenv("BACKCARE_LOG", str(log.path))
    monkeypatch.chdir(tmp_path)
    name, _, tried_one = parameter.rpartition(".")
    function = functions()[name]
    needs = inspect.signature(function).parameters
    first = [log] if "self" in needs else []
    for what, value in VALUES.items():
        given = {n: NEEDED[n] for n in needs if n in NEEDED and name[0].islower() and "." in name}
        given |= GIVEN.get(name, {}) | ({"log": log} if "log" in needs else {})
        fields = {tried_one: value}
        if tried_one == "changes":
            fields = dict.fromkeys(SET, value)
        given |= fields
        positional = [given.pop("entry_id")] if name == "Log.edit" else []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", TextChanged)
            try:
                function(*first, *positional, **given)
            except PlainError as error:
                said = str(error)
                assert len(said) < 900, what
                assert "object at" not in said or value is NOTHING, what
            finally:
                plt.close("all")


# What is called with a log that has a set, and with a folder.
CALLS = {
    "today, a day in words": lambda log, _: today(log=log, day="1 March"),
    "today, a time": lambda log, _: today(log=log, day=NOW),
    "today, a list": lambda log, _: today(log=[]),
    "today, a number": lambda log, _: today(log=5),
    "exercise, a list": lambda log, _: exercise("lying-down", log=["a"]),
    "exercise, none": lambda log, _: exercise(None, log=log),
    "exercise, one in a list": lambda log, _: exercise(["lying-down"], log=log),
    "past, a number": lambda log, _: past(log=5),
    "report, a number": lambda log, to: report(to / "r.pdf", log=5),
    "report, since": lambda log, to: report(to / "r.pdf", log=log, since=5),
    "report, weeks": lambda log, to: report(to / "r.pdf", log=log, weeks="8"),
    "reminders, a date": lambda log, to: reminders(to / "r.ics", now=DAY),
    "reminders, times": lambda log, to: reminders(to / "r.ics", times=["08:00"]),
    "edit, an id": lambda log, _: log.edit("one", entry_id="x"),
    "edit, an unknown field": lambda log, _: log.edit("one", pain=3),
    "edit, a list": lambda log, _: log.edit(["one"], note=""),
    "delete, none": lambda log, _: log.delete(None),
    "mark, a text": lambda log, _: log.mark("2026-03-01", "rest"),
    "mark, an unknown one": lambda log, _: log.mark(DAY, "holiday"),
    "import, none": lambda log, _: log.import_csv(None),
    "merge, a list": lambda log, _: log.merge([log.path]),
    "exercise, helped by the title of none": lambda log, _: exercise("down", log=log),
    "records, a number": lambda log, _: records(log=5),
    "review, a number": lambda log, _: review(log=5),
    "report, notes": lambda log, to: report(to / "r.pdf", log=log, notes=[["one"]]),
    "report, name": lambda log, to: report(to / "r.pdf", log=log, name=b"A"),
    "reminders, not a time": lambda _, to: reminders(to / "r.ics", now=pd.NaT),
    "reminders, the first time": lambda _, to: reminders(to / "r.ics", now=dt.datetime.min),
    "reminders, the first time of UTC": lambda _, to: reminders(
        to / "r.ics", now=dt.datetime.min.replace(tzinfo=dt.UTC)
    ),
    "reminders, the last days": lambda _, to: reminders(
        to / "r.ics", now=dt.datetime(9999, 12, 28)
    ),
    "reminders, an exercise twice": lambda _, to: reminders(
        to / "r.ics", times={"lying-down": ["08:00"], "Lying down": ["09:00"]}
    ),
    "dashboard, swapped": lambda log, _: charts.dashboard(FRAME, DAILY),
    "dashboard, of no width": lambda log, _: charts.dashboard(DAILY, FRAME, width=0),
    "calendar, entries": lambda log, _: charts.calendar(FRAME),
    "trend, a figure": lambda log, _: charts.trend(DAILY, plt.figure()),
    "pain, without columns": lambda log, _: charts.pain(FRAME[["entry_id"]]),
    "pain, words for numbers": lambda log, _: charts.pain(FRAME.astype({"pain_before": "str"})),
    "summary, one table": lambda log, _: charts.summary(DAILY, DAILY),
    "daily, a log": lambda log, _: adherence.daily(log, PROGRAMME),
    "daily, no programme": lambda log, _: adherence.daily(FRAME, None, log.marks, None),
    "daily, marks not called": lambda log, _: adherence.daily(FRAME, PROGRAMME, log.marks),
    "daily, a day in words": lambda log, _: adherence.daily(FRAME, PROGRAMME, today="1 March"),
    "period, a span": lambda log, _: adherence.period(DAILY, "7 days"),
    "add, a text": lambda log, _: log.add(**SET | {"started_at": "now"}),
    "add, a span": lambda log, _: log.add(**SET | {"duration_s": dt.timedelta(1)}),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_fault_54_what_cannot_be_meant_is_a_sentence_and_changes_nothing(call, log, tmp_path):
    before = sorted(tmp_path.iterdir()), log.frame().to_dict("records"), log.marks()
    with pytest.raises(PlainError) as caught:
        call(log, tmp_path)
    said = str(caught.value)
    assert said[-1] == ".", said
    assert "\n" not in said
    assert (sorted(tmp_path.iterdir()), log.frame().to_dict("records"), log.marks()) == before
