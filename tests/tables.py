"""What the tests of charts and sentences share: invented tables of the log, and the sample."""

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path

import pandas as pd

from backcare_widgets import Log, adherence, load_programme

TODAY = dt.date(2026, 10, 31)
TYPES = {
    "entry_id": "string", "exercise_id": "string", "duration_s": float, "local_hour": "Int64",
    "repetitions_done": "Int64", "repetitions_prescribed": "Int64", "outcome": "string",
    "pain_before": "Int64", "pain_after": "Int64", "note": "string", "source": "string",
}  # fmt: skip


def log(rows, today=TODAY, **attrs):
    """Make the log's table of (days ago, exercise, repetitions of 5, before, after)."""
    table = pd.DataFrame(
        rows, columns=["ago", "exercise_id", "repetitions_done", "pain_before", "pain_after"]
    )
    table["local_day"] = pd.to_datetime([today - dt.timedelta(days=n) for n in table["ago"]])
    table["started_at"] = table["local_day"].dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    table = table.assign(entry_id="e", local_hour=9, duration_s=150.0, repetitions_prescribed=5)
    table = table.assign(outcome="done", note="", source="timer").drop(columns="ago").astype(TYPES)
    table.attrs = {"today": today, **attrs}
    return table


def days(rows, marks=None, **attrs):
    return adherence.daily(log(rows, **attrs), load_programme(), marks)


def done(ago, lying=3, sitting=1):
    lines = [(ago, "lying-down", 5, None, None)] * lying
    return lines + [(ago, "sitting-down", 5, None, None)] * sitting


def stopped(table, *which):
    table = table.copy()
    table.loc[list(which), "outcome"] = "stopped_for_pain"
    return table


ALL_KINDS = [*done(9), *done(8, 2), *done(3), *done(0, 1, 0)]
MARKS = {
    TODAY - dt.timedelta(days=7): "rest",
    TODAY - dt.timedelta(days=6): "flare-up",
    TODAY - dt.timedelta(days=5): "pause",
    TODAY - dt.timedelta(days=4): "resume",
}


@cache
def sample():
    """Return daily and entries of the sample, as a notebook without a log shows it."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log.open(Path(folder) / "log.sqlite3", sample_if_empty=True)
        entries = log.frame()
        return adherence.daily(entries, load_programme(), log.marks()), entries
