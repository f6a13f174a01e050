"""A CSV into the log: what is taken, what is refused, and what is said of each row."""

import csv
import datetime as dt
import re
import tempfile
import time
import warnings
from contextlib import nullcontext
from pathlib import Path
from zoneinfo import ZoneInfo

import logs
import pandas as pd
import pytest
from faults import kept, tried
from hypothesis import example, given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from logs import opened

from backcare_widgets.errors import LogError, TextChanged
from backcare_widgets.log import csv_import
from backcare_widgets.log.csv_import import ImportedRow, ImportReport
from backcare_widgets.log.sample import SampleLog

NOW = dt.datetime(2026, 3, 1, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))
SET = logs.SET | {"started_at": NOW}
HEADER = (
    "record,entry_id,exercise_id,started_at,tz,local_day,duration_s,repetitions_done,"
    "repetitions_prescribed,outcome,pain_before,pain_after,note,source,mark"
)
GOOD = (
    "set,a,lying-down,2026-03-01T07:30:00+01:00,Europe/Berlin,"
    "2026-03-01,61.25,5,5,done,,3,hm,timer,"
)
MARK = "mark,,,,,2026-03-01,,,,,,,,,rest"


def written(log, *lines, encoding="utf-8", end="\n"):
    log.path.parent.mkdir(exist_ok=True)
    path = log.path.with_name("given.csv")
    path.write_bytes(end.join([*lines, ""]).encode(encoding))
    return path


def imported(log, *lines, **how):
    return log.import_csv(written(log, *lines, **how))


def semicolons(line):
    return line.replace(",", ";").replace("61.25", "61,25")


def test_an_import_is_the_same_twice_as_once_and_is_undone_as_one(log, tmp_path):
    log.add(**SET, entry_id="a")
    log.add(**SET, entry_id="b")
    log.mark(NOW.date(), "pause")
    log.export_csv(tmp_path / "out.csv")
    other = opened(tmp_path / "other")
    assert repr(other.import_csv(tmp_path / "out.csv")) == "3 added, 0 already there, 0 refused"
    assert repr(other.import_csv(tmp_path / "out.csv")) == "0 added, 3 already there, 0 refused"
    pd.testing.assert_frame_equal(other.frame(), log.frame())
    assert other.marks() == log.marks()
    assert other.undo()
    assert other.frame().empty
    assert other.marks() == {}
    assert other.undo() is None


@given(st.lists(logs.sets, min_size=1, max_size=4))
def test_fault_20_out_and_in_again_is_the_same_log_to_the_letter(given_sets):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log, other = opened(folder / "log"), opened(folder / "other")
        for given_set in given_sets:
            log.add(**given_set)
        report = other.import_csv(log.export_csv(folder / "out.csv"))
        assert (report.added, report.refused) == (len(log.frame()), 0)
        other.export_csv(folder / "again.csv")
        assert (folder / "again.csv").read_bytes() == (folder / "out.csv").read_bytes()
        pd.testing.assert_frame_equal(other.frame(), log.frame(), check_exact=True)
        kept(list(log.frame()["entry_id"]), list(other.frame()["entry_id"]))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
@example(["NA", "None", "007", "nan", "\u202egnol\n\r\n", 'a,b\n"c"', "😀" * 2000, "x" * 4000])
def test_fault_20_any_text_comes_back_to_the_letter_from_the_log_and_from_a_csv(texts):
    """What SQLite or UTF-8 cannot hold becomes U+FFFD, and that is said."""
    whole = [re.sub("[\0\ud800-\udfff]", "\ufffd", text) for text in texts]
    with tempfile.TemporaryDirectory() as name:
        log, other = opened(Path(name) / "log"), opened(Path(name) / "other")
        for n, text in enumerate(texts):
            expects = pytest.warns(TextChanged) if text != whole[n] else nullcontext()
            with expects:
                log.add(**SET, note=text, entry_id=f"{n}")
        other.import_csv(log.export_csv(Path(name) / "out.csv"))
        for one in (log, other):
            notes = dict(zip(one.frame()["entry_id"], one.frame()["note"], strict=True))
            kept(set(enumerate(whole)), {(int(n), note) for n, note in notes.items()})


