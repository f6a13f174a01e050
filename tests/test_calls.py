"""Plausible mistakes in a cell: taken where they can be meant, else told in a sentence."""

import datetime as dt

import pytest
from logs import NOW, SET, opened

from backcare_widgets import Log, doctor, exercise, past, reminders, report, review, today
from backcare_widgets.errors import PlainError

DAY = NOW.date()


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    log = opened(tmp_path)
    log.add(**SET, entry_id="one")
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
    assert (sorted(tmp_path.iterdir()), log.frame().to_dict("records"), log.marks()) == before
