"""The shipped programme keeps the facts of the article; one with mistakes is explained."""

import datetime as dt
import re
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backcare_widgets.errors import ProgrammeError
from backcare_widgets.programme.models import (
    DATA,
    Dose,
    Exercise,
    Phase,
    load_programme,
)

SHIPPED = DATA / "programme.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
PROGRAMME = load_programme()
LYING, SITTING, STANDING = PROGRAMME.exercises


def held(exercise):
    """Give (side, seconds or how it ends) of each hold of a repetition, in order."""
    return [(p.side, p.until or p.hold_s) for p in exercise.phases if p.until or p.hold_s]


def every_phase():
    return [p for e in PROGRAMME.exercises for p in (*e.enter, *e.phases, *e.leave)]


def words_of(exercise):
    """Give all that is said about an exercise, in small letters."""
    cues = [p.cue for p in (*exercise.enter, *exercise.phases, *exercise.leave)]
    steps = [step.text for step in exercise.steps]
    said = [exercise.title, exercise.when, exercise.place, *steps, *exercise.cautions, *cues]
    return " ".join(said).lower()


def refusal(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        load_programme(path)
    return str(caught.value)


def changed(*pairs):
    """Give the shipped programme with the first occurrence of each `old` put as `new`."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.fixture
def file(tmp_path):
    return tmp_path / "mine.toml"


# The article's facts -------------------------------------------------------------------------


def test_the_three_exercises_stand_in_the_order_of_the_article():
    assert [(e.id, e.position) for e in PROGRAMME.exercises] == [
        ("lying-down", "lying"),
        ("sitting-down", "sitting"),
        ("standing-up", "standing"),
    ]
    assert PROGRAMME.path == SHIPPED


def test_lying_down_holds_5_seconds_to_each_side_5_times_3_times_a_day():
    assert held(LYING) == [("right", 5), ("left", 5)]
    assert LYING.repetitions == 5
    assert [d.sets_per_day for d in LYING.doses] == [3]


def test_sitting_down_holds_5_seconds_with_each_leg_3_times_in_the_morning():
    assert held(SITTING) == [("right", 5), ("left", 5)]
    assert SITTING.repetitions == 3
    assert SITTING.doses == (Dose(1, "in the morning"),)


def test_standing_up_holds_to_each_side_until_the_person_is_ready_and_has_no_dose():
    assert held(STANDING) == [("right", "ready"), ("left", "ready")]
    assert STANDING.repetitions == 1
    assert STANDING.doses == ()


@pytest.mark.parametrize("exercise", PROGRAMME.exercises, ids=lambda e: e.id)
def test_a_repetition_goes_right_centre_left_centre_with_the_same_time_for_both(exercise):
    sides = [p.side for p in exercise.phases]
    turns = [side for before, side in pairwise(["", *sides]) if side != before]
    assert turns == ["right", "centre", "left", "centre"]
    half = len(exercise.phases) // 2
    right, left = exercise.phases[:half], exercise.phases[half:]
    times = [[(p.move_s, p.hold_s, p.until) for p in part] for part in (right, left)]
    assert times[0] == times[1]


@pytest.mark.parametrize(
    ("exercise", "facts"),
    [
        (
            LYING,
            "bed|straight|hands at your sides|palms facing down|toes pointing to the ceiling"
            "|legs together|slowly fold|knees come to your chest|clasp your hands around your legs"
            "|bend to the right|lower back|bend to the left|about 5 seconds|back to the centre"
            "|sitting up or standing hurts",
        ),
        (
            SITTING,
            "upright|legs crossed|very slowly|right leg out|right thigh|lift it, fold it"
            "|over your left thigh|right hand on the ground near your left thigh|turn to the left"
            "|about 5 seconds|same with the left leg|in the morning when you wake up|spasm",
        ),
        (
            STANDING,
            "stand up straight|about a foot|30 cm|arms out to your sides|hips"
            "|right arm is stretched out in front|left hand is behind your back"
            "|stretch in your back|back to the front|other side"
            "|left arm in front, right hand behind",
        ),
    ],
    ids=["lying-down", "sitting-down", "standing-up"],
)
def test_the_steps_keep_the_facts_of_the_article(exercise, facts):
    said = words_of(exercise)
    assert [fact for fact in facts.split("|") if fact not in said] == []


def test_the_note_on_a_popping_sound_is_kept_with_the_sitting_exercise():
    assert "pop" in words_of(SITTING)


def test_the_strain_of_the_article_is_not_asked_for():
    """The article says to hold until one feels the strain; a gentle stretch is meant."""
    assert "until you feel a gentle stretch" in words_of(STANDING)
    assert "feel the strain" not in words_of(STANDING)


def test_every_cue_is_short_enough_to_be_spoken_while_moving():
    words = {p.cue: len(p.cue.split()) for p in every_phase()}
    assert {cue: n for cue, n in words.items() if not 1 <= n <= 6} == {}


def test_every_movement_is_given_time_to_be_slow():
    assert min(p.move_s for p in every_phase()) >= 3


def test_every_exercise_says_how_to_get_in_and_out_and_when_to_stop():
    for exercise in PROGRAMME.exercises:
        assert exercise.getting_in
        assert exercise.getting_out
        assert exercise.cautions[-1].endswith(": stop.")


@pytest.mark.parametrize(
    "claim", ["treat", "cure", "heal", "safe", "missed", "fail", "streak", "guarantee", "must"]
)
def test_the_programme_promises_nothing_and_blames_nobody(claim):
    said = " ".join(words_of(e) for e in PROGRAMME.exercises)
    assert re.findall(rf"\b{claim}\w*", said) == []


def test_where_a_set_ends_is_where_the_next_one_can_begin():
    """Nobody is left in a position without being told how to leave it."""
    last_poses = [(*e.phases, *e.leave)[-1].pose for e in PROGRAMME.exercises]
    assert last_poses == [e.steps[0].pose for e in PROGRAMME.exercises]


# Asking it -----------------------------------------------------------------------------------


def test_an_exercise_is_found_by_its_id():
    assert PROGRAMME["sitting-down"] is SITTING
    assert "sitting-down" in PROGRAMME
    assert "Sitting-Down" not in PROGRAMME
    assert None not in PROGRAMME


@pytest.mark.parametrize("wanted", ["nope", "", None, 3, "x" * 10_000])
def test_an_unknown_exercise_names_the_known_ones(wanted):
    with pytest.raises(ProgrammeError, match="There is no exercise ") as caught:
        PROGRAMME[wanted]
    known = 'The programme has "lying-down", "sitting-down", "standing-up".'
    assert str(caught.value).endswith(known)
    assert len(str(caught.value)) < 200


def with_doses(*doses):
    exercise = PROGRAMME["lying-down"]
    return Exercise(**{**vars(exercise), "doses": tuple(doses)})


def test_changing_a_dose_does_not_rewrite_the_past(file):
    old = 'doses = [{ sets_per_day = 3, time_of_day = "spread over the day" }]'
    new = "doses = [\n  { sets_per_day = 3 },\n  { since = 2026-05-01, sets_per_day = 2 },\n]"
    file.write_text(changed((old, new)), encoding="utf-8")
    exercise = load_programme(file)["lying-down"]
    before, after = dt.date(2026, 4, 30), dt.date(2026, 5, 1)
    assert exercise.dose_on(before) == Dose(3)
    assert exercise.dose_on(after) == Dose(2, since=after)
    assert exercise.dose_on(dt.date.max) == Dose(2, since=after)


def test_before_its_first_dated_dose_an_exercise_has_no_goal():
    exercise = with_doses(Dose(3, since=dt.date(2026, 5, 1)))
    assert exercise.dose_on(dt.date(2026, 4, 30)) is None
    assert exercise.dose_on(dt.date(2026, 5, 1)) == exercise.doses[0]
    assert with_doses().dose_on(dt.date(2026, 5, 1)) is None


@given(
    days=st.lists(st.dates(), min_size=1, max_size=6, unique=True).map(sorted),
    is_first_open=st.booleans(),
    asked=st.dates(),
    later=st.dates(),
)
def test_a_later_dose_changes_no_day_before_it(days, is_first_open, asked, later):
    since = [None if is_first_open and i == 0 else day for i, day in enumerate(days)]
    doses = [Dose(i, since=day) for i, day in enumerate(since)]
    in_force = with_doses(*doses).dose_on(asked)
    started = [dose for dose in doses if dose.since is None or dose.since <= asked]
    assert in_force == (started[-1] if started else None)
    if later > max(asked, days[-1]):
        assert with_doses(*doses, Dose(9, since=later)).dose_on(asked) == in_force


# Mistakes ------------------------------------------------------------------------------------


def row_for(text, old):
    """Give the line on which `old` stands first in the shipped programme."""
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("hold_s = 5", "hold_s = -5", "[1].phases[1].hold_s", "-5 {} a number from 0 to 600 is"),
        ("hold_s = 5", "hold_s = nan", "[1].phases[1].hold_s", "nan {} a number from 0 to 600 is"),
        ("hold_s = 5", "hold_s = inf", "[1].phases[1].hold_s", "inf {} a number from 0 to 600 is"),
        (
            "hold_s = 5",
            "hold_s = true",
            "[1].phases[1].hold_s",
            "True {} a number from 0 to 600 is",
        ),
        (
            "hold_s = 5",
            'hold_s = "30"',
            "[1].phases[1].hold_s",
            "'30' {} a number from 0 to 600 is",
        ),
        ("hold_s = 5", "hold_s = 601", "[1].phases[1].hold_s", "601 {} a number from 0 to 600 is"),
        ("move_s = 8", "move_s = 0", "[1].enter[1].move_s", "0 {} a number from 1 to 120 is"),
        (
            "repetitions = 5",
            "repetitions = 1_000_000_000",
            "[1].repetitions",
            "1000000000 {} a whole number from 1 to 100 is",
        ),
        ("repetitions = 5", "repetitions = 0", "[1].repetitions", "0 {} a whole number from 1 to"),
        ("repetitions = 3", "repetitions = 3.0", "[2].repetitions", "3.0 {} a whole number from 1"),
        (
            "sets_per_day = 3",
            "sets_per_day = 25",
            "[1].doses[1].sets_per_day",
            "25 {} a whole number",
        ),
        (
            'time_of_day = "in the m',
            'since = 2026-05-01T08:00:00, time_of_day = "in the m',
            "[2].doses[1].since",
            "datetime.datetime(2026, 5, 1, 8, 0) {} a date such as 2026-05-01 is",
        ),
        ('side = "left"', 'side = "up"', "[1].phases[3].side", '\'up\' {} one of "right", "left",'),
        (
            ', until = "ready"',
            ', until = "done"',
            "[3].phases[1].until",
            "'done' {} one of \"ready\" is",
        ),
        ('position = "sitting"', 'position = "squatting"', "[2].position", "'squatting' {} one of"),
        (
            'cue = "Back to the centre"',
            'cue = "Now come slowly back to the centre"',
            "[1].phases[2].cue",
            "'Now come slowly back to the centre' {} text of 1 to 6 words is",
        ),
        (
            'id = "lying-down"',
            'id = "Lying down"',
            "[1].id",
            "'Lying down' {} small letters, figures",
        ),
        (
            'pose = "clasped-bent-left"',
            'pose = "../x"',
            "[1].steps[6].pose",
            "'../x' {} small letters",
        ),
    ],
)
def test_fault_36_a_wrong_value_is_told_with_line_place_value_and_what_is_allowed(
    file, old, new, place, said
):
    text = changed((old, new))
    wanted = f"line {row_for(TEXT, old)}, exercise{place}: {said.format('is not allowed;')}"
    message = refusal(file, text)
    assert f"{file} has 1 mistake. Your log is not touched;" in message
    assert f"\n  {wanted}" in message


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (
            "hold_s = 5",
            "hold_sec = 5",
            "[1].phases[1].hold_sec",
            "unknown `hold_sec`, did you mean `hold_s`?",
        ),
        ("repetitions = 5", "reps = 5", "[1].reps", "unknown `reps`, "),
        (
            'title = "Lying',
            'name = "Lying',
            "[1]",
            "`title` is missing: text of 1 to 80 characters",
        ),
    ],
)
def test_fault_37_an_unknown_or_missing_key_is_told(file, old, new, place, said):
    line = row_for(TEXT, old if "title" not in new and "name" not in new else "[[exercise]]\nid")
    assert f"\n  line {line}, exercise{place}: {said}" in refusal(file, changed((old, new)))


def test_fault_37_two_exercises_with_one_id_are_told_at_the_second(file):
    old = 'id = "standing-up"'
    message = refusal(file, changed((old, 'id = "lying-down"')))
    line = row_for(TEXT, old)
    said = "'lying-down' is already the id of another exercise"
    assert message.endswith(f"\n  line {line}, exercise[3].id: {said}")


def test_exercises_without_an_id_are_not_called_doubles_of_one_another(file):
    text = changed(('id = "lying-down"\n', ""), ('id = "sitting-down"\n', ""))
    rows = refusal(file, text).splitlines()[1:]
    assert [row.partition(", ")[2].partition(":")[0] for row in rows] == [
        "exercise[1]",
        "exercise[2]",
    ]


def test_fault_36_a_hold_has_one_end_only(file):
    old = ', until = "ready"'
    message = refusal(file, changed((old, ', hold_s = 5, until = "ready"')))
    line = row_for(TEXT, old)
    assert f"line {line}, exercise[3].phases[1]: give `hold_s` or `until`, not both" in message


@pytest.mark.parametrize(
    "doses",
    [
        "{ sets_per_day = 3 }, { sets_per_day = 2 }",
        "{ sets_per_day = 3, since = 2026-05-01 }, { sets_per_day = 2 }",
        "{ sets_per_day = 3, since = 2026-05-01 }, { sets_per_day = 2, since = 2026-05-01 }",
        "{ sets_per_day = 3, since = 2026-05-01 }, { sets_per_day = 2, since = 2026-04-30 }",
    ],
    ids=["no days", "a day and none", "the same day twice", "backwards"],
)
def test_doses_stand_in_the_order_of_their_days(file, doses):
    old = 'doses = [{ sets_per_day = 1, time_of_day = "in the morning" }]'
    message = refusal(file, changed((old, f"doses = [{doses}]")))
    line = row_for(TEXT, old)
    said = "a later dose needs `since`, a day after that of the dose before it"
    assert message.endswith(f"\n  line {line}, exercise[2].doses[2]: {said}")


def test_fault_36_all_mistakes_are_told_at_once(file):
    message = refusal(
        file,
        changed(
            ("hold_s = 5", "hold_s = -5"),
            ("repetitions = 3", "repetitions = 1000000000"),
            (', until = "ready"', ', hold_s = 5, until = "ready"'),
            ('id = "standing-up"', 'id = "lying-down"'),
            ("place = ", "plaice = "),
        ),
    )
    assert message.startswith(f"{file} has 6 mistakes. ")
    assert len(message.splitlines()) == 7
    for part in ("-5 is", "1000000000 is", "not both", "already the id", "did you mean `place`?"):
        assert message.count(part) == 1
    assert message.count("`place` is missing") == 1


def test_fault_37_an_empty_file_says_what_a_programme_needs(file):
    message = refusal(file, "")
    assert "\n  the file: `title` is missing: text of 1 to 120 characters" in message
    assert (
        "\n  the file: `exercise` is missing: 1 to 50 exercises, each begun by [[exercise]]"
        in message
    )


def test_fault_36_exercises_beyond_fifty_are_one_mistake_and_not_one_each(file):
    one = "[[exercise]]" + TEXT.split("\n[[exercise]]")[1] + "\n"
    many = "".join(one.replace('"lying-down"', f'"lying-{n}"') for n in range(51))
    message = refusal(file, 'title = "Many"\n' + many)
    assert message.startswith(f"{file} has 1 mistake. ")
    assert "1 to 50 exercises" in message


# Writing one's own ---------------------------------------------------------------------------

OWN = """
title = "Mine"
[[exercise]]
id = "neck"
title = "Neck"
position = "sitting"
when = "When it suits me."
place = "A chair."
steps = [{ text = "Sit.", pose = "sitting" }]
getting_in = "Sit down."
getting_out = "Stand up."
cautions = []
repetitions = 2
phases = [{ cue = "Nod", pose = "nodding", side = "centre", move_s = 1.5 }]
"""


def test_an_exercise_needs_no_dose_no_sides_no_words_and_no_python(file):
    file.write_text(OWN, encoding="utf-8")
    programme = load_programme(str(file))
    [neck] = programme.exercises
    assert (neck.id, neck.repetitions, neck.doses, neck.enter, neck.leave) == (
        "neck",
        2,
        (),
        (),
        (),
    )
    assert neck.phases == (Phase("Nod", "nodding", "centre", 1.5, 0, None),)
    assert (neck.right, neck.left) == ("Right", "Left")
    assert neck.get_ready_s == 10
    assert programme.words == PROGRAMME.words
    assert programme.path == file


def test_the_words_of_a_set_and_the_time_to_get_ready_are_the_file_s_own(file):
    """Another language is another file: all that is spoken stands in it, and which voice."""
    spoken = {
        **{"language": "de-DE", "get_ready": "Los", "hold": "Halten", "finished": "Gut."},
        **{"hold_until_ready": "Bleiben", "half_way": "Halbzeit.", "last_one": "Noch eine."},
        "paused": "Pause.",
    }
    lines = "\n".join(f'{key} = "{said}"' for key, said in spoken.items())
    own = OWN.replace("[[exercise]]", f"[words]\n{lines}\n[[exercise]]")
    file.write_text(own.replace("repetitions = 2", "repetitions = 2\nget_ready_s = 45"))
    programme = load_programme(file)
    assert asdict(programme.words) == spoken
    assert programme["neck"].get_ready_s == 45


@pytest.mark.parametrize("seconds", ["0", "0.5", "121", '"10"', "true", "nan"])
def test_a_time_to_get_ready_that_cannot_be_is_told(file, seconds):
    old = "get_ready_s = 25"
    message = refusal(file, changed((old, f"get_ready_s = {seconds}")))
    assert f"line {row_for(TEXT, old)}, exercise[1].get_ready_s: " in message


def test_a_path_may_begin_at_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    assert load_programme("~/mine.toml").path == Path(tmp_path, "mine.toml")


def test_a_programme_cannot_be_changed_by_accident():
    with pytest.raises(AttributeError):
        LYING.repetitions = 6
