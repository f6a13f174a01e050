"""Any message at all to any screen, and right ones with one thing wrong: what is said saved is."""

import copy
import datetime as dt
import json
import re
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from logs import NOW, SET, every_row, opened

from backcare_widgets import load_programme
from backcare_widgets.widgets.past import Past
from backcare_widgets.widgets.review import Review
from backcare_widgets.widgets.session import Session

PROGRAMME = load_programme()
PAGE = {"started_at": "2026-03-01T12:00:00Z", "utc_offset_min": 60, "tz": "Europe/Berlin"}
RATED = {"pain_before": 3, "pain_after": None, "note": "felt stiff"}
ENTRY = RATED | PAGE | {
    "entry_id": "one",
    "exercise_id": "lying-down",
    "duration_s": 61.25,
    "repetitions_done": 5,
    "repetitions_prescribed": 5,
    "outcome": "done",
    "source": "timer",
}  # fmt: skip
FIELDS = RATED | {
    "exercise_id": "lying-down",
    "repetitions_done": 5,
    "outcome": "done",
    "minutes": 1.5,
}
# Every kind of question, as its page asks it. The log has a set "old" and a deleted one, "out".
RIGHT = {
    Session: [
        {"op": "hello"},
        {"op": "today"},
        {"op": "add", "entry": ENTRY},
        {"op": "edit", "entry_id": "old", "pain_after": 2},
        {"op": "hide_pain", "hides_pain": True},
    ],
    Past: [
        {"op": "days", "since": None, "before": "2026-03-02"},
        {"op": "revisions", "entry_id": "old"},
        {"op": "add", "entry_id": "two", "moment": PAGE, "prescribed": 5, "fields": FIELDS},
        {"op": "edit", "entry_id": "old", "fields": FIELDS | {"when": "2026-03-01T07:30"}},
        {"op": "delete", "entry_id": "old", "since": "2026-02-01"},
        {"op": "bring_back", "entry_id": "out"},
        {"op": "mark", "day": "2026-03-01", "mark": "rest"},
        {"op": "undo"},
        {"op": "redo"},
    ],
    # Drawings and reports are slow; what is wrong with them is found before they begin.
    Review: [
        {"op": "draw", "period": "2 weeks", "width": "wide", "ratio": 1},
        {"op": "report", "period": "All", "kind": "odt", "name": "", "notes": ["old"]},
        {"op": "report", "period": "All", "kind": "html", "name": "", "notes": ["old"]},
    ],
}
WRITES = {"add", "edit", "hide_pain", "delete", "bring_back", "mark", "undo", "redo"}

texts = st.text(st.characters(codec=None), max_size=6)
numbers = st.sampled_from([0, -1, 11, 10**30, -(2**63), 1e308, 5e-324, float("nan"), float("inf")])
odd_texts = st.sampled_from(
    [
        *("", " ", "\0", "\ud800", "x" * 5000, "NaN", "old", "out", "../../etc", "Etc/Unknown"),
        *("9999-12-31", "0001-01-01", "2026-03-01T12:00", "0001-01-01T00:00:00Z"),
        *("9999-12-31T23:59:59Z", "2026-03-01T12:00:00+23:59", "2026-02-28T23:30:00-11:00"),
    ]
)
odd = numbers | odd_texts | st.sampled_from([True, False, None, {}, [], b"\xff"])
words = st.sampled_from(sorted({*ENTRY, *FIELDS, *WRITES, "id", "now", "op", "since", "days"}))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | words | odd,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | words, inner, max_size=4),
    max_leaves=8,
)


def places(message, path=()):
    """Yield the path of each value within a message, its own first."""
    yield path
    if isinstance(message, dict):
        for key, value in message.items():
            yield from places(value, (*path, key))


def like(value):
    """Return odd values of the type of one: they get further than those of another."""
    if isinstance(value, int | float):
        return numbers
    return odd_texts | texts if isinstance(value, str) else odd