def test_fault_20_an_import_says_in_which_line_a_character_was_replaced(log):
    report = imported(log, HEADER, GOOD.replace("hm", "h\0m"))
    reason = "characters that cannot be stored were replaced by \ufffd."
    assert report.rows == (ImportedRow(2, "added", reason),)
    assert reason in repr(report)
    assert log.frame()["note"].item() == "h\ufffdm"
    tried()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("2026-03-01T", "01/03/2026 ", "started_at must be a time with its offset, such as 2026-"),
        ("00+01:00", "00", "started_at must be a time with its offset"),
        ("03-01T", "02-30T", "started_at must be a time with its offset"),
        ("2026-03-01,", "2026-03-02,", "local_day must be 2026-03-01, the day of started_at"),
        ("61.25", "1_0", "duration_s must be seconds from 0 to 86400"),
        ("61.25", "nan", "duration_s must be"),
        ("61.25", "99999", "duration_s must be"),
        (",5,5,", ",5.0,5,", "repetitions_done must be a whole number from 0 to 1000"),
        (",5,5,", ",,5,", "repetitions_done must be"),
        (",5,5,", ",٥,5,", "repetitions_done must be"),
        (",5,5,", ",5,1001,", "repetitions_prescribed must be"),
        (",3,hm", ",11,hm", "pain_after must be a whole number from 0 to 10, or empty."),
        ("done", "finished", "outcome must be one of done, stopped, stopped_for_pain."),
        ("timer", "", "source must be one of timer, manual."),
        ("set,a,", "set,,", "entry_id must be text of 1 to 100 characters."),
        ("Europe/Berlin", "x" * 101, "tz must be the name of a time zone, or empty."),
        ("hm", "x" * 4001, "note must be text of at most 4000 characters."),
        ("set,", "row,", "record must be set or mark."),
        ("timer,", "timer,rest", "mark must be empty in the row of a set."),
        ("hm", "hm,hm", "the row has 16 cells, but must have 15."),
        ("hm,", "", "the row has 14 cells, but must have 15."),
        ("hm", '"hm', "the row is not whole; look at its quotation marks."),
        ("hm", '"h"m', "the row is not whole"),
        (GOOD, MARK.replace("03-01", "3-1x"), "local_day must be a date as YYYY-MM-DD."),
        (GOOD, MARK.replace("2026", "1826"), "local_day must be a date as YYYY-MM-DD."),
        (GOOD, MARK.replace("rest", "holiday"), "mark must be one of rest, flare-up, pause,"),
        (GOOD, MARK.replace(",,rest", "hm,,rest"), "note must be empty in the row of a mark."),
    ],
)  # fmt: skip
def test_fault_18_a_bad_row_is_refused_by_line_and_the_good_ones_go_in(log, before, after, reason):
    assert before in GOOD
    bad = GOOD.replace(before, after, 1)
    good = GOOD.replace("set,a", "set,b").replace("hm", '"two\nlines"')
    report = imported(log, HEADER, good, bad, GOOD.replace("set,a", "set,c"))
    assert [row[:2] for row in report.rows] == [(2, "added"), (4, "refused"), (5, "added")]
    assert report.rows[1].reason.startswith(reason)
    assert list(log.frame()["note"]) == ["two\nlines", "hm"]


