"""Any text for a programme, and the right one with a few things wrong: it works or says why not."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from logs import NOW, SET, opened

from backcare_widgets import adherence, exercise, load_programme, reminders, report, today
from backcare_widgets.errors import ProgrammeError

SHIPPED = (Path(__file__).parents[2] / "data" / "programme.toml").read_text("utf-8")
WORDS = sorted({word for word in SHIPPED.replace("\n", " ").split(" ") if word})

# Values as TOML writes them, keys, and what is neither.
values = st.sampled_from(
    [
        *("0", "-1", "1", "3", "24", "0.5", "600", "1e400", "nan", "inf", "9" * 400, "0x7f"),
        *("true", "false", '""', '" "', '"x"', "'x'", '"""a\nb"""', '"\\u0000"', '"\\ud800"'),
        *('"a\\u0007\\u202e"', '"腰"', '"<b>&"', '"$\\\\frac"', '"%"', '"{}"', "[]", "{}", "[[]]"),
        *("[1, 'a']", "2026-05-01", "2026-02-30", "2026-05-01T08:00:00Z", "08:00", "1_000", "é"),
        *("9999-12-31", "0001-01-01", '["mon", "sun"]', "[{ sets_per_day = 2 }]", "{ a.b.c = 1 }"),
        *('"' + "x" * n + '"' for n in (60, 61, 400, 5000)),
        *("[" * n + "]" * n for n in (3, 900, 5000)),
    ]
) | st.text(max_size=8)  # fmt: skip
pieces = values | st.sampled_from(
    [*WORDS, "\n", "[[exercise]]\n", "[words]\n", "[exercise]\n", "=", "# ", '"', "'", '"""', "\0",
     "hold_s = ", "since = ", "doses = [", "}", "]", ".", "until", "\r", "\ufeff", "\t", ","]
)  # fmt: skip


@st.composite
def changed(draw):
    """Return the shipped programme with something of it changed, left out, doubled or moved."""
    lines = SHIPPED.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.sampled_from(["value", "value", "value", "slice", "drop", "double", "swap"])):
            case "value" if "=" in line:
                marks = [n for n, letter in enumerate(line) if letter == "="]
                begin = draw(st.sampled_from(marks)) + 1
                ends = [n for n, c in enumerate(line) if c in ",}]\n" and n > begin]
                lines[at] = f"{line[:begin]} {draw(values)}{line[draw(st.sampled_from(ends)) :]}"
            case "drop":
                lines[at] = ""
            case "double":
                lines[at] = line * 2
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], line
            case _:
                begin, end = sorted(
                    draw(st.lists(st.integers(0, len(line)), min_size=2, max_size=2))
                )
                lines[at] = line[:begin] + draw(pieces) + line[end:]
        lines[at] = lines[at] or "\n"
    return "".join(lines)


programmes = (
    changed().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | changed().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(pieces, max_size=30).map(lambda found: " ".join(found).encode("utf-8", "replace"))
    | st.binary(max_size=60)
)


@settings(max_examples=2 * settings().max_examples)  # most are refused at once
@given(programmes)
def test_a_programme_works_throughout_or_its_mistakes_are_told_by_line(content):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "mine.toml"
        path.write_bytes(content)
        try:
            programme = load_programme(path)
        except ProgrammeError as error:
            said = str(error)
            assert said.startswith(f"{path} ")
            assert "Your log is not touched" in said
            assert len(said.splitlines()) <= 23
            said.encode()
            return
        works(programme, folder)


def works(programme, folder):
    log = opened(folder)
    for one in programme.exercises:
        log.add(**SET | {"exercise_id": one.id})
    day = NOW.date()
    assert len(today(programme=programme, log=log, day=day).lines) >= len(programme.exercises)
    for one in programme.exercises:
        session = exercise(one.id, programme=programme, log=log)
        assert session.stretches
        moment = {"started_at": NOW.isoformat(), "utc_offset_min": 0}
        answer, _ = session.answer_to({"id": "1", "op": "today", "now": moment})
        assert "problem" not in answer
    daily = adherence.daily(log.frame(), programme, log.marks(), day, day - dt.timedelta(days=9))
    assert len(daily)
    report(folder / "report.html", log=log, programme=programme, today=day)
    reminders(folder / "mine.ics", programme=programme, now=NOW)
