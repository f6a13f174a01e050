"""What was recorded, listed by day and put right: nothing is lost, nothing of it is a trait."""

import datetime as dt
import json
import re

import pytest
from logs import SET, every_row, opened

from backcare_widgets import Log, load_programme
from backcare_widgets.widgets.past import Past

PROGRAMME = load_programme()
DAY = dt.date(2026, 3, 1)
PAGE = {"started_at": "2026-03-01T12:00:00Z", "utc_offset_min": 60, "tz": "Europe/Berlin"}
FIELDS = {
    "exercise_id": "lying-down",
    "repetitions_done": 4,
    "outcome": "stopped",
    "pain_before": 5,
    "pain_after": None,
    "note": "by the window",
    "minutes": 2.5,
}


class Page(Past):
    """Asks as the page does, and gives what it is answered."""

    def __init__(self, log):
        self.sent = []
        super().__init__(log, PROGRAMME)

    def send(self, content, buffers=None):
        self.sent.append(json.loads(json.dumps(content, allow_nan=False)))

    def ask(self, op, **message):
        return self.sent_as({"id": "7", "op": op, "now": PAGE} | message)

    def sent_as(self, content):
        data = {"method": "custom", "content": content}
        self._handle_msg({"content": {"data": data}, "buffers": []})
        [answer] = self.sent
        self.sent.clear()
        assert answer.pop("id") == (content.get("id") if isinstance(content, dict) else None)
        return answer

    def sets(self):
        days = self.ask("days", since="2000-01-01")["days"]
        return {s["entry_id"]: s for day in days for s in day["sets"]}

    def add(self, entry_id="one", started_at="2026-03-01T08:00:00Z", **changes):
        return self.ask(
            "add",
            entry_id=entry_id,
            fields=FIELDS | changes,
            prescribed=5,
            moment=PAGE | {"started_at": started_at},
        )


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path)


@pytest.fixture
def page(log):
    return Page(log)


def at(day, hour=9):
    return dt.datetime(2026, 3, 1, hour, tzinfo=dt.UTC) - dt.timedelta(days=day)


def test_an_empty_log_shows_today_alone_and_makes_nothing(page, log):
    answer = page.ask("days")
    assert answer == {
        "today": "2026-03-01",
        "days": [{"day": "2026-03-01", "title": "Sunday 1 March 2026", "mark": None, "sets": []}],
        "has_earlier": False,
        "paused": "",
        "hides_pain": False,
    }
    assert not log.path.exists()


def test_days_come_newest_first_some_at_a_time_until_all_were_shown(page, log):
    for day in range(40):
        log.add(**SET | {"started_at": at(day)}, entry_id=f"{day}")
    log.mark(at(60).date(), "rest")
    seen, answer = [], page.ask("days")
    while True:
        seen += [day["day"] for day in answer["days"]]
        if not answer["has_earlier"]:
            break
        answer = page.ask("days", before=seen[-1])
        assert answer["days"][0]["day"] < seen[-1]
    assert seen == [str(at(day).date()) for day in [*range(40), 60]]
    assert len(page.ask("days")["days"]) < 20, "hundreds of days at once would be slow"


def test_within_a_day_the_latest_set_comes_first(page, log):
    for hour in (9, 7, 11):
        log.add(**SET | {"started_at": at(0, hour)})
    [today] = page.ask("days")["days"]
    assert [s["time"] for s in today["sets"]] == ["11:00", "09:00", "07:00"]


def test_a_set_is_told_in_words(page):
    page.add()
    assert page.sets()["one"]["words"] == "4 of 5 repetitions, stopped, 2.5 minutes, pain 5 before"
    page.add("two", minutes=1, pain_before=None, pain_after=2, outcome="stopped_for_pain")
    words = "4 of 5 repetitions, stopped for pain, 1 minute, pain 2 after"
    assert page.sets()["two"]["words"] == words


def test_a_forgotten_set_is_added_at_its_time_in_the_zone_of_the_page(page, log):
    answer = page.add()
    assert answer["said"] == "Written down for 1 March 2026."
    assert answer["days"][0]["sets"][0]["time"] == "09:00"
    [row] = log.frame().to_dict("records")
    assert row["started_at"].isoformat() == "2026-03-01T08:00:00+00:00"
    assert (row["source"], row["duration_s"]) == ("manual", 150)
    assert log.sets_on(DAY)[0]["tz"] == "Europe/Berlin"
    assert (row["repetitions_done"], row["repetitions_prescribed"]) == (4, 5)
    assert (row["pain_before"], row["note"]) == (5, "by the window")


