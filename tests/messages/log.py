"""The log as people use it: paths, CSV, the sample, and the lines of `doctor()`."""

from __future__ import annotations

import os
import shutil

import pytest
from logs import NOW, opened

from backcare_widgets import Log, doctor, today
from backcare_widgets.log.export import COLUMNS
from backcare_widgets.log.sample import SampleLog

from .said import Row, Said, Told
from .storage import DAY, changed, forget_backups, written

HEADER = ",".join(COLUMNS)
GOOD = "set,a,lying-down,2026-03-01T12:00:00+00:00,,,61.25,5,5,done,,,hm,timer,"
MARK = "mark,,,,,2026-03-01,,,,,,,,,rest"


def imported(folder, *lines, dry_run=False):
    """Return the report of an import of some lines below the header."""
    path = folder / "given.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return opened(folder).import_csv(path, dry_run=dry_run)


class Interrupting:
    """Stands for a moment at which the person stops the cell."""

    def astimezone(self, zone):
        raise KeyboardInterrupt


def interrupted(folder):
    """Return what is said of an import that is stopped at its first row."""
    (folder / "given.csv").write_text(f"{HEADER}\n{GOOD}")
    return opened(folder, clock=Interrupting).import_csv(folder / "given.csv")


def refused_line(line, reason):
    """Return the row of a line that is refused: its reason is short, the report says the rest."""
    safe = "A refused row changes nothing in the log"
    return Row(lambda folder: imported(folder, line), Said(reason, safe, "import the file again"))


def notices(log):
    return "\n".join(log.notices())


def deleted(folder):
    log = written(folder, entry_id="a")
    log.delete("a")
    return imported(folder, GOOD)


def other_values(folder):
    written(folder, entry_id="a", note="of the log").mark(DAY, "flare-up")
    return imported(folder, GOOD, MARK)


def csv_of(folder, content):
    (folder / "given.csv").write_bytes(content)
    return opened(folder).import_csv(folder / "given.csv")


def sample_of(folder, *lines):
    (folder / "sample.csv").write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return SampleLog(folder / "sample.csv", lambda: NOW)


def sample(folder):
    return opened(folder, sample_if_empty=True)


def into_a_folder(folder):
    (folder / "out.csv").mkdir()
    return written(folder).export_csv(folder / "out.csv")


def readable_by_others(folder):
    log = written(folder)
    log.path.chmod(0o644)
    return doctor(log)


def spoilt(folder, *, all_of_them):
    """Return what `doctor` says once some or all of the backups are spoilt."""
    log = written(folder)
    (backup,) = log._folder.glob("*.sqlite3")
    if not all_of_them:
        backup = shutil.copy(backup, backup.with_name("2026-02-28.sqlite3"))
    os.truncate(backup, 100)
    return doctor(log)


def beside(folder, name, *, content=None):
    """Return what `doctor` says of a file beside the log: a copy of it, or other content."""
    log = written(folder)
    if content is None:
        shutil.copy(log.path, folder / name)
    else:
        (folder / name).write_bytes(content)
    return doctor(log)


def began_anew(folder):
    log = written(folder)
    log.path.unlink()
    opened(folder).mark(DAY, "rest")
    return today(log=opened(folder), day=DAY)


