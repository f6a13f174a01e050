"""Every message that a person can meet: how it is provoked, and that its three parts are there."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from logs import SET, opened

from backcare_widgets import errors

from . import adherence, handouts, log, opening, page, programme, storage, widgets
from .page import quoted
from .said import ROOT, Row, is_met, message_of, texts

ROOMS = {"storage": storage, "log": log, "programme": programme, "adherence": adherence,
         "handouts": handouts, "widgets": widgets, "opening": opening}  # fmt: skip
TABLE = {f"{room}: {name}": row for room, file in ROOMS.items() for name, row in file.ROWS.items()}
PACKAGE = ROOT / "backcare_widgets"
# What these say, but for what they raise, is what a chart or a page holds: other tests read it.
CONTENT = tuple(
    f"backcare_widgets/{part}"
    for part in ("charts/", "adherence/", "handouts/content", "handouts/html", "handouts/page",
                 "handouts/tables")
)  # fmt: skip
# Met by nobody who uses the workbook, or not as a message.
NO_MESSAGE = {
    "__init__.py: module … has no attribute ": "as Python says it of any module",
    "storage/repair.py: the new file did not come out whole": "no fault is known that leads there",
    "launch/server.py: The workbook is open already, at\n\n    ": "test_server.py meets it",
    "launch/server.py: Opening the workbook. To close it, press Ctrl-C here.": "where all is well",
    "words.py: SAMPLE – not your data": "drawn into the charts of the sample",
}
FILES = sorted(PACKAGE.rglob("*.py"))
TEXTS = {
    f"{path.relative_to(PACKAGE if PACKAGE in path.parents else ROOT)}: {'…'.join(pieces)}": pieces
    for path in FILES
    for is_content in [str(path.relative_to(ROOT)).startswith(CONTENT)]
    for pieces in texts(path.read_text(encoding="utf-8"), only_raised=is_content)
}
KINDS = sorted(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and not issubclass(kind, Warning)
)
SET_UP = (ROOT / "scripts" / "venv.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_a_message_says_what_is_wrong_what_is_safe_and_what_to_do(row):
    message = message_of(row)
    assert [part for part in row.parts if part not in message] == [], message


def test_no_message_has_a_number_of_the_system_or_the_path_of_our_code():
    messages = {name: message_of(row) for name, row in TABLE.items()}
    strange = ("[Errno", str(PACKAGE), "Traceback")
    assert [name for name, said in messages.items() if any(s in said for s in strange)] == []


@pytest.fixture(scope="module")
def shell():
    return InteractiveShell()


@pytest.mark.parametrize("kind", KINDS)
def test_a_notebook_shows_each_kind_of_error_as_its_sentence_alone(shell, capsys, kind):
    shell.run_cell(f"from backcare_widgets.errors import {kind}\nraise {kind}('This is wrong.')")
    assert "".join(capsys.readouterr()) == "This is wrong.\n"


def test_a_warning_is_of_the_line_that_called_and_comes_each_time(tmp_path, recwarn):
    for _ in range(2):
        opened(tmp_path).add(**SET, note="a\0b")
    assert [warning.filename for warning in recwarn] == [__file__] * 2


def test_every_text_of_the_package_is_in_a_message_of_the_table():
    messages = [message_of(row) for row in TABLE.values()]
    unmet = {name for name, pieces in TEXTS.items() if not is_met(pieces, messages)}
    assert unmet == NO_MESSAGE.keys()


def test_every_text_of_the_set_up_is_in_a_message_of_the_table():
    messages = [message_of(row) for row in opening.ROWS.values() if isinstance(row, Row)]
    texts = re.findall(r'^(?: *stop|.*echo|) *"([^"$]+ [^"$]+ [^"$]+)"', SET_UP, re.MULTILINE)
    assert len(texts) == 8
    assert [text for text in texts if not is_met((text,), messages)] == []


def test_every_sentence_of_the_page_is_in_the_table():
    parts = [part for shown in page.ROWS.values() for part in vars(shown.said).values()]
    found = page.sentences()
    assert len(found) > 50
    unmet = {
        text
        for text in found
        if not any(part in text for part in parts) and not is_met(tuple(text.split("…")), parts)
    }
    assert unmet == set(page.LABELS)


TESTED = {name: shown for name, shown in page.ROWS.items() if "::" in shown.where}


@pytest.mark.parametrize("shown", TESTED.values(), ids=TESTED)
def test_a_test_that_meets_a_message_of_the_page_quotes_it(shown):
    texts = quoted(shown.where)
    assert all(any(part in text for text in texts) for part in vars(shown.said).values())
