"""The sets of the log as a pandas table; imported only when one is asked for."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from .entry import Row, started_at
from .travel import dates_never_had

TYPES = {
    "entry_id": "string",
    "exercise_id": "string",
    "started_at": "datetime64[us, UTC]",
    "local_day": "datetime64[us]",
    "local_hour": "Int64",
    "duration_s": "float64",
    "repetitions_done": "Int64",
    "repetitions_prescribed": "Int64",
    "outcome": "string",
    "pain_before": "Int64",
    "pain_after": "Int64",
    "note": "string",
    "source": "string",
}


def table_of(rows: list[Row]) -> pd.DataFrame:
    """Return stored sets as one row each, in their order.

    Returns
    -------
    DataFrame of the columns and dtypes `TYPES`, shape (n_sets, 13)
        `local_day` is a naive midnight, `local_hour` the hour of the start (0 to 23) on the wall
        clock of its own place; a pain that was not given is <NA>, a duration NaN. No
        rows give the same columns and dtypes. `attrs["clock_suspect"]`, if there are any,
        lists the ids of the sets whose clock looked wrong when they were stored;
        `attrs["dates_never_had"]`, the dates that were skipped by a flight over the date line.
    """
    start = pd.to_datetime([row["start_utc"] for row in rows], utc=True)
    offset = pd.to_timedelta([row["utc_offset_min"] for row in rows], unit="min")
    computed = {
        "started_at": start,
        "local_hour": (start + offset).hour,
        "local_day": pd.to_datetime([row["local_day"] for row in rows]),
        "duration_s": pd.array([row["duration_ms"] for row in rows], "Float64") / 1000,
    }
    columns = {
        name: pd.Series(
            computed[name] if name in computed else [row[name] for row in rows], dtype=dtype
        )
        for name, dtype in TYPES.items()
    }
    frame = pd.DataFrame(columns)
    if suspects := [row["entry_id"] for row in rows if row["clock_suspect"]]:
        frame.attrs["clock_suspect"] = suspects
    if skipped := dates_never_had(
        (started_at(row), dt.date.fromisoformat(row["local_day"]))
        for row in rows
        if not row["clock_suspect"]
    ):
        frame.attrs["dates_never_had"] = skipped
    return frame
