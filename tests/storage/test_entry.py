import datetime as dt
from enum import Enum
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from logs import SET, opened

from backcare_widgets.errors import EntryError
from backcare_widgets.storage.entry import ALLOWED, clock_looked_wrong, columns_of

BERLIN = ZoneInfo("Europe/Berlin")
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=BERLIN)


@pytest.mark.parametrize("field", ["pain_before", "pain_after"])
@pytest.mark.parametrize(
    "value", [11, -1, 3.5, 3.0, "3", "lots", True, float("nan"), "", np.True_, pd.NA, [3]]
)
def test_fault_22_a_pain_that_is_no_whole_number_from_0_to_10_is_refused(field, value):
    with pytest.raises(EntryError) as caught:
        columns_of(**{field: value})
    assert str(caught.value) == (
        f"{field} is {value!r}, but must be a whole number from 0 to 10, or None."
        " Nothing was saved; give another value."
    )


@pytest.mark.parametrize("value", [0, 10, None, np.int64(4)])
def test_fault_22_every_pain_of_the_scale_is_taken_as_it_is(value):
    assert columns_of(pain_before=value) == {"pain_before": value}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("repetitions_done", 1001),
        ("repetitions_done", -1),
        ("repetitions_done", None),
        ("repetitions_prescribed", 10**9),
        ("repetitions_prescribed", False),
        ("duration_s", -0.1),
        ("duration_s", 86_400.1),
        ("duration_s", float("nan")),
        ("duration_s", float("inf")),
        ("duration_s", 10**400),
        ("duration_s", True),
        ("duration_s", "60"),
        ("outcome", "finished"),
        ("outcome", None),
        ("source", "guess"),
        ("exercise_id", ""),
        ("exercise_id", "  "),
        ("exercise_id", "x" * 101),
        ("exercise_id", 7),
        ("note", None),
        ("started_at", dt.datetime(2026, 3, 1, 12)),
        ("started_at", dt.date(2026, 3, 1)),
        ("started_at", NOON.replace(tzinfo=dt.timezone(-dt.timedelta(hours=23, seconds=3599)))),
        ("started_at", "2026-03-01T12:00+01:00"),
        ("started_at", dt.datetime.min.replace(tzinfo=dt.UTC)),
        ("started_at", dt.datetime.max.replace(tzinfo=dt.UTC)),
        ("started_at", pd.NaT),
    ],
)
def test_a_value_out_of_range_is_refused_with_what_its_field_may_be(field, value):
    with pytest.raises(EntryError) as caught:
        columns_of(**{field: value})
    assert str(caught.value).startswith(f"{field} is ")
    assert str(caught.value).endswith(
        f", but must be {ALLOWED[field]}. Nothing was saved; give another value."
    )


def test_fault_54_a_name_out_of_an_enum_is_taken_for_its_text(tmp_path):
    names = Enum("names", {"done": "done", "rest": "rest", "id": "lying-down"}, type=str)
    log = opened(tmp_path)
    log.add(**SET | {"outcome": names.done, "exercise_id": names.id, "note": names.rest})
    log.mark(NOON.date(), names.rest)
    assert log.marks() == {NOON.date(): "rest"}
    row = log.frame().iloc[0]
    assert (row["outcome"], row["exercise_id"], row["note"]) == ("done", "lying-down", "rest")


def test_a_field_that_no_set_has_is_refused_with_those_it_has():
    with pytest.raises(EntryError, match=r"'hold_s' is not a field of a set\. .* fields are exerc"):
        columns_of(hold_s=5)


@pytest.mark.parametrize(
    ("seconds", "stored"), [(0, 0), (86_400, 86_400_000), (61.2504, 61_250), (None, None)]
)
def test_durations_are_kept_in_whole_milliseconds(seconds, stored):
    assert columns_of(duration_s=seconds) == {"duration_ms": stored}


def test_fault_20_a_note_may_have_4000_characters_and_its_text_stays_out_of_the_message():
    assert columns_of(note="ä" * 4000) == {"note": "ä" * 4000}
    with pytest.raises(EntryError) as caught:
        columns_of(note="ä" * 4001)
    assert str(caught.value) == (
        "note has 4001 characters, but must be text of at most 4000 characters."
        " Nothing was saved; give another value."
    )


def test_fault_20_what_cannot_be_stored_in_text_is_replaced_and_the_rest_kept():
    assert columns_of(note="a\0b\ud83dc😀") == {"note": "a\ufffdb\ufffdc😀"}


def test_a_start_is_kept_as_its_own_zone_saw_it():
    start = dt.datetime(2026, 3, 29, 4, 30, 0, 999_999, BERLIN)  # the night of the change
    assert columns_of(started_at=start) == {
        "start_utc": "2026-03-29T02:30:00.999Z",
        "utc_offset_min": 120,
        "tz": "Europe/Berlin",
        # 4 hours earlier in elapsed time it was still the 28th.
        "local_day": "2026-03-29",
        "rollover_h": 4,
    }


@pytest.mark.parametrize(
    ("zone", "key"),
    [(dt.UTC, ""), (dt.timezone(dt.timedelta(hours=-5)), ""), (BERLIN, str(BERLIN))],
)
def test_only_a_named_zone_has_a_name(zone, key):
    assert columns_of(started_at=dt.datetime(2026, 3, 1, 12, tzinfo=zone))["tz"] == key


@given(
    wall=st.datetimes(dt.datetime(1975, 1, 1), dt.datetime(2190, 1, 1)),
    zone=st.sampled_from(sorted(available_timezones())),
    fold=st.sampled_from([0, 1]),
)
def test_fault_24_in_every_zone_the_day_is_that_of_the_wall_clock_less_4_hours(wall, zone, fold):
    start = wall.replace(tzinfo=ZoneInfo(zone), fold=fold)
    row = columns_of(started_at=start)
    seen = dt.datetime.fromisoformat(row["start_utc"]) + dt.timedelta(minutes=row["utc_offset_min"])
    assert row["local_day"] == str((wall - dt.timedelta(hours=4)).date())
    assert seen.replace(tzinfo=None) == wall.replace(microsecond=wall.microsecond // 1000 * 1000)


@pytest.mark.parametrize(
    ("start", "wrong"),
    [
        (NOON, False),
        (NOON + dt.timedelta(hours=23), False),
        (NOON + dt.timedelta(hours=25), True),
        (NOON.replace(year=1970), True),
        (NOON.replace(year=2099), True),
        (NOON.replace(year=2000), False),
    ],
)
def test_fault_23_a_start_before_2000_or_a_day_ahead_looks_wrong(start, wrong):
    assert clock_looked_wrong(columns_of(started_at=start), NOON) is wrong
