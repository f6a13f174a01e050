"""A session put together: what it is told of the log, what it stores, what it shows unrun."""

import datetime as dt
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from faults import tried
from IPython.core.formatters import DisplayFormatter
from ipywidgets import Widget
from logs import output

from backcare_widgets import Log, exercise, today
from backcare_widgets.errors import LogError, ProgrammeError
from backcare_widgets.programme.figure import scene
from backcare_widgets.programme.models import load_programme
from backcare_widgets.programme.timeline import expand
from backcare_widgets.programme.warning_signs import load_warning_signs
from backcare_widgets.widgets.today import today_here
from backcare_widgets.workbook import shipped

PROGRAMME = load_programme()
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = NOON.date()
PAGE = {"started_at": "2026-03-02T12:00:00.000Z", "utc_offset_min": 0, "tz": "UTC"}
ENTRY = {
    "entry_id": "one",
    "exercise_id": "lying-down",
    **PAGE,
    "duration_s": 60,
    "repetitions_done": 5,
    "repetitions_prescribed": 5,
    "outcome": "done",
    "source": "timer",
}


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


def ask(session, op, now=PAGE, **question):
    """Ask as the page does, and give the answer."""
    answer, buffers = session.answer_to({"id": "7", "op": op, "now": now} | question)
    assert buffers == []
    assert answer.pop("id") == "7"
    return json.loads(json.dumps(answer))


def tally_of(log, wanted="lying-down", now=PAGE):
    return ask(exercise(wanted, log=log), "today", now)["tally"]


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
        "Your log is not touched; give one of the programme: "
        '"lying-down", "sitting-down", "standing-up".'
    )
    assert str(caught.value) == said
    assert caught.value._render_traceback_() == [said]


def traits_of(session):
    """Give what the notebook may save of a session, our own code left out."""
    return {k: v for k, v in session.get_state().items() if not k.startswith("_")}


@pytest.mark.parametrize("wanted", PROGRAMME.exercises, ids=lambda e: e.id)
def test_the_page_gets_what_does_not_change_and_nothing_else(log, wanted):
    session = exercise(wanted.id, log=log)
    traits = traits_of(session)
    for name in ("layout", "tabbable", "tooltip"):  # of every widget
        traits.pop(name, None)
    assert set(traits) == {"about", "stretches", "signs", "scene"}
    words = PROGRAMME.words
    stretches = expand(wanted, words)
    assert traits["stretches"] == [s.as_dict() for s in stretches]
    assert traits["scene"] == scene(wanted, stretches)
    assert traits["signs"] == asdict(load_warning_signs())
    assert "999" in traits["signs"]["emergency_numbers"]
    assert "Chest pain" in traits["signs"]["emergency"]
    assert traits["about"] == {
        "log_id": log.id,
        "exercise_id": wanted.id,
        "title": wanted.title,
        "repetitions": wanted.repetitions,
        "get_ready_s": {"lying-down": 25, "sitting-down": 20, "standing-up": 15}[wanted.id],
        "hold_s": None if wanted.id == "standing-up" else 5,
        "open_hold_s": 30 if wanted.id == "standing-up" else None,
        "sides": asdict(wanted.sides),
        "getting_in": wanted.getting_in,
        "getting_out": wanted.getting_out,
        "words": {
            "language": words.language,
            "get_ready": words.get_ready,
            "finished": words.finished,
            "paused": words.paused,
        },
    }


def test_an_own_programme_brings_its_own_words(tmp_path, log):
    file = tmp_path / "mine.toml"
    text = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
    for ours, theirs in {
        "Get ready": "Los geht es",
        "Well done.": "Gut.",
        'language = "en-GB"': 'language = "de-DE"',
    }.items():
        assert ours in text
        text = text.replace(ours, theirs)
    file.write_text(text)
    session = exercise("lying-down", programme=load_programme(file), log=log)
    assert session.stretches[0]["cue"] == "Los geht es"
    assert session.about["words"] == {
        "language": "de-DE",
        "get_ready": "Los geht es",
        "finished": "Gut. Rest a moment.",
        "paused": PROGRAMME.words.paused,
    }


