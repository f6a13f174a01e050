"""Every message that a person can meet: how it is provoked, and that its three parts are there."""

import re

import pytest

from . import handouts, log, opening, programme, storage, widgets
from .said import ROOT, is_met, message_of, texts

ROOMS = {"storage": storage, "log": log, "programme": programme, "handouts": handouts,
         "widgets": widgets, "opening": opening}  # fmt: skip
TABLE = {f"{room}: {name}": row for room, file in ROOMS.items() for name, row in file.ROWS.items()}
PACKAGE = ROOT / "backcare_widgets"
# What these say is what a chart or a page holds: nothing is wrong there, and other tests read it.
CONTENT = ("charts/", "adherence/", "handouts/content", "handouts/html", "handouts/page",
           "handouts/tables")  # fmt: skip
TEXTS = {
    f"{path.relative_to(PACKAGE)}: {'…'.join(pieces)}": pieces
    for path in sorted(PACKAGE.rglob("*.py"))
    if not str(path.relative_to(PACKAGE)).startswith(CONTENT)
    for pieces in texts(path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_a_message_says_what_is_wrong_what_is_safe_and_what_to_do(row):
    message = message_of(row)
    assert [part for part in row.parts if part not in message] == [], message


def test_every_text_of_the_package_is_in_a_message_of_the_table():
    messages = [message_of(row) for row in TABLE.values()]
    assert [name for name, pieces in TEXTS.items() if not is_met(pieces, messages)] == []
