"""The notebooks without a kernel, exported and printed, are a leaflet that stands by itself."""

from __future__ import annotations

import base64
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from playwright.sync_api import sync_playwright

from backcare_widgets import load_programme

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
OF_EXERCISE = {
    "01_lying_down": "lying-down",
    "02_sitting_down": "sitting-down",
    "03_standing_up": "standing-up",
}
CHARTS = "04_adherence"
HOW_TO_START = "To be led through it by the timer, run this cell in JupyterLab."
# What a viewer shows where it has no widget for what a cell gave.
BROKEN = ("Error displaying widget", "model not found", " object at 0x", "VBox(", "Session(")
NO_WORDS = "No description has been provided"  # nbconvert, of a picture without a text
# What nbconvert's page would load; named empty, none of it is asked for.
_ASKED_FOR = ("require_js", "jquery", "mathjax", "mermaid_js", "jupyter_widgets_base")
_ASKS_NOTHING = {f"{name}_url": "" for name in _ASKED_FOR}


class Reader:
    """What a page shows: its words and its pictures."""

    def __init__(self, page):
        body = BeautifulSoup(page, "html.parser").body
        self.text = " ".join(body.get_text(" ").split())
        self.pictures = [(img.get("alt", ""), img["src"]) for img in body.find_all("img")]


@pytest.fixture(scope="module")
def pages():
    exporter = HTMLExporter(embed_images=True, **_ASKS_NOTHING)
    return {path.stem: exporter.from_filename(str(path))[0] for path in PATHS}


@pytest.fixture(scope="module")
def browser():
    path = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("There is no Chromium here; `make test` sets one up.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("stem", [path.stem for path in PATHS])
class TestEveryNotebook:
    def test_nothing_broken_stands_where_a_widget_would_be(self, pages, stem):
        text = Reader(pages[stem]).text
        assert [sign for sign in BROKEN if sign in text] == []
        assert "application/vnd.jupyter.widget" not in pages[stem]

    def test_every_picture_is_in_the_page(self, pages, stem):
        pictures = Reader(pages[stem]).pictures
        assert all(source.startswith("data:image/") for _, source in pictures)
        assert [alt for alt, _ in pictures if not alt.strip()] == []

    def test_it_reads_and_prints_without_a_network(self, pages, stem, browser, tmp_path):
        """As somebody opens a file that was sent to them: no server, no network, then Print."""
        file = tmp_path / f"{stem}.html"
        file.write_text(pages[stem], encoding="utf-8")
        context = browser.new_context(offline=True)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        far = [a for a in asked if not a.startswith((file.as_uri(), "data:", "blob:"))]
        assert far == []
        blank = "() => [...document.images].filter((i) => !i.naturalWidth).map((i) => i.alt)"
        assert page.evaluate(blank) == []
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            shown = " ".join(page.inner_text("body").split())
            assert [line for line in expected(stem) if line not in shown] == []
        paper = page.pdf(format="A4", tagged=True)
        context.close()
        assert paper.startswith(b"%PDF-")
        sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
        assert 1 <= sheets <= 12
        assert len(re.findall(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", paper)) >= 1
        pictures = len(re.findall(rb"/S\s*/Figure\b", paper))
        assert pictures >= len(Reader(pages[stem]).pictures)


def expected(stem):
    """Return the lines that a leaflet must hold, as they are read."""
    if stem in OF_EXERCISE:
        exercise = load_programme()[OF_EXERCISE[stem]]
        steps = [step.text for step in exercise.steps]
        positions = [exercise.getting_in, exercise.getting_out]
        return [*steps, *exercise.cautions, *positions, HOW_TO_START]
    if stem == CHARTS:
        return ["SAMPLE – not your data.", "How much of the programme you did"]
    return ["Get help now", "See a doctor first", "Stop if the pain gets worse"]


@pytest.mark.parametrize(("stem", "exercise_id"), OF_EXERCISE.items())
def test_an_exercise_is_pictured_and_its_widget_is_replaced_by_words(pages, stem, exercise_id):
    page = Reader(pages[stem])
    exercise = load_programme()[exercise_id]
    strip = (NOTEBOOKS / "figures" / f"{exercise_id}.svg").read_bytes()
    embedded = [
        (alt, base64.b64decode(source.partition(",")[2]))
        for alt, source in page.pictures
        if source.startswith("data:image/svg+xml;base64,")
    ]
    assert [picture for _, picture in embedded] == [strip]
    alt = embedded[0][0]
    assert len(alt.split()) >= 5
    assert not alt.startswith(NO_WORDS), "the picture is not put into words"
    for step in exercise.steps:  # once in the text, once in place of the widget
        assert page.text.count(step.text) == 2
    assert page.text.count(HOW_TO_START) == 1


def test_the_charts_are_those_of_the_sample_and_are_told_in_words(pages):
    page = Reader(pages[CHARTS])
    cells = nbformat.read(NOTEBOOKS / f"{CHARTS}.ipynb", as_version=4).cells
    charts = [c for c in cells if c.cell_type == "code" and "charts." in c.source]
    drawn = [c for c in charts if "summary" not in c.source]
    assert len(drawn) == 1
    kept = [o.data["image/png"].strip() for c in drawn for o in c.outputs if "data" in o]
    shown = [source.partition(",")[2].strip() for _, source in page.pictures]
    assert [s.replace("\n", "") for s in shown] == [k.replace("\n", "") for k in kept]
    [words] = [o.text for c in charts if "summary" in c.source for o in c.outputs]
    for line in words.splitlines():
        assert " ".join(line.split()) in page.text
    for what in ("The charts are shown here", "What you recorded is listed here"):
        assert page.text.count(f"{what} when this cell is run in JupyterLab.") == 1


def test_the_figure_says_every_title_and_sentence_to_whoever_does_not_see_it():
    """By the template that passes them on: nbconvert's own "lab" leaves them out of 7.17."""
    exporter = HTMLExporter(template_name="classic", **_ASKS_NOTHING)
    page = Reader(exporter.from_filename(str(NOTEBOOKS / f"{CHARTS}.ipynb"))[0])
    [(alt, _)] = page.pictures
    assert not alt.startswith(NO_WORDS)
    assert re.search(r"^How much did I do\? \d.*\d+ sets", alt)
    for title in ("Is it going up", "Which exercises", "At which time", "Did it hurt", "How often"):
        assert title in alt
