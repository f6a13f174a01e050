"""What the tests of the log share: one set, logs in a folder, and processes that are kernels."""

import datetime as dt
import sqlite3
import subprocess
import sys
from contextlib import closing

from hypothesis import strategies as st

from backcare_widgets import Log

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
SET = {
    "exercise_id": "lying-down",
    "started_at": NOW,
    "duration_s": 61.25,
    "repetitions_done": 5,
    "repetitions_prescribed": 5,
    "outcome": "done",
}
CHILD = f"""
import datetime, os, sys
from pathlib import Path
from backcare_widgets import doctor
from backcare_widgets.storage import rows as history
from backcare_widgets.errors import LogError
from backcare_widgets import Log
from backcare_widgets.log import frame as table
SET = {SET!r}
folder = Path(sys.argv[1])
def opened():
    path, backups = folder / "log.sqlite3", folder / "backups"
    return Log.open(path, backups=backups, clock=lambda: SET["started_at"])
"""
READY = "print('ready', flush=True); input()"


def child(folder, program, *arguments, prefix=()):
    """Start a process that has imported all and waits for a line on its input."""
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", f"{CHILD}\n{READY}\n{program}", str(folder), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def start(*processes):
    """Let all of them go at once."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def output(folder, program):
    process = child(folder, program)
    start(process)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out


def opened(folder, clock=lambda: NOW, **options):
    return Log.open(folder / "log.sqlite3", backups=folder / "backups", clock=clock, **options)


def ids(log):
    return {row["entry_id"] for row in log.sets_on(NOW.date())}


def whole(path):
    with closing(sqlite3.connect(path)) as con:
        return con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def every_row(path):
    """Give all rows of a log by table, as SQLite has them."""
    with closing(sqlite3.connect(path)) as con:
        return {
            table: con.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
            for table in ("event", "mark", "setting")
        }


# A letter keeps the note from being all blank in its CSV cell, which is then no blank row.
awkward = st.text(st.sampled_from("=+-@\t\r\n'\"; ,a\0\ud800é😀\u202e\x85\u2028\ufeff"), max_size=6)
starts = st.datetimes(
    dt.datetime(1975, 1, 1),
    dt.datetime(2190, 1, 1),
    timezones=st.timezones(),
    allow_imaginary=True,
)
# What `Log.add` takes of any set.
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
