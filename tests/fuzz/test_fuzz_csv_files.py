"""Any text for a CSV file, and right ones with slips: told by line, added once, undone at once."""

import csv
import io
import tempfile
import warnings
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from logs import SET, every_row, opened, sets

from backcare_widgets.errors import LogError, TextChanged
from backcare_widgets.log.export import COLUMNS

SECRET = "lostmyjob"
slips = st.sampled_from(
    [
        *(",", ";", '"', "'", "\n", "\r\n", "\r", "\0", "\ufeff", "\t", "", " ", "é", "\ud800"),
        *("1,234", "1.234", "1e3", "-1", "11", "TRUE", "nan", "2026-02-30", "01/02/2026", "12:00"),
        *("set", "mark", "rest", "=", "sep=;", SECRET, f'"{SECRET}', f'{SECRET}"', "x" * 5000),
    ]
)  # fmt: skip
cells = slips | st.just(SECRET) | st.text(max_size=5)
days = st.dates(min_value=SET["started_at"].date().replace(year=1990))
marks = st.dictionaries(days, st.sampled_from(["rest", "flare-up", "pause", "resume"]), max_size=2)


def exported(folder, found, marked):
    """Return the text that a log of these sets and marks exports."""
    log = opened(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TextChanged)
        for each in found:
            log.add(**each)
    for day, mark in marked.items():
        if day.year < 2200:
            log.mark(day, mark)
    return log.export_csv(folder / "export.csv").read_bytes().decode("utf-8-sig")


@st.composite
def files(draw, folder):
    """Return a CSV file, mostly a right one changed in a few places, and the rows of that one.

    None for the rows where a change was made that a spreadsheet does not make.
    """
    text = exported(folder, draw(st.lists(sets, min_size=1, max_size=3)), draw(marks))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    kept = {tuple(row) for row in rows[1:]}
    how = draw(st.sampled_from(["as it is", "text", "cells", "cells", "anything", "saved anew"]))
    match how:
        case "text":
            for _ in range(draw(st.integers(1, 3))):
                at = draw(st.integers(0, len(text)))
                text = text[:at] + draw(slips) + text[at + draw(st.integers(0, 3)) :]
        case "cells":
            for _ in range(draw(st.integers(1, 3))):
                row = draw(st.sampled_from(rows[1:] * 5 + rows[:1]))
                at = draw(st.integers(0, len(row)))
                row[at : at + draw(st.integers(0, 1))] = [draw(cells)]
            text = written(rows, ",")
        case "saved anew":
            rows += draw(st.lists(st.sampled_from(rows), max_size=3))
            text = written(rows, draw(st.sampled_from(",;\t")))
        case "anything":
            text = ",".join(COLUMNS) + "\n" + draw(st.lists(cells, max_size=20).map(",".join))
    return text.encode("utf-8", "surrogatepass"), kept if how in (
        "as it is",
        "saved anew",
    ) else None


def written(rows, separator):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue()


def content(log):
    """Return what a log holds, as far as a CSV file could change it."""
    days, _ = log.days(since=SET["started_at"].date().replace(year=1900))
    return days, log.marks()


@given(st.data())
def test_a_csv_file_is_taken_row_by_row_or_refused_whole_and_undo_takes_it_out(data):
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore", TextChanged)
        (Path(name) / "elsewhere").mkdir()
        file = Path(name) / "given.csv"
        given_bytes, kept = data.draw(files(Path(name) / "elsewhere"))
        file.write_bytes(given_bytes)
        log = opened(Path(name))
        log.add(**SET, entry_id="mine")
        before = content(log)
        rows_before = every_row(log.path)
        try:
            dry = log.import_csv(file, dry_run=True)
        except LogError as error:
            assert "othing was imported" in str(error)  # noqa: PT017
            assert every_row(log.path) == rows_before
            return
        assert every_row(log.path) == rows_before
        done = log.import_csv(file)
        assert (done.rows, done.is_dry_run, dry.is_dry_run) == (dry.rows, False, True)
        assert sum((done.added, done.already_there, done.refused)) == len(done.rows)
        assert [row.line for row in done.rows] == sorted({row.line for row in done.rows})
        after = every_row(log.path)
        grown = sum(len(after[table]) - len(rows_before[table]) for table in after)
        assert grown == done.added
        nothing_is_quoted(done, file)
        if kept is not None:
            text = log.export_csv(Path(name) / "again.csv").read_bytes().decode("utf-8-sig")
            rows = map(tuple, csv.reader(io.StringIO(text, newline="")))
            assert {row for row in rows if row[1] != "mine"} <= {COLUMNS, *kept}
        again = log.import_csv(file)
        assert every_row(log.path) == after
        outcomes = {"added": {"already there"}, "already there": {"already there"}}
        for first, second in zip(done.rows, again.rows, strict=True):
            assert second.outcome in outcomes.get(first.outcome, {"refused"})
        if done.added:
            assert log.undo()
            shown, marked = content(log)
            for day in shown:
                day["sets"] = [s for s in day["sets"] if s["op"] != "delete"]
            assert ([day for day in shown if day["sets"]], marked) == before


def nothing_is_quoted(report, file):
    """See that a report has none of the words of a refused row."""
    if SECRET.encode() in file.read_bytes():
        assert SECRET not in repr(report)
        assert SECRET not in repr(report.rows)
