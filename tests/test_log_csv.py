import csv
import datetime as dt
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcare_widgets.errors import LogError
from backcare_widgets.log import Log
from backcare_widgets.sample import Sample

NOW = dt.datetime(2026, 3, 1, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))
SET = {
    "exercise_id": "lying-down",
    "started_at": NOW,
    "duration_s": 61.25,
    "repetitions_done": 5,
    "repetitions_prescribed": 5,
    "outcome": "done",
}
HEADER = (
    "record,entry_id,exercise_id,started_at,tz,local_day,duration_s,repetitions_done,"
    "repetitions_prescribed,outcome,pain_before,pain_after,note,source,mark"
)
GOOD = (
    "set,a,lying-down,2026-03-01T07:30:00+01:00,Europe/Berlin,"
    "2026-03-01,61.25,5,5,done,,3,hm,timer,"
)


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path, "log")


def opened(folder, name):
    return Log.open(folder / f"{name}.sqlite3", backups=folder / "backups", clock=lambda: NOW)


def imported(log, *lines, encoding="utf-8", end="\n"):
    path = log.path.with_name("given.csv")
    path.write_bytes(end.join([*lines, ""]).encode(encoding))
    return log.import_csv(path)


def test_the_export_has_one_row_a_set_and_one_a_mark(log, tmp_path):
    log.add(**SET, entry_id="a", pain_after=3, note="hm")
    log.mark(NOW.date(), "rest")
    assert log.export_csv(tmp_path / "out.csv") == tmp_path / "out.csv"
    assert (tmp_path / "out.csv").read_bytes().decode() == (
        f"{HEADER}\r\n{GOOD.replace(':00+', ':00.000+')}\r\nmark,,,,,2026-03-01,,,,,,,,,rest\r\n"
    )


def test_an_export_that_fails_leaves_the_file_that_was_there(log, tmp_path):
    log.add(**SET)
    (tmp_path / "folder").mkdir()
    for target in ("folder", "nowhere/out.csv"):
        with pytest.raises(LogError, match=r"cannot be written .* The log is unchanged"):
            log.export_csv(tmp_path / target)
    assert {path.name for path in tmp_path.iterdir()} == {"log.sqlite3", "backups", "folder"}


def test_the_log_itself_is_never_the_csv(log, tmp_path):
    log.add(**SET)
    (tmp_path / "link.csv").symlink_to(log.path)
    (tmp_path / "hard.csv").hardlink_to(log.path)
    for use in (log.export_csv, log.import_csv):
        for name in ("log.sqlite3", "link.csv", "hard.csv"):
            with pytest.raises(LogError, match="is the log itself"):
                use(tmp_path / name)
    assert len(log.frame()) == 1


def test_an_import_is_the_same_twice_as_once_and_is_undone_as_one(log, tmp_path):
    log.add(**SET, entry_id="a")
    log.add(**SET, entry_id="b")
    log.mark(NOW.date(), "pause")
    log.export_csv(tmp_path / "out.csv")
    other = opened(tmp_path, "other")
    assert str(other.import_csv(tmp_path / "out.csv")) == "3 added, 0 already there, 0 rejected"
    assert str(other.import_csv(tmp_path / "out.csv")) == "0 added, 3 already there, 0 rejected"
    pd.testing.assert_frame_equal(other.frame(), log.frame())
    assert other.marks() == log.marks()
    assert other.undo() == "Undone: 3 changes that were made together."
    assert other.frame().empty
    assert other.marks() == {}


# A letter keeps the note from being all blank in its CSV cell, which is then no blank row.
awkward = st.text(st.sampled_from("=+-@\t\r\n'\"; ,a\0\ud800é😀\u202e\x85\u2028\ufeff"), max_size=6)
starts = st.datetimes(
    dt.datetime(1975, 1, 1),
    dt.datetime(2190, 1, 1),
    timezones=st.timezones(),
    allow_imaginary=True,
)
sets = st.fixed_dictionaries(
    {
        "exercise_id": awkward.filter(str.strip) | st.just("lying-down"),
        "started_at": starts,
        "duration_s": st.none() | st.floats(0, 86_400),
        "repetitions_done": st.integers(0, 1000),
        "repetitions_prescribed": st.integers(0, 1000),
        "outcome": st.sampled_from(["done", "stopped", "stopped_for_pain"]),
        "pain_before": st.none() | st.integers(0, 10),
        "pain_after": st.none() | st.integers(0, 10),
        "note": awkward | st.sampled_from(["NA", "None", "007", "nan", "'tis", "\ufefftext"]),
        "source": st.sampled_from(["timer", "manual"]),
        "entry_id": awkward.filter(str.strip),
    }
)


