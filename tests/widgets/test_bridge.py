"""The kernel's half of the bridge: what it says is stored is stored, and it answers everything."""

import datetime as dt
import json
import threading
from zoneinfo import ZoneInfo, available_timezones

import pytest
from faults import tried
from hypothesis import given
from hypothesis import strategies as st
from logs import opened
from pydantic import ValidationError

from backcare_widgets import load_programme
from backcare_widgets.errors import EntryError, LogError
from backcare_widgets.widgets.bridge import Moment
from backcare_widgets.widgets.session import Session

PROGRAMME = load_programme()
DAY = dt.date(2026, 3, 1)
PAGE = {"started_at": "2026-03-01T12:00:00Z", "utc_offset_min": 60, "tz": "Europe/Berlin"}
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


class Recorded(Session):
    """Keeps what it would send to the page."""

    def __init__(self, log):
        self.sent = []
        super().__init__(PROGRAMME["lying-down"], PROGRAMME, log)

    def send(self, content, buffers=None):
        content.get("problem", "").encode()  # what goes back is put on the wire as UTF-8
        self.sent.append(json.loads(json.dumps(content, allow_nan=False)))

    def take(self, content):
        """Receive a message as the kernel hands it to a widget, and give the one that goes back."""
        before = len(self.sent)
        data = {"method": "custom", "content": json.loads(json.dumps(content))}
        self._handle_msg({"content": {"data": data}, "buffers": []})
        [answer] = self.sent[before:]
        return answer

    def ask(self, op, asked="7", **question):
        answer = self.take({"id": asked, "op": op, "now": PAGE} | question)
        assert answer.pop("id") == asked
        return answer

    def add(self, **changes):
        return self.ask("add", entry=ENTRY | changes)


def failing(error):
    """Give a session whose log fails in this way at whatever is done with it."""

    class Failing(Recorded):
        def answer(self, question):
            raise error

    return Failing


def rows(log, day=DAY):
    return log.sets_on(day)


def is_tally(answer):
    return set(answer) == {"tally"} and answer["tally"]["goal"] == 3


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path)


# Answers -------------------------------------------------------------------------------------


def test_a_hello_is_answered_and_makes_no_log(log):
    assert Recorded(log).take({"id": "h", "op": "hello", "now": PAGE}) == {"id": "h"}
    assert not log.path.exists()


@pytest.mark.parametrize("op", ["something new", "delete", "", None, 5, ["add"]])
def test_an_operation_that_is_not_known_is_refused_and_stores_nothing(log, op):
    answer = Recorded(log).ask(op, entry=ENTRY)
    assert (set(answer), answer["is_final"]) == ({"problem", "is_final"}, True)
    assert "does not understand" in answer["problem"]
    assert not log.path.exists()


@given(st.lists(st.booleans(), max_size=8))
def test_each_question_is_answered_once_whatever_became_of_the_others(tmp_path_factory, fates):
    session = Recorded(opened(tmp_path_factory.mktemp("log")))
    for n, is_right in enumerate(fates):
        answer = session.add(entry_id=str(n), pain_before=3 if is_right else 11)
        assert is_tally(answer) if is_right else answer["problem"].startswith("pain_before is 11")
    assert len(session.sent) == len(fates)
    assert {row["entry_id"] for row in rows(session._log)} == {
        str(n) for n, is_right in enumerate(fates) if is_right
    }


def test_an_entry_is_in_the_log_before_it_is_answered(log):
    seen = []

    class Watching(Recorded):
        def send(self, content, buffers=None):
            super().send(content, buffers)
            seen.append([row["entry_id"] for row in rows(log)])

    assert is_tally(Watching(log).add())
    assert seen == [["one"]]


def test_all_fields_arrive_in_the_log_as_the_page_had_them(log):
    assert is_tally(Recorded(log).add())
    [row] = rows(log)
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
    session = Recorded(log)
    answers = [session.add(), session.add(), Recorded(log).add(note="from a second tab")]
    assert [answer["tally"]["whole"] for answer in answers] == [1, 1, 1]
    assert [row["note"] for row in rows(log)] == ["felt stiff"]
    tried()


