import csv
import datetime as dt
import re
import tempfile
from contextlib import nullcontext
from pathlib import Path
from zoneinfo import ZoneInfo

import logs
import pandas as pd
import pytest
from faults import examples, kept, tried
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from backcare_widgets import Log
from backcare_widgets.errors import LogError, TextChanged
from backcare_widgets.log.sample import Sample

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


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(logs.sets, min_size=1, max_size=4))
def test_fault_20_out_and_in_again_is_the_same_log_to_the_letter(given_sets):
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
        kept(list(log.frame()["entry_id"]), list(other.frame()["entry_id"]))


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
def test_fault_21_a_note_that_looks_like_a_formula_is_disarmed_in_the_file_only(
    log, tmp_path, note, cell
):
    log.add(**SET, note=note)
    log.export_csv(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["note"] == cell
    other = opened(tmp_path, "other")
    other.import_csv(tmp_path / "out.csv")
    assert other.frame()["note"].item() == log.frame()["note"].item() == note


def test_fault_19_a_file_that_a_spreadsheet_saved_with_semicolons_is_read(log):
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
def test_fault_18_a_bad_row_is_listed_by_line_and_the_good_ones_go_in(log, before, after, reason):
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
        (3, "this set was deleted from the log; past() can put it back."),
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
def test_fault_18_a_file_that_is_no_export_is_refused_whole(log, tmp_path, content, message):
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(LogError, match=message):
        log.import_csv(tmp_path / "bad.csv")
    with pytest.raises(LogError, match=r"cannot be read .* Nothing was imported"):
        log.import_csv(tmp_path / "missing.csv")
    assert not log.path.exists()


@settings(max_examples=examples(30), deadline=None)
@given(data=st.data())
def test_fault_18_a_row_is_never_shifted_by_a_character_put_in_or_taken_out(data):
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
    tried()


@pytest.mark.parametrize("rows", [[], [GOOD.replace(",3,", ",11,")]])
def test_a_sample_with_a_mistake_is_not_shown_in_part(tmp_path, rows):
    (tmp_path / "sample.csv").write_text("\n".join([HEADER, *rows]))
    with pytest.raises(
        LogError, match=r"sample log .* cannot be used \((it is empty|line 2: pain)"
    ):
        Sample(tmp_path / "sample.csv")


def test_fault_18_a_dry_run_says_line_by_line_what_would_come_and_writes_nothing(log, tmp_path):
    imported(log, HEADER, GOOD)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    path = tmp_path / "given.csv"
    new = GOOD.replace("set,a", "set,b")
    path.write_text("\n".join([HEADER, GOOD, new, new, new.replace(",3,", ",11,"), ""]))
    report = log.import_csv(path, dry_run=True)
    assert [fate.split(",")[0] for _, fate in report.fates] == [
        "already there", "added", "already there", "pain_after is 11",
    ]  # fmt: skip
    one = "lying-down on 2026-03-01 at 07:30, 5 of 5 repetitions"
    assert str(report).splitlines() == [
        "Nothing was imported yet; this is what would come:",
        "1 added, 2 already there, 1 rejected",
        f"line 2: {one}: is there already",
        f"line 3: {one}: would be added",
        f"line 4: {one}: is there already",
        "line 5: rejected: pain_after is 11, but must be a whole number from 0 to 10, or None.",
    ]
    path.unlink()
    before.pop(path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    tried()


def test_a_notebook_shows_the_report_as_its_sentences(log, tmp_path):
    (tmp_path / "given.csv").write_text(f"{HEADER}\n{GOOD}\nmark,,,,,2026-03-01,,,,,,,,,rest\n")
    report = log.import_csv(tmp_path / "given.csv", dry_run=True)
    shown, _ = DisplayFormatter().format(report)
    assert shown == {"text/plain": str(report)}
    assert "line 3: rest on 2026-03-01: would be added" in shown["text/plain"].splitlines()


def test_a_report_of_thousands_of_lines_stays_short_and_counts_what_it_does_not_show(log, tmp_path):
    imported(log, HEADER, *(GOOD.replace("set,a", f"set,there-{n}") for n in range(30)))
    lines = [
        *(GOOD.replace("set,a", f"set,new-{n}") for n in range(3000)),
        *(GOOD.replace("set,a", f"set,there-{n}") for n in range(30)),
        *[GOOD.replace(",3,", ",11,")] * 60,
    ]
    path = tmp_path / "given.csv"
    path.write_text("\n".join([HEADER, *lines, ""]))
    report = log.import_csv(path, dry_run=True)
    said = str(report).splitlines()
    assert said[1] == "3000 added, 30 already there, 60 rejected"
    assert [line for line in said if line.startswith("…")] == [
        "… and 50 more like these, up to line 3091",
        "… and 2990 more like these, up to line 3001",
        "… and 20 more like these, up to line 3031",
    ]
    assert said[2].startswith("line 3032: rejected: pain_after is 11")
    assert len(said) == 36
    assert said[-1] == "To see every line: print(log.import_csv(…, dry_run=True).full)"
    full = report.full.splitlines()
    assert full[:2] == said[:2]
    assert [int(line.split(":")[0].removeprefix("line ")) for line in full[2:]] == [*range(2, 3092)]
    # Imported, it names what was rejected; all of that is in the file beside it.
    done = str(log.import_csv(path)).splitlines()
    assert len(done) == 13
    assert done[0] == said[1]
    assert done[-1].startswith("The rejected rows are in")


def test_fault_18_a_dry_run_makes_no_log(tmp_path):
    log = opened(tmp_path, "log")
    (tmp_path / "given.csv").write_text(f"{HEADER}\n{GOOD}\n")
    assert log.import_csv(tmp_path / "given.csv", dry_run=True).added == 1
    assert [path.name for path in tmp_path.iterdir()] == ["given.csv"]
    tried()


def test_fault_18_rejected_rows_are_kept_to_the_letter_beside_the_file(log, tmp_path):
    bad = [
        GOOD.replace(",3,", ",11,").replace("hm", '"=two\nlines"'),
        "=cmd,," + GOOD,
        GOOD.replace("hm", '"open'),
    ]
    report = imported(log, HEADER, *bad, GOOD)
    assert (report.added, len(report.rejected)) == (1, 3)
    file = tmp_path / "given.rejected.csv"
    assert report.rejected_file == file
    assert str(file) in str(report)
    assert file.stat().st_mode & 0o777 == 0o600
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["line"] for row in rows] == ["2", "4", "5"]
    assert [row["row"] for row in rows] == [bad[0], "'" + bad[1], bad[2]]
    assert all(row["reason"] for row in rows)
    # The next import replaces it; a file of somebody else is left alone.
    imported(log, HEADER, bad[2])
    assert len(file.read_text().splitlines()) == 2
    file.write_text("mine")
    assert imported(log, HEADER, bad[2]).rejected_file == tmp_path / "given.rejected-2.csv"
    assert file.read_text() == "mine"
    kept(bad, [row["row"].removeprefix("'") for row in rows])


def test_fault_18_where_the_rejected_rows_cannot_be_written_the_good_ones_go_in(log, tmp_path):
    (tmp_path / "given.rejected.csv").mkdir()
    report = imported(log, HEADER, GOOD, GOOD.replace("set,a", "set,,"))
    assert (report.added, report.rejected_file) == (1, None)
    assert "could not be written beside" in str(report)
    kept(["a"], list(log.frame()["entry_id"]))


RESAVED = {
    "Excel, quotes dropped and dates rewritten": (
        HEADER.replace(",", ";"),
        GOOD.replace(",", ";").replace("2026-03-01T07:30:00+01:00", "01.03.2026 07:30"),
        "started_at is '01.03.2026 07:30'",
    ),
    "a date without its year first": (
        HEADER, GOOD.replace(",2026-03-01,", ",03/01/2026,"), "local_day is '03/01/2026'",
    ),
    "numbers as decimals": (HEADER, GOOD.replace(",5,5,", ",5.00,5,"), "'5.00'"),
    "scientific numbers": (HEADER, GOOD.replace("61.25", "6,1E+01".replace(",", ".")), "'6.1E+01'"),
    "a truth instead of a number": (HEADER, GOOD.replace(",3,hm", ",TRUE,hm"), "'TRUE'"),
    "separators added at the end": (HEADER, GOOD + ",,", "17 cells"),
    "half the seconds": (HEADER, GOOD.replace(":00+01:00", ""), "with its offset"),
}  # fmt: skip


@pytest.mark.parametrize("how", RESAVED)
def test_fault_19_what_a_spreadsheet_made_ambiguous_is_refused_with_its_line(log, how):
    header, row, reason = RESAVED[how]
    report = imported(log, header, row, encoding="utf-8-sig", end="\r\n")
    [(line, said)] = report.rejected
    assert (report.added, line) == (0, 2)
    assert reason in said
    tried()


def test_fault_19_columns_in_another_order_and_with_quotes_are_taken(log):
    names, cells = HEADER.split(","), GOOD.split(",")
    turned = [names[::-1], cells[::-1]]
    lines = [",".join(f'"{cell}"' for cell in row) for row in turned]
    report = imported(log, *lines, "", encoding="utf-8-sig", end="\r\n")
    assert (report.added, report.rejected) == (1, ())
    assert log.frame()["note"].item() == "hm"
    kept(["a"], list(log.frame()["entry_id"]))


def test_fault_19_a_file_that_another_program_holds_says_to_close_it_there(log, tmp_path):
    (tmp_path / "folder.csv").mkdir()  # as unreadable as a locked one, for root too
    with pytest.raises(LogError, match=r"Nothing was imported; if another program has it open"):
        log.import_csv(tmp_path / "folder.csv")
    tried()


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5), st.data())
def test_fault_20_any_text_comes_back_to_the_letter_from_the_log_and_from_a_csv(texts, data):
    """What SQLite or UTF-8 cannot hold becomes U+FFFD, and that is said."""
    whole = [re.sub("[\0\ud800-\udfff]", "\ufffd", text) for text in texts]
    with tempfile.TemporaryDirectory() as name:
        log, other = opened(Path(name), "log"), opened(Path(name), "other")
        for n, text in enumerate(texts):
            expects = pytest.warns(TextChanged) if text != whole[n] else nullcontext()
            with expects:
                log.add(**SET, note=text, entry_id=f"{n}")
        other.import_csv(log.export_csv(Path(name) / "out.csv"))
        for one in (log, other):
            notes = dict(zip(one.frame()["entry_id"], one.frame()["note"], strict=True))
            kept(set(enumerate(whole)), {(int(n), note) for n, note in notes.items()})


@pytest.mark.parametrize(
    "note", ["NA", "None", "007", "nan", "\u202egnol\n\r\n", "a,b\n\"c\"", "😀" * 2000, "x" * 4000]
)  # fmt: skip
def test_fault_20_a_note_of_any_kind_is_the_note_that_was_written(log, tmp_path, note):
    log.add(**SET, note=note)
    other = opened(tmp_path, "other")
    other.import_csv(log.export_csv(tmp_path / "out.csv"))
    kept([note], list(other.frame()["note"]))
    kept([note], list(log.frame()["note"]))


def test_fault_20_an_import_says_in_which_line_a_character_was_replaced(log):
    with pytest.warns(TextChanged):
        report = imported(log, HEADER, GOOD.replace("hm", "h\0m"))
    assert report.remarks == ("line 2: characters that cannot be stored were replaced by \ufffd.",)
    assert log.frame()["note"].item() == "h\ufffdm"
    tried()


def test_fault_21_the_first_cell_is_no_word_that_makes_a_spreadsheet_see_another_format(
    log, tmp_path
):
    """A file that begins with ID is taken for SYLK."""
    log.add(**SET)
    assert not log.export_csv(tmp_path / "out.csv").read_text().upper().startswith("ID")
    tried()
