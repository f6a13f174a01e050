"""What an undo and a redo say they did: data first, the words at the edge."""

import datetime as dt

import pytest
from logs import NOW, SET, opened

from backcare_widgets.storage.undo import Change, Undone

DAY = NOW.date()
A_SET = {"kind": "set", "day": DAY, "exercise_id": "lying-down", "started_at": NOW}
WHICH = "the set of lying-down on 1 March 2026 at 12:00"


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path)


def add(log):
    log.add(**SET, entry_id="a")


def edit(log):
    log.edit("a", pain_after=3)


def delete(log):
    log.delete("a")


def mark(log):
    log.mark(DAY, "rest")


def mark_again(log):
    log.mark(DAY, "pause")


GONE, BACK = f"{WHICH} is no longer in the log", f"{WHICH} is back in the log"
AS_IT_WAS = f"{WHICH} is as it was {{}} it was changed"
MARKED = "1 March 2026 is marked {!r} again"


@pytest.mark.parametrize(
    ("before", "change", "undone", "redone", "says", "says_again"),
    [
        ([], add, "gone", "back", GONE, BACK),
        ([add], delete, "back", "gone", BACK, GONE),
        ([add], edit, "changed", "changed", AS_IT_WAS.format("before"), AS_IT_WAS.format("after")),
        (
            [],
            mark,
            "unmarked",
            "marked",
            "1 March 2026 has no mark any more",
            MARKED.format("rest"),
        ),
        ([mark], mark_again, "marked", "marked", MARKED.format("rest"), MARKED.format("pause")),
    ],
)
def test_fault_16_what_was_undone_comes_as_data_and_as_a_sentence(
    log, before, change, undone, redone, says, says_again
):
    for step in (*before, change):
        step(log)
    for step, now, sentence, done in (
        (log.undo, undone, says, "Undone"),
        (log.redo, redone, says_again, "Done again"),
    ):
        what = step()
        (one,) = what.changes
        assert one.now == now
        assert what.is_redo == (done == "Done again")
        assert repr(what) == str(what) == what.sentence() == f"{done}: {sentence}."
        if one.kind == "set":
            assert one == Change(now=now, entry_id="a", **A_SET)
        else:
            assert (one.day, one.entry_id, one.exercise_id) == (DAY, None, None)
            assert (one.mark is None) == (now == "unmarked")


def test_an_exercise_is_named_by_its_title_where_there_is_one(log):
    add(log)
    undone = log.undo()
    assert undone.sentence({"lying-down": "Lying down"}).startswith(
        "Undone: the set of Lying down on 1 March 2026 at 12:00 is"
    )
    assert undone.sentence({"another": "Another"}) == repr(undone)


def test_changes_made_together_are_counted(tmp_path):
    mark = Change("mark", dt.date(2026, 3, 1), "unmarked")
    assert repr(Undone((mark,) * 3)) == "Undone: 3 changes that were made together."
