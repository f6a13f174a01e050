"""What `00_start_here` shows of changing the programme works as it stands there."""

import datetime as dt
import re
import tomllib
from pathlib import Path

import logs
import nbformat
import pytest

import backcare_widgets
from backcare_widgets import (
    adherence,
    exercise,
    load_programme,
    past,
    reminders,
    report,
    review,
    today,
)
from backcare_widgets.errors import ProgrammeError
from backcare_widgets.programme.timeline import expand
from backcare_widgets.workbook import shipped

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "00_start_here.ipynb"
SHIPPED = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
PROGRAMME = load_programme()
[SECTION] = [
    cell.source
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells
    if cell.source.startswith("## Your own dose")
]
HOLD, REPETITIONS, DOSE, WORDS, EXERCISE = re.findall(r"```toml\n(.*?)```", SECTION, re.DOTALL)
SINCE = dt.date(2026, 12, 1)


def applied(text, block):
    """Do what the notebook says: put a block in the place of the lines that it changes.

    A phase takes the place of the one with its pose, a key that of the same key, each of the
    first exercise; a whole exercise goes to the end.
    """
    if block.startswith("[["):
        return f"{text}\n{block}"
    is_phase = block.startswith("  {")
    for part in block.splitlines() if is_phase else [block.rstrip()]:
        start = text.index("[[exercise]]")
        if is_phase:
            pose = re.escape(re.search('pose = "[a-z-]+"', part)[0])
            old = re.compile(rf"^  \{{ cue = .*{pose}.*$", re.MULTILINE)
        else:
            old = re.compile(rf"^{part.split()[0]} = .*$", re.MULTILINE)
        found = old.search(text, start)
        text = text[: found.start()] + part + text[found.end() :]
    return text


@pytest.fixture
def mine(tmp_path):
    """Return a function that loads a copy of the programme with some blocks put in."""

    def with_blocks(*blocks):
        text = SHIPPED
        for block in blocks:
            text = applied(text, block)
        file = tmp_path / "my_programme.toml"
        file.write_text(text, encoding="utf-8")
        return load_programme(file)

    return with_blocks


def others(programme):
    return programme.exercises[1:3]


def test_a_shorter_hold_is_the_one_that_the_timer_runs(mine):
    programme = mine(HOLD)
    held = [s.duration_s for s in expand(programme["lying-down"]) if s.kind == "hold"]
    assert held == [3] * 10
    assert others(programme) == others(PROGRAMME)


def test_fewer_repetitions_are_the_ones_that_the_timer_runs(mine):
    programme = mine(REPETITIONS)
    assert programme["lying-down"].repetitions == 3
    assert max(s.repetition for s in expand(programme["lying-down"])) == 3
    assert others(programme) == others(PROGRAMME)


def test_other_words_are_spoken(mine):
    programme = mine(WORDS)
    cues = [s.cue for s in expand(programme["lying-down"]) if s.side == "right"]
    assert "Let your knees sink right" in cues
    assert "Bend slowly to the right" not in cues
    assert others(programme) == others(PROGRAMME)


def test_a_dated_dose_counts_from_its_day_and_leaves_the_days_before_as_they_were(mine, tmp_path):
    log = logs.opened(tmp_path)
    first, last = SINCE - dt.timedelta(days=9), SINCE + dt.timedelta(days=5)
    for n in range((last - first).days):
        start = dt.datetime.combine(first + dt.timedelta(days=n), dt.time(9), tzinfo=dt.UTC)
        for _ in range(n % 4):
            log.add(**logs.SET | {"started_at": start})
    entries = log.frame()
    programme = mine(DOSE)
    before, after = (adherence.daily(entries, p, today=last) for p in (PROGRAMME, programme))
    is_past = before.index < str(SINCE)
    assert is_past.sum() > 7
    assert after[is_past].equals(before[is_past])
    assert (after["due"][~is_past] == before["due"][~is_past] - 1).all()
    [line, *_] = today(programme=programme, log=log, day=SINCE).lines
    assert line == "Lying down: 1 of 2 sets done, morning and evening."


