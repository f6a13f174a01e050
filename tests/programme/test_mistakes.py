"""Reading a data file: whatever it holds, the answer is data or one plain list of mistakes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from faults import tried
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backcare_widgets.errors import ProgrammeError
from backcare_widgets.programme.mistakes import MAX_SHOWN, line_numbers
from backcare_widgets.programme.models import Programme, load_programme

SHIPPED = Path(__file__).parents[2] / "data" / "programme.toml"
GOOD = SHIPPED.read_bytes()
TEXT = GOOD.decode()


def refusal(path, source):
    """Return the message for a programme file of these bytes or this text."""
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    with pytest.raises(ProgrammeError) as caught:
        load_programme(path)
    return str(caught.value)


def changed(*pairs):
    """Return the shipped programme with the first occurrence of each `old` put as `new`."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def row_for(old):
    """Return the line on which `old` stands first in the shipped programme."""
    return TEXT[: TEXT.index(old)].count("\n") + 1


@pytest.fixture
def file(tmp_path):
    return tmp_path / "mine.toml"


# Each kind of mistake ------------------------------------------------------------------------

LYING, SITTING = 'title = "Lying down: knees to the chest, bend to each side"', "repetitions = 3"
MORNING = 'time_of_day = "in the m'
TABLE = "[[exercise]]\n"
HELD, DOSE = "[1].phases[1].hold_s", "[2].doses[1]"
# By what is allowed: what stands in the shipped file, what instead, where, and how it is shown.
WRONG = {
    "a number from 0 to 600": [
        ("hold_s = 5", "hold_s = -5", HELD, "-5"),
        ("hold_s = 5", "hold_s = nan", HELD, "nan"),
        ("hold_s = 5", "hold_s = inf", HELD, "inf"),
        ("hold_s = 5", "hold_s = true", HELD, "True"),
        ("hold_s = 5", 'hold_s = "30"', HELD, "'30'"),
        ("hold_s = 5", "hold_s = 600.5", HELD, "600.5"),
        ("hold_s = 5", "hold_s = " + "9" * 400, HELD, "9" * 57 + "…"),
    ],
    "a number from 1 to 120": [
        ("move_s = 8", "move_s = 0", "[1].enter[1].move_s", "0"),
        ("get_ready_s = 25", "get_ready_s = 121", "[1].get_ready_s", "121"),
    ],
    "a whole number from 1 to 100": [
        (SITTING, "repetitions = 1_000_000_000", "[2].repetitions", "1000000000"),
        (SITTING, "repetitions = 0", "[2].repetitions", "0"),
        (SITTING, "repetitions = 3.0", "[2].repetitions", "3.0"),
        (SITTING, "repetitions = true", "[2].repetitions", "True"),
        (SITTING, "repetitions = {}", "[2].repetitions", "{}"),
    ],
    "a whole number from 0 to 24": [
        ("sets_per_day = 3", "sets_per_day = 25", "[1].doses[1].sets_per_day", "25"),
    ],
    "text of 1 to 80 characters": [
        (LYING, 'title = ""', "[1].title", "''"),
        (LYING, 'title = " \\t"', "[1].title", r"' \t'"),
        (LYING, "title = 3", "[1].title", "3"),
        (LYING, f'title = "{"x" * 81}"', "[1].title", "'" + "x" * 56 + "…"),
    ],
    "text of 1 to 400 characters": [
        ('  "Go only as far', '  777,\n  "Go only as far', "[1].cautions[1]", "777"),
    ],
    "text of 1 to 6 words": [
        ("Back to the centre", "a b c d e f g", "[1].phases[2].cue", "'a b c d e f g'"),
    ],
    "a date such as 2026-05-01": [
        (MORNING, f"since = 2026-05-01T08:00:00, {MORNING}", f"{DOSE}.since",
         "datetime.datetime(2026, 5, 1, 8, 0)"),
        (MORNING, f'since = "2026-05-01", {MORNING}', f"{DOSE}.since", "'2026-05-01'"),
    ],
    'one of "right", "left", "centre"': [
        ('side = "left"', 'side = "up"', "[1].phases[3].side", "'up'"),
    ],
    '"ready"': [
        (', until = "ready"', ', until = "done"', "[3].phases[1].until", "'done'"),
    ],
    "small letters, figures and single hyphens, such as lying-down": [
        ('id = "lying-down"', 'id = "Lying down"', "[1].id", "'Lying down'"),
        ('pose = "clasped-bent-left"', 'pose = "../x"', "[1].steps[6].pose", "'../x'"),
    ],
    "a table": [
        ("sides = {", 'sides = ["Right"]\nplace_ = {', "[1].sides", "['Right']"),
        ("doses = [{ sets_per_day = 1", "doses = [5, { sets_per_day = 1", DOSE, "5"),
    ],
    "a list of 1 to 40 phases": [("phases = [", "phases = []\nleave_ = [", "[1].phases", "[]")],
    "a list of 0 to 12 texts": [
        ("cautions = [", 'cautions = "Go."\nleave_ = [', "[1].cautions", "'Go.'"),
    ],
    "a list of 1 to 7 days": [
        (MORNING, f"days = [], {MORNING}", f"{DOSE}.days", "[]"),
        (MORNING, f'days = "mon", {MORNING}', f"{DOSE}.days", "'mon'"),
    ],
    'one of "mon", "tue", "wed", "thu", "fri", "sat", "sun"': [
        (MORNING, f'days = ["mon", "Wed"], {MORNING}', f"{DOSE}.days[2]", "'Wed'"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("allowed", "old", "new", "place", "shown"),
    [(allowed, *row) for allowed, rows in WRONG.items() for row in rows],
)
def test_fault_36_a_wrong_value_is_told_with_line_place_value_and_what_is_allowed(
    file, allowed, old, new, place, shown
):
    message = refusal(file, changed((old, new)))
    said = f"\n  line {row_for(old)}, exercise{place}: {shown} is not allowed; give {allowed}"
    assert said in message
    if "_ = " not in new:
        assert message.startswith(f"{file} has 1 mistake. Your log is not touched;")
        assert message.endswith(said)


def test_a_day_of_the_week_is_named_once(file):
    message = refusal(file, changed((MORNING, f'days = ["mon", "tue", "mon"], {MORNING}')))
    said = "exercise[2].doses[1].days: each day may be named once"
    assert message.endswith(f"\n  line {row_for(MORNING)}, {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "hold_s = 5",
            "hold_sec = 5",
            "[1].phases[1].hold_sec: unknown `hold_sec`, did you mean `hold_s`?",
        ),
        ("repetitions = 5", "zzz = 5", "[1].zzz: unknown `zzz`, known here: id, title, position, "),
        (TABLE, 2 * TABLE, "[1]: `title` is missing: text of 1 to 80 characters"),
    ],
)
def test_fault_37_an_unknown_or_missing_key_is_told(file, old, new, said):
    message = refusal(file, changed((old, new)))
    assert f"\n  line {row_for(old)}, exercise{said}" in message


