"""The kernel's half of the outbox: what it says is stored is stored, and it answers everything."""

import datetime as dt
import json
import threading
from zoneinfo import ZoneInfo, available_timezones

import pytest
from faults import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from backcare_widgets.errors import EntryError, LogError
from backcare_widgets.log import Log
from backcare_widgets.outbox import Outbox, read_moment

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ENTRY = {
    "entry_id": "one",
    "exercise_id": "lying-down",
    "started_at": "2026-03-01T09:30:00.250Z",
    "utc_offset_min": 60,
    "tz": "Europe/Berlin",
    "duration_s": 61.25,
    "repetitions_done": 5,
    "repetitions_prescribed": 5,
    "outcome": "done",
    "pain_before": 3,
    "note": "felt stiff",
    "source": "timer",
}


class Recorded(Outbox):
    """Keeps what it would send to the page."""

    def __init__(self, store):
        self.sent = []
        super().__init__(store)

    def send(self, content, buffers=None):
        self.sent.append(json.loads(json.dumps(content, allow_nan=False)))

    def take(self, **message):
        """Receive a message as the kernel hands it to a widget, and give what is sent back."""
        before = len(self.sent)
        data = {"method": "custom", "content": json.loads(json.dumps(message))}
        self._handle_msg({"content": {"data": data}, "buffers": []})
        return self.sent[before:]

    def answers(self, *items):
        [reply] = self.take(type="entries", items=list(items))
        assert reply["type"] == "answers"
        return [(answer["id"], answer["problem"]) for answer in reply["answers"]]


def item(message_id="m1", op="add", **changes):
    return {"id": message_id, "op": op, "entry": ENTRY | changes}


def into(log):
    """Store in a log as a session does."""

    def store(op, entry):
        if op == "edit":
            log.edit(entry.pop("entry_id"), **entry)
        else:
            log.add(**entry)

    return store


def refusing(error):
    def store(_op, _entry):
        raise error

    return store


@pytest.fixture
def log(tmp_path):
    return Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "backups", clock=lambda: NOW)


# Answers -------------------------------------------------------------------------------------


def test_a_hello_is_answered_with_a_hello_and_stores_nothing():
    stored = []
    outbox = Recorded(lambda *given: stored.append(given))
    assert outbox.take(type="hello") == [{"type": "hello"}]
    assert stored == []


@pytest.mark.parametrize("message", [{"type": "something new"}, {}])
def test_a_message_of_another_kind_is_left_alone(message):
    stored = []
    assert Recorded(lambda *given: stored.append(given)).take(**message) == []
    assert stored == []


@settings(deadline=None, max_examples=40)
@given(st.lists(st.booleans(), max_size=8))
def test_each_entry_is_answered_once_and_in_order_whatever_becomes_of_the_others(fates):
    done = []

    def store(_op, entry):
        if not fates[int(entry["entry_id"])]:
            msg = "no"
            raise EntryError(msg)
        done.append(entry["entry_id"])

    items = [item(f"m{n}", entry_id=str(n)) for n in range(len(fates))]
    answers = Recorded(store).answers(*items)
    assert answers == [(f"m{n}", "" if fate else "no") for n, fate in enumerate(fates)]
    assert done == [str(n) for n, fate in enumerate(fates) if fate]


def test_fault_04_a_log_that_is_held_is_waited_for_once_and_not_for_each_entry():
    tries = []

    def store(_op, entry):
        tries.append(entry["entry_id"])
        msg = "The log is busy."
        raise LogError(msg)

    items = [item(f"m{n}", entry_id=str(n)) for n in range(3)]
    assert Recorded(store).answers(*items) == [(f"m{n}", "The log is busy.") for n in range(3)]
    assert tries == ["0"]
    tried()


def test_an_entry_is_in_the_log_before_it_is_answered(log):
    seen = []

    class Watching(Recorded):
        def send(self, content, buffers=None):
            super().send(content, buffers)
            seen.append([row["entry_id"] for row in log.sets_on(dt.date(2026, 3, 1))])

    assert Watching(into(log)).answers(item()) == [("m1", "")]
    assert seen == [["one"]]