def test_a_session_is_one_model_and_its_layout(log):
    def models():
        return dict(Widget.get_manager_state()["state"])

    before = models()
    session = exercise("lying-down", log=log)
    made = models().keys() - before
    assert made == {session.model_id, session.layout.model_id}


# What the log says of today --------------------------------------------------------------------


def test_sets_done_today_are_counted_in_whole_ones(log):
    add(log)
    add(log, done=2)
    add(log, "sitting-down")
    add(log, at=NOON - dt.timedelta(days=2))
    assert tally_of(log) == {"goal": 3, "whole": 1, "stopped_for_pain": 0, "left": 2}
    add(log, done=3)
    assert tally_of(log)["whole"] == 2  # two fifths and three


def test_an_exercise_without_a_dose_has_no_goal(log):
    add(log, "standing-up")
    assert tally_of(log, "standing-up") == {
        "goal": None,
        "whole": 1,
        "stopped_for_pain": 0,
        "left": 0,
    }


def test_what_was_left_of_a_set_stopped_for_pain_is_not_due_any_more(log):
    add(log, done=2, outcome="stopped_for_pain")
    assert tally_of(log) == {"goal": 3, "whole": 0, "stopped_for_pain": 1, "left": 2}


def test_on_a_day_of_rest_nothing_is_due(log):
    log.mark(DAY, "rest")
    assert tally_of(log) == {"goal": 0, "whole": 0, "stopped_for_pain": 0, "left": 0}


def test_in_a_pause_that_began_earlier_nothing_is_due(log):
    """`adherence.daily` has nothing due after a pause was marked, until a day of "resume"."""
    log.mark(DAY - dt.timedelta(days=3), "pause")
    assert (tally_of(log)["goal"], tally_of(log)["left"]) == (0, 0)


def test_the_answer_to_a_set_brings_the_new_tally(log):
    session = exercise("lying-down", log=log)
    answers = [
        ask(session, "add", entry=ENTRY | {"entry_id": str(n), "outcome": outcome})
        for n, outcome in enumerate(("done", "stopped_for_pain"))
    ]
    assert [(a["tally"]["whole"], a["tally"]["stopped_for_pain"]) for a in answers] == [
        (1, 0),
        (1, 1),
    ]


@pytest.mark.parametrize(
    ("utc", "offset_min", "tz", "day"),
    [
        ("2026-03-02T10:30:00Z", 780, "Pacific/Auckland", 2),  # 23:30
        ("2026-03-02T14:59:00Z", 780, "Pacific/Auckland", 2),  # 03:59
        ("2026-03-02T15:00:00Z", 780, "Pacific/Auckland", 3),  # 04:00
        ("2026-03-03T04:00:00Z", -480, "America/Los_Angeles", 2),  # 20:00
        ("2026-03-03T04:00:00Z", -480, "Mars/Olympus", 2),
        ("2026-03-03T04:00:00Z", 0, "", 3),
    ],
)
def test_fault_47_the_tally_is_of_the_day_that_it_is_where_the_browser_is(
    log, utc, offset_min, tz, day
):
    add(log)
    now = {"started_at": utc, "utc_offset_min": offset_min, "tz": tz}
    assert tally_of(log, now=now)["whole"] == 3 - day
    tried()


def test_looking_makes_no_log(log):
    ask(exercise("lying-down", log=log), "today")
    today(log=log)
    assert not log.path.exists()


def test_two_logs_are_told_apart_in_the_page_and_one_is_always_the_same(tmp_path):
    """What waits in the browser for one log must not go into another."""
    names = [
        exercise("lying-down", log=Log.open(tmp_path / name, backups=tmp_path / "b")).about[
            "log_id"
        ]
        for name in ("a.sqlite3", "a.sqlite3", "b.sqlite3")
    ]
    assert names[0] == names[1] != names[2]
    assert str(tmp_path) not in names[0]


# Pain --------------------------------------------------------------------------------------------