def test_fault_37_two_exercises_with_one_id_are_told_at_the_second(file):
    old = 'id = "standing-up"'
    message = refusal(file, changed((old, 'id = "lying-down"')))
    said = "'lying-down' is already the id of another exercise"
    assert message.endswith(f"\n  line {row_for(old)}, exercise[3].id: {said}")


def test_exercises_without_an_id_are_not_called_doubles_of_one_another(file):
    text = changed(('id = "lying-down"\n', ""), ('id = "sitting-down"\n', ""))
    told = re.findall(r"line \d+, (.*?):", refusal(file, text))
    assert told == ["exercise[1]", "exercise[2]"]


@pytest.mark.parametrize("hold_s", ["5", "-5"])
def test_fault_36_a_hold_has_one_end_only(file, hold_s):
    old = ', until = "ready"'
    message = refusal(file, changed((old, f', hold_s = {hold_s}, until = "ready"')))
    said = "exercise[3].phases[1].until: give `hold_s` or `until`, not both"
    assert f"line {row_for(old)}, {said}" in message


@pytest.mark.parametrize(
    ("days", "late"),
    [
        pytest.param(["", ""], [2], id="no days"),
        pytest.param(["2026-05-01", ""], [2], id="a day and none"),
        pytest.param(["2026-05-01", "2026-05-01"], [2], id="the same day twice"),
        pytest.param(["", "2026-05-01", "2026-04-30", "2026-04-29"], [3, 4], id="backwards"),
    ],
)
def test_doses_stand_in_the_order_of_their_days(file, days, late):
    since = [f"since = {day}, " if day else "" for day in days]
    doses = ", ".join(f"{{ {each}sets_per_day = 1 }}" for each in since)
    old = 'doses = [{ sets_per_day = 1, time_of_day = "in the morning" }]'
    rows = refusal(file, changed((old, f"doses = [{doses}]"))).splitlines()[1:]
    said = "a later dose needs `since`, a day after that of the dose before it"
    place = f"  line {row_for(old)}, exercise[2].doses"
    assert rows == [f"{place}[{n}]: {said}" for n in late]