def test_all_fields_arrive_in_the_log_as_the_page_had_them(log):
    assert Recorded(into(log)).answers(item()) == [("m1", "")]
    [row] = log.sets_on(dt.date(2026, 3, 1))
    wanted = {
        "entry_id": "one",
        "exercise_id": "lying-down",
        "start_utc": "2026-03-01T09:30:00.250Z",
        "utc_offset_min": 60,
        "tz": "Europe/Berlin",
        "local_day": "2026-03-01",
        "duration_ms": 61250,
        "repetitions_done": 5,
        "repetitions_prescribed": 5,
        "outcome": "done",
        "pain_before": 3,
        "pain_after": None,
        "note": "felt stiff",
        "source": "timer",
    }
    assert {key: row[key] for key in wanted} == wanted


def test_fault_17_an_entry_sent_again_is_answered_again_and_stored_once(log):
    """The page sends again what was not answered; the answer may have been lost."""
    outbox = Recorded(into(log))
    assert outbox.answers(item("m1")) == [("m1", "")]
    assert outbox.answers(item("m1"), item("m2")) == [("m1", ""), ("m2", "")]
    assert Recorded(into(log)).answers(item("m3", note="from a second tab")) == [("m3", "")]
    assert [row["note"] for row in log.sets_on(dt.date(2026, 3, 1))] == ["felt stiff"]


def test_an_edit_after_its_entry_changes_only_what_it_names(log):
    edit = {"id": "m2", "op": "edit", "entry": {"entry_id": "one", "pain_after": 2}}
    outbox = Recorded(into(log))
    assert outbox.answers(item("m1"), edit) == [("m1", ""), ("m2", "")]
    assert outbox.answers(item("m1"), edit) == [("m1", ""), ("m2", "")], "sent again"
    [row] = log.sets_on(dt.date(2026, 3, 1))
    assert (row["pain_before"], row["pain_after"], row["note"]) == (3, 2, "felt stiff")


def test_an_edit_may_move_the_start(log):
    outbox = Recorded(into(log))
    moved = {"entry_id": "one", "started_at": "2026-02-27T09:30Z", "utc_offset_min": 60, "tz": ""}
    assert outbox.answers(item(), {"id": "m2", "op": "edit", "entry": moved})[1] == ("m2", "")
    assert [row["entry_id"] for row in log.sets_on(dt.date(2026, 2, 27))] == ["one"]
    assert log.sets_on(dt.date(2026, 3, 1)) == []


def test_an_edit_of_an_unknown_entry_is_refused_in_the_log_s_words(log):
    edit = {"id": "m1", "op": "edit", "entry": {"entry_id": "nobody", "pain_after": 2}}
    [(_, problem)] = Recorded(into(log)).answers(edit)
    assert problem.startswith("The log has no set 'nobody'")


@pytest.mark.parametrize("error", [EntryError("pain_before is 11."), LogError("The log is busy.")])
def test_the_sentence_of_a_plain_error_is_passed_on(error):
    assert Recorded(refusing(error)).answers(item()) == [("m1", str(error))]


def test_a_value_that_the_log_refuses_is_told_and_nothing_is_written(log):
    [(_, problem), (_, other)] = Recorded(into(log)).answers(
        item("m1", entry_id="a", pain_before=11), item("m2", entry_id="b")
    )
    assert problem == "pain_before is 11, but must be a whole number from 0 to 10, or None."
    assert other == ""
    assert [row["entry_id"] for row in log.sets_on(dt.date(2026, 3, 1))] == ["b"]


@pytest.mark.parametrize("error", [ZeroDivisionError("secret 7"), KeyError("note"), OSError(28)])
def test_any_other_error_becomes_a_sentence_without_the_entry_s_words(error):
    [(message_id, problem)] = Recorded(refusing(error)).answers(item())
    name = type(error).__name__
    assert message_id == "m1"
    assert problem == f"something went wrong in the notebook ({name}). It is kept here."


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "m0"},
        {"id": "m0", "op": "add", "entry": None},
        {"id": "m0", "op": "add", "entry": {}},
        {"id": "m0", "op": "add", "entry": {"unheard_of": 1}},
        {"id": "m0", "entry": ENTRY},
        {"id": "m0", "op": "edit", "entry": {"pain_after": 2}},
        {"id": "m0", "op": "add", "entry": {**ENTRY, "started_at": "yesterday"}},
    ],
)
def test_fault_35_a_broken_item_is_answered_with_a_problem_and_holds_nothing_up(log, broken):
    first, second = Recorded(into(log)).answers(broken, item())
    assert first[0] == "m0"
    assert first[1]
    assert second == ("m1", "")
    assert len(log.sets_on(dt.date(2026, 3, 1))) == 1