def test_the_pain_question_once_hidden_stays_hidden_through_the_log(log):
    def is_hidden(wanted):
        session = exercise(wanted, log=Log.open(log.path))
        return ask(session, "today")["hides_pain"]

    first = exercise("lying-down", log=log)
    assert is_hidden("lying-down") is False
    assert ask(first, "hide_pain", hides_pain=True) == {}
    assert (is_hidden("lying-down"), is_hidden("sitting-down")) == (True, True)
    assert ask(first, "hide_pain", hides_pain=False) == {}
    assert is_hidden("sitting-down") is False


def test_hiding_the_pain_question_without_a_usable_log_is_told(tmp_path):
    answer = ask(exercise("lying-down", log=damaged(tmp_path)), "hide_pain", hides_pain=True)
    assert "is damaged" in answer["problem"]
    assert answer["is_final"] is False


# Storing -----------------------------------------------------------------------------------------


def test_neither_note_nor_pain_is_left_in_what_the_notebook_saves(log):
    session = exercise("lying-down", log=log)
    before = session.get_state()
    answers = [
        ask(session, "today"),
        ask(session, "add", entry=ENTRY | {"note": "a private note", "pain_before": 7}),
        ask(session, "edit", entry_id="one", pain_after=6),
        ask(session, "hide_pain", hides_pain=True),
        ask(session, "today"),
    ]
    assert not any("problem" in answer for answer in answers)
    [row] = log.sets_on(DAY)
    assert (row["note"], row["pain_before"], row["pain_after"]) == ("a private note", 7, 6)
    assert session.get_state() == before
    assert not {"note", "pain_before", "pain_after", "entry"} & set(session.trait_names())
    assert "a private note" not in json.dumps(answers)


def test_fault_09_a_damaged_log_still_gives_a_session_and_says_so(tmp_path):
    log = damaged(tmp_path)
    before = log.path.read_bytes()
    session = exercise("lying-down", log=log)
    answer = ask(session, "today")
    assert "is damaged" in answer["notice"]
    assert "nothing was overwritten" in answer["notice"]
    assert (answer["tally"], answer["hides_pain"]) == (None, False)
    assert len(session.stretches) > 30
    refused = ask(session, "add", entry=ENTRY)
    assert "is damaged" in refused["problem"]
    assert refused["is_final"] is False  # the set waits until the log is restored
    assert log.path.read_bytes() == before
    tried()


def test_a_log_in_order_gives_no_notice(log):
    session = exercise("lying-down", log=log)
    assert ask(session, "today")["notice"] == ""
    ask(session, "add", entry=ENTRY)
    assert ask(session, "today")["notice"] == ""


def test_a_log_folder_that_cannot_be_written_is_told_when_the_session_opens():
    """Root may write anywhere, so the child becomes nobody; pytest's own folder is closed to it."""
    program = f"""
from backcare_widgets import exercise, load_programme
programme = load_programme()
if os.getuid() == 0: os.setuid(65534)
session = exercise("lying-down", programme=programme, log=opened())
answer, _ = session.answer_to({{"id": "7", "op": "today", "now": {PAGE!r}}})
print(answer["notice"], answer["tally"])
answer, _ = session.answer_to({{"id": "8", "op": "add", "now": {PAGE!r}, "entry": {ENTRY!r}}})
print(answer["problem"], answer["is_final"])
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o555)
        opens, saves = output(folder, program).splitlines()
        assert list(folder.iterdir()) == []
        folder.chmod(0o777)
        path = folder / "log.sqlite3"
        assert opens.startswith(f"The log {path} cannot be written: there is no permission")
        assert "waits in the browser" in opens
        assert opens.endswith("'left': 3}"), "nothing else is held up by it"
        assert saves.startswith(f"The log {path} cannot be written")
        assert saves.endswith(" False"), "the set waits"


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
    text = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
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
    shown = today(log=log, day=today_here(log, now))
    name = {2: "Monday", 3: "Tuesday"}[day]
    assert repr(shown).startswith(f"{name} {day} March 2026\nLying down: {3 - day} of 3 sets")
    assert f"<p>{name} {day} March 2026</p>" in shown._repr_html_()


def test_a_goal_that_ended_is_no_goal(tmp_path, log):
    file = tmp_path / "mine.toml"
    text = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
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
