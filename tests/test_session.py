"""A session put together: what it is told of the log, what it stores, what it shows unrun."""

import datetime as dt
import json
import time

import pytest
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell

from backcare_widgets import exercise, today
from backcare_widgets.errors import LogError, ProgrammeError
from backcare_widgets.log import Log
from backcare_widgets.programme import DATA, load_programme
from backcare_widgets.session import today_here
from backcare_widgets.timeline import expand

PROGRAMME = load_programme()
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = NOON.date()


@pytest.fixture
def log(tmp_path):
    return Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "backups")


def add(log, exercise_id="lying-down", *, at=NOON, done=5, prescribed=5, outcome="done", **more):
    return log.add(
        exercise_id=exercise_id,
        started_at=at,
        duration_s=60,
        repetitions_done=done,
        repetitions_prescribed=prescribed,
        outcome=outcome,
        **more,
    )


def now():
    return dt.datetime.now().astimezone()


def receive(session, op, **entry):
    """Hand the session's outbox one entry, as the page does."""
    content = {"type": "entries", "items": [{"id": "m", "op": op, "entry": entry}]}
    data = {"method": "custom", "content": json.loads(json.dumps(content))}
    session.outbox._handle_msg({"content": {"data": data}, "buffers": []})


def entry_now(**more):
    return {
        "entry_id": "one",
        "exercise_id": "lying-down",
        "started_at": now().isoformat(),
        "utc_offset_min": now().utcoffset() // dt.timedelta(minutes=1),
        "tz": "",
        "duration_s": 60,
        "repetitions_done": 5,
        "repetitions_prescribed": 5,
        "outcome": "done",
        **more,
    }


def damaged(tmp_path):
    path = tmp_path / "damaged.sqlite3"
    path.write_bytes(b"this is no database at all " * 50)
    return Log.open(path, backups=tmp_path / "backups")


# Which exercise --------------------------------------------------------------------------------


def test_an_unknown_exercise_names_the_known_ones_without_a_traceback(log):
    with pytest.raises(ProgrammeError) as caught:
        exercise("nope", log=log)
    said = (
        "There is no exercise 'nope'. "
        'The programme has "lying-down", "sitting-down", "standing-up".'
    )
    assert str(caught.value) == said
    assert caught.value._render_traceback_() == [said]


def test_a_notebook_shows_the_sentence_alone(capsys):
    shell = InteractiveShell()
    shell.run_cell("from backcare_widgets import exercise\nexercise('nope')", store_history=False)
    shown = "".join(capsys.readouterr())
    assert shown.startswith("There is no exercise 'nope'.")
    assert len(shown.strip().splitlines()) == 1


@pytest.mark.parametrize("wanted", PROGRAMME.exercises, ids=lambda e: e.id)
def test_the_timer_gets_the_stretches_of_the_timeline(log, wanted):
    session = exercise(wanted.id, log=log)
    assert session.timer.stretches == [s.as_dict() for s in expand(wanted, PROGRAMME.words)]
    assert session.timer.about == {
        "workbook": session.outbox.workbook,
        "exercise_id": wanted.id,
        "title": wanted.title,
        "repetitions": wanted.repetitions,
        "get_ready_s": {"lying-down": 25, "sitting-down": 20, "standing-up": 10}[wanted.id],
        "hold_s": None if wanted.id == "standing-up" else 5,
        "open_hold_s": 30 if wanted.id == "standing-up" else None,
        "times": {"lying-down": "25 5", "sitting-down": "20 5", "standing-up": "10 0"}[wanted.id],
        "sides": {"right": wanted.right, "left": wanted.left},
        "finished": PROGRAMME.words.finished,
        "getting_out": wanted.getting_out,
        "sets_done": 0,
        "sets_due": {"lying-down": 3, "sitting-down": 1, "standing-up": None}[wanted.id],
        "counted_at": pytest.approx(time.time() * 1000, abs=600_000),
        "dose": {"lying-down": 3, "sitting-down": 1, "standing-up": None}[wanted.id],
    }


def test_an_own_programme_brings_its_own_words(tmp_path, log):
    file = tmp_path / "mine.toml"
    text = (DATA / "programme.toml").read_text(encoding="utf-8")
    for ours, theirs in {
        "Get ready": "Los geht es",
        "Well done.": "Gut.",
        'language = "en-GB"': 'language = "de-DE"',
    }.items():
        text = text.replace(ours, theirs)
    file.write_text(text)
    session = exercise("lying-down", programme=load_programme(file), log=log)
    assert session.timer.stretches[0]["cue"] == "Los geht es"
    assert session.timer.about["finished"] == "Gut. Rest a moment."
    assert session.cues.words == {
        "language": "de-DE",
        "sample": "Los geht es",
        "finished": f"Gut. Rest a moment. {session.exercise.getting_out}",
    }


