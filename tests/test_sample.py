"""The sample log that stands in the notebooks until there is one of the person's own."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tables import TODAY, sample

from backcare_widgets import load_programme
from backcare_widgets.days import local_day

SAMPLE = Path(__file__).parent.parent / "data" / "sample_log.csv"


def test_the_sample_log_agrees_with_itself():
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    sets = [row for row in rows if row["record"] == "set"]
    london = ZoneInfo("Europe/London")
    for row in sets:
        start = datetime.fromisoformat(row["started_at"])
        assert start.utcoffset() == start.astimezone(london).utcoffset()
        assert local_day(start).isoformat() == row["local_day"]
        exercise = load_programme()[row["exercise_id"]]
        assert int(row["repetitions_prescribed"]) == exercise.repetitions
        assert (row["outcome"] == "done") == (
            row["repetitions_done"] == row["repetitions_prescribed"]
        )
    assert len({row["entry_id"] for row in sets}) == len(sets)
    assert max(row["local_day"] for row in sets) == TODAY.isoformat()
    assert sorted(row["mark"] for row in rows if row["record"] == "mark") == [
        "flare-up", "flare-up", "rest",
    ]  # fmt: skip
    assert sum(row["outcome"] == "stopped_for_pain" for row in sets) == 2


def test_the_sample_shows_every_kind_of_day_but_a_pause():
    daily, _ = sample()
    assert set(daily["state"]) == {
        "done", "partly done", "not recorded", "rest", "flare-up", "so far",
    }  # fmt: skip