def test_fault_37_an_empty_file_says_what_a_programme_needs(file):
    assert refusal(file, "").splitlines()[1:] == [
        "  the file: `title` is missing: text of 1 to 120 characters",
        "  the file: `exercise` is missing: a list of 1 to 50 exercises, each begun by"
        " [[exercise]]",
    ]


def test_fault_36_exercises_beyond_fifty_are_one_mistake_and_not_one_each(file):
    message = refusal(file, 'title = "Many"\n' + '[[exercise]]\nid = "no more"\n' * 51)
    assert message.startswith(f"{file} has 1 mistake. ")
    assert "a list of 1 to 50 exercises" in message


# What a file may be ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD, id="a byte-order mark"),
        pytest.param(GOOD.replace(b"\n", b"\r\n"), id="line ends of Windows"),
        pytest.param(GOOD + b"#" * (250_000 - len(GOOD)), id="the largest size"),
    ],
)
def test_fault_38_a_file_as_another_program_saves_it_is_read(file, source):
    file.write_bytes(source)
    assert load_programme(file).exercises == load_programme().exercises


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("# café".encode("latin-1"), "is not saved as UTF-8 text", id="latin-1"),
        pytest.param(GOOD.decode().encode("utf-16"), "is not saved as UTF-8 text", id="utf-16"),
        pytest.param(b"x = " + b"[" * 5000 + b"]" * 5000, "nested too deeply", id="lists"),
        pytest.param(b"x = " + b"{a=" * 5000 + b"1" + b"}" * 5000, "too deeply", id="tables"),
        pytest.param(b"#" * 250_001, "over 250 kB", id="too large"),
        pytest.param(b"x" + b".x" * 101, "100 dots on line 1", id="too many dots"),
        pytest.param(b"title = ", "cannot be understood: ", id="not TOML"),
        pytest.param(b'title = "x"\n\nrepetitions 5\n', "line 3", id="not TOML on its line"),
        pytest.param(b"\0" * 100, "cannot be understood: ", id="NULs"),
        pytest.param(b"since = 2026-02-30", "cannot be understood: ", id="no such day"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "is not saved as UTF-8 text", id="a picture"),
    ],
)
def test_fault_38_a_file_that_cannot_be_read_says_why_and_what_to_do(file, source, said):
    message = refusal(file, source)
    assert message.startswith(f"{file} ")
    assert said in message
    assert message.endswith("Correct the file and run the cell again.")
    assert "\n" not in message


@pytest.mark.parametrize("name", [".", "none.toml", "none/none.toml", "mine.toml/x"])
def test_a_path_where_no_file_is_says_so(tmp_path, file, name):
    file.touch()
    with pytest.raises(ProgrammeError, match=r"cannot be read \(.+\)") as caught:
        load_programme(tmp_path / name)
    assert str(caught.value).startswith(str(tmp_path))


@pytest.mark.parametrize("name", ["a\0b", "~no-such-person-here/mine.toml", "x" * 5000])
def test_a_path_that_is_none_is_refused_in_plain_words(name):
    with pytest.raises(ProgrammeError):
        load_programme(name)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("1" * 400, id="400 digits"),
        pytest.param("1" * 5000, id="5000 digits"),
        pytest.param("0x" + "f" * 5000, id="5000 hexadecimal digits"),
        pytest.param("{" + ".".join("a" * 3000) + " = 1}", id="3000 tables by dots"),
    ],
)
@pytest.mark.parametrize("key", ["id", "repetitions", "phases", "cautions"])
def test_a_value_that_python_cannot_print_or_compare_is_a_mistake_like_another(file, key, value):
    assert len(refusal(file, f"[[exercise]]\n{key} = {value}\n")) < 3000


