"""The log a page at a time: no day is left out, and none comes twice."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET, opened


def at(day, hour=12):
    return (NOW - dt.timedelta(days=day)).replace(hour=hour)


def set_of(day, hour=12):
    return SET | {"started_at": at(day, hour)}


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 23), st.booleans(), st.booleans()),
        max_size=40,
    )
)
def test_page_by_page_every_day_with_a_set_or_a_mark_comes_once(tmp_path_factory, made):
    log = opened(tmp_path_factory.mktemp("log"))
    days = {}
    for n, (day, hour, is_deleted, is_marked) in enumerate(made):
        log.add(**set_of(day, hour), entry_id=f"{n}")
        local_day = str((at(day, hour) - dt.timedelta(hours=4)).date())
        days.setdefault(local_day, {})[f"{n}"] = is_deleted
        if is_deleted:
            log.delete(f"{n}")
        if is_marked:
            log.mark(at(day).date(), "rest")
            days.setdefault(str(at(day).date()), {})
    seen, before, has_earlier = {}, None, bool(made)
    while has_earlier:
        page, has_earlier = log.days(before=before)
        assert 0 < len(page) <= 14
        for day in page:
            assert before is None or day["local_day"] < str(before)
            before = dt.date.fromisoformat(day["local_day"])
            seen[str(before)] = {s["entry_id"]: s["op"] == "delete" for s in day["sets"]}
    assert seen == days
    if days:
        since = dt.date.fromisoformat(min(days))
        everything, has_earlier = log.days(since=since)
        assert [day["local_day"] for day in everything] == sorted(days, reverse=True)
        assert not has_earlier
        assert log.days(since=since, before=since) == ([], False)


def test_a_day_has_its_mark_and_its_sets_with_the_number_of_their_revisions(log):
    for hour, entry_id in ((8, "early"), (9, "late")):
        log.add(**set_of(0, hour), entry_id=entry_id)
    log.edit("early", note="x")
    log.mark(at(0).date(), "rest")
    log.add(**set_of(1), entry_id="before")
    [day, earlier], has_earlier = log.days()
    assert (day["local_day"], day["mark"], has_earlier) == ("2026-03-01", "rest", False)
    assert [(s["entry_id"], s["revisions"]) for s in day["sets"]] == [("late", 1), ("early", 2)]
    assert (earlier["local_day"], earlier["mark"]) == ("2026-02-28", None)
    assert log.days(since=at(0).date()) == ([day], True)
    assert [row["note"] for row in log.revisions("early")] == ["", "x"]
    assert log.revisions("nobody") == []