@st.composite
def almost_right(draw, questions):
    """Return a question that is right but for one place or two: changed, left out or put in."""
    message = {"id": "7", "now": PAGE} | draw(st.sampled_from(questions))
    message = copy.deepcopy(message)
    for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
        path = draw(st.sampled_from(sorted(places(message))))
        if not path:
            message[draw(texts | words)] = draw(values)
            continue
        *outer, key = path
        around = message
        for step in outer:
            around = around[step]
        if draw(st.booleans()):
            around[key] = draw(like(around[key]) | odd | values)
        else:
            del around[key]
    return message


def nested(n):
    value = {"id": "7", "op": "add", "now": PAGE}
    for _ in range(n):
        value = {"id": "7", "op": "add", "now": PAGE, "entry": [value]}
    return value


messages = {
    screen: st.one_of(
        *[almost_right(right)] * 4,
        almost_right([question for all_of in RIGHT.values() for question in all_of]),
        values,
        st.builds(nested, st.integers(50, 300)),
    )
    for screen, right in RIGHT.items()
}


def screen_of(kind, log):
    if kind is Session:
        return Session(PROGRAMME["lying-down"], PROGRAMME, log)
    return kind(log, PROGRAMME)


@cache
def content():
    """Return the bytes of a log that has a set "old" and a deleted one, "out"."""
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name))
        for entry_id in ("old", "out"):
            log.add(**SET | {"started_at": NOW - dt.timedelta(hours=5)}, entry_id=entry_id)
        log.delete("out")
        return log.path.read_bytes()


@given(st.data(), st.sampled_from(list(RIGHT)))
def test_any_message_is_answered_once_and_what_is_said_to_be_saved_is(data, kind):
    with tempfile.TemporaryDirectory() as name:
        log = opened(Path(name))
        log.path.write_bytes(content())
        sent = []
        screen = screen_of(kind, log)
        screen.send = lambda answer, buffers=None: sent.append((answer, buffers))
        for message in data.draw(st.lists(messages[kind], min_size=5, max_size=12)):
            before, n = every_row(log.path), len(sent)
            was = repr(message)
            screen._handle_msg(
                {"content": {"data": {"method": "custom", "content": message}}, "buffers": [b"x"]}
            )
            [(answer, buffers)] = sent[n:]
            assert repr(message) == was, "it may be sent again"
            assert all(isinstance(buffer, bytes) for buffer in buffers)
            answered(message, answer)
            after = every_row(log.path)
            for table, rows in before.items():
                assert after[table][: len(rows)] == rows
            grew = {table for table in after if len(after[table]) > len(before[table])}
            op = message.get("op") if isinstance(message, dict) else None
            if "problem" in answer:
                assert not grew
            elif grew:
                assert op in WRITES
            if "problem" not in answer:
                assert is_saved(log, message)


def is_saved(log, message):
    """Return whether the log has what a question asked to be saved, if it asked for that."""
    entry_id = message.get("entry", message).get("entry_id", "")
    storable = re.sub("[\0\ud800-\udfff]", "\ufffd", entry_id)
    row = [{}, *(log.revisions(storable) if storable.strip() else ())][-1]
    match message:
        case {"op": "add"}:
            return row.get("op", "delete") != "delete" or storable == "out"
        case {"op": "edit", "pain_after": pain}:
            return row["pain_after"] == pain
        case {"op": "edit", "fields": fields}:
            return all(row[name] == fields[name] for name in RATED.keys() & fields.keys())
        case {"op": "delete" | "bring_back" as op}:
            return (row["op"] == "delete") == (op == "delete")
        case {"op": "mark", "day": str(day), "mark": mark}:
            return log.marks().get(dt.date.fromisoformat(day)) == mark
        case {"op": "hide_pain", "hides_pain": hides}:
            return log.setting("pain question") == ("hidden" if hides else "shown")
    return True


def answered(message, answer):
    """See that an answer has the id of its question, can be sent, and says what is wrong."""
    asked = message.get("id") if isinstance(message, dict) else None
    assert answer["id"] is asked or answer["id"] == asked
    if "problem" not in answer:
        json.dumps(answer, allow_nan=False).encode()
        return
    assert set(answer) == {"id", "problem", "is_final"}
    answer["problem"].encode()
    assert answer["problem"][-1] in ".)"
    assert "Something went wrong" not in answer["problem"], answer
