"""The file of the log: what it refuses, what may befall it, and what brings it back."""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager

from logs import NOW, SET, opened, output

from backcare_widgets import Log, doctor
from backcare_widgets.storage.file import Patience

from .said import Row, Said, Told

NOTHING_SAVED = "Nothing was saved"
DAY = NOW.date()


def written(folder, **fields):
    """Return a log with one set, "one"."""
    log = opened(folder)
    log.add(**SET | {"entry_id": "one"} | fields)
    return log


def adding(**fields):
    return lambda folder: opened(folder).add(**SET | fields)


def refused(allowed, **fields):
    """Return the row of a value that the log refuses."""
    (field,) = fields
    wrong = f"{field} is" if field != "note" else "note has 4001 characters"
    do = f"must be {allowed}. Nothing was saved; give another value"
    return Row(adding(**fields), Said(wrong, NOTHING_SAVED, do))


class Somewhere(dt.tzinfo):
    """A zone whose name is longer than any that the log takes."""

    key = "x" * 200

    def utcoffset(self, when):
        return dt.timedelta(0)


def without_backup(folder, spoil, call):
    """Return what `call` of a new `Log` raises once its file is spoilt and it has no backup."""
    log = written(folder)
    for backup in (folder / "backups").rglob("*.sqlite3"):
        backup.unlink()
    spoil(log.path)
    return call(opened(folder))


def torn(path):
    path.write_bytes(path.read_bytes()[:5000])


def set_version(path, version):
    with closing(sqlite3.connect(path)) as con:
        con.execute(f"PRAGMA user_version = {version}")


def of_newer_version(folder):
    set_version(written(folder).path, 9)
    return opened(folder)._read(len)


def held(folder):
    """Return what a log says that another program holds."""
    path = written(folder).path
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        return opened(folder, patience=Patience(0)).add(**SET)


@contextmanager
def nothing_larger_than(size):
    """Let no file grow beyond a size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def on_a_full_disk(folder):
    log = written(folder)
    with nothing_larger_than(log.path.stat().st_size):
        for _ in range(50):
            log.add(**SET, note="x" * 4000)


def as_nobody(folder, spoil, tell):
    """Return what is printed of a log by a user who is not root, for whom nothing is locked."""
    folder.chmod(0o777)
    program = f"""