def test_the_log_keeps_what_it_says_differently_or_deleted(log):
    lines = [HEADER, GOOD, GOOD.replace("set,a", "set,b"), MARK]
    imported(log, *lines)
    log.edit("a", note="mine")
    log.delete("b")
    report = imported(log, *lines[:-1], MARK.replace("rest", "pause"))
    assert report.rows == (
        (2, "refused", "the log has different values for this set, and kept them."),
        (3, "refused", "this set was deleted from the log; past() can put it back."),
        (4, "refused", "the log has different values for this day, and kept them."),
    )
    assert list(log.frame()["note"]) == ["mine"]
    assert log.marks() == {NOW.date(): "rest"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\ufeff",
        "sep=;",
        HEADER.replace("note,", ""),
        HEADER + ",extra",
        HEADER.replace("note", "mark"),
        f"{HEADER}\n{GOOD}".replace(",", "\t"),
        f"sep=;\n{HEADER}\n{GOOD}",
    ],
)
def test_fault_18_a_file_that_is_no_export_is_refused_whole(log, tmp_path, content):
    (tmp_path / "bad.csv").write_text(content, encoding="utf-8")
    with pytest.raises(LogError) as refused:
        log.import_csv(tmp_path / "bad.csv")
    assert str(refused.value) == (
        f"{tmp_path / 'bad.csv'} has other columns than the log exports. Nothing was imported;"
        f" its first line must be, with commas or semicolons between: {HEADER}"
    )
    assert not log.path.exists()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_fault_53_a_file_in_another_encoding_is_refused_whole_with_the_way_out(log, encoding):
    text = GOOD.replace("hm", "Rücken")
    way_out = r"is not UTF-8 text\. Nothing was imported; save it as “CSV UTF-8”"
    with pytest.raises(LogError, match=way_out):
        imported(log, HEADER, text, encoding=encoding)
    assert not log.path.exists()
    tried()


def test_fault_19_a_file_that_cannot_be_read_says_to_close_it_in_the_other_program(log, tmp_path):
    (tmp_path / "folder.csv").mkdir()  # as unreadable as a locked one, for root too
    for name in ("folder.csv", "missing.csv"):
        with pytest.raises(LogError, match=r"Nothing was imported; .*close the file in"):
            log.import_csv(tmp_path / name)
    with pytest.raises(LogError, match="is the log itself"):
        log.import_csv(log.path)
    tried()


@given(data=st.data())
def test_fault_18_a_row_is_never_shifted_by_a_character_put_in_or_taken_out(data):
    """Whatever one slip of the hand does to a file, a stored set has one of its own values."""
    lines = [HEADER, *(GOOD.replace("set,a", f"set,{n}") for n in range(3))]
    text = "\n".join([*lines, ""])
    at = data.draw(st.integers(len(HEADER) + 1, len(text) - 1))
    slip = data.draw(st.sampled_from(["", ",", '"', "\n", ";", "'", "\r"]))
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name))
        path = Path(name) / "slip.csv"
        path.write_bytes((text[:at] + slip + text[at + (slip == "") :]).encode())
        report = log.import_csv(path)
        frame = log.frame()
    assert report.added >= 2 - (slip == "")
    assert report.added + report.refused >= 2
    assert set(frame["outcome"]) <= {"done"}
    assert set(frame["source"]) <= {"timer"}
    assert set(frame["repetitions_prescribed"]) <= {5}
    assert frame["pain_before"].isna().all()
    tried()