def test_the_check_stands_first_and_every_part_knows_the_session(log):
    session, other = exercise("lying-down", log=log), exercise("lying-down", log=log)
    parts = session.children
    assert parts[0] is session.check
    assert set(parts) == {
        *(session.check, session.timer, session.figure, session.outbox),
        *(session.pain, session.cues, session.stage, session.manual),
    }
    [name] = {part.session for part in parts}
    assert name
    assert name != other.timer.session
    assert {part.gate for part in parts} == {"ask"}


def test_the_parts_are_tied_together_in_the_page(log):
    s = exercise("lying-down", log=log)
    ties = {(*link.source, *link.target) for link in s.links}
    assert ties == {
        *(
            (s.check, "gate", part, "gate")
            for part in (s.timer, s.figure, s.pain, s.cues, s.stage, s.manual)
        ),
        *((s.timer, "status", part, "status") for part in (s.cues, s.figure, s.pain, s.stage)),
        (s.timer, "phase", s.cues, "phase"),
        (s.timer, "phase", s.figure, "phase"),
        (s.pain, "hidden", s.manual, "pain_hidden"),
    }


def test_the_check_gets_the_warning_signs(log):
    signs = exercise("lying-down", log=log).check.signs
    assert "999" in signs["emergency_numbers"]
    assert "Chest pain" in signs["emergency"]


# What the log says of today --------------------------------------------------------------------


def test_sets_done_today_are_counted(log):
    add(log, at=now())
    add(log, at=now(), done=2)
    add(log, "sitting-down", at=now())
    add(log, at=now() - dt.timedelta(days=2))
    about = exercise("lying-down", log=log).timer.about
    assert (about["sets_done"], about["sets_due"]) == (pytest.approx(1.4), 3)


def test_what_was_left_of_a_set_stopped_for_pain_is_not_due_any_more(log):
    add(log, at=now(), done=2, outcome="stopped_for_pain")
    about = exercise("lying-down", log=log).timer.about
    assert about["sets_due"] == pytest.approx(2.4)
    assert about["sets_done"] == pytest.approx(0.4)


def test_on_a_day_of_rest_nothing_is_due(log):
    log.mark(today_here(), "rest")
    assert exercise("lying-down", log=log).timer.about["sets_due"] is None


def test_in_a_pause_that_began_earlier_nothing_is_due(log):
    """`adherence.daily` has nothing due after a pause was marked, until a day of "resume"."""
    log.mark(today_here() - dt.timedelta(days=3), "pause")
    assert exercise("lying-down", log=log).timer.about["sets_due"] is None


def test_looking_makes_no_log(log, tmp_path):
    exercise("lying-down", log=log)
    today(log=log)
    assert list(tmp_path.iterdir()) == []


def test_two_logs_are_told_apart_in_the_page_and_one_is_always_the_same(tmp_path):
    """What waits in the browser for one log must not go into another."""
    names = [
        exercise("lying-down", log=Log.open(tmp_path / name)).outbox.workbook
        for name in ("a.sqlite3", "a.sqlite3", "b.sqlite3")
    ]
    assert names[0] == names[1] != names[2]
    assert str(tmp_path) not in names[0]


# Pain --------------------------------------------------------------------------------------------


def test_the_pain_question_once_hidden_stays_hidden_through_the_log(log):
    first = exercise("lying-down", log=log)
    assert (first.pain.hidden, first.manual.pain_hidden) == (False, False)
    first.pain.hidden = True
    again = exercise("sitting-down", log=Log.open(log.path))
    assert (again.pain.hidden, again.manual.pain_hidden) == (True, True)
    again.pain.hidden = False
    assert exercise("lying-down", log=log).pain.hidden is False


def test_hiding_the_pain_question_without_a_usable_log_gives_a_notice(tmp_path):
    session = exercise("lying-down", log=damaged(tmp_path))
    session.outbox.notice = ""
    session.pain.hidden = True
    assert "is damaged" in session.outbox.notice


# Storing -----------------------------------------------------------------------------------------


def test_a_set_is_stored_and_its_pain_after_added_to_it(log):
    session = exercise("lying-down", log=log)
    receive(session, "add", **entry_now(pain_before=4))
    receive(session, "edit", entry_id="one", pain_after=2)
    [row] = log.sets_on(today_here())
    assert (row["entry_id"], row["pain_before"], row["pain_after"]) == ("one", 4, 2)