def test_added_twice_by_an_impatient_click_it_is_one_set(page, log):
    page.add()
    page.add()
    assert len(log.frame()) == 1


@pytest.mark.parametrize(("minutes_before", "offset"), [(60, 2), (20, 2), (5, 1)])
def test_fault_24_in_the_hour_that_comes_twice_a_set_is_where_it_was(
    page, log, minutes_before, offset
):
    now = dt.datetime(2026, 10, 25, 1, 10, tzinfo=dt.UTC)  # 02:10 in Berlin, for the second time
    here = PAGE | {"started_at": now.isoformat()}
    start = now - dt.timedelta(minutes=minutes_before)
    moment = here | {"started_at": start.isoformat(), "utc_offset_min": 60 * offset}
    given = {"now": here, "entry_id": "one"}
    assert "said" in page.ask("add", **given, fields=FIELDS, prescribed=5, moment=moment)
    assert list(log.frame()["started_at"]) == [start]
    earlier = start - dt.timedelta(minutes=1)
    wall = earlier.astimezone(dt.timezone(dt.timedelta(hours=offset)))
    assert "said" in page.ask("edit", **given, fields={"when": f"{wall:%Y-%m-%dT%H:%M}"})
    assert list(log.frame()["started_at"]) == [earlier]


def test_nothing_is_added_moved_or_marked_in_the_future(page, log):
    later = "2026-03-01T12:01:00Z"
    assert page.add(started_at=later)["problem"].startswith("That is in the future.")
    page.add()
    fields = page.sets()["one"]["fields"] | {"when": "2026-03-01T13:01"}
    problem = page.ask("edit", entry_id="one", fields=fields)["problem"]
    assert problem.startswith("That is in the future.")
    problem = page.ask("mark", day="2026-03-02", mark="rest")["problem"]
    assert problem.startswith("That day is in the future.")
    assert (len(log.frame()), log.marks()) == (1, {})


def test_each_change_is_one_revision_and_one_undo(page, log):
    page.add()
    before = [page.sets()]
    rows = every_row(log.path)["event"]
    fields = page.sets()["one"]["fields"] | {
        "note": "",
        "pain_after": 3,
        "when": "2026-02-28T22:30",
    }
    for change in (
        {"op": "edit", "entry_id": "one", "fields": fields},
        {"op": "delete", "entry_id": "one"},
        {"op": "bring_back", "entry_id": "one"},
    ):
        page.ask(**change)
        now = every_row(log.path)["event"]
        assert (now[:-1], len(now)) == (rows, len(rows) + 1), change
        rows = now
        before.append(page.sets())
    shown = [sets["one"] | {"revisions": None} for sets in before]
    assert len({json.dumps(s) for s in shown}) == 3, "brought back, it is as it was"
    assert shown[3] == shown[1]
    for state in reversed(shown[:-1]):
        page.ask("undo")
        assert page.sets()["one"] | {"revisions": None} == state
    page.ask("undo")
    assert page.sets()["one"]["is_deleted"]
    assert page.ask("undo")["said"] == "There is nothing to undo."
    page.ask("redo")
    assert page.sets()["one"] | {"revisions": None} == shown[0]


def test_an_edit_keeps_what_it_does_not_change_to_the_letter(page, log):
    start = dt.datetime(2026, 3, 1, 9, 0, 12, 250_000, dt.UTC)
    log.add(**SET | {"started_at": start, "duration_s": 61.258}, entry_id="one")
    fields = page.sets()["one"]["fields"]
    assert (fields["when"], fields["minutes"]) == ("2026-03-01T09:00", 1)
    page.ask("edit", entry_id="one", fields=fields | {"note": "new"})
    [row] = log.frame().to_dict("records")
    assert (row["started_at"], row["duration_s"], row["note"]) == (start, 61.258, "new")
    assert row["source"] == "timer"


