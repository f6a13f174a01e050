"""What goes out of the log as CSV and as JSON, and that both say the same."""

import csv
import datetime as dt
import json
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import logs
import pytest
from faults import tried
from hypothesis import given
from hypothesis import strategies as st
from logs import opened

from backcare_widgets import Log
from backcare_widgets.errors import LogError
from backcare_widgets.log.export import COLUMNS, guarded, unguarded

NOW = dt.datetime(2026, 3, 1, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))
SET = logs.SET | {"started_at": NOW}
BOTH = pytest.mark.parametrize("export", [Log.export_csv, Log.export_json])


def rows_of_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def document_of(log):
    return json.loads(log.export_json(log.path.with_name("out.json")).read_text("utf-8"))


def test_fault_53_the_csv_begins_with_a_byte_order_mark_so_that_excel_reads_it_as_utf_8(
    log, tmp_path
):
    log.add(**SET, entry_id="a", pain_after=3, note="Rücken")
    log.mark(NOW.date(), "rest")
    assert log.export_csv(tmp_path / "out.csv") == tmp_path / "out.csv"
    assert (tmp_path / "out.csv").read_bytes() == b"\xef\xbb\xbf" + (
        ",".join(COLUMNS) + "\r\n"
        "set,a,lying-down,2026-03-01T07:30:00.000+01:00,Europe/Berlin,2026-03-01,61.25,5,5,done,"
        ",3,Rücken,timer,\r\n"
        "mark,,,,,2026-03-01,,,,,,,,,rest\r\n"
    ).encode()
    tried()


def test_the_json_says_what_it_is_and_has_sets_marks_and_settings(log, tmp_path):
    log.add(**SET, entry_id="a", pain_after=3, note="hm")
    log.mark(NOW.date(), "rest")
    log.set_setting("pain question", "hidden")
    assert log.export_json(tmp_path / "out.json") == tmp_path / "out.json"
    a_set = SET | {
        "entry_id": "a",
        "started_at": "2026-03-01T07:30:00.000+01:00",
        "tz": "Europe/Berlin",
        "local_day": "2026-03-01",
        "pain_before": None,
        "pain_after": 3,
        "note": "hm",
        "source": "timer",
    }
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == {
        "format": "backcare-log",
        "version": 1,
        "written_at": "2026-03-01T12:00:00+00:00",
        "sets": [a_set],
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
    document = document_of(log)
    assert [(one["entry_id"], one["note"]) for one in document["sets"]] == [("a", "mine")]
    assert document["marks"] == []
    assert document["settings"] == {"pain question": "shown"}


def test_a_log_that_is_not_there_yet_is_an_empty_document_and_is_not_made(log):
    document = document_of(log)
    assert (document["sets"], document["marks"], document["settings"]) == ([], [], {})
    assert not log.path.exists()


def stored(text):
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


@given(
    st.lists(logs.sets, max_size=4),
    st.dictionaries(st.dates(dt.date(1900, 1, 1), dt.date(2199, 1, 1)), st.sampled_from(["rest"])),
)
def test_every_value_comes_out_to_the_letter_in_both(given_sets, given_marks):
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name))
        for given_set in given_sets:
            log.add(**given_set)
        for day, mark in given_marks.items():
            log.mark(day, mark)
        document = document_of(log)
        in_csv = rows_of_csv(log.export_csv(Path(name) / "out.csv"))
    for row, one in zip(in_csv, document["sets"] + document["marks"], strict=True):
        assert row["record"] == ("set" if "entry_id" in one else "mark")
        cells = {name: unguarded(cell) for name, cell in row.items() if cell}
        known = {name: str(value) for name, value in one.items() if value not in (None, "")}
        assert cells == known | {"record": row["record"]}
    first = {}  # the same id twice stores the first
    for given_set in given_sets:
        first.setdefault(stored(given_set["entry_id"]), given_set)
    assert {one["entry_id"] for one in document["sets"]} == first.keys()
    for one in document["sets"]:
        was = first[one["entry_id"]]
        start = dt.datetime.fromisoformat(one["started_at"])
        assert abs(start - was["started_at"].astimezone(dt.UTC)) < dt.timedelta(milliseconds=1)
        assert one["duration_s"] == pytest.approx(was["duration_s"], abs=0.0006)
        texts = {text: stored(was[text]) for text in ("note", "exercise_id", "entry_id")}
        measured = {field: one[field] for field in ("started_at", "duration_s")}
        assert one == one | was | texts | measured


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("'=x", "''=x"),
        ("''x", "'''x"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_fault_21_a_note_that_looks_like_a_formula_is_disarmed_in_the_csv_only(
    log, tmp_path, note, cell
):
    assert (guarded(note), unguarded(cell)) == (cell, note)
    log.add(**SET, note=note)
    [row] = rows_of_csv(log.export_csv(tmp_path / "out.csv"))
    assert row["note"] == cell
    assert [one["note"] for one in document_of(log)["sets"]] == list(log.frame()["note"]) == [note]


def test_fault_21_the_first_cell_is_no_word_that_makes_a_spreadsheet_see_another_format():
    """A file that begins with ID is taken for SYLK."""
    assert not COLUMNS[0].upper().startswith("ID")
    tried()


@BOTH
def test_an_export_is_for_its_owner_only_and_a_failed_one_leaves_what_was_there(
    log, tmp_path, export
):
    log.add(**SET)
    for _ in "ab":  # also over one that was there
        assert export(log, tmp_path / "out").stat().st_mode & 0o777 == 0o600
    (tmp_path / "folder").mkdir()
    for target in ("folder", "nowhere/out"):
        with pytest.raises(LogError, match=r"cannot be written .* The log is unchanged"):
            export(log, tmp_path / target)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"log.sqlite3", "backups", "folder", "out"}


@BOTH
def test_an_export_never_goes_over_the_log_itself(log, tmp_path, export):
    log.add(**SET)
    (tmp_path / "link").symlink_to(log.path)
    (tmp_path / "hard").hardlink_to(log.path)
    for name in ("log.sqlite3", "link", "hard"):
        with pytest.raises(LogError, match="is the log itself"):
            export(log, tmp_path / name)
    assert len(log.frame()) == 1
