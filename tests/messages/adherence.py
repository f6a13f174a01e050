"""What `adherence` and `charts` cannot use."""

from __future__ import annotations

import pandas as pd
from logs import opened

from backcare_widgets import adherence, charts, load_programme

from .said import Row, Said
from .storage import written

LOG = "Your log is not touched"


def daily(folder):
    return adherence.daily(written(folder).frame(), load_programme())


def refused(wrong, call, do):
    return Row(call, Said(wrong, LOG, do))


ROWS = {
    "a list for a table": refused(
        "entries is []", lambda folder: adherence.daily([], load_programme()), "Log.frame() returns"
    ),
    "a table of something else": refused(
        "is a table without local_day",
        lambda folder: adherence.daily(pd.DataFrame({"a": [1]}), load_programme()),
        "give what Log.frame() returns",
    ),
    "a table by number": refused(
        "is a table whose index is not of days",
        lambda folder: charts.calendar(daily(folder).reset_index(drop=True)),
        "give what adherence.daily(entries, programme) returns",
    ),
    "a table of moments": refused(
        "is a table whose index is not of days",
        lambda folder: charts.calendar(daily(folder).tz_localize("UTC")),
        "give what adherence.daily(entries, programme) returns",
    ),
    "a table of texts": refused(
        "is a table with something else in done",
        lambda folder: charts.calendar(daily(folder).astype({"done": str})),
        "give what adherence.daily(entries, programme) returns",
    ),
    "marks that are none": refused(
        "marks is {1: 2}",
        lambda folder: adherence.daily(opened(folder).frame(), load_programme(), {1: 2}),
        "give what Log.marks() returns",
    ),
    "a day far away": refused(
        "today is datetime.date(3000, 1, 1)",
        lambda folder: adherence.daily(
            opened(folder).frame(), load_programme(), None, "3000-01-01"
        ),
        "give a day from 1900 to 2199",
    ),
    "a picture for a part of one": refused(
        "ax is 5", lambda folder: charts.calendar(daily(folder), ax=5), "give one Axes, such as"
    ),
}