def test_of_two_edits_at_a_time_each_changes_only_what_it_says(page, log):
    page.add()
    page.ask("edit", entry_id="one", fields={"note": "from one tab", "minutes": 3})
    page.ask("edit", entry_id="one", fields={"pain_after": 2})
    [row] = log.frame().to_dict("records")
    assert (row["note"], row["pain_after"], row["duration_s"]) == ("from one tab", 2, 180)


def test_a_set_put_to_another_exercise_is_counted_by_the_repetitions_of_that_one(page, log):
    page.add(repetitions_done=3)
    page.ask("edit", entry_id="one", fields={"exercise_id": "sitting-down"})
    [row] = log.frame().to_dict("records")
    assert (row["repetitions_done"], row["repetitions_prescribed"]) == (3, 3)
    page.ask("edit", entry_id="one", fields={"note": "the dose it had is kept"})
    log.edit("one", repetitions_prescribed=7)
    page.ask("edit", entry_id="one", fields={"exercise_id": "sitting-down", "note": ""})
    assert log.frame()["repetitions_prescribed"].tolist() == [7]


def test_a_set_deleted_in_another_tab_meanwhile_is_not_changed_and_it_says_what_to_do(page, log):
    page.add()
    page.ask("delete", entry_id="one")
    problem = page.ask("edit", entry_id="one", fields={"note": "new"})["problem"]
    assert problem == (
        "This set was deleted meanwhile, so it was not changed. Put it back first, under"
        " “deleted” of its day."
    )


def test_a_time_is_put_right_in_the_zone_where_the_set_was_done(page, log):
    page.add(started_at="2026-02-28T12:00:00Z")  # in Berlin
    there = PAGE | {"utc_offset_min": -300, "tz": "America/New_York"}
    fields = page.sets()["one"]["fields"] | {"when": "2026-02-28T03:59"}
    answer = page.ask("edit", entry_id="one", fields=fields, now=there, since="2000-01-01")
    [row] = log.frame().to_dict("records")
    assert row["started_at"].isoformat() == "2026-02-28T02:59:00+00:00"
    assert answer["days"][-1]["day"] == "2026-02-27", "before 04:00 it is still the day before"


def test_earlier_versions_can_be_shown_in_words(page):
    page.add()
    fields = page.sets()["one"]["fields"]
    page.ask("edit", entry_id="one", fields=fields | {"note": "", "repetitions_done": 5})
    page.ask("delete", entry_id="one")
    page.ask("undo")
    page.ask("redo")
    page.ask("undo")
    assert page.sets()["one"]["revisions"] == 6
    texts = page.ask("revisions", entry_id="one")["revisions"]
    what = "Lying down, 1 March 2026 at 09:00:"
    pain = "stopped, 2.5 minutes, pain 5 before"
    assert [re.sub(" on 1 March 2026 at 13:00", "", text) for text in texts] == [
        f"Written down. {what} 4 of 5 repetitions, {pain}, note: by the window",
        f"Changed. {what} 5 of 5 repetitions, {pain}",
        f"Deleted. {what} 5 of 5 repetitions, {pain}",
        f"Undone. {what} 5 of 5 repetitions, {pain}",
        f"Done again. {what} 5 of 5 repetitions, {pain}",
        f"Undone. {what} 5 of 5 repetitions, {pain}",
    ]


@pytest.mark.parametrize(("mark", "words"), [("rest", "a rest day"), ("flare-up", "a flare-up")])
def test_a_day_is_marked_by_one_click_and_unmarked_by_the_next(page, log, mark, words):
    said = page.ask("mark", day="2026-02-27", mark=mark)["said"]
    assert said == f"27 February 2026 is marked as {words}: nothing is due on it."
    assert log.marks() == {dt.date(2026, 2, 27): mark}
    page.ask("mark", day="2026-02-27", mark=None)
    assert log.marks() == {}
    page.ask("undo")
    assert log.marks() == {dt.date(2026, 2, 27): mark}