def test_days_of_the_week_leave_the_others_without_sets(mine):
    [days] = re.findall(r"`(days = .*?)`", SECTION)
    exercise = mine(f"doses = [{{ sets_per_day = 2, {days} }}]\n")["lying-down"]
    monday = dt.date(2026, 11, 30)
    due = [exercise.sets_due_on(monday + dt.timedelta(days=n)) for n in range(7)]
    assert due == [2, 0, 2, 0, 2, 0, 0]


def test_an_exercise_of_ones_own_is_led_through_and_due_from_its_day(mine):
    programme = mine(EXERCISE)
    walk = programme["short-walk"]
    assert programme.exercises[:3] == PROGRAMME.exercises
    assert sum(s.duration_s for s in expand(walk) if s.kind != "prepare") == 180
    assert walk.dose_on(SINCE - dt.timedelta(days=1)) is None
    assert walk.dose_on(SINCE).sets_per_day == 1


def test_all_of_it_together_is_a_programme_too(mine):
    programme = mine(HOLD, REPETITIONS, DOSE, EXERCISE)
    assert [e.id for e in programme.exercises][-1] == "short-walk"
    assert programme["lying-down"].repetitions == 3


def test_nothing_of_it_asks_for_more_than_the_article_does():
    """The examples are read by people in pain."""
    [bent, _] = tomllib.loads(f"phases = [{HOLD}]")["phases"]
    assert bent["hold_s"] < 5
    assert tomllib.loads(REPETITIONS)["repetitions"] < 5
    assert tomllib.loads(DOSE)["doses"][-1]["sets_per_day"] < 3


def test_a_mistake_looks_as_the_notebook_shows_it(tmp_path):
    file = tmp_path / "programme.toml"
    old = 'side = "right", move_s = 4, hold_s = 5 }'
    file.write_text(SHIPPED.replace(old, old.replace("5", "900"), 1), encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        load_programme(file)
    [shown] = re.findall(r"```\n(data/.*?)```", SECTION, re.DOTALL)
    assert shown == str(caught.value).replace(str(file), "data/programme.toml") + "\n"


def test_all_that_the_notebook_hands_a_second_programme_to_takes_one(mine, tmp_path):
    calls = re.findall(r"(\w+)\([^()]*programme=mine\)", SECTION)
    assert calls == ["exercise", "today", "review", "past"]
    log, programme = logs.opened(tmp_path), mine(EXERCISE)
    assert backcare_widgets.exercise("short-walk", programme=programme, log=log)
    for name in calls[1:]:
        assert getattr(backcare_widgets, name)(programme=programme, log=log)


def test_a_second_programme_is_looked_for_where_the_sentence_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProgrammeError, match=re.escape(f"{tmp_path / 'my.toml'} cannot be read")):
        load_programme("my.toml")
    (tmp_path / "my.toml").write_text(applied(SHIPPED, HOLD), encoding="utf-8")
    assert load_programme("my.toml").exercises == load_programme(tmp_path / "my.toml").exercises


def test_the_path_of_a_programme_is_taken_wherever_a_programme_is(mine, tmp_path):
    mine(EXERCISE)
    log = logs.opened(tmp_path)
    for path in (tmp_path / "my_programme.toml", str(tmp_path / "my_programme.toml")):
        assert "A short walk" in repr(today(programme=path, log=log))
        assert exercise("short-walk", programme=path, log=log).exercise.title == "A short walk"
        assert "short-walk" in [each["id"] for each in past(programme=path, log=log).exercises]
        made = report(tmp_path / "r.html", programme=path, log=log)
        assert "A short walk" in [row[0] for row in made.facts.programme.rows]
        assert "A short walk" in repr(reminders(tmp_path / "r.ics", programme=path))
        review(programme=path, log=log)
    for wrong in ("nowhere.toml", 5, "a\0b"):
        for call in (today, past, review):
            with pytest.raises(ProgrammeError, match=r"cannot be read|is not a valid file path"):
                call(programme=wrong, log=log)
