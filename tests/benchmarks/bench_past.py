"""Time the list of what was recorded, beside reading the same rows alone.

Run by `python tests/benchmarks/bench_past.py`. Each line is one answer of the kernel to the page,
made into the text that goes to it: the newest days as the list opens, and a change while so many
days are shown, which are all read again. The log has four sets a day for three years. A change is
one durable append besides.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sqlite3
from contextlib import closing

from invented import NOW, log_of
from side_by_side import Way, folder, table, timed

from backcare_widgets import Log, load_programme
from backcare_widgets.correcting import Past

N_DAYS = 3 * 365
SHOWN = (14, 100, 300)
MOMENT = {"started_at": NOW.isoformat(), "utc_offset_min": 0, "tz": "UTC"}


def main() -> None:
    """Print the table."""
    with folder() as here:
        path = here / "log.sqlite3"
        log_of(path, 4 * N_DAYS, N_DAYS)
        past = Past(Log.open(path, backups=here / "backups"), load_programme())
        newest = past.answer({"ask": "days", "now": MOMENT})[0]["days"]
        entry_id = next(s["entry_id"] for day in newest for s in day["sets"])
        texts = map("note {}".format, itertools.count())
        fields = next(s["fields"] for day in newest for s in day["sets"])

        def opened() -> str:
            return json.dumps(past.answer({"ask": "days", "now": MOMENT}))

        def changed(since: str) -> Way:
            return timed(
                lambda: json.dumps(
                    past.answer(
                        {
                            "ask": "edit",
                            "now": MOMENT,
                            "since": since,
                            "entry_id": entry_id,
                            "fields": fields | {"note": next(texts)},
                        }
                    )
                )
            )

        def read(since: str) -> Way:
            query = "SELECT * FROM event WHERE local_day >= ?"

            def rows() -> str:
                with closing(sqlite3.connect(path)) as con:
                    return json.dumps(con.execute(query, (since,)).fetchall())

            return timed(rows)

        ways = {"open the list, 14 days": timed(opened)}
        first = dt.date.fromisoformat(newest[0]["day"])
        for days in SHOWN:
            since = str(first - dt.timedelta(days=days - 1))
            ways[f"read the rows of {days} days"] = read(since)
            ways[f"a change, {days} days shown"] = changed(since)
        table("what was recorded", ways, [f"read the rows of {SHOWN[-1]} days"])


if __name__ == "__main__":
    main()