def test_feeling_better_pauses_the_programme_and_resuming_ends_the_pause(page, log):
    answer = page.ask("mark", day=None, mark="pause")
    assert log.marks() == {DAY: "pause"}
    assert answer["paused"] == "Paused since 1 March 2026: nothing is due."
    assert answer["said"].startswith("Paused: nothing is due until you resume.")
    # Which would end the pause by the way.
    assert "a day has one mark only" in page.ask("mark", day=str(DAY), mark="rest")["problem"]
    tomorrow = PAGE | {"started_at": "2026-03-02T12:00:00Z"}
    answer = page.ask("mark", day=None, mark="resume", now=tomorrow)
    assert log.marks() == {DAY: "pause", dt.date(2026, 3, 2): "resume"}
    assert answer["paused"] == ""
    problem = page.ask("mark", day="2026-03-02", mark="flare-up", now=tomorrow)["problem"]
    assert "pause again if nothing should be due on it" in problem, "it is no paused day"
    assert page.ask("undo", now=tomorrow)["paused"].startswith("Paused since 1 March")


def test_a_pause_begun_by_mistake_is_taken_away_days_later(page, log):
    page.ask("mark", day=None, mark="pause")
    log.add(**SET)  # so that it is no longer the newest change, which undo would take back
    later = PAGE | {"started_at": "2026-03-04T12:00:00Z"}
    answer = page.ask("mark", day=str(DAY), mark=None, now=later)
    assert (log.marks(), answer["paused"]) == ({}, "")
    assert answer["said"] == "1 March 2026 has no mark any more: no pause begins or ends on it."
    assert page.ask("undo", now=later)["paused"].startswith("Paused since 1 March")


def test_the_day_of_a_mark_is_that_of_the_page_which_ends_at_four(page, log):
    night = PAGE | {"started_at": "2026-03-01T02:30:00Z"}  # 03:30 in Berlin
    page.ask("mark", day=None, mark="pause", now=night)
    assert log.marks() == {dt.date(2026, 2, 28): "pause"}


def test_only_the_days_that_the_page_shows_come_with_a_change(page, log):
    for day in range(30):
        log.add(**SET | {"started_at": at(day)}, entry_id=f"{day}")
    shown = page.ask("days")["days"]
    answer = page.ask("delete", entry_id="3", since=shown[-1]["day"])
    assert [day["day"] for day in answer["days"]] == [day["day"] for day in shown]
    assert answer["has_earlier"]
    answer = page.ask("undo", since=str(at(29).date()))
    assert len(answer["days"]) == 30, "all that the page has shown so far"
    assert not answer["has_earlier"]


def test_putting_back_what_is_there_writes_nothing(page, log):
    page.add()
    rows = every_row(log.path)
    page.ask("bring_back", entry_id="one")
    assert every_row(log.path) == rows


def test_what_the_log_refuses_is_said_and_changes_nothing(page, log):
    page.add()
    rows = every_row(log.path)
    fields = page.sets()["one"]["fields"]
    for wrong in ({"pain_before": 11}, {"note": "x" * 4001}, {"minutes": -1}):
        problem = page.ask("edit", entry_id="one", fields=fields | wrong)["problem"]
        assert problem.count(".") <= 3
        assert "Traceback" not in problem
    assert "no such set" in page.ask("edit", entry_id="two", fields=fields)["problem"]
    assert every_row(log.path) == rows


SENT = {
    "an unknown op": {"id": "7", "op": "juggle", "now": PAGE},
    "no op": {"id": "7", "now": PAGE},
    "an op that is no text": {"id": "7", "op": ["delete"], "now": PAGE},
    "no moment": {"id": "7", "op": "undo"},
    "no id": {"op": "undo", "now": PAGE},
    "an id that is no text": {"id": 7, "op": "undo", "now": PAGE},
    "a moment that is none": {"id": "7", "op": "delete", "entry_id": "one", "now": "noon"},
    "a number for an id of a set": {"id": "7", "op": "delete", "entry_id": 1, "now": PAGE},
    "no id of a set": {"id": "7", "op": "delete", "now": PAGE},
    "a field too many": {"id": "7", "op": "undo", "now": PAGE, "all": True},
    "a day that is none": {"id": "7", "op": "mark", "now": PAGE, "day": "2026-02-30", "mark": None},
    "a number for a day": {"id": "7", "op": "mark", "now": PAGE, "day": 20260228, "mark": None},
    "a mark that is none": {"id": "7", "op": "mark", "now": PAGE, "day": None, "mark": "holiday"},
    "no mark": {"id": "7", "op": "mark", "now": PAGE, "day": None},
    "text for a number": {
        **{"id": "7", "op": "edit", "entry_id": "one", "now": PAGE},
        "fields": {"repetitions_done": "5"},
    },
    "an unknown field": {
        **{"id": "7", "op": "edit", "entry_id": "one", "now": PAGE},
        "fields": {"source": "timer"},
    },
    "not all fields": {
        **{"id": "7", "op": "add", "entry_id": "two", "prescribed": 5, "now": PAGE},
        **{"moment": PAGE, "fields": {"exercise_id": "lying-down"}},
    },
    "no fields": {"id": "7", "op": "edit", "entry_id": "one", "now": PAGE},
    "nothing": {},
    "null": None,
    "text": "undo",
    "a list": [{"id": "7", "op": "undo", "now": PAGE}],
}