def test_long_keys_and_line_breaks_in_keys_are_clipped_and_kept_on_one_line(file):
    message = refusal(file, b'"' + b"k" * 10_000 + b'" = 1\n"a\\nb" = 2\n' + GOOD)
    assert len(message.splitlines()) == 3
    assert len(message) < 1500


def test_of_very_many_mistakes_twenty_are_shown_and_all_are_counted(file):
    added = "\n".join(f"zz{n} = 1" for n in range(25))
    message = refusal(file, f"{added}\n{GOOD.decode()}")
    head, *rows = message.splitlines()
    assert head.startswith(f"{file} has 25 mistakes. Your log is not touched;")
    assert len(rows) == 21
    assert rows[-1] == "  … and 5 more"


# Hostile files, each in a process of its own: a hang must not stop the tests.
CHILD = """
import sys, time, tomllib
from pathlib import Path
from backcare_widgets.errors import ProgrammeError
from backcare_widgets import load_programme
try:
    import resource  # not on Windows
    resource.setrlimit(resource.RLIMIT_CPU, (6, 6))  # of its own time: others may be busy
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + 50 * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
except (ImportError, OSError):
    pass
path = Path(sys.argv[1])
before = time.process_time()
try:
    load_programme(path)
except ProgrammeError as error:
    mine = time.process_time() - before
    if len(sys.argv) > 2:
        before = time.process_time()
        tomllib.loads(path.read_text())
        print(mine / (time.process_time() - before))
    else:
        print(type(error).__name__, len(str(error)))
"""


def in_a_child(file, source, *more):
    file.write_text(source)
    command = [sys.executable, "-c", CHILD, str(file), *more]
    root = SHIPPED.parent.parent
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x" + ".a" * 400_000 + " = 1", id="dots in a key"),
        pytest.param("[x" + ".a" * 400_000 + "]", id="dots in a header"),
        pytest.param("[[exercise]]\n" * 70_000, id="70 000 exercises"),
        pytest.param("[[exercise]]\n" * 19_000, id="as many as fit"),
        pytest.param("[[exercise]]\ncautions = [" + "1," * 120_000 + "]", id="120 000 texts"),
        pytest.param("[[exercise]]\nphases = [" + "{}," * 80_000 + "]", id="80 000 phases"),
        pytest.param("x = " + "[" * 400_000, id="open lists"),
        pytest.param('x = """' + '\\"' * 400_000, id="an open text"),
        pytest.param(" " * 900_000 + "x", id="spaces"),
        pytest.param("x = " + "1_" * 400_000, id="figures"),
        pytest.param("x = " + "[" * 5000 + "]" * 5000, id="5000 deep"),
        pytest.param("# nothing\n" * 5_000_000, id="50 MB"),
        pytest.param('x = "' + "y" * 200_000 + '"', id="one long text"),
    ],
)
def test_fault_36_no_file_makes_the_notebook_hang(file, source):
    name, length = in_a_child(file, source)
    assert name == "ProgrammeError"
    assert int(length) < 5000
    tried()


def test_fault_36_finding_very_many_mistakes_costs_little_beside_reading_the_file(file):
    """Only twenty are shown, so only those need a suggestion; 1 would be no cost at all."""
    source = "[[exercise]]\n" + "".join(f"key_{n} = 1\n" for n in range(30_000))
    [times_as_long] = in_a_child(file, source, "ratio")
    assert float(times_as_long) < 4


def loads_or_refuses(path, raw):
    """Load bytes as a programme; only a ProgrammeError in plain words may come instead."""
    path.write_bytes(raw)
    try:
        return load_programme(path)
    except ProgrammeError as error:
        refused = error
    assert str(refused).startswith(str(path))
    assert len(str(refused).splitlines()) <= 2 + MAX_SHOWN
    return None


# The file is written anew by every example.
ON_ONE_FILE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

