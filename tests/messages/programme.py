"""The programme: a file that cannot be read, and each kind of mistake in it."""

from __future__ import annotations

import re

from backcare_widgets import exercise, load_programme
from backcare_widgets.workbook import shipped

from .said import Row, Said, Told

TEXT = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
NOT_TOUCHED = "Your log is not touched"
CORRECT = "orrect the file and run the cell again"


def loaded(folder, content):
    path = folder / "mine.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_programme(path)


def unreadable(wrong, content):
    """Return the row of a file that is no programme at all."""
    return Row(lambda folder: loaded(folder, content), Said(wrong, NOT_TOUCHED, CORRECT))


def mistake(wrong, old, new):
    """Return the row of a programme with one mistake; its line says what is allowed."""
    assert old in TEXT
    return unreadable(wrong, TEXT.replace(old, new, 1))


def line_of(start):
    """Return the first line of the programme that begins so."""
    return next(line for line in TEXT.splitlines() if line.startswith(start))


WITHOUT_WORDS = re.sub(r"\[words\].*?(?=\[\[)", "", TEXT, flags=re.DOTALL)
SETS = line_of("doses")
ROWS = {
    "no such exercise": Row(
        lambda folder: exercise("swimming", log=folder / "log.sqlite3"),
        Said("There is no exercise 'swimming'", NOT_TOUCHED, 'give one of the programme: "lying'),
    ),
    "no such file": Row(
        lambda folder: load_programme(folder / "mine.toml"),
        Said("cannot be read (No such file or directory)", NOT_TOUCHED, "Check the path"),
    ),
    "no path": Row(
        lambda folder: load_programme(5),
        Said("5 is not a valid file path", "Nothing was read or written", "give another"),
    ),
    "not UTF-8": unreadable("is not saved as UTF-8 text", b"\xff"),
    "nested": unreadable("is nested too deeply", "a = " + "[" * 9000),
    "not TOML": unreadable("cannot be understood: ", "a = = 1"),
    "too large": unreadable("has over 250 kB, too much for such a file", "#" * 300_000),
    "too many dots": unreadable("has more than 100 dots on line 1", "a" + ".a" * 200),
    "a missing key": mistake("`title` is missing: text of 1 to", "title =", "# "),
    "a key nearly right": mistake("did you mean `title`?", "title =", "tittle ="),
    "a wrong value": mistake("is not allowed; give a whole number from 1 to 100", "repetitions = 5",
                             "repetitions = 500"),
    "a wrong number": mistake("give a number from 1 to 120", line_of("get_ready_s"),
                              "get_ready_s = 500"),
    "too many words": mistake("give text of 1 to 6 words", 'cue = "', 'cue = "a b c d e f g h '),
    "a wrong name": mistake("small letters, figures and single hyphens", 'id = "', 'id = "A '),
    "an empty list": mistake("give a list of 1 to 20 steps", line_of("steps"),
                             "steps = []\nunused = ["),
    "no exercises": unreadable("exercises, each begun by [[exercise]]", 'title = "A"\nexercise=[]'),
    "two ends of a hold": mistake("give `hold_s` or `until`, not both", "hold_s = 5",
                                  'hold_s = 5, until = "ready"'),
    "a day twice": mistake("each day may be named once", SETS,
                           'doses = [{ sets_per_day = 1, days = ["mon", "mon"] }]'),
    "a later dose": mistake("a later dose needs `since`, a day after", SETS,
                            "doses = [{ sets_per_day = 1 }, { sets_per_day = 2 }]"),
    "a wrong day": mistake("give a date such as 2026-05-01", SETS,
                           'doses = [{ sets_per_day = 1, since = "May" }]'),
    "an exercise twice": mistake("is already the id of another exercise", 'id = "sitting-down"',
                                 'id = "lying-down"'),
    "the words of the timer": Row(
        lambda folder: loaded(folder, WITHOUT_WORDS).words, Told("Get ready")
    ),
}  # fmt: skip
