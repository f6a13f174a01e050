"""Time ten years of the programme up to daily adherence, beside reading the same rows alone.

Run by `python tests/benchmarks/bench_daily.py`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pandas as pd
from invented import NOW, log_of
from side_by_side import ONCE, ROUNDS, folder, is_once, table, timed

from backcare_widgets import adherence, load_programme

N_SETS, N_DAYS = 15_000, 3650


def main(*, once: bool) -> None:
    """Print the table."""
    programme = load_programme()
    n_sets, n_days = (20, 10) if once else (N_SETS, N_DAYS)
    with folder() as here:
        log = log_of(here / "log.sqlite3", n_sets, n_days)
        entries = log.frame()
        assert len(entries) == n_sets

        def fetchall() -> list[tuple]:
            with closing(sqlite3.connect(log.path)) as con:
                return con.execute("SELECT * FROM event ORDER BY start_utc").fetchall()

        def read_sql() -> pd.DataFrame:
            with closing(sqlite3.connect(log.path)) as con:
                return pd.read_sql("SELECT * FROM event ORDER BY start_utc", con)

        def daily(entries: pd.DataFrame) -> pd.DataFrame:
            return adherence.daily(entries, programme, today=NOW.date())

        ways = {
            "fetchall": timed(fetchall),
            "read_sql": timed(read_sql),
            "ours, to daily adherence": timed(lambda: daily(log.frame())),
            "  of which Log.frame()": timed(log.frame),
            "  of which adherence.daily": timed(lambda: daily(entries)),
        }
        table(f"{n_sets} sets", ways, ["fetchall", "read_sql"], ONCE if once else ROUNDS)


if __name__ == "__main__":
    main(once=is_once(__doc__))