def test_an_unknown_operation_stores_nothing(log):
    receive(exercise("lying-down", log=log), "delete", **entry_now())
    assert log.sets_on(today_here()) == []


def test_neither_note_nor_pain_is_left_in_what_the_notebook_saves(log):
    session = exercise("lying-down", log=log)
    widgets = [session, *session.children, *session.links]
    before = [widget.get_state() for widget in widgets]
    receive(session, "add", **entry_now(note="a private note", pain_before=7))
    receive(session, "edit", entry_id="one", pain_after=6)
    assert [row["note"] for row in log.sets_on(today_here())] == ["a private note"]
    assert [widget.get_state() for widget in widgets] == before
    traits = {name for widget in widgets for name in widget.trait_names()}
    assert not {"note", "pain_before", "pain_after", "entry"} & traits


def test_a_damaged_log_still_gives_a_session_and_says_so(tmp_path):
    log = damaged(tmp_path)
    before = log.path.read_bytes()
    session = exercise("lying-down", log=log)
    assert "is damaged" in session.outbox.notice
    assert "nothing was overwritten" in session.outbox.notice
    assert session.timer.about["sets_due"] == 3
    assert len(session.timer.stretches) > 30
    receive(session, "add", **entry_now())
    assert log.path.read_bytes() == before


def test_a_log_in_order_gives_no_notice(log):
    assert exercise("lying-down", log=log).outbox.notice == ""


# Where no widget can be shown --------------------------------------------------------------------


def shown(thing):
    return DisplayFormatter().format(thing)[0]


def test_without_widgets_the_steps_stand_there_and_how_to_start(log):
    data = shown(exercise("standing-up", log=log))
    assert "application/vnd.jupyter.widget-view+json" in data
    wanted = PROGRAMME["standing-up"]
    lines = [wanted.title, *(f"  {n}. {s.text}" for n, s in enumerate(wanted.steps, 1))]
    start = "To be led through it by the timer, run this cell in JupyterLab."
    assert data["text/plain"].splitlines() == [*lines, start]
    assert data["text/html"].count("<li>") == len(wanted.steps)
    assert start in data["text/html"]


HOSTILE = "<script>alert(1)</script><img src=x onerror=pwn> & $x$"


@pytest.fixture
def hostile(tmp_path):
    file = tmp_path / "hostile.toml"
    text = (DATA / "programme.toml").read_text(encoding="utf-8")
    for old in (
        "Lying down: knees to the chest, bend to each side",
        "Lie straight on your back",
        "spread over the day",
    ):
        assert old in text
        text = text.replace(old, HOSTILE if old != "spread over the day" else "<b>now", 1)
    file.write_text(text, encoding="utf-8")
    return load_programme(file)


def test_fault_39_markup_in_a_programme_is_shown_as_text(hostile, log):
    data = shown(exercise("lying-down", programme=hostile, log=log))
    assert data["text/html"].count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "<script" not in data["text/html"]
    assert "<img" not in data["text/html"]
    assert data["text/plain"].count("<script>alert(1)</script>") == 2


def test_fault_39_markup_in_a_programme_is_shown_as_text_by_today(hostile, log):
    data = shown(today(programme=hostile, log=log, day=DAY))
    assert "<script" not in data["text/html"]
    assert "<b>" not in data["text/html"]
    assert data["text/html"].count("<li>") == 3


# Today -------------------------------------------------------------------------------------------

REST = [
    "Sitting down: 0 of 1 set done, in the morning.",
    "Standing up: no daily goal; when it suits you.",
]


def test_with_an_empty_log_today_says_what_is_due(log):
    lines = ["Lying down: 0 of 3 sets done, spread over the day.", *REST]
    said = today(log=log, day=DAY)
    assert said.lines == lines
    assert shown(said)["text/plain"] == "\n".join(["Monday 2 March 2026", *lines])
    assert shown(said)["text/html"].count("<li>") == 3


@pytest.mark.parametrize(
    ("sets", "line"),
    [
        ([5], "1 of 3 sets done, spread over the day."),
        ([5, 2], "1.4 of 3 sets done, spread over the day."),
        ([0], "0 of 3 sets done, spread over the day."),
        ([5, 5, 5], "3 of 3 sets done. That is all for today."),
        ([5, 5, 5, 5], "4 of 3 sets done. That is all for today."),
        ([5, 5, 4], "2.8 of 3 sets done, spread over the day."),
    ],
)
def test_today_counts_what_was_done(log, sets, line):
    for done in sets:
        add(log, done=done)
    assert today(log=log, day=DAY).lines == [f"Lying down: {line}", *REST]


