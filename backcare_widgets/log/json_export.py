"""The log as JSON, for other programs: the same sets and marks as the CSV, to the letter."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..files import exporting
from ..storage.entry import Row
from .csv_export import COLUMNS, values_of

FORMAT, VERSION = "backcare-log", 1

_OF_A_SET = [name for name in COLUMNS if name not in ("record", "mark")]


def write(
    path: Path,
    sets: Iterable[Row],
    marks: Iterable[Row],
    settings: Mapping[str, str],
    now: dt.datetime,
) -> None:
    """Write one document in UTF-8, readable by the owner only; the old file until all is there.

    It has `format`, `version`, `written_at`, `sets`, `marks` and `settings`. A set has every
    column of the CSV that is one of a set, with null for what is not known; texts are as they
    were written, without the CSV's apostrophe.

    Raises
    ------
    LogError
        If the file cannot be written; a file that was there is then unchanged.
    """
    document = {
        "format": FORMAT,
        "version": VERSION,
        "written_at": now.isoformat(timespec="seconds"),
        "sets": [dict.fromkeys(_OF_A_SET) | values_of(row) for row in sets],
        "marks": [{name: row[name] for name in ("local_day", "mark")} for row in marks],
        "settings": dict(settings),
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    with exporting(path) as file:
        file.write(f"{text}\n".encode())