def named(folder, path):
    """Return what `doctor` says of a log that no argument names."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BACKCARE_BACKUPS", str(folder))
        environment.setenv("BACKCARE_LOG", path)
        return doctor()


def too_large(folder):
    with (folder / "given.csv").open("wb") as file:
        file.truncate(10**9)  # it takes no room on the disk
    return opened(folder).import_csv(folder / "given.csv")


def in_own_folder(folder):
    """Return what `doctor` says in a workbook that is no checkout."""
    for part in ("notebooks", "data"):
        (folder / part).mkdir()
    (folder / "data" / "programme.toml").touch()
    with pytest.MonkeyPatch.context() as environment:
        environment.chdir(folder)
        environment.setenv("XDG_DATA_HOME", str(folder / "home"))
        return named(folder, "")


PAIN = GOOD.replace("done,,", "done,11,")
ROWS = {
    "a path too long": Row(
        lambda folder: Log.open("x" * 5000),
        Said("is not a valid file path (File name too long", "Nothing was read", "give another"),
    ),
    "a path with a NUL": Row(
        lambda folder: Log.open("a\0b"),
        Said("(a character of it is NUL)", "Nothing was read or written", "give another"),
    ),
    "a path that is empty": Row(
        lambda folder: Log.open(""),
        Said("'' is not a valid file path (it is empty)", "Nothing was read", "give another"),
    ),
    "a path that is a pipe": Row(
        lambda folder: [os.mkfifo(folder / "pipe"), Log.open(folder / "pipe")],
        Said("(it is neither a file nor a folder)", "Nothing was read", "give another"),
    ),
    "a path that is no text": Row(
        lambda folder: Log.open([]),
        Said("is not a valid file path (it is not text)", "Nothing was read", "give another"),
    ),
    "a path that is not UTF-8": Row(
        lambda folder: Log.open("\udcff"),
        Said("(it is not UTF-8 text)", "Nothing was read or written", "give another"),
    ),
    "an export over the log": Row(
        lambda folder: written(folder).export_csv(folder / "log.sqlite3"),
        Said("is the log itself", "Nothing was read or written", "choose another file"),
    ),
    "an export that cannot be written": Row(
        into_a_folder,
        Said("cannot be written (Is a directory)", "The log is unchanged", "close the file in"),
    ),
    "an import of far too much": Row(
        too_large,
        Said("too much for a log", "Nothing was imported", "give a file that export_csv wrote"),
    ),
    "an import that is not there": Row(
        lambda folder: opened(folder).import_csv(folder / "given.csv"),
        Said("cannot be read (No such file or directory)", "Nothing was imported", "check the"),
    ),
    "an import interrupted": Row(
        interrupted,
        Said("was interrupted before", "What is in the log is kept", "run the cell again to do it"),
    ),
    "an import in another encoding": Row(
        lambda folder: csv_of(folder, "Rücken".encode("cp1252")),
        Said("is not UTF-8 text", "Nothing was imported", "save it as “CSV UTF-8”"),
    ),
    "an import of other columns": Row(
        lambda folder: csv_of(folder, b"a,b,c"),
        Said("has other columns", "Nothing was imported", "its first line must be"),
    ),
    "a cell of a pain": refused_line(PAIN, "line 2: refused: pain_before must be a whole number"),
    "a cell of a start": refused_line(
        GOOD.replace("+00:00", ""), "started_at must be a time with its offset, such as"
    ),
    "a cell of a zone": refused_line(
        GOOD.replace("+00:00,,", "+00:00," + "x" * 200 + ","), "tz must be the name of a time zone"
    ),
    "a cell of a day": refused_line(
        MARK.replace("2026-03-01", "1 March"), "local_day must be a date as YYYY-MM-DD."
    ),
    "a cell of a duration": refused_line(
        GOOD.replace("61.25", "1 min"), "duration_s must be seconds from 0 to 86400, without"
    ),
    "a day that is not that of its start": refused_line(
        GOOD.replace("+00:00,,,", "+00:00,,2026-03-05,"), "the day of started_at less 4 hours"
    ),
    "a row with an open quotation mark": refused_line(f'"{GOOD}', "look at its quotation marks"),
    "a row with too few cells": refused_line("set,a", "the row has 2 cells, but must have 15"),
    "a row of neither kind": refused_line(GOOD.replace("set", "run"), "record must be set or mark"),
    "a mark with a note": refused_line(
        MARK.replace("mark,,", "mark,a,"),
        "entry_id must be empty in the row of a mark",
    ),
    "a set that was deleted": Row(
        deleted,
        Said("this set was deleted from the log", "changes nothing in the log", "past() can put"),
    ),
    "other values in the log": Row(
        other_values,
        Said("different values for this set", "and kept them", "Put right what should come in"),
    ),
    "characters that cannot be stored": Row(
        lambda folder: imported(folder, GOOD.replace("hm", "h\0m")),
        Told("characters that cannot be stored were replaced by \ufffd"),
    ),
    "a dry run": Row(
        lambda folder: imported(folder, GOOD, dry_run=True), Told("Nothing was imported yet")
    ),
    "a hundred refused": Row(
        lambda folder: imported(folder, *[PAIN] * 102), Told("… and 2 more, up to line 103")
    ),
    "a sample with a mistake": Row(
        lambda folder: sample_of(folder, PAIN),
        Said("cannot be used (line 2: pain_before", "not touched", "put that file back"),
    ),
    "a sample with nothing": Row(
        sample_of, Said("cannot be used (it is empty)", "log is not touched", "put that file back")
    ),
    "a change of the sample": Row(
        lambda folder: sample(folder).mark(DAY, "rest"),
        Said("takes no changes", "Nothing was saved", "Log.open() opens your own"),
    ),
    "restoring the sample": Row(
        lambda folder: sample(folder).restore(),
        Said("takes no changes", "Nothing was saved", "Log.open() opens your own"),
    ),
    "doctor on the sample": Row(
        lambda folder: doctor(sample(folder)), Told("Log.open() opens your own")
    ),
    "doctor on the workbook's log": Row(
        lambda folder: named(folder, ""), Told("(in the workbook's folder)")
    ),
    "doctor on a log of one's own": Row(in_own_folder, Told("(in your own data folder)")),
    "doctor on another log": Row(
        lambda folder: named(folder, str(folder / "mine.sqlite3")), Told("named by BACKCARE_LOG")
    ),
    "doctor before the first set": Row(
        lambda folder: doctor(folder / "log.sqlite3"), Told("the first set that is saved makes it")
    ),
    "doctor on a good log": Row(
        lambda folder: doctor(written(folder)), Told("yes, every page and index was checked")
    ),
    "doctor on a log that others can read": Row(
        readable_by_others, Said("others can read it", "yes, every page", "run: chmod 600")
    ),
    "doctor on a changed log": Row(
        lambda folder: doctor(changed(folder)),
        Said("with a version that is not as it was saved", "yes, every page", "look in past()"),
    ),
    "a changed set that a backup has": Row(
        lambda folder: notices(changed(folder)),
        Said("Not as saved, because", "keeps this file under another name", "restore() brings"),
    ),
    "a changed set that no backup has": Row(
        lambda folder: notices(changed(folder, forget_backups)),
        Said("No backup has what was saved there", "to keep what you see", "Look there in past()"),
    ),
    "doctor without a good backup": Row(
        lambda folder: spoilt(folder, all_of_them=True),
        Said("none of the backups is good", "the log is not touched", "the next day with a set"),
    ),
    "doctor with a bad backup": Row(
        lambda folder: spoilt(folder, all_of_them=False),
        Said("1 of the backups cannot be used", "2026-03-01, good", "the good ones are used"),
    ),
    "doctor with a damaged file put aside": Row(
        lambda folder: beside(folder, "log.sqlite3.damaged-2026-03-01T120000", content=b"?"),
        Told("kept as log.sqlite3.damaged"),
    ),
    "doctor after a write that was cut short": Row(
        lambda folder: beside(folder, "log.sqlite3.cut-short-2026-03-01T120000"),
        Said("a write was cut short", "Kept", "Log.open().restore() adds what the log lacks"),
    ),
    "doctor beside a copy": Row(
        lambda folder: beside(folder, "log (conflicted copy).sqlite3"),
        Told("the log has all that it has; you may delete it"),
    ),
    "a copy beside the log": Row(
        lambda folder: beside(folder, "log (conflicted copy).sqlite3", content=b"?" * 9000),
        Said("left another copy of the log", "nothing is deleted", "adds what it has"),
    ),
    "a backup that has more": Row(
        began_anew,
        Said("has what the log", "keeps all that the log has", "Log.open().restore() adds it"),
    ),
    "a set undone": Row(
        lambda folder: written(folder).undo(), Told("Undone: the set of lying-down on 1 March 2026")
    ),
    "a set done again": Row(
        lambda folder: [log := written(folder), log.undo(), log.redo()][-1],
        Told("is back in the log"),
    ),
    "a change undone": Row(
        lambda folder: [log := written(folder), log.edit("one", note="x"), log.undo()][-1],
        Told("is as it was before it was changed"),
    ),
    "a mark undone": Row(
        lambda folder: [log := written(folder), log.mark(DAY, "rest"), log.undo()][-1],
        Told("1 March 2026 has no mark any more"),
    ),
    "a mark of before": Row(
        lambda folder: [
            log := written(folder), log.mark(DAY, "rest"), log.mark(DAY, None), log.undo()
        ][-1],
        Told("is marked 'rest' again"),
    ),
    "an import undone": Row(
        lambda folder: [imported(folder, GOOD, MARK), opened(folder).undo()][-1],
        Told("Undone: 2 changes that were made together"),
    ),
}  # fmt: skip
