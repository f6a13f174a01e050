"""Any name for a file: it works fully, or says why not, and touches nothing else."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET

from backcare_widgets import Log, doctor, reminders, report, today
from backcare_widgets.errors import PlainError
from backcare_widgets.files import resolved

# What means something to SQLite, to a shell, to a glob, to a URL, or to the file system.
odd = st.sampled_from(
    [
        *(
            "?",
            "#",
            "%",
            "%00",
            "%2F",
            "*",
            "[a]",
            "'",
            '"',
            "\\",
            "\n",
            "\t",
            " ",
            "~",
            "~root",
            "-",
        ),
        *(
            ".",
            "..",
            "...",
            "a.",
            "é",
            "e\u0301",
            "😀",
            "\u202e",
            "\0",
            "\ud800",
            "\udcff",
            ":",
            "|",
        ),
        *("file:", "file:x?mode=memory", "file:x?mode=ro&immutable=1", ":memory:", "http://x/y"),
        *("x" * 200, "x" * 256, "é" * 130, "$HOME", "C:", "NUL", "log", ".sqlite3", "-journal"),
    ]
) | st.text(st.characters(codec=None), min_size=1, max_size=4)
names = st.lists(odd, min_size=1, max_size=4).map("".join)
paths = st.lists(names, min_size=1, max_size=4).map("/".join)


@pytest.fixture(scope="module")
def home():
    """A folder in which all is made, even by a path that begins with ~ or with ..; and go there."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name).resolve() / "1" / "2" / "3" / "4" / "5" / "6" / "home"
        here.mkdir(parents=True)
        before = Path.cwd()
        os.chdir(here)
        yield here
        os.chdir(before)


def files_in(folder):
    return {Path(place) / name for place, _, found in os.walk(folder) for name in found}


def refused_or(work):
    """Return what `work` returns, None if it is refused in a sentence."""
    try:
        return work()
    except PlainError as error:
        said = str(error)
    said.encode()
    assert len(said) > 20
    assert said[-1] in ".)"
    return None


def within(path, folder):
    """Return where a path leads, if that can be said and is where this test may write."""
    try:
        found = resolved(path)
    except PlainError:
        return None
    assert found.is_absolute()
    return found if found.is_relative_to(folder.parents[6]) else ...


@given(paths, paths, paths, st.sampled_from(["argument", "environment"]))
def test_a_name_of_a_file_works_fully_or_is_refused_and_no_other_file_is_touched(
    home, log_at, backups_at, file_at, how
):
    top = home.parents[6]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(dir=home) as inner:
        patch.setenv("HOME", str(home))
        patch.chdir(inner)
        led_to = {name: within(name, home) for name in (log_at, backups_at, file_at)}
        if ... in led_to.values():
            return  # it begins with / or ~root
        if how == "environment":
            if any(char in log_at + backups_at for char in "\0\ud800"):
                return  # cannot be in an environment
            try:
                patch.setenv("BACKCARE_LOG", log_at)
                patch.setenv("BACKCARE_BACKUPS", backups_at)
            except UnicodeEncodeError:
                return
            log = refused_or(lambda: Log.open(clock=lambda: NOW))
        else:
            log = refused_or(lambda: Log.open(log_at, backups=backups_at, clock=lambda: NOW))
        before = files_in(top)
        allowed = [led_to[log_at], led_to[backups_at]]
        if log is not None:
            assert log.path == led_to[log_at]
            assert log.frame().empty
            is_added = refused_or(lambda: log.add(**SET, entry_id="one"))
            if is_added:
                assert list(log.frame()["entry_id"]) == ["one"]
                assert log.path.is_file()
                refused_or(lambda: log.mark(NOW.date(), "rest"))
                assert log.marks() == {NOW.date(): "rest"}
                refused_or(log.restore)
                assert list(log.frame()["entry_id"]) == ["one"]
                other = Log.open(Path(inner) / "other", backups=Path(inner) / "theirs")
                assert other.merge(log.path).joined.sets == 1
                before |= files_in(inner) & {*Path(inner).glob("other*")}
                allowed.append(Path(inner) / "theirs")
                allowed.append(Path(inner) / "other")
            assert "Traceback" not in repr(doctor(log))
            refused_or(lambda: today(log=log, day=NOW.date()))
            for write in (log.export_csv, log.export_json, lambda path: report(path, log=log)):
                refused_or(lambda write=write: write(file_at))
            done = refused_or(lambda: log.export_csv(file_at))
            if done and is_added:
                assert done == led_to[file_at]
                assert log.import_csv(done).already_there == 2
        refused_or(lambda: reminders(file_at, now=NOW))
        allowed.append(led_to[file_at])
        for made in files_in(top) - before:
            assert any(made == path or path in made.parents for path in allowed if path), made
