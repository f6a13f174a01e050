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
from typing import Any

from invented import NOW, log_of
from side_by_side import ONCE, ROUNDS, Way, folder, is_once, table, timed

from backcare_widgets import Log, load_programme
from backcare_widgets.widgets.past import Past

N_DAYS = 3 * 365
SHOWN = (14, 100, 300)
MOMENT = {"started_at": NOW.isoformat(), "utc_offset_min": 0, "tz": "UTC"}


def main(*, once: bool) -> None:
    """Print the table."""
    n_days, shown = (20, (5, 10)) if once else (N_DAYS, SHOWN)
    with folder() as here:
        path = here / "log.sqlite3"
        log_of(path, 4 * n_days, n_days)
        past = Past(Log.open(path, backups=here / "backups"), load_programme())

        def asked(op: str, **what: object) -> dict[str, Any]:
            answer, _ = past.answer_to({"id": "1", "op": op, "now": MOMENT} | what)
            assert "problem" not in answer, answer
            return answer

        newest = asked("days")["days"]
        entry_id = next(s["entry_id"] for day in newest for s in day["sets"])
        texts = map("note {}".format, itertools.count())
        fields = next(s["fields"] for day in newest for s in day["sets"])

        def opened() -> str:
            return json.dumps(asked("days"))

        def changed(since: str) -> Way:
            def edit() -> str:
                noted = fields | {"note": next(texts)}
                return json.dumps(asked("edit", since=since, entry_id=entry_id, fields=noted))

            return timed(edit)

        def read(since: str) -> Way:
            query = "SELECT * FROM event WHERE local_day >= ?"

            def rows() -> str:
                with closing(sqlite3.connect(path)) as con:
                    return json.dumps(con.execute(query, (since,)).fetchall())

            return timed(rows)

        ways = {"open the list, 14 days": timed(opened)}
        first = dt.date.fromisoformat(newest[0]["day"])
        for days in shown:
            since = str(first - dt.timedelta(days=days - 1))
            ways[f"read the rows of {days} days"] = read(since)
            ways[f"a change, {days} days shown"] = changed(since)
        floors, rounds = [f"read the rows of {shown[-1]} days"], ONCE if once else ROUNDS
        table("what was recorded", ways, floors, rounds)


if __name__ == "__main__":
    main(once=is_once(__doc__))
