"""The sets of the log as a pandas table; imported only when one is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..days import is_in_no_zone

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


def table_of(sets: Mapping[str, list[Any]], now: dt.datetime) -> pd.DataFrame:
    """Return the sets of `rows.columns_of_sets`, one a row in their order, as `TYPES` says.

    `local_day` is a naive midnight, `local_hour` the hour of the start (0 to 23) on the wall clock
    of its own place; a pain that was not given is <NA>, a duration NaN. `attrs["clock_suspect"]`,
    if there are any, lists the ids of the sets whose clock looked wrong when they were stored.
    Where the clock of `now` is in no zone, `attrs["utc_offset_min"]` is the offset of the person's,
    by the newest set of these days, if there is one and it is not 0.
    """
    start = pd.to_datetime(sets["start_utc"], utc=True)
    offset = np.array(sets["utc_offset_min"], dtype=np.int64)
    computed = {
        "started_at": start,
        "local_hour": (start + pd.to_timedelta(offset, unit="min")).hour,
        "local_day": np.array(sets["local_day"], dtype="datetime64[D]"),
        "duration_s": pd.array(sets["duration_ms"], "Float64") / 1000,
    }
    columns = {**sets, **computed}
    frame = pd.DataFrame({n: pd.Series(columns[n], dtype=dtype) for n, dtype in TYPES.items()})
    suspect = np.array(sets["clock_suspect"], dtype=bool)
    if suspect.any():
        frame.attrs["clock_suspect"] = frame["entry_id"][suspect].tolist()
    if is_in_no_zone(now):
        days_from_now = (computed["local_day"] - np.datetime64(now.date())).astype(int)
        if newest := offset[abs(days_from_now) <= 1][-1:].sum():
            frame.attrs["utc_offset_min"] = int(newest)
    return frame