def test_the_pain_after_a_set_changes_nothing_else_of_it(log):
    session = Recorded(log)
    session.add()
    for _ in range(2):  # sent again
        assert is_tally(session.ask("edit", entry_id="one", pain_after=2))
    [row] = rows(log)
    assert (row["pain_before"], row["pain_after"], row["note"]) == (3, 2, "felt stiff")
    assert is_tally(session.ask("edit", entry_id="one", pain_after=None))
    assert rows(log)[0]["pain_after"] is None


@pytest.mark.parametrize("more", [{"note": "x"}, {"pain_before": 1}, {"started_at": "2026-02-27"}])
def test_a_session_changes_no_more_of_a_set_than_the_pain_after_it(log, more):
    session = Recorded(log)
    session.add()
    before = rows(log)
    assert session.ask("edit", entry_id="one", pain_after=2, **more)["is_final"] is True
    assert rows(log) == before


def test_the_pain_after_an_unknown_set_is_refused_for_good_in_the_log_s_words(log):
    session = Recorded(log)
    session.add()
    answer = session.ask("edit", entry_id="nobody", pain_after=2)
    assert answer["problem"].startswith("The log has no set 'nobody'")
    assert answer["is_final"] is True


@pytest.mark.parametrize(
    ("error", "is_final"),
    [(EntryError("pain_before is 11."), True), (LogError("The log is busy."), False)],
)
def test_a_plain_error_is_passed_on_and_only_a_fault_of_the_log_may_pass_by(log, error, is_final):
    assert failing(error)(log).add() == {"problem": str(error), "is_final": is_final}


def test_a_value_that_the_log_refuses_is_told_and_nothing_is_written(log):
    session = Recorded(log)
    said = (
        "pain_before is 11, but must be a whole number from 0 to 10, or None. Nothing was saved;"
        " give another value."
    )
    assert session.add(entry_id="a", pain_before=11) == {"problem": said, "is_final": True}
    assert is_tally(session.add(entry_id="b"))
    assert [row["entry_id"] for row in rows(log)] == ["b"]


@pytest.mark.parametrize("error", [ZeroDivisionError("secret 7"), KeyError("note"), OSError(28)])
def test_any_other_error_becomes_a_sentence_without_the_entry_s_words(log, error):
    said = (
        f"Something went wrong in the notebook ({type(error).__name__}). What is in the log is"
        " kept. Run the cell again."
    )
    assert failing(error)(log).add() == {"problem": said, "is_final": False}


def test_a_cell_that_is_interrupted_meanwhile_is_answered_and_may_be_asked_again(log):
    answer = failing(KeyboardInterrupt())(log).add()
    assert "was interrupted" in answer["problem"]
    assert answer["is_final"] is False