@pytest.mark.parametrize(
    "lines",
    [
        [semicolons(HEADER), semicolons(GOOD), ";" * 14],
        ["sep=;", semicolons(HEADER), semicolons(GOOD)],
        ["SEP=,", HEADER, GOOD],
        ['"sep=;"', semicolons(HEADER), semicolons(GOOD)],
        ["sep=,,,,,,,,,,,,,,,", HEADER, GOOD],
        [",".join(f'"{cell}"' for cell in line.split(",")[::-1]) for line in (HEADER, GOOD)],
        [HEADER, "", GOOD, "   ", ",,,,,,,,,,,,,,"],
        [HEADER, GOOD.replace(",3,hm,", ',"3","hm",')],
        [f"\ufeff{HEADER}", GOOD],
        ["sep=,", f"\ufeff{HEADER}", GOOD],
        [HEADER, GOOD.replace("07:30:00+", "07:30+")],
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fault_19_what_a_spreadsheet_saved_without_changing_what_it_means_is_taken(log, lines, end):
    path = written(log, *lines, encoding="utf-8-sig", end=end)
    for text in (path.read_bytes(), path.read_bytes().removesuffix(end.encode())):
        path.write_bytes(text)
        assert log.import_csv(path, dry_run=True).added == 1
    assert repr(log.import_csv(path)) == "1 added, 0 already there, 0 refused"
    assert log.frame()[["note", "duration_s", "pain_after"]].iloc[0].to_list() == ["hm", 61.25, 3]
    kept(["a"], list(log.frame()["entry_id"]))


TABBED = HEADER.replace(",", "\t")
OTHER_FILES = {
    "Unicode text of a spreadsheet": f"{TABBED}\n{GOOD}\n".encode("utf-16"),
    "UTF-16 without its mark": f"{HEADER}\n{GOOD}\n".encode("utf-16-le"),
    "a workbook, not its CSV": b"PK\x03\x04\xff\xfe",
    "tabs between the cells": f"{TABBED}\n{GOOD}\n".encode(),
    "another separator than is named": f"sep=;\n{HEADER}\n{GOOD}\n".encode(),
    "lines ended by CR alone": f"{HEADER}\r{GOOD}\r".encode(),
    "a column twice": f"{HEADER},note\n{GOOD},x\n".encode(),
    "a column for another": f"{HEADER.replace('mark', 'note')}\n{GOOD}\n".encode(),
    "empty columns at the end": f"{HEADER},,\n{GOOD},,\n".encode(),
    "columns in capitals": f"{HEADER.upper()}\n{GOOD}\n".encode(),
    "a NUL among the columns": f"{HEADER}\0\n{GOOD}\n".encode(),
    "a million columns": b"," * 10**6,
    "a note where the columns are": f"my note\n{HEADER}\n{GOOD}\n".encode(),
    "nothing": b"",
}


@pytest.mark.parametrize("how", OTHER_FILES)
def test_fault_53_what_is_no_longer_such_a_file_is_refused_whole_and_nothing_of_it_shown(log, how):
    path = written(log)
    path.write_bytes(OTHER_FILES[how])
    with pytest.raises(LogError, match=r"[Nn]othing was imported") as caught:
        log.import_csv(path)
    assert "my note" not in str(caught.value)
    assert len(str(caught.value)) < 600
    assert not log.path.exists()
    tried()


def test_fault_53_a_file_larger_than_any_log_is_not_read(log):
    path = written(log)
    with path.open("wb") as file:
        file.truncate(csv_import._MOST_BYTES + 1)  # it takes no room on the disk
    with pytest.raises(LogError, match=r"has over 250 MB, too much for a log\. Nothing was"):
        log.import_csv(path)
    tried()


def test_fault_53_lines_count_from_the_first_one_of_the_file(log):
    bad = semicolons(GOOD).replace(";3;", ";11;")
    report = imported(log, "sep=;", semicolons(HEADER), semicolons(GOOD), bad)
    assert [row[:2] for row in report.rows] == [(3, "added"), (4, "refused")]
    tried()


RESAVED = {
    # the separator, what a cell became, and of which column that is
    "a date without its year first": (",", ",2026-03-01,", ",03/01/2026,", "local_day"),
    "a time without its offset": (",", ":00+01:00", "", "started_at"),
    "numbers as decimals": (",", ",5,5,", ",5.00,5,", "repetitions_done"),
    "scientific numbers": (",", "61.25", "6.1E+01", "duration_s"),
    "a truth instead of a number": (",", ",3,hm", ",TRUE,hm", "pain_after"),
    "separators added at the end": (",", "timer,", "timer,,,", "the row"),
    "thousands in a duration": (",", "61.25", '"1,234"', "duration_s"),
    "thousands and decimals in a duration": (",", "61.25", '"1,234.5"', "duration_s"),
    "a decimal comma among commas": (",", "61.25", '"61,25"', "duration_s"),
    "thousands in repetitions": (",", ",5,5,", ',5,"1,000",', "repetitions_prescribed"),
    "shifted to the right": (",", "set,a,", "set,,a,", "the row"),
    "shifted to the left, and filled up": (",", "set,a,", "a,", "the row"),
    "shifted within the row": (",", ",,3,hm,", ",3,hm,,", "pain_after"),
    "a date with dots": (";", "2026-03-01T07:30:00+01:00", "01.03.2026 07:30", "started_at"),
    "three digits after a dot, perhaps thousands": (";", "61,25", "1.234", "duration_s"),
    "thousands and decimals": (";", "61,25", "1.234,5", "duration_s"),
    "thousands with a dot in repetitions": (";", ";5;5;", ";5;1.000;", "repetitions_prescribed"),
    "scientific repetitions": (",", ",5,5,", ",5E+00,5,", "repetitions_done"),
    "a formula instead of a number": (",", ",5,5,", ",=4+1,5,", "repetitions_done"),
    "an apostrophe before a number": (",", ",5,5,", ",'5,5,", "repetitions_done"),
    "blanks around a number": (",", ",5,5,", ", 5 ,5,", "repetitions_done"),
    "a sign before a number": (",", "61.25", "+61.25", "duration_s"),
    "a blank that keeps thousands": (",", "61.25", "1\u00a0234.5", "duration_s"),
    "a narrow blank between thousands": (";", "61,25", "1\u202f234,5", "duration_s"),
    "Arabic digits": (",", ",5,5,", ",\u0665,5,", "repetitions_done"),
    "full-width digits": (",", "61.25", "\uff16\uff11", "duration_s"),
    "Arabic digits in a time": (
        ",",
        "2026-03-01T",
        "\u0662\u0660\u0662\u0666-03-01T",
        "started_at",
    ),
    "an apostrophe before a time": (",", "2026-03-01T", "'2026-03-01T", "started_at"),
    "a time that is not shown": (",", "2026-03-01T07:30:00+01:00", "########", "started_at"),
    "a fault instead of a number": (",", "61.25", "#VALUE!", "duration_s"),
    "five thousand digits": (",", "61.25", "9" * 5000, "duration_s"),
    "a NUL in a number": (",", "61.25", "61\0.25", "duration_s"),
    "a cell of ten megabytes": (",", ",hm,", f",{'x' * 10**7},", "the row"),
    "a million columns": (",", "timer,", "timer," * 10**6, "the row"),
    "typographical quotation marks": (",", ",hm,", ",\u201ca,b\u201d,", "the row"),
    "decimal repetitions": (";", ";5;5;", ";5,0;5;", "repetitions_done"),
}


@pytest.mark.parametrize("how", RESAVED)
def test_fault_53_what_a_spreadsheet_made_ambiguous_is_refused_with_its_line(log, how):
    separator, before, after, column = RESAVED[how]
    header, good = map(semicolons, (HEADER, GOOD)) if separator == ";" else (HEADER, GOOD)
    assert before in good
    bad = good.replace(before, after, 1)
    [(line, outcome, reason)] = imported(log, header, bad, encoding="utf-8-sig", end="\r\n").rows
    assert (line, outcome) == (2, "refused")
    assert reason.startswith(column)
    assert log.frame().empty
    tried()


@pytest.mark.parametrize("text", ["0,5", "61,25", "61,253", "61", "61.2", "61.25", "61.2531"])
def test_fault_53_among_semicolons_a_comma_or_a_dot_that_is_no_separator_of_thousands_is_taken(
    log, text
):
    imported(log, semicolons(HEADER), semicolons(GOOD).replace("61,25", text))
    seconds = float(text.replace(",", "."))
    assert log.frame()["duration_s"].item() == pytest.approx(seconds, abs=0.001)
    tried()


SECRET = "lost my job"


@given(data=st.data())
def test_fault_53_nothing_that_a_refused_row_holds_is_quoted(data):
    cells = data.draw(st.sampled_from([GOOD, MARK])).split(",")
    text = data.draw(
        st.sampled_from([SECRET, f"{SECRET}\0", f'"{SECRET}', f"'{SECRET}" + "x" * 4001])
    )
    for at in data.draw(st.sets(st.integers(0, len(cells) - 1), min_size=1)):
        cells[at] = text
    if data.draw(st.booleans()):
        cells.insert(data.draw(st.integers(0, len(cells))), text)
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        report = imported(opened(Path(name)), HEADER, ",".join(cells), GOOD)
    for words in (repr(report), repr(report.rows), *(str(one.message) for one in said)):
        assert "lost" not in words
    assert len(report.rows) == 2
    tried()


BAD_QUOTES = {
    "a wrong quotation mark in every line": GOOD.replace("hm", '"h"m'),
    "a row left open in every line": GOOD.replace("hm", '"hm'),
    "a row that every line leaves open": 'x","',
    "a row that every line goes on with": '"""',
    "one bad line, then good ones": None,
}


@pytest.mark.parametrize("how", BAD_QUOTES)
def test_fault_53_time_grows_with_the_lines_however_many_have_a_bad_quote(tmp_path, how):
    line = BAD_QUOTES[how]

    def seconds(n_lines):
        lines = [line] * n_lines if line else [GOOD.replace("hm", '"hm')] + [GOOD] * (n_lines - 1)
        path = tmp_path / f"{n_lines}.csv"
        path.write_text("\n".join([HEADER, *lines, ""]))
        times = []
        for _ in range(5):
            began = time.process_time()
            rows = csv_import.read(path)
            times.append(time.process_time() - began)
        assert len(rows) >= n_lines // 2
        return min(times)

    assert seconds(8000) < 3 * seconds(4000)
    tried()


def tried_anew(lines):
    """Return each row's line and cells, a failed one's reader begun anew at the next line."""
    at, found = 0, []
    while at < len(lines):
        reader = csv.reader(lines[at:], strict=True)
        try:
            found.append((at + 1, next(reader)))
            at += reader.line_num
        except csv.Error:
            found.append((at + 1, None))
            at += 1
    return found


@settings(max_examples=10 * settings().max_examples)  # 300 bad files take less than a second
@given(st.lists(st.text(st.sampled_from('"",x\r'), max_size=6), max_size=8))
def test_fault_53_a_row_left_open_takes_no_other_row_with_it(texts):
    """What is not read on for the sake of time is what would have failed anyway."""
    lines = [f"{text}\n" for text in texts]
    assert list(csv_import._rows(lines, 0, ",")) == tried_anew(lines)
    tried()


def test_fault_18_a_dry_run_reports_what_would_come_and_writes_nothing(log, tmp_path):
    new = GOOD.replace("set,a", "set,b")
    lines = [HEADER, GOOD, new, new, new.replace(",3,", ",11,")]
    assert log.import_csv(written(log, *lines), dry_run=True).added == 2
    assert [path.name for path in tmp_path.iterdir()] == ["given.csv"], "no log was made"
    imported(log, HEADER, GOOD)
    path = written(log, *lines)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    report = log.import_csv(path, dry_run=True)
    assert repr(report).splitlines() == [
        "Nothing was imported yet; this is what would come:",
        "1 added, 2 already there, 1 refused",
        "A refused row changes nothing in the log. Put right what should come in, and import the"
        " file again: nothing comes in twice.",
        "line 5: refused: pain_after must be a whole number from 0 to 10, or empty.",
    ]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    tried()


def test_fault_53_a_report_lists_the_first_hundred_refused_lines_and_counts_the_others():
    refused = [ImportedRow(n, "refused", "why.") for n in range(10, 260)]
    report = ImportReport((ImportedRow(2, "added"), ImportedRow(3, "already there"), *refused))
    lines = repr(report).splitlines()
    assert lines[0] == "1 added, 1 already there, 250 refused"
    assert lines[2:102] == [f"line {n}: refused: why." for n in range(10, 110)]
    assert lines[102:] == ["… and 150 more, up to line 259"]
    assert DisplayFormatter().format(report)[0] == {"text/plain": repr(report)}
    tried()


@pytest.mark.parametrize("rows", [[], [GOOD.replace(",3,", ",11,")]])
def test_a_sample_with_a_mistake_is_not_shown_in_part(tmp_path, rows):
    (tmp_path / "sample.csv").write_text("\n".join([HEADER, *rows]))
    says = r"sample log .* cannot be used \((it is empty|line 2: pain)"
    with pytest.raises(LogError, match=says):
        SampleLog(tmp_path / "sample.csv", lambda: NOW)