MARKS = ["[[", "]]", '"""', "true", "nan", "inf", "-5", "1e999", "2026-05-01"]
KEYS = ["title", "words", "[words]", "[[exercise]]", "id", "hold_s", "until", "doses", "since"]
WORDS = st.sampled_from([*"[]{}=.,#\"'\n", *MARKS, *KEYS])


@ON_ONE_FILE
@given(
    raw=st.binary(max_size=300) | st.lists(WORDS, max_size=40).map(lambda w: " ".join(w).encode())
)
@example(raw=b"")
@example(raw=b"\xef\xbb\xbf")
def test_fault_38_any_bytes_at_all_are_refused_in_plain_words(file, raw):
    assert loads_or_refuses(file, raw) is None


VALUE = re.compile(rb'= ("[^"\n]*"|[\d.]+)')
VALUES = [found.span(1) for found in VALUE.finditer(GOOD)]
NASTY = st.sampled_from(
    [
        *(b"-5", b"0", b"nan", b"inf", b"-inf", b"true", b"'30'", b"1e999", b"1000000000"),
        *(b"9" * 400, b"9" * 5000, b"0x" + b"f" * 4000, b"[]", b"{}", b"[[]]", b"{a.b.c = 1}"),
        *(b"''", b"' '", b"'" + b"x" * 10_000 + b"'", b'"\\u202e"', b"1979-05-27", b"07:32:00"),
        *(b"1979-05-27T07:32:00Z", b"\xff", b"\0", b"\n", b"#", b'"""', b"]", b"[[exercise]]", b""),
    ]
)


@ON_ONE_FILE
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(VALUES), NASTY), min_size=1, max_size=3, unique_by=lambda c: c[0]
    )
)
def test_a_good_file_with_values_exchanged_loads_or_is_refused_in_plain_words(file, changes):
    raw = GOOD
    for (start, end), word in sorted(changes, reverse=True):
        raw = raw[:start] + word + raw[end:]
    loaded = loads_or_refuses(file, raw)
    assert loaded is None or isinstance(loaded, Programme)


@ON_ONE_FILE
@given(cut=st.tuples(*[st.integers(0, len(GOOD))] * 2), times=st.integers(0, 3))
def test_a_good_file_with_a_part_cut_out_or_doubled_loads_or_is_refused(file, cut, times):
    start, end = sorted(cut)
    loaded = loads_or_refuses(file, GOOD[:start] + times * GOOD[start:end] + GOOD[end:])
    assert loaded is None or isinstance(loaded, Programme)


# Line numbers --------------------------------------------------------------------------------

BROKEN = """\
title = ""  # TITLE
unknown_key = 1  # UNKNOWN
[words]
get_ready = "Ready?"
hold = 5  # HOLD
[[exercise]]
id = "one"
title = "One [of] two # not a comment"
position = "lying"
when = "Now"
place = "Here"
sides = { right = "Right", left = "" }  # SIDES
steps = [
  { text = "Lie down.", pose = "lying" },
  { text = "Get up.", pose = "Not a pose" },  # POSE
  { pose = "lying" },  # STEP
]
getting_in = "In"
getting_out = "Out"
cautions = ["Careful", "Slowly"]
repetitions = 1000000000  # REPETITIONS
doses = [
  { sets_per_day = 3, since = 2026-05-01 },
  { sets_per_day = 2, since = 2026-04-01 },  # DOSE
]
phases = [
  { cue = "Bend", pose = "bent", side = "right", move_s = 4, hold_s = -5 },  # PHASE
]
[[exercise]]  # EXERCISE
id = "two"
title = "Two"
position = "flying"  # POSITION
when = "Now"
steps = [{ text = "Lie down.", pose = "lying" }]
getting_in = "In"
getting_out = "Out"
cautions = []
repetitions = 3
phases = [{ cue = "Bend", pose = "bent", side = "up", move_s = 4 }]  # PHASES
"""
WHERE = {
    "TITLE": "title",
    "UNKNOWN": "unknown_key",
    "HOLD": "words.hold",
    "SIDES": "exercise[1].sides.left",
    "POSE": "exercise[1].steps[2].pose",
    "STEP": "exercise[1].steps[3]",
    "REPETITIONS": "exercise[1].repetitions",
    "DOSE": "exercise[1].doses[2]",
    "PHASE": "exercise[1].phases[1].hold_s",
    "EXERCISE": "exercise[2]",
    "POSITION": "exercise[2].position",
    "PHASES": "exercise[2].phases[1].side",
}
ROW = re.compile(r"^  line (\d+), (\S+): ", re.MULTILINE)


