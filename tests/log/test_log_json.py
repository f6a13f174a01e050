"""The log as JSON: every value to the letter, the same as the CSV says."""

import csv
import datetime as dt
import json
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import logs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcare_widgets import Log
from backcare_widgets.errors import LogError
from backcare_widgets.log.csv_export import unguarded

NOW = dt.datetime(2026, 3, 1, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))
SET = logs.SET | {"started_at": NOW}


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path)


def opened(folder):
    return Log.open(folder / "log.sqlite3", backups=folder / "backups", clock=lambda: NOW)


def strict(text):
    """Read JSON as a program that knows no NaN and takes no key twice."""

    def no_twice(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    def none(word):
        raise AssertionError(word)

    return json.loads(text, object_pairs_hook=no_twice, parse_constant=none)


def exported(log):
    return strict(log.export_json(log.path.with_name("out.json")).read_bytes().decode("utf-8"))


def test_the_document_says_what_it_is_and_has_sets_marks_and_settings(log, tmp_path):
    log.add(**SET, entry_id="a", pain_after=3, note="hm")
    log.mark(NOW.date(), "rest")
    log.set_setting("pain question", "hidden")
    assert log.export_json(tmp_path / "out.json") == tmp_path / "out.json"
    assert strict((tmp_path / "out.json").read_text(encoding="utf-8")) == {
        "format": "backcare-log",
        "version": 1,
        "written_at": "2026-03-01T07:30:00+01:00",
        "sets": [
            {
                "entry_id": "a",
                "exercise_id": "lying-down",
                "started_at": "2026-03-01T07:30:00.000+01:00",
                "tz": "Europe/Berlin",
                "local_day": "2026-03-01",
                "duration_s": 61.25,
                "repetitions_done": 5,
                "repetitions_prescribed": 5,
                "outcome": "done",
                "pain_before": None,
                "pain_after": 3,
                "note": "hm",
                "source": "timer",
            }
        ],
        "marks": [{"local_day": "2026-03-01", "mark": "rest"}],
        "settings": {"pain question": "hidden"},
    }


def test_what_is_in_force_comes_out_and_nothing_else(log):
    for entry_id in "ab":
        log.add(**SET, entry_id=entry_id)
    log.edit("a", note="mine")
    log.delete("b")
    log.mark(NOW.date(), "rest")
    log.mark(NOW.date(), None)
    for value in ("hidden", "shown"):
        log.set_setting("pain question", value)
    document = exported(log)
    assert [(one["entry_id"], one["note"]) for one in document["sets"]] == [("a", "mine")]
    assert document["marks"] == []
    assert document["settings"] == {"pain question": "shown"}


def test_a_log_that_is_not_there_yet_is_an_empty_document_and_is_not_made(log):
    document = exported(log)
    assert (document["sets"], document["marks"], document["settings"]) == ([], [], {})
    assert not log.path.exists()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(logs.sets, max_size=4),
    st.dictionaries(st.dates(dt.date(1900, 1, 1), dt.date(2199, 1, 1)), st.sampled_from(["rest"])),
)
def test_every_value_comes_out_to_the_letter_and_as_the_csv_has_it(given_sets, given_marks):
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name))
        for given_set in given_sets:
            log.add(**given_set)
        for day, mark in given_marks.items():
            log.mark(day, mark)
        document = exported(log)
        with log.export_csv(Path(name) / "out.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        frame = log.frame()
    for kind in ("set", "mark"):
        in_csv = [row for row in rows if row["record"] == kind]
        assert len(in_csv) == len(document[f"{kind}s"])
        for one, row in zip(document[f"{kind}s"], in_csv, strict=True):
            for field, value in one.items():
                cell = unguarded(row[field])
                assert cell == ("" if value is None else str(value)), field
            assert {k for k, cell in row.items() if cell} - {"record"} <= one.keys()
    first = {}  # the same id twice stores the first
    for given_set in given_sets:
        first.setdefault(_stored(given_set["entry_id"]), given_set)
    assert {one["entry_id"] for one in document["sets"]} == first.keys() == set(frame["entry_id"])
    for one in document["sets"]:
        was = first[one["entry_id"]]
        assert one["note"] == _stored(was["note"])
        assert one["exercise_id"] == _stored(was["exercise_id"])
        start = dt.datetime.fromisoformat(one["started_at"])
        assert abs(start - was["started_at"].astimezone(dt.UTC)) < dt.timedelta(milliseconds=1)
        if was["duration_s"] is None:
            assert one["duration_s"] is None
        else:
            assert one["duration_s"] == pytest.approx(was["duration_s"], abs=0.0006)
        same = ("repetitions_done", "repetitions_prescribed", "outcome", "source")
        for field in (*same, "pain_before", "pain_after"):
            assert one[field] == was[field]
            assert type(one[field]) is type(was[field])


def _stored(text):
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def test_the_file_is_for_its_owner_only_and_the_old_one_stays_where_it_fails(log, tmp_path):
    log.add(**SET)
    file = log.export_json(tmp_path / "out.json")
    assert file.stat().st_mode & 0o777 == 0o600
    (tmp_path / "folder").mkdir()
    for target in ("folder", "nowhere/out.json"):
        with pytest.raises(LogError, match=r"cannot be written .* The log is unchanged"):
            log.export_json(tmp_path / target)
    with pytest.raises(LogError, match="is the log itself"):
        log.export_json(log.path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"log.sqlite3", "backups", "folder", "out.json"}