@settings(max_examples=30, deadline=None)
@given(st.lists(sets, min_size=1, max_size=4))
def test_out_and_in_again_is_the_same_log_to_the_letter(given_sets):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log, other = opened(folder, "log"), opened(folder, "other")
        for given_set in given_sets:
            log.add(**given_set)
        log.export_csv(folder / "out.csv")
        report = other.import_csv(folder / "out.csv")
        assert (report.added, report.rejected) == (len(log.frame()), ())
        other.export_csv(folder / "again.csv")
        assert (folder / "again.csv").read_bytes() == (folder / "out.csv").read_bytes()
        pd.testing.assert_frame_equal(other.frame(), log.frame(), check_exact=True)


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
def test_a_note_that_looks_like_a_formula_is_disarmed_in_the_file_only(log, tmp_path, note, cell):
    log.add(**SET, note=note)
    log.export_csv(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["note"] == cell
    other = opened(tmp_path, "other")
    other.import_csv(tmp_path / "out.csv")
    assert other.frame()["note"].item() == log.frame()["note"].item() == note


def test_a_file_that_a_spreadsheet_saved_with_semicolons_is_read(log):
    row = GOOD.replace(",", ";").replace("61.25", "61,25")
    blank = ";" * 14
    report = imported(
        log, HEADER.replace(",", ";"), row, blank, "", encoding="utf-8-sig", end="\r\n"
    )
    assert str(report) == "1 added, 0 already there, 0 rejected"
    assert log.frame()["duration_s"].item() == 61.25


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            "2026-03-01T",
            "01/03/2026 ",
            "started_at is '01/03/2026 07:30:00+01:00', but must be a time",
        ),
        ("00+01:00", "00", "with its offset"),
        ("03-01T", "02-30T", "with its offset"),
        ("2026-03-01,", "2026-03-02,", "local_day is '2026-03-02', but must be 2026-03-01"),
        ("61.25", "1_0", "duration_s is '1_0'"),
        ("61.25", "nan", "duration_s is 'nan'"),
        ("61.25", "99999", "duration_s is 99999.0"),
        (",5,5,", ",5.0,5,", "repetitions_done is '5.0'"),
        (",5,5,", ",,5,", "repetitions_done is None"),
        (",5,5,", ",٥,5,", "repetitions_done is '٥'"),
        (",3,hm", ",11,hm", "pain_after is 11"),
        ("done", "finished", "outcome is 'finished'"),
        ("timer", "", "source is ''"),
        ("set,a,", "set,,", "entry_id is ''"),
        ("set,", "row,", "record is 'row', but must be one of 'set', 'mark'"),
        ("timer,", "timer,rest", "mark must be empty in the row of a set"),
        ("hm", "hm,hm", "the row has 16 cells, but must have 15"),
        ("hm,", "", "the row has 14 cells"),
        ("hm", '"hm', "the row is not whole"),
        ("hm", '"h"m', "the row is not whole"),
        (GOOD, "mark,,,,,2026-3-1x,,,,,,,,,rest", "local_day is '2026-3-1x'"),
        (GOOD, "mark,,,,,2026-03-01,,,,,,,,,holiday", "mark is 'holiday'"),
        (GOOD, "mark,,,,,2026-03-01,,,,,,,hm,,rest", "note must be empty in the row of a mark"),
    ],
)
def test_a_bad_row_is_listed_by_line_and_the_good_ones_go_in(log, before, after, reason):
    assert before in GOOD
    bad = GOOD.replace(before, after, 1)
    good = GOOD.replace("set,a", "set,b").replace("hm", '"two\nlines"')
    report = imported(log, HEADER, good, bad, GOOD.replace("set,a", "set,c"))
    assert report.added == 2
    [(line, said)] = report.rejected
    assert line == 4
    assert reason in said
    assert list(log.frame()["note"]) == ["two\nlines", "hm"]


def test_what_the_log_says_differently_or_deleted_is_kept_and_listed(log):
    imported(log, HEADER, GOOD, GOOD.replace("set,a", "set,b"), "mark,,,,,2026-03-01,,,,,,,,,rest")
    log.edit("a", note="mine")
    log.delete("b")
    report = imported(
        log, HEADER, GOOD, GOOD.replace("set,a", "set,b"), "mark,,,,,2026-03-01,,,,,,,,,pause"
    )
    assert (report.added, report.already_there) == (0, 0)
    assert report.rejected == (
        (2, "the log says otherwise; it was not changed."),
        (3, "this set was deleted from the log."),
        (4, "the log says otherwise; it was not changed."),
    )
    assert list(log.frame()["note"]) == ["mine"]
    assert log.marks() == {NOW.date(): "rest"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "other columns"),
        (HEADER.replace("note,", "").encode() + b"\n", "other columns"),
        ((HEADER + ",extra\n").encode(), "other columns"),
        ((HEADER + "\n" + GOOD.replace("hm", "h\xfc")).encode("latin-1"), "not UTF-8"),
        (HEADER.encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_file_that_is_no_export_is_refused_whole(log, tmp_path, content, message):
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(LogError, match=message):
        log.import_csv(tmp_path / "bad.csv")
    with pytest.raises(LogError, match=r"cannot be read .* Nothing was imported"):
        log.import_csv(tmp_path / "missing.csv")
    assert not log.path.exists()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_row_is_never_shifted_by_a_character_put_in_or_taken_out(data):
    """Whatever one slip of the hand does to a file, a stored set has one of its own values."""
    lines = [HEADER, *(GOOD.replace("set,a", f"set,{n}") for n in range(3))]
    text = "\n".join([*lines, ""])
    at = data.draw(st.integers(len(HEADER) + 1, len(text) - 1))
    slip = data.draw(st.sampled_from(["", ",", '"', "\n", ";", "'", "\r"]))
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name), "log")
        path = Path(name) / "slip.csv"
        path.write_bytes((text[:at] + slip + text[at + (slip == "") :]).encode())
        report = log.import_csv(path)
        frame = log.frame()
    assert report.added >= 2 - (slip == "")
    assert report.added + len(report.rejected) >= 2
    assert set(frame["outcome"]) <= {"done"}
    assert set(frame["source"]) <= {"timer"}
    assert set(frame["repetitions_prescribed"]) <= {5}
    assert frame["pain_before"].isna().all()


@pytest.mark.parametrize("rows", [[], [GOOD.replace(",3,", ",11,")]])
def test_a_sample_with_a_mistake_is_not_shown_in_part(tmp_path, rows):
    (tmp_path / "sample.csv").write_text("\n".join([HEADER, *rows]))
    with pytest.raises(
        LogError, match=r"sample log .* cannot be used \((it is empty|line 2: pain)"
    ):
        Sample(tmp_path / "sample.csv")