@pytest.mark.parametrize("parts", [3, 6, 7, 10, 11, 13])
def test_sets_done_in_parts_end_the_day_like_whole_ones(log, parts):
    """Thirty times a tenth is a little less than three in a computer."""
    for _ in range(3 * parts):
        add(log, done=1, prescribed=parts)
    said = "Lying down: 3 of 3 sets done. That is all for today."
    assert today(log=log, day=DAY).lines[0] == said


def test_when_all_is_done_today_asks_for_nothing(log):
    for wanted in ("lying-down", "lying-down", "lying-down", "sitting-down", "standing-up"):
        add(log, wanted)
    assert today(log=log, day=DAY).lines == [
        "Lying down: 3 of 3 sets done. That is all for today.",
        "Sitting down: 1 of 1 set done. That is all for today.",
        "Standing up: no daily goal; 1 done.",
    ]


@pytest.mark.parametrize("mark", ["rest", "flare-up", "pause"])
def test_on_a_day_that_was_marked_nothing_is_due_and_what_was_done_still_counts(log, mark):
    log.mark(DAY, mark)
    add(log, "sitting-down")
    assert today(log=log, day=DAY).lines == [
        "Lying down: nothing due today.",
        "Sitting down: nothing due today; 1 done.",
        "Standing up: no daily goal; when it suits you.",
    ]


def test_after_a_pause_nothing_is_due_until_it_is_ended(log):
    log.mark(DAY, "pause")
    log.mark(DAY + dt.timedelta(days=5), "resume")
    firsts = [today(log=log, day=DAY + dt.timedelta(days=n)).lines[0] for n in range(7)]
    nothing, due = (
        "Lying down: nothing due today.",
        "Lying down: 0 of 3 sets done, spread over the day.",
    )
    assert firsts == [nothing] * 5 + [due] * 2


def test_a_set_stopped_for_pain_at_once_takes_itself_out_of_what_is_due(log):
    add(log, "sitting-down", done=0, prescribed=3, outcome="stopped_for_pain")
    add(log, done=0, outcome="stopped_for_pain")
    assert today(log=log, day=DAY).lines[:2] == [
        "Lying down: 0 of 2 sets done, spread over the day.",
        "Sitting down: nothing due today.",
    ]


def test_the_day_before_four_in_the_morning_is_still_yesterday(log):
    add(log, at=dt.datetime(2026, 3, 3, 3, 59, tzinfo=dt.UTC))
    add(log, at=dt.datetime(2026, 3, 3, 4, 0, tzinfo=dt.UTC))
    assert [today(log=log, day=DAY + dt.timedelta(days=n)).lines[0][:21] for n in (-1, 0, 1)] == [
        "Lying down: 0 of 3 se",
        "Lying down: 1 of 3 se",
        "Lying down: 1 of 3 se",
    ]


@pytest.mark.parametrize(("minute", "day"), [(59, 2), (60, 3)])
def test_fault_27_after_four_in_the_morning_today_is_the_new_day_and_says_so(log, minute, day):
    now = dt.datetime(2026, 3, 3, 3, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
    add(log, at=dt.datetime(2026, 3, 2, 23, 59, tzinfo=dt.UTC))
    shown = today(log=log, day=today_here(now))
    name = {2: "Monday", 3: "Tuesday"}[day]
    assert repr(shown).startswith(f"{name} {day} March 2026\nLying down: {3 - day} of 3 sets")
    assert f"<p>{name} {day} March 2026</p>" in shown._repr_html_()


def test_a_goal_that_ended_is_no_goal(tmp_path, log):
    file = tmp_path / "mine.toml"
    text = (DATA / "programme.toml").read_text(encoding="utf-8")
    old = 'doses = [{ sets_per_day = 1, time_of_day = "in the morning" }]'
    new = "doses = [{ sets_per_day = 2 }, { sets_per_day = 0, since = 2026-03-02 }]"
    file.write_text(text.replace(old, new), encoding="utf-8")
    own = load_programme(file)
    lines = [
        today(programme=own, log=log, day=DAY + dt.timedelta(days=n)).lines[1] for n in (-1, 0)
    ]
    assert lines == [
        "Sitting down: 0 of 2 sets done.",
        "Sitting down: no daily goal; when it suits you.",
    ]


@pytest.mark.parametrize("word", ["missed", "failed", "streak", "only", "should", "behind", "late"])
def test_today_blames_nobody(log, word):
    add(log, done=1)
    assert word not in repr(today(log=log, day=DAY)).lower()


def test_today_with_a_damaged_log_says_so_without_a_traceback(tmp_path):
    with pytest.raises(LogError, match="is damaged") as caught:
        today(log=damaged(tmp_path), day=DAY)
    assert caught.value._render_traceback_() == [str(caught.value)]