def places(message):
    return {place: int(line) for line, place in ROW.findall(message)}


def marked_lines(source):
    lines = enumerate(source.split("\n"), start=1)
    return {WHERE[m[1]]: n for n, line in lines if (m := re.search(r"# ([A-Z]+)$", line))}


def test_fault_36_every_mistake_of_a_file_is_told_at_once_each_with_its_own_line(file):
    message = refusal(file, BROKEN)
    assert message.startswith(f"{file} has {len(WHERE)} mistakes. ")
    assert list(places(message).items()) == list(marked_lines(BROKEN).items())
    assert len(marked_lines(BROKEN)) == len(WHERE)


FILLERS = ["", "   ", "\t", "# a remark", "  # ]", "# [[exercise]]", "#[words]", '# title = "x"']


@ON_ONE_FILE
@given(
    fill=st.lists(
        st.tuples(st.integers(0, BROKEN.count("\n")), st.sampled_from(FILLERS)), max_size=25
    ),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_blank_lines_and_comments_shift_the_lines_told_by_as_many(file, fill, end):
    lines = BROKEN.split("\n")
    for place, filler in sorted(fill, reverse=True):
        lines.insert(place, filler)
    source = "\n".join(lines)
    message = refusal(file, source.replace("\n", end))
    assert places(message) == marked_lines(source)


SHORT = """\
[[exercise]]
id = "one"
{}
repetitions = 0  # BAD
"""


@pytest.mark.parametrize(
    ("above", "items"),
    [
        pytest.param('steps = [{ text = "a" },\n  { text = "b" },\n]', [3, 4], id="first beside ["),
        pytest.param('steps = [\n  { text = "a" },\n  { text = "b" }]', [4, 5], id="last beside ]"),
        pytest.param('steps = [\n  { text = "a" }, { text = "b" },\n]', [4, 4], id="two on a line"),
        pytest.param('steps = [{ text = "a # b" }]\n# {}', [3], id="a # in a text"),
        pytest.param("steps = [\n  'a', # ]\n  'b',\n]", [4, 5], id="a comment in a list"),
        pytest.param("steps = [  # why\n  'a',\n]", [4], id="a comment after a bracket"),
        pytest.param("steps = [\n]", [], id="an empty list"),
        pytest.param('when = "a\u2028b\u0085c"', [], id="a line separator in a text"),
        pytest.param('when = """\nrepetitions = 5\nid = 1\n"""', [], id="a text of many lines"),
        pytest.param(
            'when = """\na "b"""""\nplace = \'\'\'it\'s\'\'\'\'', [], id="quotes at an end"
        ),
    ],
)
def test_lines_are_right_in_and_after_lists_and_texts_of_any_form(above, items):
    """A wrong line sends the person to a place where nothing is wrong."""
    source = SHORT.format(above)
    lines = line_numbers(source)
    assert lines["exercise", 0, "id"] == 2
    assert lines["exercise", 0, "repetitions"] == source[: source.index("# BAD")].count("\n") + 1
    assert [line for path, line in lines.items() if path[2:3] == ("steps",)][1:] == items


def test_a_mistake_in_a_table_with_a_header_of_its_own_is_told_at_its_exercise_or_better(file):
    source = '[[exercise]]\nid = "one"\n[[exercise.phases]]\ncue = ""\n[exercise.sides]\nleft = 5\n'
    told = places(refusal(file, source))
    assert told["exercise[1].phases[1].cue"] in (1, 3, 4)
    assert told["exercise[1].sides.left"] in (1, 5, 6)


def test_a_key_under_a_header_of_its_own_is_not_taken_for_one_of_the_table_above():
    found = line_numbers('[[exercise]]\ntitle = ""\n[exercise.sides]\ntitle = "x"\n')
    assert found["exercise", 0, "title"] == 2