log = opened()
log.mark({DAY!r}, "rest")
{tell}  # so that all it needs is loaded: nobody else may read the folders of root
{spoil}
if os.getuid() == 0: os.setuid(65534)
print({tell})
"""
    return output(folder, program)


def gone(folder):
    log = written(folder)
    log.path.unlink()
    return log.add(**SET)


def put_aside(folder):
    log = written(folder)
    log.path.rename(f"{log.path}.damaged-2026-03-01T120000")
    return opened(folder).add(**SET)


def not_a_file(folder):
    log = opened(folder)
    os.mkfifo(log.path)
    return log.frame()


def a_folder(folder):
    (folder / "log.sqlite3").mkdir()
    return opened(folder)


def in_a_file(folder):
    (folder / "file").touch()
    return Log.open(folder / "file" / "log.sqlite3", backups=folder / "backups").add(**SET)


def merged(folder, prepare):
    """Return what `Log.merge` says of another file, once it was prepared from the log."""
    log, other = written(folder), folder / "other" / "log.sqlite3"
    prepare(log.path, other)
    return log.merge(other)


def changed_there(path, other):
    other.parent.mkdir()
    shutil.copy(path, other)
    log = opened(other.parent)
    log.edit("one", note="there")
    log.mark(DAY, "rest")
    log.set_setting("a", "b")


def no_backup_can_be_made(folder):
    (folder / "backups").touch()
    return written(folder).backup_problem


def backed_up_from_a_damaged_one(folder):
    """Return what is said of a backup of a log that was damaged since it was looked over."""
    log = written(folder)
    forget_backups(log)
    tear(log)
    log.set_setting("a", "b")
    return log.backup_problem


def restored(folder, prepare):
    """Return what `Log.restore` says, once the folder of a log was prepared."""
    log = written(folder)
    prepare(log)
    return log.restore()


def forget_backups(log):
    for backup in log._folder.glob("*.sqlite3"):
        backup.unlink()


def changed(folder, prepare=lambda log: None):
    """Return a log of whose set another program has changed the note."""
    log = written(folder)
    prepare(log)
    with closing(sqlite3.connect(log.path)) as con:
        con.execute("UPDATE event SET note = 'another'")
        con.commit()
    return opened(folder)


def only_fields(log):
    forget_backups(log)
    log.path.write_bytes(b"no database" * 1000)


def began_anew(log):
    log.path.unlink()
    opened(log.path.parent).add(**SET, entry_id="two")


def tear(log):
    """Damage an index, which only a look at the whole file finds."""
    with closing(sqlite3.connect(log.path)) as con:
        (page,) = con.execute(
            "SELECT rootpage FROM sqlite_master WHERE name='event_key'"
        ).fetchone()
    with log.path.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)


def unread(folder):
    """Return what `restore` says where its folder cannot be used."""
    log = opened(folder)
    (folder / "backups").touch()
    return log.restore()


PAIN = "a whole number from 0 to 10, or None"
ROWS = {
    "a pain of 11": refused(PAIN, pain_before=11),
    "repetitions": refused("a whole number from 0 to 1000", repetitions_done=1001),
    "a duration": refused("a number of seconds from 0 to 86400, or None", duration_s=-1),
    "a start": refused("a datetime with a time zone, from 1900 to 2199", started_at="now"),
    "an outcome": refused("one of 'done', 'stopped', 'stopped_for_pain'", outcome="over"),
    "an id": refused("text of 1 to 100 characters", exercise_id=""),
    "a long note": refused("text of at most 4000 characters", note="x" * 4001),
    "a day": Row(
        lambda folder: written(folder).mark("today", "rest"),
        Said("day is 'today'", NOTHING_SAVED, "such as datetime.date(2026, 3, 1)"),
    ),
    "a field that is none": Row(
        lambda folder: written(folder).edit("one", pain=3),
        Said("'pain' is not a field of a set", NOTHING_SAVED, "the fields are exercise_id,"),
    ),
    "a set that is not there": Row(
        lambda folder: written(folder).edit("two", note=""),
        Said("The log has no set 'two'", "Nothing was changed", "frame() has the ids"),
    ),
    "a deleted set": Row(
        lambda folder: [(log := written(folder)).delete("one"), log.edit("one", note="")],
        Said("'one' was deleted", "was not changed", "Put it back first, with past() or"),
    ),
    "text that cannot be stored": Row(
        adding(note="a\0b"),
        Said("note has characters that cannot be stored", "All else is kept", "edit() can change"),
    ),
    "a zone's endless name": Row(
        adding(started_at=dt.datetime(2026, 3, 1, tzinfo=Somewhere())),
        Said("refused the values", "what was in the log is unchanged", "Give others"),
    ),
    "a log that is a folder": Row(
        a_folder, Said("because that is a folder", "Nothing was changed", "give the path of a file")
    ),
    "a log that is a pipe": Row(
        not_a_file, Said("because that is not a file", "Nothing was changed", "set BACKCARE_LOG")
    ),
    "a log in a file": Row(
        in_a_file,
        Said("cannot be written (", "what was in the log is unchanged", "set BACKCARE_LOG to"),
    ),
    "a log that cannot be read": Row(
        lambda folder: as_nobody(folder, "log.path.chmod(0)", "doctor(log)"),
        Said("cannot be read (unable to", "Nothing in it was changed", "Allow reading and writing"),
    ),
    "a log that cannot be written": Row(
        lambda folder: as_nobody(folder, "log.path.chmod(0o400)", "log.notices()"),
        Said("there is no permission to write", "is unchanged", "Allow reading and writing there"),
    ),
    "a busy log": Row(
        held, Said("is busy: another program", "What is in the log is kept", "please try again")
    ),
    "a newer log": Row(
        of_newer_version,
        Said("was made by a newer version", "nothing was saved", "please update the workbook"),
    ),
    "a full disk": Row(
        on_a_full_disk,
        Said("The disk is full or failing", "in the log is unchanged", "Make some room"),
    ),
    "a log that is gone": Row(
        gone, Said("is no longer there", "Nothing was put in its place", "put it back, or restart")
    ),
    "a log put aside": Row(
        put_aside,
        Said("was damaged and put aside", "Nothing was saved now", "Log.open().restore() brings"),
    ),
    "a damaged log": Row(
        lambda folder: [torn(written(folder).path), opened(folder).frame()],
        Said("is damaged, or is not a log", "nothing was overwritten", "restore() brings it back"),
    ),
    "a damaged log without a backup": Row(
        lambda folder: without_backup(folder, torn, Log.frame),
        Said("is damaged, or is not", "keeps the damaged file", "restore() brings back what can"),
    ),
    "a merge with nothing": Row(
        lambda folder: merged(folder, lambda _, other: None),
        Said("There is no file", "Nothing was changed", "check the path"),
    ),
    "a merge with no log": Row(
        lambda folder: merged(
            folder, lambda _, other: [other.parent.mkdir(), other.write_bytes(b"no log" * 999)]
        ),
        Said("is damaged, or is not a log", "nothing was changed", "Give another file"),
    ),
    "a merge": Row(
        lambda folder: merged(folder, changed_there),
        Told("1 change of a set, 1 mark of a day and 1 setting from"),
    ),
    "a merge of what is there": Row(
        lambda folder: merged(
            folder, lambda path, other: [other.parent.mkdir(), shutil.copy(path, other)]
        ),
        Told("already has all that"),
    ),
    "no backup": Row(
        no_backup_can_be_made,
        Said("Today's backup could not be made", "The log itself is saved", "set BACKCARE_BACKUPS"),
    ),
    "a damaged backup": Row(
        backed_up_from_a_damaged_one,
        Said("the copy is damaged, so the log may be too", "is saved", "run doctor()"),
    ),
    # The words of `restore` are its own matter: here are only what is wrong, safe and to be done.
    "restore: nothing there": Row(
        lambda folder: opened(folder).restore(), Told("Nothing was changed")
    ),
    "restore: whole": Row(lambda folder: written(folder).restore(), Told("Nothing was changed")),
    "restore: whole, without a backup": Row(
        lambda folder: restored(folder, forget_backups), Told("Nothing was changed")
    ),
    "restore: from a backup": Row(
        lambda folder: restored(folder, lambda log: log.path.unlink()), Told("is back")
    ),
    "restore: into a new log": Row(
        lambda folder: restored(folder, began_anew), Told("All that it had is still there")
    ),
    "restore: from the backup and the damaged file": Row(
        lambda folder: restored(folder, lambda log: torn(log.path)), Told("kept beside the log")
    ),
    "restore: all of the damaged file": Row(
        lambda folder: restored(folder, lambda log: [forget_backups(log), tear(log)]),
        Told("read from the damaged file"),
    ),
    "restore: of what cannot be read": Row(
        lambda folder: restored(folder, only_fields),
        Said("Nothing can be read", "Nothing was changed", "move that file away"),
    ),
    "restore: where nothing can be written": Row(
        unread, Said("could not be restored now", "Nothing was deleted", "run restore() again")
    ),
    "restore: what was changed": Row(
        lambda folder: changed(folder).restore(),
        Told("from the backup of 2026-03-01: 1 set (2026-03-01). If you had changed that yourself"),
    ),
    "restore: what was changed, without a backup": Row(
        lambda folder: changed(folder, forget_backups).restore(),
        Said("Not as saved", "Nothing was changed", "No backup has what was saved; look in past()"),
    ),
    "a merge of what was changed": Row(
        lambda folder: opened(folder).merge(changed(folder / "other").path),
        Said("Not as saved", "keep that file until you have", "Look there in past()"),
    ),
    "doctor on a damaged log": Row(
        lambda folder: [torn(written(folder).path), doctor(opened(folder))][1],
        Said("is damaged", "nothing was overwritten", "Log.open().restore()"),
    ),
}