ADD = {"id": "m0", "op": "add", "now": PAGE, "entry": ENTRY}
BROKEN = {
    "no id": {"op": "add", "now": PAGE, "entry": ENTRY},
    "an id of another kind": ADD | {"id": 5},
    "no op": {"id": "m0", "now": PAGE, "entry": ENTRY},
    "no entry": {"id": "m0", "op": "add", "now": PAGE},
    "no moment": {"id": "m0", "op": "add", "entry": ENTRY},
    "entry null": ADD | {"entry": None},
    "entry empty": ADD | {"entry": {}},
    "a field too many": ADD | {"entry": ENTRY | {"unheard_of": 1}},
    "a field that cannot be named": ADD | {"entry": ENTRY | {"\ud800": 1}},
    "a field too few": ADD | {"entry": {k: v for k, v in ENTRY.items() if k != "outcome"}},
    "a number as text": ADD | {"entry": ENTRY | {"repetitions_done": "5"}},
    "a start that is none": ADD | {"entry": ENTRY | {"started_at": "yesterday"}},
    "the former protocol": {"type": "entries", "items": [{"id": "m0", "op": "add"}]},
    "the former protocol, without items": {"type": "entries"},
    **{f"{nothing!r} alone": nothing for nothing in (None, "x", 5, ["m0"], {}, "\ud800")},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_fault_35_a_broken_message_is_answered_with_a_problem_and_holds_nothing_up(log, broken):
    session = Recorded(log)
    refused = session.take(broken)
    assert refused["id"] == (broken.get("id") if isinstance(broken, dict) else None)
    assert refused["problem"]
    assert refused["is_final"] is True
    assert not log.path.exists()
    assert is_tally(session.add())
    assert len(rows(log)) == 1
    tried()


# Lone surrogates too: a browser's text may have them, and what goes back must be UTF-8.
TEXTS = st.text(st.characters(codec=None), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    # What the protocol knows comes up more often than by chance.
    | TEXTS | st.sampled_from(["add", "edit", "today", "hello", "hide_pain", "one", "7"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXTS | st.sampled_from([*ADD, *ENTRY]), inner, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON | st.fixed_dictionaries({"id": JSON, "op": JSON, "now": JSON | st.just(PAGE)}))
def test_fault_35_any_json_at_all_is_answered_and_nothing_is_written(tmp_path_factory, message):
    log = opened(tmp_path_factory.getbasetemp() / "any json")
    answer = Recorded(log).take(message)
    if isinstance(message, dict) and message.get("op") in ("hello", "today", "hide_pain"):
        return  # may be a question that is in order
    assert (set(answer), answer["is_final"]) == ({"id", "problem", "is_final"}, True)
    assert not log.path.exists()
    tried()


@given(st.dictionaries(st.sampled_from([*ENTRY, "pain_after"]), JSON, min_size=1, max_size=3))
def test_fault_35_a_set_with_anything_in_it_is_stored_or_refused_for_good(
    tmp_path_factory, changes
):
    """The sets that wait behind it are sent when it is out of the way."""
    log = opened(tmp_path_factory.mktemp("log"))
    answer = Recorded(log).add(**changes)
    is_there = log.path.exists() and len(log.frame()) == 1
    assert is_tally(answer) if is_there else answer["is_final"] is True
    tried()


def test_a_question_with_an_unreadable_moment_is_refused_before_anything_is_stored(log):
    never = PAGE | {"started_at": "+010000-01-01T00:00:00.000Z"}
    assert Recorded(log).ask("add", entry=ENTRY, now=never)["is_final"] is True
    assert not log.path.exists()


EDIT = {"id": "m2", "op": "edit", "now": PAGE, "entry_id": "one", "pain_after": 2}


@pytest.mark.parametrize("sent", [ADD, EDIT], ids=["add", "edit"])
def test_what_the_page_sent_is_not_changed_by_storing_it(log, sent):
    session, before = Recorded(log), json.dumps(sent)
    session.add()
    session.answer_to(sent)
    assert json.dumps(sent) == before


def test_it_answers_on_another_thread_with_a_real_log(log):
    """A kernel may hand messages over on a thread of their own while a cell runs."""
    session = Recorded(log)
    messages = [ADD | {"id": f"m{n}", "entry": ENTRY | {"entry_id": f"e{n}"}} for n in range(8)]
    threads = [
        threading.Thread(target=lambda m=m: session.send(*session.answer_to(m))) for m in messages
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = {answer["id"]: is_tally({"tally": answer["tally"]}) for answer in session.sent}
    assert answers == {f"m{n}": True for n in range(8)}
    assert len(rows(log)) == 8


# The moment ----------------------------------------------------------------------------------


def read(start, offset_min, tz=""):
    return Moment(started_at=start, utc_offset_min=offset_min, tz=tz).when()


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
    when = read(moment.isoformat(), minutes(local), zone)
    assert when == moment
    assert when.tzinfo is ZoneInfo(zone)
    assert (when.replace(tzinfo=None), when.fold) == (local.replace(tzinfo=None), local.fold)


@given(MOMENTS, st.sampled_from(ZONES), st.integers(1, 90))
def test_fault_28_where_zone_and_offset_disagree_the_offset_of_the_browser_counts(
    moment, zone, wrong_by
):
    local = moment.astimezone(ZoneInfo(zone))
    offset = dt.timedelta(minutes=minutes(local) + wrong_by)
    when = read(moment.isoformat(), minutes(local) + wrong_by, zone)
    assert when == moment
    assert when.tzinfo == dt.timezone(offset)


@pytest.mark.parametrize(
    "zone",
    [
        *("Mars/Olympus", "Europe/Atlantis", "Europe/Berlin ", "Europe", "../../etc/passwd"),
        *("/etc", "Etc/Unknown", "a\0b", "\ud800", "x" * 5000, "."),
    ],
)
def test_a_zone_that_is_not_known_here_leaves_the_bare_offset(zone):
    """A newer browser knows newer names of zones; the set must be stored all the same."""
    when = read("2026-03-01T09:30:00Z", 60, zone)
    assert when.isoformat() == "2026-03-01T10:30:00+01:00"
    assert when.tzinfo == dt.timezone(dt.timedelta(hours=1))


@pytest.mark.parametrize("zone", [None, 5, True, 1.5, ["UTC"], {"a": 1}])
def test_a_zone_that_is_no_text_is_no_moment(zone):
    with pytest.raises(ValidationError):
        read("2026-03-01T09:30:00Z", 60, zone)


@pytest.mark.parametrize("offset_min", [0, 60, -300])
def test_a_zone_that_was_not_named_is_not_guessed(offset_min):
    """London in winter is not the zone UTC."""
    when = read("2026-03-01T09:30:00Z", offset_min, "")
    assert minutes(when) == offset_min
    assert getattr(when.tzinfo, "key", None) is None


def test_the_zone_may_be_left_out():
    when = Moment(started_at="2026-03-01T09:30:00Z", utc_offset_min=-210).when()
    assert when.isoformat() == "2026-03-01T06:00:00-03:30"


@pytest.mark.parametrize(
    "changes",
    [
        *[{"start": v} for v in ("yesterday", "", "2026-02-30T09:30Z")],
        *[{"offset_min": v} for v in (1440, -1440, 10**30, float("nan"), float("inf"))],
        {"start": "9999-12-31T23:59:59Z"},
        {"start": "0001-01-01T00:00:00Z", "offset_min": -60},
        # It would be taken in the zone of the kernel's machine, which may be another one.
        *[{"start": v} for v in ("2026-03-01T09:30:00", "2026-03-01")],
    ],
)
def test_a_start_that_cannot_be_read_is_refused_in_plain_words(changes):
    said = "The set came without a readable start. It was not saved; write it down by hand."
    with pytest.raises(EntryError) as caught:
        read(**{"start": "2026-03-01T09:30:00Z", "offset_min": 60, "tz": "Europe/Berlin"} | changes)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "changes",
    [
        *[{"started_at": v} for v in (None, 5, [], True)],
        *[{"utc_offset_min": v} for v in (None, "60", [], True)],
        {"started_at": ...},
        {"utc_offset_min": ...},
    ],
)
def test_a_start_of_another_type_or_left_out_is_refused_for_good(log, changes):
    """An ellipsis stands for what is left out."""
    entry = {key: value for key, value in (ENTRY | changes).items() if value is not ...}
    answer = Recorded(log).ask("add", entry=entry)
    [field] = changes
    assert f"does not understand (add.entry.{field})" in answer["problem"]
    assert answer["is_final"] is True
    assert not log.path.exists()


STARTS = st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
OFFSETS = st.integers(-1439, 1439)


@given(
    STARTS | MOMENTS.map(str) | JSON,
    OFFSETS | st.sampled_from([0, 60]) | st.floats() | JSON,
    st.text(max_size=8) | st.sampled_from(ZONES) | JSON,
)
def test_whatever_the_page_sends_gives_an_aware_moment_or_is_refused(start, offset_min, zone):
    try:
        when = read(start, offset_min, zone)
    except (EntryError, ValidationError):
        return
    assert when.utcoffset() is not None


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
    moment = {"started_at": start, "utc_offset_min": offset_min, "tz": zone}
    assert is_tally(Recorded(log).add(**moment))
    [row] = rows(log, dt.date.fromisoformat(day))
    assert (row["start_utc"], row["utc_offset_min"]) == (start[:-1] + ".000Z", offset_min)