@pytest.mark.parametrize("broken", [None, "x", 5, ["m0"]])
def test_what_is_no_item_at_all_does_not_keep_the_others_from_being_answered(log, broken):
    """The browser's storage can hold anything; one bad piece would block all sets for ever."""
    assert ("m1", "") in Recorded(into(log)).answers(broken, item())


EDIT = {"id": "m2", "op": "edit", "entry": {"entry_id": "one", "pain_after": 2}}


@pytest.mark.parametrize("sent", [item(), EDIT], ids=["add", "edit"])
def test_what_the_page_sent_is_not_changed_by_storing_it(sent):
    """The store may take fields out of what it is given."""
    stored, before = [], json.dumps(sent)

    def store(_op, entry):
        stored.append(entry.pop("entry_id"))

    outbox = Recorded(store)
    outbox._receive(outbox, {"type": "entries", "items": [sent]}, [])
    assert stored == ["one"]
    assert json.dumps(sent) == before


def test_it_answers_on_another_thread_with_a_real_log(log):
    """A kernel may hand messages over on a thread of their own while a cell runs."""
    outbox = Recorded(into(log))
    threads = [
        threading.Thread(
            target=outbox.take,
            kwargs={"type": "entries", "items": [item(f"m{n}", entry_id=f"e{n}")]},
        )
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answered = [(a["id"], a["problem"]) for reply in outbox.sent for a in reply["answers"]]
    assert sorted(answered) == [(f"m{n}", "") for n in range(8)]
    assert len(log.sets_on(dt.date(2026, 3, 1))) == 8


def test_notes_and_pain_stay_out_of_the_traits(log):
    outbox = Recorded(into(log))
    before = outbox.get_state()
    outbox.answers(item(note="a private note"))
    assert outbox.get_state() == before
    assert "a private note" not in json.dumps(outbox.sent)


# The moment ----------------------------------------------------------------------------------


def entry_at(start, offset_min, tz):
    return {"started_at": start, "utc_offset_min": offset_min, "tz": tz}


ZONES = sorted(available_timezones() - {"localtime", "Factory"})
# Since 1990 every zone keeps whole minutes, as a browser reports them.
MOMENTS = st.datetimes(
    dt.datetime(1990, 1, 1), dt.datetime(2037, 12, 31), timezones=st.just(dt.UTC)
)


def minutes(moment):
    return moment.utcoffset() // dt.timedelta(minutes=1)


@given(MOMENTS, st.sampled_from(ZONES))
def test_a_zone_that_agrees_with_the_offset_is_kept_by_its_name(moment, zone):
    local = moment.astimezone(ZoneInfo(zone))
    read = read_moment(entry_at(moment.isoformat(), minutes(local), zone))
    assert read == moment
    assert read.tzinfo is ZoneInfo(zone)
    assert (read.replace(tzinfo=None), read.fold) == (local.replace(tzinfo=None), local.fold)


@given(MOMENTS, st.sampled_from(ZONES), st.integers(1, 90))
def test_fault_28_where_zone_and_offset_disagree_the_offset_of_the_browser_counts(
    moment, zone, wrong_by
):
    local = moment.astimezone(ZoneInfo(zone))
    offset = dt.timedelta(minutes=minutes(local) + wrong_by)
    read = read_moment(entry_at(moment.isoformat(), minutes(local) + wrong_by, zone))
    assert read == moment
    assert read.tzinfo == dt.timezone(offset)


@pytest.mark.parametrize(
    "zone",
    [
        *(
            "Mars/Olympus",
            "Europe/Atlantis",
            "Europe/Berlin ",
            "Europe",
            "../../etc/passwd",
            "/etc",
        ),
        *("Etc/Unknown", "a\0b", "\ud800", "x" * 5000, ".", 5, True, 1.5, ["UTC"], {"a": 1}),
    ],
)
def test_a_zone_that_is_not_known_here_leaves_the_bare_offset(zone):
    """A newer browser knows newer names of zones; the set must be stored all the same."""
    read = read_moment(entry_at("2026-03-01T09:30:00Z", 60, zone))
    assert read.isoformat() == "2026-03-01T10:30:00+01:00"
    assert read.tzinfo == dt.timezone(dt.timedelta(hours=1))


@pytest.mark.parametrize("zone", ["", None])
@pytest.mark.parametrize("offset_min", [0, 60, -300])
def test_a_zone_that_was_not_named_is_not_guessed(zone, offset_min):
    """London in winter is not the zone UTC."""
    read = read_moment(entry_at("2026-03-01T09:30:00Z", offset_min, zone))
    assert minutes(read) == offset_min
    assert getattr(read.tzinfo, "key", None) is None


def test_the_zone_may_be_left_out():
    read = read_moment({"started_at": "2026-03-01T09:30:00Z", "utc_offset_min": -210})
    assert read.isoformat() == "2026-03-01T06:00:00-03:30"


@pytest.mark.parametrize(
    "changes",
    [
        *[{"started_at": v} for v in ("yesterday", "", None, 5, [], "2026-02-30T09:30Z", True)],
        *[{"utc_offset_min": v} for v in (None, "60", 1440, -1440, 10**30, [], float("nan"))],
        {"started_at": "9999-12-31T23:59:59Z"},
        {"started_at": "0001-01-01T00:00:00Z", "utc_offset_min": -60},
    ],
)
def test_a_start_that_cannot_be_read_is_refused_in_plain_words(changes):
    said = "The set came without a readable start. It was not saved; write it down by hand."
    with pytest.raises(EntryError) as caught:
        read_moment(entry_at("2026-03-01T09:30:00Z", 60, "Europe/Berlin") | changes)
    assert str(caught.value) == said


@pytest.mark.parametrize("key", ["started_at", "utc_offset_min"])
def test_a_start_with_a_part_left_out_is_refused(key):
    entry = entry_at("2026-03-01T09:30:00Z", 60, "Europe/Berlin")
    del entry[key]
    with pytest.raises(EntryError, match="without a readable start"):
        read_moment(entry)


@pytest.mark.parametrize("start", ["2026-03-01T09:30:00", "2026-03-01"])
def test_a_start_without_an_offset_is_no_moment(start):
    """It would be taken in the zone of the kernel's machine, which may be another one."""
    with pytest.raises(EntryError, match="without a readable start"):
        read_moment(entry_at(start, 60, "Europe/Berlin"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)
STARTS = st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
OFFSETS = st.integers(-1439, 1439)


@settings(max_examples=300)
@given(
    STARTS | MOMENTS.map(str) | JSON,
    OFFSETS | st.sampled_from([0, 60]) | JSON,
    st.text(max_size=8) | st.sampled_from(ZONES) | JSON,
)
def test_whatever_the_page_sends_gives_an_aware_moment_or_a_plain_error(start, offset_min, zone):
    try:
        read = read_moment(entry_at(start, offset_min, zone))
    except EntryError as error:
        read = error
    assert isinstance(read, EntryError) or read.utcoffset() is not None


@pytest.mark.parametrize(
    ("start", "offset_min", "zone", "day"),
    [
        ("2026-03-29T01:30:00Z", 120, "Europe/Berlin", "2026-03-28"),  # 03:30 on a short night
        ("2026-03-29T02:30:00Z", 120, "Europe/Berlin", "2026-03-29"),  # 04:30; by UTC the 28th
        ("2026-03-01T10:00:00Z", 780, "Pacific/Auckland", "2026-03-01"),
        ("2026-03-01T11:30:00Z", -480, "America/Los_Angeles", "2026-02-28"),  # 03:30
        ("2026-03-01T11:30:00Z", -480, "Mars/Olympus", "2026-02-28"),
    ],
)
def test_fault_28_the_day_of_a_set_is_that_of_the_person_s_own_clock(
    log, start, offset_min, zone, day
):
    entry = {"started_at": start, "utc_offset_min": offset_min, "tz": zone}
    assert Recorded(into(log)).answers(item(**entry)) == [("m1", "")]
    [row] = log.sets_on(dt.date.fromisoformat(day))
    assert (row["start_utc"], row["utc_offset_min"]) == (start[:-1] + ".000Z", offset_min)