@pytest.mark.parametrize("message", SENT.values(), ids=SENT)
def test_what_is_not_understood_is_answered_with_a_problem_and_writes_nothing(page, log, message):
    page.add()
    rows = every_row(log.path)
    answer = page.sent_as(message)
    assert answer["problem"].startswith("The page sent something that this notebook does not")
    assert answer["is_final"]
    assert every_row(log.path) == rows


def test_a_time_that_cannot_be_read_is_answered_in_a_sentence(page, log):
    page.add()
    rows = every_row(log.path)
    answer = page.ask("edit", entry_id="one", fields={"when": "12026-01-01T10:00"})
    assert answer["problem"] == "That time cannot be read. Nothing was changed; choose another."
    assert every_row(log.path) == rows


def test_a_greeting_is_answered_and_makes_nothing(page, log):
    assert page.ask("hello") == {}
    assert not log.path.exists()


def test_a_question_that_is_interrupted_is_answered_too(log):
    def interrupted():
        raise KeyboardInterrupt

    log = Log.open(log.path, clock=interrupted)
    problem = Page(log).add()["problem"]
    assert problem == (
        "The notebook was interrupted before it was done. What is in the log is kept; try again."
    )


def test_a_log_that_cannot_be_read_is_named_in_a_sentence(tmp_path):
    (tmp_path / "log.sqlite3").write_bytes(b"not a database, but somebody's letter" * 100)
    problem = Page(Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "b")).ask("days")[
        "problem"
    ]
    assert "log.sqlite3" in problem


def test_the_choice_to_hide_pain_holds_here_too(page, log):
    log.set_setting("pain question", "hidden")
    assert page.ask("days")["hides_pain"]


def test_a_set_of_an_exercise_that_the_programme_no_longer_has_keeps_its_id(page, log):
    log.add(**SET | {"exercise_id": "old-one"}, entry_id="one")
    assert page.sets()["one"]["title"] == "old-one"


def test_nothing_of_the_log_is_in_a_trait(page):
    page.add()
    page.ask("days")
    state = json.dumps(page.get_state(), default=str)
    state = state.replace(json.dumps(page._esm), "")
    assert "lying-down" in state, "this test sees nothing"
    for private in ("by the window", "2026-03-01", "one"):
        assert f'"{private}' not in state


def test_an_undo_is_told_in_the_words_of_the_page(page):
    page.add()
    page.ask("mark", day="2026-02-27", mark="rest")
    assert page.ask("undo")["said"] == "Undone: 27 February 2026 has no mark any more."
    said = page.ask("undo")["said"]
    assert said.startswith("Undone: the set of Lying down on")
    assert "on 1 March 2026 at 09:00 is no longer in the log." in said
    assert page.ask("redo")["said"].startswith("Done again: the set of Lying down")


@pytest.mark.parametrize("started_at", ["", "later", "2026-03-01T12:00:00"])
def test_what_is_refused_for_the_time_of_the_page_is_not_done(log, page, started_at):
    page.add()
    before = every_row(log.path)
    for change in (
        {"op": "delete", "entry_id": "one"},
        {"op": "edit", "entry_id": "one", "fields": FIELDS | {"note": "another"}},
        {"op": "mark", "day": "2026-03-01", "mark": "rest"},
        {"op": "undo"},
    ):
        assert "problem" in page.ask(**change, now=PAGE | {"started_at": started_at})
        assert every_row(log.path) == before
