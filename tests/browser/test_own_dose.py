"""A changed programme file: what the timer shows when the cell is run again, mistakes included."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from backcare_widgets import exercise

from .host import log_of
from .lab import Workbook, until
from .session_page import SessionPage

ROOT = Path(__file__).resolve().parents[2]
# The package finds its data beside itself: of the copy, not of this checkout.
FROM_THE_COPY = """import os, sys
sys.path.insert(0, os.path.abspath(".."))
os.environ["BACKCARE_LOG"] = os.path.abspath("log.sqlite3")
from backcare_widgets import exercise, load_programme"""
LYING = 'exercise("lying-down")'
MINE = 'exercise("lying-down", programme=load_programme("../data/my_programme.toml"))'
HELD_RIGHT = 'side = "right", move_s = 4, hold_s = 5'
HELD_LEFT = 'side = "left", move_s = 4, hold_s = 5'


def rewrite(file, *pairs, to=None):
    """Write a file, or another one, with the first of each `old` put as `new`."""
    words = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in words
        words = words.replace(old, new, 1)
    (to or file).write_text(words, encoding="utf-8")


class Copy:
    """A copy of the workbook that JupyterLab serves, with a notebook of our own cells in it."""

    def __init__(self, server, name):
        self.server, self.root = server, server.root / name
        shutil.copytree(
            ROOT / "backcare_widgets",
            self.root / "backcare_widgets",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        (self.root / "data").mkdir()
        for file in (ROOT / "data").glob("*.toml"):
            shutil.copy(file, self.root / "data")
        self.programme = self.root / "data" / "programme.toml"

    def open(self, page):
        """Open the notebook: the cells of an exercise, then the text about one's own dose."""
        start = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", as_version=4)
        text = [c for c in start.cells if c.source.startswith("## Your own dose")]
        cells = [new_code_cell(source) for source in (FROM_THE_COPY, LYING, MINE)]
        (self.root / "notebooks").mkdir()
        notebook = new_notebook(cells=[*cells, *text], metadata=start.metadata)
        nbformat.write(notebook, self.root / "notebooks" / "mine.ipynb")
        book = Workbook(page, self.server, self.root / "notebooks", file="mine.ipynb")
        book.run(0)
        return book

    def change(self, *pairs, file=None):
        """Write the programme with the first of each `old` put as `new`."""
        rewrite(self.programme, *pairs, to=file)


@pytest.fixture
def copy(server, tmp_path):
    return Copy(server, tmp_path.name)


def test_the_next_run_of_the_cell_shows_the_new_hold_repetitions_and_words(open_host, tmp_path):
    file = tmp_path / "programme.toml"
    shutil.copy(ROOT / "data" / "programme.toml", file)
    host = open_host(
        lambda host: exercise("lying-down", programme=file, log=log_of(host)), clock=True
    )
    host.run(1)
    session = SessionPage(host)
    session.press("None of these applies to me")
    # A time of one's own in the page is of the programme as it was.
    session.timer.locator(".bc-settings summary").click()
    session.button("Each hold: more").click()
    rewrite(
        file,
        ("Bend slowly to the right", "Let your knees sink right"),
        (HELD_RIGHT, HELD_RIGHT.replace("5", "8")),
        (HELD_LEFT, HELD_LEFT.replace("5", "8")),
        ("repetitions = 5", "repetitions = 2"),
    )
    host.run(1)
    session.press("None of these applies to me")
    session.record()
    session.press("Start")
    for _ in range(12):
        host.page.clock.run_for(10_000)
    session.expect_status("finished")
    shown = session.recorded()[:-1]
    lasted = [later["at"] - here["at"] for here, later in pairwise(shown)]
    holds = [ms for here, ms in zip(shown, lasted, strict=False) if here["cue"] == "Hold"]
    assert [round(ms / 1000) for ms in holds] == [8] * 4
    assert [s["cue"] for s in shown].count("Let your knees sink right") == 2
    assert "Bend slowly to the right" not in {s["cue"] for s in shown}
    session.expect_saved()
    [row] = session.rows()
    assert (row["repetitions_done"], row["repetitions_prescribed"]) == (2, 2)


def test_the_link_opens_the_file_in_jupyterlabs_editor_and_what_is_typed_there_counts(copy, page):
    book = copy.open(page)
    page.get_by_role("link", name="data/programme.toml").click()
    editor = page.locator(".jp-FileEditor .cm-content")
    line = editor.locator(".cm-line", has_text="repetitions = 5")
    line.click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type("4")
    page.keyboard.press("Control+s")
    until(lambda: "repetitions = 4\n" in copy.programme.read_text(), "it was not saved")
    page.evaluate("window.jupyterapp.shell.currentWidget.dispose()")  # the notebook is in front
    book.wait_until_idle()
    book.run(1)
    session = SessionPage(book)
    session.press("None of these applies to me", "Start", "Skip")
    expect(session.timer.locator(".bc-timer__repetition")).to_contain_text("of 4", timeout=5000)


def test_a_mistake_is_told_in_the_cell_with_its_line_and_without_a_traceback(copy, page):
    book = copy.open(page)
    copy.change((HELD_RIGHT, HELD_RIGHT.replace("5", "900")))
    [line] = [
        n for n, text in enumerate(copy.programme.read_text().split("\n"), 1) if "= 900" in text
    ]
    book.run(1)
    output = book.cell(1).locator(".jp-OutputArea-output")
    expect(output).to_have_text(
        f"{copy.programme} has 1 mistake. Your log is not touched; correct the file and run the"
        f" cell again.\n  line {line}, exercise[1].phases[1].hold_s: 900 is not allowed;"
        " give a number from 0 to 600"
    )
    copy.change(("hold_s = 900", "hold_s = 9"))
    book.run(1)
    expect(SessionPage(book).button("None of these applies to me")).to_be_visible()
    expect(output.filter(has_text="mistake")).to_have_count(0)


def test_a_second_programme_is_chosen_by_its_path_and_the_first_stays_as_it_is(copy, page):
    book = copy.open(page)
    book.run(2)
    output = book.cell(2).locator(".jp-OutputArea-output")
    missing = copy.root / "data" / "my_programme.toml"
    expect(output).to_contain_text("cannot be read (No such file or directory)")
    expect(output).not_to_contain_text("Traceback")
    mine = (("Knees slowly to your chest", "Knees up, just a little"),)
    copy.change(*mine, file=missing)
    book.run(1)
    book.run(2)
    for cell, cue in ((2, "Knees up, just a little"), (1, "Knees slowly to your chest")):
        session = SessionPage(book, cell)
        session.press("None of these applies to me", "Start", "Skip")
        expect(session.cue).to_have_text(cue)
        session.press("Stop")
